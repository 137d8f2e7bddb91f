use diagnoza_core::demography::mortality::StandardLifeTable;
use diagnoza_core::demography::small_area::{self as core, BetweenVariance, LogitParameters};
use ndarray::{Array2, Axis};
use numpy::{PyArray2, PyReadonlyArray2, ToPyArray};
use pyo3::prelude::*;

use crate::error::Fault;
use crate::graduation::{ages, choice};

/// Fits one area (a single row), or many with shrinkage; see `diagnoza.relational_logit`. Returns the record as JSON.
#[pyfunction]
#[pyo3(signature = (deaths, exposure, standard, starts, *, parameters, between, shrink))]
#[allow(clippy::too_many_arguments, reason = "keywords of a Python function")]
pub(crate) fn relational_logit(
    py: Python<'_>,
    deaths: PyReadonlyArray2<'_, f64>,
    exposure: PyReadonlyArray2<'_, f64>,
    standard: (Vec<f64>, Vec<f64>),
    starts: Vec<i64>,
    parameters: &str,
    between: &str,
    shrink: bool,
) -> Result<String, Fault> {
    let parameters = choice("parameters", parameters, &LogitParameters::WORDS)?;
    let between = choice("between", between, &BetweenVariance::WORDS)?;
    let standard = StandardLifeTable::new(&standard.0, &standard.1)?;
    let starts = ages(starts)?;
    let (deaths, exposure) = (deaths.as_array().to_owned(), exposure.as_array().to_owned());
    if shrink {
        let many = || {
            core::relational_logits(&starts, deaths.view(), exposure.view(), &standard, parameters, between)
        };
        return Ok(serde_json::to_string(&py.detach(many)?)?);
    }
    let (deaths, exposure) = (deaths.into_raw_vec_and_offset().0, exposure.into_raw_vec_and_offset().0);
    let one = py.detach(|| core::relational_logit(&starts, &deaths, &exposure, &standard, parameters))?;
    Ok(serde_json::to_string(&one)?)
}

/// Arrays areas by ages.
type Tables<'py> = (Bound<'py, PyArray2<f64>>, Bound<'py, PyArray2<f64>>);

/// Death rates (ages 0 to open) and survival ratios (birth first) of a standard moved to each of the levels.
#[pyfunction]
pub(crate) fn relational_tables<'py>(
    py: Python<'py>,
    standard: (Vec<f64>, Vec<f64>),
    levels: Vec<f64>,
    slope: f64,
    open: usize,
) -> Result<Tables<'py>, Fault> {
    let open = open.min(standard.0.len().saturating_sub(2));
    let standard = StandardLifeTable::new(&standard.0, &standard.1)?;
    let (mut rates, mut ratios) =
        (Array2::zeros((levels.len(), open + 1)), Array2::zeros((levels.len(), open + 2)));
    for (area, level) in levels.iter().enumerate() {
        let table = standard.moved(*level, slope);
        rates.index_axis_mut(Axis(0), area).assign(&table.mortality_rates(open));
        ratios.index_axis_mut(Axis(0), area).assign(&table.survival_ratios(0.0, open));
    }
    Ok((rates.to_pyarray(py), ratios.to_pyarray(py)))
}
