use ndarray::{Array2, ArrayView2, Axis};
use serde::{Deserialize, Serialize};

use super::Ranking;
use crate::selection::normalise::{MethodError, Ties, check_table};
use crate::selection::weights::Weights;

/// Scores by the weighted sum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WeightedSum {
    /// `sum_j(w_j z_ij)`.
    pub score: Vec<f64>,
    /// `w_j z_ij`, alternatives x criteria.
    pub contribution: Array2<f64>,
    /// Places by score.
    pub ranking: Ranking,
}

/// The weighted sum (SAW) of criteria on one scale, more is better.
///
/// # Formula
/// `S_i = sum_j(w_j z_ij)` with `z` from [`normalise`](crate::selection::normalise::normalise). The score of an
/// alternative depends on the others through `z` alone. Reference: Hwang, C.-L., Yoon, K. (1981) *Multiple
/// Attribute Decision Making*.
///
/// # Errors
/// [`MethodError`] names what does not fit.
#[doc(alias = "suma ważona")]
pub fn weighted_sum(values: ArrayView2<'_, f64>, weights: &Weights) -> Result<WeightedSum, MethodError> {
    check_table(values)?;
    let weights = weights.check(values.ncols())?;
    let mut contribution = values.to_owned();
    for (mut column, &w) in contribution.axis_iter_mut(Axis(1)).zip(weights) {
        column.mapv_inplace(|z| w * z);
    }
    // Added one after another in the order of the criteria, whatever the memory layout: equal rows, equal bits.
    let score: Vec<f64> = contribution.rows().into_iter().map(|row| row.iter().sum::<f64>() + 0.0).collect();
    let ranking = Ranking::of(&score, Ties::Competition);
    Ok(WeightedSum { score, contribution, ranking })
}
