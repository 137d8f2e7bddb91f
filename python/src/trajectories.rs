use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use diagnoza_core::demography::trajectory::Components;
use diagnoza_core::observation::Year;
use diagnoza_data::own::{self, Simulation, SimulationRequest};
use diagnoza_data::tables;
use pyo3::prelude::*;

use crate::arrow::Table;
use crate::error::Fault;
use crate::progress::watched;
use crate::territory::units;

type Found = (Table, String, Option<Table>);

/// Fans as a table, the record as JSON, and the paths of one indicator if wanted; see `diagnoza.simulate`.
///
/// `progress` is called with the paths done and asked for; Ctrl-C stops the run.
#[pyfunction]
#[pyo3(signature = (
    selection, *, draws, until, seed, indicators, probabilities, components, settings, threads, paths_of = None,
    progress = None,
))]
#[allow(clippy::too_many_arguments, reason = "keywords of the Python function")]
pub(crate) fn simulate(
    py: Python<'_>,
    selection: &str,
    draws: usize,
    until: i64,
    seed: u64,
    indicators: Vec<String>,
    probabilities: Vec<f64>,
    components: (bool, bool, bool),
    settings: BTreeMap<String, f64>,
    threads: usize,
    paths_of: Option<String>,
    progress: Option<Py<PyAny>>,
) -> Result<Found, Fault> {
    let (fertility, mortality, migration) = components;
    let request = SimulationRequest {
        units: units(selection)?,
        indicators,
        probabilities,
        draws,
        seed,
        until: Year::new(until)?,
        components: Components { fertility, mortality, migration },
        settings,
        keep_paths: paths_of.is_some(),
        threads: NonZeroUsize::new(threads).unwrap_or(NonZeroUsize::MIN),
    };
    let found = watched(py, progress, |progress| own::simulate(&request, progress))?;
    let Simulation { trajectories, parameters, provenance } = found;
    let record = serde_json::json!({
        "jump_off": trajectories.jump_off,
        "until": until,
        "draws": draws,
        "seed": seed,
        "components": trajectories.components,
        "areas": trajectories.areas,
        "adjusted": trajectories.adjusted,
        "indicators": trajectories.indicators,
        "parameters": parameters,
        "provenance": provenance,
    });
    let kept = paths_of.map(|word| tables::trajectory_paths(&trajectories, &word)).transpose()?;
    Ok((tables::trajectories(&trajectories)?.into(), serde_json::to_string(&record)?, kept.map(Table::from)))
}

/// Past intervals beside what was observed; see `diagnoza.interval_coverage`.
///
/// `progress` is called with the paths done and those of all jump-offs; Ctrl-C stops the run.
#[pyfunction]
#[pyo3(signature = (jump_offs, *, levels, draws, seed, settings, threads, progress = None))]
#[allow(clippy::too_many_arguments, reason = "keywords of the Python function")]
pub(crate) fn interval_coverage(
    py: Python<'_>,
    jump_offs: Vec<i64>,
    levels: Vec<f64>,
    draws: usize,
    seed: u64,
    settings: BTreeMap<String, f64>,
    threads: usize,
    progress: Option<Py<PyAny>>,
) -> Result<Table, Fault> {
    let jump_offs = jump_offs.into_iter().map(Year::new).collect::<Result<Vec<_>, _>>()?;
    let threads = NonZeroUsize::new(threads).unwrap_or(NonZeroUsize::MIN);
    let found = watched(py, progress, |progress| {
        own::interval_coverage(&jump_offs, &levels, draws, seed, &settings, threads, progress)
    })?;
    Ok(tables::interval_coverage(&found)?.into())
}
