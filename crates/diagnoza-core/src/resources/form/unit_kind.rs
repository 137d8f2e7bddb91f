use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::territory::{Level, Teryt};

/// Kind of unit that fills a form.
///
/// ```
/// use diagnoza_core::resources::form::UnitKind;
/// assert_eq!(UnitKind::of("2816033".parse()?), Some(UnitKind::Gmina));
/// assert_eq!(UnitKind::of("2861".parse()?), Some(UnitKind::CityPowiat)); // Elbląg
/// assert!(UnitKind::CityPowiat.fills(UnitKind::Gmina));
/// # Ok::<(), diagnoza_core::territory::TerytError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// Gmina.
    Gmina,
    /// Powiat.
    Powiat,
    /// City with powiat rights, which has the tasks of both.
    #[doc(alias = "miasto na prawach powiatu")]
    CityPowiat,
    /// Voivodeship.
    Voivodeship,
}

/// A word that names no [`UnitKind`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{got}' is no kind of unit: expected one of {}", UnitKind::ALL.map(UnitKind::word).join(", "))]
pub struct UnitKindError {
    /// The word given.
    pub got: String,
}

impl UnitKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Gmina, Self::Powiat, Self::CityPowiat, Self::Voivodeship];

    /// The kind of a unit; `None` for Poland and for parts of a gmina, which fill no form.
    #[must_use]
    pub fn of(unit: Teryt) -> Option<Self> {
        // Powiats numbered from 61 are cities with powiat rights.
        let city = unit.to_string().get(2..4).is_some_and(|powiat| powiat >= "61");
        match unit.level() {
            _ if unit.is_part() => None,
            Level::Gmina | Level::Powiat if city => Some(Self::CityPowiat),
            Level::Gmina => Some(Self::Gmina),
            Level::Powiat => Some(Self::Powiat),
            Level::Voivodeship => Some(Self::Voivodeship),
            Level::Poland | Level::Subregion => None,
        }
    }

    /// Whether it fills what is asked of `asked`.
    #[must_use]
    pub fn fills(self, asked: Self) -> bool {
        self == asked || self == Self::CityPowiat && matches!(asked, Self::Gmina | Self::Powiat)
    }

    /// The word used in tables and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Gmina => "gmina",
            Self::Powiat => "powiat",
            Self::CityPowiat => "city_powiat",
            Self::Voivodeship => "voivodeship",
        }
    }

    /// The Polish name.
    #[must_use]
    pub const fn polish(self) -> &'static str {
        match self {
            Self::Gmina => "gmina",
            Self::Powiat => "powiat",
            Self::CityPowiat => "miasto na prawach powiatu",
            Self::Voivodeship => "województwo",
        }
    }
}

impl FromStr for UnitKind {
    type Err = UnitKindError;

    fn from_str(word: &str) -> Result<Self, UnitKindError> {
        let word = word.trim();
        let found = Self::ALL.into_iter().find(|kind| kind.word() == word || kind.polish() == word);
        found.ok_or_else(|| UnitKindError { got: word.to_owned() })
    }
}

impl fmt::Display for UnitKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_has_its_kind_and_parts_have_none() {
        let kind = |code: &str| UnitKind::of(code.parse().unwrap());
        assert_eq!(kind("28"), Some(UnitKind::Voivodeship));
        assert_eq!(kind("2816"), Some(UnitKind::Powiat));
        assert_eq!(kind("281603"), Some(UnitKind::Gmina));
        assert_eq!(kind("2861011"), Some(UnitKind::CityPowiat));
        assert_eq!(kind("2816034"), None);
        assert_eq!(kind("00"), None);
        for kind in UnitKind::ALL {
            assert_eq!(kind.word().parse(), Ok(kind));
            assert_eq!(kind.polish().parse(), Ok(kind));
        }
        assert!("sołectwo".parse::<UnitKind>().is_err());
    }
}
