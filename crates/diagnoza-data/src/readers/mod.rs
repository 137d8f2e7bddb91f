//! Readers of the offices' files and of the user's own tables, one file per source.
//!
//! Every reader takes a path, or bytes with the name messages should call them, and
//! [`Limits`]; it returns polars frames in long form and the [`Source`] with the hash
//! of the bytes. Errors name file, sheet, row and column, and list all that is wrong.
//!
//! [`Source`]: diagnoza_core::observation::Source

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
pub mod gus_projection;
pub mod tidy;

pub use delimited::Delimiter;
pub use encoding::Encoding;
pub use error::{ReadError, Violation};
pub use limits::Limits;
pub use number::Decimal;
