use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::CatalogueFileError;

/// A published figure that its published inputs do not give, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotReproduced {
    /// Id of the worked example.
    pub id: String,
    /// Id of the indicator, if it is one of the catalogue.
    #[serde(default)]
    pub indicator: Option<String>,
    /// What the figure is.
    pub what: String,
    /// What the inputs give.
    pub computed: String,
    /// What is published.
    pub published: String,
    /// Why the two differ or cannot be compared, in Polish.
    pub reason_pl: String,
    /// The same in English.
    pub reason_en: String,
    /// Where it is published.
    pub source: String,
}

#[derive(Deserialize)]
struct File {
    figure: Vec<NotReproduced>,
}

/// The published figures that do not come out, with the reason; all others seen do.
///
/// # Errors
/// [`CatalogueFileError`] if the list of the library does not read.
pub fn not_reproduced() -> Result<&'static [NotReproduced], CatalogueFileError> {
    static LIST: OnceLock<Result<Vec<NotReproduced>, CatalogueFileError>> = OnceLock::new();
    let read = || {
        let text = include_str!("../../../catalogue/not_reproduced.toml");
        let file: File = toml::from_str(text)
            .map_err(|error| CatalogueFileError { file: "not_reproduced.toml", reason: error.to_string() })?;
        Ok(file.figure)
    };
    LIST.get_or_init(read).as_deref().map_err(Clone::clone)
}
