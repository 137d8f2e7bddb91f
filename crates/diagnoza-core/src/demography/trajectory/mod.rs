//! Trajectories of a forecast: fertility, mortality and migration uncertain together, correlated between areas.
//!
//! A central forecast is one path of rates. Here many paths are drawn around it, each path is projected cohort by
//! cohort, and any indicator of the stocks and flows is summed up over the paths: mean and quantiles by unit and year.
//!
//! # Formula
//! For area `i` in group `g` (a powiat in its subregion), `h` years after the last year known:
//!
//! ```text
//! fertility   f(a) exp(F)            F = F_common(h) + F_g(h) + F_i(h)
//! mortality   S(a)^exp(b(a) k + D)   k = deviation of the Lee-Carter index of the sex, D = D_common(h) + D_g(h) + D_i(h)
//! migration   (r(a) + x |r(a)|) C(a) x such that all ages together move by M = M_common(h) + M_g(h) + M_i(h)
//! ```
//!
//! with `f`, `S`, `r` the central fertility rates, survival ratios and net migration rates, and `C(a)` the cohorts of
//! the stock by their age a year later. Every deviation is a [`Process`]:
//!
//! ```text
//! X(h) = level + drift h + y(h),   y(h) = persistence y(h-1) + e(h),   e ~ N(0, sd^2)
//! ```
//!
//! where level and drift are drawn once for a path: the uncertainty of the mean and of the trend. Persistence 1 is a
//! random walk, 0 independent years. What areas have in common makes them correlated; what each draws for itself
//! averages out in their sum.
//!
//! Units (subregions, voivodeships) are sums of areas in the same path, so that their intervals are right for any
//! correlation. Every step is one of [`cohort_component`](super::cohort_component), `P(t+1) = P + B - D + M` to 1e-9,
//! stocks never below zero; where emigrants would exceed the people of an age the other ages give them, counted in
//! [`Trajectories::adjusted`].
//!
//! A random number depends on the seed, the component, the level with its unit, and the path: on nothing else. Paths
//! are the same for any number of threads and any subset of areas. Logarithms are those of the platform, whose last
//! digits may differ from one platform to another.
//!
//! What is left out is the chance of single births, deaths and moves: paths are of expected numbers, and so are their
//! intervals. For a small powiat that chance comes on top: a number of events `N` varies by about `sqrt(N)` for it.
//!
//! # Reference
//! Lee, Carter (1992), JASA 87; Alho, Spencer (2005), *Statistical Demography and Forecasting*, chapters 8-9 (scaled
//! model for error); Keilman, Pham, Hetland (2002), *Why population forecasts should be probabilistic*, Demographic
//! Research 6.

mod area_path;
mod deviations;
mod error;
mod estimate;
mod exponential;
mod indicator;
mod loading;
mod plan;
mod process;
mod request;
mod result;
mod simulate;
mod uncertainty;

pub use error::TrajectoryError;
pub use estimate::{Series, around_mean, random_walk, split, yearly_variance};
pub use indicator::{People, TrajectoryIndicator, TrajectoryMeasure};
pub use loading::age_loading;
pub use process::Process;
pub use request::{TrajectoryArea, TrajectoryRequest, TrajectoryUnit};
pub use result::{Fan, Trajectories};
pub use simulate::simulate;
pub use uncertainty::{
    Components, Levels, MortalityIndex, MortalityUncertainty, Uncertainty, UncertaintySpec,
};

#[cfg(test)]
mod tests;
