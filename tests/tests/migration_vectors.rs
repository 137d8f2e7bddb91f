//! Migration against published curves and figures: Rogers-Castro schedules (`shared/vectors/migration`),
//! cohort residuals and balances of the subregions of 28 (Eurostat, `shared/data/eurostat`).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::Path;

use diagnoza_core::demography::migration::{
    LexisSplit, PostRetirement, ResidualMethod, Retirement, RogersCastro, RogersCastroForm, StandardSchedule,
    cohort_deaths, fit_rogers_castro, net_of_balance, residual_from_deaths, residual_migration,
};
use diagnoza_tests::shared;
use ndarray::{Array2, Array3, Axis, s};
use proptest::prelude::*;

/// The schedule of `rogers_castro_7par.csv`.
const SEVEN: RogersCastro = RogersCastro {
    a1: 0.1,
    alpha1: 0.1,
    a2: 0.2,
    alpha2: 0.1,
    mu2: 20.0,
    lambda2: 0.4,
    c: 0.003,
    retirement: None,
    post_retirement: None,
};
/// The schedule of `rogers_castro_11par.csv`.
const ELEVEN: RogersCastro = RogersCastro {
    retirement: Some(Retirement { a3: 0.02, alpha3: 0.25, mu3: 67.0, lambda3: 0.6 }),
    ..SEVEN
};

/// One column of a CSV as numbers, header skipped.
fn column(file: &Path, position: usize) -> Vec<f64> {
    let text = std::fs::read_to_string(file).unwrap();
    text.lines().skip(1).map(|line| line.split(',').nth(position).unwrap().parse().unwrap()).collect()
}

fn single_ages(count: u32) -> Vec<f64> {
    (0..count).map(f64::from).collect()
}

fn assert_close(got: &[f64], want: &[f64], tolerance: f64) {
    assert_eq!(got.len(), want.len());
    for (age, (got, want)) in got.iter().zip(want).enumerate() {
        assert!((got - want).abs() <= tolerance, "age {age}: {got} {want}");
    }
}

#[test]
fn matches_published_rogers_castro_curves() {
    let Some(folder) = shared("vectors/migration") else { return };
    for (file, schedule) in [("rogers_castro_7par.csv", SEVEN), ("rogers_castro_11par.csv", ELEVEN)] {
        let want = column(&folder.join(file), 1);
        assert_close(&schedule.rates(&single_ages(101)).unwrap(), &want, 1e-9);
    }
}

#[test]
fn matches_the_un_family_of_male_labour() {
    let Some(file) = shared("vectors/migration/un_family_male_labor_NM1000.csv") else { return };
    let want = column(&file, 2);
    let mut everybody = 0.0;
    for (sex, schedule) in RogersCastro::UN_MALE_LABOUR.iter().enumerate() {
        let mut shares = schedule.rates(&single_ages(121)).unwrap();
        everybody += shares.iter().sum::<f64>();
        let open: f64 = shares.drain(100..).sum();
        shares.push(open);
        let migrants: Vec<f64> = shares.iter().map(|share| 1000.0 * share).collect();
        assert_close(&migrants, &want[sex * 101..(sex + 1) * 101], 1e-9);
    }
    assert!((everybody - 1.0).abs() < 1e-12);
}

#[test]
fn the_standards_of_bayes_pop_are_shares() {
    let Some(folder) = shared("vectors/migration") else { return };
    for (file, standard) in [
        ("bayesPop_rcastro_annual.csv", StandardSchedule::BayesPopAnnual),
        ("bayesPop_rcastro_5yr.csv", StandardSchedule::BayesPopFiveYear),
    ] {
        assert_close(standard.shares(), &column(&folder.join(file), 1), 1e-9);
        assert!((standard.shares().iter().sum::<f64>() - 1.0).abs() < 1e-12, "{file}");
    }
}

#[test]
fn fits_give_published_curves_back() {
    let Some(folder) = shared("vectors/migration") else { return };
    let ages = single_ages(101);
    for (file, form, truth) in [
        ("rogers_castro_7par.csv", RogersCastroForm::Seven, SEVEN),
        ("rogers_castro_11par.csv", RogersCastroForm::Eleven, ELEVEN),
    ] {
        let rates = column(&folder.join(file), 1);
        let started = std::time::Instant::now();
        let fit = fit_rogers_castro(&ages, &rates, form, None).unwrap();
        println!("{file}: rmse {:e}, {} iterations, {:?}", fit.rmse, fit.iterations, started.elapsed());
        assert!(fit.converged && fit.rmse < 1e-12 && fit.r_squared.unwrap() > 1.0 - 1e-12, "{fit:?}");
        let (got, want) = (fit.schedule, truth);
        for (got, want) in [
            (got.a1, want.a1),
            (got.alpha1, want.alpha1),
            (got.a2, want.a2),
            (got.alpha2, want.alpha2),
            (got.mu2, want.mu2),
            (got.lambda2, want.lambda2),
            (got.c, want.c),
        ] {
            assert!((got / want - 1.0).abs() < 1e-6, "{file}: {got} {want}");
        }
        if let (Some(got), Some(want)) = (got.retirement, want.retirement) {
            assert!((got.mu3 - want.mu3).abs() < 1e-5 && (got.a3 - want.a3).abs() < 1e-7, "{got:?}");
        }
    }
    let annual = column(&folder.join("bayesPop_rcastro_annual.csv"), 1);
    let fit = fit_rogers_castro(&ages[..91], &annual[..91], RogersCastroForm::Seven, None).unwrap();
    println!("bayesPop annual: rmse {:e}", fit.rmse);
    assert!(fit.rmse < 5e-6, "{fit:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_fit_finds_the_schedule_that_made_the_rates(
        (a1, alpha1) in (0.02..0.15_f64, 0.05..0.2_f64),
        (a2, alpha2) in (0.05..0.4_f64, 0.05..0.2_f64),
        (mu2, lambda2) in (17.0..26.0_f64, 0.2..0.7_f64),
        (mu3, a3) in (60.0..72.0_f64, 0.02..0.1_f64),
        c in 0.001..0.01_f64,
        level in 1e-3..1e3_f64,
    ) {
        let seven = RogersCastro {
            a1: a1 * level, alpha1, a2: a2 * level, alpha2, mu2, lambda2, c: c * level,
            retirement: None, post_retirement: None,
        };
        let eleven = RogersCastro {
            retirement: Some(Retirement { a3: a3 * level, alpha3: 0.3, mu3, lambda3: 0.5 }), ..seven
        };
        let thirteen = RogersCastro {
            post_retirement: Some(PostRetirement { a4: 1e-4 * level, lambda4: 0.06 }), ..eleven
        };
        let ages = single_ages(101);
        for (form, truth) in [
            (RogersCastroForm::Seven, seven),
            (RogersCastroForm::Eleven, eleven),
            (RogersCastroForm::Thirteen, thirteen),
        ] {
            let rates = truth.rates(&ages).unwrap();
            let fit = fit_rogers_castro(&ages, &rates, form, None).unwrap();
            let top = rates.iter().copied().fold(0.0, f64::max);
            prop_assert!(fit.rmse < 1e-6 * top, "{form:?} {truth:?}: {fit:?}");
            if form == RogersCastroForm::Seven {
                prop_assert!((fit.schedule.mu2 - mu2).abs() < 1e-4 && (fit.schedule.a1 / truth.a1 - 1.0).abs() < 1e-4);
            }
        }
    }
}

/// A TSV of Eurostat as rows of cells, header skipped.
fn rows(name: &str) -> Option<Vec<Vec<String>>> {
    let text = std::fs::read_to_string(shared(&format!("data/eurostat/{name}.tsv"))?).unwrap();
    Some(text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect())
}

type Counts = BTreeMap<(String, String, String, usize), f64>;

/// Persons by geo, sex, age and year.
fn counts(name: &str) -> Option<Counts> {
    let key =
        |row: &[String]| (row[0].clone(), row[1].clone(), row[2].clone(), row[3].parse::<usize>().unwrap());
    Some(rows(name)?.iter().filter_map(|row| Some((key(row), row[4].parse().ok()?))).collect())
}

#[test]
fn cohort_residuals_of_the_subregions_are_met() {
    let (Some(people), Some(died), Some(births), Some(want)) = (
        counts("pl62_demo_r_pjangrp3_2014_2022_preCensusVintage"),
        counts("pl62_demo_r_magec3_2013_2021"),
        rows("pl62_demo_r_births_deaths_1990_2021"),
        rows("pl62_derived_cohort_residual_netmig_5y"),
    ) else {
        return;
    };
    let mut ages = vec!["Y_LT5".to_owned(), "Y5-9".to_owned()];
    ages.extend((10..90).step_by(5).map(|age| format!("Y{age}-{}", age + 4)));
    ages.push("Y_GE90".to_owned());
    let mut checked = 0;
    for geo in ["PL62", "PL621", "PL622", "PL623"] {
        for year in [2014, 2015, 2016] {
            let of = |counts: &Counts, sex: usize, age: usize, year: usize| {
                counts[&(geo.to_owned(), ["F", "M"][sex].to_owned(), ages[age].clone(), year)]
            };
            let stock = |at| Array2::from_shape_fn((2, 19), |(sex, age)| of(&people, sex, age, at));
            let deaths = Array3::from_shape_fn((5, 2, 19), |(k, sex, age)| of(&died, sex, age, year + k));
            let born: f64 = births
                .iter()
                .filter(|row| row[0] == "LBIRTH" && row[1] == geo)
                .filter(|row| (year..year + 5).contains(&row[2].parse::<usize>().unwrap()))
                .map(|row| row[3].parse::<f64>().unwrap())
                .sum();
            // The file's assumptions: 51.4 % boys, 80 % of the deaths under five in the cohorts born since.
            let born = [born * 0.486, born * 0.514];
            let (start, end) = (stock(year), stock(year + 5));
            let cohorts = cohort_deaths(deaths.view(), LexisSplit { infant: 0.8 }).unwrap();
            let found = residual_from_deaths(start.view(), end.view(), born, cohorts.view()).unwrap();
            for row in want.iter().filter(|row| row[0] == geo && row[2].starts_with(&year.to_string())) {
                let sex = usize::from(row[1] == "M");
                let age = ages.iter().position(|age| *age == row[3]).unwrap();
                let number = |cell: usize| row[cell].parse::<f64>().unwrap();
                assert!(
                    (found.expected[[sex, age]] - number(5)).abs() < 0.0501,
                    "{row:?} {}",
                    found.expected[[sex, age]]
                );
                assert!(
                    (found.net[[sex, age]] - number(6)).abs() < 0.0501,
                    "{row:?} {}",
                    found.net[[sex, age]]
                );
                checked += 1;
            }
            // Survival ratios that hold the same deaths give the same residual.
            let at_risk = |sex: usize, age: usize| if age == 0 { born[sex] } else { start[[sex, age - 1]] };
            let survival =
                Array2::from_shape_fn((2, 20), |(sex, age)| 1.0 - cohorts[[sex, age]] / at_risk(sex, age));
            // Deaths in the open group stand with those who began in it: a ratio below zero is joined.
            if survival.iter().all(|ratio| *ratio >= 0.0) {
                let method = ResidualMethod::Forward;
                let same =
                    residual_migration(start.view(), end.view(), survival.view(), born, method).unwrap();
                assert!((&same.net - &found.net).iter().all(|difference| difference.abs() < 1e-6));
            }
        }
    }
    assert_eq!(checked, want.len());
}

#[test]
fn balances_of_the_subregions_give_the_published_rate() {
    let Some(rows) = rows("pl62_derived_balance_1990_2021_preCensusVintage") else { return };
    let mut published = 0;
    for row in &rows {
        let number = |cell: usize| row[cell].parse::<f64>().unwrap();
        let net = net_of_balance(number(2), number(3), number(4), number(5)).unwrap();
        assert!((net - number(6)).abs() < 1e-9, "{row:?}");
        let rate = 2000.0 * net / (number(2) + number(3));
        assert!((rate - number(7)).abs() < 0.0051, "{row:?} {rate}");
        // The stock of 1 January 2010 is flagged as a break of the series: the balance of 2009 spans two bases.
        if let Ok(theirs) = row[8].parse::<f64>()
            && row[1] != "2009"
        {
            assert!((rate - theirs).abs() < 0.0551, "{row:?} {rate}");
            published += 1;
        }
    }
    assert_eq!(published, 60);
}

#[test]
fn one_year_residuals_of_canada_are_the_migrants_of_the_un() {
    let Some(folder) = shared("vectors/cohort_component/canada_1x1") else { return };
    let table = |file: &str| -> Vec<Vec<f64>> {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        text.lines().skip(1).map(|line| line.split(',').map(|cell| cell.parse().unwrap()).collect()).collect()
    };
    let mut population = Array3::<f64>::zeros((71, 2, 101));
    for row in table("out_population.csv") {
        let (t, age) = (row[0] as usize - 1950, row[1] as usize);
        population[[t, 0, age]] = row[3];
        population[[t, 1, age]] = row[2];
    }
    let mut survival = Array3::<f64>::zeros((71, 2, 102));
    for row in table("in_life_tables.csv") {
        let (t, age) = (row[0] as usize - 1950, row[1] as usize);
        for (sex, ratio) in [row[12], row[13]].into_iter().enumerate() {
            survival[[t, sex, age]] = ratio;
            if age == 100 {
                survival[[t, sex, 101]] = ratio;
            }
        }
    }
    let births = table("out_births_total.csv");
    for row in table("in_netmig.csv").iter().step_by(7) {
        let (t, age) = (row[0] as usize - 1950, row[1] as usize);
        if t >= 70 {
            continue;
        }
        let born = births.iter().find(|year| year[0] as usize == t + 1950).unwrap();
        let found = residual_migration(
            population.index_axis(Axis(0), t),
            population.index_axis(Axis(0), t + 1),
            survival.slice(s![t, .., ..]),
            [born[2], born[1] - born[2]],
            ResidualMethod::Forward,
        )
        .unwrap();
        for (sex, want) in [row[3], row[2]].into_iter().enumerate() {
            let got = found.net[[sex, age]];
            assert!((got - want).abs() < 1e-4, "{} {age} {sex}: {got} {want}", row[0]);
        }
    }
}
