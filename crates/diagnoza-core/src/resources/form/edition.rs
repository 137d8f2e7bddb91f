//! Editions of the form as data: chapters and rows as printed, with what is known of them and how surely.
//!
//! An edition is a TOML file, one of those in `forms/` or the user's own:
//!
//! ```toml
//! format = "diagnoza-form/1"
//! name = "ozps_2018"
//! title = { pl = "OZPS za 2018 rok", en = "OZPS for 2018" }
//! first_year = 2018
//! last_year = 2018            # left out: still in use
//! unit_kinds = ["gmina"]
//! source = "formularz OZPS za 2018 rok"
//!
//! [[chapter]]
//! number = "2"
//! title = "Dane o sytuacji demograficznej i społecznej"
//! status = "verbatim"
//!
//! [[chapter.row]]
//! number = 1
//! label = "Mieszkańcy ogółem"
//! unit = "osoby"
//! identity = "1=2+6"
//! input = "persons of all ages"
//! status = "verbatim"
//! details = "inferred"
//! ```

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::edition_error::{EditionError, EditionFault};
use super::{Column, Identity, Row, RowId, Status, Symbols, UnitKind};
use crate::observation::Year;

/// Edition of a form as its file has it, not yet checked. [`EditionSpec::check`] gives the one that reads forms.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditionSpec {
    /// Edition of the format of this file.
    pub format: EditionFormat,
    /// Name in code and files, lower case with underscores.
    pub name: String,
    /// Title for people.
    pub title: Title,
    /// First assessed year.
    pub first_year: Year,
    /// Last assessed year; none while the edition is in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_year: Option<Year>,
    /// Kinds of units that fill it.
    pub unit_kinds: Vec<UnitKind>,
    /// What a reader has to know of it.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Where it was read.
    pub source: String,
    /// What its signs mean.
    #[serde(default)]
    pub symbols: Symbols,
    /// Chapters, in the order of the form.
    #[serde(default, rename = "chapter")]
    pub chapters: Vec<Chapter>,
}

/// Edition of the format of an edition's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EditionFormat {
    /// `diagnoza-form/1`.
    #[serde(rename = "diagnoza-form/1")]
    V1,
}

/// A title in Polish and English.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Title {
    /// Polish.
    pub pl: String,
    /// English.
    pub en: String,
}

/// A chapter of a form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chapter {
    /// Number as printed: `2`, `3.1`.
    pub number: String,
    /// Title in Polish as printed.
    pub title: String,
    /// The title in English, a translation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_en: Option<String>,
    /// Columns it has, from left to right.
    #[serde(default = "all_columns")]
    pub columns: Vec<Column>,
    /// Whether all its rows are listed.
    #[serde(default = "yes")]
    pub complete: bool,
    /// How sure number and title are.
    pub status: Status,
    /// Where it was read; empty where the edition says it.
    #[serde(default)]
    pub source: String,
    /// What a reader has to know of it.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Rows, in the order of the form.
    #[serde(default, rename = "row")]
    pub rows: Vec<Row>,
}

fn all_columns() -> Vec<Column> {
    Column::ALL.to_vec()
}

const fn yes() -> bool {
    true
}

/// A checked edition of a form.
///
/// ```
/// use diagnoza_core::resources::form::{RowId, edition};
/// let ozps = edition("2014")?; // by an assessed year, or by name
/// assert_eq!(ozps.name(), "ozps_2012_2014");
/// let unemployed = ozps.row(&RowId::new("2", 10)).map(|row| row.label.as_str());
/// assert_eq!(unemployed, Some("Bezrobotni ogółem"));
/// assert_eq!(ozps.identities().len(), 6);
/// # Ok::<(), diagnoza_core::resources::form::UnknownEdition>(())
/// ```
#[doc(alias = "edycja formularza")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "EditionSpec", into = "EditionSpec")]
pub struct Edition {
    spec: EditionSpec,
    identities: Vec<Identity>,
    /// Chapter and place within it of each row.
    places: BTreeMap<RowId, (usize, usize)>,
}

impl EditionSpec {
    /// Reads an edition's file.
    ///
    /// # Errors
    /// [`EditionError::Toml`] with line and column.
    pub fn from_toml(text: &str) -> Result<Self, EditionError> {
        toml::from_str(text).map_err(|error| EditionError::Toml { why: error.to_string() })
    }

    /// Checks the edition against itself.
    ///
    /// # Errors
    /// [`EditionError::Faults`] with every contradiction.
    pub fn check(self) -> Result<Edition, EditionError> {
        let mut faults = Vec::new();
        self.check_head(&mut faults);
        let mut places = BTreeMap::new();
        let mut identities = Vec::new();
        let mut inputs: BTreeMap<&str, RowId> = BTreeMap::new();
        for (c, chapter) in self.chapters.iter().enumerate() {
            for (r, row) in chapter.rows.iter().enumerate() {
                let id = RowId::new(&chapter.number, row.number);
                chapter.check_row(row, &id, &mut faults);
                match Identity::parse(&row.identity, &id) {
                    Ok(found) => identities.extend(found),
                    Err(error) => faults.push(EditionFault::Identity { row: id.clone(), error }),
                }
                if let Some(input) = &row.input
                    && let Some(first) = inputs.insert(input, id.clone())
                {
                    faults.push(EditionFault::SameInput { row: id.clone(), first, input: input.clone() });
                }
                if places.insert(id.clone(), (c, r)).is_some() {
                    faults.push(EditionFault::SameRow { row: id });
                }
            }
        }
        for identity in &identities {
            for id in identity.rows() {
                let row = places.get(id).and_then(|&(c, r)| Some((c, self.chapters.get(c)?.rows.get(r)?)));
                let text = row.is_some_and(|(_, row)| row.content == super::Content::Text);
                if row.is_none() || text {
                    let identity = identity.to_string();
                    faults.push(EditionFault::IdentityRow { identity, row: id.clone(), text });
                }
            }
        }
        if faults.is_empty() {
            Ok(Edition { spec: self, identities, places })
        } else {
            Err(EditionError::Faults { edition: self.name, faults })
        }
    }

    fn check_head(&self, faults: &mut Vec<EditionFault>) {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if self.name.is_empty() || !self.name.chars().all(plain) {
            faults.push(EditionFault::Name { got: self.name.clone() });
        }
        if let Some(last) = self.last_year.filter(|&last| last < self.first_year) {
            faults.push(EditionFault::Years { first: self.first_year, last });
        }
        if self.unit_kinds.is_empty() {
            faults.push(EditionFault::NoUnitKind);
        }
        for (place, chapter) in self.chapters.iter().enumerate() {
            let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            if !chapter.number.split('.').all(digits) {
                faults.push(EditionFault::ChapterNumber { got: chapter.number.clone() });
            }
            if self.chapters.iter().take(place).any(|other| other.number == chapter.number) {
                faults.push(EditionFault::SameChapter { chapter: chapter.number.clone() });
            }
            if chapter.title.trim().is_empty() {
                faults.push(EditionFault::NoTitle { chapter: chapter.number.clone() });
            }
            if chapter.columns.is_empty() || !chapter.columns.is_sorted_by(|a, b| a < b) {
                faults.push(EditionFault::Columns { chapter: chapter.number.clone() });
            }
        }
    }
}

impl Chapter {
    fn check_row(&self, row: &Row, id: &RowId, faults: &mut Vec<EditionFault>) {
        if row.label.trim().is_empty() {
            faults.push(EditionFault::NoLabel { row: id.clone() });
        }
        if row.content == super::Content::Text && row.input.is_some() {
            faults.push(EditionFault::TextInput { row: id.clone() });
        }
        if row.input.as_ref().is_some_and(|input| input.trim().is_empty()) {
            faults.push(EditionFault::EmptyInput { row: id.clone() });
        }
        if let Some(&column) = row.not_applicable.iter().find(|column| !self.columns.contains(column)) {
            faults.push(EditionFault::NoColumn { row: id.clone(), column });
        }
    }
}

impl Edition {
    /// Reads and checks an edition's file.
    ///
    /// # Errors
    /// [`EditionError`]: not TOML of this format, or the list of all contradictions.
    pub fn from_toml(text: &str) -> Result<Self, EditionError> {
        EditionSpec::from_toml(text)?.check()
    }

    /// What its file says.
    #[must_use]
    pub const fn spec(&self) -> &EditionSpec {
        &self.spec
    }

    /// Name in code and files.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.spec.name
    }

    /// Chapters, in the order of the form.
    #[must_use]
    pub fn chapters(&self) -> &[Chapter] {
        &self.spec.chapters
    }

    /// The chapter of that number.
    #[must_use]
    pub fn chapter(&self, number: &str) -> Option<&Chapter> {
        self.chapters().iter().find(|chapter| chapter.number == number)
    }

    /// Rows with their chapter and number, in the order of the form.
    pub fn rows(&self) -> impl Iterator<Item = (RowId, &Row)> {
        self.chapters()
            .iter()
            .flat_map(|chapter| chapter.rows.iter().map(|row| (RowId::new(&chapter.number, row.number), row)))
    }

    /// A row.
    #[must_use]
    pub fn row(&self, id: &RowId) -> Option<&Row> {
        let &(chapter, row) = self.places.get(id)?;
        self.chapters().get(chapter)?.rows.get(row)
    }

    /// Identities of all rows, in the order of the form.
    #[must_use]
    pub fn identities(&self) -> &[Identity] {
        &self.identities
    }

    /// Whether it is the edition for an assessed year.
    #[must_use]
    pub fn covers(&self, year: Year) -> bool {
        self.spec.first_year <= year && self.spec.last_year.is_none_or(|last| year <= last)
    }

    /// Whether any row is known; editions are also listed by name alone.
    #[must_use]
    pub fn has_rows(&self) -> bool {
        !self.places.is_empty()
    }

    /// Kinds of units that fill a row.
    #[must_use]
    pub fn unit_kinds<'e>(&'e self, row: &'e Row) -> &'e [UnitKind] {
        if row.unit_kinds.is_empty() { &self.spec.unit_kinds } else { &row.unit_kinds }
    }

    /// Whether a unit of that kind fills a row.
    #[must_use]
    pub fn asks(&self, row: &Row, kind: UnitKind) -> bool {
        self.unit_kinds(row).iter().any(|&asked| kind.fills(asked))
    }

    /// Columns in which a row is filled.
    pub fn columns_of(&self, id: &RowId) -> impl Iterator<Item = Column> {
        let columns = self.chapter(&id.chapter).map_or(&[][..], |chapter| &chapter.columns);
        let barred = self.row(id).map_or(&[][..], |row| &row.not_applicable);
        columns.iter().copied().filter(|column| !barred.contains(column))
    }
}

impl TryFrom<EditionSpec> for Edition {
    type Error = EditionError;

    fn try_from(spec: EditionSpec) -> Result<Self, EditionError> {
        spec.check()
    }
}

impl From<Edition> for EditionSpec {
    fn from(edition: Edition) -> Self {
        edition.spec
    }
}

#[cfg(test)]
#[path = "edition_tests.rs"]
mod tests;
