use crate::demography::cohort_component::CohortComponentError;
use crate::demography::mortality::StandardLifeTableError;
use crate::demography::reverse_survival::ReverseSurvivalError;
use crate::observation::{Sex, Year};

/// Why an area cannot be forecast from what was observed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RegionalForecastError {
    /// An array has the wrong shape.
    #[error("{what} of the observed area has shape {got:?}, expected {expected:?}")]
    Shape {
        /// The array.
        what: &'static str,
        /// Shape found.
        got: Vec<usize>,
        /// Shape that fits the other arrays.
        expected: Vec<usize>,
    },
    /// Groups of deaths do not start at 0, rise, and end below the open age.
    #[error("groups of deaths start at ages {got:?}: expected 0, then rising, the last at most the open age")]
    DeathAges {
        /// First ages found.
        got: Vec<usize>,
    },
    /// A count is negative or not a number.
    #[error("{what} of the observed area, value {place}: {got}, expected zero or more persons")]
    Count {
        /// The array.
        what: &'static str,
        /// Position in the array.
        place: usize,
        /// Value found.
        got: f64,
    },
    /// No year is left to learn from.
    #[error("{what}: no observed year until the jump-off {jump_off} is left (observed: {first} to {last})")]
    NoYears {
        /// What needs the years.
        what: &'static str,
        /// The jump-off.
        jump_off: Year,
        /// First year with flows.
        first: Year,
        /// Last year with flows.
        last: Year,
    },
    /// The country's rates of a year are missing.
    #[error("no {what} of the country for {year}")]
    Country {
        /// Mortality or fertility.
        what: &'static str,
        /// The year.
        year: Year,
    },
    /// Nobody lives where somebody must.
    #[error(
        "{sex}, ages from {age}: nobody was there in the years {first} to {last}, so no rate can be formed"
    )]
    Empty {
        /// Sex.
        sex: Sex,
        /// First age of the group.
        age: usize,
        /// First year.
        first: Year,
        /// Last year.
        last: Year,
    },
    /// Single ages of a stock cannot be estimated from a later one.
    #[error("31 XII {year}: {source}")]
    Graduation {
        /// Year of the stock.
        year: Year,
        /// What does not fit.
        source: ReverseSurvivalError,
    },
    /// Published deaths that no common factor on death rates gives.
    #[error(
        "{published:.0} deaths published where {expected:.0} are expected: no common factor on death rates gives them"
    )]
    Deaths {
        /// Deaths published.
        published: f64,
        /// Deaths expected.
        expected: f64,
    },
    /// Published counts that the people expected cannot give.
    #[error(
        "{sex}, ages {from}-{to}: {persons:.0} persons would have to move where {expected:.0} are expected"
    )]
    Published {
        /// Sex.
        sex: Sex,
        /// First age.
        from: usize,
        /// Last age.
        to: usize,
        /// Persons expected without migration.
        expected: f64,
        /// Persons who would have to move in.
        persons: f64,
    },
    /// Mortality cannot be fitted or forecast.
    #[error("mortality: {reason}")]
    Mortality {
        /// What went wrong, with sex, age or year.
        reason: String,
    },
    /// A life table cannot serve as a standard.
    #[error(transparent)]
    Standard(#[from] StandardLifeTableError),
    /// The rates cannot be projected with.
    #[error(transparent)]
    Step(#[from] CohortComponentError),
}

impl RegionalForecastError {
    /// A failure of a mortality model for one sex.
    pub(super) fn mortality(sex: Sex, error: &dyn std::fmt::Display) -> Self {
        Self::Mortality { reason: format!("{sex}: {error}") }
    }
}
