use ndarray::ArrayView2;

use super::{Interval, MigrationTiming};
use crate::observation::Sex;

/// Why a projection cannot run, or ran wrong.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CohortComponentError {
    /// An input has another shape than the base population asks for.
    #[error("{what} has shape {got:?}, expected {expected:?}")]
    Shape {
        /// Name of the input.
        what: &'static str,
        /// Shape given.
        got: Vec<usize>,
        /// Shape asked for.
        expected: Vec<usize>,
    },
    /// An input holds a value that cannot be.
    #[error("{what} is {got} at step {step}, {sex}, position {position}: expected {expected}")]
    Value {
        /// Name of the input.
        what: &'static str,
        /// Value given.
        got: f64,
        /// Step, 0 for the first.
        step: usize,
        /// Sex, `-` where both.
        sex: &'static str,
        /// Position on the age axis of the input.
        position: usize,
        /// What it should be.
        expected: &'static str,
    },
    /// More emigrants than people.
    #[error(
        "net migration leaves {got:.3} persons of sex {sex} at age {age} in step {step}: \
         lower the outflow or choose the policy `spread`"
    )]
    NegativePopulation {
        /// Step, 0 for the first.
        step: usize,
        /// Sex.
        sex: Sex,
        /// Position of the age group.
        age: usize,
        /// Stock that would result.
        got: f64,
    },
    /// More emigrants of a sex than there are people of it at all ages together.
    #[error("net emigration of sex {sex} in step {step} exceeds everybody there: lower the outflow")]
    Emptied {
        /// Step, 0 for the first.
        step: usize,
        /// Sex.
        sex: Sex,
    },
    /// One of many areas cannot be projected.
    #[error("area {area}: {source}")]
    Area {
        /// Position of the area, from 0.
        area: usize,
        /// What is wrong with it.
        source: Box<Self>,
    },
    /// Areas that cannot be added up.
    #[error("areas differ in timing ({timings:?}) or interval ({intervals:?}) and cannot be added up")]
    Mixed {
        /// Timings of two areas.
        timings: [MigrationTiming; 2],
        /// Their intervals.
        intervals: [Interval; 2],
    },
    /// Stocks and flows do not add up.
    #[error(
        "step {step}, {sex}{}: stocks and flows differ by {difference:e} persons",
        age.map(|age| format!(", age group {age}")).unwrap_or_default()
    )]
    Unbalanced {
        /// Step, 0 for the first.
        step: usize,
        /// Sex.
        sex: Sex,
        /// Position of the age group at the end of the step; `None` for all ages together.
        age: Option<usize>,
        /// Difference in persons.
        difference: f64,
    },
}

impl CohortComponentError {
    /// The step that failed, 0 for the first; `None` for an input of the wrong shape.
    #[must_use]
    pub fn step(&self) -> Option<usize> {
        match self {
            Self::Area { source, .. } => source.step(),
            Self::Shape { .. } | Self::Mixed { .. } => None,
            Self::Value { step, .. }
            | Self::NegativePopulation { step, .. }
            | Self::Emptied { step, .. }
            | Self::Unbalanced { step, .. } => Some(*step),
        }
    }
}

pub(super) fn expect_shape(
    what: &'static str,
    got: &[usize],
    expected: &[usize],
) -> Result<(), CohortComponentError> {
    if got == expected {
        Ok(())
    } else {
        Err(CohortComponentError::Shape { what, got: got.to_vec(), expected: expected.to_vec() })
    }
}

/// Refuses a stock `(K, A)` with a value that is no number of persons.
pub(super) fn check_people(base: ArrayView2<'_, f64>) -> Result<(), CohortComponentError> {
    let wrong = |people: &f64| !(0.0..=f64::MAX).contains(people);
    // Values first, in vectors, places only of a wrong one: the iterator with places is slow.
    if base.fold(false, |found, people| found | wrong(people))
        && let Some(((sex, position), &got)) = base.indexed_iter().find(|(_, people)| wrong(people))
    {
        return Err(bad_value("base", got, (0, Some(sex), position), "zero or more persons"));
    }
    Ok(())
}

pub(super) fn bad_value(
    what: &'static str,
    got: f64,
    (step, sex, position): (usize, Option<usize>, usize),
    expected: &'static str,
) -> CohortComponentError {
    let sex = sex.map_or("-", |i| Sex::BOTH[i].letter());
    CohortComponentError::Value { what, got, step, sex, position, expected }
}
