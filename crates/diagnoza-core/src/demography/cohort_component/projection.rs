use ndarray::{Array2, Array3, ArrayView2, Axis};
use serde::{Deserialize, Serialize};

use super::error::{check_people, expect_shape};
use super::kernel::{Rates, Results};
use super::step::{Room, Step};
use super::{
    Adjustment, Assumptions, CohortComponentError, Interval, MigrationForm, MigrationTiming,
    NegativePopulation,
};

/// Stocks and flows of one projected area; see the module for shapes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CohortProjection {
    /// Stocks at the jump-off and after every step, `(T+1, K, A)`.
    pub population: Array3<f64>,
    /// Births by sex, `(T, K)`: girls alone where females are projected alone.
    pub births: Array2<f64>,
    /// Births of both sexes by age of mother, `(T, A)`.
    pub births_by_age: Array2<f64>,
    /// Woman-years the fertility rates were applied to, `(T, A)`.
    pub woman_years: Array2<f64>,
    /// Deaths, `(T, K, A+1)`: of those born in the step, then by age at its start.
    pub deaths: Array3<f64>,
    /// Net migration in persons by age at the end of the step, `(T, K, A)`.
    pub net_migration: Array3<f64>,
    /// When migrants were counted.
    pub timing: MigrationTiming,
    /// The form in which migration was given.
    pub migration_form: MigrationForm,
    /// Width of the age groups and length of a step.
    pub interval: Interval,
    /// Where net migration was changed to keep stocks from falling below zero.
    pub adjustments: Vec<Adjustment>,
}

/// Projects one area from `base (K, A)` over every step of the assumptions.
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
    let mut run = CohortProjection::room_for(assumptions);
    project_into(&mut run, base, assumptions, timing, negative)?;
    Ok(run)
}

/// As [`project`], into the arrays of an earlier projection: one of the same shape costs no fresh memory.
///
/// # Errors
/// As [`project`]; `run` then holds the steps before the one that failed.
pub fn project_into(
    run: &mut CohortProjection,
    base: ArrayView2<'_, f64>,
    assumptions: &Assumptions,
    timing: MigrationTiming,
    negative: NegativePopulation,
) -> Result<(), CohortComponentError> {
    let (sexes, ages) = (assumptions.sexes(), assumptions.ages());
    expect_shape("base", base.shape(), &[sexes, ages])?;
    check_people(base)?;
    if !run.has_room_for(assumptions) {
        *run = CohortProjection::room_for(assumptions);
    }
    run.timing = timing;
    run.migration_form = assumptions.migration().form();
    run.interval = assumptions.interval();
    run.adjustments.clear();
    run.population.index_axis_mut(Axis(0), 0).assign(&base);
    let mut room = Room::default();
    for step in 0..assumptions.steps() {
        let Some(mut one) = run.step(assumptions, step) else {
            // Arrays just made are rows of ages; only other layouts give no slice.
            return Err(CohortComponentError::Shape { what: "results", got: vec![], expected: vec![] });
        };
        let sound = one.advance(timing, negative, &mut room)?;
        one.check(timing, sound)?;
    }
    Ok(())
}

impl CohortProjection {
    /// Empty results of the shape that the assumptions ask for, to be filled by [`project_into`].
    #[must_use]
    pub fn room_for(assumptions: &Assumptions) -> Self {
        let (steps, sexes, ages) = (assumptions.steps(), assumptions.sexes(), assumptions.ages());
        Self {
            population: Array3::zeros((steps + 1, sexes, ages)),
            births: Array2::zeros((steps, sexes)),
            births_by_age: Array2::zeros((steps, ages)),
            woman_years: Array2::zeros((steps, ages)),
            deaths: Array3::zeros((steps, sexes, ages + 1)),
            net_migration: Array3::zeros((steps, sexes, ages)),
            timing: MigrationTiming::End,
            migration_form: assumptions.migration().form(),
            interval: assumptions.interval(),
            adjustments: Vec::new(),
        }
    }

    fn has_room_for(&self, assumptions: &Assumptions) -> bool {
        let (steps, sexes, ages) = (assumptions.steps(), assumptions.sexes(), assumptions.ages());
        let rows = [
            (&self.population, (steps + 1, sexes, ages)),
            (&self.deaths, (steps, sexes, ages + 1)),
            (&self.net_migration, (steps, sexes, ages)),
        ];
        let tables = [
            (&self.births, (steps, sexes)),
            (&self.births_by_age, (steps, ages)),
            (&self.woman_years, (steps, ages)),
        ];
        rows.iter().all(|(array, shape)| array.dim() == *shape && array.is_standard_layout())
            && tables.iter().all(|(array, shape)| array.dim() == *shape && array.is_standard_layout())
    }

    /// One step as slices; `None` where an array is not laid out in rows.
    fn step<'a>(&'a mut self, assumptions: &'a Assumptions, step: usize) -> Option<Step<'a>> {
        let (sexes, ages) = (assumptions.sexes(), assumptions.ages());
        let (stock, table) = (sexes * ages, step * ages..(step + 1) * ages);
        let (past, future) = self.population.as_slice_mut()?.split_at_mut((step + 1) * stock);
        let net = step * stock..(step + 1) * stock;
        let ratios = step * (stock + sexes)..(step + 1) * (stock + sexes);
        Some(Step {
            number: step,
            form: assumptions.migration().form(),
            values: &assumptions.net_migration().as_slice()?[net.clone()],
            rates: Rates {
                survival: &assumptions.survival.as_slice()?[ratios.clone()],
                asfr: &assumptions.asfr.as_slice()?[table.clone()],
                srb: assumptions.srb[step],
                years: assumptions.interval().years(),
            },
            start: &past[step * stock..],
            net: &mut self.net_migration.as_slice_mut()?[net],
            to: Results {
                population: &mut future[..stock],
                births: &mut self.births.as_slice_mut()?[step * sexes..(step + 1) * sexes],
                births_by_age: &mut self.births_by_age.as_slice_mut()?[table.clone()],
                woman_years: &mut self.woman_years.as_slice_mut()?[table],
                deaths: &mut self.deaths.as_slice_mut()?[ratios],
            },
            adjustments: &mut self.adjustments,
        })
    }

    /// The same projection from a later jump-off, its first `steps` steps left out.
    #[must_use]
    pub fn after(&self, steps: usize) -> Self {
        let steps = steps.min(self.steps());
        let mut later = self.clone();
        later.population.slice_axis_inplace(Axis(0), (steps..).into());
        later.births.slice_axis_inplace(Axis(0), (steps..).into());
        later.births_by_age.slice_axis_inplace(Axis(0), (steps..).into());
        later.woman_years.slice_axis_inplace(Axis(0), (steps..).into());
        later.deaths.slice_axis_inplace(Axis(0), (steps..).into());
        later.net_migration.slice_axis_inplace(Axis(0), (steps..).into());
        later.adjustments.retain(|adjustment| adjustment.step >= steps);
        later.adjustments.iter_mut().for_each(|adjustment| adjustment.step -= steps);
        later
    }

    /// Number of projected steps.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.births.nrows()
    }

    /// The sum of several areas: stocks and flows add, rates follow from them.
    ///
    /// # Errors
    /// [`CohortComponentError::Shape`] when the areas differ in ages, sexes or steps, and
    /// [`CohortComponentError::Mixed`] when they differ in timing or interval; no area is an error of shape.
    pub fn sum(areas: &[&Self]) -> Result<Self, CohortComponentError> {
        let Some((first, rest)) = areas.split_first() else {
            return Err(CohortComponentError::Shape { what: "areas", got: vec![0], expected: vec![1] });
        };
        let mut total = (*first).clone();
        total.adjustments.clear();
        for area in rest {
            expect_shape("population", area.population.shape(), total.population.shape())?;
            if (area.timing, area.interval) != (total.timing, total.interval) {
                return Err(CohortComponentError::Mixed {
                    timings: [total.timing, area.timing],
                    intervals: [total.interval, area.interval],
                });
            }
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
}
