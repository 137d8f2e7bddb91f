//! Polish economic age groups: pre-working 0-17, working (women 18-59, men
//! 18-64), post-working; the shares add up to 100 %.

use super::{Indicator, Measure, Part, Reading, Status};
use crate::demography::AgeRange;

/// 100 x persons 0-17 / persons of all ages.
pub static SHARE_PRE_WORKING: Indicator = Indicator {
    id: "share_pre_working",
    ioss_id: Some(55),
    name_pl: "Ludność w wieku przedprodukcyjnym",
    name_en: "Share of pre-working age",
    unit_pl: "%",
    unit_en: "%",
    measure: Measure::Ratio {
        numerator: &[Part::persons(AgeRange::closed(0, 17))],
        denominator: &[Part::persons(AgeRange::ALL)],
        factor: 100.0,
    },
    reading: Reading::Younger,
    status: Status::Verbatim,
    source: "IOSS, ROPS Kraków",
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
        numerator: &[Part::women(AgeRange::closed(18, 59)), Part::men(AgeRange::closed(18, 64))],
        denominator: &[Part::persons(AgeRange::ALL)],
        factor: 100.0,
    },
    reading: Reading::Neutral,
    status: Status::Verbatim,
    source: "IOSS, ROPS Kraków",
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
        numerator: &[Part::women(AgeRange::open(60)), Part::men(AgeRange::open(65))],
        denominator: &[Part::persons(AgeRange::ALL)],
        factor: 100.0,
    },
    reading: Reading::Older,
    status: Status::Verbatim,
    source: "IOSS, ROPS Kraków",
};
