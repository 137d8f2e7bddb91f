use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// With whom a unit is compared. The caller says which units belong to the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeerSet {
    /// Units of the same level in the same voivodeship.
    Voivodeship,
    /// Units of the same level in the same statistical subregion.
    Subregion,
    /// Gminas of the same powiat.
    Powiat,
    /// Gminas of the same kind (urban, rural, urban-rural) in the same voivodeship.
    Kind,
}

/// A text that names no [`PeerSet`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{got}' is no set of peers: expected voivodeship, subregion, powiat or kind")]
pub struct PeerSetError {
    /// The text given.
    pub got: String,
}

impl PeerSet {
    /// Every set, widest first.
    pub const ALL: [Self; 4] = [Self::Voivodeship, Self::Subregion, Self::Powiat, Self::Kind];

    /// The word used in tables and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Voivodeship => "voivodeship",
            Self::Subregion => "subregion",
            Self::Powiat => "powiat",
            Self::Kind => "kind",
        }
    }

    /// What it is called in Polish.
    #[must_use]
    pub const fn name_pl(self) -> &'static str {
        match self {
            Self::Voivodeship => "jednostki tego samego szczebla w województwie",
            Self::Subregion => "jednostki tego samego szczebla w podregionie",
            Self::Powiat => "gminy tego samego powiatu",
            Self::Kind => "gminy tego samego rodzaju w województwie",
        }
    }

    /// What it is called in English.
    #[must_use]
    pub const fn name_en(self) -> &'static str {
        match self {
            Self::Voivodeship => "units of the same level in the voivodeship",
            Self::Subregion => "units of the same level in the subregion",
            Self::Powiat => "gminas of the same powiat",
            Self::Kind => "gminas of the same kind in the voivodeship",
        }
    }
}

impl FromStr for PeerSet {
    type Err = PeerSetError;

    fn from_str(text: &str) -> Result<Self, PeerSetError> {
        Self::ALL
            .into_iter()
            .find(|set| set.word() == text.trim())
            .ok_or_else(|| PeerSetError { got: text.to_owned() })
    }
}

impl fmt::Display for PeerSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_read_by_their_words() {
        for set in PeerSet::ALL {
            assert_eq!(set.to_string().parse(), Ok(set));
        }
        assert!("gmina".parse::<PeerSet>().is_err());
    }
}
