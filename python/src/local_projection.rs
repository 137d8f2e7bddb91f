use diagnoza_core::demography::local_projection::{self as core, LocalArea};
use diagnoza_core::demography::reverse_survival::{PublishedGroup, structure_one_year_before as before};
use diagnoza_core::observation::Sex;
use numpy::{PyArray2, PyArray3, PyReadonlyArray2, PyReadonlyArray3, ToPyArray};
use pyo3::prelude::*;

use crate::cohort_component::CohortProjection;
use crate::error::Fault;

type Parts<'py> = (Vec<Bound<'py, PyArray3<f64>>>, f64);

/// Stocks of each part, (T+1, 2, A), and the factor farthest from 1; see `diagnoza.project_parts`.
#[pyfunction]
pub(crate) fn project_parts<'py>(
    py: Python<'py>,
    area: &CohortProjection,
    bases: PyReadonlyArray3<'py, f64>,
    migration_difference: PyReadonlyArray2<'py, f64>,
    movers: PyReadonlyArray2<'py, f64>,
) -> Result<Parts<'py>, Fault> {
    let (bases, differences) = (bases.as_array(), migration_difference.as_array());
    if bases.len_of(ndarray::Axis(0)) != differences.nrows() {
        let (parts, rows) = (bases.len_of(ndarray::Axis(0)), differences.nrows());
        return Err(Fault::input(format!(
            "migration_difference has {rows} rows: expected {parts}, one for each part"
        )));
    }
    let parts = bases.outer_iter().zip(differences.outer_iter());
    let parts: Vec<LocalArea> = parts
        .map(|(base, difference)| LocalArea {
            base: base.to_owned(),
            migration_difference: difference.to_vec(),
        })
        .collect();
    let movers = movers.as_array().to_owned();
    let made = py.detach(|| core::project_parts(&area.0, &parts, movers.view()))?;
    Ok((made.stocks.iter().map(|stock| stock.to_pyarray(py)).collect(), made.farthest_factor))
}

/// The stock of a year before; see `diagnoza.structure_one_year_before`.
#[pyfunction]
pub(crate) fn structure_one_year_before<'py>(
    py: Python<'py>,
    later: PyReadonlyArray2<'py, f64>,
    survival: PyReadonlyArray2<'py, f64>,
    totals: [f64; 2],
    groups: Vec<(String, usize, usize, f64)>,
) -> Result<Bound<'py, PyArray2<f64>>, Fault> {
    let group = |(sex, from, to, persons): (String, usize, usize, f64)| {
        let found = Sex::BOTH.into_iter().find(|one| one.letter() == sex);
        let sex = found.ok_or_else(|| Fault::word("sex", &sex, &["F", "M"]))?;
        Ok::<_, Fault>(PublishedGroup { sex, from, to, persons })
    };
    let groups = groups.into_iter().map(group).collect::<Result<Vec<_>, _>>()?;
    Ok(before(later.as_array(), survival.as_array(), &groups, totals)?.to_pyarray(py))
}
