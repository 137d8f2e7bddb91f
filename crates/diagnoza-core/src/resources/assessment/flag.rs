use serde::{Deserialize, Serialize};

use super::{Course, Direction};
use crate::observation::{Missing, Year};

/// Something about one indicator of a unit that a reader should look at, and why.
///
/// A flag is a reason to look, not a verdict: it says which rule was met with which numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flag {
    /// Id of the indicator.
    pub indicator: String,
    /// The year assessed.
    pub year: Year,
    /// Word of the peers compared with; `None` if the unit is compared with itself.
    pub peers: Option<String>,
    /// Whether it is good or bad, where the indicator's direction says it.
    pub judgement: Judgement,
    /// The rule met, with its numbers.
    #[serde(flatten)]
    pub rule: FlagRule,
}

/// The rules that raise flags.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum FlagRule {
    /// Beyond q1 - factor x (q3 - q1) or q3 + factor x (q3 - q1); not used where the quartiles are equal.
    OutsideFence {
        /// The end at which the value lies.
        side: Side,
        /// The value.
        value: f64,
        /// The fence passed.
        limit: f64,
        /// The factor.
        factor: f64,
        /// Median of the set, the unit included.
        median: f64,
        /// Number of values.
        n: usize,
    },
    /// Among the share of units with the highest or the lowest values, all units of equal value counted in.
    Extreme {
        /// The end at which the value lies.
        side: Side,
        /// The value.
        value: f64,
        /// Units with a value as far out or further, this one included.
        as_far: usize,
        /// The share.
        share: f64,
        /// Median of the set, the unit included.
        median: f64,
        /// Number of values.
        n: usize,
    },
    /// A change from one year to the next by at least `threshold` per cent; the largest of the unit's.
    BigChange {
        /// The earlier year.
        from_year: Year,
        /// Its value.
        from: f64,
        /// The year after.
        to_year: Year,
        /// Its value.
        to: f64,
        /// The change in per cent; `None` from zero.
        percent: Option<f64>,
        /// The threshold in per cent.
        threshold: f64,
    },
    /// Moves one way while at least a share of the peers moves the other, over the same years.
    AgainstPeers {
        /// The unit's course.
        course: Course,
        /// First year compared.
        from_year: Year,
        /// Last year compared.
        to_year: Year,
        /// The unit's change, in the measure of the indicator.
        change: Option<f64>,
        /// Peers that move the other way.
        against: usize,
        /// Peers with values in both years.
        compared: usize,
        /// The share.
        share: f64,
    },
    /// No value in the year assessed, while other units of the level have one.
    MissingValue {
        /// Why.
        reason: Missing,
        /// Units of the level with a value.
        others: usize,
    },
}

/// The end of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// High values.
    High,
    /// Low values.
    Low,
}

/// What a flag says of the unit, in the order in which flags are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Judgement {
    /// On the bad side of its peers, or becoming worse.
    Unfavourable,
    /// Far from the peers; whether that is good is not said.
    NotStated,
    /// On the good side of its peers, or becoming better.
    Favourable,
    /// Nothing can be said: the value is missing.
    Unknown,
}

impl FlagRule {
    /// The word used in tables and files.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::OutsideFence { .. } => "outside_fence",
            Self::Extreme { .. } => "extreme",
            Self::BigChange { .. } => "big_change",
            Self::AgainstPeers { .. } => "against_peers",
            Self::MissingValue { .. } => "missing_value",
        }
    }

    /// Order in which flags of one judgement are shown.
    pub(super) const fn order(&self) -> u8 {
        match self {
            Self::OutsideFence { .. } => 0,
            Self::Extreme { .. } => 1,
            Self::AgainstPeers { .. } => 2,
            Self::BigChange { .. } => 3,
            Self::MissingValue { .. } => 4,
        }
    }
}

impl Judgement {
    /// The word used in tables and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unfavourable => "unfavourable",
            Self::NotStated => "not_stated",
            Self::Favourable => "favourable",
            Self::Unknown => "unknown",
        }
    }

    pub(super) const fn of(direction: Direction, side: Side) -> Self {
        match (direction, side) {
            (Direction::NotStated, _) => Self::NotStated,
            (Direction::HigherFavourable, Side::High) | (Direction::LowerFavourable, Side::Low) => {
                Self::Favourable
            }
            (Direction::HigherFavourable, Side::Low) | (Direction::LowerFavourable, Side::High) => {
                Self::Unfavourable
            }
        }
    }
}
