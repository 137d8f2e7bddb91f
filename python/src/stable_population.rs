use diagnoza_core::demography::stable_population::{self as core, LeslieMatrix, OldestMothers};
use numpy::{AllowTypeChange, PyArray1, PyArray2, PyArrayLike1, PyArrayLike2, ToPyArray};
use pyo3::prelude::*;

use crate::cohort_component::interval;
use crate::error::Fault;

type Values<'py> = PyArrayLike1<'py, f64, AllowTypeChange>;

/// A Leslie matrix and what it leads to.
#[pyclass(frozen, module = "diagnoza._native")]
pub(crate) struct Leslie {
    matrix: LeslieMatrix,
    analysis: core::LeslieAnalysis,
}

#[pymethods]
impl Leslie {
    /// Analyses a Leslie matrix made elsewhere (A, A): first row, diagonal below, last cell.
    #[staticmethod]
    #[pyo3(signature = (matrix, *, step = 1))]
    fn from_matrix(matrix: PyArrayLike2<'_, f64, AllowTypeChange>, step: i64) -> Result<Self, Fault> {
        let matrix = LeslieMatrix::from_matrix(matrix.as_array(), interval(step)?)?;
        Ok(Self { analysis: matrix.analyse()?, matrix })
    }

    /// The matrix, (A, A).
    #[getter]
    fn matrix<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray2<f64>> {
        self.matrix.matrix().to_pyarray(py)
    }

    /// Growth in one step: the dominant eigenvalue.
    #[getter]
    fn growth_rate(&self) -> f64 {
        self.analysis.growth_rate
    }

    /// Intrinsic growth rate, per year.
    #[getter]
    fn r(&self) -> f64 {
        self.analysis.r
    }

    /// Shares of the age groups, (A,).
    #[getter]
    fn stable_age_distribution<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray1<f64>> {
        self.analysis.stable_age_distribution.to_pyarray(py)
    }

    /// Reproductive value by age relative to the youngest, (A,).
    #[getter]
    fn reproductive_value<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray1<f64>> {
        self.analysis.reproductive_value.to_pyarray(py)
    }

    /// Change of the growth rate with every entry that is not zero, (A, A).
    #[getter]
    fn sensitivities<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray2<f64>> {
        self.analysis.sensitivities.to_pyarray(py)
    }

    /// Relative change of the growth rate with a relative change of every entry, (A, A).
    #[getter]
    fn elasticities<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray2<f64>> {
        self.analysis.elasticities.to_pyarray(py)
    }

    /// Growth rate over the modulus of the second eigenvalue; None where all others are zero.
    #[getter]
    fn damping_ratio(&self) -> Option<f64> {
        self.analysis.damping_ratio
    }

    /// Daughters who replace a woman.
    #[getter]
    fn net_reproduction_rate(&self) -> f64 {
        self.analysis.net_reproduction_rate
    }

    /// Years in which the population grows by the net reproduction rate.
    #[getter]
    fn generation_length(&self) -> f64 {
        self.analysis.generation_length
    }

    /// Mean age of mothers in the stable population, years.
    #[getter]
    fn generation_time(&self) -> f64 {
        self.analysis.generation_time
    }

    fn __repr__(&self) -> String {
        let (ages, a) = (self.matrix.births().len(), &self.analysis);
        format!("Leslie(ages={ages}, growth_rate={:.6}, r={:.6})", a.growth_rate, a.r)
    }
}

/// The Leslie matrix of one sex and its analysis.
///
/// `survival` (A+1) birth first, the open group last; `fertility` (A) annual rates of all births; `srb` boys per
/// girl; `step` 1 or 5 years. `oldest_mothers`: `survivors` as at every age, or `bare_rate` as the R package demogR.
#[pyfunction]
#[pyo3(signature = (survival, fertility, *, srb, step = 1, oldest_mothers = "survivors"))]
pub(crate) fn leslie(
    py: Python<'_>,
    survival: Values<'_>,
    fertility: Values<'_>,
    srb: f64,
    step: i64,
    oldest_mothers: &str,
) -> Result<Leslie, Fault> {
    let oldest = match oldest_mothers {
        "survivors" => OldestMothers::Survivors,
        "bare_rate" => OldestMothers::BareRate,
        _ => return Err(Fault::word("oldest_mothers", oldest_mothers, &["survivors", "bare_rate"])),
    };
    let (survival, fertility) = (survival.as_array().to_vec(), fertility.as_array().to_vec());
    let interval = interval(step)?;
    let made = py.detach(move || {
        let matrix = LeslieMatrix::new(&survival, &fertility, srb, interval, oldest)?;
        Ok::<_, core::StablePopulationError>(Leslie { analysis: matrix.analyse()?, matrix })
    });
    Ok(made?)
}

/// Lotka's stable population of one sex.
#[pyclass(frozen, module = "diagnoza._native")]
pub(crate) struct StablePopulation(core::StablePopulation);

#[pymethods]
impl StablePopulation {
    /// Intrinsic growth rate, per year.
    #[getter]
    fn r(&self) -> f64 {
        self.0.r
    }

    /// Births per person-year.
    #[getter]
    fn birth_rate(&self) -> f64 {
        self.0.birth_rate
    }

    /// Deaths per person-year.
    #[getter]
    fn death_rate(&self) -> f64 {
        self.0.death_rate
    }

    /// Shares of the age groups, (A,).
    #[getter]
    fn age_distribution<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray1<f64>> {
        self.0.age_distribution.to_pyarray(py)
    }

    /// Daughters who replace a woman under the life table.
    #[getter]
    fn net_reproduction_rate(&self) -> f64 {
        self.0.net_reproduction_rate
    }

    /// Daughters of a woman who does not die.
    #[getter]
    fn gross_reproduction_rate(&self) -> f64 {
        self.0.gross_reproduction_rate
    }

    /// Mean age of mothers in the stable population, years.
    #[getter]
    fn mean_age_at_childbearing(&self) -> f64 {
        self.0.mean_age_at_childbearing
    }

    /// Mean length of a generation, years.
    #[getter]
    fn generation_length(&self) -> f64 {
        self.0.generation_length
    }

    /// Mean age of the population, years.
    #[getter]
    fn mean_age(&self) -> f64 {
        self.0.mean_age
    }

    fn __repr__(&self) -> String {
        format!(
            "StablePopulation(r={:.6}, net_reproduction_rate={:.6})",
            self.0.r, self.0.net_reproduction_rate
        )
    }
}

/// Lotka's stable population of `survival` (A+1), annual `fertility` (A), boys per girl `srb`; `step` 1 or 5 years.
#[pyfunction]
#[pyo3(signature = (survival, fertility, *, srb, step = 1))]
pub(crate) fn stable_population(
    py: Python<'_>,
    survival: Values<'_>,
    fertility: Values<'_>,
    srb: f64,
    step: i64,
) -> Result<StablePopulation, Fault> {
    let (survival, fertility) = (survival.as_array().to_vec(), fertility.as_array().to_vec());
    let interval = interval(step)?;
    let made = py.detach(move || core::StablePopulation::new(&survival, &fertility, srb, interval));
    Ok(StablePopulation(made?))
}
