//! Net migration as the residual of two stocks: what births, survival and ageing do not explain.
//!
//! # Formula
//! `P0`, `P1` stocks at the start and end, `S` survival ratios of the interval, `B` births in it;
//! ages are groups as wide as the interval (one year, five years).
//! ```text
//! E(0) = B S(birth)    E(a+1) = P0(a) S(a)    E(open) = P0(A-2) S(A-2) + P0(A-1) S(A-1)
//! forward   M' = P1 - E               migrants counted where they are at the end
//! reverse   M" = P1 / S - P0          the same people, as if all had moved at the start
//! average   (M' + M") / 2
//! even      M(a+1) = 2 (P1(a+1) - E(a+1)) - M(a) S(a)    half at the start, half at the end
//! ```
//! `forward` inverts a cohort-component step with migrants at the end, `even` one with
//! [`MigrationTiming::Even`](crate::demography::cohort_component::MigrationTiming). Errors of the stocks
//! go into the result; in `even` they alternate from age to age.
//!
//! # Reference
//! United Nations (1970), *Methods of Measuring Internal Migration* (Manual VI), chapter II;
//! Siegel & Hamilton (1952), *Some considerations in the use of the residual method*.

use ndarray::{Array2, ArrayView2};
use serde::{Deserialize, Serialize};

use super::{MigrationError, check};

/// Which migrants the residual counts; see the module for formulas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResidualMethod {
    /// Survivors among the migrants, at the end of the interval.
    #[default]
    Forward,
    /// The migrants as if all had moved at the start.
    Reverse,
    /// The mean of both.
    Average,
    /// Half at the start and half at the end, as the United Nations' projections take it.
    Even,
}

impl ResidualMethod {
    /// The word in results.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Forward => "forward",
            Self::Reverse => "reverse",
            Self::Average => "average",
            Self::Even => "even",
        }
    }
}

/// Net migration by sex and age at the end of the interval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResidualMigration {
    /// Net migrants, `(2, A)`.
    pub net: Array2<f64>,
    /// Stock at the end if nobody had moved, `(2, A)`.
    pub expected: Array2<f64>,
    /// Name of the method: `forward`, `reverse`, `average`, `even` or `cohort_deaths`.
    pub method: String,
}

/// Net migration between two stocks, deaths given by survival ratios.
///
/// Shapes: `start`, `end` `(2, A)` with ages as wide as the interval and the last open; `survival (2, A+1)`
/// birth first, then by age at the start; `births` girls and boys of the interval.
///
/// ```
/// use diagnoza_core::demography::migration::{ResidualMethod, residual_migration};
/// use ndarray::arr2;
/// let start = arr2(&[[10.0, 20.0, 30.0], [10.0, 20.0, 30.0]]);
/// let end = arr2(&[[8.0, 9.0, 40.0], [8.0, 12.0, 41.0]]);
/// let survival = arr2(&[[1.0, 1.0, 0.9, 0.8], [1.0, 1.0, 0.9, 0.8]]);
/// let found = residual_migration(start.view(), end.view(), survival.view(), [8.0, 8.0], ResidualMethod::Forward)?;
/// assert_eq!(found.net.row(0).to_vec(), [0.0, -1.0, -2.0]); // 9 - 10; 40 - 18 - 24
/// # Ok::<(), diagnoza_core::demography::migration::MigrationError>(())
/// ```
///
/// # Errors
/// [`MigrationError`]: shapes, values; [`MigrationError::NoSurvivors`] where `reverse` and
/// `average` would divide by zero.
#[doc(alias = "saldo migracji")]
pub fn residual_migration(
    start: ArrayView2<'_, f64>,
    end: ArrayView2<'_, f64>,
    survival: ArrayView2<'_, f64>,
    births: [f64; 2],
    method: ResidualMethod,
) -> Result<ResidualMigration, MigrationError> {
    let ages = check_stocks(start, end, births)?;
    check::shape("survival", survival.shape(), &[2, ages + 1])?;
    check::by_sex("survival", survival, |s| (0.0..=1.0).contains(&s), "a share between 0 and 1")?;
    let open = ages - 1;
    let mut expected = Array2::zeros((2, ages));
    let mut net = Array2::zeros((2, ages));
    for sex in 0..2 {
        expected[[sex, 0]] = births[sex] * survival[[sex, 0]];
        for age in 1..ages {
            expected[[sex, age]] = start[[sex, age - 1]] * survival[[sex, age]];
        }
        expected[[sex, open]] += start[[sex, open]] * survival[[sex, ages]];
        for age in 0..ages {
            let forward = end[[sex, age]] - expected[[sex, age]];
            let at_risk = match age {
                0 => births[sex],
                _ if age == open => start[[sex, open - 1]] + start[[sex, open]],
                _ => start[[sex, age - 1]],
            };
            let survived = if age == open && at_risk > 0.0 {
                expected[[sex, open]] / at_risk
            } else if age == open {
                survival[[sex, ages]]
            } else {
                survival[[sex, age]]
            };
            net[[sex, age]] = match method {
                ResidualMethod::Forward => forward,
                ResidualMethod::Even => {
                    let before = if age == 0 { 0.0 } else { net[[sex, age - 1]] * survival[[sex, age]] };
                    let stayed = if age == open { 1.0 + survival[[sex, ages]] } else { 1.0 };
                    (2.0 * forward - before) / stayed
                }
                ResidualMethod::Reverse | ResidualMethod::Average => {
                    // P1 / S - P0 = (P1 - S P0) / S.
                    let reverse = forward / survived;
                    if !reverse.is_finite() {
                        return Err(MigrationError::NoSurvivors {
                            sex: check::sex(sex),
                            age,
                            method: method.word(),
                        });
                    }
                    if method == ResidualMethod::Reverse { reverse } else { f64::midpoint(forward, reverse) }
                }
            };
        }
    }
    Ok(ResidualMigration { net, expected, method: method.word().to_owned() })
}

/// Net migration of an area from its balance: `P1 - P0 - births + deaths`, persons.
///
/// Statistical adjustments of the stocks (a census, a change of borders) count as migration.
///
/// # Errors
/// [`MigrationError::Parameter`] for a count below zero or not finite.
pub fn net_of_balance(start: f64, end: f64, births: f64, deaths: f64) -> Result<f64, MigrationError> {
    for (name, got) in [("start", start), ("end", end), ("births", births), ("deaths", deaths)] {
        if !(got.is_finite() && got >= 0.0) {
            return Err(MigrationError::Parameter { name, got, expected: "zero or more persons" });
        }
    }
    let net = end - start - births + deaths;
    check::sum("net migration", net)?;
    Ok(net)
}

/// Checks stocks and births; the number of ages.
pub(super) fn check_stocks(
    start: ArrayView2<'_, f64>,
    end: ArrayView2<'_, f64>,
    births: [f64; 2],
) -> Result<usize, MigrationError> {
    let ages = start.ncols();
    check::shape("start", start.shape(), &[2, ages.max(2)])?;
    check::shape("end", end.shape(), start.shape())?;
    check::by_sex("start", start, |count| count >= 0.0, "zero or more persons")?;
    check::by_sex("end", end, |count| count >= 0.0, "zero or more persons")?;
    let born = ArrayView2::from(std::slice::from_ref(&births)).reversed_axes();
    check::by_sex("births", born, |count| count >= 0.0, "zero or more births")?;
    Ok(ages)
}

#[cfg(test)]
mod tests {
    use ndarray::{Array1, Array3, Axis, arr2, s};
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::demography::cohort_component::{Assumptions, MigrationTiming, NegativePopulation, project};

    const AGES: usize = 5;

    proptest! {
        #[test]
        fn the_residual_inverts_the_cohort_component_step(
            base in vec(50.0..500.0_f64, 2 * AGES),
            survival in vec(0.3..1.0_f64, 2 * (AGES + 1)),
            moves in vec(-5.0..20.0_f64, 2 * AGES),
            fertility in vec(0.0..0.4_f64, AGES),
        ) {
            let base = Array2::from_shape_vec((2, AGES), base).unwrap();
            let survival = Array3::from_shape_vec((1, 2, AGES + 1), survival).unwrap();
            let moves = Array3::from_shape_vec((1, 2, AGES), moves).unwrap();
            let asfr = Array2::from_shape_vec((1, AGES), fertility).unwrap();
            let rates = Assumptions::new(survival.clone(), asfr, Array1::from_elem(1, 1.06), moves.clone()).unwrap();
            for (timing, method) in
                [(MigrationTiming::End, ResidualMethod::Forward), (MigrationTiming::Even, ResidualMethod::Even)]
            {
                // Sparse births and heavy outflow can empty an age; such runs are refused upstream.
                let Ok(run) = project(base.view(), &rates, timing, NegativePopulation::Refuse) else { continue };
                let births = [run.births[[0, 0]], run.births[[0, 1]]];
                let end = run.population.index_axis(Axis(0), 1);
                let ratios = survival.index_axis(Axis(0), 0);
                let found = residual_migration(base.view(), end, ratios, births, method).unwrap();
                for (got, want) in found.net.iter().zip(moves.slice(s![0, .., ..])) {
                    prop_assert!((got - want).abs() < 1e-9, "{timing:?}: {got} {want}");
                }
            }
        }
    }

    #[test]
    fn reverse_and_average_follow_manual_vi() {
        let start = arr2(&[[100.0, 100.0, 50.0]; 2]);
        let end = arr2(&[[95.0, 85.0, 100.0]; 2]);
        let survival = arr2(&[[0.95, 0.9, 0.8, 0.4]; 2]);
        let net = |method| {
            residual_migration(start.view(), end.view(), survival.view(), [100.0; 2], method).unwrap().net
        };
        let (forward, reverse) = (net(ResidualMethod::Forward), net(ResidualMethod::Reverse));
        // 85 - 90 = -5 and 85 / 0.9 - 100; open group: expected 100 * 0.8 + 50 * 0.4 = 100.
        assert!((forward[[0, 1]] + 5.0).abs() < 1e-12);
        assert!((reverse[[0, 1]] - (85.0 / 0.9 - 100.0)).abs() < 1e-12);
        assert!(forward[[1, 2]].abs() < 1e-12 && reverse[[1, 2]].abs() < 1e-12);
        let average = net(ResidualMethod::Average);
        assert!((average[[0, 1]] - f64::midpoint(forward[[0, 1]], reverse[[0, 1]])).abs() < 1e-12);
    }

    #[test]
    fn hostile_input_is_named() {
        let start = arr2(&[[1.0, 1.0]; 2]);
        let survival = arr2(&[[1.0, 0.0, 0.0]; 2]);
        let found = |end: Array2<f64>, births, method| {
            residual_migration(start.view(), end.view(), survival.view(), births, method)
                .unwrap_err()
                .to_string()
        };
        let same = start.clone();
        assert!(
            found(same.clone(), [1.0; 2], ResidualMethod::Reverse)
                .starts_with("nobody of sex F survives into age position 1")
        );
        assert!(
            found(arr2(&[[1.0]; 2]), [1.0; 2], ResidualMethod::Forward).starts_with("end has shape [2, 1]")
        );
        assert_eq!(
            found(same, [1.0, f64::NAN], ResidualMethod::Forward),
            "births is NaN at row 1, sex M, age position 0: expected zero or more births"
        );
        let one = arr2(&[[1.0]; 2]);
        assert!(
            residual_migration(one.view(), one.view(), start.view(), [0.0; 2], ResidualMethod::Forward)
                .is_err()
        );
        assert!(net_of_balance(1.0, f64::INFINITY, 0.0, 0.0).is_err());
    }
}
