//! AHP, the analytic hierarchy process: weights from pairwise comparisons of the criteria.
//!
//! # Formula
//! `a_jk` says how many times more important criterion j is than k; `a_jj = 1`, `a_kj = 1 / a_jk`. The weights are
//! the eigenvector of the largest eigenvalue `lambda`, `A w = lambda w`, `sum(w) = 1`. Consistency index
//! `CI = (lambda - m) / (m - 1)`, ratio `CR = CI / RI(m)` with Saaty's random index; up to 0.1 is commonly held
//! acceptable. The random index is that of 1980; Saaty's later texts print another, e.g. 0.52 for 0.58 of three
//! criteria, with which the ratio differs. Reference: Saaty, T. L. (1980) *The Analytic Hierarchy Process*,
//! McGraw-Hill.

use std::sync::LazyLock;

use ndarray::{Array1, Array2, ArrayView2};
use serde::{Deserialize, Serialize};

use super::Weights;
use crate::selection::normalise::{MethodError, check_length};

/// A reciprocal written with two decimals, such as 0.33 for 1/3, is off by up to 1 %.
const RECIPROCAL_TOLERANCE: f64 = 0.02;

/// More criteria than this cannot be compared pair by pair by people.
const MOST_CRITERIA: usize = 1_000;

/// Weights by AHP.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ahp {
    /// The weights.
    pub weights: Weights,
    /// Largest eigenvalue; equal to the number of criteria for consistent comparisons.
    pub eigenvalue: f64,
    /// `(lambda - m) / (m - 1)`; 0 for one criterion.
    pub consistency_index: f64,
    /// Saaty's random index of 1980; none above 15 criteria, for which he gives no figure.
    pub random_index: Option<f64>,
    /// Index over random index; 0 for one or two criteria, none where there is no random index.
    pub consistency_ratio: Option<f64>,
}

#[derive(Deserialize)]
struct RandomIndices {
    random_index: Vec<f64>,
}

/// Saaty's random index for so many criteria, 1 to 15.
#[must_use]
pub fn random_index(criteria: usize) -> Option<f64> {
    static TABLE: LazyLock<Vec<f64>> = LazyLock::new(|| {
        let read: Option<RandomIndices> = toml::from_str(include_str!("random_index.toml")).ok();
        read.map(|table| table.random_index).unwrap_or_default()
    });
    TABLE.get(criteria.checked_sub(1)?).copied()
}

/// Weights from a matrix of pairwise comparisons, its reciprocals checked to 2 % (0.33 for 1/3 passes).
///
/// ```
/// use diagnoza_core::selection::weights::ahp;
/// use ndarray::array;
///
/// let found = ahp(array![[1.0, 3.0], [1.0 / 3.0, 1.0]].view())?;
/// assert!((found.weights.as_slice()[0] - 0.75).abs() < 1e-12);
/// # Ok::<(), diagnoza_core::selection::normalise::MethodError>(())
/// ```
///
/// # Errors
/// [`MethodError`] names the pair that is not above 0 or not reciprocal.
#[doc(alias = "analityczny proces hierarchiczny")]
pub fn ahp(comparisons: ArrayView2<'_, f64>) -> Result<Ahp, MethodError> {
    let (rows, m) = comparisons.dim();
    if m == 0 {
        return Err(MethodError::Empty { alternatives: rows, criteria: m });
    }
    check_length("each row of the comparisons", m, rows)?;
    if m > MOST_CRITERIA {
        return Err(MethodError::TooMany { what: "criteria of AHP", got: m, most: MOST_CRITERIA });
    }
    for ((row, column), &got) in comparisons.indexed_iter() {
        if !(got.is_finite() && got > 0.0) {
            return Err(MethodError::NoJudgement { row, column, got });
        }
        let opposite = comparisons[(column, row)];
        // The lower triangle is what people compute, so it is what is named.
        if row >= column && (got * opposite - 1.0).abs() > RECIPROCAL_TOLERANCE {
            let expected = if row == column { 1.0 } else { 1.0 / opposite };
            return Err(MethodError::Judgement { row, column, got, opposite, expected });
        }
    }
    let (vector, eigenvalue) = principal(comparisons.to_owned())?;
    let criteria = m as f64;
    // Rounding, and reciprocals with two decimals, may leave the eigenvalue just below m.
    let index = if m > 1 { ((eigenvalue - criteria) / (criteria - 1.0)).max(0.0) } else { 0.0 };
    let random = random_index(m);
    let ratio = random.map(|random| if random > 0.0 { index / random } else { 0.0 });
    Ok(Ahp {
        weights: Weights::given(&vector.to_vec())?,
        eigenvalue,
        consistency_index: index,
        random_index: random,
        consistency_ratio: ratio,
    })
}

/// Eigenvector and eigenvalue of a positive matrix, by powers: squaring the matrix k times is 2^k steps.
fn principal(matrix: Array2<f64>) -> Result<(Array1<f64>, f64), MethodError> {
    let mut power = matrix.clone();
    let mut vector = Array1::from_elem(matrix.nrows(), 1.0 / matrix.nrows() as f64);
    for _ in 0..64 {
        let largest = power.iter().fold(0.0_f64, |most, &a| most.max(a));
        power /= largest;
        let next = power.sum_axis(ndarray::Axis(1));
        let next = &next / next.sum();
        if next.iter().any(|w| !w.is_finite()) {
            return Err(MethodError::Overflow);
        }
        let settled = next.iter().zip(&vector).all(|(a, b)| (a - b).abs() <= 4.0 * f64::EPSILON * a);
        vector = next;
        if settled {
            break;
        }
        power = power.dot(&power);
    }
    // One step with the matrix itself removes the rounding of the squares.
    let image = matrix.dot(&vector);
    let eigenvalue = image.sum();
    Ok((image / eigenvalue, eigenvalue))
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn consistent_comparisons_give_back_the_weights() {
        let weights = [0.5, 0.3, 0.15, 0.05];
        let matrix = Array2::from_shape_fn((4, 4), |(j, k)| weights[j] / weights[k]);
        let found = ahp(matrix.view()).unwrap();
        for (got, expected) in found.weights.as_slice().iter().zip(weights) {
            assert!((got - expected).abs() < 1e-14);
        }
        assert!(found.consistency_index < 1e-14 && (found.eigenvalue - 4.0).abs() < 1e-13);
    }

    /// Of three criteria the eigenvector is the geometric means of the rows and lambda = 1 + t + 1/t with
    /// `t = (a_12 a_23 / a_13)^(1/3)`.
    #[test]
    fn three_criteria_have_a_closed_form() {
        let (a, b, c) = (3.0, 2.0, 5.0_f64);
        let matrix = array![[1.0, a, c], [1.0 / a, 1.0, b], [1.0 / c, 1.0 / b, 1.0]];
        let found = ahp(matrix.view()).unwrap();
        let t = (a * b / c).cbrt();
        let lambda = 1.0 + t + 1.0 / t;
        assert!((found.eigenvalue - lambda).abs() < 1e-13);
        assert!((found.consistency_ratio.unwrap() - (lambda - 3.0) / 2.0 / 0.58).abs() < 1e-13);
        let means = [(a * c).cbrt(), (b / a).cbrt(), (1.0 / b / c).cbrt()];
        for (got, mean) in found.weights.as_slice().iter().zip(means) {
            assert!((got - mean / means.iter().sum::<f64>()).abs() < 1e-14);
        }
    }

    #[test]
    fn satisfies_its_equation_when_inconsistent() {
        let matrix = Array2::from_shape_fn((9, 9), |(j, k)| match j.cmp(&k) {
            std::cmp::Ordering::Equal => 1.0,
            std::cmp::Ordering::Less => 1.0 + ((7 * j + 5 * k) % 9) as f64,
            std::cmp::Ordering::Greater => 1.0 / (1.0 + ((7 * k + 5 * j) % 9) as f64),
        });
        let found = ahp(matrix.view()).unwrap();
        let w = Array1::from_vec(found.weights.as_slice().to_vec());
        for (left, right) in matrix.dot(&w).iter().zip(&(&w * found.eigenvalue)) {
            assert!((left - right).abs() < 1e-12);
        }
    }

    #[test]
    fn wrong_pairs_are_named() {
        let message = |matrix: Array2<f64>| ahp(matrix.view()).unwrap_err().to_string();
        let text = message(array![[1.0, 3.0], [3.0, 1.0]]);
        assert!(text.contains("criterion 1 with criterion 0 is 3: expected 0.333"), "{text}");
        assert!(message(array![[1.0, 0.0], [3.0, 1.0]]).contains("is 0: expected a number above 0"));
        assert!(
            message(array![[2.0, 3.0], [0.33, 1.0]])
                .contains("criterion 0 with criterion 0 is 2: expected 1")
        );
        assert!(message(array![[1.0, 3.0, 1.0], [0.33, 1.0, 1.0]]).contains("3 values: expected 2"));
        assert!(ahp(array![[1.0, 3.0], [0.33, 1.0]].view()).is_ok());
        assert!(ahp(Array2::zeros((0, 0)).view()).is_err());
    }

    #[test]
    fn the_table_of_random_indices_reads() {
        assert_eq!((random_index(0), random_index(1), random_index(3)), (None, Some(0.0), Some(0.58)));
        assert_eq!((random_index(15), random_index(16)), (Some(1.59), None));
        let one = ahp(array![[1.0]].view()).unwrap();
        assert_eq!((one.consistency_ratio, one.weights.as_slice()), (Some(0.0), [1.0].as_slice()));
    }
}
