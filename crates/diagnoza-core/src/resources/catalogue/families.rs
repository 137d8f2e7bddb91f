//! Which families are assisted.

use super::indicator::{IOSS_SHARE, Indicator, Measure};
use super::input::{Figure, Summand};

/// All assisted families.
pub static FAMILIES_ASSISTED: Figure = Figure {
    name: "families_assisted",
    unit: "families",
    label_pl: "Rodziny objęte pomocą ogółem",
    label_en: "Families assisted",
};

/// Of these the families with children.
pub static FAMILIES_WITH_CHILDREN: Figure = Figure {
    name: "families_with_children_assisted",
    unit: "families",
    label_pl: "Rodziny z dziećmi objęte pomocą ogółem",
    label_en: "Families with children assisted",
};

/// Of these the one-parent families.
pub static ONE_PARENT_FAMILIES: Figure = Figure {
    name: "one_parent_families_assisted",
    unit: "families",
    label_pl: "Rodziny niepełne objęte pomocą",
    label_en: "One-parent families assisted",
};

/// Families with three or more children.
pub static LARGE_FAMILIES: Figure = Figure {
    name: "large_families_assisted",
    unit: "families",
    label_pl: "Rodziny z trojgiem i więcej dzieci objęte pomocą",
    label_en: "Families with three or more children assisted",
};

/// Families of pensioners.
pub static PENSIONER_FAMILIES: Figure = Figure {
    name: "pensioner_families_assisted",
    unit: "families",
    label_pl: "Rodziny emerytów i rencistów objęte pomocą",
    label_en: "Families of pensioners assisted",
};

static WITH_CHILDREN: &[Summand] = &[Summand::of(&FAMILIES_WITH_CHILDREN)];

/// 100 x one-parent families / families with children, all assisted.
pub static ONE_PARENT_FAMILIES_SHARE: Indicator = Indicator {
    id: "one_parent_families_share",
    ioss_id: Some(59),
    name_pl: "Rodziny niepełne objęte pomocą",
    name_en: "One-parent families among assisted families with children",
    measure: Measure::per_cent(&[Summand::of(&ONE_PARENT_FAMILIES)], WITH_CHILDREN),
    ..IOSS_SHARE
};

/// 100 x families with three or more children / families with children, all assisted.
pub static LARGE_FAMILIES_SHARE: Indicator = Indicator {
    id: "large_families_share",
    ioss_id: Some(60),
    name_pl: "Rodziny wielodzietne objęte pomocą",
    name_en: "Families with three or more children among assisted families with children",
    measure: Measure::per_cent(&[Summand::of(&LARGE_FAMILIES)], WITH_CHILDREN),
    ..IOSS_SHARE
};

/// 100 x families of pensioners / families, all assisted.
pub static PENSIONER_FAMILIES_SHARE: Indicator = Indicator {
    id: "pensioner_families_share",
    ioss_id: Some(126),
    name_pl: "Rodziny emerytów i rencistów objęte pomocą",
    name_en: "Families of pensioners among assisted families",
    measure: Measure::per_cent(&[Summand::of(&PENSIONER_FAMILIES)], &[Summand::of(&FAMILIES_ASSISTED)]),
    ..IOSS_SHARE
};
