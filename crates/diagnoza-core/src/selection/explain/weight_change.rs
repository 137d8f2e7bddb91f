//! The smallest change of weights that brings a gmina in, as a linear programme, or a certificate that
//! none does.
//!
//! With normalised values `z`, weights `w` and quota `k` gmina i comes in when at most `k - 1` gminas of
//! its stratum score more. The programme: `minimise sum_j |w_j - v_j|` with `w_j >= 0`, `sum_j w_j = 1`,
//! `sum_j w_j (z_oj - z_ij) <= M y_o`, `sum_o y_o <= k - 1`, `y_o` in {0, 1}.
//!
//! Certificate (Farkas): for every `k - 1` gminas left aside some mixture `l` of the others, `l_o >= 0`,
//! `sum_o l_o = 1`, has `sum_o l_o z_oj > z_ij` in every criterion j. Whatever the weights, one of that
//! mixture then scores more than i, so that at least k do.

use good_lp::{
    Expression, ProblemVariables, ResolutionError, Solution, SolverModel, Variable, constraint, microlp,
    variable,
};
use ndarray::Array2;
use serde::{Deserialize, Serialize};

use crate::selection::prepared::Prepared;
use crate::territory::Teryt;

/// What weights would have to be for a gmina to come in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case", deny_unknown_fields)]
pub enum WeightChange {
    /// These, nearest to the present ones: there it is equal to the last of the quota, and a step beyond
    /// it is in.
    Enough {
        /// The weights, in the order of the primary criteria; they sum to 1.
        weights: Vec<f64>,
        /// Sum of the absolute changes.
        change: f64,
    },
    /// None: for any weights of 0 or more too many gminas score more.
    Never {
        /// A mixture for every choice of the gminas that may score more.
        certificate: Vec<Mixture>,
    },
    /// The integer programme finds none; there are too many cases for a certificate.
    NotFound,
    /// The score is not a sum over criteria, or the set is bound by more than quotas.
    NotLinear,
}

/// Gminas that together are better in every criterion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mixture {
    /// Gminas left aside, which may score more.
    pub aside: Vec<Teryt>,
    /// Parts of the mixture; they sum to 1.
    pub shares: Vec<(Teryt, f64)>,
    /// By how much the mixture is better where it is least so, in normalised values.
    pub by: f64,
}

/// Choices of gminas left aside for which a certificate is still made.
const MOST_CASES: usize = 500;

/// What a programme of a few weights cannot tell from 0.
const NOTHING: f64 = 1e-9;

/// The question for one gmina of a stratum.
pub(super) struct WeightQuestion<'a> {
    pub(super) problem: &'a Prepared,
    pub(super) normalised: &'a Array2<f64>,
    pub(super) weights: &'a [f64],
    pub(super) gmina: usize,
}

impl WeightQuestion<'_> {
    pub(super) fn answer(&self) -> Result<WeightChange, ResolutionError> {
        let strata = self.problem.strata().iter();
        let Some(stratum) = strata.into_iter().find(|s| s.members.contains(&self.gmina)) else {
            return Ok(WeightChange::NotLinear);
        };
        let others: Vec<usize> = stratum.members.iter().copied().filter(|&g| g != self.gmina).collect();
        let Some(above) = stratum.quota.checked_sub(1) else { return Ok(WeightChange::NotLinear) };
        if let Some(weights) = self.nearest(&others, above)? {
            let change = weights.iter().zip(self.weights).map(|(w, v)| (w - v).abs()).sum();
            return Ok(WeightChange::Enough { weights, change });
        }
        if combinations(others.len(), above) > MOST_CASES {
            return Ok(WeightChange::NotFound);
        }
        let mut certificate = Vec::new();
        let mut cases = Vec::new();
        choose(&others, above, &mut Vec::new(), &mut cases);
        for aside in cases {
            match self.mixture(&others, &aside)? {
                Some(mixture) => certificate.push(mixture),
                None => return Ok(WeightChange::NotFound),
            }
        }
        Ok(WeightChange::Never { certificate })
    }

    fn lead(&self, other: usize, criterion: usize) -> f64 {
        self.normalised[(other, criterion)] - self.normalised[(self.gmina, criterion)]
    }

    fn nearest(&self, others: &[usize], above: usize) -> Result<Option<Vec<f64>>, ResolutionError> {
        let m = self.weights.len();
        let mut all = ProblemVariables::new();
        let w: Vec<Variable> = (0..m).map(|_| all.add(variable().min(0.0).max(1.0))).collect();
        let d: Vec<Variable> = (0..m).map(|_| all.add(variable().min(0.0).max(2.0))).collect();
        let y: Vec<Variable> = others.iter().map(|_| all.add(variable().binary())).collect();
        let total = |of: &[Variable]| of.iter().fold(Expression::from(0.0), |sum, &v| sum + v);
        let mut rules = vec![constraint!(total(&w) == 1.0), constraint!(total(&y) <= above as f64)];
        for j in 0..m {
            rules.push(constraint!(w[j] - d[j] <= self.weights[j]));
            rules.push(constraint!(w[j] + d[j] >= self.weights[j]));
        }
        for (&other, &y) in others.iter().zip(&y) {
            let lead = (0..m).fold(Expression::from(0.0), |sum, j| sum + self.lead(other, j) * w[j]);
            let most = (0..m).map(|j| self.lead(other, j)).fold(0.0, f64::max);
            rules.push(constraint!(lead <= most * y));
        }
        let mut model = all.minimise(total(&d)).using(microlp);
        rules.into_iter().for_each(|rule| {
            model.add_constraint(rule);
        });
        let answer = match model.solve() {
            Ok(answer) => answer,
            Err(ResolutionError::Infeasible) => return Ok(None),
            Err(error) => return Err(error),
        };
        let found: Vec<f64> = w.iter().map(|&w| answer.value(w).max(0.0)).collect();
        let sum: f64 = found.iter().sum();
        let weights: Vec<f64> = found.iter().map(|w| w / sum).collect();
        let score = |gmina: usize| (0..m).map(|j| weights[j] * self.normalised[(gmina, j)]).sum::<f64>();
        let mine = score(self.gmina);
        let higher = others.iter().filter(|&&other| score(other) > mine + NOTHING).count();
        // The solver has been wrong before: an answer that does not hold is none.
        Ok((higher <= above && sum > 0.5).then_some(weights))
    }

    /// The mixture of the others that is furthest ahead in every criterion, if it is ahead.
    fn mixture(&self, others: &[usize], aside: &[usize]) -> Result<Option<Mixture>, ResolutionError> {
        let left: Vec<usize> = others.iter().copied().filter(|other| !aside.contains(other)).collect();
        let mut all = ProblemVariables::new();
        let shares: Vec<Variable> = left.iter().map(|_| all.add(variable().min(0.0).max(1.0))).collect();
        let by = all.add(variable().min(-1e6).max(1e6));
        let sum = shares.iter().fold(Expression::from(0.0), |sum, &l| sum + l);
        let mut model = all.maximise(by).using(microlp);
        model.add_constraint(constraint!(sum == 1.0));
        for j in 0..self.weights.len() {
            let lead = left
                .iter()
                .zip(&shares)
                .fold(Expression::from(0.0), |sum, (&other, &share)| sum + self.lead(other, j) * share);
            model.add_constraint(constraint!(lead >= by));
        }
        let answer = match model.solve() {
            Ok(answer) => answer,
            Err(ResolutionError::Infeasible) => return Ok(None),
            Err(error) => return Err(error),
        };
        let found: Vec<f64> = shares.iter().map(|&share| answer.value(share).max(0.0)).collect();
        let sum: f64 = found.iter().sum();
        let lead =
            |j: usize| left.iter().zip(&found).map(|(&o, share)| share / sum * self.lead(o, j)).sum::<f64>();
        let by = (0..self.weights.len()).map(lead).fold(f64::INFINITY, f64::min);
        let code = |gmina: usize| self.problem.gminas()[gmina];
        Ok((by > NOTHING).then(|| Mixture {
            aside: aside.iter().map(|&gmina| code(gmina)).collect(),
            shares: left
                .iter()
                .zip(&found)
                .filter(|(_, share)| **share > NOTHING)
                .map(|(&gmina, share)| (code(gmina), share / sum))
                .collect(),
            by,
        }))
    }
}

/// C(n, k), or more than any limit.
fn combinations(n: usize, k: usize) -> usize {
    let k = k.min(n.saturating_sub(k));
    (1..=k).try_fold(1_usize, |product, i| Some(product.checked_mul(n - k + i)? / i)).unwrap_or(usize::MAX)
}

fn choose(of: &[usize], size: usize, so_far: &mut Vec<usize>, all: &mut Vec<Vec<usize>>) {
    if size == 0 {
        return all.push(so_far.clone());
    }
    for (i, &one) in of.iter().enumerate() {
        so_far.push(one);
        choose(&of[i + 1..], size - 1, so_far, all);
        so_far.pop();
    }
}
