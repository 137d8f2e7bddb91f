use crate::territory::Teryt;

/// Why a prepared problem cannot be chosen from.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PreparedError {
    /// A list of another length than the gminas.
    #[error("{what}: {got} given for {expected} gminas")]
    Length {
        /// What was given.
        what: &'static str,
        /// How many.
        got: usize,
        /// How many gminas there are.
        expected: usize,
    },
    /// Codes that do not ascend.
    #[error(
        "{code} does not come after the code before it: give the gminas in the order of their codes, each once"
    )]
    Order {
        /// The code.
        code: Teryt,
    },
    /// A stratum without quota.
    #[error("stratum {stratum} is given for a gmina, and there are quotas for {known} strata, from 0")]
    UnknownStratum {
        /// The stratum.
        stratum: usize,
        /// Number of quotas.
        known: usize,
    },
    /// More places than gminas.
    #[error("stratum {stratum} has quota {quota} and supply {supply}")]
    QuotaAboveSupply {
        /// The stratum.
        stratum: usize,
        /// Its places.
        quota: usize,
        /// Its gminas.
        supply: usize,
    },
    /// More powiats than any voivodeship has.
    #[error("{got} powiats: a voivodeship has 42 at most, and this library counts up to 128")]
    TooManyPowiats {
        /// How many.
        got: usize,
    },
    /// More groups of a second level than are counted.
    #[error("{got} groups of the second level in one stratum: this library counts up to 128")]
    TooManyGroups {
        /// How many.
        got: usize,
    },
    /// Classes that cannot be.
    #[error("{got} quantile classes: expected 2 to 64")]
    Classes {
        /// How many.
        got: usize,
    },
    /// A number that is none.
    #[error("{code}: the {what} is {got}, expected a finite number")]
    NotANumber {
        /// Code of the gmina.
        code: Teryt,
        /// What it is.
        what: &'static str,
        /// The value.
        got: f64,
    },
    /// Diversity where only one gmina is chosen.
    #[error("diversity is measured between two gminas or more, and no {among} has two places")]
    NoDiversity {
        /// `set` or `stratum`.
        among: &'static str,
    },
    /// No set meets all conditions.
    #[error("no set of gminas meets all conditions")]
    Infeasible,
    /// The search ended before a proof.
    #[error(
        "the problem is too large for a proof: {visited} partial sets were looked at; narrow the \
         eligibility, lower the quotas, or make diversity a threshold"
    )]
    NotProven {
        /// Partial sets looked at.
        visited: u64,
    },
    /// The integer programme failed.
    #[error("the integer programme gave no answer that holds: {reason}")]
    Programme {
        /// What it said, or what the check found.
        reason: String,
    },
}
