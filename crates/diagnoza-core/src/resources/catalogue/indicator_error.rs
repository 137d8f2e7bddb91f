use super::{Part, Place};
use crate::demography::StructureError;
use crate::observation::Missing;

/// Why an indicator has no value.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum IndicatorError {
    /// Inputs it needs are not there; all of them are listed.
    #[error("{indicator}{place} needs {}", listed(lacks))]
    Lacking {
        /// Id of the indicator.
        indicator: String,
        /// Unit and year of the inputs.
        place: Place,
        /// The inputs that are lacking, each with the reason.
        lacks: Vec<Lack>,
    },
    /// There is nothing to relate to.
    #[error(
        "{indicator}{place} has no value: its denominator, {denominator}, is {value}, expected more than 0"
    )]
    ZeroDenominator {
        /// Id of the indicator.
        indicator: String,
        /// Unit and year of the inputs.
        place: Place,
        /// What stands below the line.
        denominator: String,
        /// What it comes to: zero, or less where a part is larger than its whole.
        value: f64,
    },
    /// The numbers are too large to compute with.
    #[error("{indicator}{place} has no value: its inputs are too large to compute with")]
    TooLarge {
        /// Id of the indicator.
        indicator: String,
        /// Unit and year of the inputs.
        place: Place,
    },
}

/// An input that is lacking.
#[derive(Clone, Debug, PartialEq)]
pub struct Lack {
    /// Name of the input.
    pub input: String,
    /// Why there is no number.
    pub reason: Reason,
}

/// Why an input has no number.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Reason {
    /// Nothing of that name is given.
    #[error("not given")]
    NotGiven,
    /// It is given as missing.
    #[error("{}", words(*.0))]
    Missing(Missing),
    /// Groups of ages it would follow from are given as missing.
    #[error("{}", groups(.0))]
    Groups(Vec<(Part, Missing)>),
    /// The other definition of beneficiaries is given, which is another number.
    #[error(
        "not given; {given} is another definition of beneficiaries (all members of assisted households, or persons \
         granted benefits by decision) and does not take its place"
    )]
    OtherDefinition {
        /// Name of the input that is given.
        given: &'static str,
    },
    /// The groups of ages do not tell.
    #[error(transparent)]
    Structure(#[from] StructureError),
}

const fn words(missing: Missing) -> &'static str {
    match missing {
        Missing::NotReported => "not reported",
        Missing::BelowUnit => "below half the unit",
        Missing::Suppressed => "suppressed",
        Missing::NotApplicable => "not applicable",
    }
}

fn groups(missing: &[(Part, Missing)]) -> String {
    let groups: Vec<String> =
        missing.iter().map(|(part, why)| format!("{part} is {}", words(*why))).collect();
    groups.join(", ")
}

fn listed(lacks: &[Lack]) -> String {
    let lacks: Vec<String> = lacks.iter().map(|lack| format!("{}: {}", lack.input, lack.reason)).collect();
    lacks.join("; ")
}
