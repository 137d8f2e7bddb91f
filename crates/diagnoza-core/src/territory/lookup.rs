use std::fmt;

use super::name::{self, Query};
use super::{
    BdlLookupError, BdlUnitId, BdlUnitIdError, Gazetteer, GminaKind, Level, RegisterDate, UnitError, UnitId,
    UnitIdError, UnitRecord,
};

/// Longer texts are not compared with every name: no name is near them.
const LONGEST_NAME: usize = 60;
const SUGGESTIONS: usize = 3;

/// A unit that a text may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// Its kind, if it is a gmina.
    pub kind: Option<GminaKind>,
    /// Name of its powiat, if it is a gmina.
    pub powiat: Option<String>,
}

/// Why a text does not name one unit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LookupError {
    /// No text.
    #[error("a unit is asked for by an empty text: expected a code (28, 2816, 2816033, PL623) or a name")]
    Empty,
    /// The name is of several units.
    #[error(
        "'{text}' may be {}: give the code, the level or kind before the name ('powiat X', 'gmina wiejska X'), or its powiat in brackets after it",
        list(candidates)
    )]
    Ambiguous {
        /// The text given.
        text: String,
        /// The units of that name, in code order.
        candidates: Vec<Candidate>,
    },
    /// The name is of no unit.
    #[error("no unit '{text}' in {register}{}", suggest(nearest))]
    Unknown {
        /// The text given.
        text: String,
        /// The register asked.
        register: RegisterDate,
        /// Units with the nearest names, nearest first.
        nearest: Vec<Candidate>,
    },
    /// The code is of no unit on the date.
    #[error(transparent)]
    Unit(#[from] UnitError),
    /// Digits that are no code.
    #[error(transparent)]
    Code(#[from] UnitIdError),
    /// Twelve digits that are no BDL unit id.
    #[error(transparent)]
    BdlCode(#[from] BdlUnitIdError),
    /// A BDL unit id that names no unit on the date.
    #[error(transparent)]
    Bdl(#[from] BdlLookupError),
    /// The code is of a unit of another level than asked for.
    #[error("{found} is not a {expected}")]
    OtherLevel {
        /// The unit found.
        found: Candidate,
        /// The level asked for.
        expected: Level,
    },
}

impl Gazetteer {
    /// The unit that `text` names: a code in any form (`28`, `2816`, `281603`, `2816033`, `2816000`,
    /// `PL623`, a 12-digit BDL id) or a name.
    ///
    /// Names are compared without case and Polish diacritics. Words before the name (`gmina`,
    /// `gmina wiejska`, `powiat`, `m.`, `miasto`, `podregion`, `woj.`) and a kind or powiat after it
    /// (`Korsze (3)`, `Świętajno (olecki)`) tell units of one name apart.
    ///
    /// # Errors
    /// A [`LookupError`]: a name of several units lists them all, an unknown name the nearest ones.
    pub fn find(&self, text: &str) -> Result<UnitId, LookupError> {
        self.look_up(text, None)
    }

    /// The unit of a level that `text` names; as [`find`](Self::find) otherwise.
    ///
    /// # Errors
    /// As [`find`](Self::find), and [`LookupError::OtherLevel`] for the code of a unit of another level.
    pub fn find_at(&self, text: &str, level: Level) -> Result<UnitId, LookupError> {
        self.look_up(text, Some(level))
    }

    fn look_up(&self, text: &str, level: Option<Level>) -> Result<UnitId, LookupError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(LookupError::Empty);
        }
        if let Some(found) = self.by_code(text) {
            let unit = found?;
            return match (level, self.record(unit)) {
                (Some(expected), Some(record)) if record.level() != expected => {
                    let found = self.candidate(record);
                    Err(LookupError::OtherLevel { found, expected })
                }
                _ => Ok(unit),
            };
        }
        let query = Query::new(text);
        let wanted = |record: &&UnitRecord| level.is_none_or(|level| record.level() == level);
        let named = self.names().get(&query.name).into_iter().flatten();
        let mut candidates: Vec<_> = named
            .filter_map(|unit| self.record(*unit))
            .filter(wanted)
            .filter(|record| query.allows(record))
            .filter(|record| {
                query.powiat.is_none() || query.powiat == self.powiat_name(record).map(name::key)
            })
            .map(|record| self.candidate(record))
            .collect();
        match candidates.as_slice() {
            [only] => Ok(only.unit),
            [] => Err(LookupError::Unknown {
                text: text.to_owned(),
                register: self.date(),
                nearest: self.nearest(&query.name, level),
            }),
            _ => {
                candidates.sort_by_key(|candidate| candidate.unit.to_string());
                Err(LookupError::Ambiguous { text: text.to_owned(), candidates })
            }
        }
    }

    /// The unit of a code; `None` if the text is not written as one.
    fn by_code(&self, text: &str) -> Option<Result<UnitId, LookupError>> {
        let upper = text.to_ascii_uppercase();
        let nuts =
            upper.strip_prefix("PL").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if !nuts && !text.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        if text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit()) {
            let id = text.parse::<BdlUnitId>().map_err(LookupError::from);
            return Some(id.and_then(|id| Ok(self.unit_of_bdl(id)?)));
        }
        let unit = upper.parse::<UnitId>().map_err(LookupError::from);
        Some(unit.and_then(|unit| Ok(self.resolve(unit)?)))
    }

    /// Units whose names are within a third of their letters of `name`, nearest first.
    fn nearest(&self, name: &str, level: Option<Level>) -> Vec<Candidate> {
        if name.len() > LONGEST_NAME {
            return Vec::new();
        }
        let limit = (name.chars().count() / 3).max(1);
        let mut near: Vec<_> = self
            .names()
            .iter()
            .map(|(other, units)| (strsim::damerau_levenshtein(name, other), units))
            .filter(|(distance, _)| *distance <= limit)
            .flat_map(|(distance, units)| units.iter().map(move |unit| (distance, *unit)))
            .filter(|(_, unit)| level.is_none_or(|level| unit.level() == level))
            .collect();
        near.sort();
        let records = near.into_iter().filter_map(|(_, unit)| self.record(unit));
        records.map(|record| self.candidate(record)).take(SUGGESTIONS).collect()
    }

    fn powiat_name(&self, gmina: &UnitRecord) -> Option<&str> {
        let code = gmina.unit.teryt().filter(|code| code.level() == Level::Gmina)?;
        self.record(code.powiat()?.into()).map(|powiat| powiat.name.as_str())
    }

    pub(super) fn candidate(&self, record: &UnitRecord) -> Candidate {
        Candidate {
            unit: record.unit,
            name: record.name.clone(),
            level: record.level(),
            kind: record.kind(),
            powiat: self.powiat_name(record).map(str::to_owned),
        }
    }
}

impl fmt::Display for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ({}", self.unit, self.name, self.level)?;
        if let Some(kind) = self.kind {
            write!(f, " {}", kind.polish())?;
        }
        if let Some(powiat) = &self.powiat {
            write!(f, ", powiat {powiat}")?;
        }
        f.write_str(")")
    }
}

fn list(candidates: &[Candidate]) -> String {
    let texts: Vec<_> = candidates.iter().map(Candidate::to_string).collect();
    texts.join(", ")
}

fn suggest(nearest: &[Candidate]) -> String {
    if nearest.is_empty() { String::new() } else { format!(": did you mean {}?", list(nearest)) }
}

#[cfg(test)]
#[path = "lookup_tests.rs"]
mod tests;
