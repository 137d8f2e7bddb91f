use crate::progress::Interrupted;
use crate::selection::normalise::MethodError;
use crate::selection::prepared::PreparedError;

/// Why a study of robustness has no result.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RobustnessError {
    /// The method cannot use the values or weights.
    #[error(transparent)]
    Method(#[from] MethodError),
    /// No set can be chosen.
    #[error(transparent)]
    Choice(#[from] PreparedError),
    /// Ended before it was done.
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
    /// Values of other gminas than those of the problem.
    #[error("values of {got} gminas are given for a problem of {expected}")]
    Gminas {
        /// Gminas of the values.
        got: usize,
        /// Gminas of the problem.
        expected: usize,
    },
    /// A method without weights.
    #[error(
        "the method {method} uses no weights, so that their choice changes nothing: ask for the variants or \
         leave a criterion out instead"
    )]
    NoWeights {
        /// Word of the method.
        method: &'static str,
    },
    /// One criterion cannot be left out.
    #[error("there is one criterion: without it there is nothing to choose by")]
    OneCriterion,
    /// The selection itself cannot be made.
    #[error("the selection cannot be made: {reason}")]
    Selection {
        /// Why not.
        reason: String,
    },
    /// A setting out of range.
    #[error("{name} is {got}: expected {expected}")]
    Setting {
        /// The setting.
        name: &'static str,
        /// Its value.
        got: f64,
        /// What it may be.
        expected: &'static str,
    },
    /// The front is asked for without a goal, or with one that the problem does not have.
    #[error(
        "the front of sets needs at least two goals; diversity is one only where the specification has it"
    )]
    Goals,
    /// One place, so that every set is one gmina.
    #[error("with one place every set is one gmina, and the ranking says what the front would")]
    OnePlace,
    /// More sets than can be looked at.
    #[error("there are {sets} feasible sets; the front is exact and looks at {most} at most")]
    TooManySets {
        /// Feasible sets, as counted.
        sets: String,
        /// The most that are looked at.
        most: u64,
    },
}
