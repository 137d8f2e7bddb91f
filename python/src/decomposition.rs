use diagnoza_core::demography::decomposition::{self as core, ArriagaMethod, LifeTableColumns};
use pyo3::prelude::*;

use crate::error::Fault;

type Effects = (Vec<f64>, Vec<f64>, Vec<f64>);

/// Direct, indirect and total effects by age, in years, from `lx` and `Lx` of two life tables.
#[pyfunction]
pub(crate) fn arriaga(
    first: (Vec<f64>, Vec<f64>),
    second: (Vec<f64>, Vec<f64>),
    method: &str,
) -> Result<Effects, Fault> {
    let method = match method {
        "forward" => ArriagaMethod::Forward,
        "symmetric" => ArriagaMethod::Symmetric,
        _ => return Err(Fault::word("method", method, &["forward", "symmetric"])),
    };
    let columns = |survivors, person_years| LifeTableColumns { survivors, person_years };
    let found = core::arriaga(columns(&first.0, &first.1), columns(&second.0, &second.1), method)?;
    Ok((found.direct, found.indirect, found.total))
}

/// Parts of rates and structure by group, and the two crude rates.
#[pyfunction]
pub(crate) fn kitagawa(
    rates1: Vec<f64>,
    structure1: Vec<f64>,
    rates2: Vec<f64>,
    structure2: Vec<f64>,
) -> Result<(Vec<f64>, Vec<f64>, f64, f64), Fault> {
    let found = core::kitagawa(&rates1, &structure1, &rates2, &structure2)?;
    Ok((found.rates, found.structure, found.first, found.second))
}

/// Crude rate, effect of the rates and of the structure for each of several populations.
#[pyfunction]
pub(crate) fn kitagawa_many(
    rates: Vec<Vec<f64>>,
    structures: Vec<Vec<f64>>,
) -> Result<Vec<(f64, f64, f64)>, Fault> {
    let rates: Vec<&[f64]> = rates.iter().map(Vec::as_slice).collect();
    let structures: Vec<&[f64]> = structures.iter().map(Vec::as_slice).collect();
    let found = core::kitagawa_many(&rates, &structures)?;
    Ok(found.iter().map(|one| (one.crude, one.rate_effect, one.structure_effect)).collect())
}

/// Start, end, change, births, deaths, natural increase, net migration, residual and person-years by year; all years last.
#[pyfunction]
pub(crate) fn components_of_change(
    population: Vec<f64>,
    births: Vec<f64>,
    deaths: Vec<f64>,
    net_migration: Vec<f64>,
) -> Result<Vec<[f64; 9]>, Fault> {
    let rows = core::components_of_change(&population, &births, &deaths, &net_migration)?;
    let row = |r: &core::ChangeComponents| {
        let natural = r.natural_increase;
        [r.start, r.end, r.change, r.births, r.deaths, natural, r.net_migration, r.residual, r.person_years]
    };
    Ok(rows.iter().map(row).collect())
}
