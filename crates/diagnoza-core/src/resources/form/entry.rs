use serde::{Deserialize, Serialize};

use crate::observation::{Cell, Missing};

/// What one field of a form holds.
///
/// ```
/// use diagnoza_core::observation::{Cell, Missing};
/// use diagnoza_core::resources::form::Entry;
/// assert_eq!(Entry::Value(0.0).cell(), Cell::Value(0.0)); // a true zero is a zero
/// assert_eq!(Entry::default(), Entry::Missing(Missing::NotReported));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", content = "value", rename_all = "snake_case")]
pub enum Entry {
    /// A number.
    Value(f64),
    /// A text, in rows that ask for one.
    Text(String),
    /// Nothing, and why.
    Missing(Missing),
}

impl Default for Entry {
    fn default() -> Self {
        Self::Missing(Missing::NotReported)
    }
}

impl Entry {
    /// The number, if it is one.
    #[must_use]
    pub const fn value(&self) -> Option<f64> {
        match self {
            Self::Value(value) => Some(*value),
            Self::Text(_) | Self::Missing(_) => None,
        }
    }

    /// The entry as an observation; a text, which is no number, counts as not reported.
    #[must_use]
    pub const fn cell(&self) -> Cell {
        match self {
            Self::Value(value) => Cell::Value(*value),
            Self::Text(_) => Cell::Missing(Missing::NotReported),
            Self::Missing(why) => Cell::Missing(*why),
        }
    }

    /// The word used in tables: `value`, `text` or why there is nothing.
    #[must_use]
    pub const fn state(&self) -> &'static str {
        match self {
            Self::Value(_) => "value",
            Self::Text(_) => "text",
            Self::Missing(why) => why.word(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_read_back() {
        for entry in [Entry::Value(2.5), Entry::Text("brak".to_owned()), Entry::Missing(Missing::BelowUnit)] {
            let json = serde_json::to_string(&entry).unwrap();
            assert_eq!(serde_json::from_str::<Entry>(&json).unwrap(), entry, "{json}");
        }
    }
}
