//! The United Nations' coherent Lee-Carter against R MortCast on Poland, WPP 2017, ages 0 to 130
//! (`shared/vectors/mortality_from_e0`).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use diagnoza_core::demography::mortality_model::{
    CoherentLeeCarter, CoherentTarget, E0Search, ExpectancyRule, FittedCoherentLeeCarter, MortalitySurface,
    Rotation, life_expectancy, mx_from_e0,
};
use diagnoza_core::observation::{Sex, Year};
use diagnoza_tests::shared;
use ndarray::{Array2, ArrayView2, s};

/// Rows of a CSV as text, header skipped.
fn rows(folder: &Path, file: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(folder.join(file)).unwrap().replace('"', "");
    text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

fn column(folder: &Path, file: &str, column: usize) -> Vec<f64> {
    rows(folder, file).iter().map(|row| row[column].parse().unwrap()).collect()
}

/// A table ages x periods without its column of ages.
fn table(folder: &Path, file: &str) -> Array2<f64> {
    let rows = rows(folder, file);
    Array2::from_shape_fn((rows.len(), rows[0].len() - 1), |(x, t)| rows[x][t + 1].parse().unwrap())
}

/// Rates of males at 100 and over by the coherent Kannisto rule, found from those of females: on the scale of
/// logits both sexes share the slope, and the males' level is higher by the mean difference at 80-95.
fn males_to_130(male: ArrayView2<'_, f64>, female: ArrayView2<'_, f64>) -> Array2<f64> {
    let logit = |rate: f64| (rate / (1.0 - rate)).ln();
    Array2::from_shape_fn(female.dim(), |(x, t)| {
        if x < 21 {
            return male[[x, t]];
        }
        let difference = (17..21).map(|at| logit(male[[at, t]]) - logit(female[[at, t]])).sum::<f64>() / 4.0;
        1.0 / (1.0 + (-logit(female[[x, t]]) - difference).exp())
    })
}

fn poland(folder: &Path) -> FittedCoherentLeeCarter {
    let ages: Vec<u8> = column(folder, "cokannisto_F.csv", 0).iter().map(|age| *age as u8).collect();
    let female = table(folder, "cokannisto_F.csv");
    let male = males_to_130(table(folder, "in_mxM_poland_wpp2017.csv").view(), female.view());
    let years: Vec<Year> = (0..13).map(|period| Year::new(1950 + 5 * period).unwrap()).collect();
    let surface = |mx, sex| MortalitySurface::new(mx, None, ages.clone(), years.clone(), Some(sex)).unwrap();
    CoherentLeeCarter::default().fit(&surface(female, Sex::Female), &surface(male, Sex::Male)).unwrap()
}

#[track_caller]
fn close(got: &[f64], want: &[f64], tolerance: f64) {
    assert_eq!(got.len(), want.len());
    for (i, (got, want)) in got.iter().zip(want).enumerate() {
        assert!((got - want).abs() < tolerance, "position {i}: {got} {want}");
    }
}

#[test]
fn parameters_match_mortcast_for_poland() {
    let Some(folder) = shared("vectors/mortality_from_e0") else { return };
    let fitted = poland(&folder);
    let expected = |at| column(&folder, "lileecarter_ax_bx.csv", at);
    close(&fitted.male.ax, &expected(1), 1e-6);
    close(&fitted.female.ax, &expected(2), 1e-6);
    close(&fitted.bx, &expected(3), 1e-6);
    close(fitted.ultimate_bx.as_ref().unwrap(), &expected(4), 1e-6);
    close(&fitted.male.kt, &column(&folder, "lileecarter_kt.csv", 1), 1e-6);
    close(&fitted.female.kt, &column(&folder, "lileecarter_kt.csv", 2), 1e-6);
}

#[test]
fn rates_have_the_published_life_expectancies_of_poland() {
    let Some(folder) = shared("vectors/mortality_from_e0") else { return };
    let fitted = poland(&folder);
    let (e0_male, e0_female) = (column(&folder, "target_e0.csv", 1), column(&folder, "target_e0.csv", 2));
    let within = |tolerance, rule| {
        let search = E0Search { tolerance, rule };
        let options = CoherentTarget { search, ..CoherentTarget::default() };
        fitted.mx_from_e0(&e0_female, &e0_male, options).unwrap()
    };
    for rule in [ExpectancyRule::UnAndreevKingkade, ExpectancyRule::UnCoaleDemeny] {
        for tolerance in [1e-9, 0.01] {
            let rates = within(tolerance, rule);
            for (t, (of_females, of_males)) in e0_female.iter().zip(&e0_male).enumerate() {
                for (mx, sex, target) in
                    [(&rates.female, Sex::Female, of_females), (&rates.male, Sex::Male, of_males)]
                {
                    let e0 = life_expectancy(&mx.column(t).to_vec(), &fitted.ages, Some(sex), rule).unwrap();
                    assert!((e0 - target).abs() <= tolerance, "{sex} {t}: {e0} {target}");
                }
                // Males above females at 105 and over.
                let (males, females) = (rates.male.slice(s![22.., t]), rates.female.slice(s![22.., t]));
                assert!(males.iter().zip(females).all(|(male, female)| male >= female));
            }
        }
    }
}

#[test]
fn rotation_takes_decline_from_infants_and_keeps_life_expectancy() {
    let Some(folder) = shared("vectors/mortality_from_e0") else { return };
    let fitted = poland(&folder);
    let rates = |rotation| {
        let options = CoherentTarget { rotation, ..CoherentTarget::default() };
        fitted.mx_from_e0(&[90.0], &[86.0], options).unwrap().female
    };
    let rule = ExpectancyRule::UnAndreevKingkade;
    let (turned, straight) = (rates(Some(Rotation::default())), rates(None));
    assert!(turned[[0, 0]] > straight[[0, 0]], "infants decline less");
    assert!(turned[[11, 0]] < straight[[11, 0]], "those of 50 decline more");
    let e0 = life_expectancy(&turned.column(0).to_vec(), &fitted.ages, Some(Sex::Female), rule).unwrap();
    assert!((e0 - 90.0).abs() < 1e-9, "{e0}");
    // One sex alone, with the pattern as given, is the same search.
    let found =
        mx_from_e0(90.0, &fitted.female.ax, &fitted.bx, &fitted.ages, Some(Sex::Female), E0Search::default());
    for (got, want) in found.unwrap().mx.iter().zip(straight.column(0)) {
        assert!((got - want).abs() < 1e-9);
    }
}
