use ndarray::{Array3, ArrayView2, Axis, s};
use serde::{Deserialize, Serialize};

use crate::observation::{AgeScheme, Sex, Status, Year};

/// Stocks of one area at 31 XII of consecutive years.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct History {
    first: Year,
    population: Array3<f64>,
    ages: AgeScheme,
    statuses: Vec<Status>,
}

/// Why stocks are no [`History`].
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum HistoryError {
    /// Another shape than years, two sexes, ages.
    #[error("population has shape {got:?}, expected (years, 2, {ages}) with a year or more")]
    Shape {
        /// Shape given.
        got: Vec<usize>,
        /// Number of age groups.
        ages: usize,
    },
    /// As many statuses as years are expected.
    #[error("{got} statuses were given for {expected} years")]
    Statuses {
        /// Statuses given.
        got: usize,
        /// Years.
        expected: usize,
    },
    /// A stock that cannot be.
    #[error("population of {year}, {sex}, age {age} is {got}: expected zero or more persons")]
    Value {
        /// Year.
        year: Year,
        /// Sex.
        sex: Sex,
        /// First age of the group.
        age: u8,
        /// Value given.
        got: f64,
    },
}

impl History {
    /// Stocks `(years, 2, A)` from a first year on, each year with how it is known.
    ///
    /// # Errors
    /// [`HistoryError`]: shape and values.
    pub fn new(
        first: Year,
        population: Array3<f64>,
        ages: AgeScheme,
        statuses: Vec<Status>,
    ) -> Result<Self, HistoryError> {
        let (years, sexes, groups) = population.dim();
        if years == 0 || sexes != 2 || groups != ages.len() {
            return Err(HistoryError::Shape { got: population.shape().to_vec(), ages: ages.len() });
        }
        if statuses.len() != years {
            return Err(HistoryError::Statuses { got: statuses.len(), expected: years });
        }
        for ((year, sex, group), &got) in population.indexed_iter() {
            if !(got.is_finite() && got >= 0.0) {
                let (year, sex) = (first.plus(year as u16), Sex::BOTH[sex]);
                let age = ages.starts().get(group).copied().unwrap_or_default();
                return Err(HistoryError::Value { year, sex, age, got });
            }
        }
        Ok(Self { first, population, ages, statuses })
    }

    /// First year.
    #[must_use]
    pub const fn first(&self) -> Year {
        self.first
    }

    /// Last year.
    #[must_use]
    pub fn last(&self) -> Year {
        self.first.plus(self.statuses.len().saturating_sub(1) as u16)
    }

    /// Age groups.
    #[must_use]
    pub const fn ages(&self) -> &AgeScheme {
        &self.ages
    }

    /// All stocks, `(years, 2, A)`.
    #[must_use]
    pub const fn population(&self) -> &Array3<f64> {
        &self.population
    }

    /// Stock `(2, A)` of a year and how it is known.
    #[must_use]
    pub fn stock(&self, year: Year) -> Option<(ArrayView2<'_, f64>, Status)> {
        let position = usize::from(year.get().checked_sub(self.first.get())?);
        let status = *self.statuses.get(position)?;
        Some((self.population.index_axis(Axis(0), position), status))
    }

    /// What was known at a year: nothing later. `None` outside the years there are.
    #[must_use]
    pub fn until(&self, year: Year) -> Option<Self> {
        let years = usize::from(year.get().checked_sub(self.first.get())?) + 1;
        Some(Self {
            first: self.first,
            statuses: self.statuses.get(..years)?.to_vec(),
            population: self.population.slice(s![..years, .., ..]).to_owned(),
            ages: self.ages.clone(),
        })
    }
}
