use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::observation::Sex;

/// Whom a published count covers: one sex, or both together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Sexes {
    /// Women, written `F`.
    #[serde(rename = "F")]
    Female,
    /// Men, written `M`.
    #[serde(rename = "M")]
    Male,
    /// Both sexes together, written `T` (GUS: `ogółem`).
    #[serde(rename = "T")]
    Both,
}

/// A text that is not one of [`Sexes`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{got}' is neither a sex nor both: expected F, M or T (both)")]
pub struct SexesError {
    /// The text given.
    pub got: String,
}

impl Sexes {
    /// The letter used in tables: `F`, `M` or `T`.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Self::Female => "F",
            Self::Male => "M",
            Self::Both => "T",
        }
    }

    /// The word used in formulas: `women`, `men` or `persons`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Female => "women",
            Self::Male => "men",
            Self::Both => "persons",
        }
    }
}

impl From<Sex> for Sexes {
    fn from(sex: Sex) -> Self {
        match sex {
            Sex::Female => Self::Female,
            Sex::Male => Self::Male,
        }
    }
}

impl FromStr for Sexes {
    type Err = SexesError;

    fn from_str(text: &str) -> Result<Self, SexesError> {
        match text.trim() {
            "F" => Ok(Self::Female),
            "M" => Ok(Self::Male),
            "T" => Ok(Self::Both),
            _ => Err(SexesError { got: text.to_owned() }),
        }
    }
}

impl fmt::Display for Sexes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.letter())
    }
}
