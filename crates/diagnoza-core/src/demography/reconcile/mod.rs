//! Making parts add up to a whole: tables to their margins ([`rake`]).

mod rake;
mod rake_error;

pub use rake::{Margin, RakeOptions, Raked, rake};
pub use rake_error::RakeError;
