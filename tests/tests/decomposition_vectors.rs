//! Arriaga's decomposition of the gain in life expectancy at birth, USA 1933 to 2019, on the columns of the
//! Human Mortality Database (`shared/vectors/decomposition`, life tables in `shared/vectors/life_tables`).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use diagnoza_core::demography::decomposition::{ArriagaMethod, LifeTableColumns, arriaga};
use diagnoza_tests::shared;

/// A column of a CSV.
fn column(file: &str, name: &str) -> Option<Vec<f64>> {
    let text = std::fs::read_to_string(shared(&format!("vectors/{file}"))?).unwrap();
    let position = text.lines().next().unwrap().split(',').position(|column| column == name).unwrap();
    Some(text.lines().skip(1).map(|line| line.split(',').nth(position).unwrap().parse().unwrap()).collect())
}

#[test]
fn matches_the_gain_of_the_usa_from_1933_to_2019() {
    for (sex, gain) in [("F", 18.68042), ("M", 17.24744)] {
        let expected = format!("decomposition/arriaga_usa_{sex}_1933_2019_numpy_from_hmd.csv");
        let Some(expected) = column(&expected, "arriaga_forward") else { return };
        let of =
            |year: u16, name: &str| column(&format!("life_tables/hmd_usa_{sex}_{year}.csv"), name).unwrap();
        let (l1, years1, l2, years2) = (of(1933, "lx"), of(1933, "Lx"), of(2019, "lx"), of(2019, "Lx"));
        let before = LifeTableColumns { survivors: &l1, person_years: &years1 };
        let after = LifeTableColumns { survivors: &l2, person_years: &years2 };
        let parts = arriaga(before, after, ArriagaMethod::Forward).unwrap();
        for (age, (got, expected)) in parts.total.iter().zip(&expected).enumerate() {
            assert!((got - expected).abs() < 1e-4, "{sex} {age}: {got} {expected}");
        }
        assert_eq!(parts.total.len(), expected.len());
        let sum: f64 = parts.total.iter().sum();
        assert!((sum - gain).abs() < 1e-4, "{sex}: {sum}");
        assert!((sum - (parts.second_e0 - parts.first_e0)).abs() <= 1e-9);
    }
}
