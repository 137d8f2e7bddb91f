//! Paths of the total fertility rate over the years of a projection.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::FertilityError;
use crate::observation::Year;

/// The way from one total fertility rate to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Convergence {
    /// The same number of children every year: a straight line.
    #[default]
    Linear,
    /// The same ratio every year: `TFR(t) = from (target / from)^((t - t0) / (t1 - t0))`.
    Exponential,
}

/// Total fertility rates year by year.
///
/// ```
/// use diagnoza_core::demography::fertility::{Convergence, TfrPath};
/// use diagnoza_core::observation::Year;
/// let path = TfrPath::Converge {
///     from: Year::constant(2022), tfr: 1.2, by: Year::constant(2026), target: 1.6, shape: Convergence::Linear,
/// };
/// let values = path.values(Year::constant(2022), Year::constant(2028))?;
/// assert!((values[1] - 1.3).abs() < 1e-12 && (values[6] - 1.6).abs() < 1e-12);
/// # Ok::<(), diagnoza_core::demography::fertility::FertilityError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "path", rename_all = "snake_case", deny_unknown_fields)]
pub enum TfrPath {
    /// The same rate in every year.
    Constant {
        /// Children per woman.
        tfr: f64,
    },
    /// From one rate to another, which then holds.
    Converge {
        /// Last year with the first rate.
        from: Year,
        /// Rate up to that year.
        tfr: f64,
        /// First year with the target.
        by: Year,
        /// Rate from that year on.
        target: f64,
        /// The way between.
        shape: Convergence,
    },
    /// A rate given for every year.
    Given {
        /// Children per woman by year.
        values: BTreeMap<Year, f64>,
    },
}

impl TfrPath {
    /// The rates of the years `first` to `last`, both included.
    ///
    /// # Errors
    /// [`FertilityError`]: years out of order, a rate below zero or not finite (an exponential way
    /// needs rates above zero), a year that was not given.
    pub fn values(&self, first: Year, last: Year) -> Result<Vec<f64>, FertilityError> {
        if last < first {
            return Err(FertilityError::YearOrder { first, last });
        }
        if let Self::Converge { from, by, .. } = *self
            && by <= from
        {
            return Err(FertilityError::YearOrder { first: from, last: by });
        }
        first.through(last).map(|year| self.at(year)).collect()
    }

    fn at(&self, year: Year) -> Result<f64, FertilityError> {
        let checked = |got: f64| {
            if got.is_finite() && got >= 0.0 {
                Ok(got)
            } else {
                let expected = "children per woman, zero or more";
                Err(FertilityError::TotalFertility { year, got, expected })
            }
        };
        match self {
            Self::Constant { tfr } => checked(*tfr),
            Self::Given { values } => {
                checked(*values.get(&year).ok_or(FertilityError::MissingYear { year })?)
            }
            Self::Converge { from, tfr, by, target, shape } => {
                let (tfr, target) = (checked(*tfr)?, checked(*target)?);
                if *shape == Convergence::Exponential
                    && let Some(got) = [tfr, target].into_iter().find(|rate| *rate <= 0.0)
                {
                    let expected = "a rate above zero on an exponential path";
                    return Err(FertilityError::TotalFertility { year, got, expected });
                }
                if year <= *from {
                    return Ok(tfr);
                }
                if year >= *by {
                    return Ok(target);
                }
                let part = f64::from(year.get() - from.get()) / f64::from(by.get() - from.get());
                Ok(match shape {
                    Convergence::Linear => tfr + part * (target - tfr),
                    Convergence::Exponential => tfr * (target / tfr).powf(part),
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const Y2022: Year = Year::constant(2022);
    const Y2032: Year = Year::constant(2032);

    fn path(tfr: f64, target: f64, shape: Convergence) -> TfrPath {
        TfrPath::Converge { from: Y2022, tfr, by: Y2032, target, shape }
    }

    #[test]
    fn an_exponential_way_has_one_ratio() {
        let values = path(1.0, 2.0, Convergence::Exponential).values(Y2022, Year::constant(2034)).unwrap();
        for pair in values[..11].windows(2) {
            assert!((pair[1] / pair[0] - 2.0_f64.powf(0.1)).abs() < 1e-12);
        }
        assert_eq!(&values[10..], [2.0; 3]);
    }

    #[test]
    fn what_is_not_given_is_not_guessed() {
        let given = TfrPath::Given { values: BTreeMap::from([(Y2022, 1.2)]) };
        assert_eq!(given.values(Y2022, Y2022), Ok(vec![1.2]));
        let missing = FertilityError::MissingYear { year: Year::constant(2023) };
        assert_eq!(given.values(Y2022, Year::constant(2023)), Err(missing));
        assert!(TfrPath::Constant { tfr: f64::NAN }.values(Y2022, Y2032).is_err());
        assert!(TfrPath::Constant { tfr: 1.2 }.values(Y2032, Y2022).is_err());
        assert!(path(0.0, 1.0, Convergence::Exponential).values(Y2022, Y2032).is_err());
        assert!(path(0.0, 1.0, Convergence::Linear).values(Y2022, Y2032).is_ok());
        let backwards =
            TfrPath::Converge { from: Y2032, tfr: 1.0, by: Y2022, target: 2.0, shape: Convergence::Linear };
        assert!(backwards.values(Y2022, Y2032).is_err());
    }
}
