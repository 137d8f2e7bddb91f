use std::fmt;

use serde::{Deserialize, Serialize};

/// How a figure came about. Every row of a table that mixes them is labelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Published as a result of counting.
    Observed,
    /// Computed here from observed figures, for a moment that has passed.
    Estimated,
    /// A projection, official or ours.
    Projected,
}

impl Status {
    /// The word used in tables and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Observed => "observed",
            Self::Estimated => "estimated",
            Self::Projected => "projected",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
