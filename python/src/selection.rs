use diagnoza_core::selection::{CheckedSpec, CriteriaTable, DecisionRecord, Lang, shipped};
use diagnoza_core::territory::{Level, Teryt, UnitId};
use diagnoza_data::official::gazetteer;
use diagnoza_data::readers::tidy::TidyOptions;
use diagnoza_data::selection::{Outcome, UserTable, decide, replay};
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
    made: Option<(CriteriaTable, DecisionRecord)>,
    frame: DataFrame,
}

impl Decision {
    /// The specification and the table it was decided on.
    pub(crate) fn decided_on(&self) -> Result<(&CheckedSpec, &CriteriaTable), Fault> {
        Ok((&self.spec, &self.decided()?.0))
    }

    fn decided(&self) -> Result<&(CriteriaTable, DecisionRecord), Fault> {
        self.made.as_ref().ok_or_else(|| Fault::input(self.spec.missing_table().to_string()))
    }

    /// A gmina by code or name, on the date of the register.
    fn gmina(&self, unit: &str) -> Result<Teryt, Fault> {
        let register = gazetteer()?.on(self.spec.spec().frame.date);
        match register.find_at(unit, Level::Gmina)? {
            UnitId::Administrative(code) => Ok(code),
            other => Err(Fault::input(format!("{other} is not a gmina"))),
        }
    }
}

#[pymethods]
impl Decision {
    /// Canonical JSON bytes of the decision record; `None` when the table is missing.
    fn record<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyBytes>>, Fault> {
        let Some((_, record)) = &self.made else { return Ok(None) };
        let bytes = record.canonical_json().map_err(|e| Fault::input(e.to_string()))?;
        Ok(Some(PyBytes::new(py, &bytes)))
    }

    /// SHA-256 of the record.
    fn sha256(&self) -> Result<Option<String>, Fault> {
        let hash = self.made.as_ref().map(|(_, record)| record.sha256()).transpose();
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
        let Some((_, record)) = &self.made else { return Ok(None) };
        let lang: Lang = lang.parse().map_err(|e| Fault::input(format!("{e}")))?;
        let label = record.result.explain(self.gmina(unit)?).map_err(|e| Fault::input(e.to_string()))?;
        Ok(Some(label.get(lang).to_owned()))
    }

    /// Why a gmina is in or is not, and the least that would change it, as JSON.
    fn why(&self, py: Python<'_>, unit: &str) -> Result<String, Fault> {
        let ((table, _), code) = (self.decided()?, self.gmina(unit)?);
        let why = py.detach(|| self.spec.why(table, code)).map_err(|e| Fault::input(e.to_string()))?;
        Ok(serde_json::to_string(&why)?)
    }

    /// Two candidates side by side, as JSON.
    fn compare(&self, first: &str, second: &str) -> Result<String, Fault> {
        let (_, record) = self.decided()?;
        let pair = record.result.compare(self.gmina(first)?, self.gmina(second)?);
        Ok(serde_json::to_string(&pair.map_err(|e| Fault::input(e.to_string()))?)?)
    }

    /// The view for publication, as JSON.
    fn publication(&self) -> Result<String, Fault> {
        let (_, record) = self.decided()?;
        let view = record.publication().map_err(|e| Fault::input(e.to_string()))?;
        Ok(serde_json::to_string(&view)?)
    }
}

/// A table that the user gave, as bytes or as a frame.
pub(crate) fn given_table(
    table_name: Option<String>,
    table: Option<Vec<u8>>,
    frame: Option<Bound<'_, PyAny>>,
    decimal: &str,
) -> Result<Option<UserTable>, Fault> {
    let decimal = decimal_of(decimal)?;
    Ok(match (table, frame) {
        (None, None) => None,
        (None, Some(frame)) => Some(UserTable::from_frame(frame_from(&frame)?)?),
        (Some(bytes), None) => {
            let name = table_name.unwrap_or_else(|| "table.csv".to_owned());
            Some(UserTable { name, bytes, options: TidyOptions { decimal, ..TidyOptions::default() } })
        }
        (Some(_), Some(_)) => return Err(Fault::input("give the table as bytes or as a frame, not both")),
    })
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
    let given = given_table(table_name, table, frame, decimal)?;
    Ok(match py.detach(|| decide(file, spec, given.as_ref()))? {
        Outcome::Decided(made) => {
            Decision { spec: made.spec, made: Some((made.table, made.record)), frame: made.frame }
        }
        Outcome::TableMissing(missing) => Decision { spec: missing.spec, made: None, frame: missing.frame },
    })
}

/// Makes the decision of a record again and compares it to the byte; see `diagnoza.replay`.
#[pyfunction]
#[pyo3(signature = (record, *, file, table_name = None, table = None, frame = None, decimal = "."))]
pub(crate) fn replay_decision(
    py: Python<'_>,
    record: &[u8],
    file: &str,
    table_name: Option<String>,
    table: Option<Vec<u8>>,
    frame: Option<Bound<'_, PyAny>>,
    decimal: &str,
) -> Result<Decision, Fault> {
    let given = given_table(table_name, table, frame, decimal)?;
    let made = py.detach(|| replay(file, record, given.as_ref()))?;
    Ok(Decision { spec: made.spec, made: Some((made.table, made.record)), frame: made.frame })
}

/// What differs between two records, each given with what messages call it, as JSON.
#[pyfunction]
pub(crate) fn diff_records(first: (Vec<u8>, String), second: (Vec<u8>, String)) -> Result<String, Fault> {
    let read = |(bytes, name): &(Vec<u8>, String)| {
        DecisionRecord::from_json(bytes).map_err(|error| Fault::input(format!("{name}: {error}")))
    };
    let diff = read(&first)?.diff(&read(&second)?).map_err(|e| Fault::input(e.to_string()))?;
    Ok(serde_json::to_string(&diff)?)
}

/// The JSON Schema of specifications, for editors.
#[pyfunction]
pub(crate) const fn spec_schema() -> &'static str {
    shipped::SCHEMA
}

/// Specifications that come with the library: pairs of name and TOML text.
#[pyfunction]
pub(crate) fn shipped_specs() -> Vec<(&'static str, &'static str)> {
    shipped::ALL.to_vec()
}
