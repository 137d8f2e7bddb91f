//! GDM, the generalised distance measure, from the pattern of best values.
//!
//! # Formula
//! To the n alternatives the pattern p is added: the best value of every criterion, so that N = n + 1. Then
//! `d_ip = 1/2 - [sum_j w_j a_ipj b_pij + sum_j sum_l w_j a_ilj b_plj] / (2 sqrt(sum_j sum_l w_j a_ilj^2 sum_j sum_l w_j b_plj^2))`,
//! l over the others. Metric criteria (GDM1) have `a_ilj = x_ij - x_lj`, `b_plj = x_pj - x_lj`; ordinal ones (GDM2) the
//! sign of that difference. `d` lies in 0 to 1, 0 at the pattern; the score is `1 - d`. Sums over l are not made one by
//! one: with `c` the deviation from the mean of the N values and `Q` the sum of `c^2`,
//! `sum_l (x_i - x_l)(x_p - x_l) = N c_i c_p + Q`; with signs the sums are counts of lower and higher values.
//! GDM1 depends on units, so criteria are normalised, pattern included, by the formula named; GDM2 on orders alone.
//! Where every alternative equals the pattern the distance is 0. References: Walesiak, M. (1999) Argumenta
//! Oeconomica 2(8); Walesiak (2016) *Uogólniona miara odległości GDM*, UE Wrocław; clusterSim `pattern.GDM1`, `pattern.GDM2`.

use ndarray::{Array1, ArrayView2, Axis, concatenate};
use serde::{Deserialize, Serialize};

use super::Ranking;
use crate::selection::normalise::{
    Constant, Formula, MethodError, Normalisation, Orientation, SortedColumn, Ties, Turning, normalise,
    orient,
};
use crate::selection::weights::Weights;

/// The scale on which the criteria are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GdmScale {
    /// GDM1: differences count. The criteria are normalised by the formula first.
    Metric {
        /// Normalisation of the criteria, pattern included; n0 for none.
        normalisation: Formula,
    },
    /// GDM2: only the order counts.
    Ordinal,
}

/// Scores by the generalised distance measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gdm {
    /// `1 - d_i`.
    pub score: Vec<f64>,
    /// `d_i`, distance from the pattern.
    pub distance: Vec<f64>,
    /// The pattern as compared: turned and, in GDM1, normalised.
    pub pattern: Vec<f64>,
    /// Which of the two measures.
    pub scale: GdmScale,
    /// Places by score.
    pub ranking: Ranking,
}

/// Generalised distance from the pattern of best values; see the formula of the module.
///
/// # Errors
/// [`MethodError`] names what does not fit.
#[doc(alias = "uogólniona miara odległości GDM")]
pub fn gdm(
    values: ArrayView2<'_, f64>,
    weights: &Weights,
    orientations: &[Orientation],
    scale: GdmScale,
) -> Result<Gdm, MethodError> {
    let turning = match scale {
        GdmScale::Metric { normalisation } => normalisation.turning(),
        GdmScale::Ordinal => Turning::Difference,
    };
    let turned = orient(values, orientations, turning)?;
    let (n, m) = turned.dim();
    let weights = weights.check(m)?;
    let best = turned.fold_axis(Axis(0), f64::NEG_INFINITY, |most, &x| most.max(x));
    let both = concatenate(Axis(0), &[turned.view(), best.view().insert_axis(Axis(0))])
        .map_err(|_| MethodError::Length { what: "the pattern", got: best.len(), expected: m })?;
    let both = match scale {
        GdmScale::Metric { normalisation } => {
            let formula = Normalisation::Formula(normalisation);
            normalise(both.view(), &vec![Orientation::Stimulant; m], &formula, Constant::Zero)?.values
        }
        GdmScale::Ordinal => both,
    };
    let mut sums = Sums { own: Array1::zeros(n), joint: Array1::zeros(n), pattern: 0.0 };
    for ((criterion, column), &w) in both.columns().into_iter().enumerate().zip(weights) {
        let column = column.to_vec();
        match scale {
            GdmScale::Metric { .. } => sums.add_metric(&column, w),
            GdmScale::Ordinal => sums.add_ordinal(&column, w),
        }
        if !(sums.pattern.is_finite() && sums.own.iter().chain(&sums.joint).all(|s| s.is_finite())) {
            return Err(MethodError::Magnitude { criterion });
        }
    }
    let distance = sums.distances();
    let score: Vec<f64> = distance.iter().map(|d| 1.0 - d).collect();
    let ranking = Ranking::of(&score, Ties::Competition);
    Ok(Gdm { score, distance, pattern: both.row(n).to_vec(), scale, ranking })
}

/// Sums over criteria: of each alternative, of it with the pattern, of the pattern.
struct Sums {
    own: Array1<f64>,
    joint: Array1<f64>,
    pattern: f64,
}

impl Sums {
    /// Adds a criterion of which the last value is the pattern's, the highest.
    fn add_metric(&mut self, column: &[f64], w: f64) {
        let sorted = SortedColumn::new(column.iter().copied());
        let (mean, count) = (sorted.mean(), column.len() as f64);
        let squares = sorted.squares_about(mean);
        let best = sorted.max() - mean;
        for (i, x) in column.iter().take(self.own.len()).enumerate() {
            let c = x - mean;
            self.own[i] += w * (count * c * c + squares);
            self.joint[i] += w * (count * c * best + squares - (c - best) * (c - best));
        }
        self.pattern += w * (count * best * best + squares);
    }

    /// As above, differences replaced by their signs.
    fn add_ordinal(&mut self, column: &[f64], w: f64) {
        let sorted = SortedColumn::new(column.iter().copied());
        let values = sorted.values();
        let count = values.len() as f64;
        let lower = |x: f64| values.partition_point(|&other| other < x) as f64;
        let higher = |x: f64| count - values.partition_point(|&other| other <= x) as f64;
        let below_best = lower(sorted.max());
        for (i, &x) in column.iter().take(self.own.len()).enumerate() {
            let (below, above) = (lower(x), higher(x));
            self.own[i] += w * (below + above);
            // Values below both agree, values between disagree; the best itself has none above.
            let joint = if x < sorted.max() { below - (below_best - (count - above)) - 1.0 } else { below };
            self.joint[i] += w * joint;
        }
        self.pattern += w * below_best;
    }

    fn distances(&self) -> Vec<f64> {
        let distance = |(&own, &joint): (&f64, &f64)| {
            let norm = own.sqrt() * self.pattern.sqrt();
            if norm > 0.0 { (0.5 - joint / (2.0 * norm)).clamp(0.0, 1.0) } else { 0.0 }
        };
        self.own.iter().zip(&self.joint).map(distance).collect()
    }
}

#[cfg(test)]
mod tests {
    use ndarray::{Array2, array};

    use super::*;

    /// The double sum of the definition.
    fn by_definition(both: &Array2<f64>, weights: &[f64], ordinal: bool) -> Vec<f64> {
        let (count, m) = both.dim();
        let p = count - 1;
        let a = |i: usize, l: usize, j: usize| {
            let difference = both[(i, j)] - both[(l, j)];
            if ordinal { if difference.abs() > 0.0 { difference.signum() } else { 0.0 } } else { difference }
        };
        let over = |of: &dyn Fn(usize, usize) -> f64| -> f64 {
            (0..m).map(|j| weights[j] * (0..count).map(|l| of(l, j)).sum::<f64>()).sum()
        };
        (0..p)
            .map(|i| {
                let direct: f64 = (0..m).map(|j| weights[j] * a(i, p, j) * a(p, i, j)).sum();
                let joint = over(&|l, j| if l == i || l == p { 0.0 } else { a(i, l, j) * a(p, l, j) });
                let own = over(&|l, j| a(i, l, j) * a(i, l, j)) * over(&|l, j| a(p, l, j) * a(p, l, j));
                0.5 - (direct + joint) / (2.0 * own.sqrt())
            })
            .collect()
    }

    #[test]
    fn sums_by_counts_equal_the_definition() {
        let values =
            array![[1.0, 9.0, 3.0], [4.0, 2.0, 3.0], [4.0, 7.0, 8.0], [2.0, 7.0, 5.0], [0.0, 1.0, 8.0]];
        let directions = [Orientation::Stimulant, Orientation::Destimulant, Orientation::Stimulant];
        let weights = Weights::given(&[0.5, 0.3, 0.2]).unwrap();
        let turned = orient(values.view(), &directions, Turning::Difference).unwrap();
        let both = concatenate(Axis(0), &[turned.view(), array![[4.0, -1.0, 8.0]].view()]).unwrap();
        for (scale, ordinal) in
            [(GdmScale::Metric { normalisation: Formula::N0 }, false), (GdmScale::Ordinal, true)]
        {
            let found = gdm(values.view(), &weights, &directions, scale).unwrap();
            let expected = by_definition(&both, weights.as_slice(), ordinal);
            for (got, expected) in found.distance.iter().zip(expected) {
                assert!((got - expected).abs() < 1e-12, "{scale:?}: {got} {expected}");
            }
            assert_eq!(found.pattern, [4.0, -1.0, 8.0]);
        }
    }

    #[test]
    fn the_best_of_all_has_distance_zero_and_equals_are_no_error() {
        let values = array![[3.0, 1.0], [1.0, 5.0]];
        let directions = [Orientation::Stimulant, Orientation::Destimulant];
        let equal = Weights::equal(2).unwrap();
        for scale in [GdmScale::Metric { normalisation: Formula::N1 }, GdmScale::Ordinal] {
            let found = gdm(values.view(), &equal, &directions, scale).unwrap();
            assert!(found.distance[0].abs() < 1e-15 && found.distance[1] > 0.5, "{scale:?} {found:?}");
            let same = gdm(array![[3.0, 1.0], [3.0, 1.0]].view(), &equal, &directions, scale).unwrap();
            assert_eq!(same.score, [1.0, 1.0]);
        }
    }
}
