use std::collections::BTreeMap;

use diagnoza_core::demography::cohort_component::{CohortProjection, NegativePopulation};
use diagnoza_core::demography::projection::{Area, Projection};
use diagnoza_core::demography::scenario::{Baseline, Scenario, ScenarioSpec};
use diagnoza_core::observation::{Provenance, Source, Year};
use diagnoza_core::territory::{Level, Teryt, UnitId};

use super::standards::{SEX_RATIO_AT_BIRTH, STANDARD_YEAR};
use super::{JUMP_OFF, LAST_PROJECTED, calibrated, gazetteer, projected_voivodeships};
use crate::error::FigureError;
use crate::own::{own_areas, own_methods};

/// The official projection, or the forecast from observed data, projected under a scenario, for units made of powiats.
///
/// Holds one [`Projection`] per voivodeship of the units asked for.
#[derive(Clone, Debug)]
pub struct Forecast {
    projections: BTreeMap<Teryt, Projection>,
}

/// Checks a scenario against the embedded projection: its years, and its units as sets of powiats.
///
/// # Errors
/// [`FigureError::Scenario`] names the change.
pub fn check_scenario(spec: ScenarioSpec) -> Result<Scenario, FigureError> {
    Ok(spec.check(JUMP_OFF.next(), LAST_PROJECTED, |unit| {
        powiats_of(unit).ok().filter(|powiats| !powiats.is_empty())
    })?)
}

/// Powiats a unit is made of; none for a gmina or a unit that is not projected.
///
/// # Errors
/// [`FigureError::Unit`] for a unit the register does not have.
pub fn powiats_of(unit: UnitId) -> Result<Vec<Teryt>, FigureError> {
    let register = gazetteer()?;
    let unit = register.resolve(unit)?;
    let powiats = match unit.level() {
        Level::Gmina => Vec::new(),
        Level::Powiat => vec![unit],
        Level::Poland | Level::Voivodeship | Level::Subregion => register.powiats(unit)?,
    };
    Ok(powiats.into_iter().filter_map(UnitId::teryt).collect())
}

impl Forecast {
    /// Projects the voivodeships of `units` (powiats and sets of powiats) until a year.
    ///
    /// # Errors
    /// [`FigureError::NoProjection`] for a voivodeship that is not embedded; what the scenario or
    /// the projection refuses.
    pub fn run(
        units: &[UnitId],
        scenario: &Scenario,
        until: Year,
        negative: NegativePopulation,
    ) -> Result<Self, FigureError> {
        let mut projections = BTreeMap::new();
        for &unit in units {
            for voivodeship in powiats_of(unit)?.into_iter().filter_map(Teryt::voivodeship) {
                if let std::collections::btree_map::Entry::Vacant(place) = projections.entry(voivodeship) {
                    place.insert(project_voivodeship(voivodeship, scenario, until, negative)?);
                }
            }
        }
        Ok(Self { projections })
    }

    /// Stocks and flows of one unit from the jump-off 31 XII 2022 on.
    ///
    /// # Errors
    /// [`FigureError::NoProjection`] for a unit outside the projected voivodeships.
    pub fn unit(&self, unit: UnitId) -> Result<CohortProjection, FigureError> {
        let powiats = powiats_of(unit)?;
        let voivodeship = powiats.first().and_then(|powiat| powiat.voivodeship()).unwrap_or(Teryt::POLAND);
        let projection = self
            .projections
            .get(&voivodeship)
            .ok_or_else(|| FigureError::NoProjection { voivodeship, available: projected_voivodeships() })?;
        Ok(projection.sum(&powiats)?)
    }

    /// One projection per voivodeship, with scenario, methods and inputs.
    pub fn projections(&self) -> impl Iterator<Item = &Projection> {
        self.projections.values()
    }
}

/// The powiats of a voivodeship with the assumptions of a scenario until a year.
///
/// # Errors
/// [`FigureError::NoProjection`] and [`FigureError::NoOwnForecast`] for a voivodeship that is not projected; what the
/// scenario refuses.
pub fn areas_of(voivodeship: Teryt, scenario: &Scenario, until: Year) -> Result<Vec<Area>, FigureError> {
    let areas = match scenario.base() {
        Baseline::Own => own_areas_of(voivodeship)?.0.clone(),
        base => calibrated(voivodeship, base)?.0.clone(),
    };
    let areas = areas.into_iter().map(|area| area.under(scenario, until)).collect::<Result<_, _>>();
    Ok(areas?)
}

fn own_areas_of(voivodeship: Teryt) -> Result<&'static (Vec<Area>, Vec<Source>), FigureError> {
    let found = own_areas()?;
    let within = |area: &Area| area.unit.teryt().is_some_and(|unit| unit.is_within(voivodeship));
    found.0.iter().any(within).then_some(found).ok_or(FigureError::NoOwnForecast { voivodeship })
}

fn project_voivodeship(
    voivodeship: Teryt,
    scenario: &Scenario,
    until: Year,
    negative: NegativePopulation,
) -> Result<Projection, FigureError> {
    if scenario.base() == Baseline::Own {
        let (areas, sources) = own_areas_of(voivodeship)?;
        let methods = own_methods();
        let methods: Vec<(&str, &str)> = methods.iter().map(|(key, value)| (*key, value.as_str())).collect();
        let provenance = Provenance::new(&methods, sources.clone());
        return Ok(Projection::run(areas, scenario, until, negative, provenance)?);
    }
    let areas = calibrated(voivodeship, scenario.base())?;
    let standard = format!("hmd_poland {STANDARD_YEAR}");
    let pattern = format!("asfr_poland {STANDARD_YEAR}");
    let ratio = SEX_RATIO_AT_BIRTH.to_string();
    let provenance = Provenance::new(
        &[
            ("calibration", "relational_logit_residual"),
            ("mortality_standard", &standard),
            ("fertility_pattern", &pattern),
            ("sex_ratio_at_birth", &ratio),
            ("e0_shift", "proportional_hazards"),
        ],
        areas.1.clone(),
    );
    Ok(Projection::run(&areas.0, scenario, until, negative, provenance)?)
}
