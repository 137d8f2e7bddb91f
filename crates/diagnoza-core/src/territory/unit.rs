use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Level, Nuts, Teryt, TerytError};

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
    /// Level of the unit.
    #[must_use]
    pub const fn level(self) -> Level {
        match self {
            Self::Administrative(code) => code.level(),
            Self::Subregion(_) => Level::Subregion,
        }
    }

    /// The code without the digit of the kind, by which versions of one gmina are the same unit.
    #[must_use]
    pub const fn without_kind(self) -> Self {
        match self {
            Self::Administrative(code) => Self::Administrative(code.without_kind()),
            Self::Subregion(_) => self,
        }
    }

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn digits_are_administrative_and_pl_is_a_subregion() {
        let level = |text: &str| text.parse::<UnitId>().map(UnitId::level);
        assert_eq!(level("28"), Ok(Level::Voivodeship));
        assert_eq!(level("2816033"), Ok(Level::Gmina));
        assert_eq!(level(" PL623 "), Ok(Level::Subregion));
        assert_eq!("PL623".parse::<UnitId>().unwrap().teryt(), None);
    }

    #[test]
    fn refuses_what_names_no_unit() {
        for text in ["", "Pisz", "PL62", "PL", "-28"] {
            let got = text.to_owned();
            assert_eq!(text.parse::<UnitId>(), Err(UnitIdError::NotAUnit { got }));
        }
        assert!(matches!("2800001".parse::<UnitId>(), Err(UnitIdError::Teryt(_))));
        assert!(serde_json::from_str::<UnitId>("28").is_err());
    }

    proptest! {
        #[test]
        fn reads_what_it_writes(text in "PL[0-9A-Z]{3}|(0[2468]|[12][02468]|3[02])(0[1-9]|[1-9][0-9])(0[1-9][1-5])?") {
            let unit: UnitId = text.parse().unwrap();
            prop_assert_eq!(unit.to_string(), text.clone());
            let json = serde_json::to_string(&unit).unwrap();
            prop_assert_eq!(serde_json::from_str::<UnitId>(&json).unwrap(), unit);
        }

        #[test]
        fn never_panics(text in "\\PC{0,14}") {
            let _ = text.parse::<UnitId>();
        }
    }
}
