use crate::demography::cohort_component::CohortComponentError;
use crate::observation::Sex;

/// Why a naive forecast cannot be made. Positions of ages count from 0.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum BaselineError {
    /// An array of another shape.
    #[error("{what} has shape {got:?}, expected {expected}")]
    Shape {
        /// Name of the array.
        what: &'static str,
        /// Shape given.
        got: Vec<usize>,
        /// What it should be.
        expected: &'static str,
    },
    /// A stock that cannot be.
    #[error("{what} is {got}, {sex}, age position {age}: expected zero or more persons")]
    Value {
        /// Name of the stock.
        what: &'static str,
        /// Value given.
        got: f64,
        /// Sex.
        sex: Sex,
        /// Position of the age.
        age: usize,
    },
    /// A setting that cannot be.
    #[error("{option} is {got}: expected {expected}")]
    Option {
        /// Name of the setting.
        option: &'static str,
        /// Value given.
        got: f64,
        /// What it should be.
        expected: &'static str,
    },
    /// Nobody to take a ratio of.
    #[error(
        "{sex}, age position {age}: nobody of the cohort was there at the earlier date, so it has no change \
         ratio; join areas or ages, or choose `no_change`"
    )]
    EmptyCohort {
        /// Sex.
        sex: Sex,
        /// Position of the age the cohort arrives at.
        age: usize,
    },
    /// No women to take a child-woman ratio of.
    #[error("no women of ages {first}-{last} at the later date: there is no child-woman ratio")]
    NoWomen {
        /// First age.
        first: u8,
        /// Last age.
        last: u8,
    },
    /// Nobody to grow from.
    #[error("{what} has nobody: a constant rate of growth cannot be taken")]
    Nobody {
        /// Name of the stock.
        what: &'static str,
    },
    /// A straight line that falls below zero.
    #[error(
        "the straight line falls to {got:.1} persons in year {year} after the jump-off: shorten the horizon"
    )]
    BelowZero {
        /// Year after the jump-off.
        year: usize,
        /// Persons.
        got: f64,
    },
    /// Growth beyond what a number can hold.
    #[error("the trend grows past every number in year {year} after the jump-off: check the stocks")]
    Overflow {
        /// Year after the jump-off; 0 where a stock itself is past it.
        year: usize,
    },
    /// Rates that cannot be projected.
    #[error("constant rates: {0}")]
    CohortComponent(#[from] CohortComponentError),
}
