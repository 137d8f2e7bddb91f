use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Code of a Polish statistical unit, NUTS edition 2021: `PL62` is
/// Warmińsko-Mazurskie, `PL623` its subregion ełcki.
#[doc(alias = "podregion")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Nuts {
    characters: [u8; 3],
    length: u8,
}

/// A text that is not a [`Nuts`] code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{got}' is not a Polish NUTS code: expected PL and one to three digits or capitals, such as PL623")]
pub struct NutsError {
    /// The text given.
    pub got: String,
}

impl Nuts {
    /// NUTS level: 1 macroregion, 2 region, 3 subregion.
    #[must_use]
    pub const fn level(self) -> u8 {
        self.length
    }

    /// Whether the unit is a subregion (NUTS 3).
    #[must_use]
    pub const fn is_subregion(self) -> bool {
        self.length == 3
    }
}

impl FromStr for Nuts {
    type Err = NutsError;

    fn from_str(text: &str) -> Result<Self, NutsError> {
        let error = || NutsError { got: text.to_owned() };
        let tail = text.trim().strip_prefix("PL").ok_or_else(error)?.as_bytes();
        let valid = tail.iter().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
        if !valid || tail.is_empty() || tail.len() > 3 {
            return Err(error());
        }
        let mut characters = [0; 3];
        characters[..tail.len()].copy_from_slice(tail);
        Ok(Self { characters, length: tail.len() as u8 })
    }
}

impl TryFrom<String> for Nuts {
    type Error = NutsError;

    fn try_from(text: String) -> Result<Self, NutsError> {
        text.parse()
    }
}

impl From<Nuts> for String {
    fn from(code: Nuts) -> Self {
        code.to_string()
    }
}

impl fmt::Display for Nuts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PL")?;
        self.characters[..usize::from(self.length)].iter().try_for_each(|&b| write!(f, "{}", char::from(b)))
    }
}
