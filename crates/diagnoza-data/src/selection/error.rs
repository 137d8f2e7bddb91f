use diagnoza_core::selection::inverse::{FamilyError, InverseError, RequiredError};
use diagnoza_core::selection::{CheckError, RecordError, ReplayError, SpecError, TableError};
use diagnoza_core::territory::{Teryt, UnitError};

use crate::FigureError;
use crate::embedded::DataError;
use crate::readers::ReadError;

/// Why a selection cannot run. A table that is merely missing is an [`Outcome`](super::Outcome), not an error.
#[derive(Debug, thiserror::Error)]
pub enum SelectionError {
    /// The specification does not read.
    #[error("specification {file}: {source}")]
    Spec {
        /// Name of the file.
        file: String,
        /// Line, column, key and what is wrong.
        source: SpecError,
    },
    /// The specification contradicts itself or its frame.
    #[error("specification {file}: {source}")]
    Check {
        /// Name of the file.
        file: String,
        /// Place and reason.
        source: CheckError,
    },
    /// The user's table does not read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The rows or columns do not make a table of gminas.
    #[error("table {table}: {source}")]
    Table {
        /// Name of the table.
        table: String,
        /// What is wrong.
        source: TableError,
    },
    /// A code of the table is not a unit of the register.
    #[error("table {table}, row {row}: {source}")]
    Unit {
        /// Name of the table.
        table: String,
        /// Row as a person counts, the header being row 1.
        row: usize,
        /// Why the code names no unit.
        source: UnitError,
    },
    /// A unit of the table is not a gmina.
    #[error("table {table}, row {row}: {code} is not a gmina: expected six or seven digits")]
    NotAGmina {
        /// Name of the table.
        table: String,
        /// Row as a person counts, the header being row 1.
        row: usize,
        /// The code.
        code: Teryt,
    },
    /// Official figures or the register fail.
    #[error(transparent)]
    Figure(#[from] FigureError),
    /// A record is not reproduced.
    #[error("record {file}: {source}")]
    Replay {
        /// Name of the file.
        file: String,
        /// What is not the same.
        source: Box<ReplayError>,
    },
    /// The table of a record is not at hand.
    #[error("record {file}: its table '{table}' is not embedded: give the file with --table")]
    ReplayTable {
        /// Name of the file.
        file: String,
        /// Name of the table.
        table: String,
    },
    /// The rule cannot choose.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// A family of specifications does not read.
    #[error("family {file}: {source}")]
    Family {
        /// Name of the file.
        file: String,
        /// What is wrong.
        source: Box<FamilyError>,
    },
    /// None of the specifications of a family reads.
    #[error("family {file}: none of its specifications reads; the first: {reason}")]
    EmptyFamily {
        /// Name of the file.
        file: String,
        /// What is wrong with the first.
        reason: String,
    },
    /// A search needs a table.
    #[error("table '{table}' is not embedded: give a file with the columns teryt, {}", columns.join(", "))]
    NoTable {
        /// Name of the table.
        table: String,
        /// The columns wanted.
        columns: Vec<String>,
    },
    /// The inverse search cannot run.
    #[error(transparent)]
    Inverse(#[from] Box<InverseError>),
    /// Required values cannot be told.
    #[error(transparent)]
    Required(#[from] Box<RequiredError>),
}

impl From<DataError> for SelectionError {
    fn from(error: DataError) -> Self {
        Self::Figure(error.into())
    }
}

impl From<UnitError> for SelectionError {
    fn from(error: UnitError) -> Self {
        Self::Figure(error.into())
    }
}
