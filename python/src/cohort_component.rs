use diagnoza_core::demography::cohort_component::{self as core, Assumptions, MigrationTiming};
use numpy::{PyArray2, PyArray3, PyReadonlyArray1, PyReadonlyArray2, PyReadonlyArray3, ToPyArray};
use pyo3::prelude::*;

use crate::error::Fault;
use crate::forecast::negative_population;

/// Stocks and flows of one projected area.
///
/// `T` years, `A` ages, females first. `population` (T+1, 2, A); `births` (T, 2); `deaths` (T, 2, A+1), of those
/// born in the year and then by age at its start; `net_migration` (T, 2, A).
#[pyclass(frozen, module = "diagnoza._native")]
pub(crate) struct CohortProjection(pub(crate) core::CohortProjection);

#[pymethods]
impl CohortProjection {
    /// Stocks at the jump-off and after every year, (T+1, 2, A).
    #[getter]
    fn population<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray3<f64>> {
        self.0.population.to_pyarray(py)
    }

    /// Births by sex, (T, 2).
    #[getter]
    fn births<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray2<f64>> {
        self.0.births.to_pyarray(py)
    }

    /// Deaths, birth cohort first and then by age at the start of the year, (T, 2, A+1).
    #[getter]
    fn deaths<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray3<f64>> {
        self.0.deaths.to_pyarray(py)
    }

    /// Net migration by age at the end of the year, adjustments included, (T, 2, A).
    #[getter]
    fn net_migration<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray3<f64>> {
        self.0.net_migration.to_pyarray(py)
    }

    /// Changes to net migration that keep stocks from falling below zero: (step, sex, age, persons).
    #[getter]
    fn adjustments(&self) -> Vec<(usize, &'static str, usize, f64)> {
        let row = |a: &core::Adjustment| (a.step, a.sex.letter(), a.age, a.persons);
        self.0.adjustments.iter().map(row).collect()
    }

    fn __repr__(&self) -> String {
        format!("CohortProjection(years={}, ages={})", self.0.steps(), self.0.population.dim().2)
    }
}

/// Projects one area by single years of age with the cohort-component method.
///
/// `base` (2, A) females first; `survival` (T, 2, A+1) birth first, then by age at the start of the year, the open
/// group last; `asfr` (T, A); `srb` (T,) boys per girl; `migration` (T, 2, A) net persons by age at the end of the
/// year. `timing` is `end` (migrants arrive at the end of the year) or `even` (half live through it); `negative` is
/// `refuse` or `spread`. Arrays of float64. Raises `InputError` naming the array and the place.
#[pyfunction]
#[pyo3(signature = (base, survival, asfr, srb, migration, timing = "end", *, negative = "refuse"))]
#[allow(clippy::too_many_arguments, reason = "keywords of a Python function")]
pub(crate) fn cohort_component(
    py: Python<'_>,
    base: PyReadonlyArray2<'_, f64>,
    survival: PyReadonlyArray3<'_, f64>,
    asfr: PyReadonlyArray2<'_, f64>,
    srb: PyReadonlyArray1<'_, f64>,
    migration: PyReadonlyArray3<'_, f64>,
    timing: &str,
    negative: &str,
) -> Result<CohortProjection, Fault> {
    let timing = match timing {
        "end" => MigrationTiming::End,
        "even" => MigrationTiming::Even,
        _ => return Err(Fault::word("timing", timing, &["end", "even"])),
    };
    let negative = negative_population(negative)?;
    let base = base.as_array().to_owned();
    let (survival, asfr) = (survival.as_array().to_owned(), asfr.as_array().to_owned());
    let (srb, migration) = (srb.as_array().to_owned(), migration.as_array().to_owned());
    let run = py.detach(move || {
        let assumptions = Assumptions::new(survival, asfr, srb, migration)?;
        core::project(base.view(), &assumptions, timing, negative)
    });
    Ok(CohortProjection(run?))
}
