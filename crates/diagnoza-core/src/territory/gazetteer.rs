use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;

use super::register::Register;
use super::{GazetteerError, GminaKind, Level, Nuts, Teryt, UnitId, UnitRecord, Validity, name};

/// The units of territory valid on a date, with their names and what lies in what.
///
/// Built from the versions of a register; [`on`](Self::on) answers for a date. Without a date it
/// answers for the versions that have no end.
///
/// ```
/// use diagnoza_core::territory::{Gazetteer, Nuts, Teryt, UnitRecord};
/// let ełcki: Nuts = "PL623".parse()?;
/// let powiat = |code: &str, name: &str| -> Result<UnitRecord, Box<dyn std::error::Error>> {
///     Ok(UnitRecord { subregion: Some(ełcki), ..UnitRecord::new(code.parse::<Teryt>()?, name) })
/// };
/// let gazetteer = Gazetteer::from_records(vec![
///     UnitRecord::new("28".parse::<Teryt>()?, "warmińsko-mazurskie"),
///     UnitRecord::new(ełcki, "ełcki"),
///     powiat("2816", "piski")?,
///     UnitRecord::new("2816033".parse::<Teryt>()?, "Pisz"),
/// ])?;
/// let pisz = gazetteer.find("pisz")?;
/// assert_eq!(pisz.to_string(), "2816033");
/// assert_eq!(gazetteer.subregion_of(pisz)?, Some(ełcki.into()));
/// assert_eq!(gazetteer.gminas(ełcki)?, [pisz]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Gazetteer {
    register: Arc<Register>,
    date: RegisterDate,
    units: BTreeMap<UnitId, Arc<UnitRecord>>,
    members: BTreeMap<Nuts, Vec<Teryt>>,
    names: BTreeMap<String, Vec<UnitId>>,
}

/// The date a [`Gazetteer`] answers for, as error messages write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegisterDate {
    /// The units valid on a day.
    On(Date),
    /// The versions of units that have no end.
    Latest,
}

/// Why a code names no unit of a [`Gazetteer`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnitError {
    /// The register never knew the unit.
    #[error("no unit {unit} in {register}")]
    Unknown {
        /// The code asked for.
        unit: UnitId,
        /// The register asked.
        register: RegisterDate,
    },
    /// The unit was or will be valid, but not on the date.
    #[error("no unit {unit} in {register}: {name} was valid {validity}")]
    OtherTime {
        /// The code asked for.
        unit: UnitId,
        /// Name of the version nearest to the end of the register.
        name: String,
        /// Days on which that version was valid.
        validity: Validity,
        /// The register asked.
        register: RegisterDate,
    },
    /// The code names the town or the rural area of an urban-rural gmina.
    #[error("{unit} is a part of an urban-rural gmina; {register} holds the whole gmina, {gmina}")]
    Part {
        /// The code asked for.
        unit: UnitId,
        /// The whole gmina's code.
        gmina: Teryt,
        /// The register asked.
        register: RegisterDate,
    },
}

impl Gazetteer {
    /// The gazetteer of a register's versions, in any order.
    ///
    /// Poland (code 00) is added if the register leaves it out.
    ///
    /// # Errors
    /// A [`GazetteerError`] if two versions of one unit overlap in time, a unit's powiat, voivodeship
    /// or subregion is not in the register while the unit is valid, or a record's fields do not fit
    /// its level.
    pub fn from_records(records: Vec<UnitRecord>) -> Result<Self, GazetteerError> {
        Ok(Self::at(Arc::new(Register::check(records)?), RegisterDate::Latest))
    }

    /// The gazetteer of the units valid on `date`, whatever the date of this one.
    #[must_use]
    pub fn on(&self, date: Date) -> Self {
        Self::at(Arc::clone(&self.register), RegisterDate::On(date))
    }

    fn at(register: Arc<Register>, date: RegisterDate) -> Self {
        let mut units = BTreeMap::new();
        let mut members: BTreeMap<Nuts, Vec<Teryt>> = BTreeMap::new();
        let mut names: BTreeMap<String, Vec<UnitId>> = BTreeMap::new();
        for record in register.records().filter(|record| date.takes(record)) {
            units.insert(record.unit, Arc::clone(record));
        }
        for (&unit, record) in &units {
            names.entry(name::key(&record.name)).or_default().push(unit);
            if let (Some(subregion), Some(powiat)) = (record.subregion, unit.teryt()) {
                members.entry(subregion).or_default().push(powiat);
            }
        }
        Self { register, date, units, members, names }
    }

    /// The date the gazetteer answers for.
    #[must_use]
    pub const fn date(&self) -> RegisterDate {
        self.date
    }

    /// Versions of the units valid on the date: subregions first, then the rest in code order.
    pub fn records(&self) -> impl Iterator<Item = &UnitRecord> {
        self.units.values().map(AsRef::as_ref)
    }

    /// The code valid on the date for a unit given with a stale kind digit (2817082 after 2019) or
    /// without one (281708).
    ///
    /// # Errors
    /// A [`UnitError`] if there is no such unit on the date.
    pub fn resolve(&self, unit: impl Into<UnitId>) -> Result<UnitId, UnitError> {
        self.unit(unit).map(|record| record.unit)
    }

    /// The version of a unit that is valid on the date; the kind digit may be stale or absent.
    ///
    /// # Errors
    /// A [`UnitError`] if there is no such unit on the date.
    pub fn unit(&self, unit: impl Into<UnitId>) -> Result<&UnitRecord, UnitError> {
        let unit = unit.into();
        let register = self.date;
        let same = |other: UnitId| other.without_kind() == unit.without_kind();
        let valid = self.units.range(unit.without_kind()..).next();
        let valid = valid.map(|(_, record)| record).filter(|record| same(record.unit));
        if unit.teryt().is_some_and(Teryt::is_part) {
            let whole = valid.filter(|record| record.kind() == Some(GminaKind::UrbanRural));
            let gmina = whole.and_then(|record| record.unit.teryt());
            return Err(match gmina {
                Some(gmina) => UnitError::Part { unit, gmina, register },
                None => UnitError::Unknown { unit, register },
            });
        }
        valid.map(AsRef::as_ref).ok_or_else(|| {
            let other = self.register.records().rfind(|record| same(record.unit));
            match other {
                Some(record) => UnitError::OtherTime {
                    unit,
                    name: record.name.clone(),
                    validity: record.validity(),
                    register,
                },
                None => UnitError::Unknown { unit, register },
            }
        })
    }

    /// Name of a unit as the register writes it.
    ///
    /// # Errors
    /// A [`UnitError`] if there is no such unit on the date.
    pub fn name(&self, unit: impl Into<UnitId>) -> Result<&str, UnitError> {
        self.unit(unit).map(|record| record.name.as_str())
    }

    /// Whether the unit exists on the date; the kind digit may be stale or absent.
    #[must_use]
    pub fn contains(&self, unit: impl Into<UnitId>) -> bool {
        self.unit(unit).is_ok()
    }

    /// All voivodeships, in code order.
    #[must_use]
    pub fn voivodeships(&self) -> Vec<UnitId> {
        self.at_level(Level::Voivodeship, Teryt::POLAND.into())
    }

    /// The subregions that are `of` or lie in it, in code order.
    ///
    /// # Errors
    /// A [`UnitError`] if there is no unit `of` on the date.
    pub fn subregions(&self, of: impl Into<UnitId>) -> Result<Vec<UnitId>, UnitError> {
        Ok(self.at_level(Level::Subregion, self.resolve(of)?))
    }

    /// The powiats that are `of` or lie in it, in code order.
    ///
    /// # Errors
    /// A [`UnitError`] if there is no unit `of` on the date.
    pub fn powiats(&self, of: impl Into<UnitId>) -> Result<Vec<UnitId>, UnitError> {
        Ok(self.at_level(Level::Powiat, self.resolve(of)?))
    }

    /// The gminas that are `of` or lie in it, in code order.
    ///
    /// # Errors
    /// A [`UnitError`] if there is no unit `of` on the date.
    pub fn gminas(&self, of: impl Into<UnitId>) -> Result<Vec<UnitId>, UnitError> {
        Ok(self.at_level(Level::Gmina, self.resolve(of)?))
    }

    /// The subregion that a unit is or lies in; `None` if its powiat's subregion is not known, and
    /// for voivodeships and Poland.
    ///
    /// # Errors
    /// A [`UnitError`] if there is no such unit on the date.
    pub fn subregion_of(&self, unit: impl Into<UnitId>) -> Result<Option<UnitId>, UnitError> {
        let unit = self.resolve(unit)?;
        Ok(self.nuts_of(unit).map(UnitId::Subregion))
    }

    /// Whether `unit` is `of` or lies in it.
    ///
    /// # Errors
    /// A [`UnitError`] if one of the two does not exist on the date.
    pub fn is_within(&self, unit: impl Into<UnitId>, of: impl Into<UnitId>) -> Result<bool, UnitError> {
        Ok(self.lies_in(self.resolve(unit)?, self.resolve(of)?))
    }

    pub(super) fn at_level(&self, level: Level, of: UnitId) -> Vec<UnitId> {
        let units = self.units.keys().copied();
        units.filter(|unit| unit.level() == level && self.lies_in(*unit, of)).collect()
    }

    fn lies_in(&self, unit: UnitId, of: UnitId) -> bool {
        match (unit, of) {
            (UnitId::Administrative(code), UnitId::Administrative(of)) => code.is_within(of),
            (_, UnitId::Subregion(of)) => self.nuts_of(unit) == Some(of),
            (UnitId::Subregion(nuts), UnitId::Administrative(of)) => {
                let members = self.powiats_in(nuts);
                of == Teryt::POLAND
                    || of.level() == Level::Voivodeship
                        && !members.is_empty()
                        && members.iter().all(|powiat| powiat.is_within(of))
            }
        }
    }

    fn nuts_of(&self, unit: UnitId) -> Option<Nuts> {
        match unit {
            UnitId::Subregion(nuts) => Some(nuts),
            UnitId::Administrative(code) => {
                let powiat = self.units.get(&UnitId::Administrative(code.powiat()?))?;
                powiat.subregion
            }
        }
    }

    pub(super) fn powiats_in(&self, subregion: Nuts) -> &[Teryt] {
        self.members.get(&subregion).map_or(&[], Vec::as_slice)
    }

    pub(super) const fn names(&self) -> &BTreeMap<String, Vec<UnitId>> {
        &self.names
    }

    pub(super) fn record(&self, unit: UnitId) -> Option<&UnitRecord> {
        self.units.get(&unit).map(AsRef::as_ref)
    }
}

impl RegisterDate {
    fn takes(self, record: &UnitRecord) -> bool {
        match self {
            Self::On(date) => record.valid_on(date),
            Self::Latest => record.valid_to.is_none(),
        }
    }
}

impl fmt::Display for RegisterDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::On(date) => write!(f, "the register of {date}"),
            Self::Latest => f.write_str("the register's latest state"),
        }
    }
}

#[cfg(test)]
#[path = "gazetteer_tests.rs"]
mod tests;
