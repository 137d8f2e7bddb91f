//! Social workers of the social-assistance centres (ośrodki pomocy społecznej, OPS).

use super::indicator::{IOSS_SHARE, Indicator, Measure};
use super::input::{EVERYBODY, Figure, Summand};

/// Social workers of the centre.
#[doc(alias = "pracownik socjalny")]
pub static SOCIAL_WORKERS: Figure = Figure {
    name: "social_workers_ops",
    unit: "workers",
    label_pl: "Pracownicy socjalni OPS",
    label_en: "Social workers of the OPS",
};

/// Of these with higher education.
pub static SOCIAL_WORKERS_HIGHER: Figure = Figure {
    name: "social_workers_ops_higher_education",
    unit: "workers",
    label_pl: "Pracownicy socjalni OPS z wyższym wykształceniem",
    label_en: "Social workers of the OPS with higher education",
};

/// Of these with the first degree of specialisation.
pub static SOCIAL_WORKERS_FIRST_DEGREE: Figure = Figure {
    name: "social_workers_ops_first_degree",
    unit: "workers",
    label_pl: "Pracownicy socjalni OPS z I stopniem specjalizacji",
    label_en: "Social workers of the OPS with the first degree of specialisation",
};

/// Of these with the second degree of specialisation.
pub static SOCIAL_WORKERS_SECOND_DEGREE: Figure = Figure {
    name: "social_workers_ops_second_degree",
    unit: "workers",
    label_pl: "Pracownicy socjalni OPS z II stopniem specjalizacji",
    label_en: "Social workers of the OPS with the second degree of specialisation",
};

static ALL_WORKERS: &[Summand] = &[Summand::of(&SOCIAL_WORKERS)];

/// Persons of all ages / social workers of the OPS.
pub static INHABITANTS_PER_SOCIAL_WORKER: Indicator = Indicator {
    id: "inhabitants_per_social_worker",
    ioss_id: Some(27),
    name_pl: "Liczba mieszkańców na 1 pracownika socjalnego",
    name_en: "Inhabitants per social worker",
    unit_pl: "osoby",
    unit_en: "persons",
    measure: Measure::quotient(EVERYBODY, ALL_WORKERS),
    decimals: Some(0),
    ..IOSS_SHARE
};

/// 100 x social workers with higher education / social workers of the OPS.
pub static SHARE_HIGHER_EDUCATION: Indicator = Indicator {
    id: "social_workers_higher_education_share",
    ioss_id: Some(220),
    name_pl: "Pracownicy socjalni OPS posiadający wyższe wykształcenie",
    name_en: "Social workers with higher education",
    measure: Measure::per_cent(&[Summand::of(&SOCIAL_WORKERS_HIGHER)], ALL_WORKERS),
    ..IOSS_SHARE
};

/// 100 x social workers with the first degree / social workers of the OPS.
pub static SHARE_FIRST_DEGREE: Indicator = Indicator {
    id: "social_workers_first_degree_share",
    ioss_id: Some(221),
    name_pl: "Pracownicy socjalni OPS - I stopień specjalizacji",
    name_en: "Social workers with the first degree of specialisation",
    measure: Measure::per_cent(&[Summand::of(&SOCIAL_WORKERS_FIRST_DEGREE)], ALL_WORKERS),
    ..IOSS_SHARE
};

/// 100 x social workers with the second degree / social workers of the OPS.
pub static SHARE_SECOND_DEGREE: Indicator = Indicator {
    id: "social_workers_second_degree_share",
    ioss_id: Some(222),
    name_pl: "Pracownicy socjalni OPS - II stopień specjalizacji",
    name_en: "Social workers with the second degree of specialisation",
    measure: Measure::per_cent(&[Summand::of(&SOCIAL_WORKERS_SECOND_DEGREE)], ALL_WORKERS),
    ..IOSS_SHARE
};
