use crate::observation::Sex;

/// Why a figure of migration cannot be computed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum MigrationError {
    /// Two inputs that belong together differ in shape.
    #[error("{what} has shape {got:?}: expected {expected:?}")]
    Shape {
        /// Name of the input.
        what: &'static str,
        /// Shape given.
        got: Vec<usize>,
        /// Shape asked for.
        expected: Vec<usize>,
    },
    /// A value of a list that cannot be.
    #[error("{what} is {got} at position {position}: expected {expected}")]
    Value {
        /// Name of the input.
        what: &'static str,
        /// Position, 0 first.
        position: usize,
        /// Value given.
        got: f64,
        /// What it should be.
        expected: &'static str,
    },
    /// A value of an array by area or year, sex and age that cannot be.
    #[error("{what} is {got} at {axis} {index}, sex {sex}, age position {age}: expected {expected}")]
    Cell {
        /// Name of the input.
        what: &'static str,
        /// What the first axis counts: area, year, direction or sex.
        axis: &'static str,
        /// Position on the first axis.
        index: usize,
        /// Sex.
        sex: Sex,
        /// Position on the age axis, 0 first.
        age: usize,
        /// Value given.
        got: f64,
        /// What it should be.
        expected: &'static str,
    },
    /// A gross flow that cannot be.
    #[error("{direction} is {got} at sex {sex}, age position {age}: expected zero or more migrants")]
    Flow {
        /// Word of the direction.
        direction: &'static str,
        /// Sex.
        sex: Sex,
        /// Position on the age axis, 0 first.
        age: usize,
        /// Value given.
        got: f64,
    },
    /// A parameter of a model schedule that cannot be.
    #[error("{name} = {got}: expected {expected}")]
    Parameter {
        /// Symbol of the parameter.
        name: &'static str,
        /// Value given.
        got: f64,
        /// What it should be.
        expected: &'static str,
    },
    /// Fewer rates than parameters.
    #[error(
        "{got} rates cannot fix {parameters} parameters: give at least {parameters} ages or a shorter form"
    )]
    TooFewRates {
        /// Rates given.
        got: usize,
        /// Parameters to be found.
        parameters: usize,
    },
    /// There is nothing to fit a profile to.
    #[error("every rate is zero: there is no profile to fit")]
    NoMigration,
    /// No start led to a curve of finite rates.
    #[error("no Rogers-Castro curve could be fitted: check the ages (expected completed years) and rates")]
    NoFit,
    /// A population at risk is nobody, but people moved.
    #[error(
        "{what}{}: {moves} moves of sex {sex} at age position {age} from a population of {population}, \
         a rate is not defined there: join ages or years",
        area.map_or_else(String::new, |area| format!(" of area {area}"))
    )]
    NobodyAtRisk {
        /// Name of the rate.
        what: &'static str,
        /// Position of the area, 0 first, where there are several.
        area: Option<usize>,
        /// Sex.
        sex: Sex,
        /// Position on the age axis.
        age: usize,
        /// Moves counted.
        moves: f64,
        /// Population at risk.
        population: f64,
    },
    /// A survival ratio of zero cannot be reversed.
    #[error(
        "nobody of sex {sex} survives into age position {age}: the method `{method}` divides by survival, use `forward`"
    )]
    NoSurvivors {
        /// Sex.
        sex: Sex,
        /// Position on the age axis at the end of the interval.
        age: usize,
        /// The method asked for.
        method: &'static str,
    },
    /// More deaths of a cohort than people in it.
    #[error(
        "{deaths} deaths of sex {sex} in a cohort of {persons} that reaches age position {age}: check stocks, births and deaths"
    )]
    TooManyDeaths {
        /// Sex.
        sex: Sex,
        /// Position on the age axis at the end of the interval.
        age: usize,
        /// Deaths of the cohort.
        deaths: f64,
        /// Persons at the start.
        persons: f64,
    },
    /// Departures that no area of the pool receives.
    #[error(
        "{departures} departures of sex {sex} at age position {age}, but no area of the pool receives any: \
         give in-shares there"
    )]
    NobodyArrives {
        /// Sex.
        sex: Sex,
        /// Position on the age axis.
        age: usize,
        /// Departures into the pool.
        departures: f64,
    },
    /// In-shares that do not add to one.
    #[error("in-shares of sex {sex} at age position {age} add to {got}: expected 1, or 0 where nobody moves")]
    Shares {
        /// Sex.
        sex: Sex,
        /// Position on the age axis.
        age: usize,
        /// Their sum.
        got: f64,
    },
}
