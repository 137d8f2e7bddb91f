use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Source;

/// What a result was made of: library, methods with their parameters, inputs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// Version of diagnoza.
    pub library_version: String,
    /// Method choices by name, e.g. `migration_timing` = `end`.
    pub methods: BTreeMap<String, String>,
    /// Tables read.
    pub inputs: Vec<Source>,
}

impl Provenance {
    /// Provenance of a result made by this version of the library.
    #[must_use]
    pub fn new(methods: &[(&str, &str)], inputs: Vec<Source>) -> Self {
        let methods = methods.iter().map(|&(name, choice)| (name.to_owned(), choice.to_owned())).collect();
        Self { library_version: env!("CARGO_PKG_VERSION").to_owned(), methods, inputs }
    }
}
