//! The leading factor of a matrix ages x years: its first singular vectors.

use nalgebra::{DMatrix, SymmetricEigen};
use ndarray::ArrayView2;

/// `M ~ age * year'`, the best approximation of rank one in least squares.
pub(super) struct LeadingFactor {
    /// Left singular vector, of unit length.
    pub(super) age: Vec<f64>,
    /// Right singular vector times the singular value.
    pub(super) year: Vec<f64>,
    /// Share of the sum of squares that it explains.
    pub(super) explained: f64,
}

/// The first singular vectors of `matrix`; `None` when it is zero.
///
/// The matrix of years by years, `M'M`, is small and its leading eigenvector is the right singular vector; the
/// left one follows by projection. Where one factor dominates, as in mortality, this is as exact as the full
/// decomposition and several times faster.
pub(super) fn leading_factor(matrix: ArrayView2<'_, f64>) -> Option<LeadingFactor> {
    let gram = matrix.t().dot(&matrix);
    let years = gram.nrows();
    let total = gram.diag().sum();
    let eigen = SymmetricEigen::new(DMatrix::from_fn(years, years, |i, j| gram[[i, j]]));
    let first = eigen.eigenvalues.imax();
    let right: Vec<f64> = eigen.eigenvectors.column(first).iter().copied().collect();
    let age: Vec<f64> =
        matrix.rows().into_iter().map(|row| row.iter().zip(&right).map(|(m, v)| m * v).sum()).collect();
    let singular = age.iter().map(|value| value * value).sum::<f64>().sqrt();
    // Rates that never change differ from their mean by rounding alone.
    if !(total.is_finite() && singular > 1e-12 * (matrix.len() as f64).sqrt()) {
        return None;
    }
    Some(LeadingFactor {
        age: age.iter().map(|value| value / singular).collect(),
        year: right.iter().map(|value| value * singular).collect(),
        explained: singular * singular / total,
    })
}

#[cfg(test)]
mod tests {
    use ndarray::{Array2, array};

    use super::*;

    #[test]
    fn a_matrix_of_rank_one_is_its_factor() {
        let (a, b) = ([3.0, -1.0, 2.0], [1.0, 4.0]);
        let matrix = Array2::from_shape_fn((3, 2), |(i, j)| a[i] * b[j]);
        let factor = leading_factor(matrix.view()).unwrap();
        assert!((factor.explained - 1.0).abs() < 1e-14);
        for ((i, j), value) in matrix.indexed_iter() {
            assert!((factor.age[i] * factor.year[j] - value).abs() < 1e-12);
        }
    }

    #[test]
    fn the_share_explained_is_that_of_the_singular_values() {
        // Singular values 3 and 1.
        let factor = leading_factor(array![[2.0, 1.0], [1.0, 2.0]].view()).unwrap();
        assert!((factor.explained - 0.9).abs() < 1e-14);
        assert!(leading_factor(Array2::zeros((3, 2)).view()).is_none());
    }
}
