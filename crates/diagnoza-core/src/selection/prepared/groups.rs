use std::collections::BTreeMap;

use super::{Prepared, PreparedError};
use crate::selection::GroupRule;

/// A second level of strata: the gminas chosen in a stratum lie in exactly `number` groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreparedGroups {
    /// The group of every gmina, a number from 0 within its stratum.
    pub(super) of: Vec<usize>,
    /// Groups to be chosen in every stratum that has places.
    pub number: usize,
    /// How they are chosen.
    pub rule: GroupRule,
}

impl PreparedGroups {
    /// Numbers the groups of every stratum by their names.
    ///
    /// # Errors
    /// [`PreparedError`] for another number of names than of gminas, or too many groups.
    pub fn new(
        problem: &Prepared,
        names: &[String],
        number: usize,
        rule: GroupRule,
    ) -> Result<Self, PreparedError> {
        if names.len() != problem.gminas.len() {
            let (got, expected) = (names.len(), problem.gminas.len());
            return Err(PreparedError::Length { what: "groups", got, expected });
        }
        let mut of = vec![0; names.len()];
        for stratum in &problem.strata {
            let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
            for &gmina in &stratum.members {
                let next = numbers.len();
                of[gmina] = *numbers.entry(names[gmina].as_str()).or_insert(next);
            }
            if numbers.len() > 128 {
                return Err(PreparedError::TooManyGroups { got: numbers.len() });
            }
        }
        Ok(Self { of, number, rule })
    }

    /// The combinations of groups that a stratum may be chosen from, as bits; `None` for any of
    /// `number` groups. Under `sum` and `mean` it is the combination with the highest total of its
    /// groups' values that has enough gminas; equally good ones stay open and the gminas decide.
    pub(super) fn allowed(
        &self,
        members: &[usize],
        quota: usize,
        scores: &[f64],
    ) -> Result<Option<Vec<u128>>, PreparedError> {
        if self.rule == GroupRule::Together || quota == 0 {
            return Ok(None);
        }
        let mut groups: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
        for &gmina in members {
            groups.entry(self.of[gmina]).or_default().push(scores[gmina]);
        }
        let valued: Vec<(usize, usize, f64)> = groups
            .into_iter()
            .map(|(group, mut scores)| {
                scores.sort_by(f64::total_cmp);
                let sum: f64 = scores.iter().sum();
                let mean = self.rule == GroupRule::Mean;
                (group, scores.len(), if mean { sum / scores.len() as f64 } else { sum })
            })
            .collect();
        let mut best: Option<f64> = None;
        let mut allowed = Vec::new();
        combinations(&valued, self.number, (0, 0, 0.0), &mut |(bits, supply, total): (u128, usize, f64)| {
            if supply < quota || self.number > quota {
                return;
            }
            if best.is_none_or(|best| total > best) {
                best = Some(total);
                allowed.clear();
            }
            if best.is_some_and(|best| total >= best) {
                allowed.push(bits);
            }
        });
        if allowed.is_empty() { Err(PreparedError::Infeasible) } else { Ok(Some(allowed)) }
    }
}

fn combinations(
    of: &[(usize, usize, f64)],
    number: usize,
    so_far: (u128, usize, f64),
    visit: &mut dyn FnMut((u128, usize, f64)),
) {
    if number == 0 {
        return visit(so_far);
    }
    for (i, &(group, supply, value)) in of.iter().enumerate() {
        let next = (so_far.0 | 1 << group, so_far.1 + supply, so_far.2 + value);
        combinations(&of[i + 1..], number - 1, next, visit);
    }
}
