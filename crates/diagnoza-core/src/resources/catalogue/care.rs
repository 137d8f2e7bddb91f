//! Who could care for the old, per 100 of them, and the reverse.

use super::indicator::IOSS;
use super::{Indicator, Measure, Reading, Status, Summand};
use crate::demography::AgeRange;
use crate::territory::Level;

/// 100 x women 45-64 / persons 80+; in English also caretaker ratio.
pub static CARE_POTENTIAL: Indicator = Indicator {
    id: "care_potential",
    ioss_id: Some(268),
    name_pl: "Potencjał pielęgnacyjny",
    name_en: "Care potential",
    unit_pl: "na 100",
    unit_en: "per 100",
    measure: Measure::Ratio {
        numerator: &[Summand::women(AgeRange::closed(45, 64))],
        denominator: &[Summand::persons(AgeRange::open(80))],
        factor: 100.0,
    },
    decimals: Some(0),
    levels: &[Level::Powiat],
    reading: Reading::Younger,
    status: Status::Verbatim,
    source: IOSS,
};

/// 100 x persons 85+ / persons 50-64.
pub static PARENT_SUPPORT: Indicator = Indicator {
    id: "parent_support",
    ioss_id: Some(274),
    name_pl: "Wskaźnik wsparcia osób najstarszych",
    name_en: "Parent support ratio",
    unit_pl: "na 100",
    unit_en: "per 100",
    measure: Measure::Ratio {
        numerator: &[Summand::persons(AgeRange::open(85))],
        denominator: &[Summand::persons(AgeRange::closed(50, 64))],
        factor: 100.0,
    },
    decimals: Some(0),
    levels: &[Level::Powiat],
    reading: Reading::Older,
    status: Status::Verbatim,
    source: IOSS,
};

/// 100 x persons 15-64 / persons 65+, the inverse of [`super::OLD_DEPENDENCY`].
pub static POTENTIAL_SUPPORT: Indicator = Indicator {
    id: "potential_support",
    ioss_id: Some(286),
    name_pl: "Wskaźnik potencjalnego wsparcia",
    name_en: "Potential support ratio",
    unit_pl: "na 100",
    unit_en: "per 100",
    measure: Measure::Ratio {
        numerator: &[Summand::persons(AgeRange::closed(15, 64))],
        denominator: &[Summand::persons(AgeRange::open(65))],
        factor: 100.0,
    },
    decimals: Some(0),
    levels: &[Level::Powiat],
    reading: Reading::Younger,
    status: Status::Verbatim,
    source: IOSS,
};
