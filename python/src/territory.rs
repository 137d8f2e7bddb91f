use diagnoza_core::territory::{self as core, UnitId};
use diagnoza_data::official;
use pyo3::prelude::*;

use crate::error::Fault;

/// Register of territory: the units valid on a date, found by code, name or list.
///
/// `date` is `YYYY-MM-DD`; without one, the latest register.
#[pyclass(frozen, module = "diagnoza._native")]
pub(crate) struct Gazetteer(core::Gazetteer);

#[pymethods]
impl Gazetteer {
    #[new]
    #[pyo3(signature = (date = None))]
    fn new(date: Option<&str>) -> Result<Self, Fault> {
        let register = official::gazetteer()?;
        Ok(Self(match date {
            None => register.clone(),
            Some(date) => {
                let day = date.parse().map_err(|_| {
                    Fault::input(format!(
                        "date='{date}' is not a date: expected YYYY-MM-DD such as 2018-04-01"
                    ))
                })?;
                register.on(day)
            }
        }))
    }

    /// Code of the unit that a code or name means; an ambiguous name raises and lists the candidates.
    fn find(&self, text: &str) -> Result<String, Fault> {
        Ok(self.0.find(text)?.to_string())
    }

    /// Codes of a selection such as `subregions:28,2816`.
    fn select(&self, text: &str) -> Result<Vec<String>, Fault> {
        Ok(codes(self.0.select(text)?))
    }

    /// Name of a unit.
    fn name(&self, unit: &str) -> Result<String, Fault> {
        Ok(self.0.name(unit.parse::<UnitId>()?)?.to_owned())
    }

    /// Level of a unit: poland, voivodeship, subregion, powiat or gmina.
    fn level(&self, unit: &str) -> Result<&'static str, Fault> {
        Ok(self.0.resolve(unit.parse::<UnitId>()?)?.level().word())
    }

    /// Kind of a gmina: urban, rural or urban_rural; `None` for other levels.
    fn kind(&self, unit: &str) -> Result<Option<&'static str>, Fault> {
        Ok(self.0.unit(unit.parse::<UnitId>()?)?.kind().map(core::GminaKind::word))
    }

    /// Subregion that a powiat or gmina lies in.
    fn subregion_of(&self, unit: &str) -> Result<Option<String>, Fault> {
        Ok(self.0.subregion_of(unit.parse::<UnitId>()?)?.map(|unit| unit.to_string()))
    }

    /// Subregions of a unit, in code order.
    fn subregions(&self, of: &str) -> Result<Vec<String>, Fault> {
        Ok(codes(self.0.subregions(of.parse::<UnitId>()?)?))
    }

    /// Powiats of a unit, in code order.
    fn powiats(&self, of: &str) -> Result<Vec<String>, Fault> {
        Ok(codes(self.0.powiats(of.parse::<UnitId>()?)?))
    }

    /// Gminas of a unit, in code order.
    fn gminas(&self, of: &str) -> Result<Vec<String>, Fault> {
        Ok(codes(self.0.gminas(of.parse::<UnitId>()?)?))
    }

    /// Identifier of a unit in GUS's local data bank (12 digits).
    fn bdl_id(&self, unit: &str) -> Result<String, Fault> {
        Ok(self.0.bdl_id(unit.parse::<UnitId>()?)?.to_string())
    }

    /// Unit that a 12-digit identifier of GUS's local data bank means.
    fn unit_of_bdl(&self, id: &str) -> Result<String, Fault> {
        let id: core::BdlUnitId = id.parse().map_err(|e| Fault::input(format!("{e}")))?;
        Ok(self.0.unit_of_bdl(id)?.to_string())
    }

    fn __repr__(&self) -> String {
        format!("Gazetteer({})", self.0.date())
    }
}

/// Units of a selection text in the latest register.
pub(crate) fn units(selection: &str) -> Result<Vec<UnitId>, Fault> {
    Ok(official::gazetteer()?.select(selection)?)
}

fn codes(units: Vec<UnitId>) -> Vec<String> {
    units.into_iter().map(|unit| unit.to_string()).collect()
}
