//! Indicators as values: what they are called, from which counts they follow,
//! who defined them. One file per family; [`evaluate`] computes any of them.
//!
//! ```
//! use diagnoza_core::demography::{AgeStructure, Sexes};
//! use diagnoza_core::resources::catalogue::{evaluate, indicator};
//! let double_ageing = indicator("double_ageing")?;
//! assert_eq!(double_ageing.formula(), "100 * persons 80+ / persons 60+");
//! // Małopolska, 31 XII 2012.
//! let people = AgeStructure::from_groups([
//!     (Sexes::Both, "60+".parse()?, 671_123.0),
//!     (Sexes::Both, "80+".parse()?, 124_976.0),
//! ])?;
//! assert_eq!(format!("{:.2}", evaluate(double_ageing, &people)?), "18.62");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod ageing;
mod care;
mod dependency;
mod economic_age;
mod evaluate;
mod indicator;
mod population;

pub use ageing::{AGEING_INDEX, DOUBLE_AGEING, MEDIAN_AGE, SHARE_60_PLUS, SHARE_65_PLUS, SHARE_80_PLUS};
pub use care::{CARE_POTENTIAL, PARENT_SUPPORT, POTENTIAL_SUPPORT};
pub use dependency::{DEMOGRAPHIC_DEPENDENCY, OLD_DEPENDENCY, TOTAL_DEPENDENCY, YOUNG_DEPENDENCY};
pub use economic_age::{SHARE_POST_WORKING, SHARE_PRE_WORKING, SHARE_WORKING};
pub use evaluate::{IndicatorError, evaluate};
pub use indicator::{Indicator, Measure, Part, Reading, Status};
pub use population::{FEMINISATION, MASCULINISATION, POPULATION};

/// The demographic indicators, in the order in which they are shown.
pub static DEMOGRAPHIC: &[&Indicator] = &[
    &POPULATION,
    &FEMINISATION,
    &MASCULINISATION,
    &SHARE_PRE_WORKING,
    &SHARE_WORKING,
    &SHARE_POST_WORKING,
    &DEMOGRAPHIC_DEPENDENCY,
    &YOUNG_DEPENDENCY,
    &OLD_DEPENDENCY,
    &TOTAL_DEPENDENCY,
    &MEDIAN_AGE,
    &SHARE_60_PLUS,
    &SHARE_65_PLUS,
    &SHARE_80_PLUS,
    &AGEING_INDEX,
    &DOUBLE_AGEING,
    &CARE_POTENTIAL,
    &PARENT_SUPPORT,
    &POTENTIAL_SUPPORT,
];

/// No indicator of that name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no indicator '{got}': expected one of {}", known.join(", "))]
pub struct UnknownIndicator {
    /// The name given.
    pub got: String,
    /// The names there are.
    pub known: Vec<&'static str>,
}

/// The indicator of that name, e.g. `double_ageing`.
///
/// # Errors
/// [`UnknownIndicator`] lists the names there are.
pub fn indicator(id: &str) -> Result<&'static Indicator, UnknownIndicator> {
    DEMOGRAPHIC.iter().copied().find(|known| known.id == id).ok_or_else(|| UnknownIndicator {
        got: id.to_owned(),
        known: DEMOGRAPHIC.iter().map(|known| known.id).collect(),
    })
}

#[cfg(test)]
mod tests;
