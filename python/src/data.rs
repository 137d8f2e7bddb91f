use diagnoza_data::embedded;
use pyo3::prelude::*;

use crate::arrow::Table;
use crate::error::Fault;

/// An embedded table by name.
#[pyfunction]
pub(crate) fn table(py: Python<'_>, name: &str) -> Result<Table, Fault> {
    Ok(py.detach(|| embedded::table(name))?.into())
}

/// The manifest of the embedded data set as JSON: tables with source, basis, date, columns and hash.
#[pyfunction]
pub(crate) fn manifest() -> Result<String, Fault> {
    Ok(serde_json::to_string(embedded::manifest()?)?)
}

/// What the manifest says of one table, as JSON.
#[pyfunction]
pub(crate) fn table_info(name: &str) -> Result<String, Fault> {
    Ok(serde_json::to_string(embedded::table_info(name)?)?)
}

/// Borders of the powiats or gminas of voivodeship 28 as GeoJSON text.
#[pyfunction]
pub(crate) fn borders(level: &str) -> Result<&'static str, Fault> {
    use diagnoza_core::territory::Level;
    Ok(embedded::borders(match level {
        "powiat" => Level::Powiat,
        "gmina" => Level::Gmina,
        _ => return Err(Fault::word("level", level, &["powiat", "gmina"])),
    })?)
}
