use diagnoza_core::selection::{CheckedSpec, DecisionRecord, Lang, shipped};
use diagnoza_core::territory::UnitId;
use diagnoza_data::official::gazetteer;
use diagnoza_data::readers::tidy::TidyOptions;
use diagnoza_data::selection::{Outcome, UserTable, decide};
use polars::prelude::DataFrame;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::arrow::{Table, frame_from};
use crate::error::Fault;
use crate::reading::decimal_of;

/// What running a specification comes to: a decision with its record, or the table that is missing.
#[pyclass(frozen, module = "diagnoza._native")]
pub(crate) struct Decision {
    spec: CheckedSpec,
    record: Option<DecisionRecord>,
    frame: DataFrame,
}

#[pymethods]
impl Decision {
    /// Canonical JSON bytes of the decision record; `None` when the table is missing.
    fn record<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyBytes>>, Fault> {
        let Some(record) = &self.record else { return Ok(None) };
        let bytes = record.canonical_json().map_err(|e| Fault::input(e.to_string()))?;
        Ok(Some(PyBytes::new(py, &bytes)))
    }

    /// SHA-256 of the record.
    fn sha256(&self) -> Result<Option<String>, Fault> {
        let hash = self.record.as_ref().map(DecisionRecord::sha256).transpose();
        hash.map_err(|e| Fault::input(e.to_string()))
    }

    /// The missing table as JSON: name, columns, gminas, strata, template text.
    fn missing_table(&self) -> Result<String, Fault> {
        Ok(serde_json::to_string(&self.spec.missing_table())?)
    }

    /// The missing table in one sentence.
    fn missing_message(&self) -> String {
        self.spec.missing_table().to_string()
    }

    /// The specification as JSON.
    fn spec(&self) -> Result<String, Fault> {
        Ok(serde_json::to_string(self.spec.spec())?)
    }

    /// Gminas of the frame with what official figures say of them.
    fn frame(&self) -> Table {
        self.frame.clone().into()
    }

    /// Why a gmina was or was not chosen, in sentences; a code or a name.
    #[pyo3(signature = (unit, *, lang))]
    fn explain(&self, unit: &str, lang: &str) -> Result<Option<String>, Fault> {
        let Some(record) = &self.record else { return Ok(None) };
        let lang: Lang = lang.parse().map_err(|e| Fault::input(format!("{e}")))?;
        let register = gazetteer()?.on(self.spec.spec().frame.date);
        let found = register.find_at(unit, diagnoza_core::territory::Level::Gmina)?;
        let UnitId::Administrative(code) = found else { return Ok(None) };
        let label = record.result.explain(code).map_err(|e| Fault::input(e.to_string()))?;
        Ok(Some(label.get(lang).to_owned()))
    }
}

/// Runs a specification on a table (a frame with the Arrow PyCapsule interface, or the bytes of a CSV or
/// Parquet file with its name) or on the embedded table it names; see `diagnoza.select`.
#[pyfunction]
#[pyo3(signature = (spec, *, file, table_name = None, table = None, frame = None, decimal = "."))]
pub(crate) fn select(
    py: Python<'_>,
    spec: &str,
    file: &str,
    table_name: Option<String>,
    table: Option<Vec<u8>>,
    frame: Option<Bound<'_, PyAny>>,
    decimal: &str,
) -> Result<Decision, Fault> {
    let decimal = decimal_of(decimal)?;
    let given = match (table, frame) {
        (None, None) => None,
        (None, Some(frame)) => Some(UserTable::from_frame(frame_from(&frame)?)?),
        (Some(bytes), None) => {
            let name = table_name.unwrap_or_else(|| "table.csv".to_owned());
            Some(UserTable { name, bytes, options: TidyOptions { decimal, ..TidyOptions::default() } })
        }
        (Some(_), Some(_)) => return Err(Fault::input("give the table as bytes or as a frame, not both")),
    };
    Ok(match py.detach(|| decide(file, spec, given.as_ref()))? {
        Outcome::Decided(decision) => {
            Decision { spec: decision.spec, record: Some(decision.record), frame: decision.frame }
        }
        Outcome::TableMissing(missing) => Decision { spec: missing.spec, record: None, frame: missing.frame },
    })
}

/// Specifications that come with the library: pairs of name and TOML text.
#[pyfunction]
pub(crate) fn shipped_specs() -> Vec<(&'static str, &'static str)> {
    shipped::ALL.to_vec()
}
