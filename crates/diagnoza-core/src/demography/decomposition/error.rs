use crate::demography::cohort_component::CohortComponentError;

/// Why a difference cannot be decomposed. Positions count from 0.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum DecompositionError {
    /// Nothing to decompose.
    #[error("{what} is empty: expected at least {least}")]
    Empty {
        /// Name of the input.
        what: &'static str,
        /// Fewest values.
        least: usize,
    },
    /// Inputs of different lengths.
    #[error("{what} has {got} values, expected {expected}")]
    Length {
        /// Name of the input.
        what: &'static str,
        /// Values given.
        got: usize,
        /// Values expected.
        expected: usize,
    },
    /// A value that cannot be.
    #[error("{what} is {got} at position {position}: expected {expected}")]
    Value {
        /// Name of the input.
        what: &'static str,
        /// Value given.
        got: f64,
        /// Where.
        position: usize,
        /// What it should be.
        expected: &'static str,
    },
    /// One life table still has people where the other has none.
    #[error(
        "the {which} life table has nobody left at position {position}, where the other has: end both with an \
         open age group that somebody reaches"
    )]
    NobodyLeft {
        /// `first` or `second`.
        which: &'static str,
        /// Position of the age.
        position: usize,
    },
    /// Two projections that differ in years or ages.
    #[error("the second projection has shape {got:?} (years, ages), the first {expected:?}")]
    Shape {
        /// Years and ages of the second.
        got: [usize; 2],
        /// Years and ages of the first.
        expected: [usize; 2],
    },
    /// A projection with parts of both cannot run.
    #[error("projecting with {parts} of the second: {source}")]
    Projection {
        /// Inputs taken from the second projection.
        parts: String,
        /// What went wrong.
        source: CohortComponentError,
    },
}

/// Refuses a length or the first value that is not as it should be.
pub(super) fn check(
    what: &'static str,
    values: &[f64],
    length: usize,
    (valid, expected): (impl Fn(f64) -> bool, &'static str),
) -> Result<(), DecompositionError> {
    if values.len() != length {
        return Err(DecompositionError::Length { what, got: values.len(), expected: length });
    }
    match values.iter().enumerate().find(|(_, value)| !valid(**value)) {
        Some((position, &got)) => Err(DecompositionError::Value { what, got, position, expected }),
        None => Ok(()),
    }
}

/// Zero or more.
pub(super) fn not_negative() -> (impl Fn(f64) -> bool, &'static str) {
    (|value: f64| value.is_finite() && value >= 0.0, "zero or more")
}
