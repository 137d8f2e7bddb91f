//! Mortality models: how death rates by age change over the years, forecasts of them with
//! their uncertainty, and rates for a given life expectancy.
//!
//! ```text
//! MortalitySurface (rates, ages x years)
//!   -> LeeCarter          -> FittedLeeCarter          one population
//!   -> LiLee              -> FittedLiLee              any number of populations that stay together
//!   -> CoherentLeeCarter  -> FittedCoherentLeeCarter  two sexes, driven by targets of e0 (United Nations)
//! fitted -> forecast(horizon) -> MortalityForecast;  fitted -> simulate(horizon, paths, seed) -> MortalityPaths
//! ```
//!
//! # Formula
//! `ln m(x,t) = a(x) + b(x) k(t) + e(x,t)`, `m` the central death rate per person-year, with `sum b = 1`;
//! `k(t+1) = k(t) + d + N(0, s^2)`, a random walk with drift whose `d` is itself uncertain.
//!
//! # References
//! Lee & Carter (1992); Booth, Maindonald & Smith (2002); Brouhns, Denuit & Vermunt (2002); Li & Lee
//! (2005); Li, Lee & Gerland (2013); Ševčíková, Li, Kantorová, Gerland & Raftery (2016).

mod error;

mod ages;

mod surface;

mod expectancy;

mod random_walk;

mod factor;

mod adjustment;

mod lee_carter;

mod poisson;

mod forecast;

mod simulation;

mod deviation;

mod li_lee;

mod rotation;

mod target_e0;

mod coherent;

#[cfg(test)]
mod tests;

pub use adjustment::Adjustment;
pub use coherent::{
    CoherentLeeCarter, CoherentMortality, CoherentTarget, FittedCoherentLeeCarter, SexSchedule,
};
pub use deviation::{Deviation, FittedDeviation};
pub use error::MortalityModelError;
pub use expectancy::{ExpectancyRule, life_expectancy};
pub use forecast::{ForecastOptions, JumpOff, MortalityForecast};
pub use lee_carter::{Estimation, FittedLeeCarter, LeeCarter};
pub use li_lee::{CommonWeights, FittedLiLee, FittedPopulation, LiLee, LiLeeForecast, LiLeePaths};
pub use poisson::PoissonFit;
pub use random_walk::{IndexForecast, RandomWalk, Uncertainty};
pub use rotation::{Rotation, ultimate_bx};
pub(in crate::demography) use simulation::Draws;
pub use simulation::MortalityPaths;
pub use surface::{Interpolated, MortalitySurface, ZeroRates, cohort_weights};
pub use target_e0::{E0Search, TargetedMortality, mx_from_e0};
