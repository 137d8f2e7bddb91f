use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

/// An indicator of the OZPS form that is known by its name only: its formula is not public, so the library has none
/// and takes a user's ([`super::FormulaSpec`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficialIndicator {
    /// Name in code and files.
    pub id: String,
    /// Edition of the form and the kind of unit that fills it in.
    pub edition: String,
    /// Place in the list as seen.
    pub order: u16,
    /// What the name is a name of.
    pub kind: OfficialKind,
    /// Polish name, as seen.
    pub name_pl: String,
    /// English name, a translation of ours.
    pub name_en: String,
    /// Where the name was seen.
    pub source: String,
}

/// What an official name is a name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfficialKind {
    /// An indicator.
    Indicator,
    /// A chapter of indicators whose own names were not seen.
    Section,
}

/// Why a list that comes with the library does not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the list {file} of the library does not read: {reason}")]
pub struct CatalogueFileError {
    /// Name of the file.
    pub file: &'static str,
    /// What is wrong.
    pub reason: String,
}

#[derive(Deserialize)]
struct File {
    indicator: Vec<OfficialIndicator>,
}

impl OfficialIndicator {
    /// Whether it is the title of a chapter.
    #[must_use]
    pub fn is_section(&self) -> bool {
        self.kind == OfficialKind::Section
    }
}

/// The official names without public formula, in the order of the form.
///
/// # Errors
/// [`CatalogueFileError`] if the list of the library does not read.
pub fn official() -> Result<&'static [OfficialIndicator], CatalogueFileError> {
    static LIST: OnceLock<Result<Vec<OfficialIndicator>, CatalogueFileError>> = OnceLock::new();
    let read = || {
        let text = include_str!("../../../catalogue/official_names.toml");
        let file: File = toml::from_str(text)
            .map_err(|error| CatalogueFileError { file: "official_names.toml", reason: error.to_string() })?;
        Ok(file.indicator)
    };
    LIST.get_or_init(read).as_deref().map_err(Clone::clone)
}
