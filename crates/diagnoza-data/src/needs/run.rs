use std::collections::BTreeMap;

use diagnoza_core::demography::cohort_component::NegativePopulation;
use diagnoza_core::demography::scenario::Scenario;
use diagnoza_core::observation::{Cell, Provenance, Source, Year};
use diagnoza_core::resources::need::{
    FirstGap, GapYear, NeedRates, ServiceNeed, Spread, Supply, first_gap, gap, need, scenario_spread,
};
use diagnoza_core::territory::{Level, UnitId};
use serde::Serialize;

use super::{NeedsError, People, people};
use crate::error::FigureError;
use crate::official::{gazetteer, powiats_of};

/// Which needs to compute.
#[derive(Clone, Debug)]
pub struct NeedsRequest {
    /// Units: powiats, subregions, voivodeships; gminas of 28.
    pub units: Vec<UnitId>,
    /// Scenarios of the population, each of another name.
    pub scenarios: Vec<Scenario>,
    /// First year, 2021 at the earliest; 2022 for gminas.
    pub from: Year,
    /// Last year, 2060 at the latest.
    pub until: Year,
    /// What to do when a scenario's emigration exceeds the people there.
    pub negative: NegativePopulation,
    /// The user's rates.
    pub rates: NeedRates,
    /// The user's supply; [`Supply::unknown`] without any.
    pub supply: Supply,
    /// The user's files.
    pub files: Vec<Source>,
}

/// Need, supply and gap by unit, service, scenario and year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Needs {
    /// Rows: units outermost, then services, scenarios, years.
    pub rows: Vec<NeedRow>,
    /// When the gap of each unit, service and scenario opens.
    pub first_gaps: Vec<FirstGapOf>,
    /// Lowest and highest scenario of each unit, service and year; empty with one scenario.
    pub spreads: Vec<SpreadOf>,
    /// Methods and inputs.
    pub provenance: Provenance,
}

/// Need, supply and gap of one year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NeedRow {
    /// The unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// Service kind.
    pub service: String,
    /// Scenario of the population.
    pub scenario: String,
    /// How the population of the year is known.
    pub status: String,
    /// Need, supply and what lies between them.
    pub year: GapYear,
}

/// When a gap opens.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FirstGapOf {
    /// The unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// Service kind.
    pub service: String,
    /// Scenario of the population.
    pub scenario: String,
    /// The year, or why there is none.
    pub first: FirstGap,
    /// The last year.
    pub last: GapYear,
}

/// The lowest and highest need of a year over the scenarios: not an interval of any probability.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SpreadOf {
    /// The unit.
    pub unit: UnitId,
    /// Service kind.
    pub service: String,
    /// The year.
    pub year: Year,
    /// The ends; `None` where a scenario has no value.
    pub spread: Option<Spread>,
}

/// Need of each year.
type Series = (Vec<Year>, Vec<Cell>);

/// Computes needs; see [`diagnoza_core::resources::need`] for the formulas.
///
/// ```
/// use diagnoza_core::observation::{Cell, Year};
/// use diagnoza_core::resources::need::{RateRow, RatesSpec, Supply};
/// use diagnoza_core::demography::scenario::{Baseline, Scenario};
/// use diagnoza_core::demography::cohort_component::NegativePopulation;
/// use diagnoza_data::needs::{NeedsRequest, needs};
/// // A rate of 1 at every age gives the population.
/// let everybody = RateRow {
///     service: "everybody".into(), unit: "persons_per_person".into(), sex: "T".into(), ages: "0+".into(),
///     rate: Some(1.0), year: Some(2024), source: "identity".into(), ..RateRow::default()
/// };
/// let found = needs(&NeedsRequest {
///     units: vec!["PL623".parse()?], scenarios: vec![Scenario::unchanged(Baseline::Main)],
///     from: Year::new(2022)?, until: Year::new(2050)?, negative: NegativePopulation::Refuse,
///     rates: RatesSpec::from_table(vec![everybody]).check("rates")?, supply: Supply::unknown(), files: Vec::new(),
/// })?;
/// let Some(Cell::Value(people)) = found.rows.last().map(|row| row.year.need) else { return Err("no need".into()) };
/// assert_eq!(people.round(), 228_942.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`NeedsError`]: no unit or scenario, two scenarios of one name, rates that cut an age group, years or units without
/// figures.
pub fn needs(request: &NeedsRequest) -> Result<Needs, NeedsError> {
    check(request)?;
    let by_scenario = request
        .scenarios
        .iter()
        .map(|scenario| {
            Ok((scenario, people(&request.units, scenario, (request.from, request.until), request.negative)?))
        })
        .collect::<Result<Vec<_>, NeedsError>>()?;
    let register = gazetteer()?;
    let mut found = Needs {
        rows: Vec::new(),
        first_gaps: Vec::new(),
        spreads: Vec::new(),
        provenance: provenance(request, &by_scenario),
    };
    // Every need at once, by unit, so that a unit has its rows together.
    let mut series: BTreeMap<(UnitId, usize, usize), Series> = BTreeMap::new();
    for (place, (_, groups)) in by_scenario.iter().enumerate() {
        for (number, service) in request.rates.services().iter().enumerate() {
            for group in groups {
                for one in need(&group.panel, service)? {
                    series.insert((one.unit, number, place), (one.years, one.need));
                }
            }
        }
    }
    let mut seen: Vec<UnitId> = Vec::new();
    for &unit in &request.units {
        let unit = register.resolve(unit).map_err(FigureError::from)?;
        if seen.contains(&unit) {
            continue;
        }
        seen.push(unit);
        let name = register.name(unit).map_err(FigureError::from)?;
        let parts = parts_of(unit)?;
        for (number, service) in request.rates.services().iter().enumerate() {
            let of = |place: usize| series.get(&(unit, number, place));
            for (place, (scenario, groups)) in by_scenario.iter().enumerate() {
                let Some((years, needed)) = of(place) else { continue };
                let there = request.supply.of(unit, &service.service, &parts, years);
                let gaps = gap(years, needed, &there)?;
                found.add((unit, name), service, scenario.name(), gaps, groups);
            }
            found.spread(unit, service, &(0..by_scenario.len()).filter_map(of).collect::<Vec<_>>())?;
        }
    }
    Ok(found)
}

impl Needs {
    fn add(
        &mut self,
        (unit, name): (UnitId, &str),
        service: &ServiceNeed,
        scenario: &str,
        gaps: Vec<GapYear>,
        groups: &[People],
    ) {
        let status = |year: Year| {
            let found = groups.iter().find_map(|group| group.statuses.get(&(unit, year)));
            found.cloned().unwrap_or_default()
        };
        if let Some(&last) = gaps.last() {
            self.first_gaps.push(FirstGapOf {
                unit,
                name: name.to_owned(),
                service: service.service.clone(),
                scenario: scenario.to_owned(),
                first: first_gap(&gaps),
                last,
            });
        }
        self.rows.extend(gaps.into_iter().map(|year| NeedRow {
            unit,
            name: name.to_owned(),
            service: service.service.clone(),
            scenario: scenario.to_owned(),
            status: status(year.year),
            year,
        }));
    }

    fn spread(&mut self, unit: UnitId, service: &ServiceNeed, series: &[&Series]) -> Result<(), NeedsError> {
        let Some((years, _)) = series.first().filter(|_| series.len() > 1) else { return Ok(()) };
        let needs: Vec<&[Cell]> = series.iter().map(|(_, need)| need.as_slice()).collect();
        let spreads = scenario_spread(&needs)?;
        self.spreads.extend(years.iter().zip(spreads).map(|(&year, spread)| SpreadOf {
            unit,
            service: service.service.clone(),
            year,
            spread,
        }));
        Ok(())
    }
}

fn check(request: &NeedsRequest) -> Result<(), NeedsError> {
    for (what, empty) in [("unit", request.units.is_empty()), ("scenario", request.scenarios.is_empty())] {
        if empty {
            return Err(NeedsError::Nothing { what });
        }
    }
    for (place, scenario) in request.scenarios.iter().enumerate() {
        if request.scenarios.iter().take(place).any(|other| other.name() == scenario.name()) {
            return Err(NeedsError::ScenarioTwice { name: scenario.name().to_owned() });
        }
    }
    Ok(())
}

/// What a unit is the sum of, for supply given by smaller units: powiats, or the gminas of a powiat.
fn parts_of(unit: UnitId) -> Result<Vec<UnitId>, FigureError> {
    Ok(match unit.level() {
        Level::Gmina => Vec::new(),
        Level::Powiat => gazetteer()?.gminas(unit)?,
        Level::Poland | Level::Voivodeship | Level::Subregion => {
            powiats_of(unit)?.into_iter().map(UnitId::from).collect()
        }
    })
}

fn provenance(request: &NeedsRequest, by_scenario: &[(&Scenario, Vec<People>)]) -> Provenance {
    let mut inputs = request.files.clone();
    for people in by_scenario.iter().flat_map(|(_, groups)| groups) {
        for input in &people.inputs {
            if !inputs.contains(input) {
                inputs.push(input.clone());
            }
        }
    }
    let scenarios: Vec<&str> = request.scenarios.iter().map(Scenario::name).collect();
    Provenance::new(
        &[
            ("need", "sum over sex and age of population at 31 XII x rate"),
            ("rates", "the user's, constant over the years"),
            ("supply_rule", request.supply.rule().word()),
            ("scenarios", &scenarios.join(", ")),
            ("spread", "lowest to highest scenario, not an interval of any probability"),
        ],
        inputs,
    )
}
