//! The official figures as the model wants them: the register, GUS's projection
//! ready to be projected again, the observed stocks of 2021, the projection of gminas.

mod gminas;
mod projection;
mod register;
mod standards;
mod stock_2021;

pub use gminas::{GminaCount, gmina_counts, gmina_totals};
pub use projection::{calibrated, official_areas, projected_voivodeships};
pub use register::gazetteer;
pub use standards::standards;
pub use stock_2021::{Stock2021, stock_2021};
