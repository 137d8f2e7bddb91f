//! Need for services against what is there.
//!
//! ```text
//! need(t)     = sum over sex s and age x of population(s, x, t) * rate(s, x)
//! supply(t)   = capacity(t) * factor, or / factor       in the unit of the need
//! gap(t)      = need(t) - supply(t)
//! coverage(t) = supply(t) / need(t)
//! ```
//!
//! Population is a stock of persons at 31 XII of year t. The rates are the user's, each with its year and source:
//! the library ships none. Their unit is one of [`NeedUnit`]: persons in need per person, or hours or visits a year
//! per person. The rates stay as they are over the years; what changes is the population. Supply is places, staff,
//! hours or visits of the user's, turned into the unit of the need by a factor that the user names
//! ([`Conversion`]), and carried to later years by a named rule ([`CarryRule`]). Unknown supply stays unknown.
//!
//! The formula is the library's own arithmetic; no office publishes rates of need by sex and age for it.

mod conversion;
mod error;
mod gap;
mod rates;
mod rates_check;
mod series;
mod spread;
mod supply;
mod supply_check;
mod template;
mod unit;

pub use conversion::{Conversion, Direction, conversion};
pub use error::{NeedError, RowFault};
pub use gap::{FirstGap, GapYear, first_gap, gap};
pub use rates::{
    AgesWithoutRate, Counting, NeedRate, NeedRates, RateRow, RatesFormat, RatesSpec, ServiceNeed,
};
pub use series::{NeedSeries, need};
pub use spread::{Spread, SpreadKind, scenario_spread, trajectory_spread};
pub use supply::{CarryRule, ServiceSupply, Supply, SupplyFormat, SupplyRow, SupplySpec};
pub use template::{RATES_CSV, RATES_TOML, SUPPLY_CSV, SUPPLY_TOML};
pub use unit::{Capacity, NeedUnit};
