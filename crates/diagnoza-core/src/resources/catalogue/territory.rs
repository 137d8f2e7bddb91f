//! How densely and how urban people live.

use super::indicator::{IOSS_SHARE, Indicator, Measure};
use super::input::{EVERYBODY, Figure, Summand};

/// Area of the unit.
pub static AREA: Figure =
    Figure { name: "area_km2", unit: "km2", label_pl: "Powierzchnia w km2", label_en: "Area in km2" };

/// People in towns.
pub static URBAN_POPULATION: Figure = Figure {
    name: "urban_population",
    unit: "persons",
    label_pl: "Ludność w miastach",
    label_en: "People in towns",
};

/// Persons of all ages / area; its figures have one decimal, as in the local data bank.
pub static POPULATION_DENSITY: Indicator = Indicator {
    id: "population_density",
    ioss_id: Some(7),
    name_pl: "Wskaźnik gęstości zaludnienia",
    name_en: "Population density",
    unit_pl: "os./km2",
    unit_en: "persons/km2",
    measure: Measure::quotient(EVERYBODY, &[Summand::of(&AREA)]),
    decimals: Some(1),
    ..IOSS_SHARE
};

/// 100 x people in towns / persons of all ages.
pub static URBANISATION: Indicator = Indicator {
    id: "urbanisation",
    ioss_id: Some(4),
    name_pl: "Wskaźnik urbanizacji",
    name_en: "Share of people in towns",
    measure: Measure::per_cent(&[Summand::of(&URBAN_POPULATION)], EVERYBODY),
    ..IOSS_SHARE
};
