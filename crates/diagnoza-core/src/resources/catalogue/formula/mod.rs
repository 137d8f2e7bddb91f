//! A user's own formula for an indicator whose formula is not published, or for one of his own.
//!
//! A formula is text: names of inputs, numbers, `+ - * /` and brackets, e.g. `100 * social_workers_ops / persons of all
//! ages`. It is checked once: every name has a unit of measure, only like is added to like, and the unit that follows
//! is the one declared. It carries its author and source; the library ships none.

mod check;
mod error;
mod evaluate;
mod expression;
mod parse;
mod spec;
mod token;

pub use error::FormulaError;
pub use spec::{Formula, FormulaSpec};

#[cfg(test)]
mod tests;
