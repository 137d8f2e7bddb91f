//! The deviation of one population from the common trend, as a process that does not drift away.

use serde::{Deserialize, Serialize};

use super::MortalityModelError;
use super::random_walk::{IndexForecast, gaps};
use super::simulation::Draws;
use crate::observation::Year;

/// The process of a deviation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deviation {
    /// Random walk without drift: the deviation stays where it is, with growing uncertainty. Works with years
    /// left out.
    #[default]
    RandomWalk,
    /// First-order autoregression that returns to its mean: the populations stay together in the long run.
    /// Needs evenly spaced years; refused where the coefficient is not between -1 and 1.
    Ar1,
}

/// A process fitted to one deviation.
///
/// # Formula
/// Random walk: `k(t+1) = k(t) + e`, `s^2 = sum(dk^2 / g) / n` for `n` steps of `g` years. AR(1):
/// `k(t+1) = c + r k(t) + e` by least squares, `s^2` with `n - 2` degrees of freedom;
/// `k(T+h) = c (1 + r + ... + r^(h-1)) + r^h k(T)`, variance `s^2 (1 + r^2 + ... + r^(2h-2))`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FittedDeviation {
    /// The process.
    pub process: Deviation,
    /// Constant `c`; 0 for the random walk.
    pub constant: f64,
    /// Coefficient `r`; 1 for the random walk.
    pub coefficient: f64,
    /// Standard deviation of an innovation.
    pub innovation_sd: f64,
    /// The last value.
    pub last: f64,
}

impl Deviation {
    pub(super) fn fit(
        self,
        population: &str,
        years: &[Year],
        values: &[f64],
    ) -> Result<FittedDeviation, MortalityModelError> {
        let gaps = gaps(years, values.len())?;
        let last = values.last().copied().unwrap_or_default();
        match self {
            Self::RandomWalk => {
                let steps = values.windows(2).zip(&gaps);
                let squares: f64 = steps.map(|(pair, gap)| (pair[1] - pair[0]).powi(2) / gap).sum();
                let innovation_sd = (squares / gaps.len() as f64).sqrt();
                Ok(FittedDeviation { process: self, constant: 0.0, coefficient: 1.0, innovation_sd, last })
            }
            Self::Ar1 => {
                let uneven = gaps.iter().position(|gap| *gap > 1.0);
                if let Some(at) = uneven {
                    return Err(MortalityModelError::Gap { before: years[at], after: years[at + 1] });
                }
                ar1(population, values)
            }
        }
    }
}

fn ar1(population: &str, values: &[f64]) -> Result<FittedDeviation, MortalityModelError> {
    let steps = values.len() - 1;
    if steps < 3 {
        return Err(MortalityModelError::TooFew { what: "years", got: values.len(), needed: 4 });
    }
    let (before, after) = (&values[..steps], &values[1..]);
    let mean = |values: &[f64]| values.iter().sum::<f64>() / steps as f64;
    let (mean_before, mean_after) = (mean(before), mean(after));
    let (mut products, mut squares) = (0.0, 0.0);
    for (x, y) in before.iter().zip(after) {
        products += (x - mean_before) * (y - mean_after);
        squares += (x - mean_before).powi(2);
    }
    // A deviation that never changes returns to itself at once.
    let coefficient = if squares > 0.0 { products / squares } else { 0.0 };
    if coefficient.abs() >= 1.0 {
        return Err(MortalityModelError::Explosive { population: population.to_owned(), coefficient });
    }
    let constant = mean_after - coefficient * mean_before;
    let residuals: f64 =
        before.iter().zip(after).map(|(x, y)| (y - constant - coefficient * x).powi(2)).sum();
    let innovation_sd = (residuals / (steps - 2) as f64).sqrt();
    let last = values[steps];
    Ok(FittedDeviation { process: Deviation::Ar1, constant, coefficient, innovation_sd, last })
}

impl FittedDeviation {
    /// Mean and interval for each of the next `horizon` years.
    ///
    /// # Errors
    /// A level that is not between 0 and 1.
    pub fn forecast(&self, horizon: usize, level: f64) -> Result<IndexForecast, MortalityModelError> {
        let (mut value, mut variance) = (self.last, 0.0);
        let (mean, se) = (0..horizon)
            .map(|_| {
                value = self.constant + self.coefficient * value;
                variance = self.innovation_sd.powi(2) + self.coefficient.powi(2) * variance;
                (value, variance.sqrt())
            })
            .unzip();
        IndexForecast::new(mean, se, level)
    }

    /// One simulated path of the next `horizon` values.
    #[must_use]
    pub fn path(&self, horizon: usize, seed: u64, population: &str, path: u64) -> Vec<f64> {
        let mut draws = Draws::new(seed, population, path);
        let mut value = self.last;
        (0..horizon)
            .map(|_| {
                value = self.constant + self.coefficient * value + self.innovation_sd * draws.normal();
                value
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn years(n: u16) -> Vec<Year> {
        Year::constant(2000).through(Year::constant(1999 + n)).collect()
    }

    #[test]
    fn an_autoregression_without_noise_is_recovered() {
        let mut values = vec![5.0];
        for t in 0..9 {
            values.push(1.0 + 0.5 * values[t]);
        }
        let fitted = Deviation::Ar1.fit("F", &years(10), &values).unwrap();
        assert!((fitted.coefficient - 0.5).abs() < 1e-12 && (fitted.constant - 1.0).abs() < 1e-12);
        let far = fitted.forecast(100, 0.8).unwrap();
        assert!((far.mean[99] - 2.0).abs() < 1e-9);
    }

    #[test]
    fn a_growing_deviation_and_gaps_are_refused() {
        let values: Vec<f64> = (0..8).map(|t| 1.1_f64.powi(t)).collect();
        let error = Deviation::Ar1.fit("28 F", &years(8), &values).unwrap_err();
        assert!(error.to_string().contains("28 F"), "{error}");
        let gap: Vec<Year> = [2000, 2001, 2003, 2004].into_iter().map(|y| Year::new(y).unwrap()).collect();
        let error = Deviation::Ar1.fit("F", &gap, &[1.0, 0.0, 1.0, 0.0]).unwrap_err();
        assert!(matches!(error, MortalityModelError::Gap { .. }));
        assert!(Deviation::RandomWalk.fit("F", &gap, &[1.0, 0.0, 1.0, 0.0]).is_ok());
    }

    #[test]
    fn a_walk_stays_and_spreads() {
        let fitted = Deviation::RandomWalk.fit("F", &years(4), &[0.0, 1.0, 0.0, 1.0]).unwrap();
        let ahead = fitted.forecast(4, 0.8).unwrap();
        assert!((ahead.mean[3] - 1.0).abs() < 1e-15 && (ahead.se[3] - 2.0).abs() < 1e-15);
    }
}
