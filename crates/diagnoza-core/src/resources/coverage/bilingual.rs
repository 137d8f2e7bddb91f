use serde::{Deserialize, Serialize};

/// A text shown to people, in Polish and in English.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// Polish text.
    pub pl: String,
    /// English text.
    pub en: String,
}

impl Bilingual {
    pub(super) fn new(pl: impl Into<String>, en: impl Into<String>) -> Self {
        Self { pl: pl.into(), en: en.into() }
    }
}
