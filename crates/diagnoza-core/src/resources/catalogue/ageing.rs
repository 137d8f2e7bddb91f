//! How old a population is, and how old its old people are.

use super::indicator::IOSS;
use super::{Indicator, Measure, Reading, Status, Summand};
use crate::demography::{AgeRange, Sexes};
use crate::territory::Level;

/// Exact age that half of the people have not yet reached, linear within the
/// group of ages that holds it: see [`crate::demography::AgeStructure::median_age`].
pub static MEDIAN_AGE: Indicator = Indicator {
    id: "median_age",
    ioss_id: None,
    name_pl: "Mediana wieku",
    name_en: "Median age",
    unit_pl: "lata",
    unit_en: "years",
    measure: Measure::MedianAge { of: Sexes::Both },
    decimals: Some(1),
    levels: &[Level::Poland, Level::Subregion],
    reading: Reading::Older,
    status: Status::Inferred,
    source: "Eurostat, demo_r_pjanind3, MEDAGEPOP; reproduced for Poland, PL6, PL62, PL621-PL623, 2014-2021",
};

/// 100 x persons 60+ / persons of all ages.
pub static SHARE_60_PLUS: Indicator = Indicator {
    id: "share_60_plus",
    ioss_id: Some(257),
    name_pl: "Ludność w wieku 60+",
    name_en: "Share of people aged 60+",
    unit_pl: "%",
    unit_en: "%",
    measure: Measure::Ratio {
        numerator: &[Summand::persons(AgeRange::open(60))],
        denominator: &[Summand::persons(AgeRange::ALL)],
        factor: 100.0,
    },
    decimals: Some(2),
    levels: &[Level::Powiat],
    reading: Reading::Older,
    status: Status::Verbatim,
    source: IOSS,
};

/// 100 x persons 65+ / persons of all ages.
pub static SHARE_65_PLUS: Indicator = Indicator {
    id: "share_65_plus",
    ioss_id: Some(285),
    name_pl: "Ludność w wieku 65+ / współczynnik starości demograficznej",
    name_en: "Share of people aged 65+",
    unit_pl: "%",
    unit_en: "%",
    measure: Measure::Ratio {
        numerator: &[Summand::persons(AgeRange::open(65))],
        denominator: &[Summand::persons(AgeRange::ALL)],
        factor: 100.0,
    },
    decimals: Some(2),
    levels: &[Level::Powiat],
    reading: Reading::Older,
    status: Status::Verbatim,
    source: IOSS,
};

/// 100 x persons 80+ / persons of all ages.
pub static SHARE_80_PLUS: Indicator = Indicator {
    id: "share_80_plus",
    ioss_id: None,
    name_pl: "Ludność w wieku 80+",
    name_en: "Share of people aged 80+",
    unit_pl: "%",
    unit_en: "%",
    measure: Measure::Ratio {
        numerator: &[Summand::persons(AgeRange::open(80))],
        denominator: &[Summand::persons(AgeRange::ALL)],
        factor: 100.0,
    },
    decimals: Some(1),
    levels: &[Level::Poland, Level::Subregion],
    reading: Reading::Older,
    status: Status::Inferred,
    source: "Eurostat, demo_r_pjanind3, PC_Y80_MAX; reproduced for Poland, PL6, PL62, PL621-PL623, 2014-2021",
};

/// 100 x persons 65+ / persons 0-14.
pub static AGEING_INDEX: Indicator = Indicator {
    id: "ageing_index",
    ioss_id: Some(284),
    name_pl: "Wskaźnik / indeks starości",
    name_en: "Ageing index",
    unit_pl: "na 100",
    unit_en: "per 100",
    measure: Measure::Ratio {
        numerator: &[Summand::persons(AgeRange::open(65))],
        denominator: &[Summand::persons(AgeRange::closed(0, 14))],
        factor: 100.0,
    },
    decimals: Some(0),
    levels: &[Level::Powiat],
    reading: Reading::Older,
    status: Status::Verbatim,
    source: IOSS,
};

/// 100 x persons 80+ / persons 60+.
pub static DOUBLE_AGEING: Indicator = Indicator {
    id: "double_ageing",
    ioss_id: Some(273),
    name_pl: "Wskaźnik podwójnego starzenia",
    name_en: "Double ageing",
    unit_pl: "%",
    unit_en: "%",
    measure: Measure::Ratio {
        numerator: &[Summand::persons(AgeRange::open(80))],
        denominator: &[Summand::persons(AgeRange::open(60))],
        factor: 100.0,
    },
    decimals: Some(2),
    levels: &[Level::Powiat],
    reading: Reading::Older,
    status: Status::Verbatim,
    source: IOSS,
};
