use std::collections::BTreeMap;

use ndarray::{Array1, Array2, Array3};
use serde::{Deserialize, Serialize};

use super::RegionalForecastError;
use crate::observation::Year;

/// What was observed in one area: stocks by sex and single age, and the flows between them.
///
/// `Y` years, `A` ages with the last open, `G` groups of ages; females first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Observed {
    /// Year of the first stock, 31 XII.
    pub first: Year,
    /// Stocks at 31 XII, `(Y+1, 2, A)`, persons.
    pub stocks: Array3<f64>,
    /// Deaths of the years after the first stock, `(Y, 2, G)`.
    pub deaths: Array3<f64>,
    /// First age of each group of deaths, from 0; the last group is open.
    pub death_ages: Vec<usize>,
    /// Live births of the years after the first stock, `(Y)`.
    pub births: Array1<f64>,
    /// Net migration per person and year, of any years.
    pub net_migration_rate: BTreeMap<Year, f64>,
}

/// What was observed in the country that the area is part of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Country {
    /// Central death rates by year, `(2, 111)`: ages 0 to 109 and 110+.
    pub mx: BTreeMap<Year, Array2<f64>>,
    /// Fertility rates by single age and year, `(A)`.
    pub asfr: BTreeMap<Year, Array1<f64>>,
    /// Boys per girl at birth.
    pub sex_ratio_at_birth: f64,
}

impl Observed {
    /// Year of the last stock.
    #[must_use]
    pub fn last(&self) -> Year {
        self.first.plus(self.births.len() as u16)
    }

    /// Checks that arrays fit together and counts are counts.
    ///
    /// # Errors
    /// [`RegionalForecastError`] names the array and the place.
    pub fn check(&self) -> Result<(), RegionalForecastError> {
        let years = self.births.len();
        let (stocks, sexes, ages) = self.stocks.dim();
        let shape = |what, got: Vec<usize>, expected: Vec<usize>| {
            if got == expected { Ok(()) } else { Err(RegionalForecastError::Shape { what, got, expected }) }
        };
        shape("stocks", vec![stocks, sexes], vec![years + 1, 2])?;
        let groups = self.death_ages.len();
        shape("deaths", self.deaths.shape().to_vec(), vec![years, 2, groups])?;
        let rising = self.death_ages.windows(2).all(|pair| pair[0] < pair[1]);
        if self.death_ages.first() != Some(&0)
            || !rising
            || self.death_ages.last().is_none_or(|&age| age >= ages)
        {
            return Err(RegionalForecastError::DeathAges { got: self.death_ages.clone() });
        }
        let count = |what, values: &mut dyn Iterator<Item = f64>| {
            match values.enumerate().find(|(_, value)| !(value.is_finite() && *value >= 0.0)) {
                Some((place, got)) => Err(RegionalForecastError::Count { what, place, got }),
                None => Ok(()),
            }
        };
        count("stocks", &mut self.stocks.iter().copied())?;
        count("deaths", &mut self.deaths.iter().copied())?;
        count("births", &mut self.births.iter().copied())
    }

    /// Position of the year that ends with the stock `year`, counted from the first.
    pub(super) fn position(&self, year: Year) -> Option<usize> {
        let steps = usize::from(year.get().checked_sub(self.first.get())?);
        (1..=self.births.len()).contains(&steps).then(|| steps - 1)
    }

    /// The last `count` years with flows up to the jump-off, without those left out.
    pub(super) fn last_years(&self, jump_off: Year, count: usize, without: &[Year]) -> Vec<Year> {
        let mut years: Vec<Year> = self
            .first
            .next()
            .through(self.last().min(jump_off))
            .rev()
            .filter(|year| !without.contains(year))
            .take(count)
            .collect();
        years.reverse();
        years
    }
}
