use super::super::{Conflict, PreparedError, Step};
use crate::observation::Year;
use crate::territory::{GminaKind, Teryt};

/// A contradiction in a specification, or between it and the gminas.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CheckError {
    /// `frame.voivodeship` is another level.
    #[error("frame.voivodeship: {got} is not a voivodeship, expected two digits such as 28")]
    NotAVoivodeship {
        /// The code given.
        got: Teryt,
    },
    /// No kinds.
    #[error("eligibility.kinds is empty: name at least one of urban, rural, urban_rural")]
    NoKinds,
    /// A part of a gmina is no kind of gmina.
    #[error("eligibility.kinds: {got} is a part of a gmina, expected urban, rural or urban_rural")]
    NotAWholeGmina {
        /// The kind given.
        got: GminaKind,
    },
    /// A code that is not in the frame.
    #[error("{place}: {code} is not among the {gminas} gminas of the frame")]
    UnknownGmina {
        /// Key of the specification.
        place: &'static str,
        /// The code given.
        code: Teryt,
        /// Number of gminas of the frame.
        gminas: usize,
    },
    /// A code named twice in a list.
    #[error("{place}: {code} is there twice")]
    RepeatedGmina {
        /// Key of the specification.
        place: &'static str,
        /// The code given.
        code: Teryt,
    },
    /// Gminas without the stratum key.
    #[error(
        "strata.by = \"{by}\": {} eligible gminas have no such stratum ({}); keys there are: subregion, \
         powiat, kind, all as words, and in the table {}",
        codes.len(), list(codes), keys.join(", ")
    )]
    NoStratum {
        /// The word given.
        by: String,
        /// Gminas without it.
        codes: Vec<Teryt>,
        /// Keys the table has.
        keys: Vec<String>,
    },
    /// A quota for a stratum that no gmina lies in.
    #[error("strata.quotas: no gmina lies in stratum '{stratum}'; strata are: {}", strata.join(", "))]
    UnknownStratum {
        /// The stratum given.
        stratum: String,
        /// Strata of the frame.
        strata: Vec<String>,
    },
    /// A stratum with eligible gminas and no quota.
    #[error(
        "strata.quotas: stratum '{stratum}' has {eligible} eligible gminas and no quota: write its \
         quota, 0 if none is wanted"
    )]
    NoQuota {
        /// The stratum.
        stratum: String,
        /// Its eligible gminas.
        eligible: usize,
    },
    /// More places than gminas.
    #[error(
        "strata.quotas: stratum '{stratum}' has quota {quota} and supply {eligible} (eligible gminas): lower the \
         quota or widen the eligibility{}",
        lost(dropped)
    )]
    QuotaAboveSupply {
        /// The stratum.
        stratum: String,
        /// Its quota.
        quota: usize,
        /// Its eligible gminas.
        eligible: usize,
        /// Its gminas that dropped out, by the first step at which each did.
        dropped: Vec<(Step, usize)>,
    },
    /// No place at all.
    #[error("strata.quotas: the quotas add up to 0, so that nothing would be chosen")]
    NoPlaces,
    /// A rate without what it is divided by.
    #[error("{place}: {variable} is a rate and needs a denominator (variable, year, unit, factor)")]
    RateWithoutDenominator {
        /// Key of the specification.
        place: String,
        /// Variable of the criterion.
        variable: String,
    },
    /// A denominator that nothing is divided by.
    #[error("{place}: {variable} has a denominator, which only measure = \"rate\" uses: remove one of them")]
    DenominatorUnused {
        /// Key of the specification.
        place: String,
        /// Variable of the criterion.
        variable: String,
    },
    /// A factor that is no positive number.
    #[error("{place}.denominator.factor: {got} is not a number above 0, such as 10000")]
    BadFactor {
        /// Key of the specification.
        place: String,
        /// The factor given.
        got: f64,
    },
    /// The same criterion twice.
    #[error("{place}: {variable} of {year} is already a criterion, so that this one never decides")]
    DuplicateCriterion {
        /// Key of the specification.
        place: String,
        /// Variable of the criterion.
        variable: String,
        /// Year of the criterion.
        year: Year,
    },
    /// Secondary criteria that the tie rule never uses.
    #[error(
        "ties = \"report\" never uses the {criteria} secondary criteria: write ties = \"next_criterion\", or remove them"
    )]
    SecondaryUnused {
        /// Number of secondary criteria.
        criteria: usize,
    },
    /// A tie rule without the criteria it asks for.
    #[error("ties = \"next_criterion\" needs at least one criterion with role = \"secondary\"")]
    SecondaryMissing,
    /// No primary criterion.
    #[error("criteria: none has role = \"primary\", so that there is nothing to choose by")]
    NoCriterion,
    /// A part that something else needs.
    #[error("{place} is missing: {needed_by} needs it")]
    Missing {
        /// Key of the specification.
        place: String,
        /// What needs it.
        needed_by: String,
    },
    /// A part that nothing uses.
    #[error("{place} is given and not used with {because}: remove one of them")]
    Unused {
        /// Key of the specification.
        place: String,
        /// What does not use it.
        because: String,
    },
    /// A number out of its range.
    #[error("{place}: {got}, expected {expected}")]
    BadNumber {
        /// Key of the specification.
        place: String,
        /// The number given.
        got: f64,
        /// What would be right.
        expected: &'static str,
    },
    /// A matrix of comparisons of another size.
    #[error(
        "weights.matrix has {rows} rows and a row of {columns} numbers: expected {criteria} of each, one per primary \
         criterion"
    )]
    MatrixShape {
        /// Rows given.
        rows: usize,
        /// Numbers in the row.
        columns: usize,
        /// Primary criteria.
        criteria: usize,
    },
    /// Given weights of which none is above 0.
    #[error("weights.rule = \"given\": no criterion has a weight above 0")]
    NoWeight,
    /// Diversity among fewer than two.
    #[error("diversity is measured between two gminas or more, and {among} has fewer than two places")]
    NoDiversity {
        /// Among whom it is measured.
        among: &'static str,
    },
    /// A second level that is the first.
    #[error(
        "strata.within.by = \"{by}\" makes no parts within the strata: name another level, such as powiat"
    )]
    SameLevels {
        /// The word given.
        by: String,
    },
    /// A note about nothing.
    #[error("notes: about = \"{about}\" is no part of a specification; parts are: {parts}")]
    UnknownPart {
        /// The word given.
        about: String,
        /// The parts.
        parts: String,
    },
    /// Conditions that no set meets.
    #[error("{conflict}")]
    Infeasible {
        /// The conditions that contradict each other.
        conflict: Conflict,
    },
    /// The problem does not go into numbers.
    #[error(transparent)]
    Prepared(#[from] PreparedError),
}

/// `; dropped there: kind 10, consent 2`.
fn lost(dropped: &[(Step, usize)]) -> String {
    let steps: Vec<String> = dropped.iter().map(|(step, n)| format!("{} {n}", step.word())).collect();
    if steps.is_empty() { String::new() } else { format!("; dropped there: {}", steps.join(", ")) }
}

fn list(codes: &[Teryt]) -> String {
    let codes: Vec<String> = codes.iter().map(Teryt::to_string).collect();
    codes.join(", ")
}
