//! The parts of a projected area, gminas of a powiat: the area's rates, each part's share of its migration.
//!
//! # Method (`area_rates_shared_migration`)
//! For every year, part `g`, sex and age `a`, with `E` the survivors and newborn before migration:
//!
//! ```text
//! survival, fertility:  those of the area's projection
//! M_g(a) = M(a) E_g(a) / sum of E(a) + d_g p(a)      M: net migration of the area
//! d_g:  by how much the part's net migration differs from its share; all d add to 0
//! p:    ages of movers, adding to 1 over sexes and ages
//! ```
//!
//! The stocks are then raked to the area's by sex and age. The factors are 1 unless a part would have lost more than
//! everybody of an age, which then ends empty; they are reported.

use ndarray::{Array2, Array3, ArrayView2, Axis, s};
use serde::{Deserialize, Serialize};

use super::cohort_component::CohortProjection;
use crate::observation::Sex;

/// A part of an area at the jump-off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LocalArea {
    /// Stock, `(2, A)`; the parts add to the area's.
    pub base: Array2<f64>,
    /// Net migration of each year beyond the part's share, persons; the parts add to 0.
    pub migration_difference: Vec<f64>,
}

/// Stocks of the parts of an area.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LocalProjection {
    /// Stocks of each part at the jump-off and after every year, `(T+1, 2, A)`.
    pub stocks: Vec<Array3<f64>>,
    /// The factor farthest from 1 that raked the parts to the area.
    pub farthest_factor: f64,
}

/// Why parts cannot be projected.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LocalProjectionError {
    /// Arrays do not fit together.
    #[error("part {part}: {what} has {got} values, expected {expected}")]
    Length {
        /// Number of the part, from 0.
        part: usize,
        /// The array.
        what: &'static str,
        /// Values found.
        got: usize,
        /// Values that fit the area.
        expected: usize,
    },
    /// An array of another shape.
    #[error("{what} has shape {got:?}, expected {expected:?}")]
    Shape {
        /// The array.
        what: &'static str,
        /// Shape found.
        got: Vec<usize>,
        /// Shape asked for.
        expected: Vec<usize>,
    },
    /// A value that cannot be.
    #[error("{what} is {got} at position {position:?}: expected {expected}")]
    Value {
        /// The array.
        what: &'static str,
        /// Position: part, sex and age, as far as the array has them.
        position: Vec<usize>,
        /// Value found.
        got: f64,
        /// What it should be.
        expected: &'static str,
    },
    /// The ages of movers are no shares.
    #[error("the shares of movers add to {got}: expected 1 over both sexes and all ages")]
    Movers {
        /// Their sum.
        got: f64,
    },
    /// The parts do not add to the area at the jump-off.
    #[error("{sex}, age {age}: the parts have {parts} persons, the area {area}")]
    Sum {
        /// Sex.
        sex: Sex,
        /// Age.
        age: usize,
        /// Sum of the parts.
        parts: f64,
        /// The area.
        area: f64,
    },
    /// The area has people of an age and no part has.
    #[error(
        "year {step} after the jump-off, {sex}, age {age}: the area has {area} persons and no part has any"
    )]
    Empty {
        /// Years since the jump-off.
        step: usize,
        /// Sex.
        sex: Sex,
        /// Age.
        age: usize,
        /// Persons of the area.
        area: f64,
    },
}

/// Projects the parts of an area beside it.
///
/// `movers (2, A)` are the ages of movers, adding to 1.
///
/// # Errors
/// [`LocalProjectionError`] names the part, or sex and age.
pub fn project_parts(
    area: &CohortProjection,
    parts: &[LocalArea],
    movers: ArrayView2<'_, f64>,
) -> Result<LocalProjection, LocalProjectionError> {
    let (steps, ages) = (area.steps(), area.population.len_of(Axis(2)));
    check(area, parts, movers)?;
    let mut stocks: Vec<Array3<f64>> = parts.iter().map(|_| Array3::zeros((steps + 1, 2, ages))).collect();
    for ((sex, age), &total) in area.population.index_axis(Axis(0), 0).indexed_iter() {
        let sum = parts.iter().fold(0.0, |sum, part| sum + part.base[[sex, age]]);
        if (sum - total).abs() > 1e-6 * total.max(1.0) {
            return Err(LocalProjectionError::Sum { sex: Sex::BOTH[sex], age, parts: sum, area: total });
        }
    }
    for (stock, part) in stocks.iter_mut().zip(parts) {
        stock.index_axis_mut(Axis(0), 0).assign(&part.base);
    }
    let mut farthest = 1.0f64;
    for step in 0..steps {
        let mut later: Vec<Array2<f64>> =
            stocks.iter().map(|stock| survivors(area, step, stock.slice(s![step, .., ..]))).collect();
        let expected = later.iter().fold(Array2::<f64>::zeros((2, ages)), |sum, part| sum + part);
        for (stock, part) in later.iter_mut().zip(parts) {
            let difference = part.migration_difference[step];
            for ((sex, age), people) in stock.indexed_iter_mut() {
                let all = expected[[sex, age]];
                let share = if all > 0.0 { *people / all } else { 1.0 / parts.len() as f64 };
                let moved = area.net_migration[[step, sex, age]] * share + difference * movers[[sex, age]];
                *people = (*people + moved).max(0.0);
            }
        }
        for sex in Sex::BOTH {
            for age in 0..ages {
                let place = [sex.index(), age];
                let total = area.population[[step + 1, place[0], age]];
                let sum: f64 = later.iter().map(|stock| stock[place]).sum();
                if sum <= 0.0 && total > 0.0 {
                    return Err(LocalProjectionError::Empty { step: step + 1, sex, age, area: total });
                }
                let factor = if sum > 0.0 { total / sum } else { 1.0 };
                if (factor - 1.0).abs() > (farthest - 1.0).abs() {
                    farthest = factor;
                }
                later.iter_mut().for_each(|stock| stock[place] *= factor);
            }
        }
        for (stock, later) in stocks.iter_mut().zip(&later) {
            stock.index_axis_mut(Axis(0), step + 1).assign(later);
        }
    }
    Ok(LocalProjection { stocks, farthest_factor: farthest })
}

fn check(
    area: &CohortProjection,
    parts: &[LocalArea],
    movers: ArrayView2<'_, f64>,
) -> Result<(), LocalProjectionError> {
    let (steps, ages) = (area.steps(), area.population.len_of(Axis(2)));
    let shape = |what, got: &[usize], expected: &[usize]| {
        let error = LocalProjectionError::Shape { what, got: got.to_vec(), expected: expected.to_vec() };
        if got == expected { Ok(()) } else { Err(error) }
    };
    let value = |what, position: &[usize], got: f64, holds: bool, expected| {
        let error = LocalProjectionError::Value { what, position: position.to_vec(), got, expected };
        if got.is_finite() && holds { Ok(()) } else { Err(error) }
    };
    shape("area", area.population.shape(), &[steps + 1, 2, ages])?;
    shape("movers", movers.shape(), &[2, ages])?;
    for ((sex, age), &share) in movers.indexed_iter() {
        value("movers", &[sex, age], share, share >= 0.0, "a share of zero or more")?;
    }
    if (movers.sum() - 1.0).abs() > 1e-6 {
        return Err(LocalProjectionError::Movers { got: movers.sum() });
    }
    for (part, local) in parts.iter().enumerate() {
        shape("base of a part", local.base.shape(), &[2, ages])?;
        let got = local.migration_difference.len();
        if got != steps {
            return Err(LocalProjectionError::Length { part, what: "migration", got, expected: steps });
        }
        for ((sex, age), &people) in local.base.indexed_iter() {
            value("base", &[part, sex, age], people, people >= 0.0, "zero or more persons")?;
        }
        for (step, &moved) in local.migration_difference.iter().enumerate() {
            value("migration_difference", &[part, step], moved, true, "a finite number of persons")?;
        }
    }
    Ok(())
}

/// A part a year later at the rates of the area, before migration, `(2, A)`.
fn survivors(area: &CohortProjection, step: usize, stock: ArrayView2<'_, f64>) -> Array2<f64> {
    let open = stock.ncols() - 1;
    let start = area.population.index_axis(Axis(0), step);
    let deaths = area.deaths.index_axis(Axis(0), step);
    let surviving = |at_risk: f64, died: f64| if at_risk > 0.0 { 1.0 - died / at_risk } else { 1.0 };
    let mut later = Array2::zeros(stock.dim());
    for sex in 0..2 {
        for age in 0..=open {
            let ratio = surviving(start[[sex, age]], deaths[[sex, age + 1]]);
            later[[sex, (age + 1).min(open)]] += stock[[sex, age]] * ratio;
        }
    }
    let (born, years) = (area.births_by_age.row(step), area.woman_years.row(step));
    let births: f64 = (0..=open)
        .filter(|&age| years[age] > 0.0)
        .map(|age| born[age] / years[age] * (stock[[0, age]] + later[[0, age]]) / 2.0)
        .sum();
    let all = area.births.row(step).sum();
    for sex in 0..2 {
        let of_sex = area.births[[step, sex]];
        let share = if all > 0.0 { of_sex / all } else { 0.5 };
        later[[sex, 0]] = births * share * surviving(of_sex, deaths[[sex, 0]]);
    }
    later
}

#[cfg(test)]
mod tests {
    use ndarray::{Array1, arr2};

    use super::super::cohort_component::{Assumptions, MigrationTiming, NegativePopulation, project};
    use super::*;

    fn area() -> CohortProjection {
        let rates = Assumptions::new(
            Array3::from_elem((3, 2, 5), 0.9),
            Array2::from_shape_fn((3, 4), |(_, age)| if age == 2 { 0.3 } else { 0.0 }),
            Array1::from_elem(3, 1.05),
            Array3::from_elem((3, 2, 4), -2.0),
        )
        .unwrap();
        let base = arr2(&[[100.0, 90.0, 80.0, 70.0], [105.0, 95.0, 80.0, 60.0]]);
        project(base.view(), &rates, MigrationTiming::End, NegativePopulation::Refuse).unwrap()
    }

    fn part(area: &CohortProjection, share: f64, difference: f64) -> LocalArea {
        let base = area.population.index_axis(Axis(0), 0).to_owned() * share;
        LocalArea { base, migration_difference: vec![difference; 3] }
    }

    #[test]
    fn parts_add_to_the_area_and_move_by_their_difference() {
        let area = area();
        let movers = Array2::from_elem((2, 4), 1.0 / 8.0);
        let parts = [part(&area, 0.25, 8.0), part(&area, 0.75, -8.0)];
        let local = project_parts(&area, &parts, movers.view()).unwrap();
        let sum = &local.stocks[0] + &local.stocks[1];
        assert!((&sum - &area.population).iter().all(|gap| gap.abs() < 1e-9));
        assert!((local.farthest_factor - 1.0).abs() < 1e-12);
        let proportional = project_parts(&area, &[part(&area, 1.0, 0.0)], movers.view()).unwrap();
        assert!((&proportional.stocks[0] - &area.population).iter().all(|gap| gap.abs() < 1e-9));
        let quarter = area.population.slice(s![1, .., ..]).sum() / 4.0;
        assert!((local.stocks[0].slice(s![1, .., ..]).sum() - quarter - 8.0).abs() < 1e-9);
    }

    #[test]
    fn a_part_that_would_be_emptied_ends_empty_and_the_factor_is_told() {
        let area = area();
        let mut movers = Array2::zeros((2, 4));
        movers[[0, 1]] = 1.0;
        let parts = [part(&area, 0.1, -50.0), part(&area, 0.9, 50.0)];
        let local = project_parts(&area, &parts, movers.view()).unwrap();
        assert!(local.farthest_factor < 1.0 && local.stocks[0][[1, 0, 1]].abs() < 1e-12);
        let sum = &local.stocks[0] + &local.stocks[1];
        assert!((&sum - &area.population).iter().all(|gap| gap.abs() < 1e-9));
    }

    #[test]
    fn parts_that_do_not_add_up_are_refused_with_the_age() {
        let area = area();
        let movers = Array2::from_elem((2, 4), 1.0 / 8.0);
        let error = project_parts(&area, &[part(&area, 0.9, 0.0)], movers.view()).unwrap_err();
        assert!(matches!(error, LocalProjectionError::Sum { age: 0, .. }), "{error}");
    }

    #[test]
    fn hostile_parts_are_named() {
        let (area, movers) = (area(), Array2::from_elem((2, 4), 1.0 / 8.0));
        let said = |parts: &[LocalArea], movers: &Array2<f64>| {
            project_parts(&area, parts, movers.view()).unwrap_err().to_string()
        };
        let whole = part(&area, 1.0, 0.0);
        let with = |change: fn(&mut LocalArea)| {
            let mut changed = whole.clone();
            change(&mut changed);
            [changed]
        };
        assert!(
            said(&with(|p| p.base = Array2::zeros((1, 4))), &movers)
                .starts_with("base of a part has shape [1, 4]")
        );
        assert!(
            said(&with(|p| p.base[[1, 2]] = f64::NAN), &movers)
                .starts_with("base is NaN at position [0, 1, 2]")
        );
        assert!(
            said(&with(|p| p.migration_difference = vec![0.0]), &movers).contains("migration has 1 values")
        );
        assert!(said(&with(|p| p.migration_difference[1] = f64::INFINITY), &movers).contains("[0, 1]"));
        assert!(said(std::slice::from_ref(&whole), &Array2::zeros((2, 3))).starts_with("movers has shape"));
        assert!(said(std::slice::from_ref(&whole), &Array2::zeros((2, 4))).contains("add to 0"));
        assert!(said(&[whole], &Array2::from_elem((2, 4), -0.1)).contains("zero or more"));
        assert!(said(&[], &movers).contains("the parts have 0 persons"));
    }
}
