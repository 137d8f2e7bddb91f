//! People, women and men.

use super::indicator::IOSS;
use super::{Indicator, Measure, Reading, Status, Summand};
use crate::demography::AgeRange;
use crate::territory::Level;

/// Number of people of all ages.
pub static POPULATION: Indicator = Indicator {
    id: "population",
    ioss_id: Some(186),
    name_pl: "Ludność ogółem",
    name_en: "Population",
    unit_pl: "osoba",
    unit_en: "persons",
    measure: Measure::Count { of: &[Summand::persons(AgeRange::ALL)] },
    decimals: Some(0),
    levels: &[Level::Powiat],
    reading: Reading::Neutral,
    status: Status::Verbatim,
    source: IOSS,
};

/// 100 x women / men. Eurostat publishes it as `PC_FM`.
pub static FEMINISATION: Indicator = Indicator {
    id: "feminisation",
    ioss_id: Some(3),
    name_pl: "Wskaźnik feminizacji",
    name_en: "Women per 100 men",
    unit_pl: "na 100",
    unit_en: "per 100",
    measure: Measure::Ratio {
        numerator: &[Summand::women(AgeRange::ALL)],
        denominator: &[Summand::men(AgeRange::ALL)],
        factor: 100.0,
    },
    decimals: Some(2),
    levels: &[Level::Powiat],
    reading: Reading::Neutral,
    status: Status::Verbatim,
    source: IOSS,
};

/// 100 x men / women, the inverse of [`FEMINISATION`].
pub static MASCULINISATION: Indicator = Indicator {
    id: "masculinisation",
    ioss_id: Some(1),
    name_pl: "Wskaźnik maskulinizacji",
    name_en: "Men per 100 women",
    unit_pl: "na 100",
    unit_en: "per 100",
    measure: Measure::Ratio {
        numerator: &[Summand::men(AgeRange::ALL)],
        denominator: &[Summand::women(AgeRange::ALL)],
        factor: 100.0,
    },
    decimals: Some(2),
    levels: &[Level::Powiat],
    reading: Reading::Neutral,
    status: Status::Verbatim,
    source: IOSS,
};
