//! Needs on the embedded projections: identities that hold for every unit and scenario, and the population that they
//! are computed from against the projection itself.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use diagnoza_core::demography::cohort_component::NegativePopulation;
use diagnoza_core::demography::scenario::{Baseline, Scenario};
use diagnoza_core::observation::{Cell, Status, Year};
use diagnoza_core::resources::need::{NeedRates, RateRow, RatesSpec, Supply};
use diagnoza_core::territory::UnitId;
use diagnoza_data::needs::{Needs, NeedsRequest, needs, people};
use diagnoza_data::official::{Forecast, JUMP_OFF, gazetteer};
use ndarray::Axis;

const UNTIL: Year = Year::constant(2050);

fn rates(rows: &[(&str, &str, &str, f64)]) -> NeedRates {
    let row = |&(service, sex, ages, rate): &(&str, &str, &str, f64)| RateRow {
        service: service.to_owned(),
        unit: "hours_per_person".to_owned(),
        sex: sex.to_owned(),
        ages: ages.to_owned(),
        rate: Some(rate),
        year: Some(2024),
        source: "synthetic".to_owned(),
        other_ages: "no_need".to_owned(),
        ..RateRow::default()
    };
    RatesSpec::from_table(rows.iter().map(row).collect()).check("synthetic").unwrap()
}

fn request(selection: &str, bases: &[Baseline], rates: NeedRates) -> NeedsRequest {
    NeedsRequest {
        units: gazetteer().unwrap().select(selection).unwrap(),
        scenarios: bases.iter().copied().map(Scenario::unchanged).collect(),
        from: JUMP_OFF,
        until: UNTIL,
        negative: NegativePopulation::Refuse,
        rates,
        supply: Supply::unknown(),
        files: Vec::new(),
    }
}

/// Need by unit, scenario and year.
fn values(found: &Needs) -> BTreeMap<(UnitId, String, Year), f64> {
    found
        .rows
        .iter()
        .map(|row| {
            let Cell::Value(need) = row.year.need else { panic!("{row:?} has no need") };
            ((row.unit, row.scenario.clone(), row.year.year), need)
        })
        .collect()
}

#[test]
fn a_rate_of_one_is_the_projected_population() {
    let everybody = rates(&[("all", "T", "0+", 1.0)]);
    for base in Baseline::ALL {
        let request = request("28,PL621,2816", &[base], everybody.clone());
        let found = values(&needs(&request).unwrap());
        let scenario = Scenario::unchanged(base);
        let forecast = Forecast::run(&request.units, &scenario, UNTIL, NegativePopulation::Refuse).unwrap();
        for &unit in &request.units {
            let run = forecast.unit(unit).unwrap();
            for (step, year) in JUMP_OFF.through(UNTIL).enumerate() {
                let expected = run.population.index_axis(Axis(0), step).sum();
                let got = found[&(unit, scenario.name().to_owned(), year)];
                // The table of the population rounds each of 182 cells to a millionth.
                assert!((got - expected).abs() < 182.0 * 0.5e-6, "{unit}, {base}, {year}: {got}, {expected}");
            }
        }
    }
}

#[test]
fn needs_of_gminas_add_to_their_powiat_where_groups_are_whole() {
    let old = rates(&[("care", "F", "70+", 2.5), ("care", "M", "80+", 4.0)]);
    // Low is projected with the powiat in every year; the office's main variant of gminas is another publication.
    let powiat = values(&needs(&request("2816", &[Baseline::Low], old.clone())).unwrap());
    let gminas = values(&needs(&request("gminas:2816", &[Baseline::Low], old)).unwrap());
    for ((_, _, year), whole) in powiat {
        let parts: f64 = gminas.iter().filter(|((_, _, of), _)| *of == year).map(|(_, need)| need).sum();
        assert!((parts - whole).abs() < 1e-3, "{year}: gminas {parts}, powiat {whole}");
    }
}

#[test]
fn the_spread_is_from_the_lowest_to_the_highest_scenario() {
    let old = rates(&[("care", "T", "85+", 1.0)]);
    let found = needs(&request("subregions:28", &Baseline::OFFICIAL, old)).unwrap();
    let by_scenario = values(&found);
    assert_eq!(found.spreads.len(), 3 * 29);
    for one in &found.spreads {
        let ends = one.spread.unwrap();
        let needs: Vec<f64> = Baseline::OFFICIAL
            .iter()
            .map(|base| by_scenario[&(one.unit, base.word().to_owned(), one.year)])
            .collect();
        assert!(needs.iter().all(|need| ends.low <= *need && *need <= ends.high));
        assert!(needs.iter().any(|need| (need - ends.low).abs() < 1e-12));
        assert!(needs.iter().any(|need| (need - ends.high).abs() < 1e-12));
    }
}

#[test]
fn people_say_how_each_year_is_known() {
    let unit: UnitId = "PL623".parse().unwrap();
    let years = (Year::constant(2021), Year::constant(2023));
    let main = Scenario::unchanged(Baseline::Main);
    let found = people(&[unit], &main, years, NegativePopulation::Refuse).unwrap();
    let statuses: Vec<&str> = found[0].statuses.values().map(String::as_str).collect();
    assert_eq!(statuses, [Status::Estimated.word(), Status::Observed.word(), Status::Projected.word()]);
    assert_eq!(found[0].panel.ages().len(), 91);
    let both = people(&[unit, "2816033".parse().unwrap()], &main, years, NegativePopulation::Refuse).unwrap();
    assert_eq!(both.iter().map(|group| group.panel.ages().len()).collect::<Vec<_>>(), [91, 9]);
}
