//! Readers of the offices' files and of the user's own tables, one file per source.
//!
//! Every reader takes a path, or bytes with the name messages should call them, and
//! [`Limits`]; it returns polars frames in long form and the [`Source`] with the hash
//! of the bytes. Errors name file, sheet, row and column, and list all that is wrong.
//!
//! | module | files |
//! | --- | --- |
//! | [`gus_projection`] | workbooks of GUS's population projections |
//! | [`bdl_crel`], [`bdl_ctab`] | exports of the website of GUS's Local Data Bank, long and wide |
//! | [`eurostat`] | Eurostat's bulk TSV, old and new, and SDMX-CSV 1.0 and 2.0, packed with gzip or not |
//! | [`hmd`] | text files of the Human Mortality Database: life tables, rates, exposures, deaths, populations |
//! | [`ozps`] | forms of OZPS, the resource assessment of social assistance, CSV and XLSX |
//! | [`support`] | the user's own registers of support, CSV and XLSX |
//! | [`tidy`] | the user's own CSV and Parquet with a declared schema |
//!
//! [`Source`]: diagnoza_core::observation::Source

mod bdl_attribute;
mod bdl_cells;
mod columns;
mod delimited;
mod encoding;
mod error;
mod limits;
mod number;
mod provenance;
mod seen;
mod violations;
mod workbook;

pub mod bdl_crel;
pub mod bdl_ctab;
pub mod eurostat;
pub mod gus_projection;
pub mod hmd;
pub mod ozps;
pub mod support;
pub mod tidy;

pub use bdl_attribute::BdlAttribute;
pub use delimited::Delimiter;
pub use encoding::Encoding;
pub use error::{ReadError, Violation};
pub use limits::Limits;
pub use number::Decimal;

/// Note on a text that does not end with a line end, as the offices' files do.
const CUT_OFF: &str =
    "the last row has no line end: the file may have been cut off, compare its last rows with the source";
