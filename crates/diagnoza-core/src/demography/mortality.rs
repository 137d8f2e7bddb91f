//! Mortality of small areas: a standard life table moved by a relational model.

use ndarray::Array1;
use serde::{Deserialize, Serialize};

/// A complete life table of one sex that serves as the standard of a relational model.
///
/// Single years of age 0, 1, ..., the last open (HMD: 110+).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StandardLifeTable {
    /// `ln(q/p)/2` of survivorship, `Y(x) = 1/2 ln((1 - l(x)) / l(x))`, for x = 1, 2, ...
    logits: Vec<f64>,
    /// `a(x)`: years lived in the age by those who die in it.
    ax: Vec<f64>,
    /// Life expectancy in the open group.
    open_expectancy: f64,
}

/// Why a table cannot serve as a standard.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum StandardLifeTableError {
    /// Columns differ in length, or there are fewer than three ages.
    #[error("a standard needs l(x) and a(x) for the same ages, at least three: got {lx} and {ax}")]
    Length {
        /// Values of l(x).
        lx: usize,
        /// Values of a(x).
        ax: usize,
    },
    /// Survivorship does not fall from its radix towards zero.
    #[error("l({age}) = {got} of the standard: expected survivors that decrease and stay above zero")]
    Survivors {
        /// Age.
        age: usize,
        /// Value found.
        got: f64,
    },
    /// Years lived by those who die are not within the age.
    #[error("a({age}) = {got} of the standard: expected {expected}")]
    YearsLived {
        /// Age.
        age: usize,
        /// Value found.
        got: f64,
        /// What it should be.
        expected: &'static str,
    },
}

impl StandardLifeTable {
    /// A standard from survivors `l(x)` (any radix) and `a(x)`; the last age is open and its
    /// `a(x)` the life expectancy there.
    ///
    /// # Errors
    /// [`StandardLifeTableError`] names the first age that is wrong.
    pub fn new(lx: &[f64], ax: &[f64]) -> Result<Self, StandardLifeTableError> {
        let ages = lx.len();
        if ages < 3 || ax.len() != ages {
            return Err(StandardLifeTableError::Length { lx: ages, ax: ax.len() });
        }
        for (age, pair) in lx.windows(2).enumerate() {
            if !(pair[1] > 0.0 && pair[1] < pair[0]) {
                return Err(StandardLifeTableError::Survivors { age: age + 1, got: pair[1] });
            }
        }
        let open_expectancy = ax[ages - 1];
        if !(open_expectancy.is_finite() && open_expectancy > 0.0) {
            return Err(StandardLifeTableError::YearsLived {
                age: ages - 1,
                got: open_expectancy,
                expected: "the years still lived in the open group, above 0",
            });
        }
        let closed = &ax[..ages - 1];
        if let Some(age) = closed.iter().position(|a| !(0.0..=1.0).contains(a)) {
            return Err(StandardLifeTableError::YearsLived { age, got: ax[age], expected: "0 to 1" });
        }
        let logits = lx[1..].iter().map(|l| 0.5 * ((lx[0] - l) / l).ln()).collect();
        Ok(Self { logits, ax: closed.to_vec(), open_expectancy })
    }

    /// Survival ratios of the standard at another level of mortality: Brass's relational logit model.
    ///
    /// # Formula
    /// `l(x) = 1 / (1 + exp(2 (level + Y(x))))`, `Y` the logit of the standard;
    /// `L(x) = l(x+1) + a(x) (l(x) - l(x+1))`; `S(birth) = L(0)`, `S(x) = L(x+1) / L(x)`,
    /// open group `T(open + 1) / T(open)` with `T` the person-years from an age on.
    /// A higher level is higher mortality; 0 is the standard.
    ///
    /// Shape: `(open + 2)`, birth first, the open group last.
    ///
    /// # Reference
    /// Brass (1971), *On the scale of mortality*.
    #[must_use]
    #[doc(alias = "Brass")]
    pub fn survival_ratios(&self, level: f64, open: usize) -> Array1<f64> {
        let person_years = self.person_years_at(level);
        let open = open.min(person_years.len() - 2);
        let mut ratios = Array1::zeros(open + 2);
        ratios[0] = person_years[0];
        for age in 0..open {
            ratios[age + 1] = person_years[age + 1] / person_years[age];
        }
        let beyond: f64 = person_years[open + 1..].iter().rev().sum();
        ratios[open + 1] = beyond / (beyond + person_years[open]);
        ratios
    }

    /// The standard moved to another level and slope: a table with `Y'(x) = level + slope Y(x)`.
    ///
    /// A slope above 1 is lower mortality of the young and higher of the old, as against the standard.
    #[must_use]
    pub fn moved(&self, level: f64, slope: f64) -> Self {
        let logits = self.logits.iter().map(|logit| level + slope * logit).collect();
        Self { logits, ax: self.ax.clone(), open_expectancy: self.open_expectancy }
    }

    /// Survivors `l(x)` for a radix of 1: ages 0, 1, ..., the last open.
    #[must_use]
    pub fn survivors(&self) -> Vec<f64> {
        std::iter::once(1.0).chain(self.logits.iter().map(|&logit| survivors(logit))).collect()
    }

    /// Person-years `L(x)` for a radix of 1: ages 0, 1, ..., the last `open` and over (`T(open)`).
    ///
    /// Of use as the structure by which an open group of people is spread over single ages.
    #[must_use]
    pub fn person_years(&self, open: usize) -> Array1<f64> {
        let mut years = self.person_years_at(0.0);
        let open = open.min(years.len() - 1);
        let from_open = years.drain(open..).rev().sum();
        years.push(from_open);
        Array1::from_vec(years)
    }

    /// Death rates `m(x) = (l(x) - l(x+1)) / L(x)`: ages 0, 1, ..., the last `open` and over (`l(open) / T(open)`).
    #[must_use]
    pub fn mortality_rates(&self, open: usize) -> Array1<f64> {
        let years = self.person_years(open);
        let last = years.len() - 1;
        let alive = |age: usize| if age == 0 { 1.0 } else { survivors(self.logits[age - 1]) };
        Array1::from_shape_fn(years.len(), |age| {
            (alive(age) - if age < last { alive(age + 1) } else { 0.0 }) / years[age]
        })
    }

    /// `Y(x)` at ages 1, 2, ...
    pub(super) fn logits(&self) -> &[f64] {
        &self.logits
    }

    /// `a(x)` of the closed ages, and the life expectancy in the open group.
    pub(super) fn years_lived(&self) -> (&[f64], f64) {
        (&self.ax, self.open_expectancy)
    }

    /// Person-years `L(x)` for a radix of 1, the open group last.
    fn person_years_at(&self, level: f64) -> Vec<f64> {
        let survivors: Vec<f64> =
            std::iter::once(1.0).chain(self.logits.iter().map(|logit| survivors(level + logit))).collect();
        let mut years: Vec<f64> =
            survivors.windows(2).zip(&self.ax).map(|(l, a)| l[1] + a * (l[0] - l[1])).collect();
        years.extend(survivors.last().map(|last| last * self.open_expectancy));
        years
    }
}

/// `l(x)` of a logit `Y(x)`.
fn survivors(logit: f64) -> f64 {
    1.0 / (1.0 + (2.0 * logit).exp())
}

#[cfg(test)]
mod tests {
    use super::super::survival::life_expectancy;
    use super::*;

    fn standard() -> StandardLifeTable {
        StandardLifeTable::new(&[1.0, 0.9, 0.8, 0.5, 0.1], &[0.3, 0.5, 0.5, 0.5, 1.2]).unwrap()
    }

    #[test]
    fn level_zero_gives_the_standard_back() {
        let table = standard();
        // L = 0.93, 0.85, 0.65, 0.30, 0.12
        let ratios = table.survival_ratios(0.0, 2);
        let expected = [0.93, 0.85 / 0.93, 0.65 / 0.85, 0.42 / 1.07];
        for (got, want) in ratios.iter().zip(expected) {
            assert!((got - want).abs() < 1e-12, "{got} {want}");
        }
        assert!((life_expectancy(ratios.view()).unwrap() - 2.85).abs() < 1e-12);
    }

    #[test]
    fn rates_and_person_years_are_those_of_the_table() {
        // L = 0.93, 0.85, 0.65, 0.30, 0.12; from age 2 on 1.07.
        let table = standard();
        for (got, want) in table.person_years(2).iter().zip([0.93, 0.85, 1.07]) {
            assert!((got - want).abs() < 1e-12, "{got} {want}");
        }
        for (got, want) in table.mortality_rates(2).iter().zip([0.1 / 0.93, 0.1 / 0.85, 0.8 / 1.07]) {
            assert!((got - want).abs() < 1e-12, "{got} {want}");
        }
        assert_eq!(table.mortality_rates(99).len(), 5);
        assert_eq!(table.moved(0.3, 1.0).survival_ratios(0.0, 3), table.survival_ratios(0.3, 3));
    }

    #[test]
    fn a_higher_level_is_higher_mortality() {
        let table = standard();
        let e0 = |level| life_expectancy(table.survival_ratios(level, 2).view()).unwrap();
        assert!(e0(-0.5) > e0(0.0) && e0(0.0) > e0(0.5));
    }

    #[test]
    fn broken_standards_are_refused_with_the_age() {
        let error = StandardLifeTable::new(&[1.0, 0.9, 0.95], &[0.3, 0.5, 1.0]).unwrap_err();
        assert!(matches!(error, StandardLifeTableError::Survivors { age: 2, .. }), "{error}");
        let error = StandardLifeTable::new(&[1.0, 0.9, 0.8], &[0.3, 1.5, 1.0]).unwrap_err();
        assert!(matches!(error, StandardLifeTableError::YearsLived { age: 1, .. }), "{error}");
        assert!(StandardLifeTable::new(&[1.0, 0.9], &[0.3]).is_err());
    }
}
