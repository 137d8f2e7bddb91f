use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Language of the texts shown to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// Polish.
    Pl,
    /// English.
    En,
}

/// A word that names no language.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{got}' is not a language: expected pl or en")]
pub struct LangError {
    /// The word given.
    pub got: String,
}

impl FromStr for Lang {
    type Err = LangError;

    fn from_str(word: &str) -> Result<Self, LangError> {
        match word {
            "pl" => Ok(Self::Pl),
            "en" => Ok(Self::En),
            _ => Err(LangError { got: word.to_owned() }),
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pl => "pl",
            Self::En => "en",
        })
    }
}

/// A text shown to people, in Polish and in English.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// Polish text.
    pub pl: String,
    /// English text.
    pub en: String,
}

impl Label {
    /// A text in both languages.
    pub fn new(pl: impl Into<String>, en: impl Into<String>) -> Self {
        Self { pl: pl.into(), en: en.into() }
    }

    /// The text in `lang`.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Pl => &self.pl,
            Lang::En => &self.en,
        }
    }
}

/// For a text that may be written once for both languages, or as `{ pl = "...", en = "..." }`.
pub(crate) mod once_or_both {
    use std::fmt;

    use serde::de::value::MapAccessDeserializer;
    use serde::de::{self, MapAccess, Visitor};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Label;

    pub(crate) fn serialize<S: Serializer>(label: &Label, serializer: S) -> Result<S::Ok, S::Error> {
        if label.pl == label.en { label.pl.serialize(serializer) } else { label.serialize(serializer) }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Label, D::Error> {
        struct Text;

        impl<'de> Visitor<'de> for Text {
            type Value = Label;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, or { pl = \"...\", en = \"...\" }")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Label, E> {
                Ok(Label::new(text, text))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Label, A::Error> {
                Label::deserialize(MapAccessDeserializer::new(map))
            }
        }

        deserializer.deserialize_any(Text)
    }
}
