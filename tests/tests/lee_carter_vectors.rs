//! Lee-Carter against R: `demography::lca` on French females 1950-2006 and StMoMo on males of England and Wales,
//! ages 55-89, 1961-2011, the three earliest and latest cohorts left out, as the deviance shows
//! (`shared/vectors/lee_carter`).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use diagnoza_core::demography::mortality_model::{
    Adjustment, ExpectancyRule, FittedLeeCarter, ForecastOptions, JumpOff, LeeCarter, MortalitySurface,
    Uncertainty, cohort_weights,
};
use diagnoza_core::observation::{Sex, Year};
use diagnoza_tests::shared;
use ndarray::{Array2, s};

/// Rows of a CSV as numbers, header skipped; quotes of R removed.
fn rows(folder: &Path, file: &str) -> Vec<Vec<f64>> {
    let text = std::fs::read_to_string(folder.join(file)).unwrap().replace('"', "");
    text.lines().skip(1).map(|line| line.split(',').map(|cell| cell.parse().unwrap()).collect()).collect()
}

/// A table ages x years without its column of ages.
fn table(folder: &Path, file: &str) -> Array2<f64> {
    let rows = rows(folder, file);
    Array2::from_shape_fn((rows.len(), rows[0].len() - 1), |(x, t)| rows[x][t + 1])
}

fn column(folder: &Path, file: &str, column: usize) -> Vec<f64> {
    rows(folder, file).into_iter().map(|row| row[column]).collect()
}

fn years(first: u16, last: u16) -> Vec<Year> {
    Year::constant(first).through(Year::constant(last)).collect()
}

fn france(folder: &Path, sex: Sex) -> MortalitySurface {
    let word = if sex == Sex::Female { "female" } else { "male" };
    let mx = table(folder, &format!("fr_{word}_mx_1950_2006.csv"));
    let exposure = table(folder, &format!("fr_{word}_pop_1950_2006.csv"));
    MortalitySurface::new(mx, Some(exposure), (0..=100).collect(), years(1950, 2006), Some(sex)).unwrap()
}

#[track_caller]
fn close(got: &[f64], want: &[f64], tolerance: f64) {
    assert_eq!(got.len(), want.len());
    for (i, (got, want)) in got.iter().zip(want).enumerate() {
        assert!((got - want).abs() < tolerance, "position {i}: {got} {want}");
    }
}

const EVERY: [(&str, Adjustment); 4] =
    [("none", Adjustment::None), ("dt", Adjustment::Dt), ("dxt", Adjustment::Dxt), ("e0", Adjustment::E0)];

#[test]
fn matches_lca_for_french_females() {
    let Some(folder) = shared("vectors/lee_carter") else { return };
    let surface = france(&folder, Sex::Female);
    for (word, adjustment) in EVERY {
        let fitted = LeeCarter::svd(adjustment).fit(&surface).unwrap();
        let parameters = format!("lca_female_{word}_ax_bx.csv");
        close(&fitted.ax, &column(&folder, &parameters, 1), 1e-6);
        close(&fitted.bx, &column(&folder, &parameters, 2), 1e-6);
        close(&fitted.kt, &column(&folder, &format!("lca_female_{word}_kt.csv"), 1), 1e-4);
    }
}

#[test]
fn forecasts_match_lca_for_french_females() {
    let Some(folder) = shared("vectors/lee_carter") else { return };
    let surface = france(&folder, Sex::Female);
    for (word, adjustment) in EVERY {
        let fitted = LeeCarter::svd(adjustment).fit(&surface).unwrap();
        let file = format!("lca_female_{word}_forecast.csv");
        let expected = |at| column(&folder, &file, at);
        let horizon = expected(0).len();
        let forecast = |jump_off| {
            fitted.forecast(horizon, ForecastOptions { jump_off, ..ForecastOptions::default() }).unwrap()
        };
        let (fit, actual) = (forecast(JumpOff::Fit), forecast(JumpOff::Actual));
        // lca counts the index from its last value.
        let from_last = |values: &[f64]| values.iter().map(|k| k - fitted.walk.last).collect::<Vec<_>>();
        close(&from_last(&fit.kt.mean), &expected(1), 1e-4);
        close(&from_last(&fit.kt.lower), &expected(2), 1e-4);
        close(&from_last(&fit.kt.upper), &expected(3), 1e-4);
        close(&fit.life_expectancy(ExpectancyRule::Demography).unwrap(), &expected(4), 1e-6);
        close(&actual.life_expectancy(ExpectancyRule::Demography).unwrap(), &expected(5), 1e-6);
        assert_eq!(fit.years.last(), Some(&Year::constant(2050)));
    }
}

#[test]
fn french_males_fit_under_every_adjustment() {
    let Some(folder) = shared("vectors/lee_carter") else { return };
    let surface = france(&folder, Sex::Male);
    let fits: Vec<FittedLeeCarter> =
        EVERY.iter().map(|(_, adjustment)| LeeCarter::svd(*adjustment).fit(&surface).unwrap()).collect();
    for fitted in &fits {
        assert!((fitted.bx.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(fitted.walk.drift < -1.0 && fitted.walk.drift > -3.0, "{}", fitted.walk.drift);
        close(&fitted.ax, &fits[0].ax, 1e-15);
    }
    // Without a second stage the index adds up to nothing; with one it need not.
    assert!(fits[0].kt.iter().sum::<f64>().abs() < 1e-9);
}

#[test]
fn matches_stmomo_for_males_of_england_and_wales() {
    let Some(folder) = shared("vectors/lee_carter") else { return };
    let deaths = table(&folder, "ew_male_deaths.csv").slice(s![55..90, ..]).to_owned();
    let exposure = table(&folder, "ew_male_exposure_central.csv").slice(s![55..90, ..]).to_owned();
    let (ages, years): (Vec<u8>, Vec<Year>) = ((55..=89).collect(), years(1961, 2011));
    let weights = cohort_weights(&ages, &years, 3);
    let surface = MortalitySurface::from_deaths(&deaths, exposure, ages, years, Some(Sex::Male)).unwrap();
    let surface = surface.with_weights(weights).unwrap();
    let fitted = LeeCarter::poisson().fit(&surface).unwrap();
    close(&fitted.ax, &column(&folder, "stmomo_LC_ax_bx.csv", 1), 1e-6);
    close(&fitted.bx, &column(&folder, "stmomo_LC_ax_bx.csv", 2), 1e-6);
    close(&fitted.kt, &column(&folder, "stmomo_LC_kt.csv", 1), 1e-4);
    let fit = fitted.poisson.clone().unwrap();
    assert!((fit.deviance - 11_196.497).abs() < 1e-3, "{}", fit.deviance);
    assert!((fit.log_likelihood + 14_937.748).abs() < 1e-3, "{}", fit.log_likelihood);
    assert_eq!((fit.parameters, fit.observations), (119, 35 * 51 - 12));
    assert!((fitted.walk.drift + 0.66819).abs() < 1e-5, "{}", fitted.walk.drift);

    let options = ForecastOptions { uncertainty: Uncertainty::Innovations, ..ForecastOptions::default() };
    let forecast = fitted.forecast(39, options).unwrap();
    close(&forecast.kt.mean, &column(&folder, "stmomo_LC_kt_forecast.csv", 1), 1e-4);
    let expected = table(&folder, "stmomo_LC_forecast_rates.csv");
    assert_eq!(expected.dim(), forecast.mx.dim());
    for (got, want) in forecast.mx.iter().zip(&expected) {
        assert!((got / want - 1.0).abs() < 1e-5, "{got} {want}");
    }
}
