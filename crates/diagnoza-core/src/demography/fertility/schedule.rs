//! Age schedules of fertility: which share of the total falls on which age.

use serde::{Deserialize, Serialize};

use super::{ChildbearingAges, FertilityError, FertilityModel, total_fertility};
use crate::demography::root;

/// How a curve by exact age becomes the rate of a group of ages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evaluation {
    /// The mean of the curve over the group: exact for any width.
    #[default]
    Mean,
    /// The curve at the middle of the group.
    Midpoint,
}

/// How a schedule is moved to another mean age.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeanAgeShift {
    /// Brass's relational Gompertz model with slope 1: births below an age `F` become
    /// `exp(-exp(-(a + Y)))` with `Y = -ln(-ln F)`; `a` is solved for the mean age wanted.
    /// The first and the last age of childbearing stay.
    #[default]
    RelationalGompertz,
}

/// Where a schedule comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "origin", rename_all = "snake_case")]
pub enum ScheduleOrigin {
    /// Observed rates.
    Observed,
    /// A model evaluated at the ages.
    Model {
        /// The model.
        model: FertilityModel,
        /// How groups of ages were evaluated.
        evaluation: Evaluation,
    },
    /// Another schedule moved to a mean age.
    Shifted {
        /// The method.
        method: MeanAgeShift,
        /// The mean age asked for.
        mean_age: f64,
        /// Where the other schedule came from.
        from: Box<ScheduleOrigin>,
    },
}

/// Shares of the total fertility rate by age; they add to 1.
///
/// ```
/// use diagnoza_core::demography::fertility::{ChildbearingAges, Evaluation, FertilityModel, FertilitySchedule};
/// let ages = ChildbearingAges::every(1, 12, 55)?;
/// let model = FertilityModel::Schmertmann { alpha: 15.0, peak: 29.0, half: 36.0 };
/// let schedule = FertilitySchedule::of_model(model, &ages, Evaluation::Mean)?;
/// let older = schedule.with_mean_age(31.0)?;
/// assert!((older.mean_age() - 31.0).abs() < 1e-9);
/// assert!((older.rates(1.3)?.iter().sum::<f64>() - 1.3).abs() < 1e-12);
/// # Ok::<(), diagnoza_core::demography::fertility::FertilityError>(())
/// ```
#[doc(alias = "wzorzec płodności")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FertilitySchedule {
    ages: ChildbearingAges,
    shares: Vec<f64>,
    origin: ScheduleOrigin,
}

impl FertilitySchedule {
    /// The schedule of observed rates.
    ///
    /// # Errors
    /// [`FertilityError`]: lengths, rates; [`FertilityError::NoBirths`] when all are zero.
    pub fn observed(rates: &[f64], ages: &ChildbearingAges) -> Result<Self, FertilityError> {
        if total_fertility(rates, ages)? <= 0.0 {
            return Err(FertilityError::NoBirths);
        }
        let weights = rates.iter().zip(ages.widths()).map(|(rate, width)| rate * width).collect();
        Ok(Self::normalised(ages, weights, ScheduleOrigin::Observed))
    }

    /// A model at these ages; births the model has outside of them are spread in proportion.
    ///
    /// # Errors
    /// [`FertilityError::Parameter`], [`FertilityError::NegativeSpline`], and
    /// [`FertilityError::NothingWithin`] when the model has no births at these ages.
    pub fn of_model(
        model: FertilityModel,
        ages: &ChildbearingAges,
        evaluation: Evaluation,
    ) -> Result<Self, FertilityError> {
        let weights = weights(model, ages, evaluation)?;
        let total: f64 = weights.iter().sum();
        if !(total.is_finite() && total > 0.0) {
            let from = ages.starts().first().copied().unwrap_or(0);
            return Err(FertilityError::NothingWithin { from, to: ages.end() });
        }
        Ok(Self::normalised(ages, weights, ScheduleOrigin::Model { model, evaluation }))
    }

    fn normalised(ages: &ChildbearingAges, weights: Vec<f64>, origin: ScheduleOrigin) -> Self {
        let total: f64 = weights.iter().sum();
        let shares = weights.into_iter().map(|weight| weight / total).collect();
        Self { ages: ages.clone(), shares, origin }
    }

    /// The groups of ages.
    #[must_use]
    pub const fn ages(&self) -> &ChildbearingAges {
        &self.ages
    }

    /// Shares by age, their sum 1.
    #[must_use]
    pub fn shares(&self) -> &[f64] {
        &self.shares
    }

    /// Where the schedule comes from.
    #[must_use]
    pub const fn origin(&self) -> &ScheduleOrigin {
        &self.origin
    }

    /// Age-specific rates at a total fertility rate.
    ///
    /// # Errors
    /// [`FertilityError::Parameter`] for a rate below zero or not finite.
    pub fn rates(&self, total_fertility: f64) -> Result<Vec<f64>, FertilityError> {
        if !(total_fertility.is_finite() && total_fertility >= 0.0) {
            let expected = "children per woman, zero or more";
            let name = "total fertility rate";
            return Err(FertilityError::Parameter { name, got: total_fertility, expected });
        }
        Ok(self
            .shares
            .iter()
            .zip(self.ages.widths())
            .map(|(share, width)| total_fertility * share / width)
            .collect())
    }

    /// Mean age at birth, in exact years.
    #[must_use]
    pub fn mean_age(&self) -> f64 {
        mean_age(&self.shares, &self.ages)
    }

    /// The schedule moved to another mean age ([`MeanAgeShift::RelationalGompertz`]).
    ///
    /// # Errors
    /// [`FertilityError::UnreachableMeanAge`] names the limits.
    pub fn with_mean_age(&self, target: f64) -> Result<Self, FertilityError> {
        let mut below = 0.0;
        // Gompits at the inner cuts; births before or after all others stay where they are.
        let gompits: Vec<f64> = self.shares[..self.shares.len() - 1]
            .iter()
            .map(|share| {
                below += share;
                -(-f64::ln(f64::clamp(below, 0.0, 1.0))).ln()
            })
            .collect();
        let moved = |a: f64| -> Vec<f64> {
            let inner = gompits.iter().map(|gompit| (-(-(a + gompit)).exp()).exp());
            let cumulated: Vec<f64> = std::iter::once(0.0).chain(inner).chain([1.0]).collect();
            cumulated.windows(2).map(|pair| (pair[1] - pair[0]).max(0.0)).collect()
        };
        let mean = |a: f64| mean_age(&moved(a), &self.ages);
        const FAR: f64 = 12.0;
        let unreachable = FertilityError::UnreachableMeanAge {
            target,
            current: self.mean_age(),
            low: mean(FAR),
            high: mean(-FAR),
        };
        let shift = root::find(|a| mean(a) - target, -FAR, FAR, 1e-12).ok_or(unreachable)?;
        let from = Box::new(self.origin.clone());
        let origin =
            ScheduleOrigin::Shifted { method: MeanAgeShift::RelationalGompertz, mean_age: target, from };
        Ok(Self::normalised(&self.ages, moved(shift), origin))
    }
}

/// Births of a model in each group of ages, its total over all ages 1.
pub(super) fn weights(
    model: FertilityModel,
    ages: &ChildbearingAges,
    evaluation: Evaluation,
) -> Result<Vec<f64>, FertilityError> {
    let density = model.density()?;
    Ok(match evaluation {
        Evaluation::Mean => {
            let below: Vec<f64> = ages.cuts().map(|cut| density.below(cut)).collect();
            below.windows(2).map(|pair| (pair[1] - pair[0]).max(0.0)).collect()
        }
        Evaluation::Midpoint => {
            ages.midpoints().zip(ages.widths()).map(|(middle, width)| density.at(middle) * width).collect()
        }
    })
}

fn mean_age(shares: &[f64], ages: &ChildbearingAges) -> f64 {
    shares.iter().zip(ages.midpoints()).map(|(share, middle)| share * middle).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn single() -> ChildbearingAges {
        ChildbearingAges::every(1, 12, 55).unwrap()
    }

    const MODEL: FertilityModel = FertilityModel::Hadwiger { start: 0.0, position: 29.0, height: 3.8 };

    #[test]
    fn five_year_groups_are_sums_of_single_years() {
        let ages = ChildbearingAges::every(1, 15, 50).unwrap();
        let groups = ChildbearingAges::every(5, 15, 50).unwrap();
        let single = FertilitySchedule::of_model(MODEL, &ages, Evaluation::Mean).unwrap();
        let five = FertilitySchedule::of_model(MODEL, &groups, Evaluation::Mean).unwrap();
        for (five, single) in five.shares().iter().zip(single.shares().chunks(5)) {
            assert!((five - single.iter().sum::<f64>()).abs() < 1e-13);
        }
    }

    #[test]
    fn midpoints_come_close_to_means() {
        let mean = FertilitySchedule::of_model(MODEL, &single(), Evaluation::Mean).unwrap();
        let middle = FertilitySchedule::of_model(MODEL, &single(), Evaluation::Midpoint).unwrap();
        for (mean, middle) in mean.shares().iter().zip(middle.shares()) {
            assert!((mean - middle).abs() < 2e-4);
        }
    }

    #[test]
    fn a_schedule_keeps_its_ages_when_its_mean_moves() {
        let observed = FertilitySchedule::observed(
            &[0.0, 0.03, 0.1, 0.08, 0.02, 0.0],
            &ChildbearingAges::every(5, 15, 45).unwrap(),
        )
        .unwrap();
        let same = observed.with_mean_age(observed.mean_age()).unwrap();
        for (a, b) in same.shares().iter().zip(observed.shares()) {
            assert!((a - b).abs() < 1e-9);
        }
        let older = observed.with_mean_age(observed.mean_age() + 1.5).unwrap();
        assert!((older.mean_age() - observed.mean_age() - 1.5).abs() < 1e-9);
        assert!(older.shares()[0] < 1e-12 && older.shares()[5] < 1e-12);
        assert!((older.shares().iter().sum::<f64>() - 1.0).abs() < 1e-14);
        let error = observed.with_mean_age(70.0).unwrap_err();
        assert!(matches!(error, FertilityError::UnreachableMeanAge { .. }), "{error}");
        assert!(observed.with_mean_age(f64::NAN).is_err());
    }

    #[test]
    fn schedules_of_nothing_are_refused() {
        let ages = ChildbearingAges::every(1, 60, 65).unwrap();
        let model = FertilityModel::Schmertmann { alpha: 14.0, peak: 29.0, half: 36.0 };
        let error = FertilitySchedule::of_model(model, &ages, Evaluation::Mean).unwrap_err();
        assert_eq!(error, FertilityError::NothingWithin { from: 60, to: 65 });
        assert_eq!(FertilitySchedule::observed(&[0.0; 5], &ages), Err(FertilityError::NoBirths));
        let one = FertilitySchedule::observed(&[0.3], &ChildbearingAges::every(5, 20, 25).unwrap()).unwrap();
        assert!((one.shares()[0] - 1.0).abs() < 1e-15);
        assert!(one.with_mean_age(23.0).is_err());
        assert!(one.rates(-1.0).is_err());
    }
}
