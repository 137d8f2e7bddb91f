use crate::observation::Year;

/// Why a figure of fertility cannot be computed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FertilityError {
    /// Two lists that belong together differ in length.
    #[error("{what} has {got} values for {expected} groups of ages")]
    Length {
        /// Name of the list.
        what: &'static str,
        /// Values given.
        got: usize,
        /// Groups of ages.
        expected: usize,
    },
    /// A value that cannot be.
    #[error("{what} at age {age} is {got}: expected {expected}")]
    Value {
        /// Name of the list.
        what: &'static str,
        /// First age of the group.
        age: u8,
        /// Value given.
        got: f64,
        /// What it should be.
        expected: &'static str,
    },
    /// A rate of nobody.
    #[error(
        "no woman-years at age {age} with {births} births: a rate is not defined there, join ages or years"
    )]
    NobodyExposed {
        /// First age of the group.
        age: u8,
        /// Births counted.
        births: f64,
    },
    /// Groups of ages that leave gaps, overlap, or have no width.
    #[error(
        "ages {starts:?} with widths {widths:?}: expected groups that follow each other, one year or wider"
    )]
    Ages {
        /// First ages given.
        starts: Vec<u8>,
        /// Widths given.
        widths: Vec<u8>,
    },
    /// No births, so no schedule and no mean age.
    #[error("all fertility rates are zero: there is no mean age and no schedule")]
    NoBirths,
    /// A parameter that cannot be.
    #[error("{name} = {got}: expected {expected}")]
    Parameter {
        /// Name of the parameter.
        name: &'static str,
        /// Value given.
        got: f64,
        /// What it should be.
        expected: &'static str,
    },
    /// The three ages of a Schmertmann schedule give a curve that falls below zero.
    #[error(
        "Schmertmann schedule alpha = {alpha}, P = {peak}, H = {half}: the spline falls below zero, \
         bring the three ages closer to those of observed schedules"
    )]
    NegativeSpline {
        /// Age at which fertility starts.
        alpha: f64,
        /// Age of the peak.
        peak: f64,
        /// Age at which half of the peak is left.
        half: f64,
    },
    /// A model that has no births at the ages asked for.
    #[error("the model has no births between ages {from} and {to}")]
    NothingWithin {
        /// First age.
        from: u8,
        /// End of the last age.
        to: u8,
    },
    /// Fewer rates than parameters.
    #[error("{got} rates cannot fix {parameters} parameters: give at least {parameters} ages")]
    TooFewRates {
        /// Rates given.
        got: usize,
        /// Parameters to be found.
        parameters: usize,
    },
    /// No start led to a curve of finite rates.
    #[error("no curve of the family could be fitted to these rates: check ages and rates")]
    NoFit,
    /// A mean age that the schedule cannot be moved to.
    #[error(
        "mean age {target} cannot be reached from {current:.2}: the schedule allows {low:.2} to {high:.2}"
    )]
    UnreachableMeanAge {
        /// Mean age wanted.
        target: f64,
        /// Mean age of the schedule.
        current: f64,
        /// Lowest that can be reached.
        low: f64,
        /// Highest that can be reached.
        high: f64,
    },
    /// Years in the wrong order.
    #[error("years {first} to {last}: expected the first before the last")]
    YearOrder {
        /// First year.
        first: Year,
        /// Last year.
        last: Year,
    },
    /// A path that was given lacks a year.
    #[error("no total fertility rate was given for {year}: give every year of the path")]
    MissingYear {
        /// The year.
        year: Year,
    },
    /// A total fertility rate that cannot be.
    #[error("total fertility rate {got} in {year}: expected {expected}")]
    TotalFertility {
        /// The year.
        year: Year,
        /// Value given.
        got: f64,
        /// What it should be.
        expected: &'static str,
    },
}
