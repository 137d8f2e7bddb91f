//! The forecast from observed data: what Eurostat, HMD and GUS published until a jump-off, and the rates it gives.

mod country;
mod graduated;
mod subregions;

pub use country::country;
pub use subregions::subregions;
