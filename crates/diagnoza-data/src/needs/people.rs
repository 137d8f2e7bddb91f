use std::collections::BTreeMap;

use diagnoza_core::demography::cohort_component::NegativePopulation;
use diagnoza_core::demography::scenario::{Baseline, Scenario};
use diagnoza_core::observation::{Basis, Panel, Quantity, Source, Year};
use diagnoza_core::territory::{Level, UnitId};
use polars::prelude::DataFrame;

use super::NeedsError;
use crate::embedded::DataError;
use crate::error::FigureError;
use crate::frames::panel_of_frame;
use crate::official::{
    Forecast, JUMP_OFF, STOCK_2021, gazetteer, gmina_counts, powiats_of, published_stocks,
};
use crate::tables::{PopulationRequest, population};

/// Population by sex and age of some units under one scenario, and how each figure is known.
#[derive(Clone, Debug)]
pub struct People {
    /// Persons by unit, year, sex and age.
    pub panel: Panel,
    /// Status of each unit and year, a word of [`diagnoza_core::observation::Status`].
    pub statuses: BTreeMap<(UnitId, Year), String>,
    /// Tables the figures come from.
    pub inputs: Vec<Source>,
}

/// Population of units under a scenario, observed and estimated years included: gminas apart from the others, because
/// their ages are cut differently. A group that is not asked for is left out.
///
/// # Errors
/// [`NeedsError::Figure`] names the unit and year that cannot be given.
pub fn people(
    units: &[UnitId],
    scenario: &Scenario,
    (from, until): (Year, Year),
    negative: NegativePopulation,
) -> Result<Vec<People>, NeedsError> {
    let register = gazetteer()?;
    let units: Vec<UnitId> = units
        .iter()
        .map(|&unit| register.resolve(unit).map_err(FigureError::from))
        .collect::<Result<_, _>>()?;
    let (gminas, areas): (Vec<UnitId>, Vec<UnitId>) =
        units.iter().partition(|unit| unit.level() == Level::Gmina);
    // Gminas have no ages before the jump-off.
    [(areas, from), (gminas, from.max(JUMP_OFF))]
        .into_iter()
        .filter(|(units, _)| !units.is_empty())
        .map(|(units, from)| group(units, scenario, (from, until.max(from)), negative))
        .collect()
}

fn group(
    units: Vec<UnitId>,
    scenario: &Scenario,
    (from, until): (Year, Year),
    negative: NegativePopulation,
) -> Result<People, NeedsError> {
    let scenario = scenario.clone();
    let inputs = inputs(&units, &scenario, (from, until), negative)?;
    let basis = match scenario.base() {
        Baseline::Own => Basis::Census2021,
        Baseline::Main | Baseline::Low | Baseline::High => Basis::GusProjection2023,
    };
    let request = PopulationRequest { units, scenario, from, until, by_sex: true, by_age: true, negative };
    let frame = population(&request)?;
    let source = inputs.first().cloned().unwrap_or_else(|| Source {
        publisher: "diagnoza".to_owned(),
        title: "population".to_owned(),
        date: String::new(),
        sha256: String::new(),
    });
    let panel = panel_of_frame(&frame, "population", Quantity::Persons, basis, source)?;
    Ok(People { panel, statuses: statuses(&frame)?, inputs })
}

fn statuses(frame: &DataFrame) -> Result<BTreeMap<(UnitId, Year), String>, NeedsError> {
    let unreadable = |reason: String| DataError::Unreadable { name: "population".to_owned(), reason };
    let read = || {
        let (units, years) = (frame.column("unit")?.str()?, frame.column("year")?.i32()?);
        let words = frame.column("status")?.str()?;
        Ok::<_, polars::prelude::PolarsError>(
            units
                .iter()
                .zip(years.iter())
                .zip(words.iter())
                .filter_map(|((unit, year), word)| Some((unit?.to_owned(), year?, word?.to_owned())))
                .collect::<Vec<_>>(),
        )
    };
    let rows = read().map_err(|error| FigureError::from(unreadable(error.to_string())))?;
    let place = |(unit, year, word): (String, i32, String)| {
        let unit: UnitId = unit.parse().map_err(|e| unreadable(format!("{e}")))?;
        let year = Year::new(i64::from(year)).map_err(|e| unreadable(e.to_string()))?;
        Ok(((unit, year), word))
    };
    rows.into_iter()
        .map(place)
        .collect::<Result<_, DataError>>()
        .map_err(|error| FigureError::from(error).into())
}

/// Tables behind the population of the units; those of gminas first.
fn inputs(
    units: &[UnitId],
    scenario: &Scenario,
    (from, until): (Year, Year),
    negative: NegativePopulation,
) -> Result<Vec<Source>, FigureError> {
    let mut inputs = Vec::new();
    let mut projected: Vec<UnitId> = Vec::new();
    for &unit in units {
        if unit.level() == Level::Gmina {
            if inputs.is_empty() {
                inputs.push(gmina_counts()?.1.clone());
            }
            projected.extend(unit.teryt().and_then(|gmina| gmina.powiat()).map(UnitId::from));
        } else {
            projected.extend(powiats_of(unit)?.into_iter().map(UnitId::from));
        }
    }
    let forecast = Forecast::run(&projected, scenario, until.max(JUMP_OFF), negative)?;
    let projected = forecast.projections().flat_map(|projection| projection.provenance.inputs.clone());
    let stocks_2021 = if from == STOCK_2021 { Some(published_stocks()?.1.clone()) } else { None };
    for input in projected.chain(stocks_2021) {
        if !inputs.contains(&input) {
            inputs.push(input);
        }
    }
    Ok(inputs)
}
