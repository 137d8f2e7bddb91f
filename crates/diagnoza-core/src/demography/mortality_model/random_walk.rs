//! The time index as a random walk with drift, the uncertainty of its drift kept.

use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal};

use super::MortalityModelError;
use crate::observation::Year;

/// A random walk with drift, fitted.
///
/// # Formula
/// `k(t+1) = k(t) + d + e`, `e ~ N(0, s^2)`. With steps of `g` years between observations (1 unless years
/// were left out): `d = sum(dk) / sum(g)`, `s^2 = sum((dk - d g)^2 / g) / (n - 1)`, `n` steps,
/// `se(d) = s / sqrt(sum(g))`. With yearly data these are those of R `forecast::rwf(drift = TRUE)`.
///
/// Forecast `h` years ahead: mean `k + h d`, variance `h s^2 + h^2 se(d)^2`; without the second term
/// the drift is taken as known.
///
/// ```
/// use diagnoza_core::demography::mortality_model::{RandomWalk, Uncertainty};
/// use diagnoza_core::observation::Year;
/// let years: Vec<Year> = Year::constant(2015).through(Year::constant(2019)).collect();
/// let walk = RandomWalk::fit(&years, &[8.0, 6.5, 4.0, 2.5, 0.0])?;
/// assert!((walk.drift + 2.0).abs() < 1e-12);
/// let ahead = walk.forecast(2, 0.8, Uncertainty::InnovationsAndDrift)?;
/// assert!((ahead.mean[1] + 4.0).abs() < 1e-12 && ahead.lower[1] < -4.0);
/// # Ok::<(), diagnoza_core::demography::mortality_model::MortalityModelError>(())
/// ```
#[doc(alias = "błądzenie losowe z dryfem")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RandomWalk {
    /// Drift per year.
    pub drift: f64,
    /// Standard error of the drift.
    pub drift_se: f64,
    /// Standard deviation of the innovation of a year.
    pub innovation_sd: f64,
    /// The last value, from which forecasts start.
    pub last: f64,
}

/// Which uncertainty an interval or a simulation holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Uncertainty {
    /// Innovations of the years and the standard error of the drift.
    #[default]
    InnovationsAndDrift,
    /// Innovations alone: the drift is taken as known.
    Innovations,
}

/// A forecast of a time index, one value per year ahead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndexForecast {
    /// Mean.
    pub mean: Vec<f64>,
    /// Standard error.
    pub se: Vec<f64>,
    /// Lower end of the interval.
    pub lower: Vec<f64>,
    /// Upper end of the interval.
    pub upper: Vec<f64>,
}

impl RandomWalk {
    /// Fits the walk to values of increasing years, at least three.
    ///
    /// # Errors
    /// Too few values, another number of years, or years that do not increase.
    pub fn fit(years: &[Year], values: &[f64]) -> Result<Self, MortalityModelError> {
        let &[first, .., last] = values else {
            return Err(MortalityModelError::TooFew { what: "years", got: values.len(), needed: 3 });
        };
        let gaps = gaps(years, values.len())?;
        if gaps.len() < 2 {
            return Err(MortalityModelError::TooFew { what: "years", got: values.len(), needed: 3 });
        }
        if let Some(&got) = values.iter().find(|value| !value.is_finite()) {
            return Err(MortalityModelError::Option {
                what: "a value of the index",
                got,
                expected: "a number",
            });
        }
        let span: f64 = gaps.iter().sum();
        let drift = (last - first) / span;
        let squares: f64 = values
            .windows(2)
            .zip(&gaps)
            .map(|(pair, gap)| (pair[1] - pair[0] - drift * gap).powi(2) / gap)
            .sum();
        let innovation_sd = (squares / (gaps.len() - 1) as f64).sqrt();
        Ok(Self { drift, drift_se: innovation_sd / span.sqrt(), innovation_sd, last })
    }

    /// Mean and interval at `level` (0.8 for 80 %) for each of the next `horizon` years.
    ///
    /// # Errors
    /// A level that is not between 0 and 1.
    pub fn forecast(
        &self,
        horizon: usize,
        level: f64,
        uncertainty: Uncertainty,
    ) -> Result<IndexForecast, MortalityModelError> {
        let drift_variance = match uncertainty {
            Uncertainty::InnovationsAndDrift => self.drift_se.powi(2),
            Uncertainty::Innovations => 0.0,
        };
        let ahead = || (1..=horizon).map(|year| year as f64);
        let mean = ahead().map(|h| self.last + h * self.drift).collect();
        let se = ahead().map(|h| (h * self.innovation_sd.powi(2) + h * h * drift_variance).sqrt()).collect();
        IndexForecast::new(mean, se, level)
    }
}

impl IndexForecast {
    /// Normal intervals around a mean.
    pub(super) fn new(mean: Vec<f64>, se: Vec<f64>, level: f64) -> Result<Self, MortalityModelError> {
        let z = quantile(level)?;
        let at = |side: f64| mean.iter().zip(&se).map(|(mean, se)| mean + side * z * se).collect();
        let (lower, upper) = (at(-1.0), at(1.0));
        Ok(Self { mean, se, lower, upper })
    }
}

/// Half-width of a central normal interval in standard errors: 1.2816 for 0.8.
pub(super) fn quantile(level: f64) -> Result<f64, MortalityModelError> {
    if !(level > 0.0 && level < 1.0) {
        return Err(MortalityModelError::Option {
            what: "level",
            got: level,
            expected: "a share between 0 and 1, such as 0.8",
        });
    }
    Ok(Normal::standard().inverse_cdf(0.5 + level / 2.0))
}

/// Years between one value and the next.
pub(super) fn gaps(years: &[Year], values: usize) -> Result<Vec<f64>, MortalityModelError> {
    if years.len() != values {
        return Err(MortalityModelError::Length { what: "years", got: years.len(), expected: values });
    }
    years
        .windows(2)
        .map(|pair| match pair[1].get().checked_sub(pair[0].get()) {
            Some(gap) if gap > 0 => Ok(f64::from(gap)),
            _ => Err(MortalityModelError::Years { before: pair[0], got: pair[1] }),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn years(years: &[i64]) -> Vec<Year> {
        years.iter().map(|&year| Year::new(year).unwrap()).collect()
    }

    #[test]
    fn matches_rwf_on_a_small_series() {
        // Differences -1, -3, -2: mean -2, sd 1, se 1/sqrt(3).
        let walk = RandomWalk::fit(&years(&[2000, 2001, 2002, 2003]), &[6.0, 5.0, 2.0, 0.0]).unwrap();
        assert!((walk.drift + 2.0).abs() < 1e-15 && (walk.innovation_sd - 1.0).abs() < 1e-15);
        assert!((walk.drift_se - 1.0 / 3.0_f64.sqrt()).abs() < 1e-15);
        let full = walk.forecast(3, 0.95, Uncertainty::InnovationsAndDrift).unwrap();
        assert!((full.se[2] - (3.0_f64 + 9.0 / 3.0).sqrt()).abs() < 1e-12);
        let innovations = walk.forecast(3, 0.95, Uncertainty::Innovations).unwrap();
        assert!((innovations.upper[2] + 6.0 - 1.959_963_984_540_054 * 3.0_f64.sqrt()).abs() < 1e-9);
    }

    #[test]
    fn a_line_with_years_left_out_is_the_same_line() {
        let all: Vec<i64> = (2000..2020).collect();
        let line = |years: &[i64]| -> Vec<f64> { years.iter().map(|&year| -1.5 * year as f64).collect() };
        let gap: Vec<i64> = all.iter().copied().filter(|year| !(2010..2013).contains(year)).collect();
        for chosen in [&all, &gap] {
            let walk = RandomWalk::fit(&years(chosen), &line(chosen)).unwrap();
            assert!((walk.drift + 1.5).abs() < 1e-12 && walk.innovation_sd < 1e-9);
        }
    }

    #[test]
    fn what_cannot_be_fitted_is_refused() {
        assert!(RandomWalk::fit(&years(&[2000, 2001]), &[1.0, 2.0]).is_err());
        assert!(RandomWalk::fit(&[], &[]).is_err());
        assert!(RandomWalk::fit(&years(&[2000, 2001, 2002]), &[1.0, f64::NAN, 2.0]).is_err());
        assert!(RandomWalk::fit(&years(&[2000, 2000, 2002]), &[1.0, 1.0, 2.0]).is_err());
        let walk = RandomWalk::fit(&years(&[2000, 2001, 2002]), &[1.0, 1.0, 2.0]).unwrap();
        for level in [0.0, 1.0, 80.0, f64::NAN] {
            assert!(walk.forecast(1, level, Uncertainty::Innovations).is_err());
        }
    }
}
