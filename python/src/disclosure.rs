use diagnoza_core::resources::disclosure::{
    self as core, Absent, DisclosureRules, FullTable, Leaf, PublicationTable,
};
use pyo3::prelude::*;

use crate::error::Fault;

fn rules_of(rules: &str) -> Result<core::CheckedRules, Fault> {
    let rules: DisclosureRules =
        serde_json::from_str(rules).map_err(|e| Fault::input(format!("rules: {e}")))?;
    Ok(rules.check()?)
}

fn names(levels: &[String]) -> Vec<&str> {
    levels.iter().map(String::as_str).collect()
}

type Row = (Vec<String>, Option<String>, u64, Option<String>, Option<u64>);

/// The publication view of counts, rows of path, class, count, contributor and largest part, with its audit,
/// as JSON. See `diagnoza.publication_view`.
#[pyfunction]
#[pyo3(signature = (levels, across, rows, rules, *, absent_is_zero = false))]
pub(crate) fn publication_view(
    py: Python<'_>,
    levels: Vec<String>,
    across: Option<&str>,
    rows: Vec<Row>,
    rules: &str,
    absent_is_zero: bool,
) -> Result<String, Fault> {
    let rules = rules_of(rules)?;
    let leaf =
        |(path, across, count, contributor, largest)| Leaf { path, across, count, contributor, largest };
    let leaves: Vec<Leaf> = rows.into_iter().map(leaf).collect();
    let absent = if absent_is_zero { Absent::Zero } else { Absent::Refuse };
    let made =
        py.detach(|| FullTable::from_leaves(&names(&levels), across, &leaves, absent)?.publish(&rules))?;
    Ok(serde_json::to_string(&made)?)
}

/// A table that somebody has published, rows of path, class and count or none, as JSON of a publication.
#[pyfunction]
pub(crate) fn published_table(
    levels: Vec<String>,
    across: Option<&str>,
    rows: Vec<(Vec<String>, Option<String>, Option<u64>)>,
    rules: &str,
) -> Result<String, Fault> {
    let table = PublicationTable::from_published(&names(&levels), across, &rows, &rules_of(rules)?)?;
    Ok(serde_json::to_string(&table)?)
}

/// The interval of every suppressed cell of a publication (JSON), as JSON; refused if one is narrower than
/// `width`.
#[pyfunction]
#[pyo3(signature = (publication, *, width = None))]
pub(crate) fn attack(py: Python<'_>, publication: &str, width: Option<f64>) -> Result<String, Fault> {
    let table: PublicationTable =
        serde_json::from_str(publication).map_err(|e| Fault::input(format!("publication: {e}")))?;
    let found = py.detach(|| core::attack(&table))?;
    if let Some(width) = width {
        found.require(width)?;
    }
    Ok(serde_json::to_string(&found)?)
}
