use diagnoza_core::demography::survival as core;
use numpy::{PyArray1, PyReadonlyArray1, ToPyArray};
use pyo3::prelude::*;

use crate::error::Fault;

/// Life expectancy of survival ratios; see `diagnoza.life_expectancy`.
#[pyfunction]
pub(crate) fn life_expectancy(survival: PyReadonlyArray1<'_, f64>) -> Result<f64, Fault> {
    core::life_expectancy(survival.as_array()).ok_or_else(|| {
        Fault::input("survival: expected two ages or more and an open group in which people die, below 1")
    })
}

/// Survival ratios of another life expectancy; see `diagnoza.shift_life_expectancy`.
#[pyfunction]
pub(crate) fn shift_life_expectancy<'py>(
    py: Python<'py>,
    survival: PyReadonlyArray1<'py, f64>,
    years: f64,
) -> Result<Bound<'py, PyArray1<f64>>, Fault> {
    Ok(core::shift_life_expectancy(survival.as_array(), years)?.to_pyarray(py))
}
