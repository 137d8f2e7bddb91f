//! The record of a decision: kept, replayed, compared with another, published.

mod diff;
mod publication;
mod replay;

use serde::{Deserialize, Serialize};

pub use diff::{Change, RecordDiff};
pub use publication::{Publication, PublishedRow, PublishedStratum, Shown};
pub use replay::ReplayError;

use super::{CheckedSpec, ChoiceError, CriteriaTable, Frame, Selection, SelectionSpec};
use crate::observation::{Cell, Source, Year, sha256};

/// The record of a decision: what was asked, of which table, by which version, and
/// the result. The same inputs give the same bytes on every machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionRecord {
    /// Edition of this record.
    pub format: RecordFormat,
    /// Name and version of the library.
    pub library: String,
    /// Date of the register of territory.
    pub register_date: jiff::civil::Date,
    /// Seed of random numbers; none are drawn in a choice.
    pub seed: Option<u64>,
    /// SHA-256 of the canonical JSON of the specification.
    pub spec_sha256: String,
    /// The specification.
    pub spec: SelectionSpec,
    /// The table.
    pub table: TableRecord,
    /// The result.
    pub result: Selection,
}

/// Edition of the format of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecordFormat {
    /// `diagnoza-decision/2`.
    #[serde(rename = "diagnoza-decision/2")]
    V2,
}

/// Which table was used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableRecord {
    /// Name of the table.
    pub name: String,
    /// SHA-256 of the canonical JSON of gminas and values, rows by code, columns by name and year. The
    /// sources stand in `columns`: the same values in another file are the same table.
    pub sha256: String,
    /// Number of gminas.
    pub gminas: usize,
    /// Its columns with unit and source.
    pub columns: Vec<ColumnRecord>,
}

/// A column of the table used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnRecord {
    /// Name of the variable.
    pub variable: String,
    /// Year of the values.
    pub year: Year,
    /// Unit of the values.
    pub unit: String,
    /// Where the values come from.
    pub source: Source,
}

/// Why a record could not be written.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The selection did not run.
    #[error(transparent)]
    Choice(#[from] ChoiceError),
    /// A part has no JSON form.
    #[error("the record of '{what}' could not be written as JSON: {source}")]
    Json {
        /// The part.
        what: &'static str,
        /// What the writer said.
        source: serde_json::Error,
    },
}

impl CheckedSpec {
    /// Runs the selection and records it with specification, table and version.
    ///
    /// # Errors
    /// [`RecordError`].
    pub fn record(&self, table: &CriteriaTable) -> Result<DecisionRecord, RecordError> {
        let columns = table.columns().iter().map(|column| ColumnRecord {
            variable: column.variable.clone(),
            year: column.year,
            unit: column.unit.clone(),
            source: column.source.clone(),
        });
        Ok(DecisionRecord {
            format: RecordFormat::V2,
            library: LIBRARY.to_owned(),
            register_date: self.spec().frame.date,
            seed: None,
            spec_sha256: sha256(&canonical("specification", self.spec())?),
            spec: self.spec().clone(),
            table: TableRecord {
                name: self.spec().frame.table.clone(),
                sha256: table.values_sha256()?,
                gminas: table.frame().gminas().len(),
                columns: columns.collect(),
            },
            result: self.choose(table)?,
        })
    }
}

impl CriteriaTable {
    /// SHA-256 of gminas and values, without the sources.
    ///
    /// # Errors
    /// [`RecordError::Json`].
    pub fn values_sha256(&self) -> Result<String, RecordError> {
        #[derive(Serialize)]
        struct Values<'a> {
            frame: &'a Frame,
            columns: Vec<(&'a str, Year, &'a str, &'a [Cell])>,
        }
        let columns = self.columns().iter();
        let values = Values {
            frame: self.frame(),
            columns: columns
                .map(|c| (c.variable.as_str(), c.year, c.unit.as_str(), c.cells.as_slice()))
                .collect(),
        };
        Ok(sha256(&canonical("table", &values)?))
    }
}

impl DecisionRecord {
    /// The record as canonical JSON: no spaces, keys in the order of the types, maps
    /// by key, numbers in the shortest form that a correctly rounding reader reads back.
    ///
    /// # Errors
    /// [`RecordError::Json`].
    pub fn canonical_json(&self) -> Result<Vec<u8>, RecordError> {
        canonical("decision", self)
    }

    /// SHA-256 of [`DecisionRecord::canonical_json`], lower-case hexadecimal.
    ///
    /// # Errors
    /// [`RecordError::Json`].
    pub fn sha256(&self) -> Result<String, RecordError> {
        Ok(sha256(&self.canonical_json()?))
    }
}

/// Name and version of this library.
const LIBRARY: &str = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));

fn canonical<T: Serialize>(what: &'static str, value: &T) -> Result<Vec<u8>, RecordError> {
    serde_json::to_vec(value).map_err(|source| RecordError::Json { what, source })
}
