use std::cmp::Ordering;

use super::optimal::Sets;
use super::{OptimalSets, Prepared, PreparedError, Proof, StratumCut};
use crate::selection::TieRule;

impl Prepared {
    /// Who stands first: the higher score, then what the tie rule says.
    fn order(&self, grid: &[i64], a: usize, b: usize) -> Ordering {
        let by_score = grid[b].cmp(&grid[a]);
        let secondary = || {
            let mut orders = self.secondary.iter().map(|points| points[b].cmp(&points[a]));
            orders.find(|order| *order != Ordering::Equal).unwrap_or(Ordering::Equal)
        };
        match self.ties {
            TieRule::Report => by_score,
            TieRule::NextCriterion => by_score.then_with(secondary),
            TieRule::CodeOrder => by_score.then_with(secondary).then(a.cmp(&b)),
        }
    }

    /// Only quotas bind: in each stratum the first of the order, equal ones across the quota tied.
    pub(super) fn choose_by_order(&self, scores: &[f64], grid: &[i64]) -> Result<OptimalSets, PreparedError> {
        let mut cuts = Vec::with_capacity(self.strata.len());
        for stratum in &self.strata {
            let member = |gmina: &&usize| stratum.members.binary_search(gmina).is_ok();
            let mut certain: Vec<usize> = self.inside.iter().filter(member).copied().collect();
            let free = |gmina: &usize| !self.inside.contains(gmina) && !self.outside.contains(gmina);
            let mut rest: Vec<usize> = stratum.members.iter().copied().filter(free).collect();
            let Some(places) = stratum.quota.checked_sub(certain.len()).filter(|&n| n <= rest.len()) else {
                return Err(PreparedError::Infeasible);
            };
            let mut cut = StratumCut::default();
            if places > 0 {
                let (_, &mut last, _) =
                    rest.select_nth_unstable_by(places - 1, |&a, &b| self.order(grid, a, b).then(a.cmp(&b)));
                certain.extend(rest.iter().copied().filter(|&g| self.order(grid, g, last) == Ordering::Less));
                cut.tied =
                    rest.into_iter().filter(|&g| self.order(grid, g, last) == Ordering::Equal).collect();
                cut.tied.sort_unstable();
                cut.places = stratum.quota - certain.len();
                if cut.places == cut.tied.len() {
                    certain.append(&mut cut.tied);
                    cut.places = 0;
                }
            }
            certain.sort_unstable();
            cut.certain = certain;
            cuts.push(cut);
        }
        let mut chosen = OptimalSets {
            gminas: self.gminas.len(),
            sets: Sets::ByStratum(cuts),
            objective: self.objective(&[], scores),
            proof: Proof::Order,
            complete: true,
        };
        chosen.objective = self.objective(&chosen.first(), scores);
        Ok(chosen)
    }
}
