//! The cohort-component step for one area, two sexes, single years of age.
//!
//! # Formula
//! With `P` the stock at the start of the year, `S` survival ratios, `M` net
//! migrants, `f` age-specific fertility rates and `r` the sex ratio at birth:
//!
//! ```text
//! end :  P'(a+1) = P(a) S(a) + M(a+1)                      open:  P(A-2) S(A-2) + P(A-1) S(A-1) + M(A-1)
//! even:  P'(a+1) = (P(a) + M(a)/2) S(a) + M(a+1)/2         half the migrants live through the year
//! births = sum_a f(a) (F(a) + F'(a)) / 2                   F, F' women at the start and end of the year,
//!                                                          before `end` migrants, after both halves of `even`
//! boys = births r / (1 + r)        P'(0) = births S(birth) + M(0)  (`even`: M(0)/2)
//! ```
//!
//! # Shapes
//! `A` ages 0, 1, ..., open; `T` years. Population `(T+1, 2, A)`, survival and deaths
//! `(T, 2, A+1)` with birth first and then age at the start of the year, fertility `(T, A)`,
//! net migration `(T, 2, A)` by age at the end of the year. Females are row 0.
//!
//! # Reference
//! Preston, Heuveline, Guillot (2001), *Demography*, chapter 6; timings as in the
//! United Nations' World Population Prospects.

use ndarray::{Array1, Array2, Array3, ArrayView1, ArrayView2, ArrayViewMut1, Axis, azip, s};
use serde::{Deserialize, Serialize};

use crate::observation::Sex;

mod assumptions;
mod error;

pub use assumptions::Assumptions;
pub use error::CohortComponentError;
use error::{bad_value, expect_shape};

/// When in the year migrants arrive and leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MigrationTiming {
    /// All at the end of the year: no effect on the year's births and deaths.
    #[default]
    End,
    /// Evenly: half at the start, half at the end (United Nations).
    Even,
}

/// What to do when migration would leave fewer than nobody at an age.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NegativePopulation {
    /// Refuse, naming the cell.
    #[default]
    Refuse,
    /// Let the age end at zero and take the uncovered emigrants from the other
    /// ages of the same sex in proportion to the people there: the year's net
    /// migration of the sex is kept, every change is listed. Timing `end` only.
    Spread,
}

/// A change made to net migration so that no age falls below zero.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Adjustment {
    /// Step, 0 for the first year after the jump-off.
    pub step: usize,
    /// Sex.
    pub sex: Sex,
    /// First age of the group at the end of the year.
    pub age: usize,
    /// Persons added to net migration of this age and taken from other ages of the sex.
    pub persons: f64,
}

/// Stocks and flows of one projected area; see the module for shapes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CohortProjection {
    /// Stocks at the jump-off and after every step, `(T+1, 2, A)`.
    pub population: Array3<f64>,
    /// Births by sex, `(T, 2)`.
    pub births: Array2<f64>,
    /// Births by age of mother, `(T, A)`.
    pub births_by_age: Array2<f64>,
    /// Woman-years the fertility rates were applied to, `(T, A)`.
    pub woman_years: Array2<f64>,
    /// Deaths, `(T, 2, A+1)`: of those born in the year, then by age at its start.
    pub deaths: Array3<f64>,
    /// Net migration by age at the end of the year, `(T, 2, A)`.
    pub net_migration: Array3<f64>,
    /// When migrants were counted.
    pub timing: MigrationTiming,
    /// Where net migration was changed to keep stocks from falling below zero.
    pub adjustments: Vec<Adjustment>,
}

/// Projects one area from `base (2, A)` over every year of the assumptions.
///
/// ```
/// use diagnoza_core::demography::cohort_component::{Assumptions, MigrationTiming, NegativePopulation, project};
/// use ndarray::{arr1, arr2, arr3};
/// // Three ages 0, 1, 2+, one year: nobody dies, one woman of age 1 in two gives birth.
/// let rates = Assumptions::new(
///     arr3(&[[[1.0; 4]; 2]]),
///     arr2(&[[0.0, 0.5, 0.0]]),
///     arr1(&[1.0]),
///     arr3(&[[[0.0; 3]; 2]]),
/// )?;
/// let base = arr2(&[[10.0, 20.0, 30.0], [10.0, 20.0, 30.0]]);
/// let run = project(base.view(), &rates, MigrationTiming::End, NegativePopulation::Refuse)?;
/// assert_eq!(run.births.sum(), 7.5); // 0.5 x (20 + 10) / 2
/// assert_eq!(run.population[[1, 0, 2]], 50.0);
/// # Ok::<(), diagnoza_core::demography::cohort_component::CohortComponentError>(())
/// ```
///
/// # Errors
/// [`CohortComponentError`]: shapes, values, stocks below zero, or an unbalanced result.
pub fn project(
    base: ArrayView2<'_, f64>,
    assumptions: &Assumptions,
    timing: MigrationTiming,
    negative: NegativePopulation,
) -> Result<CohortProjection, CohortComponentError> {
    let (steps, ages) = (assumptions.steps(), assumptions.ages());
    expect_shape("base", base.shape(), &[2, ages])?;
    if ages < 2 {
        return Err(CohortComponentError::Shape { what: "base", got: vec![2, ages], expected: vec![2, 2] });
    }
    for ((sex, position), &got) in base.indexed_iter() {
        if !(got.is_finite() && got >= 0.0) {
            return Err(bad_value("base", got, (0, Some(sex), position), "zero or more persons"));
        }
    }
    let mut run = CohortProjection {
        population: Array3::zeros((steps + 1, 2, ages)),
        births: Array2::zeros((steps, 2)),
        births_by_age: Array2::zeros((steps, ages)),
        woman_years: Array2::zeros((steps, ages)),
        deaths: Array3::zeros((steps, 2, ages + 1)),
        net_migration: assumptions.net_migration.clone(),
        timing,
        adjustments: Vec::new(),
    };
    run.population.index_axis_mut(Axis(0), 0).assign(&base);
    let mut exposed = Array2::zeros((2, ages));
    for step in 0..steps {
        run.advance(assumptions, step, negative, &mut exposed)?;
    }
    run.check_balance()?;
    Ok(run)
}

impl CohortProjection {
    /// One year: ages and survives every cohort, adds migrants and births.
    ///
    /// `exposed (2, A)` is room for the stock at risk of dying, so that no year allocates.
    fn advance(
        &mut self,
        assumptions: &Assumptions,
        step: usize,
        negative: NegativePopulation,
        exposed: &mut Array2<f64>,
    ) -> Result<(), CohortComponentError> {
        let ages = assumptions.ages();
        let half = match self.timing {
            MigrationTiming::End => 0.0,
            MigrationTiming::Even => 0.5,
        };
        let (past, mut future) = self.population.view_mut().split_at(Axis(0), step + 1);
        let start = past.index_axis(Axis(0), step);
        let mut end = future.index_axis_mut(Axis(0), 0);
        let survival = assumptions.survival.index_axis(Axis(0), step);
        let mut migrants = self.net_migration.index_axis_mut(Axis(0), step);
        let mut deaths = self.deaths.index_axis_mut(Axis(0), step);

        for sex in 0..2 {
            let (survival, migrants) = (survival.row(sex), migrants.row(sex));
            let (mut exposed, mut end) = (exposed.row_mut(sex), end.row_mut(sex));
            azip!((at_risk in &mut exposed, &people in start.row(sex), &net in migrants) {
                *at_risk = people + half * net;
            });
            let ratios = survival.slice(s![1..]);
            azip!((died in deaths.row_mut(sex).slice_mut(s![1..]), &at_risk in &exposed, &ratio in ratios) {
                *died = at_risk * (1.0 - ratio);
            });
            let younger = s![..ages - 1];
            azip!((people in end.slice_mut(s![1..]), &at_risk in exposed.slice(younger),
                   &ratio in ratios.slice(younger), &net in migrants.slice(s![1..])) {
                *people = at_risk * ratio + half * net;
            });
            end[ages - 1] += exposed[ages - 1] * survival[ages];
        }

        azip!((years in self.woman_years.row_mut(step), &before in exposed.row(0), &after in end.row(0)) {
            *years = (before + after) / 2.0;
        });
        azip!((born in self.births_by_age.row_mut(step), &rate in assumptions.asfr.row(step),
               &years in self.woman_years.row(step)) {
            *born = rate * years;
        });
        let births = self.births_by_age.row(step).sum();
        let boys_per_girl = assumptions.srb[step];
        let girls = births / (1.0 + boys_per_girl);
        for (sex, born) in [girls, births - girls].into_iter().enumerate() {
            self.births[[step, sex]] = born;
            let survivors = born * survival[[sex, 0]];
            deaths[[sex, 0]] = born - survivors;
            end[[sex, 0]] = survivors + half * migrants[[sex, 0]];
        }

        for sex in Sex::BOTH {
            let mut stock = end.row_mut(sex.index());
            let mut migrants = migrants.row_mut(sex.index());
            if self.timing == MigrationTiming::End {
                if negative == NegativePopulation::Spread
                    && !spread_uncovered(stock.view(), &mut migrants, step, sex, &mut self.adjustments)
                {
                    return Err(CohortComponentError::Emptied { step, sex });
                }
                stock += &migrants;
            }
            // Looks at every age without branching: nearly always none is negative.
            if stock.fold(false, |any, &people| any | (people < 0.0))
                && let Some((age, &got)) = stock.indexed_iter().find(|&(_, &people)| people < 0.0)
            {
                return Err(CohortComponentError::NegativePopulation { step, sex, age, got });
            }
        }
        Ok(())
    }

    /// Refuses a result whose stocks and flows differ by more than 1e-9 of the stock.
    ///
    /// # Errors
    /// [`CohortComponentError::Unbalanced`] names the step and sex.
    pub fn check_balance(&self) -> Result<(), CohortComponentError> {
        let stocks = self.population.sum_axis(Axis(2));
        let deaths = self.deaths.sum_axis(Axis(2));
        let net_migration = self.net_migration.sum_axis(Axis(2));
        for step in 0..self.births.nrows() {
            for sex in Sex::BOTH {
                let i = sex.index();
                let (before, after) = (stocks[[step, i]], stocks[[step + 1, i]]);
                let flows = self.births[[step, i]] - deaths[[step, i]] + net_migration[[step, i]];
                let difference = after - before - flows;
                let balanced = difference.abs() <= 1e-9 * before.max(1.0);
                if !balanced {
                    return Err(CohortComponentError::Unbalanced { step, sex, difference });
                }
            }
        }
        Ok(())
    }

    /// Number of projected years.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.births.nrows()
    }

    /// The sum of several areas: stocks and flows add, rates follow from them.
    ///
    /// # Errors
    /// [`CohortComponentError::Shape`] when the areas differ in ages or years; the sum of no
    /// area has shape `[]`.
    pub fn sum(areas: &[&Self]) -> Result<Self, CohortComponentError> {
        let Some((first, rest)) = areas.split_first() else {
            return Err(CohortComponentError::Shape { what: "areas", got: vec![0], expected: vec![1] });
        };
        let mut total = (*first).clone();
        total.adjustments.clear();
        for area in rest {
            expect_shape("population", area.population.shape(), total.population.shape())?;
            total.population += &area.population;
            total.births += &area.births;
            total.births_by_age += &area.births_by_age;
            total.woman_years += &area.woman_years;
            total.deaths += &area.deaths;
            total.net_migration += &area.net_migration;
        }
        total.adjustments = areas.iter().flat_map(|area| area.adjustments.iter().copied()).collect();
        Ok(total)
    }

    /// Survival ratios that the deaths imply, `(A+1)` for one step and sex; an
    /// age at which nobody was at risk has none.
    #[must_use]
    pub fn implied_survival(&self, step: usize, sex: Sex) -> Option<Array1<f64>> {
        let half = match self.timing {
            MigrationTiming::End => 0.0,
            MigrationTiming::Even => 0.5,
        };
        let i = sex.index();
        let start = self.population.slice(s![step, i, ..]);
        let migrants = self.net_migration.slice(s![step, i, ..]);
        let deaths = self.deaths.slice(s![step, i, ..]);
        let at_risk = std::iter::once(self.births[[step, i]])
            .chain(start.iter().zip(migrants).map(|(people, net)| people + half * net));
        let ratios: Option<Vec<f64>> =
            at_risk.zip(deaths).map(|(people, died)| (people > 0.0).then(|| 1.0 - died / people)).collect();
        ratios.map(Array1::from)
    }

    /// Life expectancy at birth that the deaths of one step imply, in years.
    #[must_use]
    #[doc(alias = "dalsze trwanie życia")]
    pub fn life_expectancy(&self, step: usize, sex: Sex) -> Option<f64> {
        super::survival::life_expectancy(self.implied_survival(step, sex)?.view())
    }

    /// Total fertility rate of one step: births by age of mother over woman-years, summed.
    #[must_use]
    pub fn total_fertility(&self, step: usize) -> f64 {
        let births = self.births_by_age.row(step);
        let years = self.woman_years.row(step);
        births.iter().zip(years).filter(|&(_, &years)| years > 0.0).map(|(born, years)| born / years).sum()
    }
}

/// Moves the part of an outflow that exceeds the people of an age to the other ages; `false` when
/// all of them together are too few.
fn spread_uncovered(
    stock: ArrayView1<'_, f64>,
    migrants: &mut ArrayViewMut1<'_, f64>,
    step: usize,
    sex: Sex,
    adjustments: &mut Vec<Adjustment>,
) -> bool {
    let left = &stock + &*migrants;
    let uncovered: f64 = left.iter().filter(|&&people| people < 0.0).map(|people| -people).sum();
    let covering: f64 = left.iter().filter(|&&people| people > 0.0).sum();
    if uncovered <= 0.0 {
        return true;
    }
    if covering < uncovered {
        return false;
    }
    for (age, &people) in left.indexed_iter() {
        if people < 0.0 {
            migrants[age] = -stock[age];
            adjustments.push(Adjustment { step, sex, age, persons: -people });
        } else {
            migrants[age] -= people * (uncovered / covering);
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(ages: usize, survival: f64, migrants: f64) -> Assumptions {
        Assumptions::new(
            Array3::from_elem((2, 2, ages + 1), survival),
            Array2::from_shape_fn((2, ages), |(_, age)| if age == 2 { 0.4 } else { 0.0 }),
            Array1::from_elem(2, 1.05),
            Array3::from_elem((2, 2, ages), migrants),
        )
        .unwrap()
    }

    #[test]
    fn even_timing_lets_half_of_the_migrants_live_through_the_year() {
        let base = Array2::from_elem((2, 4), 100.0);
        let run =
            project(base.view(), &flat(4, 0.9, 10.0), MigrationTiming::Even, NegativePopulation::Refuse)
                .unwrap();
        assert!((run.population[[1, 0, 1]] - (105.0 * 0.9 + 5.0)).abs() < 1e-12);
        assert!((run.population[[1, 1, 3]] - (105.0 * 0.9 * 2.0 + 5.0)).abs() < 1e-12);
    }

    #[test]
    fn an_outflow_above_the_stock_is_refused_with_its_place() {
        let base = Array2::from_elem((2, 4), 100.0);
        let error =
            project(base.view(), &flat(4, 0.9, -95.0), MigrationTiming::End, NegativePopulation::Refuse)
                .unwrap_err();
        assert!(
            matches!(
                error,
                CohortComponentError::NegativePopulation { step: 0, sex: Sex::Female, age: 0, .. }
            ),
            "{error}"
        );
    }

    #[test]
    fn spreading_keeps_the_net_migration_of_the_sex_and_lists_the_change() {
        let mut rates = flat(4, 0.9, 0.0);
        rates.net_migration[[0, 0, 2]] = -120.0; // 90 survivors are there
        let base = Array2::from_elem((2, 4), 100.0);
        let run = project(base.view(), &rates, MigrationTiming::End, NegativePopulation::Spread).unwrap();
        assert!(run.population[[1, 0, 2]].abs() < 1e-12);
        assert!((run.net_migration.slice(s![0, 0, ..]).sum() + 120.0).abs() < 1e-9);
        assert_eq!(run.adjustments.len(), 1);
        assert!((run.adjustments[0].persons - 30.0).abs() < 1e-9);
    }

    #[test]
    fn spreading_more_than_there_are_people_is_refused() {
        let base = Array2::from_elem((2, 4), 100.0);
        let error =
            project(base.view(), &flat(4, 0.9, -95.0), MigrationTiming::End, NegativePopulation::Spread);
        assert_eq!(error.unwrap_err(), CohortComponentError::Emptied { step: 0, sex: Sex::Female });
    }

    #[test]
    fn wrong_shapes_and_values_are_named() {
        let error = Assumptions::new(
            Array3::zeros((2, 2, 4)),
            Array2::zeros((2, 4)),
            Array1::ones(2),
            Array3::zeros((2, 2, 4)),
        )
        .unwrap_err();
        assert_eq!(error.to_string(), "survival has shape [2, 2, 4], expected [2, 2, 5]");
        let error = Assumptions::new(
            Array3::from_elem((1, 2, 3), 1.5),
            Array2::zeros((1, 2)),
            Array1::ones(1),
            Array3::zeros((1, 2, 2)),
        )
        .unwrap_err();
        assert_eq!(
            error.to_string(),
            "survival is 1.5 at step 0, F, position 0: expected a share between 0 and 1"
        );
    }

    #[test]
    fn a_sum_of_areas_projects_like_the_areas() {
        let base = Array2::from_elem((2, 4), 100.0);
        let one = project(base.view(), &flat(4, 0.9, 1.0), MigrationTiming::End, NegativePopulation::Refuse)
            .unwrap();
        let two = CohortProjection::sum(&[&one, &one]).unwrap();
        two.check_balance().unwrap();
        assert!((two.total_fertility(0) - one.total_fertility(0)).abs() < 1e-12);
        assert_eq!(two.life_expectancy(1, Sex::Male), one.life_expectancy(1, Sex::Male));
        assert!(CohortProjection::sum(&[]).is_err());
    }
}
