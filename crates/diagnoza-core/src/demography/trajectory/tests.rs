use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::Mutex;

use ndarray::{Array1, Array2, Array3};

use super::*;
use crate::demography::Sexes;
use crate::demography::cohort_component::{Assumptions, MigrationTiming, NegativePopulation, project};
use crate::demography::projection::Area;
use crate::observation::Year;
use crate::progress::{Interrupted, unwatched};
use crate::territory::UnitId;

const AGES: usize = 31;
const FIRST: Year = Year::constant(2022);
const KNOWN: Year = Year::constant(2024);
const UNTIL: Year = Year::constant(2040);

fn unit(code: &str) -> UnitId {
    code.parse().unwrap()
}

fn threads(count: usize) -> NonZeroUsize {
    NonZeroUsize::new(count).unwrap()
}

/// Synthetic areas of 31 ages: rates of no real place.
fn area(code: &str, group: &str, size: f64) -> TrajectoryArea {
    let steps = 20;
    let survival = Array3::from_shape_fn((steps, 2, AGES + 1), |(t, sex, a)| {
        1.0 - (0.004 + 0.002 * sex as f64 + 0.3 * (a as f64 / 31.0).powi(6)) * (1.0 - 0.01 * t as f64)
    });
    let asfr = Array2::from_shape_fn((steps, AGES), |(_, a)| if (8..14).contains(&a) { 0.11 } else { 0.0 });
    let migration = Array3::from_shape_fn((steps, 2, AGES), |(t, _, a)| {
        size * (if a < 12 { -0.006 } else { 0.002 }) * (1.0 + 0.01 * t as f64)
    });
    let base = Array2::from_shape_fn((2, AGES), |(_, a)| size * (1.0 + 0.2 * (a as f64 * 0.5).sin()));
    let assumptions = Assumptions::new(survival, asfr, Array1::from_elem(steps, 1.06), migration).unwrap();
    TrajectoryArea { area: Area { unit: unit(code), jump_off: FIRST, base, assumptions }, group: unit(group) }
}

fn areas() -> Vec<TrajectoryArea> {
    vec![
        area("2801", "PL622", 900.0),
        area("2802", "PL621", 500.0),
        area("2805", "PL623", 700.0),
        area("2813", "PL623", 400.0),
    ]
}

fn spec() -> UncertaintySpec {
    let process = Process { level_sd: 0.001, drift_sd: 0.0, sd: 0.001, persistence: 0.4 };
    let walk = Process::random_walk;
    UncertaintySpec {
        fertility: Levels { common: walk(0.05), group: walk(0.02), area: walk(0.02) },
        mortality: MortalityUncertainty {
            index: MortalityIndex {
                innovation_sd_f: 0.5,
                innovation_sd_m: 0.7,
                drift_sd_f: 0.05,
                drift_sd_m: 0.06,
                sex_correlation: 0.8,
                loading: Array2::from_elem((2, AGES + 1), 0.1),
            },
            common: walk(0.01),
            group: walk(0.01),
            area: walk(0.01),
        },
        migration: Levels { common: process, group: process, area: process },
    }
}

fn nothing() -> UncertaintySpec {
    let index = MortalityIndex::none(AGES);
    let none = Process::NONE;
    let mortality = MortalityUncertainty { index, common: none, group: none, area: none };
    UncertaintySpec { fertility: Levels::default(), mortality, migration: Levels::default() }
}

fn request(units: &[(&str, &[&str])]) -> TrajectoryRequest {
    let persons = |id: &str, ages: &str| TrajectoryIndicator::persons(id, Sexes::Both, ages.parse().unwrap());
    let flow = |id: &str, measure| TrajectoryIndicator { id: id.to_owned(), measure };
    TrajectoryRequest {
        units: units
            .iter()
            .map(|(code, areas)| TrajectoryUnit {
                unit: unit(code),
                areas: areas.iter().map(|area| unit(area)).collect(),
            })
            .collect(),
        indicators: vec![
            persons("population", "0+"),
            persons("children", "0-7"),
            persons("old", "25+"),
            flow("median_age", TrajectoryMeasure::MedianAge { of: Sexes::Both }),
            flow("births", TrajectoryMeasure::Births),
            flow("deaths", TrajectoryMeasure::Deaths),
            flow("net_migration", TrajectoryMeasure::NetMigration),
        ],
        probabilities: vec![0.1, 0.5, 0.9],
        draws: 70,
        seed: 1,
        jump_off: KNOWN,
        until: UNTIL,
        keep_paths: true,
    }
}

fn run(
    areas: &[TrajectoryArea],
    spec: UncertaintySpec,
    components: Components,
    request: &TrajectoryRequest,
    workers: usize,
) -> Result<Trajectories, TrajectoryError> {
    let uncertainty = spec.check(components, AGES)?;
    simulate(areas, &uncertainty, request, threads(workers), &unwatched)
}

const UNITS: &[(&str, &[&str])] =
    &[("PL623", &["2805", "2813"]), ("2805", &["2805"]), ("2813", &["2813"]), ("2801", &["2801"])];

fn width(fan: &Fan, year: usize) -> f64 {
    fan.quantiles[[year, 2]] - fan.quantiles[[year, 0]]
}

#[test]
fn threads_and_subsets_of_areas_change_no_bit() {
    let asked = request(UNITS);
    let one = run(&areas(), spec(), Components::default(), &asked, 1).unwrap();
    let three = run(&areas(), spec(), Components::default(), &asked, 3).unwrap();
    assert_eq!(serde_json::to_string(&one).unwrap(), serde_json::to_string(&three).unwrap());
    let mut turned = areas();
    turned.reverse();
    turned.remove(1);
    let alone = run(&turned, spec(), Components::default(), &request(&[("2813", &["2813"])]), 2).unwrap();
    for indicator in ["population", "births", "median_age"] {
        assert_eq!(alone.fan(unit("2813"), indicator), one.fan(unit("2813"), indicator));
    }
    let mut fewer = asked.clone();
    fewer.draws = 20;
    fewer.until = Year::constant(2030);
    let fewer = run(&areas(), spec(), Components::default(), &fewer, 2).unwrap();
    let (long, short) = (one.fan(unit("PL623"), "old"), fewer.fan(unit("PL623"), "old"));
    let (long, short) = (long.unwrap().paths.as_ref().unwrap(), short.unwrap().paths.as_ref().unwrap());
    assert_eq!(long.slice(ndarray::s![..20, ..6]), short.view());
    let mut other = asked;
    other.seed = 2;
    assert_ne!(run(&areas(), spec(), Components::default(), &other, 2).unwrap().fans, one.fans);
}

#[test]
fn without_variance_every_path_is_the_central_forecast() {
    let found = run(&areas(), nothing(), Components::default(), &request(UNITS), 2).unwrap();
    let off = Components { fertility: false, mortality: false, migration: false };
    assert_eq!(run(&areas(), spec(), off, &request(UNITS), 2).unwrap().fans, found.fans);
    for fan in &found.fans {
        for path in fan.paths.as_ref().unwrap().rows() {
            assert!(path.iter().zip(&fan.central).all(|(a, b)| a.to_bits() == b.to_bits()));
        }
    }
    // The central forecast is the projection of the area's own assumptions.
    for one in areas() {
        if let Some(fan) = found.fan(one.area.unit, "population") {
            let (base, rates) = (one.area.base.view(), &one.area.assumptions);
            let direct = project(base, rates, MigrationTiming::End, NegativePopulation::Refuse).unwrap();
            for (step, people) in fan.central.iter().enumerate() {
                let expected = direct.population.index_axis(ndarray::Axis(0), step + 3).sum();
                assert!((people / expected - 1.0).abs() < 1e-12, "{people} {expected}");
            }
        }
    }
}

#[test]
fn paths_balance_and_units_are_sums_of_their_areas() {
    let found = run(&areas(), spec(), Components::default(), &request(UNITS), 2).unwrap();
    let paths = |code: &str, id: &str| found.fan(unit(code), id).unwrap().paths.clone().unwrap();
    for code in ["PL623", "2805", "2801"] {
        let (people, births) = (paths(code, "population"), paths(code, "births"));
        let (deaths, net) = (paths(code, "deaths"), paths(code, "net_migration"));
        for path in 0..found.draws {
            for year in 1..found.years.len() {
                let at = [path, year];
                let expected = people[[path, year - 1]] + births[at] - deaths[at] + net[at];
                assert!((people[at] / expected - 1.0).abs() < 1e-9);
            }
        }
    }
    for id in ["population", "births", "net_migration"] {
        let sum = paths("2805", id) + paths("2813", id);
        let whole = paths("PL623", id);
        assert!(sum.iter().zip(&whole).all(|(a, b)| (a - b).abs() <= 1e-9 * b.abs().max(1.0)), "{id}");
    }
}

#[test]
fn components_move_what_they_can_move() {
    let only = |fertility, mortality, migration| {
        let on = Components { fertility, mortality, migration };
        run(&areas(), spec(), on, &request(UNITS), 2).unwrap()
    };
    let (births, deaths, moves) =
        (only(true, false, false), only(false, true, false), only(false, false, true));
    let last = births.years.len() - 1;
    let of = |found: &Trajectories, id: &str| width(found.fan(unit("PL623"), id).unwrap(), last);
    // Ages 25+ were born before the first uncertain year, so fertility alone cannot change them.
    assert!(of(&births, "old") < 1e-9 && of(&births, "children") > 1.0);
    assert!(of(&deaths, "old") > 1.0 && of(&moves, "population") > 1.0);
    assert!(of(&deaths, "children") < of(&births, "children"));
    let all = only(true, true, true);
    for part in [&births, &deaths, &moves] {
        assert!(of(part, "population") < 1.1 * of(&all, "population"));
    }
}

#[test]
fn intervals_widen_with_time_and_sums_of_areas_are_less_uncertain() {
    let mut asked = request(UNITS);
    asked.draws = 400;
    let mut apart = spec();
    apart.migration.area = Process { level_sd: 0.006, ..Process::NONE };
    let found = run(&areas(), apart, Components::default(), &asked, 2).unwrap();
    let fan = |code: &str| found.fan(unit(code), "population").unwrap();
    let share = |code: &str, year: usize| width(fan(code), year) / fan(code).central[year];
    assert!(share("PL623", 15) > 1.4 * share("PL623", 5) && share("PL623", 5) > 1.4 * share("PL623", 0));
    assert!(share("PL623", 15) < share("2805", 15) && share("PL623", 15) < share("2813", 15));
    for fan in &found.fans {
        assert!(fan.quantiles.rows().into_iter().all(|row| row[0] <= row[1] && row[1] <= row[2]));
    }
}

#[test]
fn the_index_of_mortality_and_the_common_level_are_drawn_apart() {
    let mut asked = request(&[("PL623", &["2805", "2813"])]);
    asked.draws = 1_000;
    let log_deaths = |change: &dyn Fn(&mut MortalityUncertainty)| -> Vec<f64> {
        let mut only = nothing();
        change(&mut only.mortality);
        let found = run(&areas(), only, Components::default(), &asked, 2).unwrap();
        let paths = found.fan(unit("PL623"), "deaths").unwrap().paths.clone().unwrap();
        paths.column(paths.ncols() - 1).iter().map(|deaths| deaths.ln()).collect()
    };
    let of_index = log_deaths(&|mortality| {
        mortality.index = MortalityIndex { drift_sd_f: 0.0, drift_sd_m: 0.0, ..spec().mortality.index };
    });
    let of_level = log_deaths(&|mortality| mortality.common = Process::random_walk(0.03));
    let found = correlation(&of_index, &of_level);
    assert!(found.abs() < 0.15, "{found}");
    assert!(correlation(&of_index, &of_index) > 0.999);
}

fn correlation(first: &[f64], second: &[f64]) -> f64 {
    let apart = |values: &[f64]| {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        values.iter().map(|value| value - mean).collect::<Vec<f64>>()
    };
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let (first, second) = (apart(first), apart(second));
    product(&first, &second) / (product(&first, &first) * product(&second, &second)).sqrt()
}

#[test]
fn an_area_given_twice_is_refused() {
    let mut twice = areas();
    twice.push(area("2805", "PL623", 100.0));
    let error = run(&twice, spec(), Components::default(), &request(UNITS), 2).unwrap_err();
    assert_eq!(error.to_string(), "area 2805 is given twice: keep one");
}

#[test]
fn hostile_settings_are_refused_in_words_and_extreme_ones_leave_nobody_below_zero() {
    let refused = |change: &dyn Fn(&mut TrajectoryRequest)| {
        let mut asked = request(UNITS);
        change(&mut asked);
        run(&areas(), spec(), Components::default(), &asked, 2).unwrap_err().to_string()
    };
    assert!(refused(&|r| r.draws = 1).starts_with("draws is 1: expected 2 or more"));
    assert!(refused(&|r| r.draws = usize::MAX).contains("ask for fewer"));
    assert!(refused(&|r| r.probabilities = vec![0.0]).starts_with("probability 0"));
    assert!(refused(&|r| r.probabilities = vec![f64::NAN]).starts_with("probability NaN"));
    assert!(refused(&|r| r.until = Year::constant(2043)).contains("goes to 2042"));
    assert!(refused(&|r| r.until = KNOWN).contains("until 2024"));
    assert!(refused(&|r| r.units.clear()).contains("units is 0"));
    assert!(refused(&|r| r.indicators.clear()).contains("indicators is 0"));
    assert!(refused(&|r| r.indicators.push(r.indicators[0].clone())).contains("population is given twice"));
    assert!(refused(&|r| r.units.push(r.units[0].clone())).contains("PL623 is given twice"));
    assert!(refused(&|r| r.units[0].areas.push(unit("2899"))).contains("made of 2899"));
    assert!(
        refused(&|r| r.indicators[0] =
            TrajectoryIndicator::persons("x", Sexes::Both, "40+".parse().unwrap()))
        .contains("ages 40+")
    );
    let mut wild = spec();
    wild.fertility.common = Process::random_walk(1.0);
    wild.mortality.group = Process::random_walk(1.0);
    wild.migration.area = Process { sd: 0.2, ..Process::NONE };
    let mut two_years = request(UNITS);
    two_years.until = Year::constant(2026);
    let found = run(&areas(), wild, Components::default(), &two_years, 2).unwrap();
    assert!(found.adjusted > 0);
    let counts = found.fans.iter().filter(|fan| fan.indicator < 6);
    assert!(
        counts.flat_map(|fan| fan.paths.as_ref().unwrap()).all(|value| *value >= 0.0 && value.is_finite())
    );
    let mut emptied = spec();
    emptied.migration.common = Process { level_sd: 0.2, sd: 0.2, ..Process::NONE };
    let error = run(&areas(), emptied, Components::default(), &request(UNITS), 2).unwrap_err();
    assert!(error.to_string().contains(", path ") && error.to_string().contains("emigra"), "{error}");
}

#[test]
fn a_caller_can_follow_and_stop_a_run() {
    let uncertainty = spec().check(Components::default(), AGES).unwrap();
    let asked = request(UNITS);
    let told = Mutex::new(Vec::new());
    let follow = |done: usize, of: usize| {
        told.lock().unwrap().push((done, of));
        ControlFlow::Continue(())
    };
    simulate(&areas(), &uncertainty, &asked, threads(2), &follow).unwrap();
    assert_eq!(told.into_inner().unwrap().last(), Some(&(70, 70)));
    let stopped = simulate(&areas(), &uncertainty, &asked, threads(1), &|_, _| ControlFlow::Break(()));
    assert!(matches!(stopped, Err(TrajectoryError::Interrupted(Interrupted { all: 70, .. }))), "{stopped:?}");
}
