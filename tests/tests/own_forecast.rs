//! The forecast from observed data: what it must give back of the figures it rests on, and how it fares against
//! naive forecasts from past jump-offs.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use diagnoza_core::demography::backtest::Key;
use diagnoza_core::demography::cohort_component::{CohortProjection, NegativePopulation};
use diagnoza_core::demography::regional_forecast::ForecastSettings;
use diagnoza_core::demography::scenario::{Baseline, ChangeSpec, Scenario, ScenarioSpec};
use diagnoza_core::observation::{Sex, Year};
use diagnoza_core::territory::{Teryt, UnitId};
use diagnoza_data::FigureError;
use diagnoza_data::gminas::project_gminas;
use diagnoza_data::official::{
    Forecast, JUMP_OFF, LAST_OF_GMINAS, check_scenario, gazetteer, published_stocks,
};
use diagnoza_data::own::{self, Method};
use diagnoza_data::tables;
use ndarray::{Axis, s};

const SUBREGIONS: [&str; 3] = ["PL621", "PL622", "PL623"];

fn unit(code: &str) -> UnitId {
    code.parse().unwrap()
}

fn run(scenario: &Scenario, codes: &[&str]) -> BTreeMap<String, CohortProjection> {
    let units: Vec<UnitId> = codes.iter().map(|code| unit(code)).collect();
    let forecast = Forecast::run(&units, scenario, Year::constant(2050), NegativePopulation::Refuse).unwrap();
    codes.iter().map(|code| ((*code).to_owned(), forecast.unit(unit(code)).unwrap())).collect()
}

fn own() -> Scenario {
    Scenario::unchanged(Baseline::Own)
}

#[test]
fn stocks_of_2023_and_2024_are_the_published_ones() {
    let (published, _) = published_stocks().unwrap();
    let powiats: Vec<String> = published.keys().map(|(powiat, _)| powiat.to_string()).collect();
    let codes: Vec<&str> = powiats.iter().map(String::as_str).collect();
    let runs = run(&own(), &codes);
    let mut compared = 0;
    for ((powiat, year), stock) in published.iter().filter(|((_, year), _)| year.get() >= 2023) {
        let step = usize::from(year.get() - JUMP_OFF.get());
        let projected = runs[&powiat.to_string()].population.index_axis(Axis(0), step);
        for sex in Sex::BOTH {
            let total = projected.row(sex.index()).sum();
            assert!((total - stock.totals[sex.index()]).abs() < 1e-6, "{powiat} {year} {sex}: {total}");
        }
        for group in &stock.groups {
            let people = projected.slice(s![group.sex.index(), group.from..=group.to]).sum();
            assert!((people - group.persons).abs() < 1e-6, "{powiat} {year} {group:?}: {people}");
            compared += 1;
        }
    }
    assert_eq!(compared, 21 * 2 * 22);
}

#[test]
fn births_and_deaths_of_2024_are_those_of_the_yearbook() {
    // GUS, Rocznik Demograficzny 2025, table XII.
    let runs = run(&own(), &SUBREGIONS);
    for (code, births, deaths) in
        [("PL621", 3012.0, 5377.0), ("PL622", 3426.0, 6182.0), ("PL623", 1639.0, 2887.0)]
    {
        let found = &runs[code];
        let died = found.deaths.index_axis(Axis(0), 1).sum();
        // Powiats differ in the deaths of their newborn; births of 2024 follow women who moved in within the year.
        assert!(
            (found.births.row(1).sum() - births).abs() < 0.005 * births,
            "{code} {}",
            found.births.row(1).sum()
        );
        assert!((died - deaths).abs() < 1.0, "{code} {died}");
    }
}

#[test]
fn the_forecast_goes_on_where_observation_ends() {
    for (code, found) in run(&own(), &SUBREGIONS) {
        let deaths = |step: usize| found.deaths.index_axis(Axis(0), step).sum();
        assert!((deaths(2) / deaths(1) - 1.0).abs() < 0.03, "{code}: deaths jump in 2025");
        let e0 = |step: usize, sex| found.life_expectancy(step, sex).unwrap();
        for sex in Sex::BOTH {
            let gain = e0(27, sex) - e0(2, sex);
            assert!((1.5..5.0).contains(&gain), "{code} {sex}: e0 rises by {gain} from 2025 to 2050");
        }
        assert!((0.9..1.3).contains(&found.total_fertility(20)), "{code}");
    }
}

#[test]
fn own_forecasts_beat_naive_ones_on_totals_and_the_old() {
    let methods = Method::WORDS.map(|(_, method)| method);
    let mape = |jump_offs: std::ops::RangeInclusive<u16>| {
        let jump_offs: Vec<Year> = jump_offs.map(Year::constant).collect();
        let mut found = own::backtest(&jump_offs, &methods, &ForecastSettings::default()).unwrap();
        found.records.retain(|row| row.year.get() >= 2018);
        let rows = found.summary(&[Key::Ages]).unwrap();
        let cell = |row: &diagnoza_core::demography::backtest::Summary| {
            ((row.ages.unwrap().to_string(), row.method.clone()), row.errors.mape.unwrap())
        };
        rows.iter().map(cell).collect::<BTreeMap<_, _>>()
    };
    for jump_offs in [2014..=2017, 2022..=2022] {
        let errors = mape(jump_offs);
        for ages in ["0+", "75+", "85+"] {
            let of = |method: &str| errors[&(ages.to_owned(), method.to_owned())];
            for naive in ["no_change", "constant_rates", "hamilton_perry"] {
                assert!(of("own") < of(naive), "{ages}: own {} against {naive} {}", of("own"), of(naive));
            }
        }
    }
    // Computed apart in NumPy from the same files.
    let errors = mape(2014..=2017);
    assert!((errors[&("0+".to_owned(), "no_change".to_owned())] - 1.364).abs() < 5e-4);
    assert!((errors[&("75+".to_owned(), "no_change".to_owned())] - 2.304).abs() < 5e-4);
}

#[test]
fn a_forecast_knows_nothing_of_later_years() {
    // Changing what was observed after the jump-off must not change the fit.
    use diagnoza_core::demography::regional_forecast::{CountryMortality, FittedRegion};
    let (country, _) = own::country().unwrap();
    let (areas, _) = own::subregions().unwrap();
    let (jump_off, settings) = (Year::constant(2016), ForecastSettings::default());
    let mut later = country.clone();
    for (_, mx) in later.mx.range_mut(Year::constant(2017)..) {
        mx.mapv_inplace(|rate| rate * 2.0);
    }
    later.asfr.retain(|year, _| *year <= jump_off);
    for observed in areas.values() {
        let mut other = observed.clone();
        other.stocks.slice_mut(s![4.., .., ..]).mapv_inplace(|people| people * 1.5);
        other.deaths.slice_mut(s![3.., .., ..]).mapv_inplace(|deaths| deaths * 3.0);
        other.births.slice_mut(s![3..]).mapv_inplace(|births| births * 2.0);
        other.net_migration_rate.retain(|year, _| *year <= jump_off);
        // Years after the jump-off are not even looked at for TFR.
        let one = FittedRegion::fit(observed, country, jump_off, &settings).unwrap();
        let two = FittedRegion::fit(&other, &later, jump_off, &settings).unwrap();
        assert_eq!(one, two);
    }
    assert_eq!(
        CountryMortality::forecast(country, jump_off, 5, &settings).unwrap(),
        CountryMortality::forecast(&later, jump_off, 5, &settings).unwrap()
    );
}

#[test]
fn what_makes_own_differ_from_main_adds_up() {
    let main = Scenario::unchanged(Baseline::Main);
    let until = Year::constant(2050);
    let found =
        tables::difference(&[unit("PL623")], [&main, &own()], until, NegativePopulation::Refuse).unwrap();
    let persons: Vec<f64> = found.column("persons").unwrap().f64().unwrap().iter().flatten().collect();
    let (parts, total) = persons.split_at(4);
    assert!((parts.iter().sum::<f64>() - total[0]).abs() < 1e-4);
    let stock =
        |scenario: &Scenario| run(scenario, &["PL623"])["PL623"].population.index_axis(Axis(0), 28).sum();
    assert!((stock(&own()) - stock(&main) - total[0]).abs() < 1e-4);
    assert!(parts[0].abs() < 1e-9, "both start from the observed stock of 31 XII 2022");
}

#[test]
fn what_ifs_work_on_the_own_forecast_and_only_where_there_is_one() {
    let change = ChangeSpec {
        net_migration_factor: Some(0.0),
        from: Some(Year::constant(2025)),
        ..ChangeSpec::default()
    };
    let spec = ScenarioSpec::new("nobody moves", Baseline::Own).with(change);
    let still = run(&check_scenario(spec).unwrap(), &["PL621"]);
    let moves = &still["PL621"].net_migration;
    assert!(moves.slice(s![2.., .., ..]).iter().all(|net| net.abs() < 1e-12) && moves.sum() < 0.0);
    let units = [unit("22")];
    let error = Forecast::run(&units, &own(), Year::constant(2030), NegativePopulation::Refuse).unwrap_err();
    assert!(matches!(error, FigureError::NoOwnForecast { .. }), "{error}");
}

#[test]
fn gminas_add_to_their_powiats_and_follow_the_offices_own_projection() {
    let register = gazetteer().unwrap();
    let powiats: Vec<Teryt> =
        register.powiats(unit("28")).unwrap().into_iter().filter_map(UnitId::teryt).collect();
    let codes: Vec<String> = powiats.iter().map(ToString::to_string).collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    let (counts, _) = diagnoza_data::official::gmina_counts().unwrap();
    let (mut compared, mut gap, mut size) = (0, 0.0, 0.0);
    for base in [Baseline::Main, Baseline::Own] {
        let runs = run(&Scenario::unchanged(base), &codes);
        for powiat in &powiats {
            let area = &runs[&powiat.to_string()];
            let found = project_gminas(*powiat, area, JUMP_OFF).unwrap();
            for step in 0..=28usize {
                let year = JUMP_OFF.plus(step as u16);
                let stocks = found.gminas.iter().map(|gmina| found.stock(*gmina, year).unwrap().to_owned());
                let sum = stocks.reduce(|sum, stock| sum + stock).unwrap();
                let gaps = &sum - &area.population.index_axis(Axis(0), step);
                assert!(gaps.iter().all(|gap| gap.abs() < 1e-6), "{powiat} {year}");
            }
            if base == Baseline::Own {
                continue;
            }
            for gmina in &found.gminas {
                let published: f64 = counts[&(*gmina, LAST_OF_GMINAS)]
                    .iter()
                    .filter(|count| count.sexes == diagnoza_core::demography::Sexes::Both)
                    .filter(|count| count.ages == diagnoza_core::demography::AgeRange::ALL)
                    .map(|count| count.persons)
                    .sum();
                gap += (found.stock(*gmina, LAST_OF_GMINAS).unwrap().sum() - published).abs();
                size += published;
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 116);
    // GUS has its own fertility and mortality of gminas; after 18 years the totals differ by this share on average.
    assert!(gap / size < 0.02, "mean absolute difference in 2040: {:.4}", gap / size);
}

#[test]
fn voivodeships_without_an_own_forecast_are_named_wherever_it_is_asked_for() {
    let (own, main) = (Scenario::unchanged(Baseline::Own), Scenario::unchanged(Baseline::Main));
    let until = Year::new(2030).unwrap();
    let error =
        tables::difference(&[unit("22")], [&main, &own], until, NegativePopulation::Refuse).unwrap_err();
    assert!(matches!(error, FigureError::NoOwnForecast { voivodeship } if voivodeship.to_string() == "22"));
}
