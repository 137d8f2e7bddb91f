//! Forms of OZPS, the resource assessment of social assistance, as CSV or XLSX.
//!
//! Three layouts are known by their headers:
//!
//! | layout | header |
//! | --- | --- |
//! | as printed | `Wiersz`, `Wyszczególnienie`, ..., a column per year (`2014`, `rok oceny`, `2015 (prognoza)`); a sheet or a heading per chapter |
//! | wide | `row` and a column per year, no labels; `unit` or `document` where there are several forms |
//! | tidy | `row`, `column` or `year`, `value`; optional `chapter`, `label`, `state`, `unit`, `document` |
//!
//! Above the table may stand `Formularz`, `Jednostka (kod TERYT)`, `Nazwa jednostki`, `Rok oceny`, as templates have
//! it. Reading never stops at a fault: each is listed with file, sheet, row, column, rule and the numbers.

mod frame;
mod gather;
mod grid;
mod head;
mod header;
mod long;
mod number;
mod printed;
mod resolve;

use std::path::Path;

use diagnoza_core::observation::{Source, Year};
use diagnoza_core::resources::form::{Edition, Form, Note, Place, Symbols, Unchecked, UnitKind, Violation};
use diagnoza_core::territory::Teryt;
use serde::{Deserialize, Serialize};

pub use frame::{form_frame, inputs_frame, violations_frame};

use super::limits::name_of;
use super::provenance;
use super::{Encoding, Limits, ReadError};
use gather::{Gather, whole};
use grid::Grid;
use head::Head;
use header::{Header, Role};
use resolve::Resolved;

/// How to read a form. What is left out is taken from the file.
#[derive(Clone, Debug, Default)]
pub struct FormOptions {
    /// Edition; by default the one the file names, else that of its year.
    pub edition: Option<Edition>,
    /// Unit; by default the one the file names.
    pub unit: Option<Teryt>,
    /// Kind of the unit, where no code says it.
    pub unit_kind: Option<UnitKind>,
    /// Assessed year; by default the one the file names, else the third year of its columns.
    pub year: Option<Year>,
    /// What the signs mean; by default as the edition says.
    pub symbols: Option<Symbols>,
    /// Whether rows may be absent; by default not where the table is as printed.
    pub rows: Option<Rows>,
    /// Encoding of a text; UTF-8 by default. Windows-1250 has to be declared.
    pub encoding: Option<Encoding>,
    /// Limits.
    pub limits: Limits,
}

/// Whether rows of the edition may be absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rows {
    /// An absent row is a violation.
    Complete,
    /// An absent row is not reported, and said in the notes.
    Partial,
}

/// A form as read, with everything that is wrong with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The form: what could be read of it.
    pub form: Form,
    /// Everything that is wrong, in the order of the file.
    pub violations: Vec<Violation>,
    /// Violations beyond the first 10,000, counted.
    pub more: usize,
    /// Identities that lack a field.
    pub unchecked: Vec<Unchecked>,
    /// Whether absent rows were admitted.
    pub rows: Rows,
    /// What was read in a way that a reader should know.
    pub notes: Vec<Note>,
}

/// Reads the one form of a file from its bytes; `name` is what messages call it.
///
/// ```
/// use diagnoza_data::readers::ozps::{FormOptions, read};
/// // Drobin, 2012 to 2016: unemployed, and those of them out of work for long.
/// let file = "row;2012;2013;2014;2015;2016\n10;562;608;483;483;485\n11;287;327;279;279;280\n";
/// let reading = read("drobin.csv", file.as_bytes(), &FormOptions::default())?;
/// assert!(reading.violations.is_empty());
/// assert_eq!(reading.form.edition.name(), "ozps_2012_2014");
///
/// let wrong = "row;2012;2013;2014\n10;562;608;483\n11;287;many;484\n";
/// let found = read("drobin.csv", wrong.as_bytes(), &FormOptions::default())?.violations;
/// assert_eq!(found[0].place.as_ref().map(|place| (place.row, place.column.as_str())), Some((2, "4")));
/// assert_eq!(found.iter().map(|one| one.rule()).collect::<Vec<_>>(), ["at_most", "not_a_number"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`ReadError`] where there is no form to read: not a text or workbook, no header, a limit passed, an edition
/// without rows, or several forms (see [`read_all`]). What is wrong *in* a form is no error but a violation.
pub fn read(name: &str, bytes: &[u8], options: &FormOptions) -> Result<Reading, ReadError> {
    let mut readings = read_all(name, bytes, options)?;
    match (readings.pop(), readings.len()) {
        (Some(reading), 0) => Ok(reading),
        (_, others) => Err(ReadError::Setting {
            file: name.to_owned(),
            what: "forms",
            why: format!("the file holds {} forms: read all of them", others + 1),
        }),
    }
}

/// Reads the form at `path`; see [`read`].
///
/// # Errors
/// As [`read`], and [`ReadError::Io`].
pub fn read_path(path: impl AsRef<Path>, options: &FormOptions) -> Result<Reading, ReadError> {
    let path = path.as_ref();
    read(&name_of(path), &options.limits.read_file(path)?, options)
}

/// Reads every form of a file: those of the units or documents that its rows name, in the order of the file.
///
/// # Errors
/// As [`read`].
pub fn read_all(name: &str, bytes: &[u8], options: &FormOptions) -> Result<Vec<Reading>, ReadError> {
    let grids = grid::open(name, bytes, options.encoding, &options.limits)?;
    let mut head = Head::default();
    let mut headers = Vec::new();
    let mut implied = Vec::new();
    for grid in &grids {
        for (row, cells) in grid.rows() {
            if let Some(header) = Header::of(row, cells) {
                let long = header.is_long();
                implied.extend(if long {
                    long::assessed_years(grid, &header)
                } else {
                    header.assessed_years()
                });
                headers.push(header);
                break;
            }
            head.read(name, grid, row, cells);
        }
    }
    if headers.is_empty() {
        return Err(no_table(name, &grids));
    }
    // tables as printed have labels, or row numbers that no title announces
    let as_printed = headers.iter().any(|header| {
        let labelled = header.roles.contains_key(&Role::Label) || !header.roles.contains_key(&Role::Row);
        labelled && !header.is_long()
    });
    let resolved = Resolved::new(name, options, head, &implied)?;
    let source = provenance::source("not stated", name, "not stated", bytes);
    let mut forms =
        Forms { name, options, source, notes: resolved.notes.clone(), resolved, gathers: Vec::new() };
    for grid in &grids {
        let header = grid.rows().find_map(|(row, cells)| Header::of(row, cells));
        match (header, &grid.sheet) {
            (Some(header), _) if header.is_long() => long::read(grid, &header, &mut forms),
            (Some(_), _) => printed::read(grid, &mut forms),
            (None, Some(sheet)) => forms.notes.push(Note::NoTable { sheet: sheet.clone() }),
            (None, None) => {}
        }
    }
    if forms.gathers.is_empty() {
        forms.of(&Group::default(), &whole(name));
    }
    let rows = options.rows.unwrap_or(if as_printed { Rows::Complete } else { Rows::Partial });
    let sheets: Vec<Option<String>> = grids.iter().map(|grid| grid.sheet.clone()).collect();
    Ok(forms.finish(rows, &sheets))
}

fn no_table(name: &str, grids: &[Grid]) -> ReadError {
    let sheets: Vec<&str> = grids.iter().filter_map(|grid| grid.sheet.as_deref()).collect();
    let expected = "with the header of a form: the row number and a column per year (Wiersz, Wyszczególnienie, 2012, \
                    2013, 2014, ...), or row, column and value";
    if sheets.is_empty() {
        let why = format!("no row {expected}");
        return ReadError::Setting { file: name.to_owned(), what: "table", why };
    }
    ReadError::NoSheet { file: name.to_owned(), expected: expected.to_owned(), present: sheets.join(", ") }
}

/// What tells the forms of one file apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Group {
    unit: Option<String>,
    document: Option<String>,
}

/// The forms of a file, being read.
struct Forms<'f> {
    name: &'f str,
    options: &'f FormOptions,
    source: Source,
    resolved: Resolved,
    notes: Vec<Note>,
    gathers: Vec<(Group, Gather)>,
}

impl Forms<'_> {
    fn place(&self, grid: &Grid, row: usize, column: String) -> Place {
        Place { file: self.name.to_owned(), sheet: grid.sheet.clone(), row, column }
    }

    /// The form of a group, begun at its first row.
    fn of(&mut self, group: &Group, place: &Place) -> &mut Gather {
        // rows of a unit mostly stand together: the last form is tried first
        let known = self.gathers.iter().rposition(|(other, _)| other == group);
        let at = known.unwrap_or_else(|| {
            let (mut form, faults) = self.resolved.form(self.options, group.unit.as_deref());
            form.source = self.source.clone();
            if let Some(document) = &group.document {
                form.unit_name = Some(document.clone());
            }
            let mut gather = Gather::new(form);
            let place = match (&group.unit, &self.resolved.head.unit) {
                (None, Some((_, place))) => place.clone(),
                _ => place.clone(),
            };
            for fault in faults {
                gather.note(Violation::of_form(fault), place.clone());
            }
            self.gathers.push((group.clone(), gather));
            self.gathers.len() - 1
        });
        &mut self.gathers[at].1
    }

    /// Takes back what the first line of a header seemed to lack.
    fn drop_header_faults(&mut self, row: usize, grid: &Grid) {
        let here = |place: &Place| place.row == row && place.sheet == grid.sheet;
        self.resolved.violations.retain(|violation| !violation.place.as_ref().is_some_and(here));
    }

    fn finish(self, rows: Rows, sheets: &[Option<String>]) -> Vec<Reading> {
        let (shared, notes) = (self.resolved.violations, self.notes);
        let finished = self.gathers.into_iter().map(|(_, mut gather)| {
            for violation in &shared {
                let place = violation.place.clone().unwrap_or_else(|| whole(self.name));
                gather.note(violation.clone(), place);
            }
            let mut reading = gather.finish(rows, self.name, sheets);
            reading.notes.splice(0..0, notes.iter().cloned());
            reading
        });
        finished.collect()
    }
}
