use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Column, Edition, Entry, Row, RowId, Symbols, UnitKind};
use crate::observation::{Cell, Missing, Source, Year};
use crate::territory::Teryt;

/// A form that a unit filled, with the edition by which it is read.
///
/// ```
/// use diagnoza_core::observation::Year;
/// use diagnoza_core::resources::form::{Column, Entry, Form, RowId, edition};
/// let mut form = Form::empty(edition("ozps_2012_2014")?, "1419033".parse()?, Year::new(2014)?)?;
/// let (people, women, men) = (RowId::new("2", 1), RowId::new("2", 2), RowId::new("2", 6));
/// // Drobin, 31 XII 2014.
/// form.set(&people, Column::Assessed, Entry::Value(8_279.0))?;
/// form.set(&women, Column::Assessed, Entry::Value(4_149.0))?;
/// form.set(&men, Column::Assessed, Entry::Value(4_031.0))?; // the form says 4,130
/// let violation = form.check().violations.remove(0);
/// assert_eq!(violation.rule(), "sum");
/// assert_eq!(violation.fault.numbers(), (Some(8_279.0), Some(8_180.0)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "OZPS")]
#[doc(alias = "ocena zasobów pomocy społecznej")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Form {
    /// The edition.
    pub edition: Edition,
    /// Code of the unit; `None` where the form does not say it.
    pub unit: Option<Teryt>,
    /// Name of the unit as the form writes it.
    pub unit_name: Option<String>,
    /// Kind of the unit.
    pub unit_kind: UnitKind,
    /// The assessed year; `None` where the form does not say it.
    pub year: Option<Year>,
    /// How its signs were read.
    pub symbols: Symbols,
    /// Where it comes from.
    pub source: Source,
    entries: BTreeMap<RowId, [Entry; 5]>,
}

/// Why a form cannot be made, or a field not be set.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FormError {
    /// The unit fills no form of the edition.
    #[error("{unit} fills no form of edition '{edition}', which is filled by {}", asked.join(", "))]
    Unit {
        /// The unit.
        unit: Teryt,
        /// The edition.
        edition: String,
        /// Kinds of units that fill it.
        asked: Vec<&'static str>,
    },
    /// A year the edition is not for.
    #[error("edition '{edition}' is not for the assessed year {year}: give the edition of that year")]
    Year {
        /// The edition.
        edition: String,
        /// The assessed year.
        year: Year,
    },
    /// A row the edition does not have.
    #[error("edition '{edition}' has no row {row}")]
    NoRow {
        /// The edition.
        edition: String,
        /// The row.
        row: RowId,
    },
    /// A value that is no finite number.
    #[error("row {row}, {column}: {got} is not a finite number")]
    NotFinite {
        /// The row.
        row: RowId,
        /// The column.
        column: Column,
        /// The value.
        got: f64,
    },
}

impl Form {
    /// An empty form of a unit for an assessed year.
    ///
    /// # Errors
    /// [`FormError::Unit`] if such units do not fill the edition, [`FormError::Year`].
    pub fn empty(edition: &Edition, unit: Teryt, year: Year) -> Result<Self, FormError> {
        let asked = &edition.spec().unit_kinds;
        let kind = UnitKind::of(unit).filter(|kind| asked.iter().any(|&asked| kind.fills(asked)));
        let Some(kind) = kind else {
            let (edition, asked) =
                (edition.name().to_owned(), asked.iter().map(|kind| kind.word()).collect());
            return Err(FormError::Unit { unit, edition, asked });
        };
        if !edition.covers(year) {
            return Err(FormError::Year { edition: edition.name().to_owned(), year });
        }
        let mut form = Self::unknown(edition, kind);
        form.unit = Some(unit);
        form.year = Some(year);
        Ok(form)
    }

    /// An empty form of a unit and a year that are not known, as excerpts of forms in publications are.
    #[must_use]
    pub fn unknown(edition: &Edition, unit_kind: UnitKind) -> Self {
        let unstated = || "not stated".to_owned();
        Self {
            edition: edition.clone(),
            unit: None,
            unit_name: None,
            unit_kind,
            year: None,
            symbols: edition.spec().symbols,
            source: Source {
                publisher: unstated(),
                title: edition.spec().title.pl.clone(),
                date: unstated(),
                sha256: String::new(),
            },
            entries: BTreeMap::new(),
        }
    }

    /// Fills a field.
    ///
    /// # Errors
    /// [`FormError::NoRow`], [`FormError::NotFinite`].
    pub fn set(&mut self, row: &RowId, column: Column, entry: Entry) -> Result<(), FormError> {
        if self.edition.row(row).is_none() {
            return Err(FormError::NoRow { edition: self.edition.name().to_owned(), row: row.clone() });
        }
        if let Some(got) = entry.value().filter(|value| !value.is_finite()) {
            return Err(FormError::NotFinite { row: row.clone(), column, got });
        }
        if let Some(field) = self.entries.entry(row.clone()).or_default().get_mut(column.place()) {
            *field = entry;
        }
        Ok(())
    }

    /// Notes that a row is in the form, though all its fields be empty.
    ///
    /// # Errors
    /// [`FormError::NoRow`].
    pub fn add_row(&mut self, row: &RowId) -> Result<(), FormError> {
        if self.edition.row(row).is_none() {
            return Err(FormError::NoRow { edition: self.edition.name().to_owned(), row: row.clone() });
        }
        self.entries.entry(row.clone()).or_default();
        Ok(())
    }

    /// What a field holds; of a row that is not in the form, that it is not reported, and of a field that
    /// is not to be filled, that it does not apply.
    #[must_use]
    pub fn entry(&self, row: &RowId, column: Column) -> Entry {
        let found = self
            .entries
            .get(row)
            .and_then(|entries| entries.get(column.place()))
            .cloned()
            .unwrap_or_default();
        let empty = found == Entry::Missing(Missing::NotReported);
        if empty && !self.edition.columns_of(row).any(|asked| asked == column) {
            return Entry::Missing(Missing::NotApplicable);
        }
        found
    }

    /// Whether the form has the row, empty or not.
    #[must_use]
    pub fn has_row(&self, row: &RowId) -> bool {
        self.entries.contains_key(row)
    }

    /// Rows of the edition that a unit of this kind fills, in the order of the form.
    pub fn rows(&self) -> impl Iterator<Item = (RowId, &Row)> {
        self.edition.rows().filter(|(_, row)| self.edition.asks(row, self.unit_kind))
    }

    /// The year of a column, if the form says its year.
    #[must_use]
    pub fn year_of(&self, column: Column) -> Option<Year> {
        self.year.map(|assessed| column.year(assessed))
    }

    /// Counts of a column by the names under which indicators ask for them, in the order of the form;
    /// rows without such a name are left out.
    ///
    /// ```
    /// use diagnoza_core::observation::{Cell, Missing, Year};
    /// use diagnoza_core::resources::form::{Column, Form, edition};
    /// let form = Form::empty(edition("2014")?, "1419033".parse()?, Year::new(2014)?)?;
    /// let inputs = form.inputs(Column::Assessed);
    /// assert_eq!(inputs[0], ("persons of all ages".to_owned(), Cell::Missing(Missing::NotReported)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn inputs(&self, column: Column) -> Vec<(String, Cell)> {
        let named = self.rows().filter_map(|(id, row)| Some((row.input.clone()?, id)));
        named.map(|(name, id)| (name, self.entry(&id, column).cell())).collect()
    }

    pub(super) fn given(&self) -> impl Iterator<Item = (&RowId, Column, &Entry)> {
        self.entries.iter().flat_map(|(id, entries)| {
            Column::ALL.into_iter().zip(entries).map(move |(column, entry)| (id, column, entry))
        })
    }
}
