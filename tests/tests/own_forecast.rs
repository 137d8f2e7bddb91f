//! The forecast from observed data: what it must reproduce of the figures it rests on.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout)]

use diagnoza_core::demography::cohort_component::NegativePopulation;
use diagnoza_core::demography::scenario::{Baseline, Scenario};
use diagnoza_core::observation::{Sex, Year};
use diagnoza_core::territory::UnitId;
use diagnoza_data::official::Forecast;
use diagnoza_data::own;
use ndarray::{Axis, s};

const SUBREGIONS: [&str; 3] = ["PL621", "PL622", "PL623"];

fn run(base: Baseline) -> Forecast {
    let units: Vec<UnitId> = SUBREGIONS.iter().map(|code| code.parse().unwrap()).collect();
    let scenario = Scenario::unchanged(base);
    Forecast::run(&units, &scenario, Year::constant(2050), NegativePopulation::Refuse).unwrap()
}

#[test]
fn bt() {
    use diagnoza_core::demography::backtest::Key;
    let methods = own::Method::WORDS.map(|(_, method)| method);
    for years in [(2014..=2017).collect::<Vec<u16>>(), vec![2022]] {
        let jump_offs: Vec<Year> = years.into_iter().map(Year::constant).collect();
        let found = own::backtest(&jump_offs, &methods, &Default::default()).unwrap();
        let mut kept = found.clone();
        kept.records.retain(|r| r.year.get() >= 2018);
        for row in kept.summary(&[Key::Ages]).unwrap() {
            println!(
                "own {} {} mape {:.3} mpe {:.3} n {}",
                row.method,
                row.ages.unwrap(),
                row.errors.mape.unwrap(),
                row.errors.mpe.unwrap(),
                row.errors.count
            );
        }
        if found.records.iter().any(|r| r.jump_off.get() == 2022) {
            for r in &found.records {
                println!("own {r:?}");
            }
        }
    }
}

#[test]
fn look() {
    let (own, main) = (run(Baseline::Own), run(Baseline::Main));
    for code in SUBREGIONS {
        for (name, forecast) in [("own", &own), ("main", &main)] {
            let run = forecast.unit(code.parse().unwrap()).unwrap();
            for step in [0, 1, 2, 3, 8, 18, 28] {
                let p = run.population.index_axis(Axis(0), step);
                let f = |x: usize| run.life_expectancy(x, Sex::Female).unwrap();
                let m = |x: usize| run.life_expectancy(x, Sex::Male).unwrap();
                let last = step.max(1) - 1;
                println!(
                    "{code} {name} {}: {:.0}; 75+ {:.0}; births {:.0} deaths {:.0} net {:.0} e0 {:.2} {:.2} tfr {:.3}",
                    2022 + step,
                    p.sum(),
                    p.slice(s![.., 75..]).sum(),
                    run.births.row(last).sum(),
                    run.deaths.index_axis(Axis(0), last).sum(),
                    run.net_migration.index_axis(Axis(0), last).sum(),
                    f(last),
                    m(last),
                    run.total_fertility(last)
                );
            }
        }
    }
    let _ = own::own_areas().unwrap();
}
