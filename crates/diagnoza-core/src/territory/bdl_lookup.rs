use super::{BdlLevel, BdlPrefix, BdlUnitId, Gazetteer, Level, Teryt, UnitError, UnitId};

/// Why a unit has no BDL id in a gazetteer, or a BDL id no unit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BdlLookupError {
    /// The unit does not exist on the gazetteer's date.
    #[error(transparent)]
    Unit(#[from] UnitError),
    /// The register does not hold the digits that the id begins with.
    #[error(
        "the BDL id of {unit} ({name}) is not known: the register gives no BDL digits (macroregion, \
         voivodeship, region, subregion) for {powiats}"
    )]
    NoPrefix {
        /// The unit.
        unit: UnitId,
        /// Its name.
        name: String,
        /// The powiat, or the unit whose powiats all lack the digits.
        powiats: UnitId,
    },
    /// The id is of a unit that the gazetteer does not hold: a macroregion, region or city district,
    /// or a subregion none of whose powiats has BDL digits.
    #[error("BDL id {id} ({level:?}) has no counterpart in the register")]
    NoCounterpart {
        /// The id.
        id: BdlUnitId,
        /// Its level in BDL.
        level: BdlLevel,
    },
    /// The administrative digits name a unit whose id begins otherwise.
    #[error("BDL id {id} does not fit {unit} ({name}), whose id is {expected}")]
    OtherPrefix {
        /// The id.
        id: BdlUnitId,
        /// The unit its administrative digits name.
        unit: UnitId,
        /// Name of that unit.
        name: String,
        /// Id of that unit.
        expected: BdlUnitId,
    },
}

impl Gazetteer {
    /// The id of a unit in GUS's local data bank, by the BDL digits of its powiat; the kind digit may
    /// be stale or absent.
    ///
    /// # Errors
    /// A [`BdlLookupError`] if there is no such unit on the date, or the register does not hold the
    /// BDL digits of its powiat.
    pub fn bdl_id(&self, unit: impl Into<UnitId>) -> Result<BdlUnitId, BdlLookupError> {
        let record = self.unit(unit)?;
        let unit = record.unit;
        let no_prefix =
            |powiats: UnitId| BdlLookupError::NoPrefix { unit, name: record.name.clone(), powiats };
        let UnitId::Administrative(code) = unit else {
            let prefix = self.first_prefix(unit).ok_or_else(|| no_prefix(unit))?;
            return Ok(prefix.subregion());
        };
        match code.level() {
            Level::Poland => Ok(BdlUnitId::POLAND),
            Level::Voivodeship | Level::Subregion => {
                let prefix = self.first_prefix(unit).ok_or_else(|| no_prefix(unit))?;
                Ok(prefix.voivodeship())
            }
            Level::Powiat | Level::Gmina => {
                let powiat = code.powiat().unwrap_or(code);
                let prefix = self.record(powiat.into()).and_then(|powiat| powiat.bdl_prefix);
                prefix.and_then(|prefix| prefix.unit(code)).ok_or_else(|| no_prefix(powiat.into()))
            }
        }
    }

    /// The unit that an id of GUS's local data bank names; a gmina's kind digit may be stale.
    ///
    /// # Errors
    /// A [`BdlLookupError`] if the unit does not exist on the date, has no counterpart in the
    /// register, or the digits before its powiat are not those of the register.
    pub fn unit_of_bdl(&self, id: BdlUnitId) -> Result<UnitId, BdlLookupError> {
        let level = id.level();
        let Some(code) = id.teryt() else {
            let subregions = self.at_level(Level::Subregion, Teryt::POLAND.into());
            let same = |unit: &UnitId| self.first_prefix(*unit).is_some_and(|p| p.subregion() == id);
            let found = subregions.into_iter().find(same);
            return found.ok_or(BdlLookupError::NoCounterpart { id, level });
        };
        let record = self.unit(code)?;
        // The kind digit is left out of the comparison: it may be of another date than the register's.
        let digits = |id: BdlUnitId| id.to_string().get(..11).map(str::to_owned);
        match self.bdl_id(record.unit) {
            Ok(expected) if digits(expected) != digits(id) => Err(BdlLookupError::OtherPrefix {
                id,
                unit: record.unit,
                name: record.name.clone(),
                expected,
            }),
            _ => Ok(record.unit),
        }
    }

    /// BDL digits of the first powiat of a subregion or voivodeship that has them; the register has
    /// been checked for agreement between its powiats.
    fn first_prefix(&self, of: UnitId) -> Option<BdlPrefix> {
        let powiats = self.at_level(Level::Powiat, of);
        powiats.into_iter().find_map(|powiat| self.record(powiat)?.bdl_prefix)
    }
}
