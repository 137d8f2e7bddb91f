//! Those outside the working ages against those in them: by the Polish economic
//! age groups, and by 15-64 as Eurostat does. The two do not compare.

use super::{Indicator, Measure, Reading, Status, Summand};
use crate::demography::AgeRange;
use crate::territory::Level;

/// 100 x (persons 0-17 + women 60+ + men 65+) / (women 18-59 + men 18-64).
pub static DEMOGRAPHIC_DEPENDENCY: Indicator = Indicator {
    id: "demographic_dependency",
    ioss_id: Some(48),
    name_pl: "Wskaźnik obciążenia demograficznego",
    name_en: "Demographic dependency, Polish economic age groups",
    unit_pl: "na 100",
    unit_en: "per 100",
    measure: Measure::Ratio {
        numerator: &[
            Summand::persons(AgeRange::closed(0, 17)),
            Summand::women(AgeRange::open(60)),
            Summand::men(AgeRange::open(65)),
        ],
        denominator: &[Summand::women(AgeRange::closed(18, 59)), Summand::men(AgeRange::closed(18, 64))],
        factor: 100.0,
    },
    decimals: Some(1),
    levels: &[Level::Powiat],
    reading: Reading::Neutral,
    status: Status::Verbatim,
    source: "IOSS, ROPS Kraków; GUS BDL, variable 60563",
};

/// 100 x persons 0-14 / persons 15-64.
pub static YOUNG_DEPENDENCY: Indicator = Indicator {
    id: "young_dependency",
    ioss_id: None,
    name_pl: "Współczynnik obciążenia osobami młodymi",
    name_en: "Young-age dependency ratio",
    unit_pl: "na 100",
    unit_en: "per 100",
    measure: Measure::Ratio {
        numerator: &[Summand::persons(AgeRange::closed(0, 14))],
        denominator: &[Summand::persons(AgeRange::closed(15, 64))],
        factor: 100.0,
    },
    decimals: Some(1),
    levels: &[Level::Poland, Level::Subregion],
    reading: Reading::Younger,
    status: Status::Inferred,
    source: "Eurostat, demo_r_pjanind3, YOUNGDEP1; reproduced for Poland, PL6, PL62, PL621-PL623, 2014-2021",
};

/// 100 x persons 65+ / persons 15-64.
pub static OLD_DEPENDENCY: Indicator = Indicator {
    id: "old_dependency",
    ioss_id: None,
    name_pl: "Współczynnik obciążenia osobami starszymi",
    name_en: "Old-age dependency ratio",
    unit_pl: "na 100",
    unit_en: "per 100",
    measure: Measure::Ratio {
        numerator: &[Summand::persons(AgeRange::open(65))],
        denominator: &[Summand::persons(AgeRange::closed(15, 64))],
        factor: 100.0,
    },
    decimals: Some(1),
    levels: &[Level::Poland, Level::Subregion],
    reading: Reading::Older,
    status: Status::Inferred,
    source: "Eurostat, demo_r_pjanind3, OLDDEP1; reproduced for Poland, PL6, PL62, PL621-PL623, 2014-2021",
};

/// 100 x (persons 0-14 + persons 65+) / persons 15-64.
pub static TOTAL_DEPENDENCY: Indicator = Indicator {
    id: "total_dependency",
    ioss_id: None,
    name_pl: "Współczynnik obciążenia ogółem",
    name_en: "Age dependency ratio",
    unit_pl: "na 100",
    unit_en: "per 100",
    measure: Measure::Ratio {
        numerator: &[Summand::persons(AgeRange::closed(0, 14)), Summand::persons(AgeRange::open(65))],
        denominator: &[Summand::persons(AgeRange::closed(15, 64))],
        factor: 100.0,
    },
    decimals: Some(1),
    levels: &[Level::Poland, Level::Subregion],
    reading: Reading::Neutral,
    status: Status::Inferred,
    source: "Eurostat, demo_r_pjanind3, DEPRATIO1; reproduced for Poland, PL6, PL62, PL621-PL623, 2014-2021",
};
