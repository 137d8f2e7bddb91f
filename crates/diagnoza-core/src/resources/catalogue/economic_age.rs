//! Polish economic age groups: pre-working 0-17, working (women 18-59, men
//! 18-64), post-working; the shares add up to 100 %.

use super::indicator::IOSS;
use super::{Indicator, Measure, Reading, Status, Summand};
use crate::demography::AgeRange;
use crate::territory::Level;

/// 100 x persons 0-17 / persons of all ages.
pub static SHARE_PRE_WORKING: Indicator = Indicator {
    id: "share_pre_working",
    ioss_id: Some(55),
    name_pl: "Ludność w wieku przedprodukcyjnym",
    name_en: "Share of pre-working age",
    unit_pl: "%",
    unit_en: "%",
    measure: Measure::Ratio {
        numerator: &[Summand::persons(AgeRange::closed(0, 17))],
        denominator: &[Summand::persons(AgeRange::ALL)],
        factor: 100.0,
    },
    decimals: Some(2),
    levels: &[Level::Powiat],
    reading: Reading::Younger,
    status: Status::Verbatim,
    source: IOSS,
};

/// 100 x (women 18-59 + men 18-64) / persons of all ages.
pub static SHARE_WORKING: Indicator = Indicator {
    id: "share_working",
    ioss_id: Some(56),
    name_pl: "Ludność w wieku produkcyjnym",
    name_en: "Share of working age",
    unit_pl: "%",
    unit_en: "%",
    measure: Measure::Ratio {
        numerator: &[Summand::women(AgeRange::closed(18, 59)), Summand::men(AgeRange::closed(18, 64))],
        denominator: &[Summand::persons(AgeRange::ALL)],
        factor: 100.0,
    },
    decimals: Some(2),
    levels: &[Level::Powiat],
    reading: Reading::Neutral,
    status: Status::Verbatim,
    source: IOSS,
};

/// 100 x (women 60+ + men 65+) / persons of all ages.
pub static SHARE_POST_WORKING: Indicator = Indicator {
    id: "share_post_working",
    ioss_id: Some(53),
    name_pl: "Ludność w wieku poprodukcyjnym",
    name_en: "Share of post-working age",
    unit_pl: "%",
    unit_en: "%",
    measure: Measure::Ratio {
        numerator: &[Summand::women(AgeRange::open(60)), Summand::men(AgeRange::open(65))],
        denominator: &[Summand::persons(AgeRange::ALL)],
        factor: 100.0,
    },
    decimals: Some(2),
    levels: &[Level::Powiat],
    reading: Reading::Older,
    status: Status::Verbatim,
    source: IOSS,
};
