//! Results as frames: population, components of change, indicators among peers.

mod backtest;
mod components;
mod computed;
mod difference;
pub(crate) use frame::{column, frame};
mod frame;
mod indicators;
mod needs;
mod population;
mod structure;
mod trajectories;

pub use backtest::{backtest_records, backtest_summary};
pub use components::components;
pub use computed::{ComputeError, ComputeRequest, computed};
pub use difference::difference;
pub use indicators::{IndicatorRequest, indicators};
pub(crate) use indicators::{Measurement, measure};
pub use needs::{first_gaps_frame, needs_frame};
pub(crate) use population::stock_of_2021;
pub use population::{PopulationRequest, population};
pub use structure::age_structure;
pub use trajectories::{interval_coverage, trajectories, trajectory_paths};
