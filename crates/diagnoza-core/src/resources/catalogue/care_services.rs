//! Care services at home (usługi opiekuńcze).

use super::indicator::{IOSS_SHARE, Indicator, Measure};
use super::input::{Figure, Summand};

/// Persons with ordinary or specialised care services.
pub static PERSONS_CARE_SERVICES: Figure = Figure {
    name: "persons_care_services",
    unit: "persons",
    label_pl: "Osoby korzystające z usług opiekuńczych i specjalistycznych usług opiekuńczych",
    label_en: "Persons with ordinary or specialised care services",
};

/// Persons with specialised care services for people with mental disorders.
pub static PERSONS_PSYCHIATRIC_CARE_SERVICES: Figure = Figure {
    name: "persons_psychiatric_care_services",
    unit: "persons",
    label_pl: "Osoby korzystające ze specjalistycznych usług opiekuńczych dla osób z zaburzeniami psychicznymi",
    label_en: "Persons with specialised care services for people with mental disorders",
};

const COUNT: Indicator = Indicator { unit_pl: "osoba", unit_en: "persons", decimals: Some(0), ..IOSS_SHARE };

/// Number of persons with ordinary or specialised care services.
pub static CARE_SERVICES: Indicator = Indicator {
    id: "care_services",
    ioss_id: Some(227),
    name_pl: "Osoby korzystające z usług opiekuńczych i specjalistycznych",
    name_en: "Persons with care services",
    measure: Measure::Count { of: &[Summand::of(&PERSONS_CARE_SERVICES)] },
    ..COUNT
};

/// Number of persons with specialised care services for people with mental disorders.
pub static PSYCHIATRIC_CARE_SERVICES: Indicator = Indicator {
    id: "psychiatric_care_services",
    ioss_id: Some(228),
    name_pl: "Osoby korzystające ze specjalistycznych usług opiekuńczych dla osób z zaburzeniami psychicznymi",
    name_en: "Persons with specialised care services for people with mental disorders",
    measure: Measure::Count { of: &[Summand::of(&PERSONS_PSYCHIATRIC_CARE_SERVICES)] },
    ..COUNT
};
