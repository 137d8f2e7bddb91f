use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::selection::SetCount;

/// Every optimal set of a prepared problem.
#[derive(Clone, Debug, PartialEq)]
pub struct OptimalSets {
    pub(super) gminas: usize,
    pub(super) sets: Sets,
    /// What every optimal set is worth.
    pub objective: SetObjective,
    /// Why there is no better one.
    pub proof: Proof,
    /// Whether no further set is equally good; an integer programme does not say.
    pub complete: bool,
}

/// Optimal sets, as parts or as a list.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Sets {
    /// Each stratum by itself.
    ByStratum(Vec<StratumCut>),
    /// Listed up to [`OptimalSets::LISTED`], with their exact number and in how many of them each
    /// gmina is.
    Listed { sets: Vec<Vec<usize>>, count: u64, times: Vec<u64> },
}

/// How a stratum is cut at its quota.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StratumCut {
    /// Gminas in every optimal set.
    pub certain: Vec<usize>,
    /// Equal gminas across the quota.
    pub tied: Vec<usize>,
    /// Places left for them.
    pub places: usize,
}

/// What a set is worth.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetObjective {
    /// Sum of the scores.
    pub score: f64,
    /// Difference among the gminas, where the specification asks for it.
    pub diversity: Option<f64>,
    /// Pairs of gminas of one stratum and powiat.
    pub same_powiat_pairs: usize,
}

/// Why there is no better set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// Only quotas bind: each stratum is taken from the top of its order.
    Order,
    /// Every feasible set was looked at, or is below one that was by a bound.
    Enumeration,
    /// More feasible sets than are enumerated; all were excluded by bounds.
    BranchAndBound,
    /// An integer programme says so; its set was checked, and no better one was found.
    IntegerProgramme,
}

impl OptimalSets {
    /// Up to this number every set is listed.
    pub const LISTED: usize = 1_000;

    /// Exact number of optimal sets (of those found, where the proof is an integer programme).
    #[must_use]
    pub fn count(&self) -> SetCount {
        match &self.sets {
            Sets::ByStratum(cuts) => {
                let pairs: Vec<(usize, usize)> =
                    cuts.iter().map(|cut| (cut.tied.len(), cut.places)).collect();
                SetCount::of_choices(&pairs)
            }
            Sets::Listed { count, .. } => SetCount::from(*count),
        }
    }

    /// Gminas in every optimal set, ascending.
    #[must_use]
    pub fn certain(&self) -> Vec<usize> {
        let mut certain: Vec<usize> = match &self.sets {
            Sets::ByStratum(cuts) => cuts.iter().flat_map(|cut| cut.certain.iter().copied()).collect(),
            Sets::Listed { count, times, .. } => (0..times.len()).filter(|&g| times[g] == *count).collect(),
        };
        certain.sort_unstable();
        certain
    }

    /// Gminas in at least one optimal set, ascending.
    #[must_use]
    pub fn possible(&self) -> Vec<usize> {
        let shares = self.shares();
        (0..shares.len()).filter(|&gmina| shares[gmina] > 0.0).collect()
    }

    /// Share of the optimal sets in which each gmina is: 1 chosen, 0 not, between for a tie.
    #[must_use]
    pub fn shares(&self) -> Vec<f64> {
        let mut shares = vec![0.0; self.gminas];
        match &self.sets {
            Sets::ByStratum(cuts) => {
                for cut in cuts {
                    cut.certain.iter().for_each(|&gmina| shares[gmina] = 1.0);
                    let share = cut.places as f64 / cut.tied.len().max(1) as f64;
                    cut.tied.iter().for_each(|&gmina| shares[gmina] = share);
                }
            }
            Sets::Listed { count, times, .. } => {
                for (share, &times) in shares.iter_mut().zip(times) {
                    *share = times as f64 / (*count).max(1) as f64;
                }
            }
        }
        shares
    }

    /// Every optimal set, each ascending, sorted; `None` when there are more than [`OptimalSets::LISTED`].
    #[must_use]
    pub fn list(&self) -> Option<Vec<Vec<usize>>> {
        let listed = self.count().get().is_some_and(|n| n <= Self::LISTED as u64);
        if !listed {
            return None;
        }
        match &self.sets {
            Sets::Listed { sets, .. } => Some(sets.clone()),
            Sets::ByStratum(cuts) => {
                let mut sets: Vec<BTreeSet<usize>> = vec![self.certain().into_iter().collect()];
                for cut in cuts.iter().filter(|cut| cut.places > 0) {
                    let ways = subsets(&cut.tied, cut.places);
                    let grown = sets.iter().flat_map(|set| {
                        ways.iter().map(|way| set.iter().chain(way).copied().collect::<BTreeSet<_>>())
                    });
                    sets = grown.collect();
                }
                let mut sets: Vec<Vec<usize>> = sets.into_iter().map(|s| s.into_iter().collect()).collect();
                sets.sort();
                Some(sets)
            }
        }
    }

    /// One optimal set, the first in the order of codes.
    #[must_use]
    pub fn first(&self) -> Vec<usize> {
        match &self.sets {
            Sets::Listed { sets, .. } => sets.first().cloned().unwrap_or_default(),
            Sets::ByStratum(cuts) => {
                let of = |cut: &StratumCut| -> Vec<usize> {
                    cut.certain.iter().chain(cut.tied.iter().take(cut.places)).copied().collect()
                };
                let mut set: Vec<usize> = cuts.iter().flat_map(of).collect();
                set.sort_unstable();
                set
            }
        }
    }
}

/// Every subset of `size`.
fn subsets(of: &[usize], size: usize) -> Vec<Vec<usize>> {
    match (size, of.split_first()) {
        (0, _) => vec![Vec::new()],
        (_, None) => Vec::new(),
        (_, Some((&first, rest))) => {
            let with = subsets(rest, size - 1).into_iter().map(|mut subset| {
                subset.push(first);
                subset
            });
            // Short branches end at once: fewer gminas than places is no subset.
            let without = if rest.len() >= size { subsets(rest, size) } else { Vec::new() };
            with.chain(without).collect()
        }
    }
}
