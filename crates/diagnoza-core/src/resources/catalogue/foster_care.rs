//! Foster care (piecza zastępcza): how much of it is in families, how many children it takes.
//!
//! Deinstitutionalisation is published in two variants. The one of IOSS leaves the foster families of relatives out
//! above and below the line; the other counts them on both sides. Małopolska, 31 XII 2023: 63.9 % and 77.7 %.

use super::indicator::{IOSS_SHARE, Indicator, Measure, Status};
use super::input::{Figure, Summand};
use crate::demography::AgeRange;
use crate::territory::Level;

const fn children(name: &'static str, label_pl: &'static str, label_en: &'static str) -> Figure {
    Figure { name, unit: "persons", label_pl, label_en }
}

/// All children in foster care, family and institutional.
pub static CHILDREN_IN_FOSTER_CARE: Figure =
    children("children_in_foster_care", "Dzieci w pieczy zastępczej ogółem", "Children in foster care");

/// Children with foster families of relatives.
pub static CHILDREN_RELATED_FAMILIES: Figure = children(
    "children_in_related_foster_families",
    "Dzieci w spokrewnionych rodzinach zastępczych",
    "Children in foster families of relatives",
);

/// Children with other foster families: non-professional and professional of every kind.
pub static CHILDREN_NON_RELATED_FAMILIES: Figure = children(
    "children_in_non_related_foster_families",
    "Dzieci w niespokrewnionych rodzinach zastępczych (niezawodowych i zawodowych)",
    "Children in foster families that are no relatives (non-professional and professional)",
);

/// Children in family children's homes (rodzinne domy dziecka).
pub static CHILDREN_FAMILY_HOMES: Figure = children(
    "children_in_family_childrens_homes",
    "Dzieci w rodzinnych domach dziecka",
    "Children in family children's homes",
);

/// Children in care institutions of the family type (placówki opiekuńczo-wychowawcze typu rodzinnego).
pub static CHILDREN_FAMILY_INSTITUTIONS: Figure = children(
    "children_in_family_type_institutions",
    "Dzieci w placówkach opiekuńczo-wychowawczych typu rodzinnego",
    "Children in care institutions of the family type",
);

/// Children below 18 in foster care.
pub static CHILDREN_UNDER_18_IN_FOSTER_CARE: Figure = children(
    "children_under_18_in_foster_care",
    "Dzieci poniżej 18 lat w pieczy zastępczej",
    "Children below 18 in foster care",
);

/// Foster families.
pub static FOSTER_FAMILY_COUNT: Figure = Figure {
    name: "foster_families",
    unit: "families",
    label_pl: "Rodziny zastępcze",
    label_en: "Foster families",
};

/// Children in foster families.
pub static CHILDREN_IN_FOSTER_FAMILIES: Figure =
    children("children_in_foster_families", "Dzieci w rodzinach zastępczych", "Children in foster families");

/// 100 x (children in non-related foster families + family children's homes + family-type institutions) /
/// (children in foster care - children in related foster families).
#[doc(alias = "deinstytucjonalizacja")]
pub static DEINSTITUTIONALISATION: Indicator = Indicator {
    id: "deinstitutionalisation",
    ioss_id: Some(258),
    name_pl: "Stopień deinstytucjonalizacji pieczy zastępczej",
    name_en: "Deinstitutionalisation of foster care, without related families",
    measure: Measure::per_cent(
        &[
            Summand::of(&CHILDREN_NON_RELATED_FAMILIES),
            Summand::of(&CHILDREN_FAMILY_HOMES),
            Summand::of(&CHILDREN_FAMILY_INSTITUTIONS),
        ],
        &[Summand::of(&CHILDREN_IN_FOSTER_CARE), Summand::less(&CHILDREN_RELATED_FAMILIES)],
    ),
    levels: &[Level::Poland, Level::Voivodeship, Level::Powiat],
    ..IOSS_SHARE
};

/// The same with related foster families on both sides of the line.
pub static DEINSTITUTIONALISATION_WITH_RELATED: Indicator = Indicator {
    id: "deinstitutionalisation_with_related",
    ioss_id: None,
    name_pl: "Stopień deinstytucjonalizacji pieczy zastępczej, z rodzinami spokrewnionymi",
    name_en: "Deinstitutionalisation of foster care, with related families",
    measure: Measure::per_cent(
        &[
            Summand::of(&CHILDREN_RELATED_FAMILIES),
            Summand::of(&CHILDREN_NON_RELATED_FAMILIES),
            Summand::of(&CHILDREN_FAMILY_HOMES),
            Summand::of(&CHILDREN_FAMILY_INSTITUTIONS),
        ],
        &[Summand::of(&CHILDREN_IN_FOSTER_CARE)],
    ),
    decimals: Some(1),
    levels: &[Level::Voivodeship],
    status: Status::Inferred,
    source: "ROPS Kraków, report 1105 (2024); reproduced for Małopolska, 31 XII 2023",
    ..IOSS_SHARE
};

/// 1000 x children below 18 in foster care / persons 0-17.
pub static FOSTER_CARE_INTENSITY: Indicator = Indicator {
    id: "foster_care_intensity",
    ioss_id: Some(259),
    name_pl: "Intensywność pieczy zastępczej",
    name_en: "Children in foster care per 1000 children",
    unit_pl: "na 1000",
    unit_en: "per 1000",
    measure: Measure::per_thousand(
        &[Summand::of(&CHILDREN_UNDER_18_IN_FOSTER_CARE)],
        &[Summand::persons(AgeRange::closed(0, 17))],
    ),
    levels: &[Level::Poland, Level::Voivodeship, Level::Powiat],
    ..IOSS_SHARE
};

/// Number of foster families.
pub static FOSTER_FAMILIES: Indicator = Indicator {
    id: "foster_families",
    ioss_id: Some(29),
    name_pl: "Liczba rodzin zastępczych",
    name_en: "Foster families",
    unit_pl: "rodziny",
    unit_en: "families",
    measure: Measure::Count { of: &[Summand::of(&FOSTER_FAMILY_COUNT)] },
    decimals: Some(0),
    ..IOSS_SHARE
};

/// Number of children in foster families.
pub static FOSTER_FAMILY_CHILDREN: Indicator = Indicator {
    id: "foster_family_children",
    ioss_id: Some(30),
    name_pl: "Liczba dzieci w rodzinach zastępczych",
    name_en: "Children in foster families",
    unit_pl: "dzieci",
    unit_en: "children",
    measure: Measure::Count { of: &[Summand::of(&CHILDREN_IN_FOSTER_FAMILIES)] },
    decimals: Some(0),
    ..IOSS_SHARE
};
