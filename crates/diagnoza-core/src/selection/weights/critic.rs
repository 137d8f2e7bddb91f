//! CRITIC (criteria importance through intercriteria correlation): a criterion weighs more, the more it varies
//! and the less it goes with the others.
//!
//! # Formula
//! On values unitarised to 0..1, `c_j = s_j sum_k(1 - r_jk)`, `w_j = c_j / sum(c)`; `s` standard deviation (its
//! divisor cancels), `r` Pearson's correlation. With directions, destimulants and nominants are turned first
//! (`oriented`): the correlations change sign and the weights change much. A change of unit does not change
//! them. A constant criterion has the weight 0 and no part in the sums.
//! Reference: Diakoulaki, D., Mavrotas, G., Papayannakis, L. (1995) Computers & Operations Research 22(7), 763-770.

use ndarray::{Array2, ArrayView2};
use serde::{Deserialize, Serialize};

use super::Weights;
use crate::selection::normalise::{
    Constant, MethodError, Normalisation, Orientation, SortedColumn, normalise,
};

/// CRITIC weights and what they are made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Critic {
    /// The weights.
    pub weights: Weights,
    /// Standard deviation (n - 1) of each unitarised criterion.
    pub spread: Vec<f64>,
    /// `sum_k(1 - r_jk)` of each criterion.
    pub conflict: Vec<f64>,
    /// Correlations; 0 with a constant criterion, 1 on the diagonal.
    pub correlation: Array2<f64>,
    /// Whether the criteria were turned by their directions before.
    pub oriented: bool,
}

/// Weights by CRITIC; without directions the values are taken as they stand.
///
/// # Errors
/// [`MethodError`] for fewer than two alternatives, or where every weight would be 0: only constant criteria, or
/// criteria that all say the same.
pub fn critic(
    values: ArrayView2<'_, f64>,
    orientations: Option<&[Orientation]>,
) -> Result<Critic, MethodError> {
    let stimulants = vec![Orientation::Stimulant; values.ncols()];
    let directions = orientations.unwrap_or(&stimulants);
    let unitarised = normalise(values, directions, &Normalisation::ZeroUnitarisation, Constant::Zero)?.values;
    let (n, m) = unitarised.dim();
    if n < 2 {
        return Err(MethodError::TooFew { method: "CRITIC", got: n, needs: 2 });
    }
    let columns: Vec<SortedColumn> =
        unitarised.columns().into_iter().map(|column| SortedColumn::new(column.iter().copied())).collect();
    let spread: Vec<f64> = columns.iter().map(|column| column.standard_deviation(1)).collect();
    let mut correlation = Array2::eye(m);
    for j in 0..m {
        for k in 0..j {
            if columns[j].is_constant() || columns[k].is_constant() {
                continue;
            }
            let (mean_j, mean_k) = (columns[j].mean(), columns[k].mean());
            let products = unitarised.rows().into_iter().map(|row| (row[j] - mean_j) * (row[k] - mean_k));
            let covariance = SortedColumn::new(products).sum() / (n - 1) as f64;
            let r = (covariance / (spread[j] * spread[k])).clamp(-1.0, 1.0);
            (correlation[(j, k)], correlation[(k, j)]) = (r, r);
        }
    }
    let varies = |j: &usize| !columns[*j].is_constant();
    let conflict: Vec<f64> =
        (0..m).map(|j| (0..m).filter(varies).map(|k| 1.0 - correlation[(j, k)]).sum()).collect();
    let information: Vec<f64> = spread.iter().zip(&conflict).map(|(s, c)| s * c).collect();
    // Correlations that are 1 but for rounding carry no information.
    let none = MethodError::NothingDistinguishes { method: "CRITIC" };
    if information.iter().all(|&c| c < 1e-12) {
        return Err(none);
    }
    let weights = Weights::given(&information)?;
    Ok(Critic { weights, spread, conflict, correlation, oriented: orientations.is_some() })
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn what_says_the_same_weighs_less_and_a_constant_nothing() {
        let values = array![[1.0, 2.0, 9.0, 4.0], [2.0, 4.0, 1.0, 4.0], [3.0, 6.0, 5.0, 4.0]];
        let found = critic(values.view(), None).unwrap();
        let weights = found.weights.as_slice();
        assert!((weights[0] - weights[1]).abs() < 1e-12 && weights[2] > weights[0]);
        assert_eq!((weights[3], found.correlation[(0, 3)], found.correlation[(3, 3)]), (0.0, 0.0, 1.0));
        let directions = [
            Orientation::Stimulant,
            Orientation::Destimulant,
            Orientation::Stimulant,
            Orientation::Stimulant,
        ];
        let turned = critic(values.view(), Some(&directions)).unwrap();
        assert!(turned.oriented && (turned.correlation[(0, 1)] + 1.0).abs() < 1e-12);
    }

    #[test]
    fn one_criterion_or_one_message_is_refused() {
        for same in [array![[1.0], [2.0]], array![[3.0], [3.0]]] {
            assert!(matches!(critic(same.view(), None), Err(MethodError::NothingDistinguishes { .. })));
        }
        let same = array![[0.1, 1.0], [0.2, 2.0], [0.4, 4.0]];
        assert!(matches!(critic(same.view(), None), Err(MethodError::NothingDistinguishes { .. })));
        assert!(matches!(critic(array![[1.0, 2.0]].view(), None), Err(MethodError::TooFew { .. })));
    }
}
