//! Units of territory as a register of support writes them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::territory::{Gazetteer, Level, LookupError, Teryt, UnitError, UnitId};

/// A unit with its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NamedUnit {
    /// Code.
    pub unit: UnitId,
    /// Name; none where the register of territory does not hold the unit.
    pub name: Option<String>,
}

impl NamedUnit {
    pub(super) fn of(unit: UnitId, gazetteer: &Gazetteer) -> Self {
        Self { unit, name: gazetteer.name(unit).ok().map(str::to_owned) }
    }
}

/// Finds units by code or name, each text once.
pub(super) struct Places<'g> {
    gazetteer: &'g Gazetteer,
    found: BTreeMap<(String, Option<Date>), Result<UnitId, String>>,
}

impl<'g> Places<'g> {
    pub(super) const fn new(gazetteer: &'g Gazetteer) -> Self {
        Self { gazetteer, found: BTreeMap::new() }
    }

    /// The unit of a text on a date, or what is wrong with it.
    pub(super) fn find(&mut self, text: &str, date: Option<Date>) -> Result<UnitId, String> {
        let key = (text.to_owned(), date);
        if let Some(found) = self.found.get(&key) {
            return found.clone();
        }
        let found = self.look_up(text, date);
        self.found.insert(key, found.clone());
        found
    }

    fn look_up(&self, text: &str, date: Option<Date>) -> Result<UnitId, String> {
        let latest = match self.gazetteer.find(text) {
            // The unit was abolished or renumbered since: ask the register of the day.
            Err(LookupError::Unit(UnitError::OtherTime { .. })) => match date {
                Some(date) => self.gazetteer.on(date).find(text),
                None => self.gazetteer.find(text),
            },
            other => other,
        };
        match latest {
            Ok(unit) => Ok(unit),
            // The town of an urban-rural gmina is supported by its gmina.
            Err(LookupError::Unit(UnitError::Part { gmina, .. })) => Ok(gmina.into()),
            Err(LookupError::Unit(UnitError::Unknown { unit, .. })) if self.not_held(unit) => {
                Ok(unit.without_kind())
            }
            Err(error) => Err(error.to_string()),
        }
    }

    /// Whether the register holds no units of this level in the voivodeship, so that it cannot refuse one.
    fn not_held(&self, unit: UnitId) -> bool {
        let Some(code) = unit.teryt() else { return false };
        let (Some(voivodeship), Some(powiat)) = (code.voivodeship(), code.powiat()) else { return false };
        let powiats = self.gazetteer.powiats(voivodeship).unwrap_or_default();
        match code.level() {
            Level::Powiat => powiats.is_empty(),
            Level::Gmina => {
                self.gazetteer.gminas(voivodeship).unwrap_or_default().is_empty()
                    && (powiats.is_empty() || powiats.contains(&powiat.into()))
            }
            _ => false,
        }
    }
}

/// Whether a unit is `of` or lies in it; by the code alone where the register does not hold the unit.
pub(super) fn is_within(gazetteer: &Gazetteer, unit: UnitId, of: UnitId) -> bool {
    gazetteer.is_within(unit, of).unwrap_or_else(|_| match (unit, of) {
        (UnitId::Administrative(code), UnitId::Administrative(of)) => code.is_within(of),
        (UnitId::Administrative(code), UnitId::Subregion(_)) => {
            code.powiat().is_some_and(|powiat| gazetteer.is_within(powiat, of).unwrap_or(false))
        }
        _ => false,
    })
}

/// Whether a powiat is a city with powiat rights: powiats numbered from 61.
fn is_city(code: Teryt) -> bool {
    code.powiat().is_some_and(|powiat| {
        powiat.seven_digits().get(2..4).and_then(|digits| digits.parse::<u8>().ok()).is_some_and(|n| n > 60)
    })
}

/// The gmina a unit is; a city with powiat rights is one gmina, numbered 01 and urban.
pub(super) fn gmina(unit: UnitId, gazetteer: &Gazetteer) -> Option<UnitId> {
    let code = unit.teryt()?;
    let gmina = match code.level() {
        Level::Gmina => code,
        Level::Powiat if is_city(code) => format!("{code}011").parse().ok()?,
        _ => return None,
    };
    Some(gazetteer.resolve(gmina).unwrap_or_else(|_| gmina.without_kind().into()))
}

/// The powiat a unit is or lies in.
pub(super) fn powiat(unit: UnitId) -> Option<UnitId> {
    unit.teryt()?.powiat().map(UnitId::from)
}

/// The local government a unit is: a gmina, or a powiat that is not a city.
pub(super) fn government(unit: UnitId, gazetteer: &Gazetteer) -> Option<UnitId> {
    match unit.level() {
        Level::Powiat if !unit.teryt().is_some_and(is_city) => powiat(unit),
        _ => gmina(unit, gazetteer),
    }
}
