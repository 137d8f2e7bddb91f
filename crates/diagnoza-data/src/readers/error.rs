use std::fmt;

use serde::Serialize;

/// One cell, row or header that is not what the reader expects.
///
/// Rows are counted as a person counts them in the file: the header is row 1.
///
/// ```
/// use diagnoza_data::readers::Violation;
/// let found = Violation {
///     file: "powiaty.csv".to_owned(),
///     sheet: None,
///     row: 7,
///     column: "population".to_owned(),
///     got: "1,5".to_owned(),
///     expected: "a number with a decimal point".to_owned(),
/// };
/// assert_eq!(
///     found.to_string(),
///     "powiaty.csv, row 7, column population: got '1,5', expected a number with a decimal point"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// Name of the file as given to the reader.
    pub file: String,
    /// Sheet of a workbook; `None` for text and Parquet.
    pub sheet: Option<String>,
    /// Row, from 1.
    pub row: usize,
    /// Header of the column, or its letter in a workbook.
    pub column: String,
    /// What stands there; empty for an empty cell.
    pub got: String,
    /// What the reader needs there, and what to do.
    pub expected: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(sheet) = &self.sheet {
            write!(f, ", sheet '{sheet}'")?;
        }
        write!(f, ", row {}, column {}: got ", self.row, self.column)?;
        if self.got.is_empty() {
            f.write_str("an empty cell")?;
        } else {
            write!(f, "'{}'", self.got)?;
        }
        write!(f, ", expected {}", self.expected)
    }
}

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file cannot be opened or read.
    #[error("{file}: cannot be read: {source}")]
    Io {
        /// Path given.
        file: String,
        /// The operating system's answer.
        source: std::io::Error,
    },
    /// More than a limit allows; see [`Limits`](super::Limits).
    #[error(
        "{file}: {what} exceed the limit of {limit}: if the file is meant to be so large, \
         raise {setting} in the limits"
    )]
    TooLarge {
        /// Name of the file.
        file: String,
        /// What was counted, e.g. `the bytes of the file`.
        what: &'static str,
        /// The limit.
        limit: u64,
        /// The field of `Limits` to raise.
        setting: &'static str,
    },
    /// No bytes at all.
    #[error("{file}: the file is empty: expected a header and at least one row")]
    Empty {
        /// Name of the file.
        file: String,
    },
    /// A header and nothing below it.
    #[error(
        "{file}: a header but no rows below it ({header}): the export or selection that made it was empty"
    )]
    NoRows {
        /// Name of the file.
        file: String,
        /// The header found.
        header: String,
    },
    /// The bytes are not the text they should be.
    #[error("{file}, row {row}, byte {byte}: {why}")]
    Encoding {
        /// Name of the file.
        file: String,
        /// Row of the first byte that does not fit, from 1.
        row: usize,
        /// Its offset in the file, from 0.
        byte: usize,
        /// What is wrong and what to do.
        why: String,
    },
    /// Not a workbook, or a damaged one.
    #[error("{file}: not a readable xlsx workbook ({why}): the file is damaged or cut off, fetch it again")]
    Workbook {
        /// Name of the file.
        file: String,
        /// What failed.
        why: String,
    },
    /// A sheet the reader needs is not there.
    #[error("{file}: no sheet {expected}; the sheets are: {present}")]
    NoSheet {
        /// Name of the file.
        file: String,
        /// What the sheet must hold.
        expected: String,
        /// Names of the sheets found.
        present: String,
    },
    /// Not Parquet, or a damaged file.
    #[error("{file}: not a readable Parquet file ({why}): the file is damaged or cut off, write it again")]
    Parquet {
        /// Name of the file.
        file: String,
        /// What failed.
        why: String,
    },
    /// What the file says contradicts what the caller says, or neither says it.
    #[error("{file}: {what}: {why}")]
    Setting {
        /// Name of the file.
        file: String,
        /// The thing in question, e.g. `scenario`.
        what: &'static str,
        /// The contradiction and what to do.
        why: String,
    },
    /// A damaged gzip file.
    #[error("{file}: not a readable gzip file: {why}: fetch it again")]
    Gzip {
        /// Name of the file.
        file: String,
        /// What the decoder met.
        why: String,
    },
    /// The schema cannot be used.
    #[error("schema: {why}")]
    Schema {
        /// What is wrong with it.
        why: String,
    },
    /// Rows, cells or headers that are wrong; all of them up to the limit.
    #[error("{}", list(file, violations, *more))]
    Violations {
        /// Name of the file.
        file: String,
        /// In the order of the file.
        violations: Vec<Violation>,
        /// How many more there are.
        more: usize,
    },
    /// The table was read but could not be made a frame.
    #[error("{file}: the table could not be built: {why}")]
    Frame {
        /// Name of the file.
        file: String,
        /// What failed.
        why: String,
    },
}

impl ReadError {
    /// The violations, if that is what the error is.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        match self {
            Self::Violations { violations, .. } => violations,
            _ => &[],
        }
    }
}

fn list(file: &str, violations: &[Violation], more: usize) -> String {
    let count = violations.len() + more;
    let mut text = match (violations, more) {
        ([only], 0) => return only.to_string(),
        _ => format!("{file}: {count} violations"),
    };
    for violation in violations {
        text.push('\n');
        text.push_str(&violation.to_string());
    }
    if more > 0 {
        text.push_str(&format!("\nand {more} more"));
    }
    text
}
