//! Life expectancy from survival ratios, and survival ratios of a wanted life expectancy.

use ndarray::{Array1, ArrayView1};

/// Life expectancy at birth of a set of survival ratios, in years.
///
/// # Formula
/// `e0 = sum L(a)` with `L(0) = S(birth)`, `L(a+1) = L(a) S(a)` and the open group
/// `L(A-2) S(A-2) / (1 - S(open))`: survival ratios are ratios of person-years `L` of a
/// life table with radix 1.
///
/// Shape: `(A+1)`, birth first, the open group last. `None` when nobody of the open group
/// dies or there are fewer than two ages.
#[must_use]
pub fn life_expectancy(survival: ArrayView1<'_, f64>) -> Option<f64> {
    let (&open, closed) = survival.as_slice()?.split_last()?;
    let (&into_open, closed) = closed.split_last()?;
    if open >= 1.0 {
        return None;
    }
    let mut person_years = 1.0;
    let mut total = 0.0;
    for ratio in closed {
        person_years *= ratio;
        total += person_years;
    }
    Some(total + person_years * into_open / (1.0 - open))
}

/// Why a life expectancy cannot be reached.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error(
    "life expectancy {target:.2} cannot be reached from {current:.2} by a common factor on death rates (limits {low:.2} to {high:.2})"
)]
pub struct UnreachableLifeExpectancy {
    /// Life expectancy wanted.
    pub target: f64,
    /// Life expectancy of the ratios given.
    pub current: f64,
    /// Lowest that can be reached.
    pub low: f64,
    /// Highest that can be reached.
    pub high: f64,
}

/// Survival ratios whose life expectancy is `years` higher, all death rates multiplied by one factor.
///
/// # Formula
/// `S'(a) = S(a)^k`, that is `-ln S' = k (-ln S)`: proportional hazards at all ages. `k` is
/// solved so that e0 moves by `years`, between 1/50 and 50.
///
/// # Errors
/// [`UnreachableLifeExpectancy`] when no such factor exists.
#[doc(alias = "proportional hazards")]
pub fn shift_life_expectancy(
    survival: ArrayView1<'_, f64>,
    years: f64,
) -> Result<Array1<f64>, UnreachableLifeExpectancy> {
    let logs = survival.mapv(f64::ln);
    let scaled = |log_factor: f64| logs.mapv(|log| (log * log_factor.exp()).exp());
    let e0 = |log_factor: f64| life_expectancy(scaled(log_factor).view()).unwrap_or(f64::INFINITY);
    let current = e0(0.0);
    let limit = 50.0_f64.ln();
    let unreachable =
        UnreachableLifeExpectancy { target: current + years, current, low: e0(limit), high: e0(-limit) };
    let root = super::root::find(|x| e0(x) - (current + years), -limit, limit, 1e-10).ok_or(unreachable)?;
    Ok(scaled(root))
}

#[cfg(test)]
mod tests {
    use ndarray::arr1;

    use super::*;

    #[test]
    fn a_stationary_hazard_has_its_closed_form() {
        // S = 0.9 everywhere: e0 = 0.9 / (1 - 0.9).
        let e0 = life_expectancy(arr1(&[0.9; 30]).view()).unwrap();
        assert!((e0 - 9.0).abs() < 1e-12, "{e0}");
        assert_eq!(life_expectancy(arr1(&[0.9, 0.9, 1.0]).view()), None);
    }

    #[test]
    fn a_shift_is_reached_or_refused() {
        let ratios = arr1(&[0.995, 0.999, 0.99, 0.95, 0.8]);
        let before = life_expectancy(ratios.view()).unwrap();
        for years in [-2.0, 0.0, 1.5] {
            let shifted = shift_life_expectancy(ratios.view(), years).unwrap();
            assert!((life_expectancy(shifted.view()).unwrap() - before - years).abs() < 1e-8);
        }
        assert!(shift_life_expectancy(ratios.view(), 1e6).is_err());
    }
}
