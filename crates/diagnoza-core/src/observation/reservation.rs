use std::fmt;

use serde::{Deserialize, Serialize};

/// What its publisher says against a value that is there. A value that is not there has a
/// [`Missing`](super::Missing).
#[doc(alias = "zastrzeżenie")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reservation {
    /// Some part of the sum may be missing or withheld (BDL k, K): at least this much.
    IncompleteAggregate,
    /// The method changed: not comparable with earlier years (BDL M, K, X, A, Z).
    MethodChanged,
    /// A preliminary estimate (BDL s).
    Preliminary,
    /// Low precision, as of a small sample (BDL v).
    LowPrecision,
    /// Of the powiat and the city with powiat rights together (BDL p).
    JointWithCity,
}

impl Reservation {
    /// Every reservation.
    pub const ALL: [Self; 5] = [
        Self::IncompleteAggregate,
        Self::MethodChanged,
        Self::Preliminary,
        Self::LowPrecision,
        Self::JointWithCity,
    ];

    /// The word used in tables and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::IncompleteAggregate => "incomplete_aggregate",
            Self::MethodChanged => "method_changed",
            Self::Preliminary => "preliminary",
            Self::LowPrecision => "low_precision",
            Self::JointWithCity => "joint_with_city",
        }
    }
}

impl fmt::Display for Reservation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
