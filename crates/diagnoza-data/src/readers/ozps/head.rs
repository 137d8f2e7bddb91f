use std::collections::BTreeMap;

use diagnoza_core::resources::form::{Place, words};

use super::grid::{Grid, Raw};

/// What stands above the table: what the form is of, each with its place.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    pub(super) edition: Option<(String, Place)>,
    pub(super) unit: Option<(String, Place)>,
    pub(super) unit_name: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) year: Option<(String, Place)>,
    pub(super) symbols: Option<String>,
}

impl Head {
    /// Reads a row above the table: a word, and its value beside it or after a colon.
    pub(super) fn read(&mut self, file: &str, grid: &Grid, row: usize, cells: &BTreeMap<usize, Raw>) {
        let mut filled = cells.iter();
        let Some((&at, first)) = filled.next() else { return };
        let first = first.text();
        let (word, value, column) = match (filled.next(), first.split_once(':')) {
            (Some((&column, value)), _) => (first.trim_end_matches(':').to_owned(), value.text(), column),
            (None, Some((word, value))) => (word.to_owned(), value.trim().to_owned(), at),
            (None, None) => return,
        };
        if value.is_empty() {
            return;
        }
        let place =
            Place { file: file.to_owned(), sheet: grid.sheet.clone(), row, column: grid.column(column) };
        let digits = value.starts_with(|c: char| c.is_ascii_digit());
        match words(&word).as_str() {
            "formularz" | "edycja" | "edition" | "form" => keep(&mut self.edition, (value, place)),
            "jednostka kod teryt" | "kod teryt" | "teryt" | "unit" | "kod" => {
                keep(&mut self.unit, (value, place))
            }
            "jednostka" | "gmina" | "powiat" if digits => keep(&mut self.unit, (value, place)),
            "jednostka" | "nazwa jednostki" | "nazwa" | "gmina" | "powiat" | "unit name" => {
                keep(&mut self.unit_name, value)
            }
            "rodzaj jednostki" | "unit kind" => keep(&mut self.kind, value),
            "rok oceny" | "rok" | "assessed year" => keep(&mut self.year, (value, place)),
            "znaki umowne" => keep(&mut self.symbols, value),
            _ => {}
        }
    }
}

/// The first mention counts: a workbook repeats its head on every sheet.
fn keep<T>(known: &mut Option<T>, found: T) {
    if known.is_none() {
        *known = Some(found);
    }
}
