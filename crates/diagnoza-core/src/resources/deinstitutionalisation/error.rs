use crate::observation::Year;
use crate::territory::UnitId;

/// Why the view of deinstitutionalisation cannot be given.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum DeinstitutionalisationError {
    /// The file is not TOML of this form; the reason names line and key.
    #[error("{file}: {reason}")]
    Syntax {
        /// Name of the file.
        file: String,
        /// What the parser says.
        reason: String,
    },
    /// A target that cannot be used.
    #[error("{file}: target '{id}', {key}: '{got}', expected {expected}")]
    Target {
        /// Name of the file.
        file: String,
        /// The target.
        id: String,
        /// Its key.
        key: &'static str,
        /// What stands there.
        got: String,
        /// What was expected.
        expected: &'static str,
    },
    /// No target of that id.
    #[error("there is no target '{got}': expected one of {}", known.join(", "))]
    UnknownTarget {
        /// The id given.
        got: String,
        /// Targets there are.
        known: Vec<String>,
    },
    /// A number that cannot be.
    #[error("{unit}, {year}, {what}: {got}, expected {expected}")]
    Value {
        /// The unit.
        unit: UnitId,
        /// The year.
        year: Year,
        /// What is counted.
        what: String,
        /// The number given.
        got: f64,
        /// What was expected.
        expected: &'static str,
    },
    /// A figure without a source.
    #[error("{unit}, {year}, {what}: no source: figures without one are not used")]
    NoSource {
        /// The unit.
        unit: UnitId,
        /// The year.
        year: Year,
        /// What is counted.
        what: String,
    },
    /// Two figures of the same thing.
    #[error("{unit}, {year}, {what}: given twice, expected once")]
    Twice {
        /// The unit.
        unit: UnitId,
        /// The year.
        year: Year,
        /// What is counted.
        what: String,
    },
}
