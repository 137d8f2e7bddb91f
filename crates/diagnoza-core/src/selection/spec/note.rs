use std::fmt;

use serde::de::{self, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize};

use crate::observation::{Label, once_or_both};

/// What a reader has to know, and which part of the specification it is about.
///
/// Written as a text, or as `{ about = "ties", text = "..." }`; the text once for both languages, or as
/// `{ pl = "...", en = "..." }`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Key of the part it is about, such as `strata.quotas`; `None` for the whole.
    pub about: Option<String>,
    /// The note.
    #[serde(with = "once_or_both")]
    pub text: Label,
}

impl<'de> Deserialize<'de> for Note {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Written {
            #[serde(default)]
            about: Option<String>,
            #[serde(with = "once_or_both")]
            text: Label,
        }

        struct NoteText;

        impl<'de> Visitor<'de> for NoteText {
            type Value = Note;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, or { about = \"ties\", text = \"...\" }")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Note, E> {
                Ok(Note { about: None, text: Label::new(text, text) })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Note, A::Error> {
                let Written { about, text } = Written::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Note { about, text })
            }
        }

        deserializer.deserialize_any(NoteText)
    }
}
