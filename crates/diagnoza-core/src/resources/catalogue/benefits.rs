//! In which form families are assisted, of all persons in families covered.

use super::beneficiaries::COVERED;
use super::indicator::{IOSS_SHARE, Indicator, Measure};
use super::input::{Figure, Summand};

/// Persons in families with cash benefits.
pub static PERSONS_CASH_BENEFITS: Figure = Figure {
    name: "persons_in_families_cash_benefits",
    unit: "persons",
    label_pl: "Osoby w rodzinach ze świadczeniami pieniężnymi",
    label_en: "Persons in families with cash benefits",
};

/// Persons in families with benefits in kind.
pub static PERSONS_NON_CASH_BENEFITS: Figure = Figure {
    name: "persons_in_families_non_cash_benefits",
    unit: "persons",
    label_pl: "Osoby w rodzinach ze świadczeniami niepieniężnymi",
    label_en: "Persons in families with non-cash benefits",
};

/// Persons under a social contract (kontrakt socjalny).
pub static PERSONS_SOCIAL_CONTRACT: Figure = Figure {
    name: "persons_social_contract",
    unit: "persons",
    label_pl: "Osoby objęte kontraktem socjalnym",
    label_en: "Persons under a social contract",
};

/// 100 x persons in families with cash benefits / persons in families covered; its number in IOSS is not recorded.
pub static CASH_BENEFITS_SHARE: Indicator = Indicator {
    id: "cash_benefits_share",
    ioss_id: None,
    name_pl: "Świadczenia pieniężne z pomocy społecznej",
    name_en: "Cash benefits of social assistance",
    measure: Measure::per_cent(&[Summand::of(&PERSONS_CASH_BENEFITS)], COVERED),
    ..IOSS_SHARE
};

/// 100 x persons in families with non-cash benefits / persons in families covered.
pub static NON_CASH_BENEFITS_SHARE: Indicator = Indicator {
    id: "non_cash_benefits_share",
    ioss_id: Some(226),
    name_pl: "Świadczenia niepieniężne z pomocy społecznej",
    name_en: "Non-cash benefits of social assistance",
    measure: Measure::per_cent(&[Summand::of(&PERSONS_NON_CASH_BENEFITS)], COVERED),
    ..IOSS_SHARE
};

/// 100 x persons under a social contract / persons in families covered.
pub static SOCIAL_CONTRACT_SHARE: Indicator = Indicator {
    id: "social_contract_share",
    ioss_id: Some(229),
    name_pl: "Osoby objęte kontraktami socjalnymi",
    name_en: "Persons under a social contract",
    measure: Measure::per_cent(&[Summand::of(&PERSONS_SOCIAL_CONTRACT)], COVERED),
    ..IOSS_SHARE
};
