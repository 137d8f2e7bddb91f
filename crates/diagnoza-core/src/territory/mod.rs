//! Where: codes of the register of territory ([`Teryt`]), kinds of gmina,
//! statistical subregions ([`Nuts`]), ids of GUS's local data bank
//! ([`BdlUnitId`]) and the units that were valid on a date ([`Gazetteer`]).

mod nuts;
mod teryt;
mod unit;

mod bdl;
mod record;
mod register;

mod gazetteer;

mod bdl_lookup;
mod lookup;
mod name;
mod selector;

pub use bdl::{BdlLevel, BdlPrefix, BdlUnitId, BdlUnitIdError};
pub use bdl_lookup::BdlLookupError;
pub use gazetteer::{Gazetteer, RegisterDate, UnitError};
pub use lookup::{Candidate, LookupError};
pub(crate) use name::fold;
pub use nuts::{Nuts, NutsError};
pub use record::{UnitRecord, Validity};
pub use register::GazetteerError;
pub use selector::SelectError;
pub use teryt::{GminaKind, Level, Teryt, TerytError};
pub use unit::{UnitId, UnitIdError};

#[cfg(test)]
mod fixture;
