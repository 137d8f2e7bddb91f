//! Projections of areas made to sum to the projection of the unit they make up, by flows.
//!
//! # Formula
//! Year by year, for every sex and age, with `i` an area and `U` the upper level:
//!
//! ```text
//! births      B_i <- f B*_i                       f = B_U / sum B*          B* follow the area's women
//! deaths      D_i <- f q_i R_i                    f = D_U / sum q R         q_i projected probability, R_i at risk
//! migration   M_i <- (1 + d) M_i  where M_i > 0   d = (T - sum M) / sum |M|     (plus-minus)
//!                    (1 - d) M_i  where M_i < 0   T = P'_U - sum survivors
//! stocks      P'_i = survivors_i + M_i            so that sum P'_i = P'_U and the accounting holds
//! ```
//!
//! Every factor (`f`, `1 + d`, `1 - d`) stays within `lowest` and `highest`. What births and deaths lack then
//! is part of `T`; what migration lacks is taken from, or given to, the areas in proportion to their people
//! of that sex and age. An age that would fall below zero ends at zero and the other areas cover it.
//!
//! # Reference
//! Shryock, Siegel (1976), *The Methods and Materials of Demography*, chapter 23 (plus-minus); Smith, Tayman,
//! Swanson (2013), *A Practitioner's Guide to State and Local Population Projections*, 10.

use ndarray::{Array3, ArrayD, Axis, IxDyn};
use serde::{Deserialize, Serialize};

use super::factor::Factor;
use super::flows::Flows;
use super::one_year::Year;
use super::rake::{Margin, RakeOptions, rake};
use super::reconcile_error::{Level, ReconcileError};
use crate::observation::Sex;

/// What to do with areas that do not sum to the upper level at the jump-off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JumpOff {
    /// Refuse, naming the cell.
    #[default]
    Refuse,
    /// Scale the areas' stocks of every sex and age to the upper level's.
    Rake,
}

/// What to do with persons that capped factors leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leftover {
    /// Put them into net migration, so that stocks sum to the upper level's.
    #[default]
    NetMigration,
    /// Leave them: stocks differ from the upper level's by what is reported.
    Report,
}

/// How projections are reconciled.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReconcileOptions {
    /// Lowest factor on a flow, 0 to 1.
    pub lowest: f64,
    /// Highest factor on a flow, 1 or more.
    pub highest: f64,
    /// What to do with persons that capped factors leave.
    pub leftover: Leftover,
    /// What to do with a jump-off that does not sum.
    pub jump_off: JumpOff,
}

impl Default for ReconcileOptions {
    fn default() -> Self {
        Self { lowest: 0.5, highest: 2.0, leftover: Leftover::NetMigration, jump_off: JumpOff::Refuse }
    }
}

/// Areas that sum to the upper level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reconciled {
    /// The areas in the order given.
    pub areas: Vec<Flows>,
    /// Every factor used, by step, then births, deaths and net migration.
    pub factors: Vec<Factor>,
    /// Stocks of the upper level less the sum of the areas after every step, `(T, 2, A)`: rounding,
    /// unless leftovers are reported only.
    pub unreconciled: Array3<f64>,
    /// Settings used.
    pub options: ReconcileOptions,
}

/// Adjusts births, deaths and net migration of areas so that they sum to the upper level per year,
/// sex and age.
///
/// ```
/// use diagnoza_core::demography::reconcile::{Flows, ReconcileOptions, reconcile};
/// use ndarray::{Array2, Array3};
/// // Two ages, one year: nobody is born, dies or moves in the areas; one woman and one man of the upper level leave.
/// let still = |people: f64, net: f64| {
///     let mut population = Array3::from_elem((2, 2, 2), people);
///     population.slice_mut(ndarray::s![1, .., 0]).fill(0.0);
///     population.slice_mut(ndarray::s![1, .., 1]).fill(2.0 * people + net);
///     let mut net_migration = Array3::zeros((1, 2, 2));
///     net_migration.slice_mut(ndarray::s![0, .., 1]).fill(net);
///     let (births, deaths) = (Array2::zeros((1, 2)), Array3::zeros((1, 2, 3)));
///     Flows { population, births, deaths, net_migration, births_by_age: None }
/// };
/// let areas = [still(10.0, 0.0), still(30.0, 0.0)];
/// let found = reconcile(&areas, &still(40.0, -1.0), ReconcileOptions::default())?;
/// assert_eq!(found.areas[0].net_migration[[0, 0, 1]], -0.25);
/// assert_eq!(found.areas[1].population[[1, 0, 1]], 59.25);
/// # Ok::<(), diagnoza_core::demography::reconcile::ReconcileError>(())
/// ```
///
/// # Errors
/// [`ReconcileError`]: shapes, values, flows that do not lead from stock to stock, a jump-off that does
/// not sum or cannot be raked, bounds.
#[doc(alias = "uzgadnianie prognoz")]
pub fn reconcile(
    areas: &[Flows],
    upper: &Flows,
    options: ReconcileOptions,
) -> Result<Reconciled, ReconcileError> {
    let (lowest, highest) = (options.lowest, options.highest);
    if !((0.0..=1.0).contains(&lowest) && highest >= 1.0 && highest.is_finite()) {
        return Err(ReconcileError::Bounds { lowest, highest });
    }
    let (steps, ages) = (upper.steps(), upper.ages());
    if areas.is_empty() {
        return Err(ReconcileError::NoArea);
    }
    if ages < 2 {
        return Err(ReconcileError::Shape {
            whose: Level::Upper,
            what: "population",
            got: upper.population.shape().to_vec(),
            expected: vec![steps + 1, 2, 2],
        });
    }
    upper.check(Level::Upper, steps, ages)?;
    for (i, area) in areas.iter().enumerate() {
        area.check(Level::Area(i), steps, ages)?;
    }
    let mut adjusted = areas.to_vec();
    fit_jump_off(&mut adjusted, upper, options.jump_off)?;
    let mut factors = Vec::new();
    for step in 0..steps {
        Year { step, upper, projected: areas, options }.adjust(&mut adjusted, &mut factors);
    }
    let mut unreconciled = upper.population.slice(ndarray::s![1.., .., ..]).to_owned();
    for (i, area) in adjusted.iter().enumerate() {
        area.check(Level::Area(i), steps, ages)?;
        unreconciled -= &area.population.slice(ndarray::s![1.., .., ..]);
    }
    Ok(Reconciled { areas: adjusted, factors, unreconciled, options })
}

/// Compares the jump-off with the upper level to 1e-9 of the stock, and rakes it if asked to.
fn fit_jump_off(areas: &mut [Flows], upper: &Flows, rule: JumpOff) -> Result<(), ReconcileError> {
    let target = upper.population.index_axis(Axis(0), 0);
    let mut lower = ndarray::Array2::zeros(target.raw_dim());
    for area in areas.iter() {
        lower += &area.population.index_axis(Axis(0), 0);
    }
    let off = target
        .indexed_iter()
        .zip(&lower)
        .find(|((_, upper), lower)| (*lower - *upper).abs() > 1e-9 * upper.max(1.0));
    let Some((((sex, age), &upper), &lower)) = off else { return Ok(()) };
    if rule == JumpOff::Refuse {
        return Err(ReconcileError::JumpOff { sex: Sex::BOTH[sex], age, lower, upper });
    }
    let mut seed = ArrayD::zeros(IxDyn(&[areas.len(), target.nrows(), target.ncols()]));
    for (mut row, area) in seed.outer_iter_mut().zip(areas.iter()) {
        row.assign(&area.population.index_axis(Axis(0), 0));
    }
    let margin = Margin { axes: vec![1, 2], target: target.to_owned().into_dyn() };
    let raked = rake(seed.view(), &[margin], RakeOptions::default())?;
    for (row, area) in raked.table.outer_iter().zip(areas) {
        let mut stock = area.population.index_axis_mut(Axis(0), 0);
        stock.iter_mut().zip(&row).for_each(|(people, &raked)| *people = raked);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
