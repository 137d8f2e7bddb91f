//! Residents of social-assistance homes (domy pomocy społecznej, DPS) on 31 XII: 100 x group / residents.

use super::indicator::{IOSS_SHARE, Indicator, Measure};
use super::input::{Figure, Summand};

/// All residents on 31 XII.
pub static DPS_RESIDENTS: Figure =
    residents("dps_residents", "Mieszkańcy DPS, 31 XII", "Residents of DPS, 31 XII");

static ALL_RESIDENTS: &[Summand] = &[Summand::of(&DPS_RESIDENTS)];

const fn residents(name: &'static str, label_pl: &'static str, label_en: &'static str) -> Figure {
    Figure { name, unit: "persons", label_pl, label_en }
}

const fn share(
    id: &'static str,
    ioss_id: u16,
    name_pl: &'static str,
    name_en: &'static str,
    group: &'static [Summand],
) -> Indicator {
    Indicator {
        id,
        ioss_id: Some(ioss_id),
        name_pl,
        name_en,
        measure: Measure::per_cent(group, ALL_RESIDENTS),
        ..IOSS_SHARE
    }
}

/// Residents bedridden.
pub static DPS_RESIDENTS_BEDRIDDEN: Figure = residents(
    "dps_residents_bedridden",
    "Mieszkańcy DPS nieopuszczający łóżek, 31 XII",
    "Residents of DPS bedridden, 31 XII",
);

/// Share of residents bedridden.
pub static DPS_BEDRIDDEN: Indicator = share(
    "dps_bedridden",
    163,
    "Pensjonariusze DPS nieopuszczający łóżek",
    "Residents of DPS bedridden",
    &[Summand::of(&DPS_RESIDENTS_BEDRIDDEN)],
);

/// Residents aged 18 or less.
pub static DPS_RESIDENTS_TO_18: Figure = residents(
    "dps_residents_to_18",
    "Mieszkańcy DPS w wieku do 18 lat, 31 XII",
    "Residents of DPS aged 18 or less, 31 XII",
);

/// Share of residents aged 18 or less.
pub static DPS_TO_18: Indicator = share(
    "dps_to_18",
    164,
    "Pensjonariusze DPS do 18 r.ż.",
    "Residents of DPS aged 18 or less",
    &[Summand::of(&DPS_RESIDENTS_TO_18)],
);

/// Residents aged 19-40.
pub static DPS_RESIDENTS_19_40: Figure = residents(
    "dps_residents_19_40",
    "Mieszkańcy DPS w wieku 19-40 lat, 31 XII",
    "Residents of DPS aged 19-40, 31 XII",
);

/// Share of residents aged 19-40.
pub static DPS_19_40: Indicator = share(
    "dps_19_40",
    165,
    "Pensjonariusze DPS 19-40",
    "Residents of DPS aged 19-40",
    &[Summand::of(&DPS_RESIDENTS_19_40)],
);

/// Residents aged 41-60.
pub static DPS_RESIDENTS_41_60: Figure = residents(
    "dps_residents_41_60",
    "Mieszkańcy DPS w wieku 41-60 lat, 31 XII",
    "Residents of DPS aged 41-60, 31 XII",
);

/// Share of residents aged 41-60.
pub static DPS_41_60: Indicator = share(
    "dps_41_60",
    166,
    "Pensjonariusze DPS 41-60",
    "Residents of DPS aged 41-60",
    &[Summand::of(&DPS_RESIDENTS_41_60)],
);

/// Residents aged 61-74.
pub static DPS_RESIDENTS_61_74: Figure = residents(
    "dps_residents_61_74",
    "Mieszkańcy DPS w wieku 61-74 lat, 31 XII",
    "Residents of DPS aged 61-74, 31 XII",
);

/// Share of residents aged 61-74.
pub static DPS_61_74: Indicator = share(
    "dps_61_74",
    167,
    "Pensjonariusze DPS 61-74",
    "Residents of DPS aged 61-74",
    &[Summand::of(&DPS_RESIDENTS_61_74)],
);

/// Residents aged 75 or more.
pub static DPS_RESIDENTS_OVER_74: Figure = residents(
    "dps_residents_over_74",
    "Mieszkańcy DPS w wieku powyżej 74 lat, 31 XII",
    "Residents of DPS aged 75 or more, 31 XII",
);

/// Share of residents aged 75 or more.
pub static DPS_OVER_74: Indicator = share(
    "dps_over_74",
    168,
    "Pensjonariusze DPS powyżej 74",
    "Residents of DPS aged 75 or more",
    &[Summand::of(&DPS_RESIDENTS_OVER_74)],
);
