use diagnoza_core::demography::migration::{self as core, LexisSplit, Outside, PoolRule, ResidualMethod};
use diagnoza_core::demography::migration::{
    Direction, DirectionError, GrossFlows, MigrationError, PostRetirement, Retirement, RogersCastro,
    RogersCastroForm, StandardSchedule,
};
use ndarray::{Array2, Array3, ArrayView2, ArrayView3};
use numpy::{PyArray1, PyArray2, PyArray3, PyReadonlyArray1, PyReadonlyArray2, PyReadonlyArray3, ToPyArray};
use pyo3::prelude::*;

use crate::error::Fault;

/// Rates of a model schedule; see `diagnoza.rogers_castro`.
#[pyfunction]
pub(crate) fn rogers_castro<'py>(
    py: Python<'py>,
    ages: PyReadonlyArray1<'py, f64>,
    basic: [f64; 7],
    retirement: Option<[f64; 4]>,
    post_retirement: Option<[f64; 2]>,
) -> Result<Bound<'py, PyArray1<f64>>, Fault> {
    let [a1, alpha1, a2, alpha2, mu2, lambda2, c] = basic;
    let retirement = retirement.map(|[a3, alpha3, mu3, lambda3]| Retirement { a3, alpha3, mu3, lambda3 });
    let post_retirement = post_retirement.map(|[a4, lambda4]| PostRetirement { a4, lambda4 });
    let schedule = RogersCastro { a1, alpha1, a2, alpha2, mu2, lambda2, c, retirement, post_retirement };
    Ok(schedule.rates(ages.as_slice()?)?.to_pyarray(py))
}

/// A fitted schedule as JSON; see `diagnoza.fit_rogers_castro`.
#[pyfunction]
pub(crate) fn fit_rogers_castro(
    py: Python<'_>,
    ages: PyReadonlyArray1<'_, f64>,
    rates: PyReadonlyArray1<'_, f64>,
    parameters: usize,
    weights: Option<Vec<f64>>,
) -> Result<String, Fault> {
    let form = RogersCastroForm::with_parameters(parameters)?;
    let (ages, rates) = (ages.as_slice()?.to_vec(), rates.as_slice()?.to_vec());
    let fit = py.detach(|| core::fit_rogers_castro(&ages, &rates, form, weights.as_deref()))?;
    Ok(serde_json::to_string(&fit)?)
}

/// Net migration, expected stock and method's name.
type Residual<'py> = (Bound<'py, PyArray2<f64>>, Bound<'py, PyArray2<f64>>, String);

fn residual<'py>(py: Python<'py>, found: &core::ResidualMigration) -> Residual<'py> {
    (found.net.to_pyarray(py), found.expected.to_pyarray(py), found.method.clone())
}

/// Net migration between two stocks, by survival ratios; see `diagnoza.residual_migration`.
#[pyfunction]
pub(crate) fn residual_by_survival<'py>(
    py: Python<'py>,
    start: PyReadonlyArray2<'py, f64>,
    end: PyReadonlyArray2<'py, f64>,
    births: [f64; 2],
    survival: PyReadonlyArray2<'py, f64>,
    method: &str,
) -> Result<Residual<'py>, Fault> {
    let method = match method {
        "forward" => ResidualMethod::Forward,
        "reverse" => ResidualMethod::Reverse,
        "average" => ResidualMethod::Average,
        "even" => ResidualMethod::Even,
        _ => return Err(Fault::word("method", method, &["forward", "reverse", "average", "even"])),
    };
    let (start, end, survival) = (start.as_array(), end.as_array(), survival.as_array());
    Ok(residual(py, &core::residual_migration(start, end, survival, births, method)?))
}

/// Net migration between two stocks, by deaths of calendar years; see `diagnoza.residual_migration`.
#[pyfunction]
pub(crate) fn residual_by_deaths<'py>(
    py: Python<'py>,
    start: PyReadonlyArray2<'py, f64>,
    end: PyReadonlyArray2<'py, f64>,
    births: [f64; 2],
    deaths: PyReadonlyArray3<'py, f64>,
    infant: f64,
) -> Result<Residual<'py>, Fault> {
    let cohorts = core::cohort_deaths(deaths.as_array(), LexisSplit { infant })?;
    let found = core::residual_from_deaths(start.as_array(), end.as_array(), births, cohorts.view())?;
    Ok(residual(py, &found))
}

/// Arrays (areas, 2, A) into the pool, from the pool, to the outside, from the outside.
type Moves<'py> = [Bound<'py, PyArray3<f64>>; 4];

/// Moves of a closed set of areas; see `diagnoza.migration_pool`.
#[pyfunction]
pub(crate) fn migration_pool<'py>(
    py: Python<'py>,
    population: PyReadonlyArray3<'py, f64>,
    out_rates: PyReadonlyArray3<'py, f64>,
    in_shares: PyReadonlyArray3<'py, f64>,
    rule: &str,
    departure_share: Option<PyReadonlyArray3<'py, f64>>,
    arrivals: Option<PyReadonlyArray3<'py, f64>>,
) -> Result<Moves<'py>, Fault> {
    let rule = match rule {
        "shared" => PoolRule::Shared,
        "exclude_origin" => PoolRule::ExcludeOrigin,
        _ => return Err(Fault::word("rule", rule, &["shared", "exclude_origin"])),
    };
    let owned = |array: PyReadonlyArray3<'_, f64>| array.as_array().to_owned();
    let outside = Outside { departure_share: departure_share.map(owned), arrivals: arrivals.map(owned) };
    let (population, out_rates, in_shares) = (owned(population), owned(out_rates), owned(in_shares));
    let moves = py.detach(|| {
        core::migration_pool(population.view(), out_rates.view(), in_shares.view(), &outside, rule)
    })?;
    Ok([moves.into_pool, moves.from_pool, moves.to_outside, moves.from_outside].map(|a| a.to_pyarray(py)))
}

/// Shares of migrants by age; see `diagnoza.standard_migration`.
#[pyfunction]
pub(crate) fn standard_migration(py: Python<'_>, width: usize) -> Result<Bound<'_, PyArray1<f64>>, Fault> {
    match width {
        1 => Ok(StandardSchedule::BayesPopAnnual.shares().to_pyarray(py)),
        5 => Ok(StandardSchedule::BayesPopFiveYear.shares().to_pyarray(py)),
        _ => Err(Fault::word("width", &width.to_string(), &["1", "5"])),
    }
}

/// In-shares (areas, 2, A) of observed arrivals; see `diagnoza.in_shares`.
#[pyfunction]
pub(crate) fn in_shares<'py>(
    py: Python<'py>,
    arrivals: PyReadonlyArray3<'py, f64>,
) -> Result<Bound<'py, PyArray3<f64>>, Fault> {
    Ok(core::in_shares(arrivals.as_array())?.to_pyarray(py))
}

/// Arrivals, departures, and net migration in all, within the country and with abroad, (2, A) each.
type Sums<'py> = [Bound<'py, PyArray2<f64>>; 5];

/// Sums of gross flows (6, 2, A); see `diagnoza.gross_flows`.
#[pyfunction]
pub(crate) fn gross_flows<'py>(
    py: Python<'py>,
    counts: PyReadonlyArray3<'py, f64>,
) -> Result<Sums<'py>, Fault> {
    let flows = GrossFlows::new(counts.as_array().to_owned())?;
    let sums = [flows.inflow(), flows.outflow(), flows.net(), flows.internal_net(), flows.external_net()];
    Ok(sums.map(|sum| sum.to_pyarray(py)))
}

/// Words of the directions in the order of the first axis of gross flows.
#[pyfunction]
pub(crate) fn migration_directions() -> [&'static str; 6] {
    Direction::ALL.map(Direction::word)
}

/// Position of a direction on the first axis of gross flows.
#[pyfunction]
pub(crate) fn migration_direction(word: &str) -> Result<usize, Fault> {
    Ok(word.parse::<Direction>().map_err(|error: DirectionError| Fault::input(error.to_string()))?.index())
}

type Pair = fn(ArrayView2<'_, f64>, ArrayView2<'_, f64>, f64) -> Result<Array2<f64>, MigrationError>;
type OfAreas = fn(ArrayView3<'_, f64>, ArrayView3<'_, f64>) -> Result<Array3<f64>, MigrationError>;

/// Rates of migrants of some years (2, A), or with `back` migrants of rates; see `diagnoza.annual_proportions`.
#[pyfunction]
pub(crate) fn migration_proportions<'py>(
    py: Python<'py>,
    values: PyReadonlyArray2<'py, f64>,
    population: PyReadonlyArray2<'py, f64>,
    years: f64,
    back: bool,
) -> Result<Bound<'py, PyArray2<f64>>, Fault> {
    let compute: Pair = if back { core::net_from_proportions } else { core::annual_proportions };
    Ok(compute(values.as_array(), population.as_array(), years)?.to_pyarray(py))
}

/// Out-rates, or in-rates, (areas, 2, A); see `diagnoza.out_rates` and `diagnoza.in_rates`.
#[pyfunction]
pub(crate) fn migration_rates<'py>(
    py: Python<'py>,
    moves: PyReadonlyArray3<'py, f64>,
    population: PyReadonlyArray3<'py, f64>,
    arrivals: bool,
) -> Result<Bound<'py, PyArray3<f64>>, Fault> {
    let compute: OfAreas = if arrivals { core::in_rates } else { core::out_rates };
    Ok(compute(moves.as_array(), population.as_array())?.to_pyarray(py))
}

/// Net migration of a balance; see `diagnoza.net_of_balance`.
#[pyfunction]
pub(crate) fn net_of_balance(start: f64, end: f64, births: f64, deaths: f64) -> Result<f64, Fault> {
    Ok(core::net_of_balance(start, end, births, deaths)?)
}

/// Deaths by cohort (2, A+1) of deaths by year and age; see `diagnoza.cohort_deaths`.
#[pyfunction]
pub(crate) fn cohort_deaths<'py>(
    py: Python<'py>,
    deaths: PyReadonlyArray3<'py, f64>,
    infant: f64,
) -> Result<Bound<'py, PyArray2<f64>>, Fault> {
    Ok(core::cohort_deaths(deaths.as_array(), LexisSplit { infant })?.to_pyarray(py))
}

/// Schedules of the United Nations' family of male labour migration as JSON, females first.
#[pyfunction]
pub(crate) fn un_male_labour() -> Result<String, Fault> {
    Ok(serde_json::to_string(&RogersCastro::UN_MALE_LABOUR)?)
}
