//! ELECTRE III: how credible it is that one alternative is at least as good as another.
//!
//! # Formula
//! With `d_j = x_bj - x_aj` the lead of b over a in criterion j and thresholds of indifference q, preference p and
//! veto v: concordance `c_j(a, b)` = 1 for `d_j <= q`, 0 for `d_j >= p`, `(p - d_j) / (p - q)` between;
//! `C(a, b) = sum_j w_j c_j`; discordance `D_j(a, b)` = 0 for `d_j <= p`, 1 for `d_j >= v`, `(d_j - p) / (v - p)` between,
//! 0 without veto; credibility `S(a, b) = C prod (1 - D_j) / (1 - C)` over the criteria with `D_j > C`. A change of unit
//! leaves S if the thresholds change with it. Time and memory grow with the square of the alternatives.
//! The score is the net credibility, `(sum_b S(a, b) - sum_b S(b, a)) / (n - 1)`: an order for
//! tables, not Roy's distillation. Reference: Roy, B. (1978) Cahiers du CERO 20(1), 3-24.

use ndarray::{Array2, ArrayView1, ArrayView2};
use serde::{Deserialize, Serialize};

use super::{Ranking, check_pairs};
use crate::selection::normalise::{MethodError, Orientation, Ties, Turning, check_length, orient};
use crate::selection::weights::Weights;

/// Thresholds of one criterion, in its unit: `0 <= q <= p`, and `p < v` where there is a veto.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElectreThresholds {
    /// Indifference: a lead up to here does not count.
    pub q: f64,
    /// Preference: a lead from here counts in full.
    pub p: f64,
    /// Veto: a lead of the other from here forbids "at least as good", whatever the rest says.
    #[serde(default)]
    pub v: Option<f64>,
}

/// Credibilities by ELECTRE III.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Electre3 {
    /// Net credibility.
    pub score: Vec<f64>,
    /// `S(a, b)`: that the row is at least as good as the column; 1 on the diagonal.
    pub credibility: Array2<f64>,
    /// `C(a, b)`.
    pub concordance: Array2<f64>,
    /// The largest `D_j(a, b)` over the criteria; [`electre3_discordance`] gives one criterion.
    pub discordance: Array2<f64>,
    /// Thresholds of each criterion.
    pub thresholds: Vec<ElectreThresholds>,
    /// Places by net credibility.
    pub ranking: Ranking,
}

/// Credibility of every "at least as good as"; see the formula of the module.
///
/// # Errors
/// [`MethodError`] names the criterion whose threshold is none.
pub fn electre3(
    values: ArrayView2<'_, f64>,
    weights: &Weights,
    orientations: &[Orientation],
    thresholds: &[ElectreThresholds],
) -> Result<Electre3, MethodError> {
    let turned = checked(values, orientations, thresholds)?;
    let (n, m) = turned.dim();
    let weights = weights.check(m)?;
    let (mut credibility, mut concordance, mut discordance) =
        (Array2::eye(n), Array2::eye(n), Array2::zeros((n, n)));
    let mut opposed = vec![0.0; m];
    for a in 0..n {
        for b in (0..n).filter(|&b| b != a) {
            let (mut agreed, mut strongest) = (0.0, 0.0_f64);
            for (j, threshold) in thresholds.iter().enumerate() {
                let lead = turned[(b, j)] - turned[(a, j)];
                agreed += weights[j] * threshold.concordance(lead);
                opposed[j] = threshold.discordance(lead);
                strongest = strongest.max(opposed[j]);
            }
            // Weights that sum to 1 but for rounding.
            let agreed = agreed.min(1.0);
            let factor = |d: &&f64| **d > agreed;
            let doubt: f64 = opposed.iter().filter(factor).map(|d| (1.0 - d) / (1.0 - agreed)).product();
            concordance[(a, b)] = agreed;
            discordance[(a, b)] = strongest;
            credibility[(a, b)] = agreed * doubt;
        }
    }
    let others = n.saturating_sub(1).max(1) as f64;
    // Summed from the smallest on: equal alternatives have equal bits, wherever they stand.
    let total = |values: ArrayView1<'_, f64>| -> f64 {
        let mut values = values.to_vec();
        values.sort_unstable_by(f64::total_cmp);
        values.iter().sum()
    };
    let net = |a: usize| (total(credibility.row(a)) - total(credibility.column(a))) / others;
    let score: Vec<f64> = (0..n).map(net).collect();
    let ranking = Ranking::of(&score, Ties::Competition);
    let thresholds = thresholds.to_vec();
    Ok(Electre3 { score, credibility, concordance, discordance, thresholds, ranking })
}

/// Discordance of one criterion, `D_j(row, column)`.
///
/// # Errors
/// As [`electre3`], and for a criterion that does not exist.
pub fn electre3_discordance(
    values: ArrayView2<'_, f64>,
    orientations: &[Orientation],
    thresholds: &[ElectreThresholds],
    criterion: usize,
) -> Result<Array2<f64>, MethodError> {
    let turned = checked(values, orientations, thresholds)?;
    let (n, criteria) = turned.dim();
    let Some(threshold) = thresholds.get(criterion) else {
        return Err(MethodError::NoCriterion { got: criterion, criteria });
    };
    let lead = |a: usize, b: usize| turned[(b, criterion)] - turned[(a, criterion)];
    Ok(Array2::from_shape_fn((n, n), |(a, b)| threshold.discordance(lead(a, b))))
}

fn checked(
    values: ArrayView2<'_, f64>,
    orientations: &[Orientation],
    thresholds: &[ElectreThresholds],
) -> Result<Array2<f64>, MethodError> {
    check_pairs(values.nrows())?;
    let turned = orient(values, orientations, Turning::Difference)?;
    check_length("thresholds", thresholds.len(), turned.ncols())?;
    for (criterion, threshold) in thresholds.iter().enumerate() {
        threshold.check(criterion)?;
    }
    Ok(turned)
}

impl ElectreThresholds {
    fn check(self, criterion: usize) -> Result<(), MethodError> {
        let wrong = |name, got, expected| Err(MethodError::Threshold { criterion, name, got, expected });
        let Self { q, p, v } = self;
        if !(q.is_finite() && q >= 0.0) {
            return wrong("indifference threshold q", q, "0 or more");
        }
        if !(p.is_finite() && p >= q) {
            return wrong("preference threshold p", p, "a number not below the indifference threshold q");
        }
        match v {
            Some(v) if !(v.is_finite() && v > p) => {
                wrong("veto threshold v", v, "a number above the preference threshold p")
            }
            _ => Ok(()),
        }
    }

    fn concordance(self, lead: f64) -> f64 {
        if lead <= self.q {
            1.0
        } else if lead >= self.p {
            0.0
        } else {
            (self.p - lead) / (self.p - self.q)
        }
    }

    fn discordance(self, lead: f64) -> f64 {
        match self.v {
            Some(v) if lead >= v => 1.0,
            Some(v) if lead > self.p => (lead - self.p) / (v - self.p),
            _ => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn follows_the_definition_by_hand() {
        let values = array![[10.0, 5.0], [13.0, 1.0]];
        let directions = [Orientation::Stimulant, Orientation::Destimulant];
        let one = ElectreThresholds { q: 1.0, p: 5.0, v: None };
        let weights = Weights::given(&[0.5, 0.5]).unwrap();
        let found = electre3(values.view(), &weights, &directions, &[one, one]).unwrap();
        // b leads by 3 in the first (c = 1/2) and by 4 in the second (c = 1/4).
        assert_eq!((found.concordance[(0, 1)], found.concordance[(1, 0)]), (0.375, 1.0));
        assert_eq!(found.credibility, found.concordance);
        assert_eq!((found.score, found.ranking.order), (vec![-0.625, 0.625], vec![1, 0]));
        // A veto from 4.5 with preference from 3: D = (4 - 3) / 1.5 = 2/3, above C = 1/4.
        let veto = [one, ElectreThresholds { q: 1.0, p: 3.0, v: Some(4.5) }];
        let found = electre3(values.view(), &weights, &directions, &veto).unwrap();
        assert_eq!((found.concordance[(0, 1)], found.discordance[(1, 0)]), (0.25, 0.0));
        assert!((found.credibility[(0, 1)] - 0.25 * (1.0 / 3.0) / 0.75).abs() < 1e-15);
        let second = electre3_discordance(values.view(), &directions, &veto, 1).unwrap();
        assert_eq!(second, found.discordance);
        assert!((second[(0, 1)] - 2.0 / 3.0).abs() < 1e-15);
        assert!(electre3_discordance(values.view(), &directions, &veto, 2).is_err());
    }

    #[test]
    fn thresholds_are_checked() {
        let values = array![[1.0], [2.0]];
        let error = |q, p, v| {
            let threshold = [ElectreThresholds { q, p, v }];
            let equal = Weights::equal(1).unwrap();
            electre3(values.view(), &equal, &[Orientation::Stimulant], &threshold).unwrap_err().to_string()
        };
        assert!(error(-1.0, 1.0, None).contains("threshold q is -1"));
        assert!(error(2.0, 1.0, None).contains("threshold p is 1"));
        assert!(error(0.0, 1.0, Some(1.0)).contains("veto threshold v is 1"));
    }
}
