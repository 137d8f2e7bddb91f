use super::Prepared;
use crate::selection::{DiversityPurpose, GroupRule, Locality, SetCount};

impl Prepared {
    /// Exact number of sets that meet quotas, locality and groups, counted without listing them;
    /// `None` when only a search could tell (a least diversity, powiats in several strata that must
    /// not repeat, groups chosen by score) and there are too many to search, or more than 2^128.
    ///
    /// # Formula
    /// Product over strata of: `C(n, q)` with quotas only; `sum over powiats of C(n_p, q)` where all lie
    /// in one; the elementary symmetric polynomial `e_q(n_1, n_2, ...)` where no two share one.
    #[must_use]
    pub fn feasible_sets(&self) -> Option<SetCount> {
        let given = !self.inside.is_empty() || !self.outside.is_empty();
        let least = self.diversity.as_ref().is_some_and(|d| d.purpose == DiversityPurpose::Threshold);
        let by_score = self.groups.as_ref().is_some_and(|g| g.rule != GroupRule::Together);
        let both = self.locality != Locality::Free && self.groups.is_some();
        let crossing = self.locality == Locality::Forbid && self.powiats_cross_strata();
        let local = matches!(self.locality, Locality::Require | Locality::Forbid);
        if !given && !least && !by_score && !both && !crossing {
            if !local && self.groups.is_none() {
                return Some(self.sets_by_quotas());
            }
            let mut product: u128 = 1;
            for stratum in &self.strata {
                product = product.checked_mul(self.sets_of_stratum(&stratum.members, stratum.quota)?)?;
            }
            return Some(SetCount::from(product));
        }
        // The relaxed number bounds the search.
        let bound = Self { diversity: None, locality: Locality::Free, groups: None, ..self.clone() };
        let few = bound.sets_by_quotas().get().is_some_and(|n| n <= self.enumerate_up_to);
        few.then(|| {
            let mut count = 0_u64;
            let zeros = vec![0.0; self.gminas.len()];
            match self.for_each_feasible(&zeros, &mut |_, _, _| count += 1) {
                Ok(()) => SetCount::from(count),
                Err(_) => SetCount::from(0_u64),
            }
        })
    }

    /// Number of sets by the quotas alone.
    #[must_use]
    pub fn sets_by_quotas(&self) -> SetCount {
        let pairs: Vec<(usize, usize)> = self.strata.iter().map(|s| (s.members.len(), s.quota)).collect();
        SetCount::of_choices(&pairs)
    }

    fn powiats_cross_strata(&self) -> bool {
        let mut stratum_of = vec![None; 128];
        self.strata.iter().enumerate().any(|(i, stratum)| {
            stratum.quota > 0
                && stratum.members.iter().any(|&gmina| {
                    let seen = &mut stratum_of[self.powiats[gmina]];
                    *seen.get_or_insert(i) != i
                })
        })
    }

    /// Sets of `quota` gminas of one stratum under locality or under groups.
    pub(super) fn sets_of_stratum(&self, members: &[usize], quota: usize) -> Option<u128> {
        if quota == 0 {
            return Some(1);
        }
        let part = |gmina: usize| self.groups.as_ref().map_or(self.powiats[gmina], |g| g.of[gmina]);
        let mut sizes = vec![0_usize; 128];
        members.iter().for_each(|&gmina| sizes[part(gmina)] += 1);
        sizes.retain(|&size| size > 0);
        match (&self.groups, self.locality) {
            (Some(groups), _) => spanning(&sizes, quota, groups.number, quota),
            (None, Locality::Forbid) => spanning(&sizes, quota, quota, 1),
            (None, _) => spanning(&sizes, quota, 1, quota),
        }
    }
}

/// Ways to pick `quota` things from exactly `number` of the parts, at most `each` from one part:
/// `ways[p][k]` of k things from p parts, grown part by part.
fn spanning(sizes: &[usize], quota: usize, number: usize, each: usize) -> Option<u128> {
    let mut ways = vec![vec![0_u128; quota + 1]; number + 1];
    ways[0][0] = 1;
    for &size in sizes {
        for parts in (1..=number).rev() {
            for things in (1..=quota).rev() {
                for from in 1..=each.min(size).min(things) {
                    let more = ways[parts - 1][things - from].checked_mul(binomial(size, from)?)?;
                    ways[parts][things] = ways[parts][things].checked_add(more)?;
                }
            }
        }
    }
    Some(ways[number][quota])
}

/// C(n, k), exact, if it fits.
pub(super) fn binomial(n: usize, k: usize) -> Option<u128> {
    let k = k.min(n.checked_sub(k)?);
    (1..=k).try_fold(1_u128, |product, i| Some(product.checked_mul((n - k + i) as u128)? / i as u128))
}
