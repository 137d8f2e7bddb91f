use ndarray::{Array, Array1, Array2, Array3, Axis, Dimension, s};
use serde::Serialize;

use super::error::{bad_value, expect_shape};
use super::{CohortComponentError, Interval, Migration};

/// Rates and flows of one area for `T` steps; see the module for shapes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Assumptions {
    pub(in crate::demography) survival: Array3<f64>,
    pub(in crate::demography) asfr: Array2<f64>,
    pub(in crate::demography) srb: Array1<f64>,
    pub(in crate::demography) migration: Migration,
    interval: Interval,
}

impl Assumptions {
    /// Checks a set of rates and flows of single years, migration as counts.
    ///
    /// Shapes: `survival (T, K, A+1)` in 0..1, `asfr (T, A)` of 0 or more, `srb (T)`
    /// above 0 (boys per girl), `net_migration (T, K, A)` finite; `K` is 2, or 1 for females alone.
    ///
    /// # Errors
    /// [`CohortComponentError::Shape`] and [`CohortComponentError::Value`].
    pub fn new(
        survival: Array3<f64>,
        asfr: Array2<f64>,
        srb: Array1<f64>,
        net_migration: Array3<f64>,
    ) -> Result<Self, CohortComponentError> {
        Self::of_interval(Interval::One, survival, asfr, srb, Migration::Counts(net_migration))
    }

    /// Checks a set of rates and flows for ages and steps of an interval; fertility rates are annual.
    ///
    /// # Errors
    /// [`CohortComponentError::Shape`] and [`CohortComponentError::Value`].
    pub fn of_interval(
        interval: Interval,
        survival: Array3<f64>,
        asfr: Array2<f64>,
        srb: Array1<f64>,
        migration: Migration,
    ) -> Result<Self, CohortComponentError> {
        let (steps, ages) = asfr.dim();
        let sexes = if survival.dim().1 == 1 { 1 } else { 2 };
        expect_shape("survival", survival.shape(), &[steps, sexes, ages + 1])?;
        expect_shape("srb", srb.shape(), &[steps])?;
        expect_shape("migration", migration.values().shape(), &[steps, sexes, ages])?;
        if ages < 2 {
            return Err(CohortComponentError::Shape {
                what: "asfr",
                got: vec![steps, ages],
                expected: vec![steps, 2],
            });
        }
        for ((step, sex, position), &got) in survival.indexed_iter() {
            if !(0.0..=1.0).contains(&got) {
                return Err(bad_value(
                    "survival",
                    got,
                    (step, Some(sex), position),
                    "a share between 0 and 1",
                ));
            }
        }
        for ((step, position), &got) in asfr.indexed_iter() {
            if !(got.is_finite() && got >= 0.0) {
                return Err(bad_value("asfr", got, (step, None, position), "a rate of zero or more"));
            }
        }
        for (step, &got) in srb.indexed_iter() {
            if !(got.is_finite() && got > 0.0) {
                return Err(bad_value("srb", got, (step, None, 0), "boys per girl, above zero"));
            }
        }
        let expected = match migration {
            Migration::Counts(_) => "a finite number of persons",
            Migration::Rates { .. } | Migration::AnnualProportions(_) => "a finite rate",
        };
        for ((step, sex, position), &got) in migration.values().indexed_iter() {
            if !got.is_finite() {
                return Err(bad_value("migration", got, (step, Some(sex), position), expected));
            }
        }
        // The kernel works on plain slices: rows of ages one after another.
        let migration = migration.map(in_rows);
        Ok(Self { survival: in_rows(survival), asfr: in_rows(asfr), srb: in_rows(srb), migration, interval })
    }

    /// Number of steps `T`.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.asfr.nrows()
    }

    /// Number of age groups `A`.
    #[must_use]
    pub fn ages(&self) -> usize {
        self.asfr.ncols()
    }

    /// Number of sexes `K`: 2, or 1 for females alone.
    #[must_use]
    pub fn sexes(&self) -> usize {
        self.survival.dim().1
    }

    /// Width of the age groups and length of a step.
    #[must_use]
    pub const fn interval(&self) -> Interval {
        self.interval
    }

    /// Survival ratios `(T, K, A+1)`, birth first.
    #[must_use]
    pub const fn survival(&self) -> &Array3<f64> {
        &self.survival
    }

    /// Age-specific fertility rates a year `(T, A)`.
    #[must_use]
    pub const fn asfr(&self) -> &Array2<f64> {
        &self.asfr
    }

    /// Boys per girl at birth `(T)`.
    #[must_use]
    pub const fn srb(&self) -> &Array1<f64> {
        &self.srb
    }

    /// Net migration with its form.
    #[must_use]
    pub const fn migration(&self) -> &Migration {
        &self.migration
    }

    /// Values of net migration `(T, K, A)`, in the form given: persons unless rates were given.
    #[must_use]
    pub const fn net_migration(&self) -> &Array3<f64> {
        self.migration.values()
    }

    /// The assumptions of the first `steps` steps.
    #[must_use]
    pub fn first(&self, steps: usize) -> Self {
        let steps = steps.min(self.steps());
        Self {
            survival: self.survival.slice(s![..steps, .., ..]).to_owned(),
            asfr: self.asfr.slice(s![..steps, ..]).to_owned(),
            srb: self.srb.slice(s![..steps]).to_owned(),
            migration: self.migration.clone().map(|values| values.slice(s![..steps, .., ..]).to_owned()),
            interval: self.interval,
        }
    }

    /// The assumptions of the last step in each of `steps` steps; none where there is no step.
    pub(in crate::demography) fn last_held(&self, steps: usize) -> Option<Self> {
        let last = vec![self.steps().checked_sub(1)?; steps];
        Some(Self {
            survival: self.survival.select(Axis(0), &last),
            asfr: self.asfr.select(Axis(0), &last),
            srb: self.srb.select(Axis(0), &last),
            migration: self.migration.clone().map(|values| values.select(Axis(0), &last)),
            interval: self.interval,
        })
    }

    /// Total fertility rate of each step: the sum of the age-specific rates times the years of a group.
    #[must_use]
    #[doc(alias = "współczynnik dzietności")]
    pub fn total_fertility(&self) -> Array1<f64> {
        self.asfr.sum_axis(Axis(1)) * self.interval.years()
    }
}

fn in_rows<D: Dimension>(values: Array<f64, D>) -> Array<f64, D> {
    if values.is_standard_layout() { values } else { values.as_standard_layout().into_owned() }
}
