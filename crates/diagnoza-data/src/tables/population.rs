use std::collections::BTreeMap;

use diagnoza_core::demography::cohort_component::{CohortProjection, NegativePopulation};
use diagnoza_core::demography::scenario::{Baseline, Scenario};
use diagnoza_core::demography::{AgeRange, Sexes};
use diagnoza_core::observation::{Sex, Status, Year};
use diagnoza_core::territory::{Level, Teryt, UnitId};
use ndarray::{Array2, ArrayView2, Axis, s};
use polars::prelude::DataFrame;

use super::frame::{column, frame, persons};
use crate::error::FigureError;
use crate::gminas::{Gminas, TEN_YEAR_GROUPS, project_gminas};
use crate::official::{
    Forecast, JUMP_OFF, LAST_OF_GMINAS, LAST_PROJECTED, OBSERVED_UNTIL, STOCK_2021, gazetteer, gmina_counts,
    gmina_totals, powiats_of, stock_2021,
};

/// Which population to tabulate.
#[derive(Clone, Debug)]
pub struct PopulationRequest {
    /// Units: powiats, subregions, voivodeships; gminas of 28.
    pub units: Vec<UnitId>,
    /// Scenario; gminas have the bases alone, without changes.
    pub scenario: Scenario,
    /// First year, 2021 at the earliest.
    pub from: Year,
    /// Last year, 2060 at the latest.
    pub until: Year,
    /// One row per sex instead of both together.
    pub by_sex: bool,
    /// One row per age: single years to 90+, ten-year groups to 80+ for gminas.
    pub by_age: bool,
    /// What to do when a scenario's emigration exceeds the people there.
    pub negative: NegativePopulation,
}

/// Rows of a population table, column by column.
#[derive(Default)]
struct Rows {
    units: Vec<String>,
    names: Vec<String>,
    years: Vec<i32>,
    sexes: Vec<&'static str>,
    ages: Vec<i32>,
    people: Vec<f64>,
    statuses: Vec<&'static str>,
}

/// Population at 31 XII by unit and year, optionally by sex and age.
///
/// Columns: `unit`, `name`, `scenario`, `year`, `sex` (F, M), `age` (first age of the group, the last
/// open), `population` (persons), `status` (observed, estimated, projected). The totals of 2021 are
/// observed, their ages estimated (see [`stock_2021`]), 2022 is observed, later years are projected.
///
/// # Errors
/// [`FigureError`] names the unit and year that cannot be given, and what is known instead.
pub fn population(request: &PopulationRequest) -> Result<DataFrame, FigureError> {
    let register = gazetteer()?;
    let units: Vec<UnitId> =
        request.units.iter().map(|&unit| register.resolve(unit)).collect::<Result<_, _>>()?;
    let (gminas, areas): (Vec<UnitId>, Vec<UnitId>) =
        units.iter().partition(|unit| unit.level() == Level::Gmina);
    if request.by_age && !gminas.is_empty() && !areas.is_empty() {
        return Err(FigureError::MixedAges);
    }
    check_years(request, !gminas.is_empty())?;
    let until = request.until.max(JUMP_OFF);
    let powiats = powiats_of_gminas(&gminas);
    let projected: Vec<UnitId> = areas.iter().copied().chain(powiats.iter().map(|&p| p.into())).collect();
    let forecast = Forecast::run(&projected, &request.scenario, until, request.negative)?;
    let local =
        if computed(request).is_empty() { BTreeMap::new() } else { local(request, &powiats, &forecast)? };
    let mut rows = Rows::default();
    for unit in units {
        let name = register.name(unit)?;
        match unit.teryt() {
            Some(gmina) if unit.level() == Level::Gmina => rows.gmina(request, gmina, name, &local)?,
            _ => rows.area(request, unit, name, &forecast.unit(unit)?)?,
        }
    }
    rows.into_frame(request)
}

fn check_years(request: &PopulationRequest, with_gminas: bool) -> Result<(), FigureError> {
    if with_gminas && request.scenario != Scenario::unchanged(request.scenario.base()) {
        return Err(FigureError::GminaScenario { scenario: request.scenario.name().to_owned() });
    }
    let (what, last) = ("population", LAST_PROJECTED);
    let (from, until) = (request.from, request.until);
    if from < STOCK_2021 || until > last || from > until {
        return Err(FigureError::Years { what, from, until, first: STOCK_2021, last });
    }
    Ok(())
}

/// Years of gminas that GUS did not publish: all after the jump-off unless the scenario is its main variant, which it
/// carried to 2040.
fn computed(request: &PopulationRequest) -> Vec<Year> {
    let last = if request.scenario.base() == Baseline::Main { LAST_OF_GMINAS } else { JUMP_OFF };
    last.next().max(request.from).through(request.until).collect()
}

fn powiats_of_gminas(gminas: &[UnitId]) -> Vec<Teryt> {
    let powiats = gminas.iter().filter_map(|unit| unit.teryt()?.powiat());
    let mut powiats: Vec<Teryt> = powiats.collect();
    powiats.sort_unstable();
    powiats.dedup();
    powiats
}

/// The gminas of the powiats, from the last stock that GUS published in the scenario.
fn local(
    request: &PopulationRequest,
    powiats: &[Teryt],
    forecast: &Forecast,
) -> Result<BTreeMap<Teryt, Gminas>, FigureError> {
    let from = if request.scenario.base() == Baseline::Main { LAST_OF_GMINAS } else { JUMP_OFF };
    powiats
        .iter()
        .map(|&powiat| Ok((powiat, project_gminas(powiat, &forecast.unit(powiat.into())?, from)?)))
        .collect()
}

impl Rows {
    /// Rows of a unit made of powiats.
    fn area(
        &mut self,
        request: &PopulationRequest,
        unit: UnitId,
        name: &str,
        run: &CohortProjection,
    ) -> Result<(), FigureError> {
        for year in request.from.through(request.until) {
            if year == STOCK_2021 {
                let (totals, structure) = stock_of_2021(unit)?;
                let status = if request.by_age { Status::Estimated } else { Status::Observed };
                // Published totals are kept as they are; the structure adds to them.
                let stock = if request.by_age {
                    structure
                } else {
                    Array2::from_shape_fn((2, 1), |(sex, _)| totals[sex])
                };
                self.stock(request, unit, name, year, &stock, status);
            } else {
                let step = usize::from(year.get() - JUMP_OFF.get());
                let stock = run.population.index_axis(Axis(0), step).to_owned();
                let status = match () {
                    () if step == 0 => Status::Observed,
                    // The forecast from observed data is brought to the published stocks of 2023 and 2024.
                    () if request.scenario.base() == Baseline::Own && year <= OBSERVED_UNTIL => {
                        Status::Estimated
                    }
                    () => Status::Projected,
                };
                self.stock(request, unit, name, year, &stock, status);
            }
        }
        Ok(())
    }

    fn stock(
        &mut self,
        request: &PopulationRequest,
        unit: UnitId,
        name: &str,
        year: Year,
        stock: &Array2<f64>,
        status: Status,
    ) {
        let by_sex =
            if request.by_sex { stock.clone() } else { stock.sum_axis(Axis(0)).insert_axis(Axis(0)) };
        let cells = if request.by_age { by_sex } else { by_sex.sum_axis(Axis(1)).insert_axis(Axis(1)) };
        for ((sex, age), &people) in cells.indexed_iter() {
            let sex = if request.by_sex { Sex::BOTH[sex].letter() } else { "T" };
            self.push(unit, name, year, sex, age as i32, people, status);
        }
    }

    /// Rows of a gmina: its published groups, and in other scenarios and later years those projected with its powiat.
    fn gmina(
        &mut self,
        request: &PopulationRequest,
        gmina: Teryt,
        name: &str,
        local: &BTreeMap<Teryt, Gminas>,
    ) -> Result<(), FigureError> {
        let unit = UnitId::from(gmina);
        let (counts, _) = gmina_counts()?;
        let (totals, _) = gmina_totals()?;
        let none = |year| FigureError::NoFigures {
            unit,
            what: "population by sex or age",
            year,
            known:
                "totals of gminas of voivodeship 28 for 2021; totals, sex and ten-year ages for 2022 to 2060"
                    .to_owned(),
        };
        for year in request.from.through(request.until) {
            if year == STOCK_2021 {
                let total = totals.get(&(gmina.without_kind(), year));
                let &total =
                    total.filter(|_| !request.by_sex && !request.by_age).ok_or_else(|| none(year))?;
                self.push(unit, name, year, "T", 0, total, Status::Observed);
                continue;
            }
            let status = if year == JUMP_OFF { Status::Observed } else { Status::Projected };
            if computed(request).contains(&year) {
                let stock = local
                    .get(&gmina.powiat().unwrap_or(gmina))
                    .and_then(|gminas| gminas.stock(gmina, year))
                    .ok_or_else(|| none(year))?;
                self.computed(request, unit, name, year, stock, status);
                continue;
            }
            let published = counts.get(&(gmina, year)).ok_or_else(|| none(year))?;
            let sexes: &[Sexes] = if request.by_sex { &[Sexes::Female, Sexes::Male] } else { &[Sexes::Both] };
            let ages: &[(u8, Option<u8>)] = if request.by_age { &TEN_YEAR_GROUPS } else { &[(0, None)] };
            for &sexes in sexes {
                for &(from, to) in ages {
                    let count = published.iter().find(|count| {
                        count.sexes == sexes && count.ages.first() == from && count.ages.last() == to
                    });
                    let count = count.ok_or_else(|| FigureError::NoCount {
                        unit,
                        year,
                        sexes,
                        ages: AgeRange::new(from, to).map(|ages| ages.to_string()).unwrap_or_default(),
                    })?;
                    self.push(unit, name, year, sexes.letter(), i32::from(from), count.persons, status);
                }
            }
        }
        Ok(())
    }

    /// Rows of a gmina in a year that is computed.
    fn computed(
        &mut self,
        request: &PopulationRequest,
        unit: UnitId,
        name: &str,
        year: Year,
        stock: ArrayView2<'_, f64>,
        status: Status,
    ) {
        let groups: &[(u8, Option<u8>)] = if request.by_age { &TEN_YEAR_GROUPS } else { &[(0, None)] };
        let sexes: &[(&'static str, &[usize])] =
            if request.by_sex { &[("F", &[0]), ("M", &[1])] } else { &[("T", &[0, 1])] };
        for (letter, rows) in sexes {
            for &(from, to) in groups {
                let until = to.map_or(stock.ncols(), |last| usize::from(last) + 1);
                let people =
                    rows.iter().map(|&sex| stock.slice(s![sex, usize::from(from)..until]).sum()).sum();
                self.push(unit, name, year, letter, i32::from(from), people, status);
            }
        }
    }

    #[allow(clippy::too_many_arguments, reason = "one argument per column")]
    fn push(
        &mut self,
        unit: UnitId,
        name: &str,
        year: Year,
        sex: &'static str,
        age: i32,
        people: f64,
        status: Status,
    ) {
        self.units.push(unit.to_string());
        self.names.push(name.to_owned());
        self.years.push(i32::from(year.get()));
        self.sexes.push(sex);
        self.ages.push(age);
        self.people.push(persons(people));
        self.statuses.push(status.word());
    }

    fn into_frame(self, request: &PopulationRequest) -> Result<DataFrame, FigureError> {
        let height = self.units.len();
        let mut columns = vec![
            column("unit", self.units),
            column("name", self.names),
            column("scenario", vec![request.scenario.name(); height]),
            column("year", self.years),
        ];
        if request.by_sex {
            columns.push(column("sex", self.sexes));
        }
        if request.by_age {
            columns.push(column("age", self.ages));
        }
        columns.push(column("population", self.people));
        columns.push(column("status", self.statuses));
        frame(height, columns)
    }
}

/// Published totals by sex and estimated structure of a unit at 31 XII 2021.
pub(crate) fn stock_of_2021(unit: UnitId) -> Result<([f64; 2], Array2<f64>), FigureError> {
    let (stocks, _): &(BTreeMap<Teryt, _>, _) = stock_2021()?;
    let mut totals = [0.0; 2];
    let mut structure = Array2::zeros((2, 91));
    for powiat in powiats_of(unit)? {
        let stock = stocks.get(&powiat).ok_or_else(|| FigureError::NoFigures {
            unit,
            what: "population",
            year: STOCK_2021,
            known: "2022 to 2060; 2021 is embedded for voivodeship 28 only".to_owned(),
        })?;
        totals[0] += stock.totals[0];
        totals[1] += stock.totals[1];
        structure += &stock.structure;
    }
    Ok((totals, structure))
}
