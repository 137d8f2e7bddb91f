//! A choice in numbers: the same problem run again and again with other scores.
//!
//! [`Prepared`] holds what does not depend on scores: strata and quotas, powiats, groups of a second
//! level, the diversity variable, the ties' criteria. [`Prepared::choose_scores`] gives every optimal
//! set for one vector of scores, one score per gmina, more being better.
//!
//! ```
//! use diagnoza_core::selection::prepared::Prepared;
//! use diagnoza_core::territory::Teryt;
//! // Four gminas in two strata, one place in each.
//! let codes: Vec<Teryt> = ["2808043", "2808053", "2816023", "2816033"]
//!     .iter().map(|code| code.parse()).collect::<Result<_, _>>()?;
//! let problem = Prepared::new(codes, &[0, 0, 1, 1], &[1, 1])?;
//! let choice = problem.choose_scores(&[0.3, 0.9, 0.5, 0.5])?;
//! assert_eq!(choice.count().get(), Some(2));
//! assert_eq!(choice.shares(), [0.0, 1.0, 0.5, 0.5]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod by_order;
mod chance;
mod diversity;
mod error;
mod feasible;
mod grid;
mod groups;
mod optimal;
mod programme;
mod search;
mod state;

use std::collections::BTreeMap;

pub use chance::{SamePowiat, StratumChance};
pub use diversity::PreparedDiversity;
pub use error::PreparedError;
pub use groups::PreparedGroups;
pub use optimal::{OptimalSets, Proof, SetObjective, StratumCut};

use super::{DiversityPurpose, Locality, SetCount, TieRule};
use crate::territory::Teryt;

/// What is done with a set: its positions, its sum of scores, its diversity.
pub type Visit<'a> = dyn FnMut(&[usize], f64, Option<f64>) + 'a;

/// A selection problem without its scores. Gminas are positions in [`Prepared::gminas`].
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    gminas: Vec<Teryt>,
    strata: Vec<PreparedStratum>,
    powiats: Vec<usize>,
    /// What happens to ties.
    pub ties: TieRule,
    secondary: Vec<Vec<i64>>,
    /// Whether the gminas of a stratum share a powiat.
    pub locality: Locality,
    groups: Option<PreparedGroups>,
    diversity: Option<PreparedDiversity>,
    /// Gminas that must be chosen.
    pub inside: Vec<usize>,
    /// Gminas that must not be chosen.
    pub outside: Vec<usize>,
    /// Up to this number of feasible sets every set is looked at.
    pub enumerate_up_to: u64,
}

/// Gminas and places of one stratum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreparedStratum {
    /// Positions of its gminas, ascending.
    pub members: Vec<usize>,
    /// Its places.
    pub quota: usize,
}

impl Prepared {
    /// A problem with quotas only: the stratum of every gmina, as a position in `quotas`. Codes must
    /// ascend, so that the order of positions is the order of codes.
    ///
    /// # Errors
    /// [`PreparedError`] for lengths, codes or strata that do not fit, and for a quota above the supply.
    pub fn new(gminas: Vec<Teryt>, stratum_of: &[usize], quotas: &[usize]) -> Result<Self, PreparedError> {
        if stratum_of.len() != gminas.len() {
            return Err(PreparedError::Length {
                what: "strata",
                got: stratum_of.len(),
                expected: gminas.len(),
            });
        }
        if let Some(pair) = gminas.windows(2).find(|pair| pair[0] >= pair[1]) {
            return Err(PreparedError::Order { code: pair[1] });
        }
        let mut strata: Vec<PreparedStratum> =
            quotas.iter().map(|&quota| PreparedStratum { members: Vec::new(), quota }).collect();
        for (gmina, &stratum) in stratum_of.iter().enumerate() {
            let known = strata.len();
            let found = strata.get_mut(stratum).ok_or(PreparedError::UnknownStratum { stratum, known })?;
            found.members.push(gmina);
        }
        let short = strata.iter().position(|stratum| stratum.quota > stratum.members.len());
        if let Some(stratum) = short {
            let (quota, supply) = (strata[stratum].quota, strata[stratum].members.len());
            return Err(PreparedError::QuotaAboveSupply { stratum, quota, supply });
        }
        let mut powiats = BTreeMap::new();
        for code in &gminas {
            let next = powiats.len();
            powiats.entry(code.powiat()).or_insert(next);
        }
        if powiats.len() > 128 {
            return Err(PreparedError::TooManyPowiats { got: powiats.len() });
        }
        let powiats = gminas.iter().filter_map(|code| powiats.get(&code.powiat()).copied()).collect();
        Ok(Self {
            gminas,
            strata,
            powiats,
            ties: TieRule::Report,
            secondary: Vec::new(),
            locality: Locality::Free,
            groups: None,
            diversity: None,
            inside: Vec::new(),
            outside: Vec::new(),
            enumerate_up_to: 5_000_000,
        })
    }

    /// With one more secondary criterion: its points, one per gmina, more being better. Their sum over
    /// a set decides between sets that everything before leaves equal, unless ties are only reported.
    ///
    /// # Errors
    /// [`PreparedError::Length`].
    pub fn with_secondary(mut self, points: Vec<i64>) -> Result<Self, PreparedError> {
        self.fits("points of a secondary criterion", points.len())?;
        self.secondary.push(points);
        Ok(self)
    }

    /// With a second level of strata.
    ///
    /// # Errors
    /// [`PreparedError::Length`] for groups of another problem.
    pub fn with_groups(mut self, groups: PreparedGroups) -> Result<Self, PreparedError> {
        self.fits("groups", groups.of.len())?;
        self.groups = Some(groups);
        Ok(self)
    }

    /// With a diversity variable.
    ///
    /// # Errors
    /// [`PreparedError::Length`] for values of another problem.
    pub fn with_diversity(mut self, diversity: PreparedDiversity) -> Result<Self, PreparedError> {
        self.fits("values of the diversity variable", diversity.values.len())?;
        self.diversity = Some(diversity);
        Ok(self)
    }

    /// Whether the problem has a diversity variable.
    #[must_use]
    pub const fn has_diversity(&self) -> bool {
        self.diversity.is_some()
    }

    fn fits(&self, what: &'static str, got: usize) -> Result<(), PreparedError> {
        let expected = self.gminas.len();
        if got == expected { Ok(()) } else { Err(PreparedError::Length { what, got, expected }) }
    }

    /// Codes of the gminas, ascending.
    #[must_use]
    pub fn gminas(&self) -> &[Teryt] {
        &self.gminas
    }

    /// Strata with their places.
    #[must_use]
    pub fn strata(&self) -> &[PreparedStratum] {
        &self.strata
    }

    /// Places over all strata.
    #[must_use]
    pub fn places(&self) -> usize {
        self.strata.iter().map(|stratum| stratum.quota).sum()
    }

    /// The powiat of every gmina, as a number from 0.
    #[must_use]
    pub fn powiats(&self) -> &[usize] {
        &self.powiats
    }

    /// Whether nothing but quotas (and gminas put in or out) binds the set, so that each stratum is
    /// chosen by itself from the top of its order.
    #[must_use]
    pub fn by_order(&self) -> bool {
        self.locality == Locality::Free && self.groups.is_none() && self.diversity.is_none()
    }

    /// Every optimal set for these scores: the highest sum of scores, then diversity, locality and the
    /// tie rule; diversity first where it is the objective. Sums are taken on a grid of whole numbers
    /// (2^-61 of the largest possible sum), so that the order of summation changes nothing.
    ///
    /// # Errors
    /// [`PreparedError`]: scores that do not fit or are no numbers, no feasible set, or a problem so
    /// large that no optimum was proven.
    pub fn choose_scores(&self, scores: &[f64]) -> Result<OptimalSets, PreparedError> {
        let grid = self.on_grid(scores)?;
        if self.by_order() {
            return self.choose_by_order(scores, &grid);
        }
        let feasible = self.feasible_sets();
        let few = feasible.as_ref().and_then(SetCount::get).is_some_and(|n| n <= self.enumerate_up_to);
        let mut search = search::Search::new(self, &grid, scores)?;
        let complete = search.run(if few { u64::MAX } else { search::BUDGET });
        match (complete, search.is_empty()) {
            (true, true) => Err(PreparedError::Infeasible),
            (true, false) if few => Ok(search.into_sets(self, scores, Proof::Enumeration)),
            (true, false) => Ok(search.into_sets(self, scores, Proof::BranchAndBound)),
            (false, _) => self.choose_by_programme(scores, &grid, &search),
        }
    }

    /// One feasible set, or none: whether quotas, locality, groups and diversity can be met together.
    ///
    /// # Errors
    /// [`PreparedError::NotProven`] for a problem so large that neither was shown.
    pub fn feasible_set(&self) -> Result<Option<Vec<usize>>, PreparedError> {
        let zeros = vec![0.0; self.gminas.len()];
        let mut search = search::Search::new(self, &vec![0; zeros.len()], &zeros)?;
        search.first_only();
        let complete = search.run(search::BUDGET);
        match search.first_set() {
            Some(set) => Ok(Some(set)),
            None if complete => Ok(None),
            None => self.feasible_by_programme(),
        }
    }

    /// Calls `visit` with every feasible set (positions in the order in which they were picked), its
    /// sum of scores and its diversity. For the front of all trade-offs; see
    /// [`Prepared::feasible_sets`] for how many there are.
    ///
    /// # Errors
    /// [`PreparedError`] for scores that do not fit.
    pub fn for_each_feasible(&self, scores: &[f64], visit: &mut Visit<'_>) -> Result<(), PreparedError> {
        let grid = self.on_grid(scores)?;
        search::Search::new(self, &grid, scores)?.every(visit);
        Ok(())
    }

    /// Whether a set of positions meets quotas, locality, groups, diversity and the gminas put in or out.
    #[must_use]
    pub fn is_feasible(&self, set: &[usize]) -> bool {
        let right_places = self.strata.iter().all(|stratum| {
            set.iter().filter(|&gmina| stratum.members.binary_search(gmina).is_ok()).count() == stratum.quota
        });
        let given =
            self.inside.iter().all(|g| set.contains(g)) && !self.outside.iter().any(|g| set.contains(g));
        right_places && given && set.len() == self.places() && state::State::of_set(self, set).is_some()
    }

    /// What a set is worth.
    #[must_use]
    pub fn objective(&self, set: &[usize], scores: &[f64]) -> SetObjective {
        let mut sorted = set.to_vec();
        sorted.sort_unstable();
        SetObjective {
            score: sorted.iter().filter_map(|&gmina| scores.get(gmina)).sum(),
            diversity: self.diversity.as_ref().and_then(|d| d.of_set(self, &sorted)),
            same_powiat_pairs: self.same_powiat_pairs(&sorted),
        }
    }

    /// Pairs of gminas of one stratum and one powiat.
    fn same_powiat_pairs(&self, set: &[usize]) -> usize {
        self.strata
            .iter()
            .map(|stratum| {
                let inside = |gmina: &&usize| stratum.members.binary_search(gmina).is_ok();
                let members: Vec<usize> = set.iter().filter(inside).map(|&g| self.powiats[g]).collect();
                let later = |i: usize| members[i + 1..].iter().filter(|&&p| p == members[i]).count();
                (0..members.len()).map(later).sum::<usize>()
            })
            .sum()
    }

    /// What decides between sets, first to last.
    fn stages(&self) -> Vec<state::Stage> {
        use state::Stage;
        let mut stages = vec![Stage::Score];
        match self.diversity.as_ref().map(|d| d.purpose) {
            Some(DiversityPurpose::Objective) => stages.insert(0, Stage::Diversity),
            Some(DiversityPurpose::TieBreak) => stages.push(Stage::Diversity),
            Some(DiversityPurpose::Threshold) | None => {}
        }
        if self.locality == Locality::Prefer {
            stages.push(Stage::Pairs);
        }
        if self.ties != TieRule::Report {
            stages.extend((0..self.secondary.len()).map(Stage::Secondary));
        }
        stages
    }
}

#[cfg(test)]
mod tests;
