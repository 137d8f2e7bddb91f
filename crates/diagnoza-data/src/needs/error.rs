use diagnoza_core::resources::need::NeedError;
use diagnoza_core::territory::UnitError;

use crate::FigureError;
use crate::frames::FrameError;
use crate::readers::ReadError;

/// Why needs cannot be given.
#[derive(Debug, thiserror::Error)]
pub enum NeedsError {
    /// Rates or supply are refused.
    #[error(transparent)]
    Need(#[from] NeedError),
    /// The user's table does not read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A TOML file that is not UTF-8.
    #[error("{file}: not UTF-8 at byte {byte}: save the file as UTF-8")]
    NotUtf8 {
        /// Name of the file.
        file: String,
        /// First byte that is not.
        byte: usize,
    },
    /// A unit of the supply that the register does not have.
    #[error("{file}, {place}, unit: {source}")]
    Unit {
        /// Name of the file.
        file: String,
        /// Row or entry.
        place: String,
        /// Why the code names no unit.
        source: UnitError,
    },
    /// Nothing to compute.
    #[error("no {what} given: expected at least one")]
    Nothing {
        /// `unit`, `scenario`.
        what: &'static str,
    },
    /// Two scenarios of one name.
    #[error("two scenarios are named '{name}': give each a name of its own")]
    ScenarioTwice {
        /// The name.
        name: String,
    },
    /// Population figures.
    #[error(transparent)]
    Figure(#[from] FigureError),
    /// The population cannot be put into a table.
    #[error("population: {0}")]
    Frame(#[from] FrameError),
}
