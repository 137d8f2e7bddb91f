use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Code of a unit in TERYT, Poland's register of territory.
///
/// Packed in one integer so that numeric order is hierarchy order:
///
/// ```text
///   28 16 03 3
///   |  |  |  kind of gmina (1 urban, 2 rural, 3 urban-rural, 4 its town, 5 its rural part)
///   |  |  gmina within the powiat
///   |  powiat within the voivodeship
///   voivodeship; 0 is Poland
/// ```
///
/// ```
/// use diagnoza_core::territory::{Level, Teryt};
/// let pisz: Teryt = "2816033".parse()?;
/// assert_eq!(pisz.level(), Level::Gmina);
/// assert_eq!(pisz.powiat().map(|p| p.to_string()).as_deref(), Some("2816"));
/// // The kind digit may change in time; the first six digits are the unit.
/// let (before, after): (Teryt, Teryt) = ("2817082".parse()?, "2817083".parse()?);
/// assert!(before != after && before.same_unit(after));
/// # Ok::<(), diagnoza_core::territory::TerytError>(())
/// ```
#[doc(alias = "kod terytorialny")]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Teryt(u32);

/// Level of a unit, widest first. [`Teryt::level`] never answers
/// [`Subregion`](Level::Subregion); [`UnitId::level`](super::UnitId::level) may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The whole country.
    Poland,
    /// Województwo, 16 units.
    Voivodeship,
    /// Podregion, NUTS 3: a set of powiats, which has no TERYT code.
    Subregion,
    /// Powiat, a city with powiat rights included.
    Powiat,
    /// Gmina.
    Gmina,
}

impl Level {
    /// The word used in tables and messages.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Poland => "country",
            Self::Voivodeship => "voivodeship",
            Self::Subregion => "subregion",
            Self::Powiat => "powiat",
            Self::Gmina => "gmina",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Kind of a gmina, or of a part of an urban-rural one: the seventh digit.
#[doc(alias = "rodzaj gminy")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GminaKind {
    /// Gmina miejska, 1.
    Urban,
    /// Gmina wiejska, 2.
    Rural,
    /// Gmina miejsko-wiejska, 3.
    UrbanRural,
    /// Town in an urban-rural gmina, 4.
    Town,
    /// Rural area in an urban-rural gmina, 5.
    RuralArea,
}

/// Why a text or a number is not a [`Teryt`] code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TerytError {
    /// Not 2, 4, 6 or 7 digits.
    #[error("'{got}' is not a TERYT code: expected 2 digits (voivodeship), 4 (powiat), 6 or 7 (gmina)")]
    NotACode {
        /// The text given.
        got: String,
    },
    /// The voivodeship digits belong to none of the 16.
    #[error("'{got}' names no voivodeship: expected an even number from 02 to 32, or 00 for Poland")]
    NoVoivodeship {
        /// The text given.
        got: String,
    },
    /// A gmina without a powiat, or a kind without a gmina.
    #[error("'{got}' leaves out a level: a gmina needs its powiat, a kind its gmina")]
    MissingLevel {
        /// The text given.
        got: String,
    },
    /// The seventh digit is not a kind of gmina.
    #[error("'{got}' ends in {digit}, which is no kind of gmina: expected 1, 2, 3, 4 or 5")]
    NoKind {
        /// The text given.
        got: String,
        /// The seventh digit.
        digit: u32,
    },
}

impl GminaKind {
    /// The seventh digit of the code.
    #[must_use]
    pub const fn digit(self) -> u8 {
        match self {
            Self::Urban => 1,
            Self::Rural => 2,
            Self::UrbanRural => 3,
            Self::Town => 4,
            Self::RuralArea => 5,
        }
    }

    /// The kind written with `digit`.
    #[must_use]
    pub const fn from_digit(digit: u32) -> Option<Self> {
        match digit {
            1 => Some(Self::Urban),
            2 => Some(Self::Rural),
            3 => Some(Self::UrbanRural),
            4 => Some(Self::Town),
            5 => Some(Self::RuralArea),
            _ => None,
        }
    }

    /// Whether a code of this kind names a part (town, rural area) of an urban-rural gmina.
    #[must_use]
    pub const fn is_part(self) -> bool {
        matches!(self, Self::Town | Self::RuralArea)
    }

    /// The word used in tables and specifications.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Urban => "urban",
            Self::Rural => "rural",
            Self::UrbanRural => "urban_rural",
            Self::Town => "town",
            Self::RuralArea => "rural_area",
        }
    }

    /// The Polish name of the kind.
    #[must_use]
    pub const fn polish(self) -> &'static str {
        match self {
            Self::Urban => "miejska",
            Self::Rural => "wiejska",
            Self::UrbanRural => "miejsko-wiejska",
            Self::Town => "miasto w gminie miejsko-wiejskiej",
            Self::RuralArea => "obszar wiejski w gminie miejsko-wiejskiej",
        }
    }
}

impl fmt::Display for GminaKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl Teryt {
    /// Poland.
    pub const POLAND: Self = Self(0);

    /// Level of the unit.
    #[must_use]
    pub const fn level(self) -> Level {
        if self.0 == 0 {
            Level::Poland
        } else if self.0.is_multiple_of(100_000) {
            Level::Voivodeship
        } else if self.0.is_multiple_of(1_000) {
            Level::Powiat
        } else {
            Level::Gmina
        }
    }

    /// Kind of the gmina, if the code carries one.
    #[must_use]
    pub const fn kind(self) -> Option<GminaKind> {
        GminaKind::from_digit(self.0 % 10)
    }

    /// The voivodeship the unit lies in; `None` for Poland.
    #[must_use]
    pub const fn voivodeship(self) -> Option<Self> {
        match self.level() {
            Level::Poland => None,
            _ => Some(Self(self.0 / 100_000 * 100_000)),
        }
    }

    /// The powiat the unit is or lies in; `None` above powiats.
    #[must_use]
    pub const fn powiat(self) -> Option<Self> {
        match self.level() {
            Level::Poland | Level::Voivodeship => None,
            _ => Some(Self(self.0 / 1_000 * 1_000)),
        }
    }

    /// The code without the digit of the kind.
    #[must_use]
    pub const fn without_kind(self) -> Self {
        Self(self.0 / 10 * 10)
    }

    /// The same gmina with another kind; other levels are returned unchanged.
    #[must_use]
    pub const fn with_kind(self, kind: GminaKind) -> Self {
        match self.level() {
            Level::Gmina => Self(self.0 / 10 * 10 + kind.digit() as u32),
            _ => self,
        }
    }

    /// Whether the code names a part (town, rural area) of an urban-rural gmina.
    #[must_use]
    pub const fn is_part(self) -> bool {
        matches!(self.kind(), Some(kind) if kind.is_part())
    }

    /// Whether two codes name the same unit: the kind digit of a gmina, which changes in time, is left
    /// out. A part of an urban-rural gmina (kinds 4 and 5) is the same unit as nothing but itself.
    #[must_use]
    pub const fn same_unit(self, other: Self) -> bool {
        if self.is_part() || other.is_part() { self.0 == other.0 } else { self.0 / 10 == other.0 / 10 }
    }

    /// Whether `self` is `other` or lies inside it. A part lies inside its gmina, not the reverse.
    #[must_use]
    pub const fn is_within(self, other: Self) -> bool {
        match other.level() {
            Level::Poland => true,
            Level::Voivodeship => self.0 / 100_000 == other.0 / 100_000,
            Level::Powiat | Level::Subregion => self.0 / 1_000 == other.0 / 1_000,
            Level::Gmina if other.is_part() => self.0 == other.0,
            Level::Gmina => self.0 / 10 == other.0 / 10,
        }
    }

    /// Seven digits, padded with zeros, as BDL's website exports write every level: `2816000`.
    #[must_use]
    pub fn seven_digits(self) -> String {
        format!("{:07}", self.0)
    }
}

impl FromStr for Teryt {
    type Err = TerytError;

    /// Reads 2, 4, 6 or 7 digits; 7 digits padded with zeros (BDL's exports) name the higher level.
    fn from_str(text: &str) -> Result<Self, TerytError> {
        let code = text.trim();
        let got = || text.to_owned();
        if !matches!(code.len(), 2 | 4 | 6 | 7) || !code.bytes().all(|b| b.is_ascii_digit()) {
            return Err(TerytError::NotACode { got: got() });
        }
        let digits = code.bytes().chain(std::iter::repeat(b'0')).take(7);
        let number = digits.fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
        let (voivodeship, powiat, gmina, kind) =
            (number / 100_000, number / 1_000 % 100, number / 10 % 100, number % 10);
        if !voivodeship.is_multiple_of(2) || voivodeship > 32 {
            return Err(TerytError::NoVoivodeship { got: got() });
        }
        let skips_a_level =
            (voivodeship == 0 && number != 0) || (powiat == 0 && gmina != 0) || (gmina == 0 && kind != 0);
        if skips_a_level {
            return Err(TerytError::MissingLevel { got: got() });
        }
        if kind != 0 && GminaKind::from_digit(kind).is_none() || code.len() == 7 && gmina != 0 && kind == 0 {
            return Err(TerytError::NoKind { got: got(), digit: kind });
        }
        Ok(Self(number))
    }
}

impl TryFrom<String> for Teryt {
    type Error = TerytError;

    fn try_from(text: String) -> Result<Self, TerytError> {
        text.parse()
    }
}

impl From<Teryt> for String {
    fn from(code: Teryt) -> Self {
        code.to_string()
    }
}

impl fmt::Display for Teryt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.seven_digits();
        let digits = match self.level() {
            Level::Poland | Level::Voivodeship => 2,
            Level::Powiat | Level::Subregion => 4,
            Level::Gmina if self.kind().is_none() => 6,
            Level::Gmina => 7,
        };
        f.write_str(&code[..digits])
    }
}

impl fmt::Debug for Teryt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Teryt({self})")
    }
}

#[cfg(test)]
#[path = "teryt_tests.rs"]
mod tests;
