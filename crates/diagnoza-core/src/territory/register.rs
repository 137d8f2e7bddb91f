use std::collections::BTreeMap;
use std::sync::Arc;

use super::{BdlPrefix, BdlUnitId, Level, Nuts, Teryt, UnitId, UnitRecord, Validity};

/// Checked versions of all units, sorted by unit and then by time.
#[derive(Debug)]
pub(super) struct Register {
    records: Vec<Arc<UnitRecord>>,
}

/// Why records are not a register of territory.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GazetteerError {
    /// A record without a name.
    #[error("unit {unit} has no name in the register")]
    NoName {
        /// The unit.
        unit: UnitId,
    },
    /// A gmina's code lacks the digit of its kind.
    #[error("gmina {unit} ({name}) has no kind in the register: expected 7 digits")]
    NoKind {
        /// The unit.
        unit: UnitId,
        /// Its name.
        name: String,
    },
    /// A record for the town or the rural area of a gmina.
    #[error("{unit} ({name}) is a part of an urban-rural gmina: the register takes whole gminas only")]
    Part {
        /// The unit.
        unit: UnitId,
        /// Its name.
        name: String,
    },
    /// A version that ends before it begins.
    #[error("unit {unit} ({name}) is valid {validity}, which is never: the end must be after the start")]
    NeverValid {
        /// The unit.
        unit: UnitId,
        /// Its name.
        name: String,
        /// Start and end given.
        validity: Validity,
    },
    /// Two versions of one unit are valid on the same day.
    #[error(
        "units {first} ({first_validity}) and {second} ({second_validity}) are versions of one unit and \
         overlap in time"
    )]
    Overlap {
        /// The earlier version.
        first: UnitId,
        /// When it is valid.
        first_validity: Validity,
        /// The later version.
        second: UnitId,
        /// When it is valid.
        second_validity: Validity,
    },
    /// The unit above is not in the register for the whole time.
    #[error(
        "unit {unit} ({name}) is valid {validity}, but its {level} {parent} is not in the register for all \
         that time"
    )]
    NoParent {
        /// The unit.
        unit: UnitId,
        /// Its name.
        name: String,
        /// When it is valid.
        validity: Validity,
        /// Level of the missing unit.
        level: Level,
        /// The missing unit.
        parent: UnitId,
    },
    /// A subregion or BDL digits given for a unit that is not a powiat.
    #[error("unit {unit} ({name}) is a {level}: only a powiat is given a subregion and BDL digits")]
    NotAPowiat {
        /// The unit.
        unit: UnitId,
        /// Its name.
        name: String,
        /// Its level.
        level: Level,
    },
    /// A code that is not of NUTS level 3 stands for a subregion.
    #[error("the register gives {unit} ({name}) the subregion code {got}: expected one such as PL623")]
    NotASubregion {
        /// The powiat, or the subregion itself.
        unit: UnitId,
        /// Its name.
        name: String,
        /// The code given.
        got: Nuts,
    },
    /// The BDL digits belong to another voivodeship.
    #[error("powiat {unit} ({name}) is given the BDL digits {prefix}, which are of another voivodeship")]
    ForeignPrefix {
        /// The powiat.
        unit: UnitId,
        /// Its name.
        name: String,
        /// The digits given.
        prefix: BdlPrefix,
    },
    /// The BDL digits of two powiats give two ids to the unit they share.
    #[error(
        "the BDL digits of powiats {first} and {second} give {shared} two ids, {first_id} and {second_id}"
    )]
    TwoIds {
        /// The subregion or voivodeship both lie in.
        shared: UnitId,
        /// One powiat.
        first: UnitId,
        /// Id by the first.
        first_id: BdlUnitId,
        /// The other powiat.
        second: UnitId,
        /// Id by the second.
        second_id: BdlUnitId,
    },
}

impl Register {
    pub(super) fn check(mut records: Vec<UnitRecord>) -> Result<Self, GazetteerError> {
        if !records.iter().any(|record| record.level() == Level::Poland) {
            records.push(UnitRecord::new(Teryt::POLAND, "Polska"));
        }
        records.sort_by_key(|record| (record.unit.without_kind(), record.validity().first()));
        for record in &records {
            check_fields(record)?;
        }
        for (first, second) in records.iter().zip(records.iter().skip(1)) {
            let same = first.unit.without_kind() == second.unit.without_kind();
            if same && second.validity().first() < first.validity().end() {
                return Err(GazetteerError::Overlap {
                    first: first.unit,
                    first_validity: first.validity(),
                    second: second.unit,
                    second_validity: second.validity(),
                });
            }
        }
        for record in &records {
            check_parents(record, &records)?;
        }
        check_bdl_ids(&records)?;
        Ok(Self { records: records.into_iter().map(Arc::new).collect() })
    }

    pub(super) fn records(&self) -> impl DoubleEndedIterator<Item = &Arc<UnitRecord>> {
        self.records.iter()
    }
}

fn check_fields(record: &UnitRecord) -> Result<(), GazetteerError> {
    let unit = record.unit;
    let name = || record.name.clone();
    if record.name.trim().is_empty() {
        return Err(GazetteerError::NoName { unit });
    }
    let validity = record.validity();
    if validity.first() >= validity.end() {
        return Err(GazetteerError::NeverValid { unit, name: name(), validity });
    }
    let level = record.level();
    if level == Level::Gmina {
        match record.kind() {
            None => return Err(GazetteerError::NoKind { unit, name: name() }),
            Some(kind) if kind.is_part() => return Err(GazetteerError::Part { unit, name: name() }),
            Some(_) => {}
        }
    }
    if level != Level::Powiat && (record.subregion.is_some() || record.bdl_prefix.is_some()) {
        return Err(GazetteerError::NotAPowiat { unit, name: name(), level });
    }
    let own = match unit {
        UnitId::Subregion(code) => Some(code),
        UnitId::Administrative(_) => None,
    };
    if let Some(got) = own.or(record.subregion).filter(|code| !code.is_subregion()) {
        return Err(GazetteerError::NotASubregion { unit, name: name(), got });
    }
    let voivodeship = unit.teryt().and_then(Teryt::voivodeship);
    match record.bdl_prefix {
        Some(prefix) if prefix.voivodeship().teryt() != voivodeship => {
            Err(GazetteerError::ForeignPrefix { unit, name: name(), prefix })
        }
        _ => Ok(()),
    }
}

/// The units directly above a version must be valid for as long as it is.
fn check_parents(record: &UnitRecord, sorted: &[UnitRecord]) -> Result<(), GazetteerError> {
    let code = record.unit.teryt();
    let administrative = match record.level() {
        Level::Powiat => code.and_then(Teryt::voivodeship),
        Level::Gmina => code.and_then(Teryt::powiat),
        _ => None,
    };
    let above = [administrative.map(UnitId::Administrative), record.subregion.map(UnitId::Subregion)];
    for parent in above.into_iter().flatten() {
        let start = sorted.partition_point(|other| other.unit < parent);
        let versions = sorted.iter().skip(start).take_while(|other| other.unit == parent);
        let reached = versions.fold(record.validity().first(), |reached, version| {
            let holds = version.validity().first() <= reached;
            if holds { reached.max(version.validity().end()) } else { reached }
        });
        if reached < record.validity().end() {
            return Err(GazetteerError::NoParent {
                unit: record.unit,
                name: record.name.clone(),
                validity: record.validity(),
                level: parent.level(),
                parent,
            });
        }
    }
    Ok(())
}

/// BDL gives its units one id for all years, so all powiats of a unit must agree on it.
fn check_bdl_ids(records: &[UnitRecord]) -> Result<(), GazetteerError> {
    let mut ids: BTreeMap<UnitId, (UnitId, BdlUnitId)> = BTreeMap::new();
    for record in records {
        let Some(prefix) = record.bdl_prefix else { continue };
        let voivodeship = record.unit.teryt().and_then(Teryt::voivodeship);
        let shared = [
            record.subregion.map(|nuts| (UnitId::Subregion(nuts), prefix.subregion())),
            voivodeship.map(|code| (UnitId::Administrative(code), prefix.voivodeship())),
        ];
        for (shared, id) in shared.into_iter().flatten() {
            let &mut (first, first_id) = ids.entry(shared).or_insert((record.unit, id));
            if first_id != id {
                return Err(GazetteerError::TwoIds {
                    shared,
                    first,
                    first_id,
                    second: record.unit,
                    second_id: id,
                });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "register_tests.rs"]
mod tests;
