use diagnoza_core::demography::fertility::{self as core, ChildbearingAges, Convergence, Evaluation};
use diagnoza_core::demography::fertility::{FertilityFamily, FertilityModel, FertilitySchedule, TfrPath};
use diagnoza_core::observation::Year;
use numpy::{PyArray1, PyReadonlyArray1, ToPyArray};
use pyo3::prelude::*;

use crate::error::Fault;

/// First ages of the groups and their widths.
type Groups = (Vec<u8>, Vec<u8>);

fn ages((starts, widths): Groups) -> Result<ChildbearingAges, Fault> {
    Ok(ChildbearingAges::new(&starts, &widths)?)
}

fn evaluation(word: &str) -> Result<Evaluation, Fault> {
    match word {
        "mean" => Ok(Evaluation::Mean),
        "midpoint" => Ok(Evaluation::Midpoint),
        _ => Err(Fault::word("evaluation", word, &["mean", "midpoint"])),
    }
}

/// Births over woman-years by age; see `diagnoza.asfr`.
#[pyfunction]
pub(crate) fn asfr<'py>(
    py: Python<'py>,
    births: PyReadonlyArray1<'py, f64>,
    exposure: PyReadonlyArray1<'py, f64>,
    groups: Groups,
) -> Result<Bound<'py, PyArray1<f64>>, Fault> {
    Ok(core::asfr(births.as_slice()?, exposure.as_slice()?, &ages(groups)?)?.to_pyarray(py))
}

/// Births of rates and woman-years; see `diagnoza.births`.
#[pyfunction]
pub(crate) fn births<'py>(
    py: Python<'py>,
    rates: PyReadonlyArray1<'py, f64>,
    exposure: PyReadonlyArray1<'py, f64>,
    groups: Groups,
) -> Result<Bound<'py, PyArray1<f64>>, Fault> {
    Ok(core::births(rates.as_slice()?, exposure.as_slice()?, &ages(groups)?)?.to_pyarray(py))
}

/// Woman-years between two stocks of women; see `diagnoza.woman_years`.
#[pyfunction]
pub(crate) fn woman_years<'py>(
    py: Python<'py>,
    start: PyReadonlyArray1<'py, f64>,
    end: PyReadonlyArray1<'py, f64>,
    years: f64,
    groups: Groups,
) -> Result<Bound<'py, PyArray1<f64>>, Fault> {
    Ok(core::woman_years(start.as_slice()?, end.as_slice()?, years, &ages(groups)?)?.to_pyarray(py))
}

/// Children per woman; see `diagnoza.total_fertility`.
#[pyfunction]
pub(crate) fn total_fertility(rates: PyReadonlyArray1<'_, f64>, groups: Groups) -> Result<f64, Fault> {
    Ok(core::total_fertility(rates.as_slice()?, &ages(groups)?)?)
}

/// Daughters per woman; see `diagnoza.gross_reproduction`.
#[pyfunction]
pub(crate) fn gross_reproduction(
    rates: PyReadonlyArray1<'_, f64>,
    groups: Groups,
    srb: f64,
) -> Result<f64, Fault> {
    Ok(core::gross_reproduction(rates.as_slice()?, &ages(groups)?, srb)?)
}

/// Daughters per newborn girl; see `diagnoza.net_reproduction`.
#[pyfunction]
pub(crate) fn net_reproduction(
    rates: PyReadonlyArray1<'_, f64>,
    groups: Groups,
    srb: f64,
    person_years: PyReadonlyArray1<'_, f64>,
) -> Result<f64, Fault> {
    Ok(core::net_reproduction(rates.as_slice()?, &ages(groups)?, srb, person_years.as_slice()?)?)
}

/// Mean age of the rates; see `diagnoza.mean_age_at_birth`.
#[pyfunction]
pub(crate) fn mean_age_at_birth(rates: PyReadonlyArray1<'_, f64>, groups: Groups) -> Result<f64, Fault> {
    Ok(core::mean_age_at_birth(rates.as_slice()?, &ages(groups)?)?)
}

/// Shares of the total fertility rate by age; see `diagnoza.fertility_schedule`.
#[pyfunction]
pub(crate) fn fertility_schedule<'py>(
    py: Python<'py>,
    family: &str,
    values: PyReadonlyArray1<'py, f64>,
    groups: Groups,
    evaluate: &str,
    mean_age: Option<f64>,
) -> Result<Bound<'py, PyArray1<f64>>, Fault> {
    let (ages, values) = (ages(groups)?, values.as_slice()?);
    let evaluate = evaluation(evaluate)?;
    let model = match (family, values) {
        ("observed", _) => None,
        ("schmertmann", &[alpha, peak, half]) => Some(FertilityModel::Schmertmann { alpha, peak, half }),
        ("gamma", &[start, shape, scale]) => Some(FertilityModel::Gamma { start, shape, scale }),
        ("hadwiger", &[start, position, height]) => {
            Some(FertilityModel::Hadwiger { start, position, height })
        }
        _ => return Err(Fault::word("family", family, &["observed", "schmertmann", "gamma", "hadwiger"])),
    };
    let mut schedule = match model {
        Some(model) => FertilitySchedule::of_model(model, &ages, evaluate)?,
        None => FertilitySchedule::observed(values, &ages)?,
    };
    if let Some(target) = mean_age {
        schedule = schedule.with_mean_age(target)?;
    }
    Ok(schedule.shares().to_pyarray(py))
}

/// A fitted family as JSON; see `diagnoza.fit_fertility`.
#[pyfunction]
pub(crate) fn fit_fertility(
    py: Python<'_>,
    rates: PyReadonlyArray1<'_, f64>,
    groups: Groups,
    family: &str,
    evaluate: &str,
    weights: Option<Vec<f64>>,
) -> Result<String, Fault> {
    let family = match family {
        "schmertmann" => FertilityFamily::Schmertmann,
        "gamma" => FertilityFamily::Gamma,
        "hadwiger" => FertilityFamily::Hadwiger,
        _ => return Err(Fault::word("family", family, &["schmertmann", "gamma", "hadwiger"])),
    };
    let (ages, evaluate, rates) = (ages(groups)?, evaluation(evaluate)?, rates.as_slice()?.to_vec());
    let fit = py.detach(|| core::fit_fertility(family, &rates, &ages, evaluate, weights.as_deref()))?;
    Ok(serde_json::to_string(&fit)?)
}

/// Total fertility rates of the years (first, last) on the way from (year, rate) to (year, rate).
#[pyfunction]
pub(crate) fn tfr_path_converging(
    years: (i64, i64),
    start: (i64, f64),
    end: (i64, f64),
    shape: &str,
) -> Result<Vec<f64>, Fault> {
    let ((first, last), (from, tfr), (by, target)) = (years, start, end);
    let shape = match shape {
        "linear" => Convergence::Linear,
        "exponential" => Convergence::Exponential,
        _ => return Err(Fault::word("shape", shape, &["linear", "exponential"])),
    };
    let path = TfrPath::Converge { from: Year::new(from)?, tfr, by: Year::new(by)?, target, shape };
    Ok(path.values(Year::new(first)?, Year::new(last)?)?)
}

/// Total fertility rates of the years (first, last): one rate, or those given.
#[pyfunction]
pub(crate) fn tfr_path_given(
    years: (i64, i64),
    tfr: Option<f64>,
    given: Vec<(i64, f64)>,
) -> Result<Vec<f64>, Fault> {
    let (first, last) = years;
    let year = |(year, tfr): (i64, f64)| Ok::<_, Fault>((Year::new(year)?, tfr));
    let path = match tfr {
        Some(tfr) => TfrPath::Constant { tfr },
        None => TfrPath::Given { values: given.into_iter().map(year).collect::<Result<_, _>>()? },
    };
    Ok(path.values(Year::new(first)?, Year::new(last)?)?)
}
