//! People, women and men.

use super::{Indicator, Measure, Part, Reading, Status};
use crate::demography::AgeRange;

/// Number of people of all ages.
pub static POPULATION: Indicator = Indicator {
    id: "population",
    ioss_id: Some(186),
    name_pl: "Ludność ogółem",
    name_en: "Population",
    unit_pl: "osoba",
    unit_en: "persons",
    measure: Measure::Count { of: &[Part::persons(AgeRange::ALL)] },
    reading: Reading::Neutral,
    status: Status::Verbatim,
    source: "IOSS, ROPS Kraków",
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
        numerator: &[Part::women(AgeRange::ALL)],
        denominator: &[Part::men(AgeRange::ALL)],
        factor: 100.0,
    },
    reading: Reading::Neutral,
    status: Status::Verbatim,
    source: "IOSS, ROPS Kraków",
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
        numerator: &[Part::men(AgeRange::ALL)],
        denominator: &[Part::women(AgeRange::ALL)],
        factor: 100.0,
    },
    reading: Reading::Neutral,
    status: Status::Verbatim,
    source: "IOSS, ROPS Kraków",
};
