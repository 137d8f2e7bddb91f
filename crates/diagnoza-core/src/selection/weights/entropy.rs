//! Entropy weights: a criterion weighs more, the more unevenly its sum is spread over the alternatives.
//!
//! # Formula
//! `p_ij = x_ij / sum_i(x_ij)`, `e_j = -sum_i(p_ij ln p_ij) / ln n` with `0 ln 0 = 0`,
//! `w_j = (1 - e_j) / sum(1 - e)`. For values of 0 or more; a change of unit `x -> a x` leaves the weights as
//! they are, a shift `x -> x + b` does not. A constant criterion has entropy 1 and the weight 0.
//! Reference: Shannon (1948); Hwang, C.-L., Yoon, K. (1981) *Multiple Attribute Decision Making*, 3.2.

use ndarray::ArrayView2;
use serde::{Deserialize, Serialize};

use super::Weights;
use crate::selection::normalise::{MethodError, SortedColumn, check_table};

/// Entropy weights and the entropies they come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entropy {
    /// The weights.
    pub weights: Weights,
    /// Entropy of each criterion, 0 to 1.
    pub entropy: Vec<f64>,
}

/// Weights by entropy.
///
/// # Errors
/// [`MethodError`] for a value below 0, a criterion that sums to 0, fewer than two alternatives, or only
/// constant criteria.
#[doc(alias = "wagi entropijne")]
pub fn entropy(values: ArrayView2<'_, f64>) -> Result<Entropy, MethodError> {
    check_table(values)?;
    let negative = values.indexed_iter().find(|(_, value)| **value < 0.0);
    if let Some(((alternative, criterion), &got)) = negative {
        let needs = "entropy weights need values of 0 or more: use another weighting or shift the criterion";
        return Err(MethodError::Value { alternative, criterion, got, needs });
    }
    if values.nrows() < 2 {
        return Err(MethodError::TooFew { method: "entropy weights", got: values.nrows(), needs: 2 });
    }
    let most = (values.nrows() as f64).ln();
    let mut entropy = Vec::with_capacity(values.ncols());
    for (criterion, column) in values.columns().into_iter().enumerate() {
        let sorted = SortedColumn::new(column.iter().copied());
        let sum = sorted.sum();
        if !sum.is_finite() {
            return Err(MethodError::Magnitude { criterion });
        }
        if sum <= 0.0 {
            return Err(MethodError::Divisor { criterion, divisor: "sum", got: sum });
        }
        let surprise = |p: f64| if p > 0.0 { -p * p.ln() } else { 0.0 };
        let total: f64 = sorted.values().iter().map(|x| surprise(x / sum)).sum();
        // Rounding may leave a share of the last bit outside 0 to 1.
        entropy.push(if sorted.is_constant() { 1.0 } else { (total / most).clamp(0.0, 1.0) });
    }
    let diversity: Vec<f64> = entropy.iter().map(|e| 1.0 - e).collect();
    let weights = Weights::given(&diversity)
        .map_err(|_| MethodError::NothingDistinguishes { method: "entropy weighting" })?;
    Ok(Entropy { weights, entropy })
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn zeros_and_constants_are_defined() {
        let found = entropy(array![[0.0, 2.0, 1.0], [1.0, 2.0, 1.0]].view()).unwrap();
        assert_eq!(found.entropy, [0.0, 1.0, 1.0]);
        assert_eq!(found.weights.as_slice(), [1.0, 0.0, 0.0]);
    }

    #[test]
    fn refuses_what_has_no_entropy() {
        let message = |values: ndarray::Array2<f64>| entropy(values.view()).unwrap_err().to_string();
        assert!(message(array![[1.0, -2.0], [1.0, 3.0]]).starts_with("alternative 0, criterion 1: -2"));
        assert!(message(array![[1.0, 0.0], [1.0, 0.0]]).starts_with("criterion 1: its sum is 0"));
        assert!(message(array![[1.0, 2.0]]).contains("2 alternatives"));
        assert!(message(array![[1.0, 2.0], [1.0, 2.0]]).contains("no criterion distinguishes"));
    }
}
