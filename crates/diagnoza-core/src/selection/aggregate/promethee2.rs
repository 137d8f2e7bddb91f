//! PROMETHEE II: flows of preference between all pairs of alternatives.
//!
//! # Formula
//! With `P_j` the [`Preference`] function of criterion j and `d_j(a, b)` the lead of a over b in it,
//! `pi(a, b) = sum_j w_j P_j(d_j(a, b))`; positive flow `phi+(a) = sum_b pi(a, b) / (n - 1)`, negative flow
//! `phi-(a) = sum_b pi(b, a) / (n - 1)`, net flow `phi = phi+ - phi-`, from -1 to 1. One alternative has flows of 0. A
//! change of unit leaves the flows if the thresholds change with it. Adding an alternative can change the order of others.
//! Reference: Brans, J.-P., Vincke, P. (1985) Management Science 31(6), 647-656.
//!
//! # Time
//! All functions but the Gaussian are constant or straight between thresholds. In sorted values those whom a leads
//! by more than a threshold are the first ones up to some place, which only moves on as a rises; their number
//! and the difference of two prefix sums give the flow. That makes O(n log n) for a criterion instead of O(n^2), which
//! the Gaussian needs. References: Calders, T., Van Assche, D. (2018) *PROMETHEE is not quadratic*, Omega 76.

use ndarray::{Array2, ArrayView2};
use serde::{Deserialize, Serialize};

use super::Ranking;
use super::preference::{Between, Preference};
use crate::selection::normalise::{MethodError, Orientation, Ties, Turning, check_length, orient};
use crate::selection::weights::Weights;

/// Flows by PROMETHEE II.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Promethee2 {
    /// Net flow.
    pub score: Vec<f64>,
    /// Positive flow: how much an alternative is preferred to the others.
    pub positive: Vec<f64>,
    /// Negative flow: how much the others are preferred to it.
    pub negative: Vec<f64>,
    /// Net flow in each criterion alone, unweighted, alternatives x criteria; `score = sum_j w_j phi_j`.
    pub by_criterion: Array2<f64>,
    /// The preference function of each criterion.
    pub preferences: Vec<Preference>,
    /// Places by net flow.
    pub ranking: Ranking,
}

/// Flows of preference; see the formula of the module.
///
/// # Errors
/// [`MethodError`] names the criterion whose threshold is none.
pub fn promethee2(
    values: ArrayView2<'_, f64>,
    weights: &Weights,
    orientations: &[Orientation],
    preferences: &[Preference],
) -> Result<Promethee2, MethodError> {
    let turned = orient(values, orientations, Turning::Difference)?;
    let (n, m) = turned.dim();
    let weights = weights.check(m)?;
    check_length("preferences", preferences.len(), m)?;
    let others = n.saturating_sub(1).max(1) as f64;
    let (mut positive, mut negative) = (vec![0.0; n], vec![0.0; n]);
    let mut by_criterion = Array2::zeros((n, m));
    for (criterion, (&preference, &w)) in preferences.iter().zip(weights).enumerate() {
        preference.check(criterion)?;
        let mut sorted: Vec<(f64, usize)> =
            turned.column(criterion).iter().enumerate().map(|(alternative, &x)| (x, alternative)).collect();
        sorted.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let order: Vec<f64> = sorted.iter().map(|&(x, _)| x).collect();
        let flows = match (preference, preference.pieces()) {
            (Preference::Gaussian { s }, _) => gaussian(&order, s),
            (_, Some((q, p, between))) => piecewise(&order, q, p, between),
            (_, None) => Vec::new(),
        };
        for (&(_, alternative), (ahead, behind)) in sorted.iter().zip(flows) {
            if !(ahead.is_finite() && behind.is_finite()) {
                return Err(MethodError::Magnitude { criterion });
            }
            positive[alternative] += w * ahead / others;
            negative[alternative] += w * behind / others;
            by_criterion[(alternative, criterion)] = (ahead - behind) / others;
        }
    }
    let score: Vec<f64> = positive.iter().zip(&negative).map(|(ahead, behind)| ahead - behind).collect();
    let ranking = Ranking::of(&score, Ties::Competition);
    let preferences = preferences.to_vec();
    Ok(Promethee2 { score, positive, negative, by_criterion, preferences, ranking })
}

/// Sums of the preference for each of the ascending values over all others, and of the others over it.
fn piecewise(ascending: &[f64], q: f64, p: f64, between: Between) -> Vec<(f64, f64)> {
    let n = ascending.len();
    // Prefix sums about the middle value lose fewer digits than about 0.
    let middle = ascending[n / 2];
    let mut prefix = Vec::with_capacity(n + 1);
    prefix.push(0.0);
    let mut sum = 0.0;
    for x in ascending {
        sum += x - middle;
        prefix.push(sum);
    }
    let slope = |lead: f64, count: usize| match between {
        Between::Half => count as f64 / 2.0,
        Between::Slope => ((lead - q * count as f64) / (p - q)).clamp(0.0, count as f64),
    };
    // The first places: so many are led by more than q, by more than p; so many are not led by x - ... .
    let (mut led_q, mut led_p, mut near_q, mut near_p) = (0, 0, 0, 0);
    let flow = |&x: &f64| {
        while x - ascending[led_q] > q {
            led_q += 1;
        }
        while x - ascending[led_p] > p {
            led_p += 1;
        }
        while near_q < n && ascending[near_q] - x <= q {
            near_q += 1;
        }
        while near_p < n && ascending[near_p] - x <= p {
            near_p += 1;
        }
        let (mut ahead, mut behind) = (led_p as f64, (n - near_p) as f64);
        if led_q > led_p {
            let count = led_q - led_p;
            ahead += slope((x - middle) * count as f64 - (prefix[led_q] - prefix[led_p]), count);
        }
        if near_p > near_q {
            let count = near_p - near_q;
            behind += slope(prefix[near_p] - prefix[near_q] - (x - middle) * count as f64, count);
        }
        (ahead, behind)
    };
    ascending.iter().map(flow).collect()
}

/// The same for the Gaussian, pair by pair.
fn gaussian(ascending: &[f64], s: f64) -> Vec<(f64, f64)> {
    let preference = |d: f64| -(-(d / s) * (d / s) / 2.0).exp_m1();
    let flow = |&x: &f64| {
        let over = |led: &dyn Fn(f64) -> f64| -> f64 {
            ascending.iter().map(|&other| led(other)).filter(|&d| d > 0.0).map(preference).sum()
        };
        (over(&|other| x - other), over(&|other| other - x))
    };
    ascending.iter().map(flow).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn preference(kind: u8, q: f64, p: f64) -> Preference {
        match kind {
            0 => Preference::Usual,
            1 => Preference::UShape { q },
            2 => Preference::VShape { p },
            3 => Preference::Level { q, p },
            4 => Preference::Linear { q, p },
            _ => Preference::Gaussian { s: p.max(0.5) },
        }
    }

    /// The functions of the paper, one pair at a time.
    fn by_definition(preference: Preference, d: f64) -> f64 {
        let at = |yes: bool| if yes { 1.0 } else { 0.0 };
        match preference {
            _ if d <= 0.0 => 0.0,
            Preference::Usual => 1.0,
            Preference::UShape { q } => at(d > q),
            Preference::VShape { p } => {
                if d > p {
                    1.0
                } else {
                    d / p
                }
            }
            Preference::Level { q, p } => (at(d > q) + at(d > p)) / 2.0,
            Preference::Linear { q, p } => {
                if d > p {
                    1.0
                } else if d > q {
                    (d - q) / (p - q)
                } else {
                    0.0
                }
            }
            Preference::Gaussian { s } => 1.0 - (-d * d / (2.0 * s * s)).exp(),
        }
    }

    proptest! {
        #[test]
        fn sorted_flows_equal_the_sum_over_pairs(
            cells in prop::collection::vec(-4..9_i32, 1..25), kind in 0..6_u8, q in 0..4_u8, more in 0..4_u8,
            direction in any::<bool>(),
        ) {
            // Quarters are exact in binary, so that leads meet the thresholds exactly.
            let values = Array2::from_shape_fn((cells.len(), 1), |(i, _)| f64::from(cells[i]) / 4.0);
            let (q, p) = (f64::from(q) / 4.0, f64::from(q + more) / 4.0);
            let preference = preference(kind, q, p);
            let direction = if direction { Orientation::Stimulant } else { Orientation::Destimulant };
            let equal = Weights::equal(1).unwrap();
            let found = promethee2(values.view(), &equal, &[direction], &[preference]).unwrap();
            let sign = if direction == Orientation::Stimulant { 1.0 } else { -1.0 };
            let others = (cells.len() - 1).max(1) as f64;
            for i in 0..cells.len() {
                let over = |sign: f64| (0..cells.len())
                    .map(|k| by_definition(preference, sign * (values[(i, 0)] - values[(k, 0)]))).sum::<f64>() / others;
                prop_assert!((found.positive[i] - over(sign)).abs() < 1e-12);
                prop_assert!((found.negative[i] - over(-sign)).abs() < 1e-12);
                prop_assert!((found.by_criterion[(i, 0)] - found.score[i]).abs() < 1e-12);
            }
            prop_assert!(found.score.iter().sum::<f64>().abs() < 1e-11);
        }
    }

    #[test]
    fn thresholds_are_checked() {
        let values = ndarray::array![[1.0], [2.0]];
        let error = |preference| {
            let equal = Weights::equal(1).unwrap();
            promethee2(values.view(), &equal, &[Orientation::Stimulant], &[preference])
                .unwrap_err()
                .to_string()
        };
        assert_eq!(
            error(Preference::Linear { q: 2.0, p: 1.0 }),
            "criterion 0: preference threshold p is 1; expected a number not below the indifference threshold q"
        );
        assert!(error(Preference::UShape { q: -1.0 }).contains("threshold q is -1"));
        assert!(error(Preference::Gaussian { s: 0.0 }).contains("width s"));
        assert!(error(Preference::VShape { p: f64::NAN }).contains("NaN"));
    }
}
