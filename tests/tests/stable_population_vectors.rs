//! Leslie matrix and stable population against the R packages demogR (`shared/vectors/stable_population`):
//! Goodman, Keyfitz and Pullum's United States 1967, and the other two countries of their table for identities.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use diagnoza_core::demography::cohort_component::{
    Assumptions, Interval, Migration, MigrationTiming, NegativePopulation, project,
};
use diagnoza_core::demography::stable_population::{
    LeslieMatrix, OldestMothers, StablePopulation, StablePopulationError,
};
use diagnoza_tests::shared;
use ndarray::{Array1, Array2, Array3, Axis};

fn table(folder: &Path, file: &str) -> Array2<f64> {
    let text = std::fs::read_to_string(folder.join(file)).unwrap();
    let rows: Vec<Vec<f64>> = text
        .lines()
        .skip(1)
        .map(|line| line.split(',').map(|cell| cell.parse().unwrap_or(f64::NAN)).collect())
        .collect();
    Array2::from_shape_fn((rows.len(), rows[0].len()), |(row, column)| rows[row][column])
}

fn assert_close(got: &Array2<f64>, want: &Array2<f64>) {
    assert_eq!(got.dim(), want.dim());
    for ((place, got), want) in got.indexed_iter().zip(want) {
        assert!((got - want).abs() < 1e-6, "{place:?}: {got} {want}");
    }
}

/// Survival ratios and annual fertility rates of ages 0-4, 5-9, ..., 85+ of one country, from deaths, people and
/// births: Greville's person-years are not needed here, deaths fall in the middle of the groups.
fn rates(folder: &Path, country: usize) -> (Vec<f64>, Vec<f64>) {
    let table = table(folder, "goodman_keyfitz_flieger.csv");
    let column = |offset: usize| table.column(1 + 3 * country + offset).to_vec();
    let (people, deaths, births) = (column(0), column(1), column(2));
    let widths: Vec<f64> = [1.0, 4.0].into_iter().chain([5.0; 16]).collect();
    let mut alive = 1.0;
    let mut lived = Vec::new();
    for (age, width) in widths.iter().enumerate() {
        let rate = deaths[age] / people[age];
        let before = [0.1, 1.5].get(age).copied().unwrap_or(2.5);
        let dies = width * rate / (1.0 + (width - before) * rate);
        lived.push(alive * (width - dies * (width - before)));
        alive *= 1.0 - dies;
    }
    let open = alive * people[18] / deaths[18];
    let mut person_years = vec![lived[0] + lived[1]];
    person_years.extend(&lived[2..]);
    let mut survival = vec![person_years[0] / 5.0];
    survival.extend(person_years.windows(2).map(|pair| pair[1] / pair[0]));
    let into_open = open / (open + person_years[person_years.len() - 1]);
    survival.extend([into_open, into_open]);
    let mut asfr = vec![0.0];
    asfr.extend((2..19).map(|age| births[age] / people[age]));
    (survival, asfr)
}

#[test]
fn matches_demogr_for_the_united_states_1967() {
    let Some(folder) = shared("vectors/stable_population") else { return };
    let matrix = table(&folder, "usa_leslie_demogR.csv");
    let leslie = LeslieMatrix::from_matrix(matrix.view(), Interval::Five).unwrap();
    assert_close(&leslie.matrix(), &matrix);
    let analysis = leslie.analyse().unwrap();
    assert!((analysis.growth_rate - 1.037573).abs() < 1e-6, "{}", analysis.growth_rate);
    assert!((analysis.r - 0.00738).abs() < 5e-6, "{}", analysis.r);
    let stable = table(&folder, "usa_stable.csv").column(0).to_owned();
    let got = analysis.stable_age_distribution.clone();
    assert_close(&got.insert_axis(Axis(0)), &stable.insert_axis(Axis(0)));
    assert_close(&analysis.sensitivities, &table(&folder, "usa_sensitivities.csv"));
    assert_close(&analysis.elasticities, &table(&folder, "usa_elasticities.csv"));
    assert!((analysis.damping_ratio.unwrap() - 1.297_476_858_548).abs() < 1e-9, "numpy.linalg.eig");
    assert!((analysis.net_reproduction_rate - 1.212_446_099_453).abs() < 1e-9, "numpy");
}

#[test]
fn the_matrix_from_rates_is_that_of_demogr() {
    let Some(folder) = shared("vectors/stable_population") else { return };
    let want = table(&folder, "usa_leslie_demogR.csv");
    let input = table(&folder, "goodman_keyfitz_flieger.csv");
    let lived = table(&folder, "usa_life_table_demogR.csv").column(6).to_vec();
    let mut person_years = vec![lived[0] + lived[1]];
    person_years.extend(&lived[2..12]);
    let mut survival = vec![person_years[0] / 5.0];
    survival.extend(person_years.windows(2).take(9).map(|pair| pair[1] / pair[0]));
    survival.push(0.0); // ends with the last mothers, 45-49
    let mut asfr = vec![0.0];
    asfr.extend((2..11).map(|age| input[[age, 9]] / input[[age, 7]]));
    let leslie = |oldest| LeslieMatrix::new(&survival, &asfr, 1.05, Interval::Five, oldest).unwrap();
    assert_close(&leslie(OldestMothers::BareRate).matrix(), &want);
    let growth = leslie(OldestMothers::BareRate).analyse().unwrap().growth_rate;
    assert!((growth - 1.037573).abs() < 1e-6, "{growth}");
    // The textbook's last column differs in its births alone.
    let mut textbook = leslie(OldestMothers::Survivors).matrix();
    assert!((textbook[[0, 9]] - 5.0 * survival[0] * asfr[9] / 2.05 / 2.0).abs() < 1e-15);
    textbook[[0, 9]] = want[[0, 9]];
    assert_close(&textbook, &want);
}

#[test]
fn a_long_projection_reaches_the_stable_population() {
    let Some(folder) = shared("vectors/stable_population") else { return };
    for country in 0..3 {
        let (survival, asfr) = rates(&folder, country);
        let ages = asfr.len();
        let leslie =
            LeslieMatrix::new(&survival, &asfr, 1.05, Interval::Five, OldestMothers::Survivors).unwrap();
        let analysis = leslie.analyse().unwrap();
        let steps = 200;
        let rates = Assumptions::of_interval(
            Interval::Five,
            Array3::from_shape_fn((steps, 1, ages + 1), |(_, _, position)| survival[position]),
            Array2::from_shape_fn((steps, ages), |(_, age)| asfr[age]),
            Array1::from_elem(steps, 1.05),
            Migration::Counts(Array3::zeros((steps, 1, ages))),
        )
        .unwrap();
        let base = Array2::from_elem((1, ages), 1000.0);
        let run = project(base.view(), &rates, MigrationTiming::Mid, NegativePopulation::Refuse).unwrap();
        let first = leslie.matrix().dot(&base.row(0));
        for (got, want) in run.population.index_axis(Axis(0), 1).row(0).iter().zip(&first) {
            assert!((got / want - 1.0).abs() < 1e-12, "one step is the matrix: {got} {want}");
        }
        let (before, after) =
            (run.population.index_axis(Axis(0), steps - 1), run.population.index_axis(Axis(0), steps));
        assert!((after.sum() / before.sum() - analysis.growth_rate).abs() < 1e-9);
        for (share, people) in analysis.stable_age_distribution.iter().zip(after.row(0)) {
            assert!((share - people / after.sum()).abs() < 1e-9);
        }
        assert!((analysis.elasticities.sum() - 1.0).abs() < 1e-12);
        assert!((analysis.stable_age_distribution.sum() - 1.0).abs() < 1e-12);
        let value = analysis.reproductive_value.dot(&leslie.matrix());
        for (got, want) in value.iter().zip(&analysis.reproductive_value) {
            assert!((got - want * analysis.growth_rate).abs() < 1e-12, "left eigenvector: {got} {want}");
        }
        // Continuous births differ from births in steps by little, the net reproduction rate not at all.
        let stable = StablePopulation::new(&survival, &asfr, 1.05, Interval::Five).unwrap();
        assert!((stable.r - analysis.r).abs() < 2e-4, "{country}: {} {}", stable.r, analysis.r);
        assert!((stable.net_reproduction_rate - analysis.net_reproduction_rate).abs() < 1e-12);
        assert!((stable.age_distribution.sum() - 1.0).abs() < 1e-12);
        assert!((stable.birth_rate - stable.death_rate - stable.r).abs() < 1e-15);
    }
}

#[test]
fn impossible_matrices_are_refused_by_name() {
    let matrix =
        |values: [[f64; 3]; 3]| LeslieMatrix::from_matrix(ndarray::arr2(&values).view(), Interval::One);
    let error = matrix([[0.0, 1.0, 0.0], [0.5, 0.0, 0.1], [0.0, 0.5, 0.0]]).unwrap_err();
    assert_eq!(error, StablePopulationError::NotLeslie { row: 1, column: 2, got: 0.1 });
    let error = matrix([[0.0, -1.0, 0.0], [0.5, 0.0, 0.0], [0.0, 0.5, 0.0]]).unwrap_err();
    assert!(matches!(error, StablePopulationError::Value { what: "first row", position: 1, .. }));
    assert!(matrix([[0.0, f64::NAN, 0.0], [0.5, 0.0, 0.0], [0.0, 0.5, 0.0]]).is_err());
    let childless = matrix([[0.0; 3], [0.5, 0.0, 0.0], [0.0, 0.5, 0.5]]).unwrap();
    assert_eq!(childless.analyse().unwrap_err(), StablePopulationError::NoBirths);
    let barred = matrix([[0.0, 0.0, 1.0], [0.0, 0.0, 0.0], [0.0, 0.5, 0.5]]).unwrap();
    assert_eq!(barred.analyse().unwrap_err(), StablePopulationError::NoBirths);
    let undying = matrix([[0.0, 0.5, 0.0], [0.5, 0.0, 0.0], [0.0, 0.5, 1.0]]).unwrap();
    assert!(matches!(undying.analyse(), Err(StablePopulationError::OpenGroup { .. })));
    let square = LeslieMatrix::from_matrix(Array2::zeros((2, 3)).view(), Interval::One);
    assert_eq!(square.unwrap_err(), StablePopulationError::NotSquare { rows: 2, columns: 3 });
}

#[test]
fn births_at_one_age_alone_have_closed_forms() {
    // All births at age 1: lambda = sqrt(B S), and the structure swings for ever.
    let matrix = ndarray::arr2(&[[0.0, 4.0], [0.25, 0.0]]);
    let analysis = LeslieMatrix::from_matrix(matrix.view(), Interval::One).unwrap().analyse().unwrap();
    assert!((analysis.growth_rate - 1.0).abs() < 1e-12 && analysis.r.abs() < 1e-12);
    assert!((analysis.damping_ratio.unwrap() - 1.0).abs() < 1e-9);
    assert!((analysis.net_reproduction_rate - 1.0).abs() < 1e-12);
    assert!((analysis.generation_time - 2.0).abs() < 1e-9 && (analysis.generation_length - 2.0).abs() < 1e-9);
    assert!((analysis.stable_age_distribution[0] - 0.8).abs() < 1e-12);
    assert!((analysis.reproductive_value[1] - 4.0).abs() < 1e-9);
}
