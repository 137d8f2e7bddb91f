use crate::observation::Year;

/// Why a mortality model cannot be fitted, forecast or solved.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum MortalityModelError {
    /// A table is not ages by years.
    #[error("{what} is {rows} x {columns}: expected {ages} ages (rows) x {years} years (columns)")]
    Shape {
        /// Name of the table.
        what: &'static str,
        /// Rows given.
        rows: usize,
        /// Columns given.
        columns: usize,
        /// Ages given.
        ages: usize,
        /// Years given.
        years: usize,
    },
    /// Too little to fit a model on.
    #[error("{got} {what}: expected at least {needed}")]
    TooFew {
        /// What there is too little of.
        what: &'static str,
        /// Number given.
        got: usize,
        /// Number needed.
        needed: usize,
    },
    /// Ages are not those of a life table.
    #[error(
        "age {got} follows {before}: expected single years of age, or groups that start at 0, 1, 5, 10, ... or at \
         multiples of 5"
    )]
    Ages {
        /// The age before.
        before: u8,
        /// The age given.
        got: u8,
    },
    /// Years do not increase.
    #[error("year {got} follows {before}: expected increasing years")]
    Years {
        /// The year before.
        before: Year,
        /// The year given.
        got: Year,
    },
    /// A rate, a count or an exposure that cannot be.
    #[error("{what} is {got} at age {age} in {year}: expected {expected}")]
    Cell {
        /// Name of the table.
        what: &'static str,
        /// Value given.
        got: f64,
        /// Age.
        age: u8,
        /// Year.
        year: Year,
        /// What it should be.
        expected: &'static str,
    },
    /// A rate of zero has no logarithm.
    #[error(
        "mx is 0 at age {age} in {year}, which has no logarithm: interpolate zeros, use the Poisson likelihood, \
         or group the ages"
    )]
    ZeroRate {
        /// Age.
        age: u8,
        /// Year.
        year: Year,
    },
    /// Weights where the method has none.
    #[error("weights are for the Poisson likelihood alone: leave years out, or use it")]
    Weights,
    /// Nobody died at an age in the year from which a forecast should start.
    #[error("nobody died at age {age} in {year}, so that no rate can start from there: use the jump-off fit")]
    ZeroJumpOff {
        /// Age.
        age: u8,
        /// Year.
        year: Year,
    },
    /// Nobody died at an age in any year.
    #[error("no deaths at age {age} in any year: group the ages")]
    NoDeathsAtAge {
        /// Age.
        age: u8,
    },
    /// Nobody died in a year.
    #[error("no deaths in {year} at any age: leave the year out")]
    NoDeathsInYear {
        /// Year.
        year: Year,
    },
    /// The method needs person-years.
    #[error(
        "{by} needs the exposure (person-years, ages x years); without it use adjustment none or e0, and equal weights"
    )]
    ExposureNeeded {
        /// What needs it.
        by: &'static str,
    },
    /// Rates that are the same in all years, or whose changes by age cancel out.
    #[error("the rates show no common change over the years: there is nothing to model")]
    NoChange,
    /// The second stage of Lee-Carter has no solution in a year.
    #[error("no k of {year} reproduces the observed {what}: choose another adjustment")]
    NotMatched {
        /// What was to be matched.
        what: &'static str,
        /// Year.
        year: Year,
    },
    /// Iterations came to no end.
    #[error(
        "the Poisson likelihood has no maximum after {iterations} rounds (last change {change:e}): group ages with \
         hardly any deaths"
    )]
    NotConverged {
        /// Rounds made.
        iterations: usize,
        /// Largest change of an index in the last round.
        change: f64,
    },
    /// An option outside its range.
    #[error("{what} is {got}: expected {expected}")]
    Option {
        /// Name of the option.
        what: &'static str,
        /// Value given.
        got: f64,
        /// What it should be.
        expected: &'static str,
    },
    /// Tables that should go together differ.
    #[error("{population} has other {what} than {first}: populations of one model share ages and years")]
    Populations {
        /// Population.
        population: String,
        /// What differs.
        what: &'static str,
        /// The population it was compared with.
        first: String,
    },
    /// A deviation that does not return to a mean.
    #[error(
        "the deviation of {population} from the common trend has an AR(1) coefficient of {coefficient:.3}: expected \
         one between -1 and 1; use the deviation random_walk"
    )]
    Explosive {
        /// Population.
        population: String,
        /// Coefficient.
        coefficient: f64,
    },
    /// Years with gaps where the model needs every year.
    #[error(
        "years jump from {before} to {after}: AR(1) deviations need evenly spaced years; use random_walk"
    )]
    Gap {
        /// Year before the gap.
        before: Year,
        /// Year after it.
        after: Year,
    },
    /// A vector that does not fit the ages.
    #[error("{what} has {got} values: expected {expected}")]
    Length {
        /// Name of the vector.
        what: &'static str,
        /// Length given.
        got: usize,
        /// Length expected.
        expected: usize,
    },
    /// A parameter by age that cannot be.
    #[error("{what} is {got} at age {age}: expected {expected}")]
    Parameter {
        /// Name of the vector.
        what: &'static str,
        /// Value given.
        got: f64,
        /// Age.
        age: u8,
        /// What it should be.
        expected: &'static str,
    },
    /// A life expectancy that no level of the model has.
    #[error(
        "e0 of {target} at position {position} is out of reach: the pattern gives {lowest:.2} to {highest:.2}"
    )]
    OutOfReach {
        /// Life expectancy asked for.
        target: f64,
        /// Position in the targets.
        position: usize,
        /// Lowest of the pattern.
        lowest: f64,
        /// Highest of the pattern.
        highest: f64,
    },
}
