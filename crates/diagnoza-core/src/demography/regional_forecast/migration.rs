//! Net migration of the past by age: what stocks, births and deaths leave unexplained.

use ndarray::{Array2, ArrayView2, s};

use super::{Observed, RegionalForecastError};
use crate::observation::{Sex, Year};

/// Net migration of one year by sex and age at its end as the cohort residual, `(2, A)`, persons.
///
/// # Formula
/// `R(a+1) = P'(a+1) - P(a) + D(a)`, `R(0) = P'(0) - B S(birth)`; the deaths `D(a)` of the cohort aged `a` at the
/// start are those of the survival ratios, scaled so that each group of ages has as many as were registered.
///
/// `survival (2, A+1)` birth first, of the year; `expected (2, G)` deaths by age at death that it gives.
pub(super) fn cohort_residual(
    observed: &Observed,
    position: usize,
    survival: ArrayView2<'_, f64>,
    expected: ArrayView2<'_, f64>,
    sex_ratio_at_birth: f64,
) -> Array2<f64> {
    let start = observed.stocks.slice(s![position, .., ..]);
    let end = observed.stocks.slice(s![position + 1, .., ..]);
    let open = start.ncols() - 1;
    let girls = observed.births[position] / (1.0 + sex_ratio_at_birth);
    let born = [girls, observed.births[position] - girls];
    let mut residual = end.to_owned();
    for sex in 0..2 {
        residual[[sex, 0]] -= born[sex] * survival[[sex, 0]];
        for age in 0..=open {
            let group = group_of(&observed.death_ages, age);
            let ratio = match expected[[sex, group]] {
                deaths if deaths > 0.0 => observed.deaths[[position, sex, group]] / deaths,
                _ => 1.0,
            };
            let deaths = start[[sex, age]] * (1.0 - survival[[sex, age + 1]]) * ratio;
            residual[[sex, (age + 1).min(open)]] -= start[[sex, age]] - deaths;
        }
    }
    residual
}

/// Net migration rates per person of the cohort at the start of the year, `(2, A)` by age at its end.
///
/// Means over years of residual and cohort by five-year groups, and by the open group; then moved, each group in
/// proportion to its absolute value, so that all ages together have the crude rate `total` per person.
///
/// # Errors
/// [`RegionalForecastError::Empty`] names a group in which nobody lived.
pub(super) fn rates(
    residuals: &[Array2<f64>],
    cohorts: &[Array2<f64>],
    total: f64,
    (first, last): (Year, Year),
) -> Result<Array2<f64>, RegionalForecastError> {
    let ages = residuals.first().map_or(0, Array2::ncols);
    let open = ages - 1;
    let groups: Vec<(usize, usize)> =
        (0..open).step_by(5).map(|from| (from, (from + 5).min(open))).chain([(open, ages)]).collect();
    let sums = |arrays: &[Array2<f64>], sex: usize, (from, to): (usize, usize)| -> f64 {
        arrays.iter().map(|array| array.slice(s![sex, from..to]).sum()).sum()
    };
    let mut cells = Vec::with_capacity(2 * groups.len());
    for sex in Sex::BOTH {
        for &group in &groups {
            let people = sums(cohorts, sex.index(), group);
            if people <= 0.0 {
                return Err(RegionalForecastError::Empty { sex, age: group.0, first, last });
            }
            cells.push((sex.index(), group, sums(residuals, sex.index(), group), people));
        }
    }
    let people: f64 = cells.iter().map(|cell| cell.3).sum();
    let net: f64 = cells.iter().map(|cell| cell.2).sum();
    let weight: f64 = cells.iter().map(|cell| cell.2.abs()).sum();
    let missing = total * people - net;
    let mut rates = Array2::zeros((2, ages));
    for (sex, (from, to), moved, people) in cells {
        let share = if weight > 0.0 { moved.abs() / weight } else { 0.0 };
        rates.slice_mut(s![sex, from..to]).fill((moved + missing * share) / people);
    }
    Ok(rates)
}

/// The cohorts of a stock by their age a year later, `(2, A)`: rates of net migration apply to them.
///
/// Newborn migrants are counted by the children of age 0 of the year before.
pub(super) fn cohorts_a_year_later(stock: ArrayView2<'_, f64>) -> Array2<f64> {
    let open = stock.ncols() - 1;
    let mut cohorts = Array2::zeros(stock.dim());
    cohorts.column_mut(0).assign(&stock.column(0));
    for age in 0..=open {
        let mut later = cohorts.column_mut((age + 1).min(open));
        later += &stock.column(age);
    }
    cohorts
}

/// The group an age falls in.
pub(super) fn group_of(first_ages: &[usize], age: usize) -> usize {
    first_ages.partition_point(|&first| first <= age) - 1
}
