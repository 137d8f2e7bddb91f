//! Why a life table cannot be made, or cannot answer.

use super::super::mortality::StandardLifeTableError;

/// Why a life table cannot be made, or cannot answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LifeTableError {
    /// A column does not match the ages.
    #[error("{column} has {got} values for {ages} ages: expected one value for each age")]
    Length {
        /// Column, in the user's words.
        column: &'static str,
        /// Values found.
        got: usize,
        /// Ages found.
        ages: usize,
    },
    /// Ages are not lower bounds of a life table.
    #[error("age {got} at position {position}: expected {expected}")]
    Ages {
        /// Position, from 0.
        position: usize,
        /// Age found.
        got: u32,
        /// What it should be.
        expected: &'static str,
    },
    /// Fewer than three ages.
    #[error("a life table needs age 0, one closed age more and an open age: got {got} ages")]
    TooFewAges {
        /// Ages found.
        got: usize,
    },
    /// A value that the column cannot have.
    #[error("{column}({age}) = {got}: expected {expected}")]
    Value {
        /// Column, in the user's words.
        column: &'static str,
        /// Age.
        age: u32,
        /// Value found.
        got: f64,
        /// What it should be.
        expected: &'static str,
    },
    /// Nobody dies in the open age.
    #[error(
        "no deaths at age {age}+: the years lived in the open age are not known; close the table at an age with deaths"
    )]
    OpenRate {
        /// First age of the open group.
        age: u32,
    },
    /// Survivors run out before the open age.
    #[error("nobody survives to age {age}: close the table at a younger age")]
    NoSurvivors {
        /// First age without survivors.
        age: u32,
    },
    /// An iterated rule found no table that agrees with itself.
    #[error(
        "separation by {rule} did not settle in {rounds} rounds: rates jump too much between ages; group ages or choose another rule"
    )]
    NotConverged {
        /// Name of the rule.
        rule: &'static str,
        /// Rounds tried.
        rounds: usize,
    },
    /// The table has no row that begins at this age.
    #[error("the table has no row that begins at age {age}")]
    NoSuchAge {
        /// Age asked for.
        age: u32,
    },
    /// A step that no survival ratio has.
    #[error("step of {got} years: expected 1 or 5")]
    Step {
        /// Step asked for.
        got: u32,
    },
    /// The open age is not at the end of a step, or leaves no closed group.
    #[error(
        "open age {age} does not fit steps of {step} years: expected a multiple of the step, two steps or more"
    )]
    OpenAge {
        /// Open age asked for.
        age: u32,
        /// Step, in years.
        step: u32,
    },
    /// An interval was asked of a table without counts.
    #[error("an interval needs the number of deaths: make the table from deaths and exposure")]
    NeedsDeaths,
    /// A setting of an interval.
    #[error("{name} = {got}: expected {expected}")]
    Setting {
        /// Name of the setting.
        name: &'static str,
        /// Value found.
        got: f64,
        /// What it should be.
        expected: &'static str,
    },
    /// A standard needs single years of age.
    #[error("age {age} is wider than one year: a standard needs single years of age")]
    NotSingleYears {
        /// First age that is wider.
        age: u32,
    },
    /// A standard that cannot be used.
    #[error(transparent)]
    Standard(#[from] StandardLifeTableError),
}

impl LifeTableError {
    pub(super) fn value(column: &'static str, age: u32, got: f64, expected: &'static str) -> Self {
        Self::Value { column, age, got, expected }
    }
}
