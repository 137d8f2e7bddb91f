//! Births, deaths, marriages and moves for permanent residence.

use super::indicator::{IOSS_SHARE, Indicator, Measure};
use super::input::{EVERYBODY, Figure, Summand};

/// Live births of the year.
pub static LIVE_BIRTHS: Figure =
    Figure { name: "live_births", unit: "persons", label_pl: "Urodzenia żywe", label_en: "Live births" };

/// Deaths of the year.
pub static DEATHS: Figure = Figure { name: "deaths", unit: "persons", label_pl: "Zgony", label_en: "Deaths" };

/// Marriages of the year.
pub static MARRIAGES: Figure =
    Figure { name: "marriages", unit: "marriages", label_pl: "Małżeństwa zawarte", label_en: "Marriages" };

/// Registrations for permanent residence from elsewhere.
pub static PERMANENT_REGISTRATIONS: Figure = Figure {
    name: "permanent_registrations",
    unit: "persons",
    label_pl: "Zameldowania na pobyt stały",
    label_en: "Registrations for permanent residence",
};

/// Deregistrations from permanent residence.
pub static PERMANENT_DEREGISTRATIONS: Figure = Figure {
    name: "permanent_deregistrations",
    unit: "persons",
    label_pl: "Wymeldowania z pobytu stałego",
    label_en: "Deregistrations from permanent residence",
};

const PER_1000: Indicator = Indicator { unit_pl: "na 1000", unit_en: "per 1000", ..IOSS_SHARE };

/// 1000 x (live births - deaths) / persons of all ages.
#[doc(alias = "przyrost naturalny")]
pub static NATURAL_INCREASE_RATE: Indicator = Indicator {
    id: "natural_increase_rate",
    ioss_id: Some(91),
    name_pl: "Przyrost naturalny na 1000 ludności",
    name_en: "Natural increase per 1000 inhabitants",
    measure: Measure::per_thousand(&[Summand::of(&LIVE_BIRTHS), Summand::less(&DEATHS)], EVERYBODY),
    ..PER_1000
};

/// 1000 x marriages / persons of all ages; its figures have one decimal, as in the local data bank.
pub static MARRIAGE_RATE: Indicator = Indicator {
    id: "marriage_rate",
    ioss_id: Some(127),
    name_pl: "Małżeństwa na 1000 mieszkańców",
    name_en: "Marriages per 1000 inhabitants",
    measure: Measure::per_thousand(&[Summand::of(&MARRIAGES)], EVERYBODY),
    decimals: Some(1),
    ..PER_1000
};

/// 1000 x live births / persons of all ages.
pub static BIRTH_RATE: Indicator = Indicator {
    id: "birth_rate",
    ioss_id: Some(128),
    name_pl: "Urodzenia na 1000 mieszkańców",
    name_en: "Live births per 1000 inhabitants",
    measure: Measure::per_thousand(&[Summand::of(&LIVE_BIRTHS)], EVERYBODY),
    ..PER_1000
};

/// 1000 x deaths / persons of all ages.
pub static DEATH_RATE: Indicator = Indicator {
    id: "death_rate",
    ioss_id: Some(129),
    name_pl: "Zgony na 1000 mieszkańców",
    name_en: "Deaths per 1000 inhabitants",
    measure: Measure::per_thousand(&[Summand::of(&DEATHS)], EVERYBODY),
    ..PER_1000
};

/// Registrations less deregistrations; IOSS has no figure of 2015.
#[doc(alias = "saldo migracji")]
pub static NET_PERMANENT_MIGRATION: Indicator = Indicator {
    id: "net_permanent_migration",
    ioss_id: Some(98),
    name_pl: "Saldo migracji stałych",
    name_en: "Net migration for permanent residence",
    unit_pl: "osoba",
    unit_en: "persons",
    measure: Measure::Count {
        of: &[Summand::of(&PERMANENT_REGISTRATIONS), Summand::less(&PERMANENT_DEREGISTRATIONS)],
    },
    decimals: None,
    levels: &[],
    ..IOSS_SHARE
};
