//! The embedded data set: official figures, each table with its source, basis,
//! date and hash. [`tables`] lists them, [`table`] hands one out as a frame.
//!
//! The files are built from the offices' own by `embedded/build.py`. Codes are
//! text, years and ages `Int32`, counts of people `UInt32` (cast them before a
//! subtraction), missing figures null. Rows are sorted by the columns in front of
//! the figures; the projection tables are dense over (scenario, unit), sex, year
//! and age, so that their column `population` is the array itself.

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
