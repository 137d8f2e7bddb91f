//! Why families are assisted: 100 x persons in families assisted for the reason / persons in families covered.
//!
//! A family may have several reasons, so that the shares do not add up to 100 %.

use super::beneficiaries::COVERED;
use super::indicator::{IOSS_SHARE, Indicator, Measure};
use super::input::{Figure, Summand};

const fn share(
    id: &'static str,
    ioss_id: u16,
    name_pl: &'static str,
    name_en: &'static str,
    persons: &'static [Summand],
) -> Indicator {
    Indicator {
        id,
        ioss_id: Some(ioss_id),
        name_pl,
        name_en,
        measure: Measure::per_cent(persons, COVERED),
        ..IOSS_SHARE
    }
}

const fn persons(name: &'static str, label_pl: &'static str, label_en: &'static str) -> Figure {
    Figure { name, unit: "persons", label_pl, label_en }
}

/// Persons in families assisted because of poverty.
pub static PERSONS_POVERTY: Figure = persons(
    "persons_in_families_reason_poverty",
    "Osoby w rodzinach objętych pomocą z powodu ubóstwa",
    "Persons in families assisted because of poverty",
);

/// Share of poverty among the reasons.
pub static REASON_POVERTY: Indicator =
    share("reason_poverty", 31, "Powód: ubóstwo", "Reason: poverty", &[Summand::of(&PERSONS_POVERTY)]);

/// Persons in families assisted because of unemployment.
pub static PERSONS_UNEMPLOYMENT: Figure = persons(
    "persons_in_families_reason_unemployment",
    "Osoby w rodzinach objętych pomocą z powodu bezrobocia",
    "Persons in families assisted because of unemployment",
);

/// Share of unemployment among the reasons.
pub static REASON_UNEMPLOYMENT: Indicator = share(
    "reason_unemployment",
    32,
    "Powód: bezrobocie",
    "Reason: unemployment",
    &[Summand::of(&PERSONS_UNEMPLOYMENT)],
);

/// Persons in families assisted because of large family.
pub static PERSONS_LARGE_FAMILY: Figure = persons(
    "persons_in_families_reason_large_family",
    "Osoby w rodzinach objętych pomocą z powodu wielodzietności",
    "Persons in families assisted because of large family",
);

/// Share of large family among the reasons.
pub static REASON_LARGE_FAMILY: Indicator = share(
    "reason_large_family",
    33,
    "Powód: wielodzietność",
    "Reason: large family",
    &[Summand::of(&PERSONS_LARGE_FAMILY)],
);

/// Persons in families assisted because of homelessness.
pub static PERSONS_HOMELESSNESS: Figure = persons(
    "persons_in_families_reason_homelessness",
    "Osoby w rodzinach objętych pomocą z powodu bezdomności",
    "Persons in families assisted because of homelessness",
);

/// Share of homelessness among the reasons.
pub static REASON_HOMELESSNESS: Indicator = share(
    "reason_homelessness",
    34,
    "Powód: bezdomność",
    "Reason: homelessness",
    &[Summand::of(&PERSONS_HOMELESSNESS)],
);

/// Persons in families assisted because of orphanhood.
pub static PERSONS_ORPHANHOOD: Figure = persons(
    "persons_in_families_reason_orphanhood",
    "Osoby w rodzinach objętych pomocą z powodu sieroctwa",
    "Persons in families assisted because of orphanhood",
);

/// Share of orphanhood among the reasons.
pub static REASON_ORPHANHOOD: Indicator = share(
    "reason_orphanhood",
    35,
    "Powód: sieroctwo",
    "Reason: orphanhood",
    &[Summand::of(&PERSONS_ORPHANHOOD)],
);

/// Persons in families assisted because of violence.
pub static PERSONS_VIOLENCE: Figure = persons(
    "persons_in_families_reason_violence",
    "Osoby w rodzinach objętych pomocą z powodu przemocy",
    "Persons in families assisted because of violence",
);

/// Share of violence among the reasons.
pub static REASON_VIOLENCE: Indicator =
    share("reason_violence", 36, "Powód: przemoc", "Reason: violence", &[Summand::of(&PERSONS_VIOLENCE)]);

/// Persons in families assisted because of disability.
pub static PERSONS_DISABILITY: Figure = persons(
    "persons_in_families_reason_disability",
    "Osoby w rodzinach objętych pomocą z powodu niepełnosprawności",
    "Persons in families assisted because of disability",
);

/// Share of disability among the reasons.
pub static REASON_DISABILITY: Indicator = share(
    "reason_disability",
    37,
    "Powód: niepełnosprawność",
    "Reason: disability",
    &[Summand::of(&PERSONS_DISABILITY)],
);

/// Persons in families assisted because of helplessness in care, upbringing and running a household.
pub static PERSONS_HELPLESSNESS: Figure = persons(
    "persons_in_families_reason_helplessness",
    "Osoby w rodzinach objętych pomocą z powodu bezradności w sprawach opiekuńczo-wychowawczych i prowadzenia gospodarstwa domowego",
    "Persons in families assisted because of helplessness in care, upbringing and running a household",
);

/// Share of helplessness in care, upbringing and running a household among the reasons.
pub static REASON_HELPLESSNESS: Indicator = share(
    "reason_helplessness",
    38,
    "Powód: bezradność w sprawach opiekuńczo-wychowawczych i prowadzenia gosp. dom.",
    "Reason: helplessness in care, upbringing and running a household",
    &[Summand::of(&PERSONS_HELPLESSNESS)],
);

/// Persons in families assisted because of long or severe illness.
pub static PERSONS_ILLNESS: Figure = persons(
    "persons_in_families_reason_illness",
    "Osoby w rodzinach objętych pomocą z powodu długotrwałej lub ciężkiej choroby",
    "Persons in families assisted because of long or severe illness",
);

/// Share of long or severe illness among the reasons.
pub static REASON_ILLNESS: Indicator = share(
    "reason_illness",
    39,
    "Powód: długotrwała lub ciężka choroba",
    "Reason: long or severe illness",
    &[Summand::of(&PERSONS_ILLNESS)],
);

/// Persons in families assisted because of alcoholism.
pub static PERSONS_ALCOHOLISM: Figure = persons(
    "persons_in_families_reason_alcoholism",
    "Osoby w rodzinach objętych pomocą z powodu alkoholizmu",
    "Persons in families assisted because of alcoholism",
);

/// Share of alcoholism among the reasons.
pub static REASON_ALCOHOLISM: Indicator = share(
    "reason_alcoholism",
    40,
    "Powód: alkoholizm",
    "Reason: alcoholism",
    &[Summand::of(&PERSONS_ALCOHOLISM)],
);

/// Persons in families assisted because of drug addiction.
pub static PERSONS_DRUG_ADDICTION: Figure = persons(
    "persons_in_families_reason_drug_addiction",
    "Osoby w rodzinach objętych pomocą z powodu narkomanii",
    "Persons in families assisted because of drug addiction",
);

/// Share of drug addiction among the reasons.
pub static REASON_DRUG_ADDICTION: Indicator = share(
    "reason_drug_addiction",
    41,
    "Powód: narkomania",
    "Reason: drug addiction",
    &[Summand::of(&PERSONS_DRUG_ADDICTION)],
);

/// Persons in families assisted because of crisis situation.
pub static PERSONS_CRISIS: Figure = persons(
    "persons_in_families_reason_crisis",
    "Osoby w rodzinach objętych pomocą z powodu sytuacji kryzysowej",
    "Persons in families assisted because of crisis situation",
);

/// Share of crisis situation among the reasons.
pub static REASON_CRISIS: Indicator = share(
    "reason_crisis",
    42,
    "Powód: sytuacja kryzysowa",
    "Reason: crisis situation",
    &[Summand::of(&PERSONS_CRISIS)],
);

/// Persons in families assisted because of chance event.
pub static PERSONS_CHANCE_EVENT: Figure = persons(
    "persons_in_families_reason_chance_event",
    "Osoby w rodzinach objętych pomocą z powodu zdarzenia losowego",
    "Persons in families assisted because of chance event",
);

/// Share of chance event among the reasons.
pub static REASON_CHANCE_EVENT: Indicator = share(
    "reason_chance_event",
    43,
    "Powód: zdarzenie losowe",
    "Reason: chance event",
    &[Summand::of(&PERSONS_CHANCE_EVENT)],
);

/// Persons in families assisted because of need to protect maternity.
pub static PERSONS_MATERNITY: Figure = persons(
    "persons_in_families_reason_maternity",
    "Osoby w rodzinach objętych pomocą z powodu potrzeby ochrony macierzyństwa",
    "Persons in families assisted because of need to protect maternity",
);

/// Share of need to protect maternity among the reasons.
pub static REASON_MATERNITY: Indicator = share(
    "reason_maternity",
    231,
    "Powód: potrzeba ochrony macierzyństwa",
    "Reason: need to protect maternity",
    &[Summand::of(&PERSONS_MATERNITY)],
);
