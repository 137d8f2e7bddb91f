//! Mortality models: rates cross as arrays, fitted models and forecasts as the JSON of the core's types, so that
//! they pickle, are stored and are read back as they are.

use std::collections::BTreeMap;

use diagnoza_core::demography::mortality_model::{
    self as core, CoherentLeeCarter, FittedCoherentLeeCarter, FittedLeeCarter, FittedLiLee, ForecastOptions,
    LeeCarter, LiLee, MortalitySurface,
};
use diagnoza_core::observation::{Age, Sex, Year};
use numpy::{PyArray2, PyArray3, PyReadonlyArray2, ToPyArray};
use pyo3::prelude::*;

use crate::error::Fault;

type Rates<'py> = PyReadonlyArray2<'py, f64>;
type Population<'py> = (String, Rates<'py>, Option<Rates<'py>>, Option<String>);
type Paths<'py> = (Bound<'py, PyArray2<f64>>, Bound<'py, PyArray3<f64>>);
type CommonAndPaths<'py> = (Bound<'py, PyArray2<f64>>, BTreeMap<String, Paths<'py>>);

fn ages_of(ages: &[i64]) -> Result<Vec<u8>, Fault> {
    ages.iter()
        .map(|&age| Age::new(age).map(Age::get).map_err(|error| Fault::input(error.to_string())))
        .collect()
}

fn years_of(years: &[i64]) -> Result<Vec<Year>, Fault> {
    Ok(years.iter().map(|&year| Year::new(year)).collect::<Result<_, _>>()?)
}

fn sex_of(sex: Option<&str>) -> Result<Option<Sex>, Fault> {
    sex.map(|word| word.parse().map_err(|_| Fault::word("sex", word, &["F", "M"]))).transpose()
}

fn surface(
    mx: &Rates<'_>,
    exposure: Option<&Rates<'_>>,
    ages: &[i64],
    years: &[i64],
    sex: Option<&str>,
) -> Result<MortalitySurface, Fault> {
    let (ages, years) = (ages_of(ages)?, years_of(years)?);
    let exposure = exposure.map(|lived| lived.as_array().to_owned());
    Ok(MortalitySurface::new(mx.as_array().to_owned(), exposure, ages, years, sex_of(sex)?)?)
}

/// Fits `diagnoza.LeeCarter`; `method` and the fitted model are JSON.
#[pyfunction]
#[pyo3(signature = (mx, exposure, weights, *, ages, years, sex, method))]
#[allow(clippy::too_many_arguments, reason = "keywords of a Python function")]
pub(crate) fn lee_carter(
    py: Python<'_>,
    mx: Rates<'_>,
    exposure: Option<Rates<'_>>,
    weights: Option<Rates<'_>>,
    ages: Vec<i64>,
    years: Vec<i64>,
    sex: Option<&str>,
    method: &str,
) -> Result<String, Fault> {
    let mut surface = surface(&mx, exposure.as_ref(), &ages, &years, sex)?;
    if let Some(weights) = weights {
        surface = surface.with_weights(weights.as_array().to_owned())?;
    }
    let method: LeeCarter = serde_json::from_str(method)?;
    Ok(serde_json::to_string(&py.detach(|| method.fit(&surface))?)?)
}

/// Weights (ages x years) of 0 for the `clip` earliest and latest cohorts, 1 elsewhere.
///
/// As R `StMoMo::genWeightMat`; for `diagnoza.LeeCarter(method="poisson")`.
#[pyfunction]
#[pyo3(signature = (ages, years, *, clip))]
pub(crate) fn cohort_weights<'py>(
    py: Python<'py>,
    ages: Vec<i64>,
    years: Vec<i64>,
    clip: u16,
) -> Result<Bound<'py, PyArray2<f64>>, Fault> {
    Ok(core::cohort_weights(&ages_of(&ages)?, &years_of(&years)?, clip).to_pyarray(py))
}

/// Forecast of a fitted `diagnoza.LeeCarter` as JSON.
#[pyfunction]
pub(crate) fn lee_carter_forecast(
    py: Python<'_>,
    fitted: &str,
    horizon: usize,
    options: &str,
) -> Result<String, Fault> {
    let fitted: FittedLeeCarter = serde_json::from_str(fitted)?;
    let options: ForecastOptions = serde_json::from_str(options)?;
    Ok(serde_json::to_string(&py.detach(|| fitted.forecast(horizon, options))?)?)
}

/// Paths of a fitted `diagnoza.LeeCarter`: the index (paths, years) and rates (paths, ages, years).
#[pyfunction]
pub(crate) fn lee_carter_simulate<'py>(
    py: Python<'py>,
    fitted: &str,
    horizon: usize,
    paths: usize,
    seed: u64,
    options: &str,
) -> Result<Paths<'py>, Fault> {
    let fitted: FittedLeeCarter = serde_json::from_str(fitted)?;
    let ForecastOptions { jump_off, uncertainty, .. } = serde_json::from_str(options)?;
    let drawn = py.detach(|| fitted.simulate(horizon, paths, seed, jump_off, uncertainty))?;
    Ok((drawn.kt.to_pyarray(py), drawn.mx.to_pyarray(py)))
}

/// Fits `diagnoza.LiLee` to (name, rates, exposure, sex) of every population.
#[pyfunction]
#[pyo3(signature = (populations, *, ages, years, method))]
pub(crate) fn li_lee(
    py: Python<'_>,
    populations: Vec<Population<'_>>,
    ages: Vec<i64>,
    years: Vec<i64>,
    method: &str,
) -> Result<String, Fault> {
    let method: LiLee = serde_json::from_str(method)?;
    let mut surfaces = BTreeMap::new();
    for (name, mx, exposure, sex) in populations {
        surfaces.insert(name, surface(&mx, exposure.as_ref(), &ages, &years, sex.as_deref())?);
    }
    Ok(serde_json::to_string(&py.detach(|| method.fit(&surfaces))?)?)
}

/// Forecast of a fitted `diagnoza.LiLee` as JSON.
#[pyfunction]
pub(crate) fn li_lee_forecast(
    py: Python<'_>,
    fitted: &str,
    horizon: usize,
    options: &str,
) -> Result<String, Fault> {
    let fitted: FittedLiLee = serde_json::from_str(fitted)?;
    let options: ForecastOptions = serde_json::from_str(options)?;
    Ok(serde_json::to_string(&py.detach(|| fitted.forecast(horizon, options))?)?)
}

/// Paths of a fitted `diagnoza.LiLee`: the common index, and by population its deviation and rates.
#[pyfunction]
pub(crate) fn li_lee_simulate<'py>(
    py: Python<'py>,
    fitted: &str,
    horizon: usize,
    paths: usize,
    seed: u64,
    options: &str,
) -> Result<CommonAndPaths<'py>, Fault> {
    let fitted: FittedLiLee = serde_json::from_str(fitted)?;
    let ForecastOptions { jump_off, uncertainty, .. } = serde_json::from_str(options)?;
    let drawn = py.detach(|| fitted.simulate(horizon, paths, seed, jump_off, uncertainty))?;
    let each = drawn.populations.into_iter();
    let each = each.map(|(name, of)| (name, (of.kt.to_pyarray(py), of.mx.to_pyarray(py))));
    Ok((drawn.common.to_pyarray(py), each.collect()))
}

/// Fits `diagnoza.CoherentLeeCarter` to rates of females and males.
#[pyfunction]
#[pyo3(signature = (female, male, *, ages, years, method))]
pub(crate) fn coherent_lee_carter(
    female: Rates<'_>,
    male: Rates<'_>,
    ages: Vec<i64>,
    years: Vec<i64>,
    method: &str,
) -> Result<String, Fault> {
    let method: CoherentLeeCarter = serde_json::from_str(method)?;
    let female = surface(&female, None, &ages, &years, Some("F"))?;
    let male = surface(&male, None, &ages, &years, Some("M"))?;
    Ok(serde_json::to_string(&method.fit(&female, &male)?)?)
}

/// Rates of both sexes for targets of life expectancy, as JSON.
#[pyfunction]
pub(crate) fn coherent_mx_from_e0(
    fitted: &str,
    e0_female: Vec<f64>,
    e0_male: Vec<f64>,
    options: &str,
) -> Result<String, Fault> {
    let fitted: FittedCoherentLeeCarter = serde_json::from_str(fitted)?;
    let found = fitted.mx_from_e0(&e0_female, &e0_male, serde_json::from_str(options)?)?;
    Ok(serde_json::to_string(&found)?)
}

/// Rates for one life expectancy, as JSON.
#[pyfunction]
#[pyo3(signature = (target, ax, bx, *, ages, sex, search))]
pub(crate) fn mx_from_e0(
    target: f64,
    ax: Vec<f64>,
    bx: Vec<f64>,
    ages: Vec<i64>,
    sex: Option<&str>,
    search: &str,
) -> Result<String, Fault> {
    let search = serde_json::from_str(search)?;
    let found = core::mx_from_e0(target, &ax, &bx, &ages_of(&ages)?, sex_of(sex)?, search)?;
    Ok(serde_json::to_string(&found)?)
}

/// Life expectancy at the first age of every column of rates (ages x columns); `rule` is JSON.
#[pyfunction]
#[pyo3(signature = (mx, *, ages, sex, rule))]
pub(crate) fn life_expectancies(
    mx: Rates<'_>,
    ages: Vec<i64>,
    sex: Option<&str>,
    rule: &str,
) -> Result<Vec<f64>, Fault> {
    let (ages, sex, rule) = (ages_of(&ages)?, sex_of(sex)?, serde_json::from_str(rule)?);
    let columns = mx.as_array();
    let of = |column: ndarray::ArrayView1<'_, f64>| core::life_expectancy(&column.to_vec(), &ages, sex, rule);
    Ok(columns.columns().into_iter().map(of).collect::<Result<_, _>>()?)
}
