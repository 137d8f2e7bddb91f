use ndarray::Array2;
use serde::{Deserialize, Serialize};

use super::random_walk::IndexForecast;
use super::{ExpectancyRule, FittedLeeCarter, MortalityModelError, Uncertainty, life_expectancy};
use crate::observation::{Sex, Year};

/// Rates from which a forecast starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JumpOff {
    /// Rates fitted by the model to the last year: the forecast follows the model, with a jump from what was seen.
    #[default]
    Fit,
    /// Rates observed in the last year: no jump, and the chance of that year is carried on (Lee & Miller 2001).
    Actual,
}

/// How a forecast is made.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ForecastOptions {
    /// Level of the intervals, 0.8 for 80 %.
    pub level: f64,
    /// Rates it starts from.
    pub jump_off: JumpOff,
    /// What the intervals hold.
    pub uncertainty: Uncertainty,
}

impl Default for ForecastOptions {
    /// 80 %, fitted rates, drift uncertain: the defaults of R `demography::forecast.lca`.
    fn default() -> Self {
        Self { level: 0.8, jump_off: JumpOff::default(), uncertainty: Uncertainty::default() }
    }
}

/// Rates forecast for one population.
///
/// # Formula
/// `m(x,T+h) = m(x,T) exp(b(x) (k(T+h) - k(T)))`, with `m(x,T)` the rates of the jump-off. The interval of a rate
/// is that of the index, carried through the formula; it leaves out the error `e(x,t)` of single ages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MortalityForecast {
    /// Ages.
    pub ages: Vec<u8>,
    /// Years forecast.
    pub years: Vec<Year>,
    /// Sex, `None` for both together.
    pub sex: Option<Sex>,
    /// Rates at the mean of the index, ages x years. As the index is normal, this is the median rate.
    pub mx: Array2<f64>,
    /// Lower end of the interval.
    pub lower: Array2<f64>,
    /// Upper end of the interval.
    pub upper: Array2<f64>,
    /// The index, on the scale of the fitted `k`; of a population of a Li-Lee model its own deviation.
    pub kt: IndexForecast,
    /// How it was made.
    pub options: ForecastOptions,
}

impl MortalityForecast {
    /// Life expectancy at the first age in every year of the forecast.
    ///
    /// # Errors
    /// A rate that left the range of numbers, by its age.
    pub fn life_expectancy(&self, rule: ExpectancyRule) -> Result<Vec<f64>, MortalityModelError> {
        let columns = self.mx.columns().into_iter();
        columns.map(|mx| life_expectancy(&mx.to_vec(), &self.ages, self.sex, rule)).collect()
    }
}

impl FittedLeeCarter {
    /// Rates of the next `horizon` years with intervals.
    ///
    /// # Errors
    /// A horizon of 0 or past the year 2200, a level that is none, an observed rate of zero to start from.
    pub fn forecast(
        &self,
        horizon: usize,
        options: ForecastOptions,
    ) -> Result<MortalityForecast, MortalityModelError> {
        let years = years_ahead(&self.years, horizon)?;
        let start = self.jump_off(options.jump_off)?;
        let kt = self.walk.forecast(horizon, options.level, options.uncertainty)?;
        let rates = |index: &[f64]| {
            Array2::from_shape_fn((start.len(), horizon), |(x, h)| {
                start[x] * (self.bx[x] * (index[h] - self.walk.last)).exp()
            })
        };
        let (mx, low, high) = (rates(&kt.mean), rates(&kt.lower), rates(&kt.upper));
        // Where b is negative, a higher index is a lower rate.
        let lower = ndarray::Zip::from(&low).and(&high).map_collect(|low, high| low.min(*high));
        let upper = ndarray::Zip::from(&low).and(&high).map_collect(|low, high| low.max(*high));
        Ok(MortalityForecast { ages: self.ages.clone(), years, sex: self.sex, mx, lower, upper, kt, options })
    }

    /// Rates of the last year, fitted or observed.
    pub(super) fn jump_off(&self, jump_off: JumpOff) -> Result<Vec<f64>, MortalityModelError> {
        expect_ages(&self.ages, [("ax", &self.ax), ("bx", &self.bx), ("last_mx", &self.last_mx)])?;
        match jump_off {
            JumpOff::Fit => {
                Ok(self.ax.iter().zip(&self.bx).map(|(a, b)| (a + b * self.walk.last).exp()).collect())
            }
            JumpOff::Actual => observed_jump_off(&self.last_mx, &self.ages, &self.years),
        }
    }
}

/// Vectors of a model have a value for every age; one read back from a file need not.
pub(super) fn expect_ages<const N: usize>(
    ages: &[u8],
    vectors: [(&'static str, &Vec<f64>); N],
) -> Result<(), MortalityModelError> {
    match vectors.into_iter().find(|(_, values)| values.len() != ages.len()) {
        Some((what, values)) => {
            Err(MortalityModelError::Length { what, got: values.len(), expected: ages.len() })
        }
        None => Ok(()),
    }
}

/// Observed rates of the last year, all above zero.
pub(super) fn observed_jump_off(
    last_mx: &[f64],
    ages: &[u8],
    years: &[Year],
) -> Result<Vec<f64>, MortalityModelError> {
    match (last_mx.iter().position(|rate| *rate <= 0.0), years.last()) {
        (Some(x), Some(&year)) => Err(MortalityModelError::ZeroJumpOff { age: ages[x], year }),
        _ => Ok(last_mx.to_vec()),
    }
}

/// The `horizon` years after the last of `years`.
pub(super) fn years_ahead(years: &[Year], horizon: usize) -> Result<Vec<Year>, MortalityModelError> {
    let last = years.last().map_or(0, |year| i64::from(year.get()));
    let ahead: Option<Vec<Year>> =
        (1..=horizon.min(1_000)).map(|h| Year::new(last + h as i64).ok()).collect();
    ahead.filter(|ahead| !ahead.is_empty()).ok_or(MortalityModelError::Option {
        what: "horizon",
        got: horizon as f64,
        expected: "one year or more, up to the year 2200",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_follow_the_last_and_end_at_2200() {
        let years = years_ahead(&[Year::constant(2019)], 2).unwrap();
        assert_eq!(years, [Year::constant(2020), Year::constant(2021)]);
        for horizon in [0, 182, usize::MAX] {
            assert!(years_ahead(&[Year::constant(2019)], horizon).is_err(), "{horizon}");
        }
    }
}
