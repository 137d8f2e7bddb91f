//! Simulated futures: a random number depends on the seed, the component and the path, on nothing else.

use chacha20::ChaCha12Rng;
use chacha20::rand_core::{Rng, SeedableRng};
use ndarray::{Array2, Array3};
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal};

use super::forecast::years_ahead;
use super::{FittedLeeCarter, JumpOff, MortalityModelError, RandomWalk, Uncertainty};
use crate::observation::{Sex, Year};

/// Simulated rates of one population.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MortalityPaths {
    /// Ages.
    pub ages: Vec<u8>,
    /// Years simulated.
    pub years: Vec<Year>,
    /// Sex, `None` for both together.
    pub sex: Option<Sex>,
    /// The index, paths x years; of a population of a Li-Lee model its own deviation.
    pub kt: Array2<f64>,
    /// Rates, paths x ages x years.
    pub mx: Array3<f64>,
}

/// Rates kept in memory at most: 4 GB.
const MOST_RATES: usize = 500_000_000;

impl FittedLeeCarter {
    /// Rates of the next `horizon` years on `paths` paths.
    ///
    /// A path draws the drift once, from its estimate and standard error (unless
    /// [`Uncertainty::Innovations`]), and an innovation a year. Path 7 is the same path however many
    /// are drawn, in whatever order.
    ///
    /// # Errors
    /// A horizon of 0 or past 2200, more rates than memory should hold, an observed rate of zero to start from.
    pub fn simulate(
        &self,
        horizon: usize,
        paths: usize,
        seed: u64,
        jump_off: JumpOff,
        uncertainty: Uncertainty,
    ) -> Result<MortalityPaths, MortalityModelError> {
        let years = years_ahead(&self.years, horizon)?;
        let start = self.jump_off(jump_off)?;
        check_size(paths, start.len(), horizon)?;
        let mut kt = Array2::zeros((paths, horizon));
        let mut mx = Array3::zeros((paths, start.len(), horizon));
        for (path, mut of_path) in mx.outer_iter_mut().enumerate() {
            let index = self.walk.path(horizon, seed, path as u64, uncertainty);
            for ((x, h), rate) in of_path.indexed_iter_mut() {
                *rate = start[x] * (self.bx[x] * (index[h] - self.walk.last)).exp();
            }
            kt.row_mut(path).assign(&ndarray::aview1(&index));
        }
        Ok(MortalityPaths { ages: self.ages.clone(), years, sex: self.sex, kt, mx })
    }
}

impl RandomWalk {
    /// One simulated path of the next `horizon` values: for runs that keep no rates.
    #[must_use]
    pub fn path(&self, horizon: usize, seed: u64, path: u64, uncertainty: Uncertainty) -> Vec<f64> {
        let mut draws = Draws::new(seed, "common", path);
        // Drawn whether or not it is used, so that both kinds of path share their innovations.
        let drift_error = draws.normal();
        let drift = match uncertainty {
            Uncertainty::InnovationsAndDrift => self.drift + self.drift_se * drift_error,
            Uncertainty::Innovations => self.drift,
        };
        let mut value = self.last;
        (0..horizon)
            .map(|_| {
                value += drift + self.innovation_sd * draws.normal();
                value
            })
            .collect()
    }
}

pub(super) fn check_size(paths: usize, ages: usize, horizon: usize) -> Result<(), MortalityModelError> {
    let rates = paths.checked_mul(ages).and_then(|rates| rates.checked_mul(horizon));
    match rates {
        Some(1..=MOST_RATES) => Ok(()),
        _ => Err(MortalityModelError::Option {
            what: "paths",
            got: paths as f64,
            expected: "one or more, with at most 500 million rates (paths x ages x years)",
        }),
    }
}

/// Standard normal numbers of one path of one component.
pub(in crate::demography) struct Draws {
    generator: ChaCha12Rng,
    normal: Normal,
}

impl Draws {
    /// The key holds the seed and the component, the stream is the path.
    pub(in crate::demography) fn new(seed: u64, component: &str, path: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        // FNV-1a of the name: which component, not a secret.
        let name = component.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
        });
        key[8..16].copy_from_slice(&name.to_le_bytes());
        let mut generator = ChaCha12Rng::from_seed(key);
        generator.set_stream(path);
        Self { generator, normal: Normal::standard() }
    }

    /// The next number: the quantile of one uniform of 53 bits, never 0 or 1.
    pub(in crate::demography) fn normal(&mut self) -> f64 {
        let uniform = ((self.generator.next_u64() >> 11) as f64 + 0.5) * (-53.0_f64).exp2();
        self.normal.inverse_cdf(uniform)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_standard_normal_and_differ_by_seed_component_and_path() {
        let mut draws = Draws::new(1, "common", 0);
        let sample: Vec<f64> = (0..20_000).map(|_| draws.normal()).collect();
        let mean = sample.iter().sum::<f64>() / 2e4;
        let variance = sample.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / 2e4;
        assert!(mean.abs() < 0.03 && (variance - 1.0).abs() < 0.03, "{mean} {variance}");
        let first = |seed, component, path| Draws::new(seed, component, path).normal();
        let base = first(1, "common", 0);
        for other in [first(2, "common", 0), first(1, "F", 0), first(1, "common", 1)] {
            assert!((base - other).abs() > 1e-12);
        }
        assert_eq!(base.to_bits(), first(1, "common", 0).to_bits());
    }

    #[test]
    fn paths_spread_as_the_forecast_says() {
        let walk = RandomWalk { drift: -1.0, drift_se: 0.3, innovation_sd: 1.0, last: 0.0 };
        for uncertainty in [Uncertainty::InnovationsAndDrift, Uncertainty::Innovations] {
            let ends: Vec<f64> = (0..4_000).map(|path| walk.path(20, 7, path, uncertainty)[19]).collect();
            let mean = ends.iter().sum::<f64>() / 4e3;
            let sd = (ends.iter().map(|end| (end - mean).powi(2)).sum::<f64>() / 4e3).sqrt();
            let expected = walk.forecast(20, 0.8, uncertainty).unwrap();
            assert!((mean - expected.mean[19]).abs() < 0.4, "{mean}");
            assert!((sd / expected.se[19] - 1.0).abs() < 0.05, "{sd}");
        }
    }

    #[test]
    fn more_rates_than_memory_should_hold_are_refused() {
        for paths in [0, usize::MAX, 1_000_000_000] {
            assert!(check_size(paths, 101, 30).is_err());
        }
        assert!(check_size(1_000, 101, 30).is_ok());
    }
}
