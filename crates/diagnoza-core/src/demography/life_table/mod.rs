//! Life tables: single-year and abridged, closed at any age, by named rules of separation.
//!
//! # Formula
//! Of an age `[x, x+n)`: `m` the death rate, `a` the years lived in it by those who die in it,
//! `q = n m / (1 + (n - a) m)` the probability of dying, `l(x+n) = l(x) (1 - q)`, `d = l q`,
//! `L = n l(x+n) + a d`, `T(x)` the sum of `L` from `x` on, `e = T / l`. In the open age `q = 1`
//! and `L = l / m`, unless its life expectancy is given.
//!
//! What differs between tools is `a`: [`InfantRule`] for age 0, [`SeparationRule`] above it; the
//! choice is part of the result ([`LifeTable::record`]).
//!
//! # Reference
//! Preston, Heuveline & Guillot (2001), *Demography*, chapter 3.

mod build;
mod child;
mod constant_hazard;
mod error;
mod greville;
mod infant;
mod interval;
mod keyfitz;
mod moved;
mod old_age;
mod poisson;
mod regroup;
mod rules;
mod survival_ratios;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use error::LifeTableError;
pub use interval::{ExpectancyInterval, IntervalMethod};
pub use old_age::{ExtendedRates, KannistoLaw, OldAge, OldAgeError, kannisto, kannisto_coherent};
pub use rules::{InfantRule, Input, OpenAge, Record, Rules, SeparationRule};
pub use survival_ratios::OpenGroup;

/// A period or cohort life table of one sex or both.
///
/// Rows are ages, the last one open. Columns have the demographer's names; `person_years` is `L`
/// and `years_above` is `T`, which Rust cannot tell from `l` and a type.
///
/// ```
/// use diagnoza_core::demography::Sexes;
/// use diagnoza_core::demography::life_table::{InfantRule, LifeTable, Rules, SeparationRule};
///
/// // At a constant hazard of 2 % the life expectancy is 50 years at every age.
/// let ages = [0, 1, 5, 10, 20, 40];
/// let rules =
///     Rules { infant: InfantRule::ConstantHazard, separation: SeparationRule::ConstantHazard };
/// let table = LifeTable::from_mx(&ages, &[0.02; 6], Sexes::Female, &rules)?;
/// assert!((table.e0() - 50.0).abs() < 1e-9);
/// # Ok::<(), diagnoza_core::demography::life_table::LifeTableError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[doc(alias = "tablica trwania życia")]
pub struct LifeTable {
    record: Record,
    age: Vec<u32>,
    mx: Vec<f64>,
    ax: Vec<f64>,
    qx: Vec<f64>,
    lx: Vec<f64>,
    dx: Vec<f64>,
    person_years: Vec<f64>,
    years_above: Vec<f64>,
    ex: Vec<f64>,
    /// Deaths observed, when the table is of deaths and exposure: what an interval needs.
    deaths: Option<Vec<f64>>,
}

impl LifeTable {
    /// How the table was made.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Lower bounds of the ages, in completed years; the last is open.
    #[must_use]
    pub fn age(&self) -> &[u32] {
        &self.age
    }

    /// Widths of the ages in years; `None` for the open one.
    #[must_use]
    pub fn width(&self) -> Vec<Option<u32>> {
        self.age.windows(2).map(|pair| Some(pair[1] - pair[0])).chain([None]).collect()
    }

    /// Death rates `m`, per person-year.
    #[must_use]
    pub fn mx(&self) -> &[f64] {
        &self.mx
    }

    /// Years lived in the age by those who die in it, `a`; in the open age its life expectancy.
    #[must_use]
    pub fn ax(&self) -> &[f64] {
        &self.ax
    }

    /// Probabilities of dying in the age, `q`; 1 in the open age.
    #[must_use]
    pub fn qx(&self) -> &[f64] {
        &self.qx
    }

    /// Survivors to the exact age, `l`, of the radix `l(0)`.
    #[must_use]
    pub fn lx(&self) -> &[f64] {
        &self.lx
    }

    /// Deaths in the age, `d`.
    #[must_use]
    pub fn dx(&self) -> &[f64] {
        &self.dx
    }

    /// Person-years lived in the age, `L`.
    #[must_use]
    #[doc(alias = "Lx")]
    pub fn person_years(&self) -> &[f64] {
        &self.person_years
    }

    /// Person-years lived from the exact age on, `T`.
    #[must_use]
    #[doc(alias = "Tx")]
    pub fn years_above(&self) -> &[f64] {
        &self.years_above
    }

    /// Life expectancy at the exact age, `e`, in years.
    #[must_use]
    pub fn ex(&self) -> &[f64] {
        &self.ex
    }

    /// Deaths observed, if the table is of deaths and exposure.
    #[must_use]
    pub fn deaths(&self) -> Option<&[f64]> {
        self.deaths.as_deref()
    }

    /// Life expectancy at birth, in years.
    #[must_use]
    #[doc(alias = "przeciętne dalsze trwanie życia")]
    pub fn e0(&self) -> f64 {
        self.ex[0]
    }

    /// Life expectancy at an exact age that begins a row of the table.
    ///
    /// # Errors
    /// [`LifeTableError::NoSuchAge`].
    pub fn expectancy_at(&self, age: u32) -> Result<f64, LifeTableError> {
        self.age.binary_search(&age).map(|row| self.ex[row]).map_err(|_| LifeTableError::NoSuchAge { age })
    }

    /// The same table for another number of births; 100,000 unless survivors were given.
    ///
    /// # Errors
    /// [`LifeTableError::Value`] unless the radix is finite and above 0.
    pub fn with_radix(mut self, radix: f64) -> Result<Self, LifeTableError> {
        if !(radix.is_finite() && radix > 0.0) {
            return Err(LifeTableError::value("the radix l", 0, radix, "births above 0"));
        }
        let factor = radix / self.lx[0];
        for column in [&mut self.lx, &mut self.dx, &mut self.person_years, &mut self.years_above] {
            column.iter_mut().for_each(|value| *value *= factor);
        }
        Ok(self)
    }
}
