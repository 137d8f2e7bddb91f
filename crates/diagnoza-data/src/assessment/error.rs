use diagnoza_core::resources::assessment::{AssessmentError, SettingsError, TableError};
use diagnoza_core::territory::{SelectError, Teryt};

use crate::FigureError;
use crate::frames::FrameError;

/// Why units cannot be assessed.
#[derive(Debug, thiserror::Error)]
pub enum AssessError {
    /// Public figures cannot be given.
    #[error(transparent)]
    Figure(#[from] FigureError),
    /// No public indicators of that voivodeship come with the library.
    #[error(
        "no indicators of voivodeship {voivodeship} come with the library, only of 12 (gminas) and 28: \
         give your own table"
    )]
    NoTable {
        /// The voivodeship.
        voivodeship: Teryt,
    },
    /// Units of several voivodeships.
    #[error(
        "the units lie in voivodeships {}, whose public indicators are not the same: ask for one at a time",
        voivodeships.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    )]
    Voivodeships {
        /// The voivodeships.
        voivodeships: Vec<Teryt>,
    },
    /// A user's frame does not read.
    #[error("{frame}: {source}")]
    Frame {
        /// `table` or `indicators`.
        frame: &'static str,
        /// Row, column and reason.
        source: FrameError,
    },
    /// A column that means nothing here.
    #[error("{frame}: column '{column}' is not known: expected {}", known.join(", "))]
    Column {
        /// `table` or `indicators`.
        frame: &'static str,
        /// The column.
        column: String,
        /// The columns there may be.
        known: Vec<&'static str>,
    },
    /// The values are not those of a table of indicators.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The unit or peers are not in the table.
    #[error(transparent)]
    Assessment(#[from] AssessmentError),
    /// A setting that cannot be.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// A text that selects no units.
    #[error(transparent)]
    Select(#[from] SelectError),
}
