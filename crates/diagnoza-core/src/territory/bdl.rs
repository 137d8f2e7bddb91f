use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Level, Teryt, TerytError};

/// Twelve-digit id of a unit in GUS's local data bank (BDL).
///
/// ```text
///   01 12 1 20 01 01 1
///   |  |  | |  |  |  kind of gmina (8 district, 9 delegation of a city's office)
///   |  |  | |  |  gmina within the powiat
///   |  |  | |  powiat within the voivodeship
///   |  |  | subregion, numbered through the country
///   |  |  region within the voivodeship
///   |  voivodeship
///   macroregion; zeros only is Poland
/// ```
///
/// ```
/// use diagnoza_core::territory::BdlUnitId;
/// let bochnia: BdlUnitId = "011212001011".parse()?;
/// assert_eq!(bochnia.teryt().map(|code| code.to_string()).as_deref(), Some("1201011"));
/// # Ok::<(), diagnoza_core::territory::BdlUnitIdError>(())
/// ```
///
/// The other way needs the digits before the powiat: see
/// [`Gazetteer::bdl_id`](super::Gazetteer::bdl_id).
#[doc(alias = "identyfikator jednostki BDL")]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BdlUnitId(u64);

/// Level of a unit in BDL, in the order of its API (`level` 0 to 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BdlLevel {
    /// Poland.
    Poland,
    /// Makroregion, NUTS 1; no TERYT counterpart.
    Macroregion,
    /// Województwo.
    Voivodeship,
    /// Region, NUTS 2; no TERYT counterpart.
    Region,
    /// Podregion, NUTS 3; no TERYT counterpart.
    Subregion,
    /// Powiat.
    Powiat,
    /// Gmina, a part of one, or a district of a city.
    Gmina,
}

/// The first seven digits of the ids of a powiat's units: macroregion, voivodeship, region, subregion.
///
/// They stand in no TERYT code, so the register of territory gives them for each powiat.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BdlPrefix(u32);

/// Why a text is not a BDL unit id or the prefix of one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BdlUnitIdError {
    /// Not twelve digits.
    #[error("'{got}' is not a BDL unit id: expected 12 digits, such as 011212001011")]
    NotAnId {
        /// The text given.
        got: String,
    },
    /// Not seven digits that reach down to the subregion.
    #[error(
        "'{got}' is not the beginning of BDL unit ids: expected 7 digits, macroregion, voivodeship, region \
         and subregion, such as 0112120"
    )]
    NotAPrefix {
        /// The text given.
        got: String,
    },
    /// A lower level is given without the level above it.
    #[error("'{got}' leaves out a level: it names a {level:?} without the level above it")]
    MissingLevel {
        /// The text given.
        got: String,
        /// The lowest level named.
        level: BdlLevel,
    },
    /// The last digit is none of BDL's kinds of gmina.
    #[error("'{got}' ends in {digit}, which is no BDL kind of gmina: expected 1 to 5, 8 or 9")]
    NoKind {
        /// The text given.
        got: String,
        /// The last digit.
        digit: u64,
    },
    /// The administrative digits are no TERYT code.
    #[error("BDL unit id '{got}': {source}")]
    Teryt {
        /// The text given.
        got: String,
        /// What is wrong with the administrative digits.
        source: TerytError,
    },
}

impl BdlUnitId {
    /// Poland.
    pub const POLAND: Self = Self(0);

    /// Level of the unit.
    #[must_use]
    pub const fn level(self) -> BdlLevel {
        let id = self.0;
        if !id.is_multiple_of(1_000) {
            BdlLevel::Gmina
        } else if !id.is_multiple_of(100_000) {
            BdlLevel::Powiat
        } else if !id.is_multiple_of(10_000_000) {
            BdlLevel::Subregion
        } else if !id.is_multiple_of(100_000_000) {
            BdlLevel::Region
        } else if !id.is_multiple_of(10_000_000_000) {
            BdlLevel::Voivodeship
        } else if id != 0 {
            BdlLevel::Macroregion
        } else {
            BdlLevel::Poland
        }
    }

    /// The TERYT code of the unit.
    ///
    /// `None` where there is none: macroregions, regions and subregions, and the
    /// districts and delegations of cities (kinds 8 and 9).
    #[must_use]
    pub fn teryt(self) -> Option<Teryt> {
        match self.level() {
            BdlLevel::Macroregion | BdlLevel::Region | BdlLevel::Subregion => None,
            _ => self.administrative_digits().parse().ok(),
        }
    }

    /// The digits down to the subregion; `None` above subregions.
    #[must_use]
    pub const fn prefix(self) -> Option<BdlPrefix> {
        match self.level() {
            BdlLevel::Subregion | BdlLevel::Powiat | BdlLevel::Gmina => {
                Some(BdlPrefix((self.0 / 100_000) as u32))
            }
            _ => None,
        }
    }

    /// Voivodeship, powiat, gmina and kind: the id without macroregion, region and subregion.
    fn administrative_digits(self) -> String {
        format!("{:02}{:05}", self.0 / 100_000_000 % 100, self.0 % 100_000)
    }
}

impl BdlPrefix {
    /// Id of the subregion itself.
    #[must_use]
    pub const fn subregion(self) -> BdlUnitId {
        BdlUnitId(self.0 as u64 * 100_000)
    }

    /// Id of the voivodeship.
    #[must_use]
    pub const fn voivodeship(self) -> BdlUnitId {
        BdlUnitId(self.0 as u64 / 1_000 * 100_000_000)
    }

    /// Id of a powiat, or of a gmina with its kind, that lies in the subregion.
    ///
    /// `None` if the unit is of another voivodeship, of a higher level, or a gmina without kind.
    #[must_use]
    pub fn unit(self, code: Teryt) -> Option<BdlUnitId> {
        let (prefix, digits) = (self.to_string(), code.seven_digits());
        let complete = match code.level() {
            Level::Powiat => true,
            Level::Gmina => code.kind().is_some(),
            _ => false,
        };
        let (voivodeship, rest) = digits.split_at_checked(2)?;
        let same = prefix.get(2..4) == Some(voivodeship);
        (complete && same).then(|| format!("{prefix}{rest}").parse().ok())?
    }
}

/// Reads digits; `None` if there are more, fewer or other characters.
fn digits(text: &str, count: usize) -> Option<u64> {
    let all = text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    all.then(|| text.parse().ok())?
}

impl FromStr for BdlUnitId {
    type Err = BdlUnitIdError;

    fn from_str(text: &str) -> Result<Self, BdlUnitIdError> {
        let got = || text.to_owned();
        let number = digits(text.trim(), 12).ok_or_else(|| BdlUnitIdError::NotAnId { got: got() })?;
        let id = Self(number);
        let level = id.level();
        let (kind, gmina, powiat) = (number % 10, number / 10 % 100, number / 1_000 % 100);
        let (subregion, region) = (number / 100_000 % 100, number / 10_000_000 % 10);
        let (voivodeship, macroregion) = (number / 100_000_000 % 100, number / 10_000_000_000);
        let above = match level {
            BdlLevel::Poland | BdlLevel::Macroregion => true,
            BdlLevel::Voivodeship => macroregion != 0,
            BdlLevel::Region => macroregion != 0 && voivodeship != 0,
            BdlLevel::Subregion => macroregion != 0 && voivodeship != 0 && region != 0,
            BdlLevel::Powiat => macroregion != 0 && voivodeship != 0 && region != 0 && subregion != 0,
            BdlLevel::Gmina => {
                macroregion != 0
                    && voivodeship != 0
                    && region != 0
                    && subregion != 0
                    && powiat != 0
                    && gmina != 0
            }
        };
        if !above {
            return Err(BdlUnitIdError::MissingLevel { got: got(), level });
        }
        if level == BdlLevel::Gmina && !matches!(kind, 1..=5 | 8 | 9) {
            return Err(BdlUnitIdError::NoKind { got: got(), digit: kind });
        }
        if voivodeship != 0 {
            format!("{voivodeship:02}")
                .parse::<Teryt>()
                .map_err(|source| BdlUnitIdError::Teryt { got: got(), source })?;
        }
        Ok(id)
    }
}

impl FromStr for BdlPrefix {
    type Err = BdlUnitIdError;

    fn from_str(text: &str) -> Result<Self, BdlUnitIdError> {
        let prefix = text.trim();
        if digits(prefix, 7).is_none() {
            return Err(BdlUnitIdError::NotAPrefix { got: text.to_owned() });
        }
        let id: BdlUnitId = format!("{prefix}00000").parse()?;
        match (id.level(), id.prefix()) {
            (BdlLevel::Subregion, Some(prefix)) => Ok(prefix),
            _ => Err(BdlUnitIdError::NotAPrefix { got: text.to_owned() }),
        }
    }
}

impl TryFrom<String> for BdlUnitId {
    type Error = BdlUnitIdError;

    fn try_from(text: String) -> Result<Self, BdlUnitIdError> {
        text.parse()
    }
}

impl TryFrom<String> for BdlPrefix {
    type Error = BdlUnitIdError;

    fn try_from(text: String) -> Result<Self, BdlUnitIdError> {
        text.parse()
    }
}

impl From<BdlUnitId> for String {
    fn from(id: BdlUnitId) -> Self {
        id.to_string()
    }
}

impl From<BdlPrefix> for String {
    fn from(prefix: BdlPrefix) -> Self {
        prefix.to_string()
    }
}

impl fmt::Display for BdlUnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012}", self.0)
    }
}

impl fmt::Display for BdlPrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:07}", self.0)
    }
}

impl fmt::Debug for BdlUnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BdlUnitId({self})")
    }
}

impl fmt::Debug for BdlPrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BdlPrefix({self})")
    }
}

#[cfg(test)]
#[path = "bdl_tests.rs"]
mod tests;
