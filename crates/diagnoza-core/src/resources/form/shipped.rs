//! Editions that come with the library. Only what was read in a public form is in them.

use std::sync::OnceLock;

use super::Edition;
use super::label::words;
use crate::observation::Year;

const FILES: [&str; 4] = [
    include_str!("../../../forms/ozps_2011.toml"),
    include_str!("../../../forms/ozps_2012_2014.toml"),
    include_str!("../../../forms/ozps_2015_2016.toml"),
    include_str!("../../../forms/ozps_2017.toml"),
];

/// No edition of that name or for that year.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no edition '{got}': expected one of {}, an assessed year such as 2014, or an edition file (.toml)",
    known.join(", ")
)]
pub struct UnknownEdition {
    /// The name given.
    pub got: String,
    /// The names there are.
    pub known: Vec<String>,
}

/// Every shipped edition, the oldest first.
pub fn editions() -> &'static [Edition] {
    static EDITIONS: OnceLock<Vec<Edition>> = OnceLock::new();
    // A test holds that every file is read.
    EDITIONS.get_or_init(|| FILES.iter().filter_map(|text| Edition::from_toml(text).ok()).collect())
}

/// The shipped edition of that name (`ozps_2012_2014`, or `2012-2014`) or for that assessed year (`2014`).
///
/// # Errors
/// [`UnknownEdition`] lists the names there are.
pub fn edition(name: &str) -> Result<&'static Edition, UnknownEdition> {
    let short = words(name);
    let by_name = |known: &&Edition| {
        let full = words(known.name());
        full == short || full.strip_prefix("ozps ") == Some(&short)
    };
    let year = || name.parse::<Year>().ok().and_then(edition_for);
    editions().iter().find(by_name).or_else(year).ok_or_else(|| UnknownEdition {
        got: name.to_owned(),
        known: editions().iter().map(|known| known.name().to_owned()).collect(),
    })
}

/// The shipped edition for an assessed year.
#[must_use]
pub fn edition_for(year: Year) -> Option<&'static Edition> {
    editions().iter().find(|known| known.covers(year))
}
