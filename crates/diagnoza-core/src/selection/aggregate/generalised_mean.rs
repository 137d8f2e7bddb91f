use ndarray::ArrayView2;
use serde::{Deserialize, Serialize};

use super::Ranking;
use super::weighted_product::check_not_negative;
use crate::selection::normalise::{MethodError, Ties};
use crate::selection::weights::Weights;

/// Scores by the generalised mean.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GeneralisedMean {
    /// The mean of each alternative.
    pub score: Vec<f64>,
    /// The power.
    pub power: f64,
    /// Places by score.
    pub ranking: Ranking,
}

/// The generalised (power) mean of criteria on one scale, more is better, none below 0.
///
/// # Formula
/// `M_i = (sum_j(w_j z_ij ^ p)) ^ (1/p)`; `p = 1` arithmetic, `p = -1` harmonic, `p = 0` (the limit) geometric
/// `prod(z_ij ^ w_j)`. The lower `p`, the less a good criterion makes up for a bad one; with `p <= 0` a value of 0
/// makes the mean 0 (the limit). Criteria of weight 0 do not count. Reference: Hardy, Littlewood, Pólya (1934)
/// *Inequalities*, 2.2.
///
/// # Errors
/// [`MethodError`] names a value below 0, or a power that is not finite.
#[doc(alias = "średnia potęgowa")]
pub fn generalised_mean(
    values: ArrayView2<'_, f64>,
    weights: &Weights,
    power: f64,
) -> Result<GeneralisedMean, MethodError> {
    check_not_negative(values)?;
    let weights = weights.check(values.ncols())?;
    if !power.is_finite() {
        return Err(MethodError::Setting { name: "power", got: power, expected: "a finite number" });
    }
    let score: Vec<f64> = values
        .rows()
        .into_iter()
        .map(|row| {
            let counted = row.iter().copied().zip(weights.iter().copied()).filter(|(_, w)| *w > 0.0);
            mean(&counted.collect::<Vec<_>>(), power)
        })
        .collect();
    let ranking = Ranking::of(&score, Ties::Competition);
    Ok(GeneralisedMean { score, power, ranking })
}

/// The mean of pairs of value and weight above 0.
fn mean(pairs: &[(f64, f64)], power: f64) -> f64 {
    let extreme = |pick: fn(f64, f64) -> f64| pairs.iter().map(|&(z, _)| z).reduce(pick).unwrap_or_default();
    let (lowest, highest) = (extreme(f64::min), extreme(f64::max));
    // Divided by the value that dominates, no power overflows.
    let unit = if power > 0.0 { highest } else { lowest };
    if unit <= 0.0 {
        return 0.0;
    }
    // Near 0 the powers are all 1 but for rounding, which the root 1/p would magnify.
    if power.abs() < 1e-8 {
        let logarithms: f64 = pairs.iter().map(|&(z, w)| w * (z / unit).ln()).sum();
        return unit * logarithms.exp();
    }
    let sum: f64 = pairs.iter().map(|&(z, w)| w * (z / unit).powf(power)).sum();
    (unit * sum.powf(1.0 / power)).clamp(lowest, highest)
}
