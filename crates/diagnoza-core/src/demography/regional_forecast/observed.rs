use std::collections::BTreeMap;

use ndarray::{Array1, Array2, Array3, ArrayView2, Axis, s};
use serde::{Deserialize, Serialize};

use super::{RegionalForecastError, Relation};
use crate::demography::reverse_survival::{PublishedGroup, structure_one_year_before};
use crate::observation::{Sex, Year};

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

impl Country {
    /// Survival ratios of a year, `(2, open + 2)` birth first.
    ///
    /// # Errors
    /// [`RegionalForecastError::Country`] when the year is not known.
    pub fn survival(&self, year: Year, open: usize) -> Result<Array2<f64>, RegionalForecastError> {
        let missing = RegionalForecastError::Country { what: "mortality", year };
        let mx = self.mx.get(&year).ok_or(missing)?;
        let mut survival = Array2::zeros((2, open + 2));
        for sex in Sex::BOTH {
            let ratios = Relation::COUNTRY.survival(mx.row(sex.index()), sex, open)?;
            survival.row_mut(sex.index()).assign(&ratios);
        }
        Ok(survival)
    }
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
        let count = |what, values: &mut dyn Iterator<Item = f64>| match values
            .enumerate()
            .find(|(_, value)| !(value.is_finite() && *value >= 0.0))
        {
            Some((place, got)) => Err(RegionalForecastError::Count { what, place, got }),
            None => Ok(()),
        };
        count("stocks", &mut self.stocks.iter().copied())?;
        count("deaths", &mut self.deaths.iter().copied())?;
        count("births", &mut self.births.iter().copied())
    }

    /// The same stocks with single ages in the proportions of the area's own single ages a year after the last stock.
    ///
    /// Goes back year by year: `later (2, A)` is survived backwards with the country's mortality and fitted to the
    /// five-year groups and totals of the stock before. Better than the country's proportions where the area's cohorts
    /// are unlike the country's.
    ///
    /// # Errors
    /// [`RegionalForecastError`]: mortality of the country is missing, or stocks cannot be reversed.
    pub fn graduated_back_from(
        &self,
        later: ArrayView2<'_, f64>,
        country: &Country,
    ) -> Result<Self, RegionalForecastError> {
        let mut graduated = self.clone();
        let mut later = later.to_owned();
        let open = later.ncols() - 1;
        for (position, stock) in self.stocks.axis_iter(Axis(0)).enumerate().rev() {
            let year = self.first.plus(position as u16);
            let survival = country.survival(year.next(), open)?;
            let groups: Vec<PublishedGroup> = Sex::BOTH
                .into_iter()
                .flat_map(|sex| (0..open).step_by(5).map(move |from| (sex, from, (from + 4).min(open - 1))))
                .map(|(sex, from, to)| {
                    let persons = stock.slice(s![sex.index(), from..=to]).sum();
                    PublishedGroup { sex, from, to, persons }
                })
                .collect();
            let totals = [stock.row(0).sum(), stock.row(1).sum()];
            later = structure_one_year_before(later.view(), survival.view(), &groups, totals)
                .map_err(|source| RegionalForecastError::Graduation { year, source })?;
            graduated.stocks.index_axis_mut(Axis(0), position).assign(&later);
        }
        Ok(graduated)
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
