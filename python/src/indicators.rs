use diagnoza_core::observation::Year;
use diagnoza_core::resources::catalogue::{self as core, ALL, FormulaSpec, figures, indicator, official};
use diagnoza_data::tables::{self, ComputeRequest, IndicatorRequest};
use pyo3::prelude::*;

use crate::arrow::{Table, frame_from};
use crate::error::Fault;
use crate::forecast::negative_population;
use crate::scenario::Scenario;
use crate::territory::units;

/// Demographic indicators with the position among peers; see `diagnoza.indicators`.
#[pyfunction]
#[pyo3(signature = (selection, scenario, *, years, ids, peers, negative))]
#[allow(clippy::too_many_arguments, reason = "keywords of a Python function")]
pub(crate) fn indicators(
    py: Python<'_>,
    selection: &str,
    scenario: &Scenario,
    years: Vec<i64>,
    ids: Vec<String>,
    peers: &str,
    negative: &str,
) -> Result<Table, Fault> {
    let request = IndicatorRequest {
        units: units(selection)?,
        years: years.into_iter().map(Year::new).collect::<Result<_, _>>()?,
        indicators: ids.iter().map(|id| indicator(id)).collect::<Result<_, _>>()?,
        scenario: scenario.0.clone(),
        peers: peers.parse()?,
        negative: negative_population(negative)?,
    };
    Ok(py.detach(|| tables::indicators(&request))?.into())
}

/// The catalogue as JSON: every indicator with a published definition, then the official names without one.
#[pyfunction]
pub(crate) fn catalogue() -> Result<String, Fault> {
    let published = ALL.iter().map(|indicator| {
        serde_json::json!({
            "id": indicator.id,
            "ioss_id": indicator.ioss_id,
            "name_pl": indicator.name_pl,
            "name_en": indicator.name_en,
            "unit_pl": indicator.unit_pl,
            "unit_en": indicator.unit_en,
            "formula": indicator.formula(),
            "inputs": indicator.inputs().iter().map(ToString::to_string).collect::<Vec<_>>(),
            "decimals": indicator.decimals,
            "levels": indicator.levels,
            "status": indicator.status,
            "source": indicator.source,
        })
    });
    let names = official()?.iter().map(|name| {
        let status = if name.is_section() { "section" } else { "name_only" };
        serde_json::json!({
            "id": name.id, "name_pl": name.name_pl, "name_en": name.name_en, "status": status, "source": name.source,
        })
    });
    Ok(serde_json::to_string(&published.chain(names).collect::<Vec<_>>())?)
}

/// The figures that indicators are computed from, as JSON: name, unit, labels.
#[pyfunction]
pub(crate) fn catalogue_inputs() -> Result<String, Fault> {
    Ok(serde_json::to_string(figures())?)
}

/// Published figures that do not come out, with the reasons, as JSON.
#[pyfunction]
pub(crate) fn not_reproduced() -> Result<String, Fault> {
    Ok(serde_json::to_string(core::not_reproduced()?)?)
}

/// Checks a formula given as JSON and returns it in one spelling.
#[pyfunction]
pub(crate) fn check_formula(formula: &str) -> Result<String, Fault> {
    let spec: FormulaSpec = serde_json::from_str(formula).map_err(|error| Fault::input(error.to_string()))?;
    Ok(spec.check()?.formula())
}

/// Indicators from a frame of inputs and formulas as JSON; see `diagnoza.indicators`.
#[pyfunction]
#[pyo3(signature = (inputs, *, ids, formulas))]
pub(crate) fn compute_indicators(
    py: Python<'_>,
    inputs: &Bound<'_, PyAny>,
    ids: Vec<String>,
    formulas: &str,
) -> Result<Table, Fault> {
    let inputs = frame_from(inputs)?;
    let formulas = serde_json::from_str(formulas).map_err(|error| Fault::input(error.to_string()))?;
    Ok(py.detach(|| tables::computed(&inputs, &ComputeRequest { ids, formulas }))?.into())
}
