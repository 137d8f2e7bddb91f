use diagnoza_core::resources::coverage::{self as core, Frame, KeyRule, Step, SupportRegister, TargetSet};
use diagnoza_data::official::gazetteer;
use diagnoza_data::readers::{Limits, support};
use pyo3::prelude::*;

use crate::error::Fault;
use crate::reading::encoding_of;

type Columns = Vec<(String, Vec<Option<String>>)>;

/// Counts a register, a file or named columns, towards targets (TOML); the result as JSON, and the columns
/// that mean nothing. See `diagnoza.coverage`.
#[pyfunction]
#[pyo3(signature = (targets, *, path = None, columns = None, encoding = None, frames = "{}", keys = "trim", step = "year"))]
#[allow(clippy::too_many_arguments, reason = "keywords of a Python function")]
pub(crate) fn coverage(
    py: Python<'_>,
    targets: &str,
    path: Option<&str>,
    columns: Option<Columns>,
    encoding: Option<&str>,
    frames: &str,
    keys: &str,
    step: &str,
) -> Result<(String, Vec<String>), Fault> {
    let encoding = encoding.map(encoding_of).transpose()?;
    let keys: KeyRule = keys.parse()?;
    let steps = [Step::Year, Step::Half, Step::Quarter, Step::Month];
    let named = steps.into_iter().find(|known| known.word() == step);
    let step = named.ok_or_else(|| Fault::word("period", step, &steps.map(Step::word)))?;
    let frames = serde_json::from_str::<std::collections::BTreeMap<String, Frame>>(frames)?;
    let gazetteer = gazetteer()?;
    py.detach(|| {
        let targets = TargetSet::from_toml(targets)?.check(gazetteer, &frames)?;
        let table = match (path, columns) {
            (Some(path), _) => support::read_path(path, encoding, &Limits::default())?,
            (None, columns) => support::from_columns("register", &columns.unwrap_or_default())?,
        };
        let register = SupportRegister::check(&table.rows, gazetteer, keys);
        let mut found = core::coverage(&register, &targets, gazetteer, step);
        found.provenance.inputs.extend(table.source);
        Ok((serde_json::to_string(&found)?, table.ignored))
    })
}

/// Sets of targets that come with the library: pairs of name and TOML text.
#[pyfunction]
pub(crate) fn shipped_targets() -> Vec<(&'static str, &'static str)> {
    core::shipped::ALL.to_vec()
}
