//! Fertility against official figures: Eurostat's rates of Poland by single age 1990-2023 and their
//! published totals, Statistics Poland's yearbook of 2024, World Population Prospects 2024; and
//! what every fit and shift keeps.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use diagnoza_core::demography::fertility::{
    ChildbearingAges, Evaluation, FertilityFamily, FertilityModel, FertilitySchedule, fit_fertility,
    gross_reproduction, mean_age_at_birth, net_reproduction, total_fertility,
};
use diagnoza_tests::shared;
use proptest::prelude::*;

/// Published rates by year and Eurostat's word for the age.
fn eurostat() -> Option<BTreeMap<u16, BTreeMap<String, f64>>> {
    let text = std::fs::read_to_string(shared("data/eurostat/PL_demo_frate_ASFR_1960_2023.tsv")?).unwrap();
    let mut years: BTreeMap<u16, BTreeMap<String, f64>> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        if let Ok(rate) = cells[4].parse() {
            years.entry(cells[3].parse().unwrap()).or_default().insert(cells[1].to_owned(), rate);
        }
    }
    Some(years)
}

fn single(rates: &BTreeMap<String, f64>) -> Vec<f64> {
    (15..50).map(|age| rates[&format!("Y{age}")]).collect()
}

fn every(width: u8) -> ChildbearingAges {
    ChildbearingAges::every(width, 15, 50).unwrap()
}

#[test]
fn totals_published_by_eurostat_are_met() {
    let Some(years) = eurostat() else { return };
    assert_eq!(years.len(), 34);
    // 10-14 is a group of five years, 50 and over counts as one.
    let starts: Vec<u8> = std::iter::once(10).chain(15..=50).collect();
    let widths: Vec<u8> = std::iter::once(5).chain([1; 36]).collect();
    let ages = ChildbearingAges::new(&starts, &widths).unwrap();
    for (year, published) in &years {
        let mut rates = single(published);
        rates.insert(0, published["Y10-14"]);
        rates.push(published["Y_GE50"]);
        let tfr = total_fertility(&rates, &ages).unwrap();
        // Rates are rounded to five places: half a unit in each of 41 years of age and in the total.
        assert!((tfr - published["TOTAL"]).abs() < 42.0 * 5e-6, "{year}: {tfr} {}", published["TOTAL"]);
        let groups: Vec<f64> =
            (0..7).map(|i| published[&format!("Y{}-{}", 15 + 5 * i, 19 + 5 * i)]).collect();
        // Groups weigh ages by the women there: up to 0.02 children away from the sum of single ages.
        assert!((total_fertility(&groups, &every(5)).unwrap() - published["TOTAL"]).abs() < 0.02, "{year}");
        let mean = mean_age_at_birth(&single(published), &every(1)).unwrap();
        assert!((mean_age_at_birth(&groups, &every(5)).unwrap() - mean).abs() < 0.1, "{year}");
    }
}

#[test]
fn mean_ages_agree_with_world_population_prospects() {
    let (Some(years), Some(file)) = (eurostat(), shared("data/wpp/wpp2024_poland_txt_percentASFR5.csv"))
    else {
        return;
    };
    let mut percent: BTreeMap<u16, Vec<f64>> = BTreeMap::new();
    for line in std::fs::read_to_string(file).unwrap().lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        percent.entry(cells[3].parse().unwrap()).or_default().push(cells[4].parse().unwrap());
    }
    let ages = ChildbearingAges::every(5, 10, 55).unwrap();
    // Later years of the 2024 revision are the United Nations' own estimates.
    for (year, published) in years.range(1990..2020) {
        let ours = mean_age_at_birth(&single(published), &every(1)).unwrap();
        let theirs = mean_age_at_birth(&percent[year], &ages).unwrap();
        assert!((ours - theirs).abs() < 0.15, "{year}: {ours} {theirs}");
    }
}

#[test]
fn reproduction_published_by_statistics_poland_is_met() {
    let (Some(yearbook), Some(tables)) = (
        shared("data/yearbook_2025/warminsko_mazurskie_2024.csv"),
        shared("data/mortality/hmd_poland_fltper_1x1.txt"),
    ) else {
        return;
    };
    // Person-years of women by age group, Poland 2023, radix 100,000.
    let mut lived = vec![0.0; 7];
    for line in std::fs::read_to_string(tables).unwrap().lines() {
        let cells: Vec<&str> = line.split_whitespace().collect();
        if cells.first() == Some(&"2023")
            && let Ok(age @ 15..50) = cells[1].parse::<usize>()
        {
            lived[(age - 15) / 5] += cells[7].parse::<f64>().unwrap() / 100_000.0;
        }
    }
    let text = std::fs::read_to_string(yearbook).unwrap();
    let mut checked = 0;
    for line in text.lines().filter(|line| line.starts_with("\"births 2024; per 1000 pop; ASFR")) {
        let cells: Vec<&str> = line.rsplit(',').collect();
        let number = |back: usize| cells[back].parse::<f64>().unwrap();
        let rates: Vec<f64> = (4..11).rev().map(|back| number(back) / 1000.0).collect();
        let (tfr, gross, net) = (number(3), number(2), number(1));
        let srb = tfr / gross - 1.0;
        // Printed per 1000 with one decimal: 7 groups of 5 years, half a unit each, are 0.002 children. The
        // office adds single ages, which the women in a group weigh unevenly: another 0.007 at most here.
        assert!((total_fertility(&rates, &every(5)).unwrap() - tfr).abs() < 0.009, "{line}");
        assert!((gross_reproduction(&rates, &every(5), srb).unwrap() - gross).abs() < 0.0045, "{line}");
        assert!((net_reproduction(&rates, &every(5), srb, &lived).unwrap() - net).abs() < 0.0045, "{line}");
        checked += 1;
    }
    assert!(checked >= 2, "{checked}");
}

#[test]
fn families_follow_the_schedules_of_poland() {
    let Some(years) = eurostat() else { return };
    for year in [1990, 2000, 2010, 2019, 2023] {
        let rates = single(&years[&year]);
        let mean = mean_age_at_birth(&rates, &every(1)).unwrap();
        for (family, worst) in [
            (FertilityFamily::Schmertmann, 0.008),
            (FertilityFamily::Gamma, 0.008),
            (FertilityFamily::Hadwiger, 0.008),
        ] {
            let fit = fit_fertility(family, &rates, &every(1), Evaluation::Mean, None).unwrap();
            println!(
                "{year} {family:?}: rmse {:.5} TFR {:.4} {:?}",
                fit.rmse, fit.total_fertility, fit.model
            );
            assert!(fit.rmse < worst && fit.converged, "{year} {fit:?}");
            assert!((fit.total_fertility - years[&year]["TOTAL"]).abs() < 0.08, "{year} {fit:?}");
            let fitted = fit.schedule(&every(1)).unwrap();
            assert!((fitted.mean_age() - mean).abs() < 0.4, "{year} {family:?} {}", fitted.mean_age());
            // A shape fitted to 5-year groups is that of single ages.
            let groups: Vec<f64> = rates.chunks(5).map(|five| five.iter().sum::<f64>() / 5.0).collect();
            let coarse = fit_fertility(family, &groups, &every(5), Evaluation::Mean, None).unwrap();
            for (a, b) in coarse.schedule(&every(1)).unwrap().shares().iter().zip(fitted.shares()) {
                assert!((a - b).abs() < 0.01, "{year} {family:?}: {a} {b}");
            }
        }
    }
}

fn models() -> impl Strategy<Value = FertilityModel> {
    prop_oneof![
        (12.0..17.0_f64, 10.0..16.0_f64, 5.0..9.0_f64).prop_map(|(alpha, rise, fall)| {
            FertilityModel::Schmertmann { alpha, peak: alpha + rise, half: alpha + rise + fall }
        }),
        (5.0..14.0_f64, 5.0..14.0_f64, 1.0..2.0_f64)
            .prop_map(|(start, shape, scale)| FertilityModel::Gamma { start, shape, scale }),
        (0.0..8.0_f64, 20.0..27.0_f64, 2.0..4.5_f64)
            .prop_map(|(start, position, height)| FertilityModel::Hadwiger { start, position, height }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_fit_finds_the_model_that_made_the_rates(model in models(), tfr in 0.8..3.0_f64) {
        let ages = ChildbearingAges::every(1, 10, 60).unwrap();
        let schedule = FertilitySchedule::of_model(model, &ages, Evaluation::Mean).unwrap();
        let rates = schedule.rates(tfr).unwrap();
        let family = match model {
            FertilityModel::Schmertmann { .. } => FertilityFamily::Schmertmann,
            FertilityModel::Gamma { .. } => FertilityFamily::Gamma,
            FertilityModel::Hadwiger { .. } => FertilityFamily::Hadwiger,
        };
        let fit = fit_fertility(family, &rates, &ages, Evaluation::Mean, None).unwrap();
        prop_assert!(fit.rmse < 1e-7, "{model:?}: {fit:?}");
        let found = match (model, fit.model) {
            (
                FertilityModel::Schmertmann { alpha, peak, half },
                FertilityModel::Schmertmann { alpha: a, peak: p, half: h },
            ) => [alpha - a, peak - p, half - h],
            (
                FertilityModel::Gamma { start, shape, scale },
                FertilityModel::Gamma { start: d, shape: b, scale: c },
            ) => [start - d, shape - b, scale - c],
            (
                FertilityModel::Hadwiger { start, position, height },
                FertilityModel::Hadwiger { start: d, position: t, height: h },
            ) => [start - d, position - t, height - h],
            _ => unreachable!(),
        };
        prop_assert!(found.iter().all(|difference| difference.abs() < 2e-3), "{model:?}: {fit:?}");
    }

    #[test]
    fn a_moved_schedule_has_the_mean_age_asked_for(
        rates in prop::collection::vec(0.0..0.2_f64, 35),
        years in -2.0..2.0_f64,
    ) {
        let observed = FertilitySchedule::observed(&rates, &every(1)).unwrap();
        let target = observed.mean_age() + years;
        let moved = observed.with_mean_age(target).unwrap();
        prop_assert!((moved.mean_age() - target).abs() < 1e-8);
        prop_assert!(moved.shares().iter().all(|share| *share >= 0.0));
        prop_assert!((moved.shares().iter().sum::<f64>() - 1.0).abs() < 1e-12);
        let back = moved.with_mean_age(observed.mean_age()).unwrap();
        for (a, b) in back.shares().iter().zip(observed.shares()) {
            prop_assert!((a - b).abs() < 1e-6, "{a} {b}");
        }
    }
}
