use diagnoza_core::demography::backtest::{self as core, EmptyCohort, HamiltonPerry, Trend, ZeroObserved};
use numpy::{PyArray2, PyArray3, PyReadonlyArray2, ToPyArray};
use pyo3::prelude::*;

use crate::error::Fault;

type Measures = (usize, f64, f64, f64, Option<f64>, Option<f64>, Option<f64>, usize);

/// Number of cells, ME, MAE, RMSE, MPE, MAPE, wAPE and number of observed zeros.
#[pyfunction]
pub(crate) fn forecast_errors(
    forecast: Vec<f64>,
    observed: Vec<f64>,
    zero_observed: &str,
) -> Result<Measures, Fault> {
    let zero = match zero_observed {
        "exclude" => ZeroObserved::Exclude,
        "refuse" => ZeroObserved::Refuse,
        _ => return Err(Fault::word("zero_observed", zero_observed, &["exclude", "refuse"])),
    };
    let e = core::forecast_errors(&forecast, &observed, zero)?;
    Ok((e.count, e.me, e.mae, e.rmse, e.mpe, e.mape, e.wape, e.zero_observed))
}

/// Number, coverage, shares below and above, mean width and mean score of intervals.
#[pyfunction]
pub(crate) fn interval_quality(
    lower: Vec<f64>,
    upper: Vec<f64>,
    observed: Vec<f64>,
    level: f64,
) -> Result<(usize, f64, f64, f64, f64, f64), Fault> {
    let q = core::interval_quality(&lower, &upper, &observed, level)?;
    Ok((q.count, q.coverage, q.below, q.above, q.mean_width, q.mean_score))
}

type Arrays<'py> = (Bound<'py, PyArray2<f64>>, Bound<'py, PyArray3<f64>>);
type CappedRow = (&'static str, usize, f64, f64);

/// Ratios (2, A), stocks after each step (steps, 2, A), and the ratios that caps changed: sex, position, observed, used.
#[pyfunction]
#[allow(clippy::too_many_arguments, reason = "keywords of a Python function")]
pub(crate) fn hamilton_perry<'py>(
    py: Python<'py>,
    earlier: PyReadonlyArray2<'py, f64>,
    later: PyReadonlyArray2<'py, f64>,
    steps: usize,
    width: u8,
    interval: u8,
    mothers: (u8, u8),
    caps: Option<(f64, f64)>,
    empty: &str,
) -> Result<(Arrays<'py>, Vec<CappedRow>), Fault> {
    let empty = match empty {
        "refuse" => EmptyCohort::Refuse,
        "no_change" => EmptyCohort::NoChange,
        _ => return Err(Fault::word("empty", empty, &["refuse", "no_change"])),
    };
    let settings = HamiltonPerry { width, interval, mothers, caps, empty };
    let fitted = settings.fit(earlier.as_array(), later.as_array())?;
    let population = fitted.project(later.as_array(), steps)?;
    let capped = fitted.capped.iter().map(|c| (c.sex.letter(), c.age, c.observed, c.used)).collect();
    Ok(((fitted.ratios.to_pyarray(py), population.to_pyarray(py)), capped))
}

/// The stock in every later year; see `diagnoza.no_change`.
#[pyfunction]
pub(crate) fn no_change<'py>(
    py: Python<'py>,
    stock: PyReadonlyArray2<'py, f64>,
    years: usize,
) -> Result<Bound<'py, PyArray3<f64>>, Fault> {
    Ok(core::no_change(stock.as_array(), years)?.to_pyarray(py))
}

/// Stocks whose total grows on; see `diagnoza.trend`.
#[pyfunction]
pub(crate) fn trend<'py>(
    py: Python<'py>,
    earlier: PyReadonlyArray2<'py, f64>,
    later: PyReadonlyArray2<'py, f64>,
    kind: &str,
    interval: f64,
    years: usize,
) -> Result<Bound<'py, PyArray3<f64>>, Fault> {
    let kind = match kind {
        "linear" => Trend::Linear,
        "exponential" => Trend::Exponential,
        _ => return Err(Fault::word("kind", kind, &["linear", "exponential"])),
    };
    Ok(core::trend(kind, earlier.as_array(), later.as_array(), interval, years)?.to_pyarray(py))
}
