use ndarray::{ArrayView1, ArrayView2, Axis};
use serde::{Deserialize, Serialize};

use super::Ranking;
use crate::selection::normalise::{
    Constant, MethodError, Normalisation, Orientation, Ties, check_orientations, normalise,
};
use crate::selection::weights::Weights;

/// Scores by TOPSIS.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Topsis {
    /// `C_i = d-_i / (d+_i + d-_i)`, 0 to 1.
    pub score: Vec<f64>,
    /// `d+_i`, distance from the ideal.
    pub to_ideal: Vec<f64>,
    /// `d-_i`, distance from the anti-ideal.
    pub to_anti_ideal: Vec<f64>,
    /// The best weighted normalised value of each criterion.
    pub ideal: Vec<f64>,
    /// The worst.
    pub anti_ideal: Vec<f64>,
    /// How the criteria were normalised; the score depends on it much.
    pub normalisation: Normalisation,
    /// Places by score.
    pub ranking: Ranking,
}

/// TOPSIS: near to the ideal, far from the anti-ideal.
///
/// # Formula
/// `v_ij = w_j z_ij`, `z` the normalised criterion, destimulants not turned; ideal `v+_j = max_i v_ij` for a stimulant
/// and a nominant, `min` for a destimulant, anti-ideal `v-_j` the opposite; `d+_i = sqrt(sum_j (v_ij - v+_j)^2)`, `d-_i`
/// likewise; `C_i = d-_i / (d+_i + d-_i)`. Hwang and Yoon normalise by `x / sqrt(sum(x^2))` (vector, n11); others by zero
/// unitarisation. A constant criterion counts for nothing; where all alternatives are equal `C` is 0.5. A change of unit
/// leaves `C` with every normalisation but n0; a shift changes it where the normalisation is a quotient (vector). Adding
/// an alternative can change the order of the others. Reference: Hwang, C.-L., Yoon, K. (1981) *Multiple
/// Attribute Decision Making*, 3.
///
/// # Errors
/// [`MethodError`] names what does not fit.
#[doc(alias = "metoda TOPSIS")]
pub fn topsis(
    values: ArrayView2<'_, f64>,
    weights: &Weights,
    orientations: &[Orientation],
    normalisation: &Normalisation,
) -> Result<Topsis, MethodError> {
    check_orientations(orientations, values.ncols())?;
    let as_given = |orientation: &Orientation| match orientation {
        Orientation::Destimulant => Orientation::Stimulant,
        other => *other,
    };
    let turned: Vec<Orientation> = orientations.iter().map(as_given).collect();
    let mut weighted = normalise(values, &turned, normalisation, Constant::Zero)?.values;
    for (mut column, &w) in weighted.axis_iter_mut(Axis(1)).zip(weights.check(values.ncols())?) {
        column.mapv_inplace(|z| w * z);
    }
    let (mut ideal, mut anti_ideal) = (Vec::new(), Vec::new());
    for (column, orientation) in weighted.columns().into_iter().zip(orientations) {
        let most = column.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let least = column.iter().copied().fold(f64::INFINITY, f64::min);
        let less = matches!(orientation, Orientation::Destimulant);
        ideal.push(if less { least } else { most });
        anti_ideal.push(if less { most } else { least });
    }
    let to =
        |point: &[f64]| -> Vec<f64> { weighted.rows().into_iter().map(|row| distance(row, point)).collect() };
    let (to_ideal, to_anti_ideal) = (to(&ideal), to(&anti_ideal));
    let closeness = |(best, worst): (&f64, &f64)| {
        let sum = best + worst;
        if sum > 0.0 { worst / sum } else { 0.5 }
    };
    let score: Vec<f64> = to_ideal.iter().zip(&to_anti_ideal).map(closeness).collect();
    if score.iter().chain(&to_ideal).chain(&to_anti_ideal).any(|number| !number.is_finite()) {
        return Err(MethodError::Overflow);
    }
    let ranking = Ranking::of(&score, Ties::Competition);
    let normalisation = normalisation.clone();
    Ok(Topsis { score, to_ideal, to_anti_ideal, ideal, anti_ideal, normalisation, ranking })
}

fn distance(row: ArrayView1<'_, f64>, point: &[f64]) -> f64 {
    row.iter().zip(point).map(|(v, p)| (v - p) * (v - p)).sum::<f64>().sqrt()
}
