use serde::{Deserialize, Serialize};

use super::{RobustnessError, Study};
use crate::territory::Teryt;

/// What is wanted of a set as a whole; more is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// Sum of the scores.
    Score,
    /// Difference among the gminas by the diversity variable of the specification.
    Diversity,
    /// Number of powiats.
    Powiats,
    /// Pairs of gminas that share a stratum and a powiat.
    SamePowiatPairs,
}

/// The sets that no other feasible set beats: at least as good in every goal and better in one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Front {
    /// The goals, in the order of the values.
    pub goals: Vec<Goal>,
    /// Number of feasible sets looked at: all of them.
    pub feasible: u64,
    /// The sets, from the best in the first goal on.
    pub sets: Vec<FrontSet>,
}

/// One set of the front.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrontSet {
    /// Codes, ascending.
    pub gminas: Vec<Teryt>,
    /// Values of the goals.
    pub values: Vec<f64>,
}

/// The exact front of set goals over every feasible set (Pareto, *front kompromisów*).
///
/// Sets with the same values in every goal are all on it.
///
/// # Errors
/// [`RobustnessError::Goals`], [`RobustnessError::TooManySets`]; what the method or the choice refuses.
pub fn front(study: &Study, goals: &[Goal]) -> Result<Front, RobustnessError> {
    let problem = &study.problem;
    let diverse = !goals.contains(&Goal::Diversity) || problem.has_diversity();
    if goals.len() < 2 || !diverse {
        return Err(RobustnessError::Goals);
    }
    let most = problem.enumerate_up_to;
    let counted = problem.feasible_sets();
    if counted.as_ref().and_then(|sets| sets.get()).is_none_or(|sets| sets > most) {
        let sets = counted.map_or_else(|| "too many".to_owned(), |sets| sets.to_string());
        return Err(RobustnessError::TooManySets { sets, most });
    }
    let scores = study.values.score(&study.method, study.weights.as_ref())?.score;
    let (mut feasible, mut kept) = (0_u64, Vec::<Valued>::new());
    problem.for_each_feasible(&scores, &mut |set, score, diversity| {
        feasible += 1;
        let values: Vec<f64> = goals
            .iter()
            .map(|goal| match goal {
                Goal::Score => score,
                Goal::Diversity => diversity.unwrap_or(0.0),
                Goal::Powiats => distinct(problem.powiats(), set) as f64,
                Goal::SamePowiatPairs => problem.objective(set, &scores).same_powiat_pairs as f64,
            })
            .collect();
        if kept.iter().any(|(other, _)| beats(other, &values)) {
            return;
        }
        kept.retain(|(other, _)| !beats(&values, other));
        kept.push((values, set.to_vec()));
    })?;
    kept.iter_mut().for_each(|(_, set)| set.sort_unstable());
    kept.sort_by(|(a, a_set), (b, b_set)| {
        let worse = b.iter().zip(a).map(|(b, a)| b.total_cmp(a)).find(|order| order.is_ne());
        worse.unwrap_or(std::cmp::Ordering::Equal).then_with(|| a_set.cmp(b_set))
    });
    let sets = kept.into_iter().map(|(values, set)| FrontSet { gminas: study.codes(&set), values }).collect();
    Ok(Front { goals: goals.to_vec(), feasible, sets })
}

/// Values of the goals and the set that has them.
type Valued = (Vec<f64>, Vec<usize>);

/// At least as good everywhere and better somewhere.
fn beats(a: &[f64], b: &[f64]) -> bool {
    a.iter().zip(b).all(|(a, b)| a >= b) && a.iter().zip(b).any(|(a, b)| a > b)
}

fn distinct(powiats: &[usize], set: &[usize]) -> usize {
    let mut seen: Vec<usize> = set.iter().map(|&gmina| powiats[gmina]).collect();
    seen.sort_unstable();
    seen.dedup();
    seen.len()
}
