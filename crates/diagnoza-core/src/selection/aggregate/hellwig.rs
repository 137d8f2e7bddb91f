use ndarray::ArrayView2;
use serde::{Deserialize, Serialize};

use super::Ranking;
use crate::selection::normalise::{MethodError, Orientation, SortedColumn, Ties, Turning, orient};
use crate::selection::weights::Weights;

/// Hellwig's measure of development.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hellwig {
    /// `s_i = 1 - d_i / d0`; 1 at the pattern, rarely below 0.
    pub score: Vec<f64>,
    /// `d_i`, distance of each alternative from the pattern.
    pub distance: Vec<f64>,
    /// `d0 = mean(d) + 2 s(d)`.
    pub critical_distance: f64,
    /// The pattern: standardised coordinates, in the direction of the criterion as given; of a nominant the
    /// coordinate of `-(distance to the range)`.
    pub pattern: Vec<f64>,
    /// 0: divisor n in both standard deviations; 1: n - 1.
    pub ddof: u8,
    /// Places by score.
    pub ranking: Ranking,
}

/// Hellwig's taxonomic measure of development: nearness to the best of every criterion.
///
/// # Formula
/// `z_ij = (x_ij - mean_j) / s_j`, a constant criterion 0 (destimulants and nominants turned by difference);
/// pattern `z_0j = max_i z_ij` (of a destimulant `min`); `d_i = sqrt(sum_j v_j (z_ij - z_0j)^2)`, `v_j = 1` or, with
/// weights, `m w_j`; `d0 = mean(d) + 2 s(d)`; `s_i = 1 - d_i / d0`. Both `s` divide by `n - ddof`; the two differ by
/// about 0.01 at 17 alternatives. Where all alternatives equal the pattern (`d0 = 0`) the score is 1. A change of
/// unit does not change the score. Reference: Hellwig, Z. (1968) Przegląd Statystyczny 15(4), 307-327.
///
/// # Errors
/// [`MethodError`] names what does not fit.
#[doc(alias = "miernik rozwoju Hellwiga")]
#[doc(alias = "wzorzec rozwoju")]
pub fn hellwig(
    values: ArrayView2<'_, f64>,
    orientations: &[Orientation],
    weights: Option<&Weights>,
    ddof: u8,
) -> Result<Hellwig, MethodError> {
    if ddof > 1 {
        return Err(MethodError::Setting { name: "ddof", got: f64::from(ddof), expected: "0 or 1" });
    }
    let mut turned = orient(values, orientations, Turning::Difference)?;
    let m = turned.ncols();
    let votes: Vec<f64> = match weights {
        Some(weights) => weights.check(m)?.iter().map(|w| m as f64 * w).collect(),
        None => vec![1.0; m],
    };
    let mut pattern = Vec::with_capacity(m);
    for (criterion, mut column) in turned.columns_mut().into_iter().enumerate() {
        let sorted = SortedColumn::new(column.iter().copied());
        let (mean, s) = (sorted.mean(), sorted.standard_deviation(ddof));
        if sorted.is_constant() {
            column.fill(0.0);
        } else if s.is_finite() && s > 0.0 {
            column.mapv_inplace(|x| (x - mean) / s);
        } else {
            return Err(MethodError::Magnitude { criterion });
        }
        pattern.push(column.iter().copied().fold(f64::NEG_INFINITY, f64::max));
    }
    let distance: Vec<f64> = turned
        .rows()
        .into_iter()
        .map(|row| {
            let squares =
                row.iter().zip(&pattern).zip(&votes).map(|((z, best), v)| v * (z - best) * (z - best));
            squares.sum::<f64>().sqrt()
        })
        .collect();
    let distances = SortedColumn::new(distance.iter().copied());
    let critical_distance = distances.mean() + 2.0 * distances.standard_deviation(ddof);
    let nearness = |d: &f64| if critical_distance > 0.0 { 1.0 - d / critical_distance } else { 1.0 };
    let score: Vec<f64> = distance.iter().map(nearness).collect();
    for (coordinate, orientation) in pattern.iter_mut().zip(orientations) {
        if matches!(orientation, Orientation::Destimulant) {
            *coordinate = 0.0 - *coordinate;
        }
    }
    let ranking = Ranking::of(&score, Ties::Competition);
    Ok(Hellwig { score, distance, critical_distance, pattern, ddof, ranking })
}
