use super::{ColumnRecord, DecisionRecord, LIBRARY, RecordError, RecordFormat, canonical};
use crate::observation::sha256;
use crate::selection::{CheckError, Column, CriteriaTable, Frame, TableError};

/// Why a record is not reproduced.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// The text is no record of this format.
    #[error("this is no decision record of format diagnoza-decision/2: {source}")]
    NotARecord {
        /// What the reader said.
        source: serde_json::Error,
    },
    /// The record was written by another version, whose result may differ.
    #[error(
        "the record was made by {recorded}, this is {running}: install that version to reproduce it to the byte"
    )]
    OtherVersion {
        /// Version of the record.
        recorded: String,
        /// This version.
        running: &'static str,
    },
    /// The specification in the record is not the one its hash was taken of.
    #[error(
        "the specification in the record was changed after it was made: its hash is {got}, the record says {recorded}"
    )]
    ChangedSpec {
        /// Hash in the record.
        recorded: String,
        /// Hash of the specification in it.
        got: String,
    },
    /// The table holds other values.
    #[error(
        "table '{name}': its values are not those of the record (SHA-256 {got}, recorded {recorded}): give the table \
         that the decision was made on, or make a new decision"
    )]
    OtherTable {
        /// Name of the table in the record.
        name: String,
        /// Hash in the record.
        recorded: String,
        /// Hash of the table given.
        got: String,
    },
    /// The table has other columns than the record.
    #[error("table '{name}' has no column {variable} of {year}, which the record has")]
    MissingColumn {
        /// Name of the table in the record.
        name: String,
        /// Variable of the column.
        variable: String,
        /// Its year.
        year: crate::observation::Year,
    },
    /// The gminas contradict the specification.
    #[error(transparent)]
    Check(#[from] CheckError),
    /// The table does not build.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The selection did not run.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// Everything that went in is the same, and the result is another.
    #[error(
        "the result differs from the record, whose inputs are the same: the record was changed after it was made ({})",
        parts.join(", ")
    )]
    Differs {
        /// Paths in the record that differ.
        parts: Vec<String>,
    },
}

impl DecisionRecord {
    /// Reads a record.
    ///
    /// # Errors
    /// [`ReplayError::NotARecord`].
    pub fn from_json(bytes: &[u8]) -> Result<Self, ReplayError> {
        serde_json::from_slice(bytes).map_err(|source| ReplayError::NotARecord { source })
    }

    /// Makes the decision again from the gminas and the table and compares it to the byte. The sources
    /// are those of the record: the same values may come in another file.
    ///
    /// # Errors
    /// [`ReplayError`] says what is not the same.
    pub fn replay(&self, frame: &Frame, table: &CriteriaTable) -> Result<Self, ReplayError> {
        let RecordFormat::V2 = self.format;
        if self.library != LIBRARY {
            return Err(ReplayError::OtherVersion { recorded: self.library.clone(), running: LIBRARY });
        }
        let got = sha256(&canonical("specification", &self.spec)?);
        if got != self.spec_sha256 {
            return Err(ReplayError::ChangedSpec { recorded: self.spec_sha256.clone(), got });
        }
        let table = self.with_recorded_sources(table)?;
        let got = table.values_sha256()?;
        if got != self.table.sha256 {
            let (name, recorded) = (self.table.name.clone(), self.table.sha256.clone());
            return Err(ReplayError::OtherTable { name, recorded, got });
        }
        let again = self.spec.check(frame)?.record(&table)?;
        if again.canonical_json()? != self.canonical_json()? {
            let diff = self.diff(&again)?;
            let parts = diff.spec.iter().chain(&diff.table).chain(&diff.result);
            return Err(ReplayError::Differs {
                parts: parts.map(|change| change.path.clone()).take(20).collect(),
            });
        }
        Ok(again)
    }

    /// The columns of the record, with its sources and units, from a table of the same values.
    fn with_recorded_sources(&self, table: &CriteriaTable) -> Result<CriteriaTable, ReplayError> {
        let columns = self.table.columns.iter().map(|recorded: &ColumnRecord| {
            let found = table.column(&recorded.variable, recorded.year);
            let found = found.ok_or_else(|| ReplayError::MissingColumn {
                name: self.table.name.clone(),
                variable: recorded.variable.clone(),
                year: recorded.year,
            })?;
            Ok(Column { source: recorded.source.clone(), ..found.clone() })
        });
        let columns = columns.collect::<Result<Vec<_>, ReplayError>>()?;
        Ok(CriteriaTable::new(table.frame().gminas().to_vec(), columns)?)
    }
}
