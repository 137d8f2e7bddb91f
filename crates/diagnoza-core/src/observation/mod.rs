//! What was seen: years, ages, sexes, quantities with a unit, the basis of a
//! count, typed missing values and reservations, sources, and the [`Panel`] that holds them.

mod age;
mod basis;
mod label;
mod missing;
mod panel;
mod provenance;
mod quantile;
mod quantity;
mod reservation;
mod sex;
mod source;
mod status;
mod year;

pub use age::{Age, AgeError, AgeScheme};
pub use basis::Basis;
pub(crate) use label::once_or_both;
pub use label::{Label, Lang, LangError};
pub use missing::Missing;
pub use panel::{Cell, Panel, PanelError};
pub use provenance::Provenance;
pub use quantile::quantile;
pub use quantity::{Persons, Quantity, QuantityError, Rate, Share, Zloty};
pub use reservation::Reservation;
pub use sex::{Sex, SexError};
pub use source::{Source, sha256};
pub use status::Status;
pub use year::{Year, YearError};
