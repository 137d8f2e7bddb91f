//! The next year's form, begun from this year's.
//!
//! The explanations of OZPS: "in comparison with the OZPS of the previous year the data move one column to the left".
//!
//! ```text
//!              year-2   year-1   assessed   +1       +2
//! this year    2012     2013     2014       2015     2016
//! next year    2013  <- 2013     2014   <-  2014
//!              (year-1)          (assessed)
//! ```
//!
//! The new assessed year is empty: this year's forecast of it is no observation.

use serde::{Deserialize, Serialize};

use super::label::words;
use super::{Column, Edition, Entry, Form, Note, Row, RowId};
use crate::observation::Missing;

/// What becomes of the forecasts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Forecasts {
    /// They are left out.
    #[default]
    Drop,
    /// The second forecast, which is of the year after the new assessed one, becomes the first.
    Carry,
}

/// A form carried one year on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shifted {
    /// The next year's form.
    pub form: Form,
    /// What became of the forecasts.
    pub forecasts: Forecasts,
    /// Rows with entries that the new edition does not have.
    pub left_behind: Vec<RowId>,
    /// Rows of the new edition that have nothing before them.
    pub new_rows: Vec<RowId>,
}

impl Shifted {
    /// The rows that found no other, said in words.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let mut notes = Vec::new();
        if !self.left_behind.is_empty() {
            notes.push(Note::LeftBehind { rows: self.left_behind.clone() });
        }
        if !self.new_rows.is_empty() {
            notes.push(Note::NothingBefore { rows: self.new_rows.clone() });
        }
        notes
    }
}

impl Form {
    /// The form of the next year in an edition: this year's columns one to the left.
    ///
    /// Rows are the same if the edition is and their number is; between editions, if they hold the same
    /// input, or else have the same label and unit of measure. What finds no row is listed.
    #[must_use]
    pub fn shift(&self, edition: &Edition, forecasts: Forecasts) -> Shifted {
        let mut form = Self::unknown(edition, self.unit_kind);
        form.unit = self.unit;
        form.unit_name.clone_from(&self.unit_name);
        form.year = self.year.map(crate::observation::Year::next);
        form.symbols = self.symbols;
        form.source = self.source.clone();
        let mut moves =
            vec![(Column::YearMinus1, Column::YearMinus2), (Column::Assessed, Column::YearMinus1)];
        if forecasts == Forecasts::Carry {
            moves.push((Column::Forecast2, Column::Forecast1));
        }
        let same_edition = edition.name() == self.edition.name();
        let mut left_behind = Vec::new();
        let mut found = Vec::new();
        for (id, row) in self.rows().filter(|(id, _)| self.has_row(id)) {
            let there =
                if same_edition { edition.row(&id).map(|_| id.clone()) } else { counterpart(row, edition) };
            let Some(there) = there else {
                left_behind.push(id);
                continue;
            };
            // the row is in the edition, as it was found there
            let _ = form.add_row(&there);
            for &(from, to) in &moves {
                let entry = self.entry(&id, from);
                let asked = edition.columns_of(&there).any(|column| column == to);
                if asked && entry != Entry::Missing(Missing::NotReported) {
                    let _ = form.set(&there, to, entry);
                }
            }
            found.push(there);
        }
        let new_rows = form.rows().map(|(id, _)| id).filter(|id| !found.contains(id)).collect();
        Shifted { form, forecasts, left_behind, new_rows }
    }
}

fn counterpart(row: &Row, edition: &Edition) -> Option<RowId> {
    let by_input = || edition.rows().find(|(_, other)| row.input.is_some() && other.input == row.input);
    let label = words(&row.label);
    let by_label =
        || edition.rows().find(|(_, other)| words(&other.label) == label && other.unit == row.unit);
    by_input().or_else(by_label).map(|(id, _)| id)
}

#[cfg(test)]
#[path = "shift_tests.rs"]
mod tests;
