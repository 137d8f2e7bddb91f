//! How sure a life expectancy is when the number of deaths is small.
//!
//! # Formula
//! - Chiang: `Var(e0) = sum (l(x)/l(0))^2 ((n - a) + e(x+n))^2 Var(q)` over closed ages,
//!   `Var(q) = q^2 (1 - q) / D`; the open age adds nothing;
//! - Silcocks: the same and the open age, `(l(A)/l(0))^2 / (m^2 D)`, which small areas with an early
//!   open age need;
//! - Monte Carlo: deaths of each age drawn from a Poisson distribution around those observed, a table
//!   of the same rules from each draw, the interval between quantiles. The open age keeps its observed
//!   rate in a draw in which nobody of it dies. A draw is a stream of `ChaCha12` under the seed.
//!
//! The first two are normal around the estimate. An age without deaths adds nothing in any of them,
//! which understates the uncertainty of very small areas.
//!
//! # Reference
//! Chiang (1984), *The Life Table and its Applications*, chapter 8; Silcocks, Jenner & Reza (2001),
//! *J Epidemiol Community Health* 55; Eayres & Williams (2004), the same, 58.

use chacha20::ChaCha12Rng;
use chacha20::rand_core::{Rng, SeedableRng};
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal};

use super::poisson::PoissonDraws;
use super::{LifeTable, LifeTableError, OpenAge, Rules, SeparationRule};
use crate::observation::quantile;

/// How an interval of life expectancy is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntervalMethod {
    /// Chiang's variance; the open age as certain.
    Chiang,
    /// Chiang's variance with that of the open age.
    Silcocks,
    /// Poisson draws of deaths.
    MonteCarlo {
        /// Number of tables drawn, 100 or more.
        draws: u32,
        /// Seed of the generator; the same seed gives the same interval.
        seed: u64,
    },
}

/// Life expectancy at birth with its interval, in years.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[doc(alias = "przedział ufności")]
pub struct ExpectancyInterval {
    /// Life expectancy of the table.
    pub estimate: f64,
    /// Lower end.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
    /// Standard error; of the draws in Monte Carlo.
    pub standard_error: f64,
    /// Probability of the interval.
    pub level: f64,
    /// How it was found.
    pub method: IntervalMethod,
}

impl LifeTable {
    /// Interval of life expectancy at birth; needs a table of deaths and exposure.
    ///
    /// # Errors
    /// [`LifeTableError::NeedsDeaths`]; a level outside 0 to 1 or fewer than 100 draws; a draw that
    /// gives no table.
    pub fn e0_interval(
        &self,
        method: IntervalMethod,
        level: f64,
    ) -> Result<ExpectancyInterval, LifeTableError> {
        let deaths = self.deaths.as_deref().ok_or(LifeTableError::NeedsDeaths)?;
        if !(level > 0.0 && level < 1.0) {
            return Err(LifeTableError::Setting { name: "level", got: level, expected: "between 0 and 1" });
        }
        let (lower, upper, standard_error) = match method {
            IntervalMethod::Chiang => self.normal(self.variance(deaths, false), level),
            IntervalMethod::Silcocks => self.normal(self.variance(deaths, true), level),
            IntervalMethod::MonteCarlo { draws, seed } => self.drawn(deaths, draws, seed, level)?,
        };
        Ok(ExpectancyInterval { estimate: self.e0(), lower, upper, standard_error, level, method })
    }

    fn variance(&self, deaths: &[f64], open: bool) -> f64 {
        let last = self.age.len() - 1;
        let closed = (0..last).filter(|&row| deaths[row] > 0.0).map(|row| {
            let n = f64::from(self.age[row + 1] - self.age[row]);
            let years = self.lx[row] / self.lx[0] * (n - self.ax[row] + self.ex[row + 1]);
            let q = self.qx[row];
            years * years * q * q * (1.0 - q) / deaths[row]
        });
        let sum: f64 = closed.sum();
        let years = self.lx[last] / self.lx[0] * self.ex[last];
        sum + if open { years * years / deaths[last] } else { 0.0 }
    }

    fn normal(&self, variance: f64, level: f64) -> (f64, f64, f64) {
        let error = variance.sqrt();
        let reach = error * Normal::standard().inverse_cdf(f64::midpoint(1.0, level));
        (self.e0() - reach, self.e0() + reach, error)
    }

    fn drawn(
        &self,
        deaths: &[f64],
        draws: u32,
        seed: u64,
        level: f64,
    ) -> Result<(f64, f64, f64), LifeTableError> {
        if draws < 100 {
            return Err(LifeTableError::Setting {
                name: "draws",
                got: f64::from(draws),
                expected: "100 or more",
            });
        }
        let laws: Vec<PoissonDraws> = deaths.iter().map(|&deaths| PoissonDraws::new(deaths)).collect();
        let mut generator = ChaCha12Rng::seed_from_u64(seed);
        let mut found = Vec::with_capacity(draws as usize);
        let mut mx = self.mx.clone();
        for draw in 0..draws {
            generator.set_stream(u64::from(draw));
            generator.set_word_pos(0);
            for (row, law) in laws.iter().enumerate() {
                let drawn = law.at(uniform(&mut generator));
                if deaths[row] > 0.0 && (drawn > 0.0 || row + 1 < mx.len()) {
                    mx[row] = self.mx[row] * drawn / deaths[row];
                }
            }
            found.push(self.redrawn(&mx)?);
        }
        let count = f64::from(draws);
        let mean = found.iter().sum::<f64>() / count;
        let squares: f64 = found.iter().map(|e0| (e0 - mean) * (e0 - mean)).sum();
        found.sort_by(f64::total_cmp);
        let tail = (1.0 - level) / 2.0;
        let end = |share| quantile(&found, share).unwrap_or(mean);
        Ok((end(tail), end(1.0 - tail), (squares / (count - 1.0)).sqrt()))
    }
}

impl LifeTable {
    /// Life expectancy of other rates under the rules of this table.
    fn redrawn(&self, mx: &[f64]) -> Result<f64, LifeTableError> {
        let record = &self.record;
        let own_rules = record.open_age == OpenAge::Rate && !record.grouped;
        if own_rules {
            return Ok(Self::from_mx(&self.age, mx, record.sex, &record.rules)?.e0());
        }
        // Grouped, closed or given: `a` stays, and the open age lives longer as fewer die.
        let last = mx.len() - 1;
        let mut ax = self.ax.clone();
        ax[last] *= self.mx[last] / mx[last];
        let rules = Rules { separation: SeparationRule::Given(ax), ..Rules::default() };
        Ok(Self::from_mx(&self.age, mx, record.sex, &rules)?.e0())
    }
}

/// A number from 0 to below 1 with 53 random bits.
fn uniform(generator: &mut ChaCha12Rng) -> f64 {
    (generator.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::super::super::Sexes;
    use super::*;

    fn small_area(people: f64) -> LifeTable {
        let ages: Vec<u32> = [0, 1].into_iter().chain((5..=85).step_by(5)).collect();
        let mx: Vec<f64> = ages
            .iter()
            .map(|&age| 3e-5 * (0.095 * f64::from(age)).exp() + if age == 0 { 0.003 } else { 0.0 })
            .collect();
        let exposure: Vec<f64> = ages.iter().map(|_| people).collect();
        let deaths: Vec<f64> = mx.iter().zip(&exposure).map(|(m, e)| m * e).collect();
        LifeTable::from_deaths(&ages, &deaths, &exposure, Sexes::Both, &Rules::default()).unwrap()
    }

    #[test]
    fn chiang_of_a_table_with_one_uncertain_age_has_its_closed_form() {
        let ages = [0, 1, 2];
        let (deaths, exposure) = ([0.0, 40.0, 10.0], [1000.0, 1000.0, 100.0]);
        let rules =
            Rules { separation: SeparationRule::Midpoint, infant: super::super::InfantRule::Midpoint };
        let table = LifeTable::from_deaths(&ages, &deaths, &exposure, Sexes::Male, &rules).unwrap();
        let q: f64 = 0.04 / 1.02;
        // Years lost by a death at age 1: half a year and the 10 years of the open age.
        let chiang = 10.5 * 10.5 * q * q * (1.0 - q) / 40.0;
        let found = table.e0_interval(IntervalMethod::Chiang, 0.95).unwrap();
        assert!((found.standard_error - chiang.sqrt()).abs() < 1e-12);
        assert!((found.upper - found.estimate - 1.959_963_984_540_054 * chiang.sqrt()).abs() < 1e-9);
        let open = ((1.0 - q) * 10.0) * ((1.0 - q) * 10.0) / 10.0;
        let found = table.e0_interval(IntervalMethod::Silcocks, 0.95).unwrap();
        assert!((found.standard_error - (chiang + open).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn draws_agree_with_the_variance_of_silcocks_and_repeat_by_seed() {
        let table = small_area(20_000.0);
        let normal = table.e0_interval(IntervalMethod::Silcocks, 0.95).unwrap();
        let drawn =
            |seed| table.e0_interval(IntervalMethod::MonteCarlo { draws: 2_000, seed }, 0.95).unwrap();
        let first = drawn(1);
        assert!((first.standard_error / normal.standard_error - 1.0).abs() < 0.07, "{first:?} {normal:?}");
        assert!(first.lower < first.estimate && first.estimate < first.upper);
        assert_eq!(first, drawn(1));
        assert_ne!(first.lower.to_bits(), drawn(2).lower.to_bits());
        let chiang = table.e0_interval(IntervalMethod::Chiang, 0.95).unwrap();
        assert!(chiang.standard_error < normal.standard_error);
    }

    #[test]
    fn draws_of_a_table_closed_earlier_surround_the_same_expectancy() {
        let table = small_area(20_000.0).closed_at(75).unwrap();
        let found = table.e0_interval(IntervalMethod::MonteCarlo { draws: 500, seed: 3 }, 0.9).unwrap();
        assert!(found.lower < found.estimate && found.estimate < found.upper);
    }

    #[test]
    fn tiny_areas_and_wrong_settings() {
        let table = small_area(30.0);
        let found = table.e0_interval(IntervalMethod::MonteCarlo { draws: 300, seed: 1 }, 0.95).unwrap();
        assert!(found.lower.is_finite() && found.upper.is_finite() && found.upper - found.lower > 5.0);
        assert!(table.e0_interval(IntervalMethod::Chiang, 1.0).is_err());
        assert!(table.e0_interval(IntervalMethod::Chiang, f64::NAN).is_err());
        assert!(table.e0_interval(IntervalMethod::MonteCarlo { draws: 5, seed: 1 }, 0.95).is_err());
        let rates = LifeTable::from_mx(table.age(), table.mx(), Sexes::Both, &Rules::default()).unwrap();
        assert_eq!(rates.e0_interval(IntervalMethod::Chiang, 0.95), Err(LifeTableError::NeedsDeaths));
    }
}
