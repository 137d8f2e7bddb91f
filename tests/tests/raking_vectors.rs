//! Iterative proportional fitting of 3 areas x 2 sexes x 5 ages to the totals of the areas and to the
//! sum of the areas by sex and age (`shared/vectors/raking`).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use diagnoza_core::demography::reconcile::{Margin, RakeOptions, rake};
use diagnoza_tests::shared;
use ndarray::{Array1, Array2, Array3};

fn rows(file: &str) -> Option<Vec<Vec<f64>>> {
    let text = std::fs::read_to_string(shared(&format!("vectors/raking/{file}"))?).unwrap();
    Some(
        text.lines()
            .skip(1)
            .map(|line| line.split(',').map(|cell| cell.parse().unwrap()).collect())
            .collect(),
    )
}

#[test]
fn matches_the_raked_table_of_three_areas() {
    let Some(cells) = rows("ipf_3x2x5.csv") else { return };
    let at = |row: &[f64]| [row[0] as usize - 1, row[1] as usize - 1, row[2] as usize - 1];
    let (mut seed, mut expected) = (Array3::zeros((3, 2, 5)), Array3::zeros((3, 2, 5)));
    for row in &cells {
        seed[at(row)] = row[3];
        expected[at(row)] = row[4];
    }
    let areas: Array1<f64> = rows("ipf_margin_area.csv").unwrap().iter().map(|row| row[1]).collect();
    let mut national = Array2::zeros((2, 5));
    for row in rows("ipf_margin_age_sex.csv").unwrap() {
        national[[row[0] as usize - 1, row[1] as usize - 1]] = row[2];
    }
    let margins = [
        Margin { axes: vec![0], target: areas.into_dyn() },
        Margin { axes: vec![1, 2], target: national.into_dyn() },
    ];
    let raked = rake(seed.into_dyn().view(), &margins, RakeOptions::default()).unwrap();
    for (position, &expected) in expected.into_dyn().indexed_iter() {
        let got = raked.table[&position];
        assert!((got - expected).abs() < 1e-8, "{position:?}: {got} {expected}");
    }
    assert_eq!(raked.table.len(), cells.len());
}
