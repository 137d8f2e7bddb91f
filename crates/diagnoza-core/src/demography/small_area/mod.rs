//! Mortality of small areas: Brass's relational logit model fitted to few deaths, and shrinkage of its level.
//!
//! Rates of a gmina rest on a handful of deaths. Instead of them one or two parameters are fitted to all its deaths
//! ([`relational_logit`]), and levels that are uncertain are drawn towards the mean of the areas
//! ([`relational_logits`]).

mod area;
mod error;
mod logit;
mod model;
mod shrinkage;

pub use error::SmallAreaError;
pub use logit::{LogitParameters, RelationalLogit, relational_logit};
pub use shrinkage::{AreaLevel, BetweenVariance, SmallAreaMortality, relational_logits};
