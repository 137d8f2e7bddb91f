//! Need for services and supply of units, from the user's rates and supply and the embedded projections.
//!
//! Population by sex and age comes from [`crate::tables::population`]: powiats, subregions and voivodeships by single
//! age to 90+ from 31 XII 2021 (structure estimated) under any scenario, gminas of 28 by ten-year groups to 80+ from
//! 31 XII 2022.

mod error;
mod input;
mod people;
mod run;

pub use error::NeedsError;
pub use input::{read_rates, read_supply};
pub use people::{People, people};
pub use run::{FirstGapOf, NeedRow, Needs, NeedsRequest, SpreadOf, needs};
