use std::num::NonZeroUsize;

use diagnoza_core::selection::robustness::{RobustnessSettings, robustness};
use diagnoza_core::territory::Teryt;
use diagnoza_data::selection;
use pyo3::prelude::*;

use crate::error::Fault;
use crate::progress::watched;
use crate::selection::{Decision, given_table};

/// Robustness of a decision, as JSON; see `diagnoza.Selection.robustness`.
#[pyfunction]
#[pyo3(name = "robustness", signature = (decision, *, settings, threads, progress = None))]
pub(crate) fn study(
    py: Python<'_>,
    decision: &Decision,
    settings: &str,
    threads: usize,
    progress: Option<Py<PyAny>>,
) -> Result<String, Fault> {
    let (spec, table) = decision.decided_on()?;
    let settings: RobustnessSettings = serde_json::from_str(settings)?;
    let threads = NonZeroUsize::new(threads).unwrap_or(NonZeroUsize::MIN);
    let found = watched(py, progress, |progress| robustness(spec, table, &settings, threads, progress))?;
    Ok(serde_json::to_string(&found)?)
}

/// Specifications of a family that give a published choice, as JSON; see `diagnoza.which_specs`.
#[pyfunction]
#[pyo3(signature = (family, *, file, published, nearest, progress = None, table = None, table_name = None, frame = None, decimal = "."))]
#[allow(clippy::too_many_arguments, reason = "keywords of the Python function")]
pub(crate) fn which_specs(
    py: Python<'_>,
    family: &str,
    file: &str,
    published: Option<Vec<String>>,
    nearest: usize,
    progress: Option<Py<PyAny>>,
    table: Option<Vec<u8>>,
    table_name: Option<String>,
    frame: Option<Bound<'_, PyAny>>,
    decimal: &str,
) -> Result<String, Fault> {
    let given = given_table(table_name, table, frame, decimal)?;
    let published = codes(published)?;
    let found = watched(py, progress, |progress| {
        selection::which_specs(file, family, given.as_ref(), published.as_deref(), nearest, progress)
    })?;
    Ok(serde_json::to_string(&found)?)
}

/// Bounds of unknown values for a published choice, as JSON; see `diagnoza.required_values`.
#[pyfunction]
#[pyo3(signature = (spec, *, file, published, floor, table = None, table_name = None, frame = None, decimal = "."))]
#[allow(clippy::too_many_arguments, reason = "keywords of the Python function")]
pub(crate) fn required_values(
    py: Python<'_>,
    spec: &str,
    file: &str,
    published: Option<Vec<String>>,
    floor: Option<f64>,
    table: Option<Vec<u8>>,
    table_name: Option<String>,
    frame: Option<Bound<'_, PyAny>>,
    decimal: &str,
) -> Result<String, Fault> {
    let given = given_table(table_name, table, frame, decimal)?;
    let published = codes(published)?;
    let found =
        py.detach(|| selection::required_values(file, spec, given.as_ref(), published.as_deref(), floor))?;
    Ok(serde_json::to_string(&found)?)
}

fn codes(codes: Option<Vec<String>>) -> Result<Option<Vec<Teryt>>, Fault> {
    let parsed = codes.map(|codes| codes.iter().map(|code| code.parse()).collect::<Result<Vec<Teryt>, _>>());
    Ok(parsed.transpose()?)
}
