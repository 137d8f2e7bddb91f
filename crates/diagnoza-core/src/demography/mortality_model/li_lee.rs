use std::collections::BTreeMap;

use ndarray::{Array2, Array3, Axis, Zip};
use serde::{Deserialize, Serialize};

use super::deviation::{Deviation, FittedDeviation};
use super::factor::leading_factor;
use super::forecast::{expect_ages, observed_jump_off, years_ahead};
use super::random_walk::quantile;
use super::simulation::check_size;
use super::{
    Adjustment, FittedLeeCarter, ForecastOptions, IndexForecast, Interpolated, JumpOff, LeeCarter,
    MortalityForecast, MortalityModelError, MortalityPaths, MortalitySurface, Uncertainty,
};
use crate::observation::Sex;

/// The coherent model of Li & Lee for any number of populations (sexes, areas, or both), not yet fitted.
///
/// # Formula
/// `ln m(x,t,i) = a(x,i) + B(x) K(t) + b(x,i) k(t,i)`. `B K` is the Lee-Carter factor of all populations
/// together, with `sum B = 1`; `a(x,i)` the mean over time of `ln m - B K`; `b k` the leading factor of what is
/// left of each population, with `sum b^2 = 1` and `sum b >= 0` (a deviation may rise at some ages as much
/// as it falls at others, so that `sum b = 1` could not be had). `K` is a random walk with drift, every `k` a
/// process without one: the populations differ by amounts that do not grow for ever.
///
/// # Reference
/// Li & Lee (2005), *Coherent mortality forecasts for a group of populations*, Demography 42, 575-594.
#[doc(alias = "model Li-Lee")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiLee {
    /// How the common factor is estimated; its treatment of zeros holds for every population.
    pub common: LeeCarter,
    /// How populations are put together for the common factor.
    pub weights: CommonWeights,
    /// Process of the deviations.
    pub deviation: Deviation,
}

/// How populations are put together for the common factor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommonWeights {
    /// Deaths of all over person-years of all, as Li & Lee do.
    #[default]
    Exposure,
    /// Every population counts the same: the mean of `ln m`.
    Equal,
}

impl Default for LiLee {
    /// Common factor by singular value decomposition without a second stage, weights by exposure, deviations
    /// as random walks without drift.
    fn default() -> Self {
        Self {
            common: LeeCarter::svd(Adjustment::None),
            weights: CommonWeights::default(),
            deviation: Deviation::default(),
        }
    }
}

/// A fitted Li-Lee model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FittedLiLee {
    /// How it was estimated.
    pub method: LiLee,
    /// The common factor: `B` and `K` with its random walk, fitted to all populations together.
    pub common: FittedLeeCarter,
    /// What is of each population alone, by its name.
    pub populations: BTreeMap<String, FittedPopulation>,
}

/// The part of a Li-Lee model that belongs to one population.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FittedPopulation {
    /// Sex, `None` for both together.
    pub sex: Option<Sex>,
    /// `a(x,i)`.
    pub ax: Vec<f64>,
    /// `b(x,i)`; zeros where the population follows the common trend exactly.
    pub bx: Vec<f64>,
    /// `k(t,i)`.
    pub kt: Vec<f64>,
    /// Process fitted to `k(t,i)`.
    pub deviation: FittedDeviation,
    /// Share of the variance of `ln m` over time explained by the common factor alone.
    pub explained_common: f64,
    /// Share explained by both factors.
    pub explained: f64,
    /// Rates observed in the last year.
    pub last_mx: Vec<f64>,
    /// Rates of zero that were replaced before the fit.
    pub interpolated: Vec<Interpolated>,
}

/// Forecasts of a Li-Lee model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LiLeeForecast {
    /// The common index `K`.
    pub common: IndexForecast,
    /// Rates by population; `kt` of each is its deviation.
    pub populations: BTreeMap<String, MortalityForecast>,
}

/// Simulated futures of a Li-Lee model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LiLeePaths {
    /// The common index `K`, paths x years.
    pub common: Array2<f64>,
    /// Rates by population; on one path all share the common index.
    pub populations: BTreeMap<String, MortalityPaths>,
}

impl LiLee {
    /// Fits the model to populations by name, of the same ages and years.
    ///
    /// # Errors
    /// [`MortalityModelError`] names the population, age or year.
    pub fn fit(
        &self,
        populations: &BTreeMap<String, MortalitySurface>,
    ) -> Result<FittedLiLee, MortalityModelError> {
        let mut filled = BTreeMap::new();
        for (name, surface) in populations {
            filled.insert(name.clone(), surface.without_zeros(self.common.zeros)?);
        }
        let common = self.common.fit(&together(&filled, self.weights)?)?;
        let mut fitted = BTreeMap::new();
        for (name, (surface, interpolated)) in filled {
            fitted.insert(name.clone(), self.fit_one(&name, &surface, interpolated, &common)?);
        }
        Ok(FittedLiLee { method: *self, common, populations: fitted })
    }

    fn fit_one(
        &self,
        name: &str,
        surface: &MortalitySurface,
        interpolated: Vec<Interpolated>,
        common: &FittedLeeCarter,
    ) -> Result<FittedPopulation, MortalityModelError> {
        let log_mx = surface.mx().mapv(f64::ln);
        let years = surface.years().len();
        let mut left = log_mx.clone();
        for ((x, t), value) in left.indexed_iter_mut() {
            *value -= common.bx[x] * common.kt[t];
        }
        let ax: Vec<f64> = left.rows().into_iter().map(|row| row.sum() / years as f64).collect();
        let without_mean = |mut table: Array2<f64>| {
            for mut row in table.axis_iter_mut(Axis(0)) {
                let mean = row.sum() / years as f64;
                row -= mean;
            }
            table
        };
        let squares = |table: &Array2<f64>| table.iter().map(|value| value * value).sum::<f64>();
        let (left, total) = (without_mean(left), squares(&without_mean(log_mx)));
        if total <= 0.0 {
            return Err(MortalityModelError::NoChange);
        }
        let beyond = squares(&left);
        let (bx, kt, share) = match leading_factor(left.view()) {
            Some(factor) => {
                let sign = if factor.age.iter().sum::<f64>() < 0.0 { -1.0 } else { 1.0 };
                let turned = |values: &[f64]| values.iter().map(|value| sign * value).collect::<Vec<_>>();
                (turned(&factor.age), turned(&factor.year), factor.explained)
            }
            None => (vec![0.0; ax.len()], vec![0.0; years], 1.0),
        };
        Ok(FittedPopulation {
            sex: surface.sex(),
            deviation: self.deviation.fit(name, surface.years(), &kt)?,
            explained_common: 1.0 - beyond / total,
            explained: 1.0 - beyond * (1.0 - share) / total,
            last_mx: surface.mx().column(years - 1).to_vec(),
            ax,
            bx,
            kt,
            interpolated,
        })
    }
}

/// All populations as one.
fn together(
    populations: &BTreeMap<String, (MortalitySurface, Vec<Interpolated>)>,
    weights: CommonWeights,
) -> Result<MortalitySurface, MortalityModelError> {
    let Some((first_name, (first, _))) = populations.first_key_value() else {
        return Err(MortalityModelError::TooFew { what: "populations", got: 0, needed: 1 });
    };
    let mut deaths = Array2::<f64>::zeros(first.mx().dim());
    let mut exposure = Some(Array2::<f64>::zeros(first.mx().dim()));
    let mut log_mx = Array2::<f64>::zeros(first.mx().dim());
    for (name, (surface, _)) in populations {
        for (what, same) in
            [("ages", surface.ages() == first.ages()), ("years", surface.years() == first.years())]
        {
            if !same {
                let (population, first) = (name.clone(), first_name.clone());
                return Err(MortalityModelError::Populations { population, what, first });
            }
        }
        log_mx += &surface.mx().mapv(f64::ln);
        exposure = match (exposure, surface.exposure()) {
            (Some(sum), Some(lived)) => {
                deaths += &(&surface.mx() * &lived);
                Some(sum + lived)
            }
            _ => None,
        };
    }
    let mx = match (weights, &exposure) {
        (CommonWeights::Exposure, Some(exposure)) => deaths / exposure,
        (CommonWeights::Exposure, None) => {
            return Err(MortalityModelError::ExposureNeeded {
                by: "the weighting of populations by exposure",
            });
        }
        (CommonWeights::Equal, _) => (log_mx / populations.len() as f64).mapv(f64::exp),
    };
    let sexes: Vec<Option<Sex>> = populations.values().map(|(surface, _)| surface.sex()).collect();
    let sex = sexes[0].filter(|_| sexes.iter().all(|sex| *sex == sexes[0]));
    MortalitySurface::new(mx, exposure, first.ages().to_vec(), first.years().to_vec(), sex)
}

impl FittedLiLee {
    /// Rates of the next `horizon` years of every population with intervals, which hold the uncertainty of the
    /// common index and of the deviation.
    ///
    /// # Errors
    /// As [`FittedLeeCarter::forecast`].
    pub fn forecast(
        &self,
        horizon: usize,
        options: ForecastOptions,
    ) -> Result<LiLeeForecast, MortalityModelError> {
        let years = years_ahead(&self.common.years, horizon)?;
        let common = self.common.walk.forecast(horizon, options.level, options.uncertainty)?;
        let z = quantile(options.level)?;
        let mut populations = BTreeMap::new();
        for (name, population) in &self.populations {
            let kt = population.deviation.forecast(horizon, options.level)?;
            let start = self.jump_off(population, options.jump_off)?;
            let shape = (start.len(), horizon);
            let mx = self.rates(population, &start, &common.mean, &kt.mean);
            let width = Array2::from_shape_fn(shape, |(x, h)| {
                let (shared, own) = (self.common.bx[x] * common.se[h], population.bx[x] * kt.se[h]);
                (z * shared.hypot(own)).exp()
            });
            let forecast = MortalityForecast {
                ages: self.common.ages.clone(),
                years: years.clone(),
                sex: population.sex,
                lower: Zip::from(&mx).and(&width).map_collect(|rate, width| rate / width),
                upper: Zip::from(&mx).and(&width).map_collect(|rate, width| rate * width),
                mx,
                kt,
                options,
            };
            populations.insert(name.clone(), forecast);
        }
        Ok(LiLeeForecast { common, populations })
    }

    /// Rates of the next `horizon` years on `paths` paths; on one path the populations share the common index
    /// and have deviations of their own. A population's path does not depend on which others there are.
    ///
    /// # Errors
    /// As [`FittedLeeCarter::simulate`].
    pub fn simulate(
        &self,
        horizon: usize,
        paths: usize,
        seed: u64,
        jump_off: JumpOff,
        uncertainty: Uncertainty,
    ) -> Result<LiLeePaths, MortalityModelError> {
        let years = years_ahead(&self.common.years, horizon)?;
        let ages = self.common.ages.len();
        check_size(paths, ages * self.populations.len(), horizon)?;
        let mut common = Array2::zeros((paths, horizon));
        for (path, mut row) in common.outer_iter_mut().enumerate() {
            row.assign(&ndarray::aview1(&self.common.walk.path(horizon, seed, path as u64, uncertainty)));
        }
        let mut populations = BTreeMap::new();
        for (name, population) in &self.populations {
            let start = self.jump_off(population, jump_off)?;
            let mut kt = Array2::zeros((paths, horizon));
            let mut mx = Array3::zeros((paths, ages, horizon));
            for (path, mut of_path) in mx.outer_iter_mut().enumerate() {
                let own = population.deviation.path(horizon, seed, name, path as u64);
                of_path.assign(&self.rates(population, &start, &common.row(path).to_vec(), &own));
                kt.row_mut(path).assign(&ndarray::aview1(&own));
            }
            let of_population = MortalityPaths {
                ages: self.common.ages.clone(),
                years: years.clone(),
                sex: population.sex,
                kt,
                mx,
            };
            populations.insert(name.clone(), of_population);
        }
        Ok(LiLeePaths { common, populations })
    }

    /// Rates of one population, ages x years, for a path of the common index and of its deviation.
    fn rates(
        &self,
        population: &FittedPopulation,
        start: &[f64],
        common: &[f64],
        own: &[f64],
    ) -> Array2<f64> {
        Array2::from_shape_fn((start.len(), common.len()), |(x, h)| {
            let shared = self.common.bx[x] * (common[h] - self.common.walk.last);
            start[x] * (shared + population.bx[x] * (own[h] - population.deviation.last)).exp()
        })
    }

    fn jump_off(
        &self,
        population: &FittedPopulation,
        jump_off: JumpOff,
    ) -> Result<Vec<f64>, MortalityModelError> {
        let FittedPopulation { ax, bx, last_mx, .. } = population;
        let common = ("the common bx", &self.common.bx);
        expect_ages(&self.common.ages, [("ax", ax), ("bx", bx), ("last_mx", last_mx), common])?;
        match jump_off {
            JumpOff::Actual => observed_jump_off(&population.last_mx, &self.common.ages, &self.common.years),
            JumpOff::Fit => Ok((0..population.ax.len())
                .map(|x| {
                    let shared = self.common.bx[x] * self.common.walk.last;
                    (population.ax[x] + shared + population.bx[x] * population.deviation.last).exp()
                })
                .collect()),
        }
    }
}
