//! GUS's projection 2023-2060 comes back from the calibrated rates, for every powiat of 28, 22 and 02
//! in all three variants: every cell within half a person, births, deaths and net migration within one.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use diagnoza_core::demography::cohort_component::NegativePopulation;
use diagnoza_core::demography::projection::Projection;
use diagnoza_core::demography::scenario::{Baseline, ChangeSpec, Scenario, ScenarioSpec};
use diagnoza_core::observation::{Provenance, Sex, Year};
use diagnoza_core::territory::UnitId;
use diagnoza_data::official::{
    Forecast, LAST_PROJECTED, calibrated, check_scenario, gazetteer, official_areas, projected_voivodeships,
    stock_2021,
};
use diagnoza_data::tables::{PopulationRequest, population};
use ndarray::{Axis, s};

fn year(year: u16) -> Year {
    Year::constant(year)
}

#[test]
fn every_official_cell_and_component_is_reproduced() {
    let mut cells = 0_usize;
    for voivodeship in projected_voivodeships() {
        for variant in Baseline::OFFICIAL {
            let (official, _) = official_areas(voivodeship, variant).unwrap();
            let found = calibrated(voivodeship, variant).unwrap();
            let run = Projection::run(
                &found.0,
                &Scenario::unchanged(variant),
                LAST_PROJECTED,
                NegativePopulation::Refuse,
                Provenance::new(&[], vec![]),
            )
            .unwrap();
            for area in &official {
                let projected = run.sum(&[area.unit.teryt().unwrap()]).unwrap();
                for (place, &expected) in area.population.indexed_iter() {
                    let got = projected.population[place];
                    assert!(
                        (got - expected).abs() < 0.5,
                        "{} {variant} {place:?}: {got} {expected}",
                        area.unit
                    );
                    cells += 1;
                }
                for step in 0..area.births.len() {
                    let deaths = projected.deaths.index_axis(Axis(0), step).sum();
                    let net = projected.net_migration.index_axis(Axis(0), step).sum();
                    for (what, got, expected) in [
                        ("births", projected.births.row(step).sum(), area.births[step]),
                        ("deaths", deaths, area.deaths[step]),
                        ("net migration", net, area.net_migration[step]),
                    ] {
                        let year = 2023 + step;
                        assert!(
                            (got - expected).abs() < 1.0,
                            "{} {variant} {year} {what}: {got} {expected}",
                            area.unit
                        );
                    }
                }
            }
        }
    }
    assert_eq!(cells, (21 + 20 + 30) * 3 * 39 * 2 * 91);
}

fn subregions() -> Vec<UnitId> {
    gazetteer().unwrap().select("subregions:28").unwrap()
}

fn totals(scenario: Scenario, until: u16) -> Vec<(String, i32, f64, String)> {
    let frame = population(&PopulationRequest {
        units: subregions(),
        scenario,
        from: year(2021),
        until: year(until),
        by_sex: false,
        by_age: false,
        negative: NegativePopulation::Refuse,
    })
    .unwrap();
    let column = |name: &str| frame.column(name).unwrap().as_materialized_series().clone();
    let (units, years, people, statuses) =
        (column("unit"), column("year"), column("population"), column("status"));
    (0..frame.height())
        .map(|row| {
            (
                units.str().unwrap().get(row).unwrap().to_owned(),
                years.i32().unwrap().get(row).unwrap(),
                people.f64().unwrap().get(row).unwrap(),
                statuses.str().unwrap().get(row).unwrap().to_owned(),
            )
        })
        .collect()
}

#[test]
#[allow(clippy::float_cmp, reason = "official figures are whole numbers")]
fn subregions_have_the_official_totals_of_2021_and_2050() {
    for (variant, expected) in [
        (Baseline::Main, [401_160.0, 490_852.0, 228_942.0]),
        (Baseline::Low, [364_573.0, 445_659.0, 206_057.0]),
        (Baseline::High, [432_150.0, 528_828.0, 248_506.0]),
    ] {
        let rows = totals(Scenario::unchanged(variant), 2050);
        assert_eq!(rows.len(), 3 * 30);
        let at = |wanted: i32| -> Vec<f64> {
            rows.iter().filter(|row| row.1 == wanted).map(|row| row.2).collect()
        };
        assert_eq!(at(2050), expected, "{variant}");
        assert_eq!(at(2021), [503_531.0, 595_895.0, 275_273.0]);
        for (_, year, _, status) in &rows {
            assert_eq!(status, if *year <= 2022 { "observed" } else { "projected" });
        }
    }
}

#[test]
fn implied_life_expectancy_lies_near_the_official_value_of_the_voivodeship() {
    // GUS, Rocznik Demograficzny 2025: warmińsko-mazurskie 2024, men 74.29, women 81.84.
    let main = Scenario::unchanged(Baseline::Main);
    let forecast = Forecast::run(&subregions(), &main, year(2050), NegativePopulation::Refuse).unwrap();
    for unit in subregions() {
        let run = forecast.unit(unit).unwrap();
        for step in [0, 1] {
            let (women, men) = (run.life_expectancy(step, Sex::Female), run.life_expectancy(step, Sex::Male));
            assert!((women.unwrap() - 81.84).abs() < 0.35, "{unit} {women:?}");
            assert!((men.unwrap() - 74.29).abs() < 0.35, "{unit} {men:?}");
        }
        assert!((1.0..1.25).contains(&run.total_fertility(1)), "{unit} {}", run.total_fertility(1));
    }
}

#[test]
fn the_structure_of_2021_adds_to_the_published_totals() {
    let (stocks, _) = stock_2021().unwrap();
    assert_eq!(stocks.len(), 21);
    let mut all = 0.0;
    for (powiat, stock) in stocks {
        for sex in 0..2 {
            let estimated = stock.structure.row(sex).sum();
            assert!((estimated - stock.totals[sex]).abs() < 1e-6, "{powiat}");
        }
        assert!(stock.structure.iter().all(|&people| people >= 0.0));
        all += stock.totals.iter().sum::<f64>();
    }
    assert!((all - 1_374_699.0).abs() < 1e-6);
}

/// What a planner asks: ełcki to 2050 when nobody moves, and when fertility falls to 1.1 from 2025.
#[test]
fn what_ifs_move_only_what_they_change() {
    let elcki: UnitId = "PL623".parse().unwrap();
    let scenario = |change: ChangeSpec| {
        check_scenario(ScenarioSpec::new("what if", Baseline::Main).with(change)).unwrap()
    };
    let run = |scenario: &Scenario| {
        Forecast::run(&[elcki], scenario, year(2050), NegativePopulation::Refuse)
            .unwrap()
            .unit(elcki)
            .unwrap()
    };
    let main = run(&Scenario::unchanged(Baseline::Main));
    let still = run(&scenario(ChangeSpec {
        net_migration_factor: Some(0.0),
        from: Some(year(2023)),
        ..ChangeSpec::default()
    }));
    assert!(still.net_migration.iter().all(|net| net.abs() < 1e-12));
    still.check_balance().unwrap();
    let total = |run: &diagnoza_core::demography::cohort_component::CohortProjection, step: usize| {
        run.population.index_axis(Axis(0), step).sum()
    };
    // With nobody moving, births and deaths are all that changes the stock of 2022, which is the official one.
    assert!((total(&still, 0) - total(&main, 0)).abs() < 1e-9);
    let natural = still.births.sum() - still.deaths.sum();
    assert!((total(&still, 28) - total(&still, 0) - natural).abs() < 1e-6);
    assert!((total(&still, 28) - total(&main, 28)).abs() > 100.0);

    let fewer =
        run(&scenario(ChangeSpec { tfr: Some(1.1), from: Some(year(2025)), ..ChangeSpec::default() }));
    for step in 2..28 {
        assert!((fewer.total_fertility(step) - 1.1).abs() < 1e-9, "{step}");
        // Nobody born before 2025 is touched.
        let older = s![step + 1, .., step - 1..];
        let change = &fewer.population.slice(older) - &main.population.slice(older);
        assert!(change.iter().all(|people| people.abs() < 1e-6), "{step}");
    }
    assert!(total(&fewer, 28) < total(&main, 28));
}
