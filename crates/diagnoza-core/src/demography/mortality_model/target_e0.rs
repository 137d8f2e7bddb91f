//! Death rates that have a given life expectancy.

use serde::{Deserialize, Serialize};

use super::MortalityModelError;
use super::expectancy::{ExpectancyRule, LifeTableFrame};
use crate::observation::Sex;

/// How a life expectancy is searched for.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct E0Search {
    /// Life table.
    pub rule: ExpectancyRule,
    /// Distance to the target at which the search ends, in years. R `MortCast` ends at 0.01; with that
    /// tolerance the rates are its rates.
    pub tolerance: f64,
}

impl Default for E0Search {
    /// The United Nations' life table, to a billionth of a year.
    fn default() -> Self {
        Self { rule: ExpectancyRule::UnAndreevKingkade, tolerance: 1e-9 }
    }
}

/// Rates found for a life expectancy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TargetedMortality {
    /// Rates by age.
    pub mx: Vec<f64>,
    /// The index `k` that gives them.
    pub kt: f64,
    /// Their life expectancy: the target within the tolerance.
    pub e0: f64,
}

/// Rates `m(x) = exp(a(x) + b(x) k)` whose life expectancy at the first age is `target`.
///
/// `k` is found by bisection between the level at which the highest rate is 1 and the level at which the lowest is
/// `exp(-12)` (as R `MortCast`), moved outwards where the target lies beyond.
///
/// ```
/// use diagnoza_core::demography::mortality_model::{E0Search, mx_from_e0};
/// let ages: Vec<u8> = (0..=100).collect();
/// let ax: Vec<f64> = ages.iter().map(|&age| -9.5 + 0.09 * f64::from(age)).collect();
/// let bx = vec![1.0 / 101.0; 101];
/// let found = mx_from_e0(80.0, &ax, &bx, &ages, None, E0Search::default())?;
/// assert!((found.e0 - 80.0).abs() < 1e-9);
/// # Ok::<(), diagnoza_core::demography::mortality_model::MortalityModelError>(())
/// ```
///
/// # Errors
/// Vectors of other lengths, parameters that are not numbers, a target that no level gives.
#[doc(alias = "MortCast")]
pub fn mx_from_e0(
    target: f64,
    ax: &[f64],
    bx: &[f64],
    ages: &[u8],
    sex: Option<Sex>,
    search: E0Search,
) -> Result<TargetedMortality, MortalityModelError> {
    for (what, values) in [("ax", ax), ("bx", bx)] {
        if values.len() != ages.len() {
            return Err(MortalityModelError::Length { what, got: values.len(), expected: ages.len() });
        }
        if let Some((&got, &age)) = values.iter().zip(ages).find(|(value, _)| !value.is_finite()) {
            return Err(MortalityModelError::Parameter { what, got, age, expected: "a number" });
        }
    }
    let frame = LifeTableFrame::new(ages, sex, search.rule)?;
    let pattern = Pattern { ax, bx, floor: &[], frame: &frame };
    pattern.solve(target, 0, search.tolerance)
}

/// A pattern of rates by age that a level `k` moves.
pub(super) struct Pattern<'a> {
    pub(super) ax: &'a [f64],
    pub(super) bx: &'a [f64],
    /// Rates may not fall below these; empty where there is no floor.
    pub(super) floor: &'a [f64],
    pub(super) frame: &'a LifeTableFrame,
}

/// Levels at which `exp` leaves the range of numbers.
const FURTHEST: f64 = 708.0;

impl Pattern<'_> {
    fn at(&self, kt: f64) -> TargetedMortality {
        let floor = self.floor.iter().copied().chain(std::iter::repeat(0.0));
        let ages = self.ax.iter().zip(self.bx).zip(floor);
        let mx: Vec<f64> = ages.map(|((a, b), floor)| (a + b * kt).exp().max(floor)).collect();
        let e0 = self.frame.expectancy(&mx);
        TargetedMortality { mx, kt, e0 }
    }

    /// The level whose life expectancy is the target; `position` of the target is for the error.
    pub(super) fn solve(
        &self,
        target: f64,
        position: usize,
        tolerance: f64,
    ) -> Result<TargetedMortality, MortalityModelError> {
        if !(target.is_finite() && target > 0.0) {
            return Err(MortalityModelError::Option { what: "e0", got: target, expected: "years above 0" });
        }
        if !(tolerance.is_finite() && tolerance >= 1e-11) {
            let (what, expected) = ("the tolerance of e0", "at least 1e-11 years");
            return Err(MortalityModelError::Option { what, got: tolerance, expected });
        }
        let (mut short, mut long) = self.bracket()?;
        let (mut lowest, mut highest) = (self.at(short).e0, self.at(long).e0);
        while lowest > target && short < FURTHEST {
            short = (2.0 * short.max(1.0)).min(FURTHEST);
            lowest = self.at(short).e0;
        }
        while highest < target && long > -FURTHEST {
            long = (2.0 * long.min(-1.0)).max(-FURTHEST);
            highest = self.at(long).e0;
        }
        if target < lowest || target > highest {
            return Err(MortalityModelError::OutOfReach { target, position, lowest, highest });
        }
        let mut found = self.at(f64::midpoint(short, long));
        for _ in 0..200 {
            if (found.e0 - target).abs() <= tolerance {
                return Ok(found);
            }
            if found.e0 < target {
                short = found.kt;
            } else {
                long = found.kt;
            }
            found = self.at(f64::midpoint(short, long));
        }
        Err(MortalityModelError::OutOfReach { target, position, lowest, highest })
    }

    /// Levels of short and of long life.
    fn bracket(&self) -> Result<(f64, f64), MortalityModelError> {
        let positive = || self.bx.iter().copied().filter(|b| *b > 0.0);
        let (fastest, slowest) = (positive().fold(0.0, f64::max), positive().fold(f64::INFINITY, f64::min));
        if fastest <= 0.0 {
            return Err(MortalityModelError::NoChange);
        }
        let highest = self.ax.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let lowest = self.ax.iter().copied().fold(f64::INFINITY, f64::min);
        let least = (lowest - 0.1).min(-12.0).floor();
        let short = (-highest / fastest).min(f64::MAX.ln());
        let long = ((least - lowest) / slowest).max(f64::MIN_POSITIVE.ln());
        Ok((short, long))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gompertz() -> (Vec<u8>, Vec<f64>, Vec<f64>) {
        let ages: Vec<u8> = (0..=110).collect();
        let ax = ages.iter().map(|&age| -9.5 + 0.09 * f64::from(age)).collect();
        let bx = ages.iter().map(|&age| (120.0 - f64::from(age)) / 1e4).collect();
        (ages, ax, bx)
    }

    #[test]
    fn targets_are_met_far_and_near() {
        let (ages, ax, bx) = gompertz();
        for target in [20.0, 50.0, 75.5, 83.0, 95.0] {
            for rule in [ExpectancyRule::Demography, ExpectancyRule::UnAndreevKingkade] {
                let search = E0Search { rule, ..E0Search::default() };
                let found = mx_from_e0(target, &ax, &bx, &ages, Some(Sex::Male), search).unwrap();
                assert!((found.e0 - target).abs() <= 1e-9, "{target}");
            }
        }
    }

    #[test]
    fn what_no_level_gives_is_refused() {
        let (ages, ax, bx) = gompertz();
        let solve = |target| mx_from_e0(target, &ax, &bx, &ages, None, E0Search::default());
        for target in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(matches!(solve(target), Err(MortalityModelError::Option { .. })), "{target}");
        }
        // A pattern whose first age alone changes cannot give 150 years.
        let mut first = vec![0.0; 111];
        first[0] = 1.0;
        let error = mx_from_e0(150.0, &ax, &first, &ages, None, E0Search::default()).unwrap_err();
        assert!(matches!(error, MortalityModelError::OutOfReach { position: 0, .. }), "{error}");
        assert!(mx_from_e0(80.0, &ax, &[0.0; 111], &ages, None, E0Search::default()).is_err());
        assert!(mx_from_e0(80.0, &ax[1..], &bx, &ages, None, E0Search::default()).is_err());
        let exact = E0Search { tolerance: 0.0, ..E0Search::default() };
        assert!(mx_from_e0(80.0, &ax, &bx, &ages, None, exact).is_err());
    }
}
