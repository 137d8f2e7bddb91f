use super::Prepared;
use crate::selection::{DiversityOver, DiversityPurpose, Locality, Spread};

/// What decides between sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Sum of the scores on the grid.
    Score,
    /// Difference among the gminas.
    Diversity,
    /// Pairs of one stratum and powiat.
    Pairs,
    /// Sum of the points of a secondary criterion.
    Secondary(usize),
}

/// Largest and smallest value of a few gminas.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends {
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Ends {
    pub(super) const NONE: Self = Self { low: f64::INFINITY, high: f64::NEG_INFINITY };

    pub(super) const fn with(self, value: f64) -> Self {
        Self { low: self.low.min(value), high: self.high.max(value) }
    }

    pub(super) const fn and(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }
}

/// A set as far as it is picked.
#[derive(Clone, Copy, Debug)]
pub(super) struct State {
    pub(super) score: i64,
    pub(super) pairs: i64,
    /// Powiats that have a gmina, over all strata.
    powiats: u128,
    /// Groups of the second level that have one, in the present stratum.
    pub(super) groups: u128,
    gap: f64,
    ends: Ends,
    classes: u64,
    /// Diversity of the least diverse stratum that is finished.
    floor: f64,
}

impl State {
    pub(super) const START: Self = Self {
        score: 0,
        pairs: 0,
        powiats: 0,
        groups: 0,
        gap: f64::INFINITY,
        ends: Ends::NONE,
        classes: 0,
        floor: f64::INFINITY,
    };

    /// With one more gmina; `None` when a condition forbids it. `set` and `stratum` are the gminas
    /// picked before, over all and in this stratum.
    #[inline]
    pub(super) fn with(
        &self,
        problem: &Prepared,
        gmina: usize,
        score: i64,
        set: &[usize],
        stratum: &[usize],
    ) -> Option<Self> {
        let mut next = *self;
        next.score += score;
        if problem.locality != Locality::Free {
            let powiat = problem.powiats[gmina];
            let same = stratum.iter().filter(|&&other| problem.powiats[other] == powiat).count();
            let bit = 1_u128 << powiat;
            match problem.locality {
                Locality::Require if same < stratum.len() => return None,
                Locality::Forbid if next.powiats & bit != 0 => return None,
                _ => {}
            }
            next.pairs += same as i64;
            next.powiats |= bit;
        }
        if let Some(groups) = &problem.groups {
            next.groups |= 1 << groups.of[gmina];
            if next.groups.count_ones() as usize > groups.number {
                return None;
            }
        }
        if let Some(diversity) = &problem.diversity {
            let value = diversity.values[gmina];
            match diversity.spread {
                Spread::MaxMinGap => {
                    let others = if diversity.over == DiversityOver::Set { set } else { stratum };
                    for &other in others {
                        next.gap = next.gap.min((value - diversity.values[other]).abs());
                    }
                    if diversity.purpose == DiversityPurpose::Threshold && next.gap < diversity.at_least {
                        return None;
                    }
                }
                Spread::Range => next.ends = next.ends.with(value),
                Spread::QuantileClasses => next.classes |= 1 << diversity.classes[gmina],
            }
        }
        Some(next)
    }

    /// At the end of a stratum of so many places; `None` when a condition of the stratum is not met.
    pub(super) fn finish_stratum(mut self, problem: &Prepared, places: usize) -> Option<Self> {
        if let Some(groups) = &problem.groups {
            if places > 0 && self.groups.count_ones() as usize != groups.number {
                return None;
            }
            self.groups = 0;
        }
        if let Some(diversity) = &problem.diversity
            && diversity.over == DiversityOver::Strata
        {
            if places > 1 {
                self.floor = self.floor.min(self.spread(diversity.spread));
            }
            (self.gap, self.ends, self.classes) = (f64::INFINITY, Ends::NONE, 0);
        }
        Some(self)
    }

    #[inline]
    fn spread(&self, spread: Spread) -> f64 {
        match spread {
            Spread::MaxMinGap => self.gap,
            Spread::Range => self.ends.high - self.ends.low,
            Spread::QuantileClasses => f64::from(self.classes.count_ones()),
        }
    }

    /// Smallest difference so far.
    pub(super) const fn gap(&self) -> f64 {
        self.gap
    }

    /// Diversity of the whole set.
    #[inline]
    pub(super) fn diversity(&self, problem: &Prepared) -> f64 {
        match &problem.diversity {
            None => 0.0,
            Some(d) if d.over == DiversityOver::Strata => self.floor,
            Some(d) => self.spread(d.spread),
        }
    }

    /// The most diverse that the set can still become with values between `ends` and so many places.
    pub(super) fn diversity_at_most(&self, problem: &Prepared, ends: Ends, places: usize) -> f64 {
        let Some(d) = &problem.diversity else { return 0.0 };
        let still = match (d.spread, d.over) {
            (Spread::MaxMinGap, _) => self.gap,
            // Within strata only what is finished binds: a stratum of one place does not count.
            (_, DiversityOver::Strata) => f64::INFINITY,
            (Spread::Range, _) => {
                let ends = self.ends.and(ends);
                ends.high - ends.low
            }
            (Spread::QuantileClasses, _) => f64::from(self.classes.count_ones()) + places as f64,
        };
        self.floor.min(still)
    }

    /// Whether a finished set is diverse enough.
    #[inline]
    pub(super) fn diverse_enough(&self, problem: &Prepared) -> bool {
        let threshold = |d: &&super::PreparedDiversity| d.purpose == DiversityPurpose::Threshold;
        problem.diversity.as_ref().filter(threshold).is_none_or(|d| self.diversity(problem) >= d.at_least)
    }

    /// The state of a whole set; `None` when a condition is not met.
    pub(super) fn of_set(problem: &Prepared, set: &[usize]) -> Option<Self> {
        let (mut state, mut picked) = (Self::START, Vec::with_capacity(set.len()));
        for stratum in &problem.strata {
            let start = picked.len();
            for &gmina in set.iter().filter(|gmina| stratum.members.binary_search(gmina).is_ok()) {
                state = state.with(problem, gmina, 0, &picked, &picked[start..])?;
                picked.push(gmina);
            }
            state = state.finish_stratum(problem, picked.len() - start)?;
        }
        state.diverse_enough(problem).then_some(state)
    }
}
