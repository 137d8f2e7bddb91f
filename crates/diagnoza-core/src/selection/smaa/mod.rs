//! SMAA, stochastic multicriteria acceptability analysis: which places an alternative takes when the weights
//! are not known.
//!
//! # Formula
//! Weights `w` are drawn N times; `S_i = sum_j w_j z_ij` as in the weighted sum. The rank of i in a draw is 1 + the number of
//! alternatives with a higher score, so that exact ties share the best of their places. Rank acceptability
//! `b_ir` = share of draws in which i has rank r; central weights = mean of the weights of the draws in which i
//! is first (ties included), none where there is no such draw; pairwise winning `p_ik` = share of draws with
//! `S_i > S_k`. The Monte Carlo standard error of a share p is `sqrt(p (1 - p) / N)`, at most `0.5 / sqrt(N)`.
//! Values are on one scale, more is better: results depend on how they were normalised.
//! Reference: Lahdelma, R., Hokkanen, J., Salminen, P. (1998) EJOR 106(1); Lahdelma, Salminen (2001) Operations
//! Research 49(3); pairwise winning: Leskinen et al. (2006).
//!
//! ```
//! use diagnoza_core::progress::unwatched;
//! use diagnoza_core::selection::smaa::{WeightDraws, pairwise_winning, smaa};
//! use ndarray::array;
//!
//! let table = array![[1.0, 0.0], [0.0, 1.0], [0.2, 0.2]];
//! let draws = WeightDraws::uniform(2, 1_000, 7)?;
//! let found = smaa(table.view(), &draws, &unwatched)?;
//! assert_eq!(found.count(2, 1), 0, "the third is never first");
//! assert!((found.acceptability(0, 1) - 0.5).abs() < 4.0 * found.standard_error(0, 1));
//! # Ok::<(), diagnoza_core::selection::normalise::MethodError>(())
//! ```

mod weight_order;

mod draws;

mod rank_buckets;

mod acceptability;

mod pairwise;

pub use acceptability::{Smaa, smaa};
pub use draws::{WeightDraws, WeightLaw};
pub use pairwise::pairwise_winning;

use ndarray::{Array2, ArrayView2};

use crate::selection::normalise::{MethodError, check_length, check_table};

/// Criteria x alternatives, so that a criterion lies in one piece.
fn by_criterion(values: ArrayView2<'_, f64>, draws: &WeightDraws) -> Result<Array2<f64>, MethodError> {
    const MOST: usize = 20_000;
    check_table(values)?;
    check_length("a draw of weights", draws.criteria(), values.ncols())?;
    if values.nrows() > MOST {
        return Err(MethodError::TooMany { what: "alternatives of SMAA", got: values.nrows(), most: MOST });
    }
    // Scores are at most criteria x the largest value.
    let largest = values.iter().fold(0.0_f64, |most, z| most.max(z.abs()));
    if !(largest * values.ncols() as f64).is_finite() {
        return Err(MethodError::Overflow);
    }
    Ok(values.t().as_standard_layout().into_owned())
}

/// The scores of one draw, criterion by criterion: equal rows have equal bits.
fn scores(by_criterion: &Array2<f64>, weights: &[f64], scores: &mut [f64]) {
    scores.fill(0.0);
    for (column, &w) in by_criterion.rows().into_iter().zip(weights) {
        if let Some(column) = column.to_slice() {
            scores.iter_mut().zip(column).for_each(|(score, z)| *score += w * z);
        }
    }
}
