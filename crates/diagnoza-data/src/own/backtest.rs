use std::collections::BTreeMap;

use diagnoza_core::demography::backtest::{
    Backtest, BacktestRecord, HamiltonPerry, STANDARD_GROUPS, no_change,
};
use diagnoza_core::demography::cohort_component::{
    Assumptions, CohortComponentError, MigrationTiming, NegativePopulation, project,
};
use diagnoza_core::demography::regional_forecast::{
    CountryMortality, FittedRegion, ForecastSettings, Observed,
};
use diagnoza_core::demography::{AgeRange, Sexes};
use diagnoza_core::observation::{Status, Year};
use diagnoza_core::territory::{Teryt, UnitId};
use ndarray::{Array3, ArrayView2, Axis, s};

use super::areas::{bases, powiats_of};
use super::published_years::fertility_of_2022;
use super::yearbook::{YEARBOOK, ages_of_28};
use super::{country, subregions};
use crate::error::FigureError;
use crate::official::{JUMP_OFF, published_stocks};

/// A way to forecast, ours or a naive one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// The forecast from observed data.
    Own,
    /// Everybody stays as old and as many as at the jump-off.
    NoChange,
    /// Mortality, fertility and net migration of the last year, by the same model.
    ConstantRates,
    /// Cohort change ratios of the last year by single age, child-woman ratio (Hamilton & Perry 1962).
    HamiltonPerry,
}

impl Method {
    /// All of them and their words.
    pub const WORDS: [(&'static str, Self); 4] = [
        ("own", Self::Own),
        ("no_change", Self::NoChange),
        ("constant_rates", Self::ConstantRates),
        ("hamilton_perry", Self::HamiltonPerry),
    ];

    /// The word used in tables.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, method)| *method == self).map_or("", |(word, _)| word)
    }
}

/// Jump-offs that can be tested: 2014 to 2020 on Eurostat's stocks, 2022 on GUS's.
#[must_use]
pub fn jump_offs() -> Vec<Year> {
    Year::constant(2014).through(Year::constant(2020)).chain([JUMP_OFF]).collect()
}

/// Forecasts of the subregions of 28 from past jump-offs beside what happened.
///
/// Jump-offs to 2020 are compared with Eurostat's stocks to 2021 (usual residents); jump-off 2022 with GUS's stocks of
/// 2023 and 2024: subregions in total and at 15-64, the only ages published of them, and voivodeship 28 in 2024 at all
/// ages. A forecast knows only what was observed until its jump-off.
///
/// # Errors
/// [`FigureError::JumpOff`] for a jump-off that cannot be tested; a damaged table.
pub fn backtest(
    jump_offs: &[Year],
    methods: &[Method],
    settings: &ForecastSettings,
) -> Result<Backtest, FigureError> {
    let known = self::jump_offs();
    let mut records = Vec::new();
    for &jump_off in jump_offs {
        if !known.contains(&jump_off) {
            return Err(FigureError::JumpOff { got: jump_off });
        }
        let at = if jump_off == JUMP_OFF { of_2022()? } else { until_2020(jump_off)? };
        for &method in methods {
            records.extend(at.records(method, settings)?);
        }
    }
    Ok(Backtest { records })
}

/// One jump-off: what was known of each subregion then, and what became of it.
pub(super) struct Known {
    pub(super) jump_off: Year,
    /// Years forecast.
    pub(super) horizon: usize,
    pub(super) regions: BTreeMap<UnitId, Region>,
    /// Counts that came true.
    pub(super) observed: Vec<Count>,
}

pub(super) struct Region {
    observed: Observed,
    pub(super) base: ndarray::Array2<f64>,
    /// TFR of years after the flows observed.
    more_tfr: Vec<(Year, f64)>,
}

pub(super) struct Count {
    pub(super) unit: UnitId,
    pub(super) year: Year,
    pub(super) ages: AgeRange,
    pub(super) persons: f64,
}

impl Known {
    fn records(
        &self,
        method: Method,
        settings: &ForecastSettings,
    ) -> Result<Vec<BacktestRecord>, FigureError> {
        let mut forecasts: BTreeMap<UnitId, Array3<f64>> = BTreeMap::new();
        for (&unit, region) in &self.regions {
            forecasts.insert(unit, self.forecast(unit, region, method, settings)?);
        }
        let parts = forecasts.values();
        let sum = parts.cloned().reduce(|sum, part| sum + part).unwrap_or_default();
        Ok(self
            .observed
            .iter()
            .map(|count| {
                let stocks = forecasts.get(&count.unit).unwrap_or(&sum);
                let step = usize::from(count.year.get() - self.jump_off.get());
                BacktestRecord {
                    area: count.unit,
                    jump_off: self.jump_off,
                    year: count.year,
                    sexes: Sexes::Both,
                    ages: count.ages,
                    method: method.word().to_owned(),
                    forecast: people(stocks.index_axis(Axis(0), step - 1), count.ages),
                    observed: count.persons,
                    status: Status::Observed,
                }
            })
            .collect())
    }

    /// Stocks of the years after the jump-off, `(horizon, 2, A)`.
    fn forecast(
        &self,
        unit: UnitId,
        region: &Region,
        method: Method,
        settings: &ForecastSettings,
    ) -> Result<Array3<f64>, FigureError> {
        let naive = |source| FigureError::Baseline { unit, source };
        let own = |settings: &ForecastSettings| {
            let rates = self.rates(unit, region, settings)?;
            let run = project(region.base.view(), &rates, MigrationTiming::End, NegativePopulation::Refuse);
            let fault = |source: CohortComponentError| FigureError::Forecast { unit, source: source.into() };
            Ok(run.map_err(fault)?.population.slice_move(s![1.., .., ..]))
        };
        match method {
            Method::Own => own(settings),
            Method::ConstantRates => own(&ForecastSettings::last_year()),
            Method::NoChange => no_change(region.base.view(), self.horizon).map_err(naive),
            Method::HamiltonPerry => {
                let last = region.observed.births.len().min(self.flows());
                let stock = |place: usize| region.observed.stocks.slice(s![place, .., ..]);
                let ratios = HamiltonPerry { width: 1, interval: 1, ..HamiltonPerry::default() };
                let ratios = ratios.fit(stock(last - 1), stock(last)).map_err(naive)?;
                ratios.project(region.base.view(), self.horizon).map_err(naive)
            }
        }
    }

    /// Rates of the forecast from observed data, from what was known at the jump-off.
    pub(super) fn rates(
        &self,
        unit: UnitId,
        region: &Region,
        settings: &ForecastSettings,
    ) -> Result<Assumptions, FigureError> {
        let fault = |source| FigureError::Forecast { unit, source };
        let country = &country()?.0;
        let fitted = FittedRegion::fit(&region.observed, country, self.jump_off, settings)
            .map_err(fault)?
            .with_tfr(region.more_tfr.iter().copied());
        let mortality =
            CountryMortality::forecast(country, self.jump_off, self.horizon, settings).map_err(fault)?;
        fitted.assumptions(region.base.view(), &mortality).map_err(fault)
    }

    /// Years of flows observed until the jump-off.
    fn flows(&self) -> usize {
        let first = self.regions.values().map(|region| region.observed.first.get()).min();
        usize::from(self.jump_off.get() - first.unwrap_or(self.jump_off.get()))
    }
}

/// Eurostat's stocks until 2021.
pub(super) fn until_2020(jump_off: Year) -> Result<Known, FigureError> {
    let (mut regions, mut observed) = (BTreeMap::new(), Vec::new());
    let mut last = jump_off;
    for (&nuts, area) in &subregions()?.0 {
        let unit = UnitId::from(nuts);
        let stock = |year: Year| {
            area.stocks.index_axis(Axis(0), usize::from(year.get() - area.first.get())).to_owned()
        };
        last = area.last();
        for year in jump_off.next().through(last) {
            let stock = stock(year);
            observed.extend(STANDARD_GROUPS.map(|ages| Count {
                unit,
                year,
                ages,
                persons: people(stock.view(), ages),
            }));
        }
        let region = Region { observed: area.clone(), base: stock(jump_off), more_tfr: Vec::new() };
        regions.insert(unit, region);
    }
    let horizon = usize::from(last.get() - jump_off.get());
    Ok(Known { jump_off, horizon, regions, observed })
}

/// GUS's stock of 31 XII 2022 and what it published of 2023 and 2024.
fn of_2022() -> Result<Known, FigureError> {
    let country = &country()?.0;
    let bases = bases(&mut Vec::new())?;
    let published = &published_stocks()?.0;
    let [_, _, working_ages, ..] = STANDARD_GROUPS;
    let (mut regions, mut observed) = (BTreeMap::new(), Vec::new());
    for (&nuts, area) in &subregions()?.0 {
        let unit = UnitId::from(nuts);
        let fault = |source| FigureError::Forecast { unit, source };
        let powiats = powiats_of(nuts, &bases)?;
        let base =
            powiats.iter().map(|(_, base)| base.clone()).reduce(|sum, base| sum + base).unwrap_or_default();
        let area = area.graduated_back_from(base.view(), country).map_err(fault)?;
        let fitted =
            FittedRegion::fit(&area, country, JUMP_OFF, &ForecastSettings::default()).map_err(fault)?;
        let tfr = fertility_of_2022(unit, &powiats, &fitted, country)?.tfr;
        for year in JUMP_OFF.next().through(YEARBOOK) {
            let stocks = || powiats.iter().filter_map(|(powiat, _)| published.get(&(*powiat, year)));
            let total = stocks().map(|stock| stock.totals.iter().sum::<f64>()).sum();
            observed.push(Count { unit, year, ages: AgeRange::ALL, persons: total });
            let working = stocks()
                .flat_map(|stock| &stock.groups)
                .filter(|group| group.to < 65)
                .map(|group| group.persons)
                .sum();
            observed.push(Count { unit, year, ages: working_ages, persons: working });
        }
        regions.insert(unit, Region { observed: area, base, more_tfr: vec![(JUMP_OFF, tfr)] });
    }
    let voivodeship = bases.keys().find_map(|powiat| powiat.voivodeship()).unwrap_or(Teryt::POLAND);
    let ages = ages_of_28()?;
    for group in STANDARD_GROUPS {
        let persons = ages
            .iter()
            .filter(|((from, to), _)| {
                *from >= group.first() && group.last().is_none_or(|last| to.is_some_and(|to| to <= last))
            })
            .map(|(_, persons)| persons)
            .sum();
        observed.push(Count { unit: voivodeship.into(), year: YEARBOOK, ages: group, persons });
    }
    let horizon = usize::from(YEARBOOK.get() - JUMP_OFF.get());
    Ok(Known { jump_off: JUMP_OFF, horizon, regions, observed })
}

fn people(stock: ArrayView2<'_, f64>, ages: AgeRange) -> f64 {
    let until = ages.last().map_or(stock.ncols(), |last| usize::from(last) + 1);
    stock.slice(s![.., usize::from(ages.first())..until]).sum()
}
