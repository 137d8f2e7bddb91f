//! The embedded data set: official figures, each table with its source, basis,
//! date and hash. [`tables`] lists them, [`table`] hands one out as a frame.
//!
//! The files are built from the offices' own by `embedded/build.py`; years and
//! ages are 32-bit integers, missing figures are null.

mod basis_words;
mod columns;
mod error;
mod files;
mod load;
mod manifest;
mod nearest;

pub(crate) use columns::Columns;
pub use error::DataError;
pub use load::{borders, bytes, table, verify};
pub use manifest::{ColumnInfo, Manifest, SourceFile, TableInfo, Title, manifest, table_info, tables};
