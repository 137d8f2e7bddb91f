//! How many people social assistance reaches.
//!
//! Two definitions are in use and never mixed: all members of the assisted households (IOSS 17, GUS 1.D.5), and
//! the persons who were granted benefits by decision (GUS 1.B.1); see [`crate::resources::HouseholdMembers`].

use super::indicator::{IOSS_SHARE, Indicator, Measure};
use super::input::{EVERYBODY, Figure, Summand};

/// All persons in the families that social assistance covered, each counted once.
pub static PERSONS_IN_FAMILIES_COVERED: Figure = Figure {
    name: "persons_in_families_covered",
    unit: "persons",
    label_pl: "Osoby w rodzinach objętych pomocą społeczną (liczba rzeczywista)",
    label_en: "Persons in families covered by social assistance (real number)",
};

/// Persons granted benefits by decision; no indicator of IOSS uses it.
pub static PERSONS_GRANTED_BENEFITS: Figure = Figure {
    name: "persons_granted_benefits",
    unit: "persons",
    label_pl: "Osoby, którym decyzją przyznano świadczenie",
    label_en: "Persons granted benefits by decision",
};

/// Persons in families covered, the whole of the shares by reason and form of help.
pub(super) static COVERED: &[Summand] = &[Summand::of(&PERSONS_IN_FAMILIES_COVERED)];

/// 100 x persons in families covered / persons of all ages. Own and commissioned tasks, whatever the kind, form,
/// number and financing of the benefits; from MPiPS-03 to 2014, from the OZPS report since 2015.
#[doc(alias = "beneficjenci pomocy społecznej")]
pub static BENEFICIARIES: Indicator = Indicator {
    id: "beneficiaries",
    ioss_id: Some(17),
    name_pl: "Beneficjenci pomocy społecznej",
    name_en: "Beneficiaries of social assistance",
    measure: Measure::per_cent(COVERED, EVERYBODY),
    ..IOSS_SHARE
};
