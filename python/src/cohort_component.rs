use diagnoza_core::demography::backtest;
use diagnoza_core::demography::cohort_component::{
    self as core, Assumptions, Interval, Migration, MigrationTiming, RateBase,
};
use numpy::ndarray::{Array1, ArrayD, ArrayView2, ArrayViewD, Axis, Dimension, Ix1, Ix2, Ix3};
use numpy::{AllowTypeChange, PyArray2, PyArray3, PyArrayLike2, PyArrayLikeDyn, ToPyArray};
use pyo3::prelude::*;

use crate::error::Fault;
use crate::forecast::negative_population;

/// Numbers of any shape: what NumPy turns into an array of float64.
pub(crate) type Numbers<'py> = PyArrayLikeDyn<'py, f64, AllowTypeChange>;

/// Stocks and flows of one projected area.
///
/// `T` steps, `A` age groups, `K` sexes (females first; 1 for females alone). `population` (T+1, K, A); `births`
/// (T, K); `deaths` (T, K, A+1), of those born in the step and then by age at its start; `net_migration` (T, K, A).
#[pyclass(frozen, module = "diagnoza._native")]
pub(crate) struct CohortProjection(pub(crate) core::CohortProjection);

#[pymethods]
impl CohortProjection {
    /// Stocks at the jump-off and after every step, (T+1, K, A).
    #[getter]
    fn population<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray3<f64>> {
        self.0.population.to_pyarray(py)
    }

    /// Births by sex, (T, K): girls alone where females are projected alone.
    #[getter]
    fn births<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray2<f64>> {
        self.0.births.to_pyarray(py)
    }

    /// Births of both sexes by age of mother, (T, A).
    #[getter]
    fn births_by_age<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray2<f64>> {
        self.0.births_by_age.to_pyarray(py)
    }

    /// Woman-years the fertility rates were applied to, (T, A).
    #[getter]
    fn woman_years<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray2<f64>> {
        self.0.woman_years.to_pyarray(py)
    }

    /// Deaths, birth cohort first and then by age at the start of the step, (T, K, A+1).
    #[getter]
    fn deaths<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray3<f64>> {
        self.0.deaths.to_pyarray(py)
    }

    /// Net migration in persons by age at the end of the step, adjustments included, (T, K, A).
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

    /// Years of an age group and of a step, 1 or 5.
    #[getter]
    fn step(&self) -> u8 {
        self.0.interval.years() as u8
    }

    fn __repr__(&self) -> String {
        let (_, sexes, ages) = self.0.population.dim();
        let (steps, years) = (self.0.steps(), self.0.interval.years());
        format!("CohortProjection(steps={steps}, step={years}, sexes={sexes}, ages={ages})")
    }
}

/// Projects one area with the cohort-component method, ages and steps of one or five years.
///
/// `base` (K, A) females first, or (A,) for females alone; `survival` (T, K, A+1) birth first, then by age at the
/// start of the step, the open group last; `asfr` (T, A) a year; `srb` (T,) or one number, boys per girl; `migration`
/// (T, K, A) by age at the end of the step. With females alone the sex axis may be left out.
///
/// `timing`: migrants come at the `end` of the step, `even` (half live through it, as the United Nations count) or
/// `mid` (they live through half of it). `migration_as`: `counts` of persons in the step; `rates` per person-year of
/// the population at the `start`, or its mean over the step without migration, `mid` (`rate_base`);
/// `annual_proportions` of the stock at the start. `step` is 1 or 5 years. `negative`: `refuse` outflows that leave
/// fewer than nobody, or `spread` them over other ages of the sex and list it. Raises `InputError` naming the array
/// and the place.
#[pyfunction]
#[pyo3(signature = (base, survival, asfr, srb, migration, timing = "end", *, migration_as = "counts",
    rate_base = "start", step = 1, negative = "refuse"))]
#[allow(clippy::too_many_arguments, reason = "keywords of a Python function")]
pub(crate) fn cohort_component(
    py: Python<'_>,
    base: Numbers<'_>,
    survival: Numbers<'_>,
    asfr: PyArrayLike2<'_, f64, AllowTypeChange>,
    srb: Numbers<'_>,
    migration: Numbers<'_>,
    timing: &str,
    migration_as: &str,
    rate_base: &str,
    step: i64,
    negative: &str,
) -> Result<CohortProjection, Fault> {
    let (timing, negative) = (timing_of(timing)?, negative_population(negative)?);
    let base = by_sex::<Ix2>("base", base.as_array(), 0)?;
    let (survival, asfr, srb) = (survival.as_array(), asfr.as_array(), srb.as_array());
    let migration = migration_of(migration.as_array(), migration_as, rate_base)?;
    let assumptions = assumptions_of(survival, asfr, srb, migration, step)?;
    let run = py.detach(move || core::project(base.view(), &assumptions, timing, negative));
    Ok(CohortProjection(run?))
}

/// Stocks when survival, fertility and migration of the last year stay: the baseline of a backtest.
///
/// Takes what `cohort_component` takes and holds the last step of its arrays through `steps` steps. Returns
/// stocks (steps, K, A), the jump-off not among them. Raises `InputError` naming the array and the place.
#[pyfunction]
#[pyo3(signature = (base, survival, asfr, srb, migration, *, steps, timing = "end", migration_as = "counts",
    rate_base = "start", step = 1, negative = "refuse"))]
#[allow(clippy::too_many_arguments, reason = "keywords of a Python function")]
pub(crate) fn constant_rates<'py>(
    py: Python<'py>,
    base: Numbers<'py>,
    survival: Numbers<'py>,
    asfr: PyArrayLike2<'py, f64, AllowTypeChange>,
    srb: Numbers<'py>,
    migration: Numbers<'py>,
    steps: u16,
    timing: &str,
    migration_as: &str,
    rate_base: &str,
    step: i64,
    negative: &str,
) -> Result<Bound<'py, PyArray3<f64>>, Fault> {
    let (timing, negative) = (timing_of(timing)?, negative_population(negative)?);
    let base = by_sex::<Ix2>("base", base.as_array(), 0)?;
    let (survival, asfr, srb) = (survival.as_array(), asfr.as_array(), srb.as_array());
    let migration = migration_of(migration.as_array(), migration_as, rate_base)?;
    let assumptions = assumptions_of(survival, asfr, srb, migration, step)?;
    let steps = usize::from(steps);
    let stocks =
        py.detach(move || backtest::constant_rates(base.view(), &assumptions, timing, negative, steps));
    Ok(stocks?.to_pyarray(py))
}

/// Net migration in the form that the words say.
fn migration_of(
    migration: ArrayViewD<'_, f64>,
    migration_as: &str,
    rate_base: &str,
) -> Result<Migration, Fault> {
    let base = match rate_base {
        "start" => RateBase::Start,
        "mid" => RateBase::Mid,
        _ => return Err(Fault::word("rate_base", rate_base, &["start", "mid"])),
    };
    let migration = by_sex::<Ix3>("migration", migration, 1)?;
    match migration_as {
        "counts" => Ok(Migration::Counts(migration)),
        "rates" => Ok(Migration::Rates { rates: migration, base }),
        "annual_proportions" => Ok(Migration::AnnualProportions(migration)),
        _ => Err(Fault::word("migration_as", migration_as, &["counts", "rates", "annual_proportions"])),
    }
}

/// Checked assumptions; `srb` may be one number.
fn assumptions_of(
    survival: ArrayViewD<'_, f64>,
    asfr: ArrayView2<'_, f64>,
    srb: ArrayViewD<'_, f64>,
    migration: Migration,
    step: i64,
) -> Result<Assumptions, Fault> {
    let survival = by_sex::<Ix3>("survival", survival, 1)?;
    let asfr = asfr.to_owned();
    let srb = match srb.view().into_dimensionality::<Ix1>() {
        Ok(srb) => srb.to_owned(),
        Err(_) => Array1::from_elem(asfr.nrows(), one_number("srb", srb)?),
    };
    Ok(Assumptions::of_interval(interval(step)?, survival, asfr, srb, migration)?)
}

/// When migrants come.
fn timing_of(timing: &str) -> Result<MigrationTiming, Fault> {
    match timing {
        "end" => Ok(MigrationTiming::End),
        "even" => Ok(MigrationTiming::Even),
        "mid" => Ok(MigrationTiming::Mid),
        _ => Err(Fault::word("timing", timing, &["end", "even", "mid"])),
    }
}

/// Years of a step as the core has them.
pub(crate) fn interval(step: i64) -> Result<Interval, Fault> {
    match step {
        1 => Ok(Interval::One),
        5 => Ok(Interval::Five),
        _ => Err(Fault::input(format!("step={step} is not known: expected 1 or 5 years"))),
    }
}

/// An array with its sex axis, put in where females stand alone.
fn by_sex<D: Dimension>(
    what: &str,
    values: ArrayViewD<'_, f64>,
    sex_axis: usize,
) -> Result<numpy::ndarray::Array<f64, D>, Fault> {
    let axes = D::NDIM.unwrap_or_default();
    let got = values.ndim();
    let values: ArrayD<f64> = values.to_owned();
    let values = if got + 1 == axes { values.insert_axis(Axis(sex_axis)) } else { values };
    values.into_dimensionality().map_err(|_| {
        Fault::input(format!("{what} has {got} axes, expected {axes} (or {} for one sex)", axes - 1))
    })
}

fn one_number(what: &str, values: ArrayViewD<'_, f64>) -> Result<f64, Fault> {
    values.first().copied().filter(|_| values.ndim() == 0).ok_or_else(|| {
        Fault::input(format!("{what} has {} axes, expected one number or (T,)", values.ndim()))
    })
}
