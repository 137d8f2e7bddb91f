//! Mortality of an area against the country's: Brass's relational logit model on its deaths by age.

use ndarray::{Array1, Array2, ArrayView1, Axis, s};
use serde::{Deserialize, Serialize};

use super::migration::group_of;
use super::{Country, Observed, RegionalForecastError};
use crate::demography::Sexes;
use crate::demography::life_table::{LifeTable, Rules};
use crate::demography::mortality::StandardLifeTable;
use crate::demography::small_area::{LogitParameters, relational_logit};
use crate::observation::{Sex, Year};

/// How an area's survivors differ from the country's: `Y(x) = level + slope Y_country(x)`, `Y` logits of survivorship.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    /// Higher is higher mortality at all ages; 0 is the country's.
    pub level: f64,
    /// Above 1 mortality rises faster with age than the country's; 1 is the country's.
    pub slope: f64,
}

impl Relation {
    /// Mortality of the country.
    pub const COUNTRY: Self = Self { level: 0.0, slope: 1.0 };

    /// Fits females and males to the deaths of some years together ([`relational_logit`]).
    ///
    /// Person-years are the means of the stocks at the start and end of a year; the standard has the country's mean
    /// `ln m(x)` of the years.
    pub(super) fn fit(
        observed: &Observed,
        country: &Country,
        years: &[Year],
    ) -> Result<[Self; 2], RegionalForecastError> {
        let ages: Vec<u8> = observed.death_ages.iter().map(|&age| age as u8).collect();
        let mut found = [Self::COUNTRY; 2];
        for sex in Sex::BOTH {
            let i = sex.index();
            let (mut logs, mut deaths, mut person_years) = (Array1::zeros(0), Vec::new(), Vec::new());
            for &year in years {
                let of_year = YearOfDeaths::new(observed, country, year, sex)?;
                add(&mut deaths, of_year.deaths.iter());
                add(&mut person_years, of_year.person_years.iter());
                let logs_of_year = of_year.mx.mapv(f64::ln);
                logs = if logs.is_empty() { logs_of_year } else { logs + logs_of_year };
            }
            let mx = (logs / years.len() as f64).mapv(f64::exp);
            let standard = standard(mx.view(), sex)?;
            let fit =
                relational_logit(&ages, &deaths, &person_years, &standard, LogitParameters::LevelAndSlope)
                    .map_err(|error| RegionalForecastError::mortality(sex, &error))?;
            found[i] = Self { level: fit.level, slope: fit.slope };
        }
        Ok(found)
    }

    /// Survival ratios of the area from death rates of the country, `(open + 2)` birth first.
    pub(super) fn survival(
        self,
        mx: ArrayView1<'_, f64>,
        sex: Sex,
        open: usize,
    ) -> Result<Array1<f64>, RegionalForecastError> {
        Ok(self.table(&standard(mx, sex)?).survival_ratios(0.0, open))
    }

    fn table(self, standard: &StandardLifeTable) -> StandardLifeTable {
        standard.moved(self.level, self.slope)
    }
}

/// Mortality of an area in an observed year.
pub(super) struct YearTables {
    /// Survival ratios, `(2, A+1)`.
    pub(super) survival: Array2<f64>,
    /// Deaths by group that the relation gives, `(2, G)`.
    pub(super) deaths: Array2<f64>,
}

impl YearTables {
    pub(super) fn new(
        observed: &Observed,
        country: &Country,
        year: Year,
        mortality: &[Relation; 2],
    ) -> Result<Self, RegionalForecastError> {
        let ages = observed.stocks.len_of(Axis(2));
        let mut survival = Array2::zeros((2, ages + 1));
        let mut deaths = Array2::zeros((2, observed.death_ages.len()));
        for sex in Sex::BOTH {
            let i = sex.index();
            let of_year = YearOfDeaths::new(observed, country, year, sex)?;
            let table = mortality[i].table(&standard(of_year.mx, sex)?);
            survival.row_mut(i).assign(&table.survival_ratios(0.0, ages - 1));
            let rates = table.mortality_rates(ages - 1);
            for (age, (years, rate)) in of_year.person_years.iter().zip(&rates).enumerate() {
                deaths[[i, group_of(&observed.death_ages, age)]] += years * rate;
            }
        }
        Ok(Self { survival, deaths })
    }
}

/// Deaths and person-years of one sex in a year, and the country's death rates.
struct YearOfDeaths<'a> {
    mx: ArrayView1<'a, f64>,
    person_years: Array1<f64>,
    deaths: ArrayView1<'a, f64>,
}

impl<'a> YearOfDeaths<'a> {
    fn new(
        observed: &'a Observed,
        country: &'a Country,
        year: Year,
        sex: Sex,
    ) -> Result<Self, RegionalForecastError> {
        let i = sex.index();
        let missing = || RegionalForecastError::Country { what: "mortality", year };
        let position = observed.position(year).ok_or_else(missing)?;
        let stock = |place: usize| observed.stocks.slice(s![place, i, ..]);
        Ok(Self {
            mx: country.mx.get(&year).ok_or_else(missing)?.row(i),
            person_years: (&stock(position) + &stock(position + 1)) / 2.0,
            deaths: observed.deaths.slice(s![position, i, ..]),
        })
    }
}

/// The country's life table as a standard, by the default rules: Andreev & Kingkade's `a(0)`, half a year after.
fn standard(mx: ArrayView1<'_, f64>, sex: Sex) -> Result<StandardLifeTable, RegionalForecastError> {
    let ages: Vec<u32> = (0..mx.len() as u32).collect();
    LifeTable::from_mx(&ages, &mx.to_vec(), Sexes::from(sex), &Rules::default())
        .and_then(|table| table.to_standard())
        .map_err(|error| RegionalForecastError::mortality(sex, &error))
}

fn add<'a>(sum: &mut Vec<f64>, values: impl ExactSizeIterator<Item = &'a f64>) {
    sum.resize(values.len(), 0.0);
    sum.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
}
