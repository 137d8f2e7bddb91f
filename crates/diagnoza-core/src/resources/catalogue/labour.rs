//! Unemployment as registered.

use super::indicator::{IOSS_SHARE, Indicator, Measure};
use super::input::{Figure, Summand};

/// Registered unemployed.
pub static UNEMPLOYED: Figure = Figure {
    name: "unemployed",
    unit: "persons",
    label_pl: "Bezrobotni zarejestrowani",
    label_en: "Registered unemployed",
};

/// Economically active people.
pub static ECONOMICALLY_ACTIVE: Figure = Figure {
    name: "economically_active",
    unit: "persons",
    label_pl: "Aktywni zawodowo",
    label_en: "Economically active people",
};

/// 100 x registered unemployed / economically active; its figures have one decimal, as GUS publishes the rate.
pub static UNEMPLOYMENT_RATE: Indicator = Indicator {
    id: "unemployment_rate",
    ioss_id: Some(25),
    name_pl: "Stopa bezrobocia",
    name_en: "Registered unemployment rate",
    measure: Measure::per_cent(&[Summand::of(&UNEMPLOYED)], &[Summand::of(&ECONOMICALLY_ACTIVE)]),
    decimals: Some(1),
    ..IOSS_SHARE
};
