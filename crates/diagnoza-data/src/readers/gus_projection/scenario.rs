use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{ReadError, Sheet, TITLE_ROWS};

/// Scenario of a GUS projection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scenario {
    /// Scenariusz główny (średni).
    Main,
    /// Scenariusz niski.
    Low,
    /// Scenariusz wysoki.
    High,
}

/// A text that is not a [`Scenario`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{got}' is not a scenario: expected main, low or high")]
pub struct ScenarioError {
    /// The text given.
    pub got: String,
}

impl Scenario {
    /// The word used in tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Low => "low",
            Self::High => "high",
        }
    }
}

impl FromStr for Scenario {
    type Err = ScenarioError;

    fn from_str(text: &str) -> Result<Self, ScenarioError> {
        match text.trim() {
            "main" => Ok(Self::Main),
            "low" => Ok(Self::Low),
            "high" => Ok(Self::High),
            _ => Err(ScenarioError { got: text.to_owned() }),
        }
    }
}

impl fmt::Display for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// The scenario the workbook's first sheet states; the caller's where it states none.
pub(super) fn of_workbook(
    file: &str,
    sheets: &[Sheet],
    given: Option<Scenario>,
) -> Result<Scenario, ReadError> {
    let fault = |why: String| ReadError::Setting {
        file: file.to_owned(),
        what: "scenario",
        why,
    };
    let stated = sheets
        .iter()
        .take(1)
        .flat_map(|sheet| sheet.head(TITLE_ROWS + 4))
        .find(|text| text.starts_with("Scenariusz"));
    let Some(stated) = stated else {
        return given.ok_or_else(|| {
            fault("the workbook does not state it: say which it is, main, low or high".to_owned())
        });
    };
    let words = [
        ("główny", Scenario::Main),
        ("niski", Scenario::Low),
        ("wysoki", Scenario::High),
    ];
    let read = words.into_iter().find(|(word, _)| stated.contains(word));
    match (read, given) {
        (Some((_, read)), Some(given)) if read != given => Err(fault(format!(
            "the workbook states '{stated}' but {given} was given"
        ))),
        (Some((_, read)), _) => Ok(read),
        (None, _) => Err(fault(format!(
            "'{stated}' is none this reader knows: expected główny, niski or wysoki"
        ))),
    }
}
