use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a value is not there. A true zero is a zero and never one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// The field was left empty.
    NotReported,
    /// There is something, but less than half the unit (OZPS "0").
    BelowUnit,
    /// Withheld for statistical secrecy (BDL ".").
    Suppressed,
    /// The question does not apply to the unit (OZPS "x").
    NotApplicable,
}

impl Missing {
    /// The word used in tables and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotReported => "not_reported",
            Self::BelowUnit => "below_unit",
            Self::Suppressed => "suppressed",
            Self::NotApplicable => "not_applicable",
        }
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
