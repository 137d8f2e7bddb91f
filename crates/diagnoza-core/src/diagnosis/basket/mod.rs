//! Service basket (`koszyk usług`): which problem is answered by which services, which institutions give them, and
//! what of it a unit has.
//!
//! ```text
//! problem -> services -> institutions
//! ```
//!
//! The basket is the user's file; [`BASKET_TOML`] is a start with the reasons for granting assistance and some services
//! by the names official statistics give them, and without any link between them: which service answers which problem
//! is for the user to say.

mod check;
mod coverage;
mod error;
mod spec;

pub use coverage::{
    BasketCoverage, Gap, Presence, Present, ProblemCoverage, ProblemState, ServiceCoverage, ServiceState,
};
pub use error::{BasketError, BasketFault};
pub use spec::{BASKET_TOML, Basket, BasketFormat, BasketSpec, Institution, Problem, Service};
