//! OZPS, the resource assessment of social assistance, as filed: a form as data.
//!
//! An [`Edition`] says which chapters and rows the form of some years has, in which units, and which identities
//! hold between them; a [`Form`] is one that a unit filled, every field a value or a typed reason why there is
//! none. [`Form::check`] lists all that contradicts the edition, [`Form::shift`] begins the next year's form,
//! [`Form::template`] lays it out, [`Form::inputs`] hands its counts to the indicators.
//!
//! What is known of the editions is what was read in public forms: chapter 2, rows 1 to 24, of the form of a gmina
//! for 2012-14. Others are listed by name; an edition file gives their rows.

mod column;
mod label;
mod row;
mod unit_kind;

mod symbols;

mod entry;

mod identity;

mod edition;
mod edition_error;
mod shipped;

mod fault;
mod violation;

mod note;

mod filled;

mod check;
mod shift;
mod template;

pub use check::{Check, Unchecked};
pub use column::{Column, ColumnError};
pub use edition::{Chapter, Edition, EditionFormat, EditionSpec, Title};
pub use edition_error::{EditionError, EditionFault};
pub use entry::Entry;
pub use fault::{Fault, UnitFault};
pub use filled::{Form, FormError};
pub use identity::{Identity, IdentityError, Relation};
pub use label::{same_label, words};
pub use note::Note;
pub use row::{Content, Row, RowId, RowIdError, Status};
pub use shift::{Forecasts, Shifted};
pub use shipped::{UnknownEdition, edition, edition_for, editions};
pub use symbols::{DashRule, DotRule, Sign, Symbols, ZeroRule};
pub use template::{NoRows, Template, TemplateRow, TemplateSheet};
pub use unit_kind::{UnitKind, UnitKindError};
pub use violation::{Place, Violation};
