//! Indicators as values: what they are called, from which inputs they follow,
//! who defined them. One file per family; [`evaluate`] computes them for a
//! population, [`compute`] from inputs by name.
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
//!
//! What people are counted by sex and age stands in an [`Inputs`] beside what a
//! form reports. Official indicators whose formula is not public are listed by
//! [`official`] and take a user's [`Formula`].

mod ageing;
mod beneficiaries;
mod benefits;
mod care;
mod care_services;
mod dependency;
mod dps;
mod economic_age;
mod evaluate;
mod families;
mod finance;
mod formula;
mod foster_care;
mod indicator;
mod indicator_error;
mod indicator_value;
mod input;
mod inputs;
mod labour;
mod list;
mod meals;
mod natural_movement;
mod official;
mod part;
mod population;
mod reasons;
mod reproduction;
mod rounding;
mod staff;
mod territory;
mod unit_of_measure;

pub use ageing::*;
pub use beneficiaries::{BENEFICIARIES, PERSONS_GRANTED_BENEFITS, PERSONS_IN_FAMILIES_COVERED};
pub use benefits::*;
pub use care::*;
pub use care_services::*;
pub use dependency::*;
pub use dps::*;
pub use economic_age::*;
pub use evaluate::{compute, evaluate};
pub use families::*;
pub use finance::*;
pub use formula::{Formula, FormulaError, FormulaSpec};
pub use foster_care::*;
pub use indicator::{Indicator, Measure, Reading, Status};
pub use indicator_error::{IndicatorError, Lack, Reason};
pub use indicator_value::IndicatorValue;
pub use input::{Figure, Input, Summand};
pub use inputs::{Inputs, InputsError, Place};
pub use labour::*;
pub use list::{ALL, DEMOGRAPHIC, RESOURCES, UnknownIndicator, figure, figures, indicator};
pub use meals::*;
pub use natural_movement::*;
pub use official::{CatalogueFileError, OfficialIndicator, OfficialKind, official};
pub use part::{Part, PartError};
pub use population::*;
pub use reasons::*;
pub use reproduction::{NotReproduced, not_reproduced};
pub use rounding::rounded;
pub use staff::*;
pub use territory::*;
pub use unit_of_measure::{UnitOfMeasure, UnitOfMeasureError};

#[cfg(test)]
mod tests;
