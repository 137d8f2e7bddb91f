use serde::{Deserialize, Serialize};

use super::{Fault, RowId};

/// What was read, or carried on, in a way that a reader should know; nothing is wrong with it.
///
/// ```
/// use diagnoza_core::resources::form::{Note, RowId};
/// let note = Note::NothingBefore { rows: vec![RowId::new("2", 3)] };
/// assert_eq!(note.to_string(), "rows with nothing before them: 2:3");
/// assert_eq!(note.polish(), "wiersze bez danych z poprzedniego roku: 2:3");
/// ```
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "note", rename_all = "snake_case")]
pub enum Note {
    /// The form was read against the caller's edition, which disagrees with it.
    #[error("{fault}")]
    Edition {
        /// In what.
        fault: Fault,
    },
    /// A column beyond those of the form.
    #[error("column {column} to the right of the years was left out ({filled} filled fields)")]
    LeftOut {
        /// Its title in quotes, or its letter.
        column: String,
        /// Fields that are not empty.
        filled: usize,
    },
    /// A sheet without a header of the form.
    #[error("sheet '{sheet}' holds no table of the form")]
    NoTable {
        /// Name of the sheet.
        sheet: String,
    },
    /// Rows of the edition that a table of some rows does not have.
    #[error("rows that are not in the table are read as not reported: {}", listed(rows))]
    Absent {
        /// The rows.
        rows: Vec<RowId>,
    },
    /// Rows with entries that the next year's edition does not have.
    #[error("rows the new edition does not have: {}", listed(rows))]
    LeftBehind {
        /// The rows.
        rows: Vec<RowId>,
    },
    /// Rows of the next year's form without a row of this year's.
    #[error("rows with nothing before them: {}", listed(rows))]
    NothingBefore {
        /// The rows.
        rows: Vec<RowId>,
    },
}

impl Note {
    /// The sentence in Polish.
    #[must_use]
    pub fn polish(&self) -> String {
        match self {
            Self::Edition { fault } => fault.polish(),
            Self::LeftOut { column, filled } => {
                format!("pominięto kolumnę {column} na prawo od lat (wypełnionych pól: {filled})")
            }
            Self::NoTable { sheet } => format!("w arkuszu '{sheet}' nie ma tabeli formularza"),
            Self::Absent { rows } => {
                format!("wiersze, których nie ma w tabeli, odczytano jako niezgłoszone: {}", listed(rows))
            }
            Self::LeftBehind { rows } => {
                format!("wiersze, których nie ma w nowej edycji: {}", listed(rows))
            }
            Self::NothingBefore { rows } => {
                format!("wiersze bez danych z poprzedniego roku: {}", listed(rows))
            }
        }
    }
}

fn listed(rows: &[RowId]) -> String {
    rows.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::Year;

    #[test]
    fn notes_are_bilingual_and_read_back() {
        let rows = vec![RowId::new("2", 12), RowId::new("2", 24)];
        let year = Year::new(2019).unwrap();
        let notes = [
            Note::Edition { fault: Fault::EditionYear { edition: "ozps_2012_2014".to_owned(), year } },
            Note::LeftOut { column: "'source'".to_owned(), filled: 3 },
            Note::NoTable { sheet: "Objaśnienia".to_owned() },
            Note::Absent { rows: rows.clone() },
            Note::LeftBehind { rows: rows.clone() },
            Note::NothingBefore { rows },
        ];
        for note in notes {
            let (english, polish) = (note.to_string(), note.polish());
            assert!(english != polish && !english.is_empty() && !polish.is_empty(), "{english} {polish}");
            let said: Vec<&str> = ["2019", "'source'", "Objaśnienia", "2:12, 2:24"]
                .into_iter()
                .filter(|w| english.contains(w))
                .collect();
            assert!(said.len() == 1 && polish.contains(said[0]), "{english} {polish}");
            let text = serde_json::to_string(&note).unwrap();
            assert_eq!(serde_json::from_str::<Note>(&text).unwrap(), note);
        }
    }
}
