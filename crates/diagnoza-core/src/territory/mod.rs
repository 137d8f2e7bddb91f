//! Where: codes of the register of territory ([`Teryt`]), kinds of gmina,
//! statistical subregions ([`Nuts`]) and the units that were valid on a date.

mod nuts;
mod teryt;
mod unit;

pub use nuts::{Nuts, NutsError};
pub use teryt::{GminaKind, Level, Teryt, TerytError};
pub use unit::{UnitId, UnitIdError};
