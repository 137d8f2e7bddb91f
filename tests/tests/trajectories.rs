//! Trajectories of the forecast from observed data: what their parameters rest on, that paths add up, and how often
//! past intervals held what happened.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::Mutex;

use diagnoza_core::demography::cohort_component::NegativePopulation;
use diagnoza_core::demography::regional_forecast::ForecastSettings;
use diagnoza_core::demography::scenario::{Baseline, Scenario};
use diagnoza_core::demography::trajectory::Components;
use diagnoza_core::observation::Year;
use diagnoza_core::progress::unwatched;
use diagnoza_core::territory::UnitId;
use diagnoza_data::FigureError;
use diagnoza_data::official::Forecast;
use diagnoza_data::own::{
    Simulation, SimulationRequest, interval_coverage, simulate, trajectory_indicator, trajectory_indicators,
    uncertainty,
};
use diagnoza_data::tables;

fn unit(code: &str) -> UnitId {
    code.parse().unwrap()
}

fn request(units: &[&str], indicators: &[&str]) -> SimulationRequest {
    SimulationRequest {
        units: units.iter().map(|code| unit(code)).collect(),
        indicators: indicators.iter().map(|&word| word.to_owned()).collect(),
        probabilities: vec![0.1, 0.5, 0.9],
        draws: 40,
        seed: 1,
        until: Year::constant(2050),
        components: Components::default(),
        settings: BTreeMap::new(),
        keep_paths: true,
        threads: NonZeroUsize::new(2).unwrap(),
    }
}

fn run(request: &SimulationRequest) -> Result<Simulation, FigureError> {
    simulate(request, &unwatched)
}

const PARTS: [&str; 6] = ["2805", "2806", "2813", "2816", "2818", "2819"];

#[test]
fn every_parameter_says_where_it_comes_from_and_is_plausible() {
    let found = uncertainty(Year::constant(2024), &ForecastSettings::default()).unwrap();
    let value = |name: &str| found.parameters.iter().find(|one| one.name == name).unwrap().value;
    for one in &found.parameters {
        println!(
            "{:32} {:9.5}  {:?}-{:?} n={} {}",
            one.name, one.value, one.first, one.last, one.values, one.series
        );
        assert!(one.value.is_finite() && !one.method.is_empty() && !one.series.is_empty(), "{one:?}");
        assert!(one.values >= 3 && one.first >= Some(Year::constant(1958)), "{one:?}");
        assert!(one.last <= Some(Year::constant(2024)), "{one:?}");
    }
    assert_eq!(found.parameters.len(), 9 * 4 + 5);
    // Poland's TFR changed by 4.2 per cent a year in the mean square, 1990-2023.
    assert!((0.04..0.055).contains(&value("fertility.common.sd")));
    assert!((0.5..1.0).contains(&value("mortality.index.sex_correlation")));
    assert!((0.0005..0.003).contains(&value("migration.common.level_sd")));
    assert!(value("migration.area.sd") > value("migration.common.sd"));
    // What the powiats alone exceed is said to be so.
    let drawn = run(&request(&["28"], &["population", "75+"])).unwrap();
    for one in drawn.parameters.iter().filter(|one| one.name.contains(".group.")) {
        println!("{:32} {:9.5}  {}", one.name, one.value, one.method);
        let of_subregion = value(&one.name);
        assert!(one.value <= of_subregion, "{one:?}");
        assert_eq!(one.method.contains("powiats alone"), one.value <= 0.0 && of_subregion > 0.0, "{one:?}");
    }
    // A jump-off knows nothing of later years.
    let past = uncertainty(Year::constant(2014), &ForecastSettings::default()).unwrap();
    assert!(past.parameters.iter().all(|one| one.last <= Some(Year::constant(2014))));
}

#[test]
fn paths_add_up_from_powiats_to_subregions_and_the_voivodeship() {
    let mut units = vec!["28", "PL621", "PL622", "PL623"];
    units.extend(PARTS);
    let found = run(&request(&units, &["population", "75+", "births"])).unwrap().trajectories;
    let paths = |code: &str, id: &str| found.fan(unit(code), id).unwrap().paths.clone().unwrap();
    for id in ["population", "75+", "births"] {
        let parts = PARTS.map(|code| paths(code, id)).into_iter().reduce(|sum, part| sum + part).unwrap();
        let subregions = ["PL621", "PL622", "PL623"]
            .map(|code| paths(code, id))
            .into_iter()
            .reduce(|sum, part| sum + part);
        for (sum, whole) in [(parts, paths("PL623", id)), (subregions.unwrap(), paths("28", id))] {
            assert!(sum.iter().zip(&whole).all(|(a, b)| (a / b - 1.0).abs() < 1e-9), "{id}");
        }
    }
    assert_eq!(found.areas.len(), 21);
    assert_eq!(found.adjusted, 0);
}

#[test]
fn the_central_path_is_the_own_forecast_and_switches_take_uncertainty_away() {
    let mut asked = request(&["PL623", "2816"], &["population", "median_age", "old_dependency"]);
    let found = run(&asked).unwrap().trajectories;
    let units = asked.units.clone();
    let own = Scenario::unchanged(Baseline::Own);
    let forecast = Forecast::run(&units, &own, asked.until, NegativePopulation::Refuse).unwrap();
    for &unit in &units {
        let stocks = forecast.unit(unit).unwrap().population;
        let fan = found.fan(unit, "population").unwrap();
        for (year, central) in fan.central.iter().enumerate() {
            let expected = stocks.index_axis(ndarray::Axis(0), year + 3).sum();
            assert!((central / expected - 1.0).abs() < 1e-9, "{unit} {year}: {central} {expected}");
            assert!(fan.quantiles[[year, 0]] < *central && *central < fan.quantiles[[year, 2]]);
        }
    }
    asked.components = Components { fertility: false, mortality: false, migration: false };
    for fan in run(&asked).unwrap().trajectories.fans {
        let same = |path: ndarray::ArrayView1<'_, f64>| {
            path.iter().zip(&fan.central).all(|(a, b)| a.to_bits() == b.to_bits())
        };
        assert!(fan.paths.as_ref().unwrap().rows().into_iter().all(same));
    }
}

#[test]
fn a_subset_of_units_and_more_threads_give_the_same_paths() {
    let all = run(&request(&["28", "PL623", "2816"], &["population", "F 85+"])).unwrap().trajectories;
    let mut alone = request(&["2816"], &["F 85+"]);
    alone.threads = NonZeroUsize::MIN;
    alone.until = Year::constant(2035);
    let alone = run(&alone).unwrap().trajectories;
    let paths = |from: &diagnoza_core::demography::trajectory::Trajectories| {
        from.fan(unit("2816"), "F 85+").unwrap().paths.clone().unwrap()
    };
    assert_eq!(paths(&all).slice(ndarray::s![.., ..11]), paths(&alone).view());
    let text = serde_json::to_string(&alone).unwrap();
    assert_eq!(
        serde_json::from_str::<diagnoza_core::demography::trajectory::Trajectories>(&text).unwrap(),
        alone
    );
}

#[test]
fn given_parameters_replace_estimated_ones_and_are_recorded() {
    let mut asked = request(&["PL623"], &["population"]);
    let usual = run(&asked).unwrap();
    asked.settings.insert("migration.common.level_sd".to_owned(), 0.0);
    let narrow = run(&asked).unwrap();
    let width = |found: &Simulation| {
        let fan = found.trajectories.fan(unit("PL623"), "population").unwrap();
        fan.quantiles[[25, 2]] - fan.quantiles[[25, 0]]
    };
    assert!(width(&narrow) < width(&usual));
    let given = narrow.parameters.iter().find(|one| one.method == "given").unwrap();
    assert_eq!((given.name.as_str(), given.first), ("migration.common.level_sd", None));
    asked.settings = BTreeMap::from([("migration.common.persistance".to_owned(), 0.5)]);
    let message = run(&asked).unwrap_err().to_string();
    assert!(
        message.contains("'migration.common.persistance'")
            && message.contains("migration.common.persistence")
    );
    asked.settings = BTreeMap::from([("fertility.common.sd".to_owned(), -1.0)]);
    assert!(run(&asked).unwrap_err().to_string().starts_with("fertility.common.sd is -1"));
}

#[test]
fn what_cannot_be_drawn_is_refused_in_words() {
    let refused = |change: &dyn Fn(&mut SimulationRequest)| {
        let mut asked = request(&["PL623"], &["population"]);
        change(&mut asked);
        run(&asked).unwrap_err().to_string()
    };
    for code in ["2816033", "0201", "02"] {
        let message = refused(&|r| r.units = vec![unit(code)]);
        assert!(message.starts_with(&format!("no trajectories of {}", code)), "{message}");
    }
    assert!(refused(&|r| r.draws = 1).starts_with("draws is 1"));
    assert!(refused(&|r| r.until = Year::constant(2061)).contains("goes to 2060"));
    assert!(refused(&|r| r.probabilities = vec![1.0]).starts_with("probability 1"));
    let message = refused(&|r| r.indicators = vec!["median_aeg".to_owned()]);
    assert!(message.contains("did you mean 'median_age'"), "{message}");
    assert!(refused(&|r| r.indicators = vec!["95+".to_owned()]).contains("the open group is 90+"));
    assert!(refused(&|r| r.indicators = vec!["X 65+".to_owned()]).contains("is no indicator"));
    for id in trajectory_indicators() {
        assert_eq!(trajectory_indicator(id).unwrap().id, id);
    }
    assert!(trajectory_indicators().contains(&"potential_support"));
}

#[test]
fn past_intervals_beside_what_happened() {
    let jump_offs: Vec<Year> = Year::constant(2014).through(Year::constant(2017)).collect();
    let threads = NonZeroUsize::new(2).unwrap();
    let told = Mutex::new((0, 0));
    let follow = |done: usize, of: usize| {
        *told.lock().unwrap() = (done, of);
        ControlFlow::Continue(())
    };
    let none = BTreeMap::new();
    let found = interval_coverage(&jump_offs, &[0.8, 0.95], 200, 1, &none, threads, &follow).unwrap();
    assert_eq!(told.into_inner().unwrap(), (800, 800));
    // 3 subregions, 6 groups of ages, 7 + 6 + 5 + 4 years, 2 levels.
    assert_eq!(found.rows.len(), 3 * 6 * 22 * 2);
    let mut inside: BTreeMap<String, Vec<(f64, f64)>> = BTreeMap::new();
    for (ages, quality) in found.summary().unwrap() {
        println!(
            "{ages:6} {:.2}: {:.2} inside of {}, below {:.2}, above {:.2}, width {:.0}",
            quality.level, quality.coverage, quality.count, quality.below, quality.above, quality.mean_width
        );
        assert!(quality.count == 66 && quality.mean_width > 0.0);
        inside.entry(ages.to_string()).or_default().push((quality.coverage, quality.mean_width));
    }
    for (ages, levels) in inside {
        assert_eq!(levels.len(), 2);
        let ((of_80, narrow), (of_95, wide)) = (levels[0], levels[1]);
        // Three subregions and years in common: a wide margin around the level, but neither useless nor always inside.
        let least = match ages.as_str() {
            "0+" => 0.5,
            // The epidemic of 2020-2021 is in no parameter.
            _ => 0.3,
        };
        assert!((least..=1.0).contains(&of_80), "{ages}: {of_80}");
        // Normal quantiles: 1.96 / 1.28.
        assert!(of_95 >= of_80 && (1.3..1.8).contains(&(wide / narrow)), "{ages}: {of_95}, {wide} {narrow}");
    }
    let frame = tables::interval_coverage(&found).unwrap();
    assert_eq!(frame.height(), found.rows.len());
    let refused = |jump_off, level, given: &BTreeMap<String, f64>| {
        let years = [Year::constant(jump_off)];
        interval_coverage(&years, &[level], 20, 1, given, threads, &unwatched).unwrap_err().to_string()
    };
    assert!(refused(2013, 0.8, &none).contains("no backtest from 2013"));
    for level in [0.0, 1.0, -0.8, 80.0, f64::NAN] {
        let message = refused(2016, level, &none);
        assert!(message.starts_with(&format!("level {level}: expected")), "{message}");
    }
    let of_powiats = BTreeMap::from([("migration.area.sd".to_owned(), 0.01)]);
    assert!(refused(2016, 0.8, &of_powiats).contains("'migration.area.sd' is of powiats"));
    let stopped =
        interval_coverage(&jump_offs, &[0.8], 20, 1, &none, threads, &|_, _| ControlFlow::Break(()));
    assert!(stopped.unwrap_err().to_string().contains("ended by the caller"));
}
