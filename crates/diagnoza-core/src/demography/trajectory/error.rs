use crate::demography::AgeRange;
use crate::demography::cohort_component::CohortComponentError;
use crate::observation::{Sex, Year};
use crate::progress::Interrupted;
use crate::territory::UnitId;

/// Why trajectories cannot be drawn.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TrajectoryError {
    /// A parameter of the uncertainty is out of bounds.
    #[error("{name} is {got}: expected {expected}")]
    Parameter {
        /// Its name.
        name: String,
        /// Value found.
        got: f64,
        /// What it may be.
        expected: String,
    },
    /// An array has the wrong shape.
    #[error("{what} has shape {got:?}, expected {expected:?}")]
    Shape {
        /// The array.
        what: &'static str,
        /// Shape found.
        got: Vec<usize>,
        /// Shape that fits.
        expected: Vec<usize>,
    },
    /// A request that asks for too few or too many of something.
    #[error("{what} is {got}: expected {expected}")]
    Request {
        /// What was asked for.
        what: &'static str,
        /// Number found.
        got: usize,
        /// What it may be.
        expected: String,
    },
    /// A probability that is none.
    #[error("probability {got}: expected a number above 0 and below 1, such as 0.1")]
    Probability {
        /// Value found.
        got: f64,
    },
    /// The last year is not in the forecast.
    #[error("cannot draw trajectories until {until}: the forecast is known to {jump_off} and goes to {last}")]
    Until {
        /// Year asked for.
        until: Year,
        /// Last year known.
        jump_off: Year,
        /// Last year of the forecast.
        last: Year,
    },
    /// The same thing twice.
    #[error("{what} {got} is given twice: keep one")]
    Twice {
        /// What it is.
        what: &'static str,
        /// The one given twice.
        got: String,
    },
    /// A unit is made of an area that is not there.
    #[error("{unit} is made of {area}, which has no forecast here")]
    NoSuchArea {
        /// The unit.
        unit: UnitId,
        /// The area missing.
        area: UnitId,
    },
    /// An indicator asks for ages that single years to an open group do not tell.
    #[error("indicator {indicator}: ages {ages} cannot be told, the open group is {open}+")]
    Ages {
        /// Its name.
        indicator: String,
        /// Ages asked for.
        ages: AgeRange,
        /// First age of the open group.
        open: usize,
    },
    /// An indicator has no value in a path.
    #[error(
        "indicator {indicator} of {unit} in {year}, path {path} has no value: there is nobody to divide by, or the median lies in the open group"
    )]
    Nobody {
        /// Its name.
        indicator: String,
        /// The unit.
        unit: UnitId,
        /// The year.
        year: Year,
        /// The path, from 0.
        path: usize,
    },
    /// The central forecast moves people of an age at which nobody lives.
    #[error("{unit}, {year}, {sex}, age {age}: the central forecast moves people where nobody lives")]
    NobodyToMove {
        /// The area.
        unit: UnitId,
        /// The year.
        year: Year,
        /// Sex.
        sex: Sex,
        /// Age at the end of the year.
        age: usize,
    },
    /// A path cannot be projected.
    #[error("{unit}, {year}, path {path}: {source}")]
    Step {
        /// The area.
        unit: UnitId,
        /// The year.
        year: Year,
        /// The path, from 0; the central forecast has none.
        path: String,
        /// What went wrong.
        source: CohortComponentError,
    },
    /// Ended before it was done.
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
    /// Too few values to estimate from.
    #[error("{what}: {got} values to estimate from, expected {needed} or more")]
    TooFew {
        /// What is estimated.
        what: String,
        /// Values found.
        got: usize,
        /// Values needed.
        needed: usize,
    },
    /// A value that is no number.
    #[error("{what}, {year}: {got} is not a number to estimate from")]
    Value {
        /// What is estimated.
        what: String,
        /// The year.
        year: Year,
        /// Value found.
        got: f64,
    },
}
