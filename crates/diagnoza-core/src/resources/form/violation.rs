use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Column, Fault, RowId};
use crate::observation::Year;

/// One thing that is wrong in a form, and where.
///
/// ```
/// use diagnoza_core::resources::form::{Column, Fault, RowId, Violation};
/// let found = Violation::of_cell(Fault::Negative { got: -3.0 }, RowId::new("2", 10), Column::Assessed);
/// assert_eq!(found.rule(), "negative");
/// assert_eq!(
///     found.to_string(),
///     "chapter 2 row 10, assessed: -3 is below zero, which this row does not admit"
/// );
/// assert!(found.polish().contains("rozdział 2 wiersz 10"));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Violation {
    /// What is wrong.
    pub fault: Fault,
    /// Row of the form.
    pub row: Option<RowId>,
    /// Label of the row in the edition.
    pub label: Option<String>,
    /// Column of the form.
    pub column: Option<Column>,
    /// Year of the column.
    pub year: Option<Year>,
    /// Where it stands in a file.
    pub place: Option<Place>,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Name of the file.
    pub file: String,
    /// Sheet of a workbook; none for text.
    pub sheet: Option<String>,
    /// Row of the file, from 1; 0 where the fault is of the whole file.
    pub row: usize,
    /// Column: its letter in a workbook, else its header or number; empty where the whole row is meant.
    pub column: String,
}

impl Violation {
    /// A fault of the whole form.
    #[must_use]
    pub const fn of_form(fault: Fault) -> Self {
        Self { fault, row: None, label: None, column: None, year: None, place: None }
    }

    /// A fault of a row.
    #[must_use]
    pub const fn of_row(fault: Fault, row: RowId) -> Self {
        Self { fault, row: Some(row), label: None, column: None, year: None, place: None }
    }

    /// A fault of a field.
    #[must_use]
    pub const fn of_cell(fault: Fault, row: RowId, column: Column) -> Self {
        Self { fault, row: Some(row), label: None, column: Some(column), year: None, place: None }
    }

    /// The rule that is broken, one word for tables.
    #[must_use]
    pub const fn rule(&self) -> &'static str {
        self.fault.rule()
    }

    /// The sentence in Polish.
    #[must_use]
    pub fn polish(&self) -> String {
        let mut place = Vec::new();
        if let Some(at) = &self.place {
            place.push(at.file.clone());
            place.extend(at.sheet.as_ref().map(|sheet| format!("arkusz '{sheet}'")));
            place.extend((at.row > 0).then(|| format!("wiersz pliku {}", at.row)));
            place.extend((!at.column.is_empty()).then(|| format!("kolumna {}", at.column)));
        }
        place.extend(self.row.as_ref().map(|id| self.row_named(id, "rozdział", "wiersz")));
        place.extend(self.column.map(|column| match self.year {
            Some(year) => year.to_string(),
            None => column.polish().to_owned(),
        }));
        joined(&place, &self.fault.polish())
    }

    fn row_named(&self, id: &RowId, chapter: &str, row: &str) -> String {
        let label = self.label.as_ref().map(|label| format!(" '{label}'")).unwrap_or_default();
        format!("{chapter} {} {row} {}{label}", id.chapter, id.row)
    }
}

fn joined(place: &[String], what: &str) -> String {
    if place.is_empty() { what.to_owned() } else { format!("{}: {what}", place.join(", ")) }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut place = Vec::new();
        if let Some(at) = &self.place {
            place.push(at.to_string());
        }
        place.extend(self.row.as_ref().map(|id| self.row_named(id, "chapter", "row")));
        place.extend(self.column.map(|column| match self.year {
            Some(year) => year.to_string(),
            None => column.to_string(),
        }));
        f.write_str(&joined(&place, &self.fault.to_string()))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(sheet) = &self.sheet {
            write!(f, ", sheet '{sheet}'")?;
        }
        if self.row > 0 {
            write!(f, ", row {}", self.row)?;
        }
        if !self.column.is_empty() {
            write!(f, ", column {}", self.column)?;
        }
        Ok(())
    }
}
