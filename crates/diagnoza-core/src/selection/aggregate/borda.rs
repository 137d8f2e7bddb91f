use ndarray::{Array2, ArrayView2};
use serde::{Deserialize, Serialize};

use super::Ranking;
use crate::selection::normalise::{MethodError, Orientation, Ties, Turning, descending_ranks, orient};
use crate::selection::weights::Weights;

/// Scores by the sum of ranks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Borda {
    /// `sum_j(v_j (n - r_ij))`, Borda's points.
    pub score: Vec<f64>,
    /// `sum_j(v_j r_ij)`.
    pub rank_sum: Vec<f64>,
    /// Rank of each alternative in each criterion, 1 for the best.
    pub ranks: Array2<f64>,
    /// What equal values share.
    pub ties: Ties,
    /// Places by score.
    pub ranking: Ranking,
}

/// The sum of ranks (Borda count).
///
/// # Formula
/// `R_i = sum_j(v_j r_ij)`, `r_ij` the rank of alternative i in criterion j with `ties`; `v_j = 1` without weights,
/// `v_j = m w_j` with them. The lowest sum is the best. Depends on orders alone: any unit, any increasing
/// change of a criterion. A constant criterion adds the same to all. Reference: Borda, J.-C. de (1781).
///
/// # Errors
/// [`MethodError`] names what does not fit.
#[doc(alias = "suma rang")]
pub fn borda(
    values: ArrayView2<'_, f64>,
    orientations: &[Orientation],
    weights: Option<&Weights>,
    ties: Ties,
) -> Result<Borda, MethodError> {
    let turned = orient(values, orientations, Turning::Difference)?;
    let (n, m) = turned.dim();
    let votes = match weights {
        Some(weights) => weights.check(m)?.iter().map(|w| m as f64 * w).collect(),
        None => vec![1.0; m],
    };
    let mut ranks = Array2::zeros((n, m));
    for (criterion, column) in turned.columns().into_iter().enumerate() {
        let (rank, _) = descending_ranks(&column.to_vec(), ties);
        rank.iter().enumerate().for_each(|(alternative, &rank)| ranks[(alternative, criterion)] = rank);
    }
    let total = |of: &dyn Fn(f64) -> f64| -> Vec<f64> {
        let row_total =
            |row: ndarray::ArrayView1<'_, f64>| row.iter().zip(&votes).map(|(&r, v)| v * of(r)).sum();
        ranks.rows().into_iter().map(row_total).collect()
    };
    let (score, rank_sum) = (total(&|rank| n as f64 - rank), total(&|rank| rank));
    let ranking = Ranking::of(&score, Ties::Competition);
    Ok(Borda { score, rank_sum, ranks, ties, ranking })
}
