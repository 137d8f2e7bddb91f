//! The diagnosis of one unit from the embedded figures.

use diagnoza_core::demography::cohort_component::NegativePopulation;
use diagnoza_core::demography::scenario::{Baseline, Scenario};
use diagnoza_core::diagnosis::{Change, Count, Diagnosis, Prospect, Standing};
use diagnoza_core::observation::{Provenance, Status, Year};
use diagnoza_core::resources::PeerSet;
use diagnoza_core::territory::{Level, UnitId};
use ndarray::Axis;

use crate::FigureError;
use crate::official::{Forecast, JUMP_OFF, LAST_PROJECTED, STOCK_2021, gazetteer};
use crate::tables::{IndicatorRequest, Measurement, measure, stock_of_2021};

/// Diagnoses a powiat, subregion or voivodeship: population 2021 to `until` in the official scenarios, the flows
/// behind the main one, and every indicator in 2022 and `until` among the units of its level.
///
/// ```
/// use diagnoza_core::observation::Year;
/// let elcki = diagnoza_data::diagnose("PL623".parse()?, Year::constant(2050))?;
/// assert_eq!(elcki.prospects[0].end.persons.round(), 228_942.0);
/// assert!(elcki.change.natural() < 0.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`FigureError`]: a gmina (its flows by age are not published), a unit or year that is not projected.
pub fn diagnose(unit: UnitId, until: Year) -> Result<Diagnosis, FigureError> {
    let register = gazetteer()?;
    let unit = register.resolve(unit)?;
    if unit.level() == Level::Gmina {
        return Err(FigureError::NoFigures {
            unit,
            what: "diagnosis",
            year: until,
            known: "powiats, subregions and voivodeships; gminas have indicators until 2040".to_owned(),
        });
    }
    if until <= JUMP_OFF || until > LAST_PROJECTED {
        return Err(outside(until));
    }
    let ([women, men], _) = stock_of_2021(unit)?;
    let start = Count { year: STOCK_2021, persons: women + men, status: Status::Observed };
    let mut prospects = Vec::new();
    let mut main = None;
    for variant in Baseline::OFFICIAL {
        let scenario = Scenario::unchanged(variant);
        let forecast = Forecast::run(&[unit], &scenario, until, NegativePopulation::Refuse)?;
        let run = forecast.unit(unit)?;
        let persons = run.population.index_axis(Axis(0), run.steps()).sum();
        let end = Count { year: until, persons, status: Status::Projected };
        prospects.push(Prospect { scenario: scenario.name().to_owned(), start, end });
        if variant == Baseline::Main {
            let provenance = forecast.projections().next().map(|projection| projection.provenance.clone());
            main = Some((run, provenance));
        }
    }
    let Some((run, provenance)) = main else {
        return Err(FigureError::NoFigures { unit, what: "projection", year: until, known: String::new() });
    };
    let change = Change::of(&run, JUMP_OFF, until).map_err(|_| outside(until))?;
    let measurements = measure(&IndicatorRequest {
        units: vec![unit],
        years: vec![JUMP_OFF, until],
        indicators: Vec::new(),
        scenario: Scenario::unchanged(Baseline::Main),
        peers: PeerSet::Voivodeship,
        negative: NegativePopulation::Refuse,
    })?;
    Ok(Diagnosis {
        unit,
        name: register.name(unit)?.to_owned(),
        prospects,
        change,
        standings: measurements.into_iter().map(standing).collect(),
        provenance: provenance.unwrap_or_else(|| Provenance::new(&[], Vec::new())),
    })
}

fn standing(measured: Measurement) -> Standing {
    Standing {
        indicator: measured.indicator.id.to_owned(),
        year: measured.year,
        note: measured.value.as_ref().err().map(ToString::to_string),
        value: measured.value.ok(),
        n: measured.place.as_ref().map(|place| place.n),
        rank: measured.place.as_ref().map(|place| place.rank),
        median: measured.place.as_ref().map(|place| place.median),
        status: measured.status,
    }
}

fn outside(until: Year) -> FigureError {
    FigureError::Years { what: "diagnosis", from: until, until, first: JUMP_OFF.next(), last: LAST_PROJECTED }
}
