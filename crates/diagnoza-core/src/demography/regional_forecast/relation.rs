//! Mortality of an area against the country's: Brass's relational logit model on its deaths by age.

use ndarray::{Array1, Array2, ArrayView1, Axis, s};
use serde::{Deserialize, Serialize};

use super::migration::group_of;
use super::{Country, Observed, RegionalForecastError};
use crate::demography::mortality::StandardLifeTable;
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

    /// Fits females and males to the deaths of some years, each year against the country's table of that year.
    ///
    /// Poisson likelihood of the deaths by group of ages, by Fisher scoring; person-years are the means of the stocks
    /// at the start and end of a year.
    pub(super) fn fit(
        observed: &Observed,
        country: &Country,
        years: &[Year],
    ) -> Result<[Self; 2], RegionalForecastError> {
        let mut found = [Self::COUNTRY; 2];
        for sex in Sex::BOTH {
            let mut tables = Vec::new();
            for &year in years {
                tables.push(YearOfDeaths::new(observed, country, year, sex)?);
            }
            found[sex.index()] = fit_one(&tables).ok_or_else(|| RegionalForecastError::Mortality {
                reason: format!("{sex}: no relation to the country's life tables fits the deaths of {years:?}"),
            })?;
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
        Ok(standard(mx, sex)?.sloped(self.slope).survival_ratios(self.level, open))
    }
}

/// Mortality tables of an area in an observed year.
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
            let relation = mortality[sex.index()];
            let of_year = YearOfDeaths::new(observed, country, year, sex)?;
            let ratios =
                of_year.standard.sloped(relation.slope).survival_ratios(relation.level, ages - 1);
            survival.row_mut(sex.index()).assign(&ratios);
            deaths.row_mut(sex.index()).assign(&of_year.expected(relation));
        }
        Ok(Self { survival, deaths })
    }
}

/// Deaths and person-years of one sex in a year, and the country's life table.
struct YearOfDeaths<'a> {
    standard: StandardLifeTable,
    person_years: Array1<f64>,
    deaths: ArrayView1<'a, f64>,
    death_ages: &'a [usize],
}

impl<'a> YearOfDeaths<'a> {
    fn new(
        observed: &'a Observed,
        country: &Country,
        year: Year,
        sex: Sex,
    ) -> Result<Self, RegionalForecastError> {
        let i = sex.index();
        let missing = || RegionalForecastError::Country { what: "deaths and mortality", year };
        let position = observed.position(year).ok_or_else(missing)?;
        let mx = country.mx.get(&year).ok_or_else(missing)?;
        let stock = |place: usize| observed.stocks.slice(s![place, i, ..]);
        Ok(Self {
            standard: standard(mx.row(i), sex)?,
            person_years: (&stock(position) + &stock(position + 1)) / 2.0,
            deaths: observed.deaths.slice(s![position, i, ..]),
            death_ages: &observed.death_ages,
        })
    }

    /// Deaths by group.
    fn expected(&self, relation: Relation) -> Array1<f64> {
        let open = self.person_years.len() - 1;
        let rates = self.standard.sloped(relation.slope).death_rates(relation.level, open);
        let mut deaths = Array1::zeros(self.death_ages.len());
        for (age, (years, rate)) in self.person_years.iter().zip(&rates).enumerate() {
            deaths[group_of(self.death_ages, age)] += years * rate;
        }
        deaths
    }
}

/// Fisher scoring with derivatives by differences; `None` when it does not settle.
fn fit_one(years: &[YearOfDeaths<'_>]) -> Option<Relation> {
    const DIFFERENCE: f64 = 1e-4;
    let expected = |relation: Relation| -> Option<Array1<f64>> {
        years.iter().map(|year| year.expected(relation)).reduce(|sum, deaths| sum + deaths)
    };
    let deaths = years.iter().map(|year| year.deaths.to_owned()).reduce(|sum, deaths| sum + deaths)?;
    let mut relation = Relation::COUNTRY;
    for _ in 0..50 {
        let here = expected(relation)?;
        let up = expected(Relation { level: relation.level + DIFFERENCE, ..relation })?;
        let steeper = expected(Relation { slope: relation.slope + DIFFERENCE, ..relation })?;
        let by_level = (up - &here) / DIFFERENCE;
        let by_slope = (steeper - &here) / DIFFERENCE;
        let weighted = |a: &Array1<f64>, b: &Array1<f64>| (a * b / &here).sum();
        let gap = &deaths - &here;
        let (ll, ls, ss) =
            (weighted(&by_level, &by_level), weighted(&by_level, &by_slope), weighted(&by_slope, &by_slope));
        let (l, s) = (weighted(&by_level, &gap), weighted(&by_slope, &gap));
        let determinant = ll * ss - ls * ls;
        let step = Relation {
            level: (l * ss - s * ls) / determinant,
            slope: (s * ll - l * ls) / determinant,
        };
        if !(step.level.is_finite() && step.slope.is_finite()) {
            return None;
        }
        relation.level += step.level;
        relation.slope += step.slope;
        if step.level.abs() + step.slope.abs() < 1e-10 {
            return Some(relation);
        }
    }
    None
}

/// The country's life table as a standard: Andreev and Kingkade's a(0), half a year at other ages.
fn standard(mx: ArrayView1<'_, f64>, _sex: Sex) -> Result<StandardLifeTable, RegionalForecastError> {
    let ages = mx.len();
    let (mut lx, mut ax) = (vec![1.0], vec![0.5; ages]);
    ax[0] = 0.1;
    ax[ages - 1] = 1.0 / mx[ages - 1];
    let mut alive = 1.0;
    for age in 0..ages - 1 {
        let q = mx[age] / (1.0 + (1.0 - ax[age]) * mx[age]);
        alive *= 1.0 - q;
        lx.push(alive);
    }
    Ok(StandardLifeTable::new(&lx, &ax)?)
}
