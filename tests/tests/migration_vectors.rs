//! Migration against published curves and figures: Rogers-Castro schedules (`shared/vectors/migration`),
//! cohort residuals and balances of the subregions of 28 (Eurostat, `shared/data/eurostat`).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use diagnoza_core::demography::migration::{
    Retirement, RogersCastro, RogersCastroForm, StandardSchedule, fit_rogers_castro,
};
use diagnoza_tests::shared;

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
