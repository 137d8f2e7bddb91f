//! Lee-Carter by the Poisson likelihood of deaths, and the fit of any model to deaths.

use ndarray::ArrayView2;
use serde::{Deserialize, Serialize};
use statrs::function::gamma::ln_gamma;

use super::lee_carter::Parameters;
use super::{MortalityModelError, MortalitySurface};

/// How well a model fits deaths that are Poisson around `E m^`.
///
/// # Formula
/// Deviance `2 sum(D ln(D / (E m^)) - (D - E m^))`; log-likelihood `sum(D ln(E m^) - E m^ - ln D!)`; over the cells
/// with `E > 0`, times their weights. `2 A + T - 2` parameters for `A` ages and `T` years.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PoissonFit {
    /// Deviance.
    pub deviance: f64,
    /// Log-likelihood.
    pub log_likelihood: f64,
    /// Free parameters.
    pub parameters: usize,
    /// Cells with person-years and a weight above zero.
    pub observations: usize,
}

impl PoissonFit {
    /// Of `exp(a + b k)` to the deaths of a surface; `None` without exposure.
    pub(super) fn of(surface: &MortalitySurface, ax: &[f64], bx: &[f64], kt: &[f64]) -> Option<Self> {
        let exposure = surface.exposure()?;
        let mut fit = Self {
            deviance: 0.0,
            log_likelihood: 0.0,
            parameters: 2 * ax.len() + kt.len() - 2,
            observations: 0,
        };
        for ((x, t), &lived) in exposure.indexed_iter() {
            let weight = surface.weights().map_or(1.0, |weights| weights[[x, t]]);
            if lived > 0.0 && weight > 0.0 {
                let deaths = lived * surface.mx()[[x, t]];
                let log_fitted = lived.ln() + ax[x] + bx[x] * kt[t];
                fit.deviance += weight * deviance(deaths, log_fitted);
                let likelihood = deaths * log_fitted - log_fitted.exp() - ln_gamma(deaths + 1.0);
                fit.log_likelihood += weight * likelihood;
                fit.observations += 1;
            }
        }
        Some(fit)
    }

    /// Akaike's criterion, `2 parameters - 2 log-likelihood`.
    #[must_use]
    pub fn aic(&self) -> f64 {
        2.0 * self.parameters as f64 - 2.0 * self.log_likelihood
    }

    /// Bayes's criterion, `parameters ln(observations) - 2 log-likelihood`.
    #[must_use]
    pub fn bic(&self) -> f64 {
        self.parameters as f64 * (self.observations as f64).ln() - 2.0 * self.log_likelihood
    }
}

/// Contribution of a cell to the deviance.
fn deviance(deaths: f64, log_fitted: f64) -> f64 {
    let surprise = if deaths > 0.0 { deaths * (deaths.ln() - log_fitted) } else { 0.0 };
    2.0 * (surprise - deaths + log_fitted.exp())
}

/// Rounds before the likelihood is said to have no maximum; a national table needs about ten.
const ROUNDS: usize = 2_000;

/// Change of `k`, relative to its range, below which the rounds end.
const SETTLED: f64 = 1e-11;

/// The maximum of the likelihood.
///
/// Rounds of Newton steps: `a` and `b` of every age with `k` fixed, then `k` of every year with `a` and `b` fixed.
/// Each is a small concave problem, so that the likelihood rises in every step.
pub(super) fn estimate(surface: &MortalitySurface) -> Result<Parameters, MortalityModelError> {
    let exposure =
        surface.exposure().ok_or(MortalityModelError::ExposureNeeded { by: "the Poisson likelihood" })?;
    // A cell of weight w counts as w times its deaths and person-years.
    let exposure = surface.weights().map_or_else(|| exposure.to_owned(), |weights| &weights * &exposure);
    let deaths = &surface.mx() * &exposure;
    let mut fit = Rounds::start(surface, deaths.view(), exposure.view())?;
    let constant: f64 = fit.deviance();
    let mut change = f64::INFINITY;
    for _ in 0..ROUNDS {
        let before = fit.kt.clone();
        for age in 0..fit.ax.len() {
            fit.improve_age(age);
        }
        for year in 0..fit.kt.len() {
            fit.improve_year(year);
        }
        fit.restrict()?;
        let largest = |values: &mut dyn Iterator<Item = f64>| values.fold(0.0_f64, |a, b| a.max(b.abs()));
        let range = largest(&mut fit.kt.iter().copied()).max(f64::MIN_POSITIVE);
        change = largest(&mut fit.kt.iter().zip(&before).map(|(now, before)| now - before)) / range;
        if change < SETTLED {
            let explained = 1.0 - fit.deviance() / constant;
            return Ok(Parameters { ax: fit.ax, bx: fit.bx, kt: fit.kt, explained });
        }
        if !change.is_finite() {
            break;
        }
    }
    Err(MortalityModelError::NotConverged { iterations: ROUNDS, change })
}

struct Rounds<'a> {
    deaths: ArrayView2<'a, f64>,
    exposure: ArrayView2<'a, f64>,
    ax: Vec<f64>,
    bx: Vec<f64>,
    kt: Vec<f64>,
}

impl<'a> Rounds<'a> {
    /// Rates that never change, `b` equal at all ages, and `k` from the deaths of each year.
    fn start(
        surface: &MortalitySurface,
        deaths: ArrayView2<'a, f64>,
        exposure: ArrayView2<'a, f64>,
    ) -> Result<Self, MortalityModelError> {
        let mut ax = Vec::with_capacity(deaths.nrows());
        for (x, &age) in surface.ages().iter().enumerate() {
            let died = deaths.row(x).sum();
            if died <= 0.0 {
                return Err(MortalityModelError::NoDeathsAtAge { age });
            }
            ax.push((died / exposure.row(x).sum()).ln());
        }
        for (t, &year) in surface.years().iter().enumerate() {
            if deaths.column(t).sum() <= 0.0 {
                return Err(MortalityModelError::NoDeathsInYear { year });
            }
        }
        let bx = vec![1.0 / ax.len() as f64; ax.len()];
        Ok(Self { deaths, exposure, bx, kt: vec![0.0; deaths.ncols()], ax })
    }

    fn deviance(&self) -> f64 {
        let cells = self.exposure.indexed_iter().filter(|(_, lived)| **lived > 0.0);
        cells
            .map(|((x, t), lived)| {
                deviance(self.deaths[[x, t]], lived.ln() + self.ax[x] + self.bx[x] * self.kt[t])
            })
            .sum()
    }

    /// Log-likelihood of an age, but for a constant.
    fn age_likelihood(&self, age: usize, a: f64, b: f64) -> f64 {
        let cells = self.deaths.row(age).into_iter().zip(self.exposure.row(age)).zip(&self.kt);
        cells.map(|((deaths, lived), k)| deaths * (a + b * k) - lived * (a + b * k).exp()).sum()
    }

    /// One Newton step of `a` and `b` of an age.
    fn improve_age(&mut self, age: usize) {
        let (a, b) = (self.ax[age], self.bx[age]);
        let (mut score_a, mut score_b, mut aa, mut ab, mut bb) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for ((deaths, lived), k) in self.deaths.row(age).into_iter().zip(self.exposure.row(age)).zip(&self.kt)
        {
            let fitted = lived * (a + b * k).exp();
            score_a += deaths - fitted;
            score_b += k * (deaths - fitted);
            aa += fitted;
            ab += k * fitted;
            bb += k * k * fitted;
        }
        let determinant = aa * bb - ab * ab;
        // With k the same wherever people lived, b is not determined and stays.
        let (step_a, step_b) = if determinant > 1e-12 * aa * bb {
            ((bb * score_a - ab * score_b) / determinant, (aa * score_b - ab * score_a) / determinant)
        } else {
            (score_a / aa, 0.0)
        };
        let now = self.age_likelihood(age, a, b);
        let part = rising_part(|part| self.age_likelihood(age, a + part * step_a, b + part * step_b) - now);
        self.ax[age] += part * step_a;
        self.bx[age] += part * step_b;
    }

    /// Log-likelihood of a year, but for a constant.
    fn year_likelihood(&self, year: usize, k: f64) -> f64 {
        let cells = self.deaths.column(year).into_iter().zip(self.exposure.column(year));
        let pattern = self.ax.iter().zip(&self.bx);
        cells.zip(pattern).map(|((deaths, lived), (a, b))| deaths * b * k - lived * (a + b * k).exp()).sum()
    }

    /// One Newton step of `k` of a year.
    fn improve_year(&mut self, year: usize) {
        let k = self.kt[year];
        let (mut score, mut information) = (0.0, 0.0);
        let cells = self.deaths.column(year).into_iter().zip(self.exposure.column(year));
        for ((deaths, lived), (a, b)) in cells.zip(self.ax.iter().zip(&self.bx)) {
            let fitted = lived * (a + b * k).exp();
            score += b * (deaths - fitted);
            information += b * b * fitted;
        }
        if information > 0.0 {
            let step = score / information;
            let now = self.year_likelihood(year, k);
            let part = rising_part(|part| self.year_likelihood(year, k + part * step) - now);
            self.kt[year] += part * step;
        }
    }

    /// Restores `sum k = 0` and `sum b = 1`, which change no fitted rate.
    fn restrict(&mut self) -> Result<(), MortalityModelError> {
        let mean = self.kt.iter().sum::<f64>() / self.kt.len() as f64;
        let sum: f64 = self.bx.iter().sum();
        if sum.abs() <= 1e-9 {
            return Err(MortalityModelError::NoChange);
        }
        for (a, b) in self.ax.iter_mut().zip(&mut self.bx) {
            *a += *b * mean;
            *b /= sum;
        }
        for k in &mut self.kt {
            *k = (*k - mean) * sum;
        }
        Ok(())
    }
}

/// The part of a Newton step to take: halved until the likelihood does not fall, but for rounding.
fn rising_part(gain: impl Fn(f64) -> f64) -> f64 {
    let mut part = 1.0;
    for _ in 0..30 {
        let gained = gain(part);
        if gained.is_finite() && gained > -1e-6 {
            return part;
        }
        part /= 2.0;
    }
    0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_deviance_of_a_perfect_fit_is_zero() {
        assert!(deviance(12.0, 12.0_f64.ln()).abs() < 1e-12);
        assert!((deviance(0.0, 2.0_f64.ln()) - 4.0).abs() < 1e-12);
    }
}
