//! Making parts add up to a whole: tables to their margins ([`rake`]), projections of areas to the
//! projection of the unit they make up ([`reconcile`], by flows, never by stocks).

mod by_flows;
mod factor;
mod flows;
mod one_year;
mod rake;
mod rake_error;
mod reconcile_error;

pub use by_flows::{JumpOff, Leftover, ReconcileOptions, Reconciled, reconcile};
pub use factor::{Component, Factor};
pub use flows::Flows;
pub use rake::{Margin, RakeOptions, Raked, rake};
pub use rake_error::RakeError;
pub use reconcile_error::{Level, ReconcileError};
