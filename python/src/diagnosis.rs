use diagnoza_core::observation::Year;
use pyo3::prelude::*;

use crate::error::Fault;

/// The diagnosis of a unit as JSON; see `diagnoza.diagnose`.
#[pyfunction]
pub(crate) fn diagnose(py: Python<'_>, unit: &str, until: i64) -> Result<String, Fault> {
    let unit = diagnoza_data::official::gazetteer()?.find(unit)?;
    let until = Year::new(until)?;
    let diagnosis = py.detach(|| diagnoza_data::diagnose(unit, until))?;
    Ok(serde_json::to_string(&diagnosis)?)
}
