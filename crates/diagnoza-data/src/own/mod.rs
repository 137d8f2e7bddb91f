//! The forecast from observed data: what Eurostat, HMD and GUS published until a jump-off, and the rates it gives.

mod areas;
mod backtest;
mod country;
mod graduated;
mod interval_coverage;
mod published_years;
mod subregions;
mod trajectories;
mod uncertainty;
mod yearbook;

pub use areas::own_areas;
pub(crate) use areas::own_methods;
pub use backtest::{Method, backtest, jump_offs};
pub use country::country;
pub use interval_coverage::{Covered, IntervalCoverage, interval_coverage};
pub use subregions::subregions;
pub use trajectories::{
    Simulation, SimulationRequest, simulate, trajectory_indicator, trajectory_indicators,
};
pub use uncertainty::{EstimatedUncertainty, Parameter, uncertainty};
