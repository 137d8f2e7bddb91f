//! Model migration schedules of Rogers and Castro.
//!
//! # Formula
//! ```text
//! m(x) = a1 exp(-alpha1 x)                                              children with their parents
//!      + a2 exp(-alpha2 (x - mu2) - exp(-lambda2 (x - mu2)))            people of working age
//!      + a3 exp(-alpha3 (x - mu3) - exp(-lambda3 (x - mu3)))            retirement, from 11 parameters on
//!      + a4 exp(lambda4 x)                                              post-retirement, 13 parameters
//!      + c
//! ```
//! `m(x)` migration rate at age `x` (years), in the unit of the levels `a` and `c`; `alpha` rates of
//! descent, `lambda` rates of ascent (per year), `mu` positions of the peaks (years).
//!
//! # Reference
//! Rogers & Castro (1981), *Model Migration Schedules*, IIASA RR-81-30; Rogers & Little (1994),
//! *Parameterizing age patterns of demographic rates with the multiexponential model schedule*
//! (13 parameters).

use serde::{Deserialize, Serialize};

use super::MigrationError;

mod fit;
mod standard;

pub use fit::{FittedRogersCastro, RogersCastroForm, fit_rogers_castro};
pub use standard::StandardSchedule;

/// A schedule of 7, 11 or 13 parameters; see the module for the formula.
///
/// ```
/// use diagnoza_core::demography::migration::RogersCastro;
/// let profile = RogersCastro {
///     a1: 0.1, alpha1: 0.1, a2: 0.2, alpha2: 0.1, mu2: 20.0, lambda2: 0.4, c: 0.003,
///     retirement: None, post_retirement: None,
/// };
/// let rates = profile.rates(&[0.0, 1.0, 25.0])?;
/// assert!((rates[0] - 0.103).abs() < 1e-12 && rates[2] > rates[1]);
/// # Ok::<(), diagnoza_core::demography::migration::MigrationError>(())
/// ```
#[doc(alias = "profil migracji")]
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RogersCastro {
    /// Level of the children's curve.
    pub a1: f64,
    /// Descent of the children's curve, per year.
    pub alpha1: f64,
    /// Level of the working-age curve.
    pub a2: f64,
    /// Descent of the working-age curve, per year.
    pub alpha2: f64,
    /// Position of the working-age peak, years.
    pub mu2: f64,
    /// Ascent of the working-age curve, per year.
    pub lambda2: f64,
    /// Constant level.
    pub c: f64,
    /// Peak around retirement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retirement: Option<Retirement>,
    /// Upward slope of the oldest ages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post_retirement: Option<PostRetirement>,
}

/// The retirement peak of a [`RogersCastro`] schedule.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retirement {
    /// Level.
    pub a3: f64,
    /// Descent, per year.
    pub alpha3: f64,
    /// Position of the peak, years.
    pub mu3: f64,
    /// Ascent, per year.
    pub lambda3: f64,
}

/// The post-retirement slope of a [`RogersCastro`] schedule.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostRetirement {
    /// Level.
    pub a4: f64,
    /// Ascent, per year.
    pub lambda4: f64,
}

impl RogersCastro {
    /// The rate at one age, unchecked.
    pub(super) fn at(&self, x: f64) -> f64 {
        let peak = |a: f64, alpha: f64, mu: f64, lambda: f64| {
            a * (-alpha * (x - mu) - (-lambda * (x - mu)).exp()).exp()
        };
        let mut rate = self.a1 * (-self.alpha1 * x).exp();
        rate += peak(self.a2, self.alpha2, self.mu2, self.lambda2);
        if let Some(old) = self.retirement {
            rate += peak(old.a3, old.alpha3, old.mu3, old.lambda3);
        }
        if let Some(slope) = self.post_retirement {
            rate += slope.a4 * (slope.lambda4 * x).exp();
        }
        rate + self.c
    }

    /// Refuses parameters that are not finite, levels and speeds below zero.
    ///
    /// # Errors
    /// [`MigrationError::Parameter`] names the first of them.
    pub fn check(&self) -> Result<(), MigrationError> {
        let mut parameters = vec![
            ("a1", self.a1, true),
            ("alpha1", self.alpha1, true),
            ("a2", self.a2, true),
            ("alpha2", self.alpha2, true),
            ("mu2", self.mu2, false),
            ("lambda2", self.lambda2, true),
            ("c", self.c, false),
        ];
        if let Some(old) = self.retirement {
            parameters.extend([
                ("a3", old.a3, true),
                ("alpha3", old.alpha3, true),
                ("mu3", old.mu3, false),
                ("lambda3", old.lambda3, true),
            ]);
        }
        if let Some(slope) = self.post_retirement {
            parameters.extend([("a4", slope.a4, true), ("lambda4", slope.lambda4, false)]);
        }
        for (name, got, positive) in parameters {
            if !got.is_finite() {
                return Err(MigrationError::Parameter { name, got, expected: "a finite number" });
            }
            if positive && got < 0.0 {
                return Err(MigrationError::Parameter { name, got, expected: "zero or more" });
            }
        }
        Ok(())
    }

    /// Rates at exact ages or, read as the literature does, at completed years of age.
    ///
    /// # Errors
    /// [`MigrationError`]: parameters, ages below zero, or a rate too large to be a number.
    pub fn rates(&self, ages: &[f64]) -> Result<Vec<f64>, MigrationError> {
        self.check()?;
        check_ages(ages)?;
        let rates: Vec<f64> = ages.iter().map(|&x| self.at(x)).collect();
        match rates.iter().position(|rate| !rate.is_finite()) {
            Some(position) => {
                let got = rates[position];
                Err(MigrationError::Value {
                    what: "migration rate",
                    position,
                    got,
                    expected: "a finite rate",
                })
            }
            None => Ok(rates),
        }
    }

    /// Mean rates of age groups: the mean over the single years `start, ..., start + width - 1`.
    ///
    /// # Errors
    /// As [`RogersCastro::rates`]; [`MigrationError::Value`] for a width of zero.
    pub fn group_rates(&self, starts: &[u8], width: u8) -> Result<Vec<f64>, MigrationError> {
        if width == 0 {
            let expected = "one year or more";
            return Err(MigrationError::Value { what: "width", position: 0, got: 0.0, expected });
        }
        starts
            .iter()
            .map(|&start| {
                let years: Vec<f64> = (0..width).map(|year| f64::from(start) + f64::from(year)).collect();
                Ok(self.rates(&years)?.iter().sum::<f64>() / f64::from(width))
            })
            .collect()
    }
}

/// Refuses ages that are below zero or not finite.
pub(super) fn check_ages(ages: &[f64]) -> Result<(), MigrationError> {
    match ages.iter().position(|age| !(age.is_finite() && *age >= 0.0)) {
        Some(position) => {
            let got = ages[position];
            Err(MigrationError::Value { what: "age", position, got, expected: "years, zero or more" })
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seven() -> RogersCastro {
        RogersCastro {
            a1: 0.1,
            alpha1: 0.1,
            a2: 0.2,
            alpha2: 0.1,
            mu2: 20.0,
            lambda2: 0.4,
            c: 0.003,
            retirement: None,
            post_retirement: None,
        }
    }

    #[test]
    fn groups_are_means_of_single_years() {
        let single = seven().rates(&[20.0, 21.0, 22.0, 23.0, 24.0]).unwrap();
        let group = seven().group_rates(&[20], 5).unwrap();
        assert!((group[0] - single.iter().sum::<f64>() / 5.0).abs() < 1e-15);
        assert!(seven().group_rates(&[20], 0).is_err());
    }

    #[test]
    fn thirteen_parameters_rise_at_the_end() {
        let with = RogersCastro {
            retirement: Some(Retirement { a3: 0.02, alpha3: 0.25, mu3: 67.0, lambda3: 0.6 }),
            post_retirement: Some(PostRetirement { a4: 1e-5, lambda4: 0.08 }),
            ..seven()
        };
        let rates = with.rates(&[60.0, 68.0, 80.0, 100.0]).unwrap();
        assert!(rates[1] > rates[0] && rates[1] > rates[2] && rates[3] > rates[2], "{rates:?}");
    }

    #[test]
    fn impossible_parameters_and_ages_are_named() {
        let error = RogersCastro { lambda2: -0.4, ..seven() }.rates(&[1.0]).unwrap_err();
        assert_eq!(error.to_string(), "lambda2 = -0.4: expected zero or more");
        assert!(RogersCastro { c: f64::NAN, ..seven() }.check().is_err());
        let error = seven().rates(&[1.0, -1.0]).unwrap_err();
        assert_eq!(error.to_string(), "age is -1 at position 1: expected years, zero or more");
        let steep = PostRetirement { a4: 1.0, lambda4: 99.0 };
        assert!(RogersCastro { post_retirement: Some(steep), ..seven() }.rates(&[100.0]).is_err());
        assert_eq!(seven().rates(&[]).unwrap(), Vec::<f64>::new());
    }
}
