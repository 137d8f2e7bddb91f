//! Results as frames: population, components of change, indicators among peers.

mod components;
mod frame;
mod indicators;
mod population;
mod structure;

pub use components::components;
pub use indicators::{IndicatorRequest, indicators};
pub use population::{PopulationRequest, population};
pub use structure::age_structure;
