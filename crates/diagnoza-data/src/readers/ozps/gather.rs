use std::collections::BTreeMap;

use diagnoza_core::resources::form::{
    Column, Content, Entry, Fault, Form, Note, Place, RowId, Violation, same_label,
};

use super::grid::Raw;
use super::number;
use super::{Reading, Rows};
use crate::readers::violations::shown;

/// Violations listed; a form of all chapters has some thousand fields.
const LISTED: usize = 10_000;

/// A form being read, with the places of its fields, by which violations found later are placed.
pub(super) struct Gather {
    pub(super) form: Form,
    rows: BTreeMap<RowId, Place>,
    cells: BTreeMap<(RowId, Column), Place>,
    violations: Vec<Violation>,
    more: usize,
}

impl Gather {
    pub(super) const fn new(form: Form) -> Self {
        Self { form, rows: BTreeMap::new(), cells: BTreeMap::new(), violations: Vec::new(), more: 0 }
    }

    pub(super) fn note(&mut self, mut violation: Violation, place: Place) {
        if self.violations.len() >= LISTED {
            self.more += 1;
            return;
        }
        self.form.describe(&mut violation);
        violation.place = Some(place);
        self.violations.push(violation);
    }

    /// Begins a row of the form: whether its fields are to be read.
    pub(super) fn begin_row(&mut self, id: &RowId, label: &str, place: &Place) -> bool {
        if !self.knows(id, label, place) {
            return false;
        }
        if let Some(first) = self.rows.get(id) {
            let fault = Fault::DuplicateRow { first: first.row };
            self.note(Violation::of_row(fault, id.clone()), place.clone());
            return false;
        }
        self.rows.insert(id.clone(), place.clone());
        // the row was just found in the edition
        let _ = self.form.add_row(id);
        true
    }

    /// Whether the edition has the row; a label that is not its own is noted and the row read all the same.
    pub(super) fn knows(&mut self, id: &RowId, label: &str, place: &Place) -> bool {
        let Some(row) = self.form.edition.row(id) else {
            let partial = self.form.edition.chapter(&id.chapter).is_none_or(|chapter| !chapter.complete);
            let fault = Fault::UnknownRow { got: id.to_string(), label: shown(label), partial };
            self.note(Violation::of_form(fault), place.clone());
            return false;
        };
        if !same_label(label, &row.label) {
            let fault = Fault::WrongLabel { got: shown(label), expected: row.label.clone() };
            self.note(Violation::of_row(fault, id.clone()), place.clone());
        }
        true
    }

    /// Where a field was first given, if it was.
    pub(super) fn given(&self, id: &RowId, column: Column) -> Option<&Place> {
        self.cells.get(&(id.clone(), column))
    }

    /// Reads a field.
    pub(super) fn cell(&mut self, id: &RowId, column: Column, raw: Option<&Raw>, place: Place) {
        let content = self.form.edition.row(id).map_or(Content::Whole, |row| row.content);
        match number::entry(raw, content, self.form.symbols) {
            Ok(entry) => self.set(id, column, entry, place),
            Err(fault) => self.note(Violation::of_cell(fault, id.clone(), column), place),
        }
    }

    pub(super) fn set(&mut self, id: &RowId, column: Column, entry: Entry, place: Place) {
        self.rows.entry(id.clone()).or_insert_with(|| place.clone());
        self.cells.insert((id.clone(), column), place);
        // row and value were checked above
        let _ = self.form.set(id, column, entry);
    }

    /// Checks the form and places what is found; `sheets` gives the order of the file.
    pub(super) fn finish(mut self, rows: Rows, file: &str, sheets: &[Option<String>]) -> Reading {
        let check = self.form.check();
        let missing = self.form.missing_rows();
        let mut notes = Vec::new();
        for violation in check.violations {
            let id = violation.row.clone();
            let cell = id.clone().zip(violation.column).and_then(|key| self.cells.get(&key).cloned());
            let place = cell.or_else(|| id.and_then(|id| self.rows.get(&id).cloned()));
            self.note(violation, place.unwrap_or_else(|| whole(file)));
        }
        match rows {
            Rows::Complete => {
                for violation in missing {
                    self.note(violation, whole(file));
                }
            }
            Rows::Partial if !missing.is_empty() => {
                let rows = missing.into_iter().filter_map(|violation| violation.row).collect();
                notes.push(Note::Absent { rows });
            }
            Rows::Partial => {}
        }
        let sheet = |place: &Place| sheets.iter().position(|sheet| *sheet == place.sheet);
        self.violations.sort_by_cached_key(|violation| {
            violation.place.as_ref().map(|place| (place.row == 0, sheet(place), place.row))
        });
        Reading {
            form: self.form,
            violations: self.violations,
            more: self.more,
            unchecked: check.unchecked,
            rows,
            notes,
        }
    }
}

/// The file as a whole.
pub(super) fn whole(file: &str) -> Place {
    Place { file: file.to_owned(), sheet: None, row: 0, column: String::new() }
}
