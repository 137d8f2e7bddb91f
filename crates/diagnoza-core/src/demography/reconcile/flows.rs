use ndarray::{Array1, Array2, Array3, ArrayViewD, Axis, Dimension, s};
use serde::{Deserialize, Serialize};

use super::ReconcileError;
use super::reconcile_error::Level;
use crate::demography::cohort_component::{CohortProjection, MigrationTiming};
use crate::observation::Sex;

/// Stocks of an area and the flows between them, by the cohort they belong to.
///
/// ```text
/// P'(0) = B - D(birth) + M(0)      P'(a+1) = P(a) - D(a) + M(a+1)
/// open:  P'(A-1) = P(A-2) - D(A-2) + P(A-1) - D(A-1) + M(A-1)
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flows {
    /// Stocks at the jump-off and after every step, `(T+1, 2, A)`, females first.
    pub population: Array3<f64>,
    /// Births by sex, `(T, 2)`.
    pub births: Array2<f64>,
    /// Deaths, `(T, 2, A+1)`: of those born in the year, then by age at its start.
    pub deaths: Array3<f64>,
    /// Net migrants of a cohort in the year, by age at its end, `(T, 2, A)`.
    pub net_migration: Array3<f64>,
    /// Births by age of mother, `(T, A)`. With them the births of an area follow its women; without,
    /// its births are those given, scaled.
    pub births_by_age: Option<Array2<f64>>,
}

impl Flows {
    /// Flows of a projection. Migrants counted during the year are moved to the cohort they belong to,
    /// so that the identity above holds at every age for any timing.
    #[must_use]
    pub fn of(run: &CohortProjection) -> Self {
        let mut flows = Self {
            population: run.population.clone(),
            births: run.births.clone(),
            deaths: run.deaths.clone(),
            net_migration: run.net_migration.clone(),
            births_by_age: Some(run.births_by_age.clone()),
        };
        if run.timing != MigrationTiming::End {
            for step in 0..flows.steps() {
                for sex in 0..2 {
                    let stock = flows.population.slice(s![step + 1, sex, ..]);
                    let residual = &stock - &flows.survivors(step, sex);
                    flows.net_migration.slice_mut(s![step, sex, ..]).assign(&residual);
                }
            }
        }
        flows
    }

    /// The projection with these stocks and flows in place of its own; migrants then count at the end
    /// of the year, births by age of mother and woman-years follow.
    ///
    /// # Errors
    /// [`ReconcileError::Shape`] when the projection has other years or ages.
    pub fn replaced_in(&self, run: &CohortProjection) -> Result<CohortProjection, ReconcileError> {
        if run.population.dim() != self.population.dim() {
            return Err(ReconcileError::Shape {
                whose: Level::Upper,
                what: "projection",
                got: run.population.shape().to_vec(),
                expected: self.population.shape().to_vec(),
            });
        }
        let mut new = run.clone();
        new.population.assign(&self.population);
        new.births.assign(&self.births);
        new.deaths.assign(&self.deaths);
        new.net_migration.assign(&self.net_migration);
        new.timing = MigrationTiming::End;
        for step in 0..self.steps() {
            let mut after = self.survivors(step, Sex::Female.index());
            after[0] = 0.0; // as in the step itself: nobody is a mother in the year of birth
            let women = self.population.slice(s![step, Sex::Female.index(), ..]);
            new.woman_years.row_mut(step).assign(&((&women + &after) / 2.0));
            if let Some(by_age) = &self.births_by_age {
                new.births_by_age.row_mut(step).assign(&by_age.row(step));
            }
        }
        Ok(new)
    }

    /// Number of years.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.births.nrows()
    }

    /// Number of ages.
    #[must_use]
    pub fn ages(&self) -> usize {
        self.population.len_of(Axis(2))
    }

    /// People of a sex at the end of a year by age, before migration, `(A)`.
    pub(super) fn survivors(&self, step: usize, sex: usize) -> Array1<f64> {
        let last = self.ages().saturating_sub(1);
        let mut left = Array1::zeros(self.ages());
        left[0] = self.births[[step, sex]] - self.deaths[[step, sex, 0]];
        for age in 0..=last {
            left[last.min(age + 1)] += self.population[[step, sex, age]] - self.deaths[[step, sex, age + 1]];
        }
        left
    }

    /// Refuses shapes, values and flows that do not lead from stock to stock, to 1e-9 of the stock.
    pub(super) fn check(&self, whose: Level, steps: usize, ages: usize) -> Result<(), ReconcileError> {
        let shapes = [
            ("population", self.population.shape(), vec![steps + 1, 2, ages]),
            ("births", self.births.shape(), vec![steps, 2]),
            ("deaths", self.deaths.shape(), vec![steps, 2, ages + 1]),
            ("net_migration", self.net_migration.shape(), vec![steps, 2, ages]),
        ];
        let mothers = self.births_by_age.iter().map(|b| ("births_by_age", b.shape(), vec![steps, ages]));
        for (what, got, expected) in shapes.into_iter().chain(mothers) {
            if got != expected {
                return Err(ReconcileError::Shape { whose, what, got: got.to_vec(), expected });
            }
        }
        let stocks_and_events = [
            ("population", Some(self.population.view().into_dyn())),
            ("births", Some(self.births.view().into_dyn())),
            ("deaths", Some(self.deaths.view().into_dyn())),
            ("births_by_age", self.births_by_age.as_ref().map(|by_age| by_age.view().into_dyn())),
        ];
        for (what, values) in stocks_and_events {
            let expected = "zero or more persons";
            if let Some((position, got)) = values.and_then(|v| first(&v, |x| !(x.is_finite() && x >= 0.0))) {
                return Err(ReconcileError::Value { whose, what, got, position, expected });
            }
        }
        if let Some((position, got)) = first(&self.net_migration.view().into_dyn(), |x| !x.is_finite()) {
            let (what, expected) = ("net_migration", "a finite number of persons");
            return Err(ReconcileError::Value { whose, what, got, position, expected });
        }
        for step in 0..steps {
            for sex in Sex::BOTH {
                let survivors = self.survivors(step, sex.index());
                for (age, left) in survivors.indexed_iter() {
                    let got = self.population[[step + 1, sex.index(), age]];
                    let expected = left + self.net_migration[[step, sex.index(), age]];
                    if (got - expected).abs() > 1e-9 * got.max(left.abs()).max(1.0) {
                        return Err(ReconcileError::Unbalanced { whose, step, sex, age, got, expected });
                    }
                }
            }
        }
        Ok(())
    }
}

/// Where a value first is wrong, and the value.
fn first(values: &ArrayViewD<'_, f64>, wrong: impl Fn(f64) -> bool) -> Option<(Vec<usize>, f64)> {
    let (position, &value) = values.indexed_iter().find(|&(_, &value)| wrong(value))?;
    Some((position.as_array_view().to_vec(), value))
}
