//! The user's own tables, CSV or Parquet, against a declared schema.

mod csv_table;
mod parquet_pages;
mod parquet_table;
mod schema;
mod values;

use std::path::Path;

use diagnoza_core::observation::Source;
use polars::prelude::DataFrame;
use serde::{Deserialize, Serialize};

use super::limits::name_of;
use super::provenance;
use super::violations::Violations;
use super::{Decimal, Delimiter, Encoding, Limits, ReadError};

pub use schema::{Column, Kind, Schema};

/// How to read a table. Everything left out is detected or has a default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TidyOptions {
    /// Delimiter; by default the one that stands most often in the header.
    pub delimiter: Option<Delimiter>,
    /// Decimal mark; the point by default. Parquet holds numbers and needs none.
    pub decimal: Decimal,
    /// Encoding; UTF-8 by default. Windows-1250 has to be declared.
    pub encoding: Option<Encoding>,
    /// Publisher for the provenance; `not stated` by default.
    pub publisher: String,
    /// Title for the provenance; the name of the file by default.
    pub title: Option<String>,
    /// Date for the provenance; `not stated` by default.
    pub date: String,
    /// Limits.
    pub limits: Limits,
}

impl Default for TidyOptions {
    fn default() -> Self {
        Self {
            delimiter: None,
            decimal: Decimal::default(),
            encoding: None,
            publisher: "not stated".to_owned(),
            title: None,
            date: "not stated".to_owned(),
            limits: Limits::default(),
        }
    }
}

/// A table that fits its schema.
#[derive(Clone, Debug)]
pub struct Tidy {
    /// The declared columns in the declared order: codes, sexes and texts as text, years and
    /// ages as i32, numbers as f64. A number that may be missing is followed by
    /// `<name>_missing` (text), which says why where the number is null: `not_reported` for an
    /// empty cell, or the word written there. Columns that are not required and not in the
    /// file are null.
    pub frame: DataFrame,
    /// The delimiter used; `None` for Parquet.
    pub delimiter: Option<Delimiter>,
    /// The encoding used; `None` for Parquet.
    pub encoding: Option<Encoding>,
    /// Columns of the file that the schema does not declare.
    pub ignored: Vec<String>,
    /// Provenance.
    pub source: Source,
}

/// Reads a table from its bytes, Parquet if they begin as Parquet does, else text; `name`
/// is what messages call it.
///
/// Rows count as a person counts them, the header being row 1. In Parquet, which has no
/// header row, the first row is 2 as well, so that a table has the same rows in both.
///
/// ```
/// use diagnoza_data::readers::tidy::{self, Schema, TidyOptions};
/// let schema: Schema = serde_json::from_str(
///     r#"{ "columns": [
///            { "name": "teryt", "kind": "code" },
///            { "name": "year", "kind": "year" },
///            { "name": "population", "kind": { "number": { "min": 0 } } } ],
///          "key": ["teryt", "year"] }"#,
/// )?;
/// let table = tidy::read("a.csv", b"teryt;year;population\n2816;2022;52537\n", &schema, &TidyOptions::default())?;
/// assert_eq!(table.frame.height(), 1);
///
/// let wrong = b"teryt,year,population\n2816,2022,\"1,5\"\n2816,2022,-1\n";
/// let error = tidy::read("a.csv", wrong, &schema, &TidyOptions::default()).unwrap_err();
/// assert_eq!(error.violations().len(), 3); // a decimal comma, a negative, a duplicate
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`ReadError`]: a schema that contradicts itself, a limit passed, wrong encoding, a damaged
/// file, or a list of every violation found, up to `limits.violations`, with a count of the rest.
pub fn read(name: &str, bytes: &[u8], schema: &Schema, options: &TidyOptions) -> Result<Tidy, ReadError> {
    schema.check()?;
    options.limits.check_file(name, bytes)?;
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(ReadError::Setting {
            file: name.to_owned(),
            what: "format",
            why: "this is a workbook or an archive, not a text table: save the sheet as CSV (UTF-8)"
                .to_owned(),
        });
    }
    let violations = Violations::new(name, options.limits.violations);
    let looks_parquet = bytes.starts_with(b"PAR1") || name.to_lowercase().ends_with(".parquet");
    let read = if looks_parquet {
        parquet_table::read(name, bytes, schema, &options.limits, violations)?
    } else {
        csv_table::read(name, bytes, schema, options, violations)?
    };
    Ok(Tidy {
        frame: read.frame,
        delimiter: read.delimiter,
        encoding: read.encoding,
        ignored: read.ignored,
        source: provenance::source(
            &options.publisher,
            options.title.as_deref().unwrap_or(name),
            &options.date,
            bytes,
        ),
    })
}

/// Reads the table at `path`; see [`read`].
///
/// # Errors
/// As [`read`], and [`ReadError::Io`].
pub fn read_path(path: impl AsRef<Path>, schema: &Schema, options: &TidyOptions) -> Result<Tidy, ReadError> {
    let path = path.as_ref();
    let bytes = options.limits.read_file(path)?;
    read(&name_of(path), &bytes, schema, options)
}

/// What either format yields.
struct Table {
    frame: DataFrame,
    delimiter: Option<Delimiter>,
    encoding: Option<Encoding>,
    ignored: Vec<String>,
}
