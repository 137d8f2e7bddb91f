//! The cohort-component step against the United Nations' routine: Canada 1950-2020, single ages,
//! migrants at the end of the year (`shared/vectors/cohort_component/canada_1x1`).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use diagnoza_core::demography::cohort_component::{
    Assumptions, MigrationTiming, NegativePopulation, project,
};
use diagnoza_tests::shared;
use ndarray::{Array1, Array2, Array3};

const AGES: usize = 101;

/// Rows of a CSV as numbers, header skipped.
fn rows(folder: &Path, file: &str) -> Vec<Vec<f64>> {
    let text = std::fs::read_to_string(folder.join(file)).unwrap();
    text.lines().skip(1).map(|line| line.split(',').map(|cell| cell.parse().unwrap()).collect()).collect()
}

fn step(year: f64) -> usize {
    year as usize - 1950
}

#[test]
fn matches_the_un_routine_for_canada_1950_to_2020() {
    let Some(folder) = shared("vectors/cohort_component/canada_1x1") else { return };
    let steps = rows(&folder, "in_srb.csv").len();
    let mut base = Array2::zeros((2, AGES));
    for row in rows(&folder, "in_pop_1950.csv") {
        base[[0, row[1] as usize]] = row[3];
        base[[1, row[1] as usize]] = row[2];
    }
    let mut survival = Array3::zeros((steps, 2, AGES + 1));
    for row in rows(&folder, "in_life_tables.csv") {
        // Sx of age x is the ratio into age x; the last is of the open group and the age before together.
        let (t, age) = (step(row[0]), row[1] as usize);
        if t < steps {
            for (sex, ratio) in [row[12], row[13]].into_iter().enumerate() {
                survival[[t, sex, age]] = ratio;
                if age == AGES - 1 {
                    survival[[t, sex, AGES]] = ratio;
                }
            }
        }
    }
    let mut asfr = Array2::zeros((steps, AGES));
    for row in rows(&folder, "in_asfr_nonzero.csv") {
        asfr[[step(row[0]), row[1] as usize]] = row[2];
    }
    let mut srb = Array1::zeros(steps);
    for row in rows(&folder, "in_srb.csv") {
        srb[step(row[0])] = row[1];
    }
    let mut migration = Array3::zeros((steps, 2, AGES));
    for row in rows(&folder, "in_netmig.csv") {
        migration[[step(row[0]), 0, row[1] as usize]] = row[3];
        migration[[step(row[0]), 1, row[1] as usize]] = row[2];
    }
    let assumptions = Assumptions::new(survival, asfr, srb, migration).unwrap();
    let run = project(base.view(), &assumptions, MigrationTiming::End, NegativePopulation::Refuse).unwrap();

    let mut compared = 0;
    for row in rows(&folder, "out_population.csv").into_iter().filter(|row| step(row[0]) <= steps) {
        for (sex, expected) in [row[3], row[2]].into_iter().enumerate() {
            let got = run.population[[step(row[0]), sex, row[1] as usize]];
            assert!((got - expected).abs() < 1e-5, "{} {} {sex}: {got} {expected}", row[0], row[1]);
            compared += 1;
        }
    }
    assert_eq!(compared, (steps + 1) * AGES * 2);
    for row in rows(&folder, "out_births_total.csv").into_iter().filter(|row| step(row[0]) < steps) {
        let got = run.births.row(step(row[0]));
        assert!((got.sum() - row[1]).abs() < 1e-5 && (got[0] - row[2]).abs() < 1e-5, "{row:?} {got}");
    }
}
