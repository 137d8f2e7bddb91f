use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Sex as official statistics record it. Females come first in every array.
#[doc(alias = "płeć")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Sex {
    /// Female, written `F`.
    #[serde(rename = "F")]
    Female,
    /// Male, written `M`.
    #[serde(rename = "M")]
    Male,
}

/// A text that is not a [`Sex`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{got}' is not a sex: expected F or M")]
pub struct SexError {
    /// The text given.
    pub got: String,
}

impl Sex {
    /// Both sexes in array order.
    pub const BOTH: [Self; 2] = [Self::Female, Self::Male];

    /// Position on the sex axis of an array: females 0, males 1.
    #[must_use]
    pub const fn index(self) -> usize {
        match self {
            Self::Female => 0,
            Self::Male => 1,
        }
    }

    /// The letter used in tables: `F` or `M`.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Self::Female => "F",
            Self::Male => "M",
        }
    }
}

impl FromStr for Sex {
    type Err = SexError;

    fn from_str(text: &str) -> Result<Self, SexError> {
        match text.trim() {
            "F" => Ok(Self::Female),
            "M" => Ok(Self::Male),
            _ => Err(SexError { got: text.to_owned() }),
        }
    }
}

impl fmt::Display for Sex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.letter())
    }
}
