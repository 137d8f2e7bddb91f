//! Running a selection on embedded figures or on a table of the user.

mod error;
mod frame;
mod inverse;
mod known;
mod run;
mod table;

pub use error::SelectionError;
pub use inverse::{required_values, which_specs};
pub use known::known_figures;
pub use run::{Decision, Missing, Outcome, UserTable, decide, replay};
