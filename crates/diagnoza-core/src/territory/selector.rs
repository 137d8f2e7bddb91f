use std::collections::BTreeSet;

use super::{Candidate, Gazetteer, Level, LookupError, UnitId};

/// Words that begin a list of units, with the level of the units listed.
const LISTS: [(&str, Level); 4] = [
    ("voivodeships", Level::Voivodeship),
    ("subregions", Level::Subregion),
    ("powiats", Level::Powiat),
    ("gminas", Level::Gmina),
];

/// Why a text selects no units.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SelectError {
    /// No text.
    #[error(
        "no units are selected: expected items separated by commas, each a code (28, 2816, 2816033, PL623), \
         a name, or a list such as subregions:28, powiats:PL623, gminas:2816"
    )]
    Empty,
    /// Nothing between two commas.
    #[error("item {position} of the selection '{text}' is empty: is there a comma too many?")]
    EmptyItem {
        /// The whole text.
        text: String,
        /// Which item, from 1.
        position: usize,
    },
    /// The word before the colon names no list.
    #[error(
        "'{item}': there is no list '{word}'{} expected voivodeships, subregions, powiats or gminas",
        did_you_mean(*nearest)
    )]
    UnknownList {
        /// The item.
        item: String,
        /// The word before its colon.
        word: String,
        /// The nearest word that does.
        nearest: Option<&'static str>,
    },
    /// The unit after the colon holds no units of the level listed.
    #[error("'{item}' selects nothing: there is no {level} in {of}")]
    NoneInside {
        /// The item.
        item: String,
        /// Level of the units listed.
        level: Level,
        /// The unit they were looked for in.
        of: Candidate,
    },
    /// A code or name that is not one unit.
    #[error("{}{source}", item_before(item, source))]
    Unit {
        /// The item.
        item: String,
        /// What is wrong with the code or name.
        source: Box<LookupError>,
    },
}

impl Gazetteer {
    /// The units that a text selects, in the order of the text, each once.
    ///
    /// Items are separated by commas; each is a code or a name, as [`find`](Self::find) takes them, or
    /// a list: `subregions:28`, `powiats:28`, `powiats:PL623`, `gminas:28`, `gminas:2816`,
    /// `voivodeships:00`. Units of a list come in code order.
    ///
    /// # Errors
    /// A [`SelectError`] that names the item; no units are selected in part.
    pub fn select(&self, text: &str) -> Result<Vec<UnitId>, SelectError> {
        if text.trim().is_empty() {
            return Err(SelectError::Empty);
        }
        let mut seen = BTreeSet::new();
        let mut selected = Vec::new();
        for (index, item) in text.split(',').enumerate() {
            let item = item.trim();
            if item.is_empty() {
                return Err(SelectError::EmptyItem { text: text.to_owned(), position: index + 1 });
            }
            let units = self.select_item(item)?;
            selected.extend(units.into_iter().filter(|unit| seen.insert(*unit)));
        }
        Ok(selected)
    }

    fn select_item(&self, item: &str) -> Result<Vec<UnitId>, SelectError> {
        let find = |text: &str| {
            self.find(text)
                .map_err(|source| SelectError::Unit { item: item.to_owned(), source: Box::new(source) })
        };
        let Some((word, of)) = item.split_once(':') else {
            return Ok(vec![find(item)?]);
        };
        let word = word.trim().to_lowercase();
        let Some((_, level)) = LISTS.into_iter().find(|(list, _)| *list == word) else {
            return Err(SelectError::UnknownList {
                item: item.to_owned(),
                nearest: nearest_list(&word),
                word,
            });
        };
        let of = find(of)?;
        let units = self.at_level(level, of);
        match self.record(of) {
            Some(record) if units.is_empty() => {
                Err(SelectError::NoneInside { item: item.to_owned(), level, of: self.candidate(record) })
            }
            _ => Ok(units),
        }
    }
}

fn nearest_list(word: &str) -> Option<&'static str> {
    // Longer words are near none of the lists, and comparing them would cost the more the longer they are.
    if word.len() > 20 {
        return None;
    }
    let distances = LISTS.map(|(list, _)| (strsim::damerau_levenshtein(word, list), list));
    let nearest = distances.into_iter().min();
    nearest.filter(|(distance, _)| *distance <= 3).map(|(_, list)| list)
}

fn did_you_mean(nearest: Option<&'static str>) -> String {
    nearest.map_or_else(|| ";".to_owned(), |list| format!(", did you mean '{list}'?"))
}

/// The item, unless the error begins with the name that it looked for.
fn item_before(item: &str, source: &LookupError) -> String {
    match source {
        LookupError::Ambiguous { .. } | LookupError::Unknown { .. } => String::new(),
        _ => format!("'{item}': "),
    }
}

#[cfg(test)]
#[path = "selector_tests.rs"]
mod tests;
