//! The programme of meals (dożywianie).

use super::indicator::{IOSS_SHARE, Indicator, Measure};
use super::input::{EVERYBODY, Figure, Summand};

/// Persons in the programme of meals.
pub static PERSONS_MEALS: Figure = Figure {
    name: "persons_in_meals_programme",
    unit: "persons",
    label_pl: "Osoby objęte dożywianiem",
    label_en: "Persons in the programme of meals",
};

/// Of these children.
pub static CHILDREN_MEALS: Figure = Figure {
    name: "children_in_meals_programme",
    unit: "persons",
    label_pl: "Dzieci objęte dożywianiem",
    label_en: "Children in the programme of meals",
};

/// Of these pupils.
pub static PUPILS_MEALS: Figure = Figure {
    name: "pupils_in_meals_programme",
    unit: "persons",
    label_pl: "Uczniowie objęci dożywianiem",
    label_en: "Pupils in the programme of meals",
};

static ALL_MEALS: &[Summand] = &[Summand::of(&PERSONS_MEALS)];

/// 1000 x persons in the programme / persons of all ages.
pub static MEALS_RATE: Indicator = Indicator {
    id: "meals_rate",
    ioss_id: Some(175),
    name_pl: "Osoby objęte dożywianiem na 1000 mieszkańców",
    name_en: "Persons in the programme of meals per 1000 inhabitants",
    unit_pl: "na 1000",
    unit_en: "per 1000",
    measure: Measure::per_thousand(ALL_MEALS, EVERYBODY),
    decimals: Some(0),
    ..IOSS_SHARE
};

/// 100 x children / persons in the programme.
pub static MEALS_CHILDREN_SHARE: Indicator = Indicator {
    id: "meals_children_share",
    ioss_id: Some(176),
    name_pl: "Udział dzieci w ogóle objętych dożywianiem",
    name_en: "Children among persons in the programme of meals",
    measure: Measure::per_cent(&[Summand::of(&CHILDREN_MEALS)], ALL_MEALS),
    decimals: Some(0),
    ..IOSS_SHARE
};

/// 100 x pupils / persons in the programme.
pub static MEALS_PUPILS_SHARE: Indicator = Indicator {
    id: "meals_pupils_share",
    ioss_id: Some(177),
    name_pl: "Udział uczniów w ogóle objętych dożywianiem",
    name_en: "Pupils among persons in the programme of meals",
    measure: Measure::per_cent(&[Summand::of(&PUPILS_MEALS)], ALL_MEALS),
    decimals: Some(0),
    ..IOSS_SHARE
};
