use serde::{Deserialize, Serialize};

use super::Prepared;
use crate::selection::{Locality, SetCount};

/// How likely a set drawn at random from those that fill the quotas has, in every stratum of two
/// places or more, all its gminas in one powiat.
///
/// # Formula
/// `product over strata of (sum over powiats p of C(n_p, q)) / C(n, q)`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SamePowiat {
    /// The strata of two places or more, by their position.
    pub strata: Vec<StratumChance>,
    /// The product, from 0 to 1.
    pub probability: f64,
}

/// The chance in one stratum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StratumChance {
    /// Position of the stratum.
    pub stratum: usize,
    /// Ways with all places in one powiat.
    pub same_powiat: SetCount,
    /// All ways.
    pub ways: SetCount,
}

impl Prepared {
    /// The chance that gminas of one stratum lie in one powiat by accident; `None` where no stratum
    /// has two places, or the numbers pass 2^128.
    ///
    /// ```
    /// use diagnoza_core::selection::prepared::Prepared;
    /// use diagnoza_core::territory::Teryt;
    /// // Two gminas of one powiat and one of another, two places: one way of three.
    /// let codes: Vec<Teryt> = ["2808043", "2808053", "2816023"]
    ///     .iter().map(|code| code.parse()).collect::<Result<_, _>>()?;
    /// let chance = Prepared::new(codes, &[0, 0, 0], &[2])?.same_powiat_chance();
    /// assert!(chance.is_some_and(|c| (c.probability - 1.0 / 3.0).abs() < 1e-15));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn same_powiat_chance(&self) -> Option<SamePowiat> {
        let together = Self {
            locality: Locality::Require,
            groups: None,
            diversity: None,
            inside: Vec::new(),
            outside: Vec::new(),
            ..self.clone()
        };
        let mut strata = Vec::new();
        let mut probability = 1.0;
        for (position, stratum) in self.strata.iter().enumerate().filter(|(_, s)| s.quota > 1) {
            let same = together.sets_of_stratum(&stratum.members, stratum.quota)?;
            let ways = super::feasible::binomial(stratum.members.len(), stratum.quota)?;
            probability *= same as f64 / ways as f64;
            strata.push(StratumChance {
                stratum: position,
                same_powiat: SetCount::from(same),
                ways: SetCount::from(ways),
            });
        }
        (!strata.is_empty()).then_some(SamePowiat { strata, probability })
    }
}
