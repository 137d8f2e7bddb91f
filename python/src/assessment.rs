use diagnoza_core::resources::PeerSet;
use diagnoza_core::resources::assessment::{self as core, AssessmentSettings, Direction, PeerGroup};
use diagnoza_data::assessment as data;
use pyo3::prelude::*;

use crate::arrow::{Table, frame_from};
use crate::error::Fault;

/// Assessments of units on one table.
#[pyclass(frozen, module = "diagnoza._native")]
pub(crate) struct Assessments(core::Assessments);

#[pymethods]
impl Assessments {
    /// Everything as JSON: indicators, peers, settings, units.
    fn json(&self, py: Python<'_>) -> Result<String, Fault> {
        Ok(py.detach(|| serde_json::to_string(&self.0))?)
    }

    /// A row per unit, indicator and set of peers.
    fn frame(&self, py: Python<'_>) -> Result<Table, Fault> {
        Ok(py.detach(|| data::frame(&self.0))?.into())
    }
}

/// Assesses units on the public indicators, or on a user's frames; see `diagnoza.assess`.
#[pyfunction]
#[pyo3(signature = (units, *, peers, own_peers, table, indicators, directions, settings))]
#[allow(clippy::too_many_arguments, reason = "keywords of a Python function")]
pub(crate) fn assess(
    py: Python<'_>,
    units: Option<&str>,
    peers: Vec<String>,
    own_peers: Option<&str>,
    table: Option<Bound<'_, PyAny>>,
    indicators: Option<Bound<'_, PyAny>>,
    directions: Vec<(String, String)>,
    settings: &str,
) -> Result<Assessments, Fault> {
    let settings = serde_json::from_str::<AssessmentSettings>(settings)?.check()?;
    let given = table.map(|frame| frame_from(&frame)).transpose()?;
    let described = indicators.map(|frame| frame_from(&frame)).transpose()?;
    let directions = directions.into_iter().map(direction).collect::<Result<Vec<_>, Fault>>()?;
    py.detach(|| {
        let table = match (given, units) {
            (Some(values), _) => data::table_of_frames(&values, described.as_ref())?,
            (None, Some(units)) => data::embedded_table_for(units)?.clone(),
            (None, None) => return Err(Fault::input("units are needed unless a table is given")),
        };
        let table = table.with_directions(&directions)?;
        let mut groups = peers
            .iter()
            .map(|word| word.parse::<PeerSet>().map(PeerGroup::Set))
            .collect::<Result<Vec<_>, _>>()?;
        if let Some(own) = own_peers {
            groups.insert(0, PeerGroup::Own(data::select(&table, own)?.into_iter().collect()));
        }
        Ok(Assessments(match units {
            Some(units) => core::assess_units(&table, &data::select(&table, units)?, &groups, &settings)?,
            None => core::assess_all(&table, &groups, &settings)?,
        }))
    })
}

/// Classes of a map as JSON: method, limits, counts, fit; see `diagnoza.class_breaks`.
#[pyfunction]
pub(crate) fn class_breaks(values: Vec<f64>, method: &str, classes: usize) -> Result<String, Fault> {
    Ok(serde_json::to_string(&core::class_breaks(&values, classes, method.parse()?)?)?)
}

fn direction((id, word): (String, String)) -> Result<(String, Direction), Fault> {
    let words: Vec<&str> = Direction::ALL.iter().map(|direction| direction.word()).collect();
    let found = Direction::ALL.iter().find(|direction| direction.word() == word);
    found.map(|&direction| (id, direction)).ok_or_else(|| Fault::word("directions", &word, &words))
}
