//! The structure of the year before: reverse survival, fitted to what was published.

use ndarray::{Array2, ArrayView2};
use serde::{Deserialize, Serialize};

use crate::observation::Sex;

/// A published count of one sex in a range of ages.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublishedGroup {
    /// Sex.
    pub sex: Sex,
    /// First age.
    pub from: usize,
    /// Last age, included.
    pub to: usize,
    /// Persons.
    pub persons: f64,
}

/// Why the structure cannot be estimated.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum ReverseSurvivalError {
    /// An array of another shape.
    #[error("{what} has {rows} rows and {columns} columns: expected {expected}")]
    Shape {
        /// Name of the array.
        what: &'static str,
        /// Rows given.
        rows: usize,
        /// Columns given.
        columns: usize,
        /// What it should have.
        expected: &'static str,
    },
    /// A count of persons that cannot be.
    #[error("{what} of {sex}, age position {age}, is {got}: expected zero or more persons")]
    Persons {
        /// Name of the count.
        what: &'static str,
        /// Sex.
        sex: Sex,
        /// Position of the age; 0 for all ages.
        age: usize,
        /// Value given.
        got: f64,
    },
    /// Survivors but nobody can have survived, or a ratio that is no share.
    #[error("{sex}, age {age}: survival ratio {ratio} cannot be reversed, expected above 0 and at most 1")]
    Ratio {
        /// Sex.
        sex: Sex,
        /// Age at the start of the year.
        age: usize,
        /// The ratio.
        ratio: f64,
    },
    /// Published groups overlap, reach past the open age, or exceed the published total.
    #[error("{sex}, ages {from}-{to}: {persons} persons published, {reason}")]
    Group {
        /// Sex.
        sex: Sex,
        /// First age.
        from: usize,
        /// Last age.
        to: usize,
        /// Persons published.
        persons: f64,
        /// What does not fit.
        reason: &'static str,
    },
}

/// Below it a ratio is no survival of a year, and what it divides has no bound.
const LEAST_RATIO: f64 = 1e-6;

/// Estimates the stock of 31 XII of a year by sex and single age from the stock one year later.
///
/// # Method (`reverse_survival_fitted`)
/// 1. `P(a) = P'(a+1) / S(a)`; the open group is split like the stock of the later year.
/// 2. Ages of a published group are scaled to it.
/// 3. All other ages of the sex are scaled together to the published total of the sex less the groups.
///
/// Migration of the year enters only through the scaling. `later (2, A)`, `survival (2, A+1)` birth
/// first, `totals` females and males. The result, `(2, A)`, adds to the groups and totals exactly
/// and is an estimate: label it so.
///
/// # Errors
/// [`ReverseSurvivalError`] names sex and ages.
pub fn structure_one_year_before(
    later: ArrayView2<'_, f64>,
    survival: ArrayView2<'_, f64>,
    groups: &[PublishedGroup],
    totals: [f64; 2],
) -> Result<Array2<f64>, ReverseSurvivalError> {
    check(later, survival, groups, totals)?;
    let open = later.ncols() - 1;
    let mut stock = Array2::zeros(later.dim());
    for sex in Sex::BOTH {
        let i = sex.index();
        let possible = |age: &usize| (LEAST_RATIO..=1.0).contains(&survival[[i, age + 1]]);
        if let Some(age) = (0..=open).find(|age| !possible(age)) {
            return Err(ReverseSurvivalError::Ratio { sex, age, ratio: survival[[i, age + 1]] });
        }
        for age in 0..open - 1 {
            stock[[i, age]] = later[[i, age + 1]] / survival[[i, age + 1]];
        }
        let old = later[[i, open - 1]] + later[[i, open]];
        let share = if old > 0.0 { later[[i, open - 1]] / old } else { 0.0 };
        let before =
            later[[i, open]] / (share * survival[[i, open]] + (1.0 - share) * survival[[i, open + 1]]);
        stock[[i, open - 1]] = share * before;
        stock[[i, open]] = (1.0 - share) * before;
        fit(&mut stock, sex, groups, totals[i])?;
    }
    Ok(stock)
}

fn check(
    later: ArrayView2<'_, f64>,
    survival: ArrayView2<'_, f64>,
    groups: &[PublishedGroup],
    totals: [f64; 2],
) -> Result<(), ReverseSurvivalError> {
    let shape = |what, array: ArrayView2<'_, f64>, expected| ReverseSurvivalError::Shape {
        what,
        rows: array.nrows(),
        columns: array.ncols(),
        expected,
    };
    if later.nrows() != 2 || later.ncols() < 2 {
        return Err(shape("later", later, "2 sexes and two ages or more"));
    }
    if survival.dim() != (2, later.ncols() + 1) {
        return Err(shape(
            "survival",
            survival,
            "2 sexes, and one column more than there are ages, birth first",
        ));
    }
    let stocks = later.indexed_iter().map(|((sex, age), &got)| ("later", Sex::BOTH[sex], age, got));
    let of_sexes = Sex::BOTH.into_iter().zip(totals).map(|(sex, got)| ("total", sex, 0, got));
    let published = groups.iter().map(|group| ("group", group.sex, group.from, group.persons));
    match stocks.chain(of_sexes).chain(published).find(|(.., got)| !(got.is_finite() && *got >= 0.0)) {
        Some((what, sex, age, got)) => Err(ReverseSurvivalError::Persons { what, sex, age, got }),
        None => Ok(()),
    }
}

/// Scales one sex to its published groups and the remaining ages to the rest of its total.
fn fit(
    stock: &mut Array2<f64>,
    sex: Sex,
    groups: &[PublishedGroup],
    total: f64,
) -> Result<(), ReverseSurvivalError> {
    let mut row = stock.row_mut(sex.index());
    let mut free: Vec<usize> = (0..row.len()).collect();
    let mut rest = total;
    for group in groups.iter().filter(|group| group.sex == sex) {
        let &PublishedGroup { from, to, persons, .. } = group;
        let error = |reason| ReverseSurvivalError::Group { sex, from, to, persons, reason };
        if from > to || to >= row.len() {
            return Err(error("but the ages overlap another group or pass the open age"));
        }
        let wanted = from..=to;
        let before = free.len();
        free.retain(|age| !wanted.contains(age));
        if before - free.len() != wanted.clone().count() {
            return Err(error("but the ages overlap another group or pass the open age"));
        }
        scale(&mut row, wanted, persons).ok_or(error("but nobody survived to scale"))?;
        rest -= persons;
    }
    let (from, to) = (free.first().copied().unwrap_or(0), free.last().copied().unwrap_or(0));
    let error = |reason| ReverseSurvivalError::Group { sex, from, to, persons: rest, reason };
    if rest < 0.0 {
        return Err(error("less than nothing is left of the total of the sex"));
    }
    scale(&mut row, free.into_iter(), rest).ok_or(error("but nobody survived to scale"))
}

/// Scales the given ages to a sum; `None` when there is nothing to scale.
fn scale(
    row: &mut ndarray::ArrayViewMut1<'_, f64>,
    ages: impl Iterator<Item = usize> + Clone,
    persons: f64,
) -> Option<()> {
    let sum: f64 = ages.clone().map(|age| row[age]).sum();
    if sum <= 0.0 && persons > 0.0 {
        return None;
    }
    let factor = if sum > 0.0 { persons / sum } else { 0.0 };
    ages.for_each(|age| row[age] *= factor);
    Some(())
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn without_migration_the_year_before_comes_back() {
        let before = array![[100.0, 90.0, 40.0, 20.0], [110.0, 95.0, 30.0, 10.0]];
        let survival = array![[0.99, 0.98, 0.9, 0.8, 0.5], [0.98, 0.97, 0.8, 0.6, 0.3]];
        let mut later = Array2::zeros((2, 4));
        for i in 0..2 {
            later[[i, 1]] = before[[i, 0]] * survival[[i, 1]];
            later[[i, 2]] = before[[i, 1]] * survival[[i, 2]];
            later[[i, 3]] = before[[i, 2]] * survival[[i, 3]] + before[[i, 3]] * survival[[i, 4]];
        }
        let groups = [PublishedGroup { sex: Sex::Female, from: 0, to: 1, persons: 190.0 }];
        let found =
            structure_one_year_before(later.view(), survival.view(), &groups, [250.0, 245.0]).unwrap();
        // The group comes back exactly; elsewhere the split of the open group is an approximation.
        assert!((found[[0, 0]] - 100.0).abs() < 1e-9 && (found[[0, 1]] - 90.0).abs() < 1e-9, "{found}");
        assert!((found[[1, 1]] / found[[1, 0]] - 95.0 / 110.0).abs() < 1e-9, "{found}");
        assert!((found.row(0).sum() - 250.0).abs() < 1e-9 && (found.row(1).sum() - 245.0).abs() < 1e-9);
    }

    #[test]
    fn groups_that_do_not_fit_are_refused() {
        let later = Array2::from_elem((2, 4), 10.0);
        let survival = Array2::from_elem((2, 5), 0.9);
        let group = |from, to, persons| PublishedGroup { sex: Sex::Male, from, to, persons };
        let run = |groups: &[PublishedGroup]| {
            structure_one_year_before(later.view(), survival.view(), groups, [40.0, 40.0])
                .unwrap_err()
                .to_string()
        };
        assert!(run(&[group(0, 1, 20.0), group(1, 2, 20.0)]).contains("overlap"));
        assert!(run(&[group(2, 7, 20.0)]).contains("open age"));
        assert!(run(&[group(0, 1, 50.0)]).contains("less than nothing"));
        assert!(run(&[group(2, 1, 0.0)]).contains("overlap"));
        assert!(run(&[group(0, usize::MAX, 1.0)]).contains("open age"));
        assert!(run(&[group(0, 1, f64::NAN)]).starts_with("group of M"));
    }

    #[test]
    fn hostile_input_is_named() {
        let later = Array2::from_elem((2, 4), 10.0);
        let survival = Array2::from_elem((2, 5), 0.9);
        let run = |later: &Array2<f64>, survival: &Array2<f64>, totals| {
            structure_one_year_before(later.view(), survival.view(), &[], totals).unwrap_err().to_string()
        };
        let both = [40.0; 2];
        assert!(run(&Array2::zeros((2, 0)), &survival, both).starts_with("later has 2 rows and 0 columns"));
        assert!(run(&later, &later, both).starts_with("survival has 2 rows and 4 columns"));
        assert!(run(&later, &survival, [40.0, f64::INFINITY]).starts_with("total of M"));
        assert!(run(&(-&later), &survival, both).starts_with("later of F, age position 0, is -10"));
        for ratio in [0.0, 1e-300, 1.5, f64::NAN] {
            let mut wrong = survival.clone();
            wrong[[1, 2]] = ratio;
            assert!(run(&later, &wrong, both).starts_with("M, age 1: survival ratio"), "{ratio}");
        }
    }
}
