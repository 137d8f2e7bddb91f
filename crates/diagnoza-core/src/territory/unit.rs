use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Nuts, Teryt, TerytError};

/// A unit that figures are given for: an administrative one by its TERYT code
/// or a statistical subregion by its NUTS code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum UnitId {
    /// Statistical subregion, a set of powiats.
    Subregion(Nuts),
    /// Voivodeship, powiat or gmina.
    Administrative(Teryt),
}

/// A text that names no unit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnitIdError {
    /// Not a subregion code although it begins with a letter.
    #[error(
        "'{got}' is not a unit code: expected TERYT digits (28, 2816, 2816033) or a subregion such as PL623"
    )]
    NotAUnit {
        /// The text given.
        got: String,
    },
    /// Digits that are no TERYT code.
    #[error(transparent)]
    Teryt(#[from] TerytError),
}

impl UnitId {
    /// The TERYT code, unless the unit is a subregion.
    #[must_use]
    pub const fn teryt(self) -> Option<Teryt> {
        match self {
            Self::Administrative(code) => Some(code),
            Self::Subregion(_) => None,
        }
    }
}

impl From<Teryt> for UnitId {
    fn from(code: Teryt) -> Self {
        Self::Administrative(code)
    }
}

impl From<Nuts> for UnitId {
    fn from(code: Nuts) -> Self {
        Self::Subregion(code)
    }
}

impl FromStr for UnitId {
    type Err = UnitIdError;

    fn from_str(text: &str) -> Result<Self, UnitIdError> {
        let text = text.trim();
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            return Ok(Self::Administrative(text.parse()?));
        }
        match text.parse::<Nuts>() {
            Ok(code) if code.is_subregion() => Ok(Self::Subregion(code)),
            _ => Err(UnitIdError::NotAUnit { got: text.to_owned() }),
        }
    }
}

impl TryFrom<String> for UnitId {
    type Error = UnitIdError;

    fn try_from(text: String) -> Result<Self, UnitIdError> {
        text.parse()
    }
}

impl From<UnitId> for String {
    fn from(unit: UnitId) -> Self {
        unit.to_string()
    }
}

impl fmt::Display for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Subregion(code) => code.fmt(f),
            Self::Administrative(code) => code.fmt(f),
        }
    }
}
