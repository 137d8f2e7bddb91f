//! The official figures as the model wants them: the register, GUS's projection
//! ready to be projected again, the observed stocks of 2021, the projection of gminas.

mod forecast;
mod gminas;
mod projection;
mod published_stocks;
mod register;
mod standards;
mod stock_2021;

pub use forecast::{Forecast, areas_of, check_scenario, powiats_of};
pub use gminas::{GminaCount, gmina_counts, gmina_totals};
pub(crate) use projection::AGES;
pub use projection::{calibrated, official_areas, projected_voivodeships};
pub use published_stocks::{PublishedStock, published_stocks};
pub use register::gazetteer;
pub(crate) use standards::SEX_RATIO_AT_BIRTH;
pub use standards::standards;
pub use stock_2021::{Stock2021, stock_2021};

use diagnoza_core::observation::Year;

/// The year whose stock at 31 XII is observed in total and estimated by age.
pub const STOCK_2021: Year = Year::constant(2021);

/// Jump-off of GUS's projection: the observed stock of 31 XII 2022.
pub const JUMP_OFF: Year = Year::constant(2022);

/// Last year whose stocks of powiats are published by sex and five-year age.
pub const OBSERVED_UNTIL: Year = Year::constant(2024);

/// Last year of GUS's projection of gminas.
pub const LAST_OF_GMINAS: Year = Year::constant(2040);

/// Last year of GUS's projection of powiats.
pub const LAST_PROJECTED: Year = Year::constant(2060);
