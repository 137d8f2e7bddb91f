use std::collections::BTreeMap;

use ndarray::{Array1, Array2, Array3, ArrayView2, Axis, s};
use serde::{Deserialize, Serialize};

use super::migration::{cohort_residual, cohorts_a_year_later, rates};
use super::relation::{Relation, YearTables};
use super::{Country, CountryMortality, ForecastSettings, Observed, RegionalForecastError};
use crate::demography::cohort_component::{Assumptions, MigrationTiming, NegativePopulation, project};
use crate::observation::{Sex, Year};

/// The rates of one area learnt from what was observed until a jump-off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FittedRegion {
    /// Last year used, 31 XII.
    pub jump_off: Year,
    /// The choices made.
    pub settings: ForecastSettings,
    /// Mortality against the country's, females and males.
    pub mortality: [Relation; 2],
    /// Factor on all death rates of the forecast, 1 unless deaths after the jump-off of mortality are published.
    pub mortality_factor: f64,
    /// Net migration per person of the cohort at the start of the year, by age at its end, `(2, A)`.
    pub net_migration: Array2<f64>,
    /// Total fertility rates of the years observed.
    pub observed_tfr: BTreeMap<Year, f64>,
    /// Total fertility rate of the forecast.
    pub tfr: f64,
    /// Fertility by age, adding to 1, `(A)`.
    pub fertility: Array1<f64>,
    /// Boys per girl at birth.
    pub sex_ratio_at_birth: f64,
}

impl FittedRegion {
    /// Learns the rates of an area from what was observed of it and of the country until `jump_off`.
    ///
    /// 1. Mortality: Brass's relation of the area's deaths by age to the country's life table of the same years.
    /// 2. Net migration by age: the mean cohort residual of the last years, moved to the mean crude rate of a longer
    ///    period.
    /// 3. Fertility: the country's last pattern by age and the area's mean TFR of the last years.
    ///
    /// # Errors
    /// [`RegionalForecastError`] names what is missing or does not fit.
    pub fn fit(
        observed: &Observed,
        country: &Country,
        jump_off: Year,
        settings: &ForecastSettings,
    ) -> Result<Self, RegionalForecastError> {
        observed.check()?;
        let none = |what| RegionalForecastError::NoYears {
            what,
            jump_off,
            first: observed.first.next(),
            last: observed.last(),
        };
        let years = |count: usize, without: &[Year]| observed.last_years(jump_off, count, without);
        let learnt = match settings.mortality_trend {
            // Constant rates take the last year as it was.
            super::MortalityTrend::None => years(settings.jump_off_years, &settings.excluded_years),
            super::MortalityTrend::LeeCarter => years(usize::MAX, &settings.excluded_years),
        };
        if learnt.is_empty() {
            return Err(none("mortality"));
        }
        let mortality = Relation::fit(observed, country, &learnt)?;

        let profile = years(settings.profile_years, &[]);
        let (Some(&first), Some(&last)) = (profile.first(), profile.last()) else {
            return Err(none("net migration by age"));
        };
        let (mut residuals, mut cohorts) = (Vec::new(), Vec::new());
        for &year in &profile {
            let position = observed.position(year).ok_or_else(|| none("net migration by age"))?;
            let tables = YearTables::new(observed, country, year, &mortality)?;
            residuals.push(cohort_residual(
                observed,
                position,
                tables.survival.view(),
                tables.deaths.view(),
                country.sex_ratio_at_birth,
            ));
            cohorts.push(cohorts_a_year_later(observed.stocks.index_axis(Axis(0), position)));
        }
        let crude: Vec<f64> = observed
            .net_migration_rate
            .range(..=jump_off)
            .rev()
            .take(settings.migration_years)
            .map(|(_, &rate)| rate)
            .collect();
        if crude.is_empty() {
            return Err(none("crude rates of net migration"));
        }
        let total = crude.iter().sum::<f64>() / crude.len() as f64;
        let net_migration = rates(&residuals, &cohorts, total, (first, last))?;

        let observed_tfr = years(usize::MAX, &[])
            .into_iter()
            .map(|year| Ok((year, total_fertility(observed, country, year)?)))
            .collect::<Result<BTreeMap<_, _>, RegionalForecastError>>()?;
        let pattern = country.asfr.range(..=jump_off).next_back();
        let (_, pattern) =
            pattern.ok_or(RegionalForecastError::Country { what: "fertility", year: jump_off })?;
        let fitted = Self {
            jump_off,
            settings: settings.clone(),
            mortality,
            mortality_factor: 1.0,
            net_migration,
            tfr: 0.0,
            observed_tfr: BTreeMap::new(),
            fertility: pattern / pattern.sum(),
            sex_ratio_at_birth: country.sex_ratio_at_birth,
        };
        Ok(fitted.with_tfr(observed_tfr))
    }

    /// The same with total fertility rates of more years, whose last ones make the forecast's.
    #[must_use]
    pub fn with_tfr(mut self, more: impl IntoIterator<Item = (Year, f64)>) -> Self {
        self.observed_tfr.extend(more);
        let last: Vec<f64> =
            self.observed_tfr.values().rev().take(self.settings.fertility_years).copied().collect();
        if !last.is_empty() {
            self.tfr = last.iter().sum::<f64>() / last.len() as f64;
        }
        self
    }

    /// Survival ratios of the years of a forecast of the country's mortality, `(H, 2, A+1)` birth first.
    ///
    /// # Errors
    /// [`RegionalForecastError::Mortality`] when a table cannot be formed.
    pub fn survival(&self, country: &CountryMortality) -> Result<Array3<f64>, RegionalForecastError> {
        let ages = self.fertility.len();
        let horizon = country.mx.len_of(Axis(0));
        let mut survival = Array3::zeros((horizon, 2, ages + 1));
        for year in 0..horizon {
            for sex in Sex::BOTH {
                let mx = country.mx.slice(s![year, sex.index(), ..]);
                let ratios = self.mortality[sex.index()].survival(mx, sex, ages - 1)?;
                let ratios = ratios.mapv(|ratio| ratio.powf(self.mortality_factor));
                survival.slice_mut(s![year, sex.index(), ..]).assign(&ratios);
            }
        }
        Ok(survival)
    }

    /// Survival ratios of an observed year, `(2, A+1)` birth first: the country's of that year, by the relation.
    ///
    /// # Errors
    /// [`RegionalForecastError::Country`] when the country's mortality of the year is not known.
    pub fn survival_in(&self, country: &Country, year: Year) -> Result<Array2<f64>, RegionalForecastError> {
        let missing = RegionalForecastError::Country { what: "mortality", year };
        let mx = country.mx.get(&year).ok_or(missing)?.clone().insert_axis(Axis(0));
        Ok(self.survival(&CountryMortality { jump_off: year, mx })?.index_axis_move(Axis(0), 0))
    }

    /// Assumptions for a base `(2, A)` in every year of a forecast of the country's mortality: net migration
    /// becomes persons, the rates times the cohorts of the year before.
    ///
    /// # Errors
    /// [`RegionalForecastError`]: mortality, or rates that cannot be projected with.
    pub fn assumptions(
        &self,
        base: ArrayView2<'_, f64>,
        country: &CountryMortality,
    ) -> Result<Assumptions, RegionalForecastError> {
        let survival = self.survival(country)?;
        let (horizon, ages) = (survival.len_of(Axis(0)), self.fertility.len());
        let fertility = (&self.fertility * self.tfr).insert_axis(Axis(0));
        let srb = Array1::from_elem(1, self.sex_ratio_at_birth);
        let mut net_migration = Array3::zeros((horizon, 2, ages));
        let mut stock = base.to_owned();
        for year in 0..horizon {
            let moves = &self.net_migration * &cohorts_a_year_later(stock.view());
            net_migration.index_axis_mut(Axis(0), year).assign(&moves);
            let one_year = Assumptions::new(
                survival.slice(s![year..=year, .., ..]).to_owned(),
                fertility.clone(),
                srb.clone(),
                moves.insert_axis(Axis(0)),
            )?;
            let run = project(stock.view(), &one_year, MigrationTiming::End, NegativePopulation::Refuse)?;
            stock = run.population.index_axis(Axis(0), 1).to_owned();
        }
        let asfr = fertility.broadcast((horizon, ages)).map(|rates| rates.to_owned()).unwrap_or_default();
        let srb = Array1::from_elem(horizon, self.sex_ratio_at_birth);
        Ok(Assumptions::new(survival, asfr, srb, net_migration)?)
    }
}

impl FittedRegion {
    /// The same area with another crude rate of net migration, for a part of it: all ages move in proportion to their
    /// absolute rates.
    ///
    /// `stock (2, A)` weighs the ages; `difference` is persons per person and year.
    #[must_use]
    pub fn with_net_migration_moved(mut self, stock: ArrayView2<'_, f64>, difference: f64) -> Self {
        let cohorts = cohorts_a_year_later(stock);
        let turnover = (&cohorts * &self.net_migration.mapv(f64::abs)).sum();
        if turnover > 0.0 {
            let factor = difference * cohorts.sum() / turnover;
            self.net_migration.mapv_inplace(|rate| rate + factor * rate.abs());
        }
        self
    }
}

/// Total fertility rate of an area in a year: its births over those that the country's rates give its women.
fn total_fertility(observed: &Observed, country: &Country, year: Year) -> Result<f64, RegionalForecastError> {
    let position = observed.position(year).ok_or(RegionalForecastError::Country { what: "births", year })?;
    let rates = country.asfr.get(&year).ok_or(RegionalForecastError::Country { what: "fertility", year })?;
    let women =
        (&observed.stocks.slice(s![position, 0, ..]) + &observed.stocks.slice(s![position + 1, 0, ..])) / 2.0;
    let expected = (&women * rates).sum();
    if expected <= 0.0 {
        return Err(RegionalForecastError::Empty { sex: Sex::Female, age: 15, first: year, last: year });
    }
    Ok(observed.births[position] / expected * rates.sum())
}
