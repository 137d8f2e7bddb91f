use ndarray::{Array2, ArrayView2, Axis};
use serde::{Deserialize, Serialize};

use super::Ranking;
use crate::selection::normalise::{MethodError, Ties, check_table};
use crate::selection::weights::Weights;

/// Scores by the weighted product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WeightedProduct {
    /// `prod_j(z_ij ^ w_j)`.
    pub score: Vec<f64>,
    /// `z_ij ^ w_j`, alternatives x criteria.
    pub factor: Array2<f64>,
    /// Places by score.
    pub ranking: Ranking,
}

/// The weighted product of criteria on one scale, more is better, none below 0.
///
/// # Formula
/// `P_i = prod_j(z_ij ^ w_j)`; a criterion of weight 0 counts as 1, a value of 0 with a weight above 0 makes the
/// product 0. Ratios of scores do not change with the unit of a criterion. Reference: Bridgman, P. W. (1922);
/// Triantaphyllou, E. (2000) *Multi-criteria Decision Making Methods*, 2.2.2.
///
/// # Errors
/// [`MethodError`] names a value below 0.
#[doc(alias = "iloczyn ważony")]
pub fn weighted_product(
    values: ArrayView2<'_, f64>,
    weights: &Weights,
) -> Result<WeightedProduct, MethodError> {
    check_not_negative(values)?;
    let weights = weights.check(values.ncols())?;
    let mut factor = values.to_owned();
    for (mut column, &w) in factor.axis_iter_mut(Axis(1)).zip(weights) {
        column.mapv_inplace(|z| if w > 0.0 { z.powf(w) } else { 1.0 });
    }
    let score: Vec<f64> = factor.rows().into_iter().map(|row| row.iter().product()).collect();
    let ranking = Ranking::of(&score, Ties::Competition);
    Ok(WeightedProduct { score, factor, ranking })
}

pub(super) fn check_not_negative(values: ArrayView2<'_, f64>) -> Result<(), MethodError> {
    check_table(values)?;
    let needs = "products and means with a power need values of 0 or more: normalise with zero_unitarisation or a \
                 quotient first";
    match values.indexed_iter().find(|(_, z)| **z < 0.0) {
        Some(((alternative, criterion), &got)) => {
            Err(MethodError::Value { alternative, criterion, got, needs })
        }
        None => Ok(()),
    }
}
