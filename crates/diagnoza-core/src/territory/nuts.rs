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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_the_three_levels() {
        let level = |text: &str| text.parse::<Nuts>().map(Nuts::level);
        assert_eq!([level("PL6"), level("PL62"), level(" PL21A ")], [Ok(1), Ok(2), Ok(3)]);
        assert!("PL623".parse::<Nuts>().unwrap().is_subregion());
        assert!(!"PL62".parse::<Nuts>().unwrap().is_subregion());
    }

    #[test]
    fn refuses_other_countries_lengths_and_scripts() {
        for text in ["", "PL", "PL6233", "pl623", "DE623", "PL62a", "PL6 3", "PLż1", "PL٦", "623"] {
            let got = text.to_owned();
            assert_eq!(text.parse::<Nuts>(), Err(NutsError { got }));
        }
    }

    proptest! {
        #[test]
        fn reads_what_it_writes(text in "PL[0-9A-Z]{1,3}") {
            let code: Nuts = text.parse().unwrap();
            prop_assert_eq!(code.to_string(), text.clone());
            let json = serde_json::to_string(&code).unwrap();
            prop_assert_eq!(serde_json::from_str::<Nuts>(&json).unwrap(), code);
            prop_assert_eq!(json, format!("\"{text}\""));
        }

        #[test]
        fn order_is_that_of_the_text(a in "PL[0-9A-Z]{1,3}", b in "PL[0-9A-Z]{1,3}") {
            let code = |text: &str| text.parse::<Nuts>().unwrap();
            prop_assert_eq!(code(&a).cmp(&code(&b)), a.cmp(&b));
        }
    }
}
