//! The cohort-component step against other tools (`shared/vectors/cohort_component`): the United Nations'
//! routine for Canada 1950-2020 in single years and Poland 2020-2050 in five-year groups, the textbook's Sweden,
//! and Thailand and Burkina Faso as a Leslie matrix with half of the migrants before and half after it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use diagnoza_core::demography::cohort_component::{
    Assumptions, Interval, Migration, MigrationTiming, NegativePopulation, project,
};
use diagnoza_tests::shared;
use ndarray::{Array1, Array2, Array3, Axis, s};

const AGES: usize = 101;

/// Rows of a CSV as numbers, header skipped; a cell of words becomes 0.
fn rows(folder: &Path, file: &str) -> Vec<Vec<f64>> {
    let text = std::fs::read_to_string(folder.join(file)).unwrap();
    let number = |cell: &str| cell.parse().unwrap_or(0.0);
    text.lines().skip(1).map(|line| line.split(',').map(number).collect()).collect()
}

/// Column `from` and those after it of a table with one column per step, as `(T, rows)`.
fn by_step(folder: &Path, file: &str, from: usize) -> Array2<f64> {
    let rows = rows(folder, file);
    Array2::from_shape_fn((rows[0].len() - from, rows.len()), |(step, row)| rows[row][from + step])
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

#[test]
fn matches_the_un_routine_for_poland_in_five_year_groups() {
    let Some(folder) = shared("vectors/cohort_component/poland_wpp2024_5x5") else { return };
    let base = rows(&folder, "in_pop2020_midyear_thousands.csv");
    let ages = base.len();
    let base = Array2::from_shape_fn((2, ages), |(sex, age)| base[age][2 - sex]);
    let ratios = ["F", "M"].map(|sex| by_step(&folder, &format!("tool_survival_ratios_{sex}.csv"), 1));
    let steps = ratios[0].nrows();
    // One ratio per age group, the last for the two oldest groups together; the first is from birth.
    let survival = Array3::from_shape_fn((steps, 2, ages + 1), |(t, sex, position)| {
        ratios[sex][[t, position.min(ages - 1)]]
    });
    let (tfr, srb) = (rows(&folder, "in_tfr.csv"), rows(&folder, "in_srb.csv"));
    let pasfr = rows(&folder, "in_pasfr_percent.csv");
    let mut asfr = Array2::zeros((steps, ages));
    for (i, row) in pasfr.iter().enumerate() {
        let (t, age) = (i / 7, 3 + i % 7); // ages 15-19 to 45-49
        asfr[[t, age]] = tfr[t][1] * row[2] / 100.0 / 5.0;
    }
    let moves = rows(&folder, "in_netmig_thousands_per_5yr.csv");
    let migration = Array3::from_shape_fn((steps, 2, ages), |(t, sex, age)| moves[t * ages + age][3 - sex]);
    let assumptions = Assumptions::of_interval(
        Interval::Five,
        survival,
        asfr,
        srb.iter().map(|row| row[1]).collect(),
        Migration::Counts(migration),
    )
    .unwrap();
    let run = project(base.view(), &assumptions, MigrationTiming::End, NegativePopulation::Refuse).unwrap();

    let expected = rows(&folder, "ccm_end.csv");
    assert_eq!(expected.len(), steps * ages);
    for (i, row) in expected.iter().enumerate() {
        for (sex, want) in [row[3], row[2]].into_iter().enumerate() {
            let got = run.population[[1 + i / ages, sex, i % ages]];
            assert!((got - want).abs() < 1e-6, "row {i}, sex {sex}: {got} {want}");
        }
    }
    for (t, row) in rows(&folder, "ccm_end_components.csv").iter().enumerate() {
        let flows = [
            run.births.row(t).sum(),
            run.deaths.slice(s![t, .., ..]).sum(),
            run.net_migration.slice(s![t, .., ..]).sum(),
        ];
        for (got, want) in flows.into_iter().zip(&row[1..]) {
            assert!((got - want).abs() < 1e-6, "step {t}: {got} {want}");
        }
    }
    // Against the published totals: 0.10 %.
    let published = rows(&folder, "published_pop_midyear_thousands.csv");
    for t in 1..=steps {
        let want: f64 = published[(t - 1) * ages..t * ages].iter().map(|row| row[2] + row[3]).sum();
        let got = run.population.slice(s![t, .., ..]).sum();
        assert!((got / want - 1.0).abs() < 1e-3, "step {t}: {got} {want}");
    }
}

#[test]
fn matches_the_textbook_for_sweden_1993() {
    let Some(folder) = shared("vectors/cohort_component/sweden_1993") else { return };
    let table = rows(&folder, "ccmppWPP_sweden_1993_Preston_5x5.csv");
    let ages = table.len();
    let column = |column: usize| table.iter().map(move |row| row[column]);
    let survival = Array3::from_shape_fn((1, 2, ages + 1), |(_, _, p)| table[p.min(ages - 1)][6]);
    let moves = Array3::from_shape_vec((1, 2, ages), column(4).chain(column(5)).collect()).unwrap();
    let assumptions = Assumptions::of_interval(
        Interval::Five,
        survival,
        Array2::from_shape_vec((1, ages), column(7).collect()).unwrap(),
        Array1::from_elem(1, 1.05),
        Migration::Counts(moves),
    )
    .unwrap();
    let base = Array2::from_shape_vec((2, ages), column(1).chain(column(2)).collect()).unwrap();
    let run = project(base.view(), &assumptions, MigrationTiming::Even, NegativePopulation::Refuse).unwrap();
    for (age, row) in table.iter().enumerate() {
        let got = [run.population[[1, 0, age]], run.population[[1, 1, age]], run.births_by_age[[0, age]]];
        for (got, want) in got.into_iter().zip([row[9], row[10], row[8]]) {
            assert!((got.round() - want).abs() < 0.5, "{}: {got} {want}", row[0]);
        }
    }
}

/// Wheldon's step: `L (P + M/2) + M/2` with `M = 5 share P`, girls by the Leslie matrix of females.
fn leslie_step(women: &[f64], survival: &[f64], asfr: &[f64], srb: f64, share: &[f64]) -> (Vec<f64>, f64) {
    let ages = women.len();
    let half: Vec<f64> = women.iter().zip(share).map(|(people, share)| 2.5 * share * people).collect();
    let present: Vec<f64> = women.iter().zip(&half).map(|(people, half)| people + half).collect();
    let births: f64 = (0..ages)
        .map(|age| 2.5 * (asfr[age] + asfr.get(age + 1).unwrap_or(&0.0) * survival[age + 1]) * present[age])
        .sum();
    let mut after = half;
    after[0] += births / (1.0 + srb) * survival[0];
    for age in 1..ages {
        after[age] += present[age - 1] * survival[age];
    }
    after[ages - 1] += present[ages - 1] * survival[ages];
    (after, births)
}

#[test]
fn annual_proportions_give_the_leslie_product_for_burkina_faso_females() {
    let Some(folder) = shared("vectors/cohort_component/burkina_faso") else { return };
    let (asfr, survival) = (by_step(&folder, "in_asfr.csv", 1), by_step(&folder, "in_surv.csv", 1));
    let share = by_step(&folder, "in_migprop.csv", 1);
    let steps = asfr.nrows();
    let base = by_step(&folder, "in_pop.csv", 1);
    let assumptions = Assumptions::of_interval(
        Interval::Five,
        survival.clone().insert_axis(Axis(1)),
        asfr.clone(),
        Array1::from_elem(steps, 1.05),
        Migration::AnnualProportions(share.clone().insert_axis(Axis(1))),
    )
    .unwrap();
    let run = project(base.view(), &assumptions, MigrationTiming::Even, NegativePopulation::Refuse).unwrap();
    let mut women = base.row(0).to_vec();
    for step in 0..steps {
        let [ratios, rates, share] = [&survival, &asfr, &share].map(|table| table.row(step).to_vec());
        let (after, births) = leslie_step(&women, &ratios, &rates, 1.05, &share);
        for (got, want) in run.population.slice(s![step + 1, 0, ..]).iter().zip(&after) {
            assert!((got / want - 1.0).abs() < 1e-12, "step {step}: {got} {want}");
        }
        assert!((run.births[[step, 0]] / (births / 2.05) - 1.0).abs() < 1e-12);
        women = after;
    }
}

#[test]
fn annual_proportions_give_the_leslie_product_for_thailand() {
    let Some(folder) = shared("vectors/cohort_component/thailand") else { return };
    let asfr = by_step(&folder, "in_asfr.csv", 1);
    let srb = by_step(&folder, "in_srb.csv", 0).column(0).to_owned();
    let (steps, ages) = asfr.dim();
    let pair = |file: &str, from: usize| {
        let tables = ["female", "male"].map(|sex| by_step(&folder, &file.replace("SEX", sex), from));
        ndarray::stack(Axis(1), &[tables[0].view(), tables[1].view()]).unwrap()
    };
    let base = pair("in_pop_SEX.csv", 1).index_axis_move(Axis(0), 0);
    let survival = pair("in_surv_SEX.csv", 1);
    // The migration of the vectors is zero; the invented shares beside it test every age.
    for share in [pair("in_migprop_SEX.csv", 1), pair("in_fakemig_props.csv", 0)] {
        let assumptions = Assumptions::of_interval(
            Interval::Five,
            survival.clone(),
            asfr.clone(),
            srb.clone(),
            Migration::AnnualProportions(share.clone()),
        )
        .unwrap();
        let run =
            project(base.view(), &assumptions, MigrationTiming::Even, NegativePopulation::Refuse).unwrap();
        let mut stocks = [base.row(0).to_vec(), base.row(1).to_vec()];
        for step in 0..steps {
            let row = |table: &Array3<f64>, sex: usize| table.slice(s![step, sex, ..]).to_vec();
            let rates = asfr.row(step).to_vec();
            let (women, births) =
                leslie_step(&stocks[0], &row(&survival, 0), &rates, srb[step], &row(&share, 0));
            let none = vec![0.0; ages];
            let (mut men, _) = leslie_step(&stocks[1], &row(&survival, 1), &none, srb[step], &row(&share, 1));
            men[0] += births * srb[step] / (1.0 + srb[step]) * survival[[step, 1, 0]];
            stocks = [women, men];
            for (sex, stock) in stocks.iter().enumerate() {
                for (got, want) in run.population.slice(s![step + 1, sex, ..]).iter().zip(stock) {
                    assert!((got / want - 1.0).abs() < 1e-12, "step {step}, {sex}: {got} {want}");
                }
            }
        }
    }
}
