use std::sync::OnceLock;

use diagnoza_core::observation::{Basis, Source};
use serde::{Deserialize, Serialize};

use super::DataError;

/// What the embedded tables are, where they come from and on what basis they count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the polars package that wrote the files.
    pub polars: String,
    /// One entry per table.
    pub tables: Vec<TableInfo>,
}

/// One embedded table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableInfo {
    /// Name by which [`table`](super::table) hands it out.
    pub name: String,
    /// File inside the data set.
    pub file: String,
    /// Title shown to people.
    pub title: Title,
    /// Publishing office.
    pub publisher: String,
    /// Publication or data set.
    pub publication: String,
    /// Date or edition as the publication states it.
    pub date: String,
    /// Bases of the counts; a table on more than one has a column `basis`.
    pub basis: Vec<Basis>,
    /// Terms of re-use and how to cite.
    pub licence: String,
    /// Whether the figures are published, observed, projected or derived, and what to mind.
    pub status: String,
    /// The columns in order; for borders, the properties of a feature.
    pub columns: Vec<ColumnInfo>,
    /// Number of rows, or of features.
    pub rows: usize,
    /// SHA-256 of the file, lower-case hexadecimal.
    pub sha256: String,
    /// The offices' files it was built from.
    pub sources: Vec<SourceFile>,
}

/// A title in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// Polish.
    pub pl: String,
    /// English.
    pub en: String,
}

/// One column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnInfo {
    /// Name of the column.
    pub name: String,
    /// Type of the values: `string`, `int32`, `uint32`, `float64`, `boolean`, `date`, or `text` in borders.
    #[serde(rename = "type")]
    pub dtype: String,
    /// Unit of the values.
    pub unit: String,
    /// What the values are.
    pub description: String,
    /// Whether values are missing in some rows.
    pub nullable: bool,
}

/// A file of an office, by name and hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// Name of the file, without folders.
    pub file: String,
    /// SHA-256 of its bytes, lower-case hexadecimal.
    pub sha256: String,
}

impl TableInfo {
    /// The table as a [`Source`], to stand in the provenance of a result.
    #[must_use]
    pub fn source(&self) -> Source {
        Source {
            publisher: self.publisher.clone(),
            title: format!("{}: {}", self.publication, self.title.en),
            date: self.date.clone(),
            sha256: self.sha256.clone(),
        }
    }
}

/// The manifest of the embedded data set, read once.
///
/// # Errors
/// [`DataError::Manifest`] if it does not read.
pub fn manifest() -> Result<&'static Manifest, DataError> {
    static MANIFEST: OnceLock<Result<Manifest, DataError>> = OnceLock::new();
    MANIFEST
        .get_or_init(|| {
            serde_json::from_str(include_str!("../../embedded/manifest.json"))
                .map_err(|error| DataError::Manifest { reason: error.to_string() })
        })
        .as_ref()
        .map_err(Clone::clone)
}

/// The embedded tables in the order of the flow: territory, projection, population, rates, selection, borders.
///
/// # Errors
/// [`DataError::Manifest`] if the manifest does not read.
pub fn tables() -> Result<&'static [TableInfo], DataError> {
    manifest().map(|manifest| manifest.tables.as_slice())
}

/// What is known of the table `name`.
///
/// # Errors
/// [`DataError::UnknownTable`] with the nearest name and the list of names.
pub fn table_info(name: &str) -> Result<&'static TableInfo, DataError> {
    let tables = tables()?;
    tables.iter().find(|info| info.name == name).ok_or_else(|| {
        let available: Vec<String> = tables.iter().map(|info| info.name.clone()).collect();
        DataError::UnknownTable {
            got: name.to_owned(),
            nearest: super::nearest::nearest(name, &available),
            available,
        }
    })
}
