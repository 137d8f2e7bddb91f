use ndarray::{Array2, ArrayView2};
use serde::{Deserialize, Serialize};

use super::{Ranking, check_pairs};
use crate::selection::normalise::{MethodError, Orientation, Ties, Turning, orient};
use crate::selection::weights::Weights;

/// Weights written in decimals, such as 0.1 + 0.2 against 0.3, differ in the last bits and no more.
const TIED: f64 = 1e-9;

/// Scores by majorities of weight.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Copeland {
    /// Wins less losses.
    pub score: Vec<f64>,
    /// Share of weight in which the row is better than the column, ties half; 0 on the diagonal.
    pub outranking: Array2<f64>,
    /// Others against which more than half the weight speaks for the alternative.
    pub wins: Vec<usize>,
    /// Others for which more than half the weight speaks.
    pub losses: Vec<usize>,
    /// Places by score.
    pub ranking: Ranking,
}

/// Pairwise majorities, wins less losses.
///
/// # Formula
/// `o_ik = sum_j(w_j [x_ij > x_kj]) + 1/2 sum_j(w_j [x_ij = x_kj])`; i beats k where `o_ik > 1/2` (beyond 1e-9, as
/// weights in decimals round). `score_i` = beaten less beaten by. Depends on orders alone. Time grows with the
/// square of the alternatives. Reference: Copeland, A. H. (1951); matrix as in Munda, G. (2008) *Social
/// Multi-Criteria Evaluation*.
///
/// # Errors
/// [`MethodError`] names what does not fit.
pub fn copeland(
    values: ArrayView2<'_, f64>,
    orientations: &[Orientation],
    weights: &Weights,
) -> Result<Copeland, MethodError> {
    check_pairs(values.nrows())?;
    let turned = orient(values, orientations, Turning::Difference)?;
    let n = turned.nrows();
    let weights = weights.check(turned.ncols())?;
    let mut outranking = Array2::zeros((n, n));
    let (mut wins, mut losses) = (vec![0; n], vec![0; n]);
    for i in 0..n {
        for k in 0..i {
            let (mut better, mut worse, mut equal) = (0.0, 0.0, 0.0);
            for ((a, b), w) in turned.row(i).iter().zip(turned.row(k)).zip(weights) {
                match a.total_cmp(b) {
                    std::cmp::Ordering::Greater => better += w,
                    std::cmp::Ordering::Less => worse += w,
                    std::cmp::Ordering::Equal => equal += w,
                }
            }
            outranking[(i, k)] = better + equal / 2.0;
            outranking[(k, i)] = worse + equal / 2.0;
            if better - worse > TIED {
                wins[i] += 1;
                losses[k] += 1;
            } else if worse - better > TIED {
                wins[k] += 1;
                losses[i] += 1;
            }
        }
    }
    let score: Vec<f64> = wins.iter().zip(&losses).map(|(&won, &lost)| won as f64 - lost as f64).collect();
    let ranking = Ranking::of(&score, Ties::Competition);
    Ok(Copeland { score, outranking, wins, losses, ranking })
}
