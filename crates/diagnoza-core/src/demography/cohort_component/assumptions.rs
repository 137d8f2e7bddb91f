use ndarray::{Array1, Array2, Array3, Axis, s};
use serde::Serialize;

use super::CohortComponentError;
use super::error::{bad_value, expect_shape};

/// Rates and flows of one area for `T` years; see the module for shapes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Assumptions {
    pub(in crate::demography) survival: Array3<f64>,
    pub(in crate::demography) asfr: Array2<f64>,
    pub(in crate::demography) srb: Array1<f64>,
    pub(in crate::demography) net_migration: Array3<f64>,
}

impl Assumptions {
    /// Checks shapes and values of a set of rates and flows.
    ///
    /// Shapes: `survival (T, 2, A+1)` in 0..1, `asfr (T, A)` of 0 or more, `srb (T)`
    /// above 0 (boys per girl), `net_migration (T, 2, A)` finite.
    ///
    /// # Errors
    /// [`CohortComponentError::Shape`] and [`CohortComponentError::Value`].
    pub fn new(
        survival: Array3<f64>,
        asfr: Array2<f64>,
        srb: Array1<f64>,
        net_migration: Array3<f64>,
    ) -> Result<Self, CohortComponentError> {
        let (steps, ages) = asfr.dim();
        expect_shape("survival", survival.shape(), &[steps, 2, ages + 1])?;
        expect_shape("srb", srb.shape(), &[steps])?;
        expect_shape("migration", net_migration.shape(), &[steps, 2, ages])?;
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
        for ((step, sex, position), &got) in net_migration.indexed_iter() {
            if !got.is_finite() {
                return Err(bad_value(
                    "migration",
                    got,
                    (step, Some(sex), position),
                    "a finite number of persons",
                ));
            }
        }
        Ok(Self { survival, asfr, srb, net_migration })
    }

    /// Number of years `T`.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.asfr.nrows()
    }

    /// Number of ages `A`.
    #[must_use]
    pub fn ages(&self) -> usize {
        self.asfr.ncols()
    }

    /// Survival ratios `(T, 2, A+1)`, birth first.
    #[must_use]
    pub const fn survival(&self) -> &Array3<f64> {
        &self.survival
    }

    /// Age-specific fertility rates `(T, A)`.
    #[must_use]
    pub const fn asfr(&self) -> &Array2<f64> {
        &self.asfr
    }

    /// Boys per girl at birth `(T)`.
    #[must_use]
    pub const fn srb(&self) -> &Array1<f64> {
        &self.srb
    }

    /// Net migrants by age at the end of the year `(T, 2, A)`.
    #[must_use]
    pub const fn net_migration(&self) -> &Array3<f64> {
        &self.net_migration
    }

    /// The assumptions of the first `steps` years.
    #[must_use]
    pub fn first(&self, steps: usize) -> Self {
        let steps = steps.min(self.steps());
        Self {
            survival: self.survival.slice(s![..steps, .., ..]).to_owned(),
            asfr: self.asfr.slice(s![..steps, ..]).to_owned(),
            srb: self.srb.slice(s![..steps]).to_owned(),
            net_migration: self.net_migration.slice(s![..steps, .., ..]).to_owned(),
        }
    }

    /// Total fertility rate of each year: the sum of the age-specific rates.
    #[must_use]
    #[doc(alias = "współczynnik dzietności")]
    pub fn total_fertility(&self) -> Array1<f64> {
        self.asfr.sum_axis(Axis(1))
    }
}
