use diagnoza_core::observation::Year;
use diagnoza_core::resources::catalogue::{DEMOGRAPHIC, indicator};
use diagnoza_data::tables::{self, IndicatorRequest};
use pyo3::prelude::*;

use crate::arrow::Table;
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

/// The catalogue as JSON: id, names, unit, formula, definition's source and status of every indicator.
#[pyfunction]
pub(crate) fn catalogue() -> Result<String, Fault> {
    let entries: Vec<_> = DEMOGRAPHIC
        .iter()
        .map(|indicator| {
            serde_json::json!({
                "id": indicator.id,
                "ioss_id": indicator.ioss_id,
                "name_pl": indicator.name_pl,
                "name_en": indicator.name_en,
                "unit_pl": indicator.unit_pl,
                "unit_en": indicator.unit_en,
                "formula": indicator.formula(),
                "status": indicator.status,
                "source": indicator.source,
            })
        })
        .collect();
    Ok(serde_json::to_string(&entries)?)
}
