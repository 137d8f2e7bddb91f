//! A forecast of one area from what was observed of it, independent of an official projection.
//!
//! What is published of a subregion is little: stocks by five-year age, deaths by age, births, the balance of
//! migration. The country's rates carry the detail. [`FittedRegion::fit`] learns how the area differs from the
//! country, [`CountryMortality`] forecasts the country, and [`FittedRegion::assumptions`] puts the two together for the
//! cohort-component step.

mod country_mortality;
mod error;
mod migration;
mod observed;
mod published;
mod region;
mod relation;
mod settings;

pub use country_mortality::{CountryMortality, country_lee_carter};
pub use error::RegionalForecastError;
pub use observed::{Country, Observed};
pub use published::{mortality_factor, net_migration_to_published};
pub use region::FittedRegion;
pub use relation::Relation;
pub use settings::{ForecastSettings, MortalityTrend};
