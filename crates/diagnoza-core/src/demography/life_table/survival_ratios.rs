//! Survival ratios of a life table, as the cohort-component step takes them.
//!
//! # Formula
//! With steps of `n` years and `L` of `n`-year ages: `S(birth) = L(0) / (n l(0))`,
//! `S(x) = L(x+n) / L(x)`; the last two, into the open group from the age before and within it:
//! - pooled, the United Nations' way: both `T(A) / T(A-n)`, `A` the open age;
//! - apart: `L(A) / L(A-n)` and `T(A+n) / T(A)`, the years beyond the last age of the table at its
//!   constant hazard.
//!
//! Both give the life expectancy of the table back
//! ([`life_expectancy`](super::super::survival::life_expectancy)).
//!
//! # Reference
//! Preston, Heuveline & Guillot (2001), section 6.3; United Nations (2022), *World Population
//! Prospects: Methodology*.

use ndarray::Array1;
use serde::{Deserialize, Serialize};

use super::{LifeTable, LifeTableError};

/// How the last two survival ratios are found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpenGroup {
    /// One ratio for those who enter the open group and those already in it.
    #[default]
    Pooled,
    /// A ratio for each.
    Apart,
}

impl LifeTable {
    /// Survival ratios over steps of 1 or 5 years, up to `open`, or the open age of the table.
    ///
    /// Shape: `(A+1)` for `A` ages, birth first, then by age at the start of the step, the open group
    /// last: what [`Assumptions`](super::super::cohort_component::Assumptions) take.
    ///
    /// # Errors
    /// [`LifeTableError`] for another step, an open age that is no multiple of it, or an age at
    /// which no row begins.
    #[doc(alias = "Sx")]
    pub fn survival_ratios(
        &self,
        step: u32,
        open: Option<u32>,
        group: OpenGroup,
    ) -> Result<Array1<f64>, LifeTableError> {
        if step != 1 && step != 5 {
            return Err(LifeTableError::Step { got: step });
        }
        let open = open.unwrap_or_else(|| self.open_from());
        if open < 2 * step || !open.is_multiple_of(step) {
            return Err(LifeTableError::OpenAge { age: open, step });
        }
        let row = |age: u32| self.age.binary_search(&age).map_err(|_| LifeTableError::NoSuchAge { age });
        let starts = (0..=open).step_by(step as usize).map(row).collect::<Result<Vec<_>, _>>()?;
        let years: Vec<f64> =
            starts.windows(2).map(|rows| self.person_years[rows[0]..rows[1]].iter().sum()).collect();
        let above = self.years_above[starts[starts.len() - 1]];
        let before = years[years.len() - 1];
        let mut ratios = vec![years[0] / (f64::from(step) * self.lx[0])];
        ratios.extend(years.windows(2).map(|pair| pair[1] / pair[0]));
        match group {
            OpenGroup::Pooled => ratios.extend([above / (above + before); 2]),
            OpenGroup::Apart => {
                let beyond = self.years_beyond(open + step)?;
                ratios.extend([(above - beyond) / before, beyond / above]);
            }
        }
        Ok(Array1::from_vec(ratios))
    }

    /// `T` at an age that begins a row or lies in the open group.
    fn years_beyond(&self, age: u32) -> Result<f64, LifeTableError> {
        let last = self.age.len() - 1;
        if age > self.age[last] {
            let hazard = 1.0 / self.ex[last];
            return Ok(self.years_above[last] * (-hazard * f64::from(age - self.age[last])).exp());
        }
        self.age
            .binary_search(&age)
            .map(|row| self.years_above[row])
            .map_err(|_| LifeTableError::NoSuchAge { age })
    }
}
