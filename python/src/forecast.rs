use diagnoza_core::demography::cohort_component::NegativePopulation;
use diagnoza_core::observation::Year;
use diagnoza_data::official::Forecast;
use diagnoza_data::tables::{self, PopulationRequest};
use pyo3::prelude::*;

use crate::arrow::Table;
use crate::error::Fault;
use crate::scenario::Scenario;
use crate::territory::units;

/// Population at 31 XII by unit and year, optionally by sex and age; see `diagnoza.project`.
#[pyfunction]
#[pyo3(signature = (selection, scenario, *, from_year, until, by_sex, by_age, negative))]
#[allow(clippy::too_many_arguments, reason = "keywords of a Python function")]
pub(crate) fn population(
    py: Python<'_>,
    selection: &str,
    scenario: &Scenario,
    from_year: i64,
    until: i64,
    by_sex: bool,
    by_age: bool,
    negative: &str,
) -> Result<Table, Fault> {
    let request = PopulationRequest {
        units: units(selection)?,
        scenario: scenario.0.clone(),
        from: Year::new(from_year)?,
        until: Year::new(until)?,
        by_sex,
        by_age,
        negative: negative_population(negative)?,
    };
    Ok(py.detach(|| tables::population(&request))?.into())
}

/// Births, deaths, net migration, fertility and life expectancy by unit and year; see `diagnoza.Projection`.
#[pyfunction]
#[pyo3(signature = (selection, scenario, *, until, negative))]
pub(crate) fn components(
    py: Python<'_>,
    selection: &str,
    scenario: &Scenario,
    until: i64,
    negative: &str,
) -> Result<Table, Fault> {
    let (units, until, negative) = (units(selection)?, Year::new(until)?, negative_population(negative)?);
    Ok(py.detach(|| tables::components(&units, &scenario.0, until, negative))?.into())
}

/// Causes of the difference of two scenarios in a year; see `diagnoza.Projection.difference`.
#[pyfunction]
#[pyo3(signature = (selection, first, second, *, until, negative))]
pub(crate) fn difference(
    py: Python<'_>,
    selection: &str,
    first: &Scenario,
    second: &Scenario,
    until: i64,
    negative: &str,
) -> Result<Table, Fault> {
    let (units, until, negative) = (units(selection)?, Year::new(until)?, negative_population(negative)?);
    Ok(py.detach(|| tables::difference(&units, [&first.0, &second.0], until, negative))?.into())
}

/// Methods, sources and adjustments of a projection as JSON, one entry per voivodeship.
#[pyfunction]
#[pyo3(signature = (selection, scenario, *, until, negative))]
pub(crate) fn provenance(
    py: Python<'_>,
    selection: &str,
    scenario: &Scenario,
    until: i64,
    negative: &str,
) -> Result<String, Fault> {
    let (units, until, negative) = (units(selection)?, Year::new(until)?, negative_population(negative)?);
    let forecast = py.detach(|| Forecast::run(&units, &scenario.0, until, negative))?;
    let records: Vec<_> = forecast.projections().map(|projection| projection.record()).collect();
    Ok(serde_json::to_string(&records)?)
}

/// The policy for stocks that migration would push below zero.
pub(crate) fn negative_population(word: &str) -> Result<NegativePopulation, Fault> {
    match word {
        "refuse" => Ok(NegativePopulation::Refuse),
        "spread" => Ok(NegativePopulation::Spread),
        _ => Err(Fault::word("negative", word, &["refuse", "spread"])),
    }
}
