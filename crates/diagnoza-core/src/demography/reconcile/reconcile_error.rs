use super::RakeError;
use crate::observation::Sex;

/// Why projections cannot be reconciled. Areas are numbered from 0 in the order given; the upper
/// level is called `upper`.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ReconcileError {
    /// Nothing to reconcile.
    #[error("no area was given: expected at least one")]
    NoArea,
    /// Arrays that do not fit together.
    #[error("{whose}: {what} has shape {got:?}, expected {expected:?}")]
    Shape {
        /// `upper` or the area.
        whose: Level,
        /// Name of the array.
        what: &'static str,
        /// Shape given.
        got: Vec<usize>,
        /// Shape asked for.
        expected: Vec<usize>,
    },
    /// A value that cannot be.
    #[error("{whose}: {what} is {got} at {position:?}: expected {expected}")]
    Value {
        /// `upper` or the area.
        whose: Level,
        /// Name of the array.
        what: &'static str,
        /// Value given.
        got: f64,
        /// Where in the array.
        position: Vec<usize>,
        /// What it should be.
        expected: &'static str,
    },
    /// Flows that do not lead from one stock to the next.
    #[error(
        "{whose}: in step {step}, {sex}, age {age} at the end of the year the stock is {got} but survivors and \
         net migration give {expected}"
    )]
    Unbalanced {
        /// `upper` or the area.
        whose: Level,
        /// Step, 0 for the first year.
        step: usize,
        /// Sex.
        sex: Sex,
        /// Position of the age at the end of the year.
        age: usize,
        /// Stock given.
        got: f64,
        /// Stock that the flows give.
        expected: f64,
    },
    /// The areas do not sum to the upper level at the jump-off.
    #[error(
        "at the jump-off the areas have {lower} persons of sex {sex} at age {age} and the upper level {upper}: \
         correct the stocks or choose to rake them"
    )]
    JumpOff {
        /// Sex.
        sex: Sex,
        /// Position of the age.
        age: usize,
        /// Sum of the areas.
        lower: f64,
        /// Upper level.
        upper: f64,
    },
    /// The jump-off cannot be raked; axes are area, sex, age.
    #[error("raking the jump-off: {0}")]
    Rake(#[from] RakeError),
    /// Bounds of the factors that cannot be.
    #[error("factors between {lowest} and {highest}: expected 0 or more, at most 1, and 1 or more")]
    Bounds {
        /// Lowest factor given.
        lowest: f64,
        /// Highest factor given.
        highest: f64,
    },
}

/// Whose figures an error is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The projection to sum to.
    Upper,
    /// One of the areas.
    Area(usize),
}

impl std::fmt::Display for Level {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Upper => f.write_str("upper"),
            Self::Area(number) => write!(f, "area {number}"),
        }
    }
}
