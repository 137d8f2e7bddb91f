use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Column, UnitKind};

/// Chapter and number of a row, written `2:10`.
///
/// ```
/// use diagnoza_core::resources::form::RowId;
/// let row: RowId = "3.1:4".parse()?;
/// assert_eq!((row.chapter.as_str(), row.row), ("3.1", 4));
/// assert_eq!(row.to_string(), "3.1:4");
/// # Ok::<(), diagnoza_core::resources::form::RowIdError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RowId {
    /// Number of the chapter as printed: `2`, `3.1`.
    pub chapter: String,
    /// Number of the row within the chapter.
    pub row: u16,
}

/// A text that is no [`RowId`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{got}' is no row of a form: expected its chapter and number such as 2:10")]
pub struct RowIdError {
    /// The text given.
    pub got: String,
}

impl RowId {
    /// The row of that number in a chapter.
    #[must_use]
    pub fn new(chapter: &str, row: u16) -> Self {
        Self { chapter: chapter.to_owned(), row }
    }
}

impl FromStr for RowId {
    type Err = RowIdError;

    fn from_str(text: &str) -> Result<Self, RowIdError> {
        let parts = text.trim().split_once(':');
        let found = parts.and_then(|(chapter, row)| Some(Self::new(chapter.trim(), number(row)?)));
        found.filter(|id| !id.chapter.is_empty()).ok_or_else(|| RowIdError { got: text.to_owned() })
    }
}

/// Digits only: `+7` parses as a number and is no row.
pub(super) fn number(text: &str) -> Option<u16> {
    let text = text.trim();
    text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
}

impl TryFrom<String> for RowId {
    type Error = RowIdError;

    fn try_from(text: String) -> Result<Self, RowIdError> {
        text.parse()
    }
}

impl From<RowId> for String {
    fn from(id: RowId) -> Self {
        id.to_string()
    }
}

impl fmt::Display for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.chapter, self.row)
    }
}

/// What the fields of a row hold: `"whole"`, `{ decimal = 2 }` or `"text"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// A count: whole numbers.
    #[default]
    Whole,
    /// An amount or a rate with so many decimals.
    Decimal(u8),
    /// A text.
    Text,
}

impl Content {
    /// Half of what the last digit of a written number stands for: how far it can be from the exact one.
    #[must_use]
    pub fn half_digit(self) -> f64 {
        match self {
            Self::Whole | Self::Text => 0.0,
            Self::Decimal(decimals) => 0.5 * 10_f64.powi(-i32::from(decimals)),
        }
    }
}

/// How sure a part of an edition is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Read as printed in a filed form or its explanations.
    Verbatim,
    /// Follows from the labels; not read in the form.
    Inferred,
    /// Written by whoever made the edition's file.
    Own,
}

/// A row of a form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Number within the chapter.
    pub number: u16,
    /// Label, in Polish as printed.
    pub label: String,
    /// The label in English, a translation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label_en: Option<String>,
    /// Unit of measure in Polish, e.g. `osoby`.
    pub unit: String,
    /// What the fields hold.
    #[serde(default)]
    pub content: Content,
    /// Whether numbers below zero make sense.
    #[serde(default)]
    pub negative: bool,
    /// Moment or period, e.g. `stan 31.XII`.
    #[serde(default)]
    pub moment: String,
    /// What its numbers have to satisfy, see [`Identity::parse`](super::Identity::parse).
    #[serde(default)]
    pub identity: String,
    /// Name of the count the row holds, by which indicators ask for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input: Option<String>,
    /// Columns that are not to be filled.
    #[serde(default)]
    pub not_applicable: Vec<Column>,
    /// Kinds of units that fill it; those of the edition if none is named.
    #[serde(default)]
    pub unit_kinds: Vec<UnitKind>,
    /// How sure number and label are.
    pub status: Status,
    /// How sure unit, moment and identity are.
    pub details: Status,
    /// Where it was read; empty where the chapter says it.
    #[serde(default)]
    pub source: String,
}

impl Row {
    /// The label in English, in Polish where there is none.
    #[must_use]
    pub fn label_english(&self) -> &str {
        self.label_en.as_deref().unwrap_or(&self.label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_are_none_are_refused() {
        for bad in ["", "2", ":4", "2:", "2:x", "2:-1", "2:+4", "2:70000"] {
            assert!(bad.parse::<RowId>().is_err(), "{bad}");
        }
        assert_eq!(serde_json::to_string(&RowId::new("2", 4)).unwrap(), "\"2:4\"");
    }
}
