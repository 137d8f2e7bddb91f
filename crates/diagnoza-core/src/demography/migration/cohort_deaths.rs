//! Deaths by age in calendar years turned into deaths of cohorts, and the residual they give.
//!
//! # Formula
//! Over `n` years and ages `n` years wide a cohort crosses from one age group into the next. In
//! year `k` (0 first) the share `w = (k + 1/2) / n` of an age group's deaths falls on the cohort
//! that has entered the group since the start, `1 - w` on the one that began in it. Of the deaths
//! in the first group the share `infant` happens so soon after birth that all of it falls on those
//! born in the interval; the rest is split like other ages.
//! ```text
//! M(a+1) = P1(a+1) - (P0(a) - D(a))    D deaths of the cohort aged a at the start
//! ```
//!
//! # Reference
//! United Nations (1970), Manual VI, chapter II (vital statistics method); Lexis diagram.

use ndarray::{Array2, ArrayView2, ArrayView3};
use serde::{Deserialize, Serialize};

use super::residual::check_stocks;
use super::{MigrationError, ResidualMigration, check};

/// How the deaths of an age group are split between the two cohorts that cross it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LexisSplit {
    /// Share of the first group's deaths that falls on those born in the interval before the rest
    /// is split evenly: about 0.8 of the deaths under 5, about 0.7 of the deaths under 1.
    pub infant: f64,
}

/// Deaths by cohort from deaths by calendar year and age.
///
/// `deaths (n, 2, A)`: `n` calendar years, females first, ages `n` years wide with the last open.
/// The result `(2, A+1)` has those born in the interval first and then the age at its start; deaths
/// in the open group stand with those who began in it, as the residual joins them with the group below.
///
/// # Errors
/// [`MigrationError`]: shapes, values, an infant share outside 0 to 1.
#[allow(clippy::cast_precision_loss, reason = "a handful of years")]
pub fn cohort_deaths(deaths: ArrayView3<'_, f64>, split: LexisSplit) -> Result<Array2<f64>, MigrationError> {
    let (years, _, ages) = deaths.dim();
    check::shape("deaths", deaths.shape(), &[years.max(1), 2, ages.max(2)])?;
    check::by_axis("deaths", "year", deaths, |count| count >= 0.0, "zero or more deaths")?;
    if !(0.0..=1.0).contains(&split.infant) {
        let expected = "a share between 0 and 1";
        return Err(MigrationError::Parameter { name: "infant", got: split.infant, expected });
    }
    let mut cohorts = Array2::zeros((2, ages + 1));
    for ((year, sex, age), &count) in deaths.indexed_iter() {
        let entered = (year as f64 + 0.5) / years as f64;
        let younger = match age {
            0 => split.infant + (1.0 - split.infant) * entered,
            _ if age == ages - 1 => 0.0,
            _ => entered,
        };
        cohorts[[sex, age]] += count * younger;
        cohorts[[sex, age + 1]] += count * (1.0 - younger);
    }
    Ok(cohorts)
}

/// Net migration between two stocks, deaths given by cohort as [`cohort_deaths`] returns them.
///
/// # Errors
/// [`MigrationError`]: shapes, values; [`MigrationError::TooManyDeaths`] for a cohort of which more died
/// than there were.
pub fn residual_from_deaths(
    start: ArrayView2<'_, f64>,
    end: ArrayView2<'_, f64>,
    births: [f64; 2],
    deaths: ArrayView2<'_, f64>,
) -> Result<ResidualMigration, MigrationError> {
    let ages = check_stocks(start, end, births)?;
    check::shape("deaths", deaths.shape(), &[2, ages + 1])?;
    check::by_sex("deaths", deaths, |count| count >= 0.0, "zero or more deaths")?;
    let open = ages - 1;
    let mut expected = Array2::zeros((2, ages));
    for ((sex, age), stock) in expected.indexed_iter_mut() {
        let mut persons = if age == 0 { births[sex] } else { start[[sex, age - 1]] };
        let mut died = deaths[[sex, age]];
        if age == open {
            persons += start[[sex, open]];
            died += deaths[[sex, ages]];
        }
        if died > persons {
            return Err(MigrationError::TooManyDeaths { sex: check::sex(sex), age, deaths: died, persons });
        }
        *stock = persons - died;
    }
    let net = &end - &expected;
    Ok(ResidualMigration { net, expected, method: "cohort_deaths".to_owned() })
}

#[cfg(test)]
mod tests {
    use ndarray::{Array3, arr2};

    use super::*;

    #[test]
    fn deaths_are_kept_and_split_along_the_diagonal() {
        let deaths = Array3::from_shape_fn((5, 2, 3), |(year, sex, age)| (10 + year + sex * 3 + age) as f64);
        let cohorts = cohort_deaths(deaths.view(), LexisSplit { infant: 0.8 }).unwrap();
        assert!((cohorts.sum() - deaths.sum()).abs() < 1e-9);
        // Girls: deaths under the first age 10..14, infant 0.8, diagonal weights .1 .3 .5 .7 .9.
        let younger: f64 = (0..5).map(|k| f64::from(10 + k) * (0.8 + 0.2 * (f64::from(k) + 0.5) / 5.0)).sum();
        assert!((cohorts[[0, 0]] - younger).abs() < 1e-12);
    }

    #[test]
    fn one_year_splits_triangles_in_half() {
        let deaths = Array3::from_elem((1, 2, 3), 4.0);
        let cohorts = cohort_deaths(deaths.view(), LexisSplit { infant: 0.7 }).unwrap();
        for (got, want) in cohorts.row(0).iter().zip([3.4, 2.6, 2.0, 4.0]) {
            assert!((got - want).abs() < 1e-12, "{cohorts}");
        }
    }

    #[test]
    fn hostile_input_is_named() {
        let deaths = Array3::from_elem((1, 2, 3), f64::NAN);
        assert!(cohort_deaths(deaths.view(), LexisSplit { infant: 0.7 }).is_err());
        assert!(cohort_deaths(Array3::zeros((0, 2, 3)).view(), LexisSplit { infant: 0.7 }).is_err());
        assert!(cohort_deaths(Array3::zeros((1, 2, 3)).view(), LexisSplit { infant: f64::NAN }).is_err());
        let stock = arr2(&[[5.0, 5.0]; 2]);
        let died = arr2(&[[1.0, 6.0, 5.0]; 2]);
        let error = residual_from_deaths(stock.view(), stock.view(), [5.0; 2], died.view()).unwrap_err();
        assert!(error.to_string().starts_with("11 deaths of sex F in a cohort of 10"), "{error}");
    }
}
