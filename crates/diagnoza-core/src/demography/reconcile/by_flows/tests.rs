use ndarray::{Array1, Array2, s};
use proptest::prelude::*;

use super::super::factor::Component;
use super::*;
use crate::demography::cohort_component::{
    Assumptions, CohortProjection, MigrationTiming, NegativePopulation, project,
};

const AGES: usize = 6;
const STEPS: usize = 4;

fn run(people: f64, survival: f64, births: f64, net: f64, timing: MigrationTiming) -> CohortProjection {
    let mut asfr = Array2::zeros((STEPS, AGES));
    asfr.slice_mut(s![.., 2..4]).fill(births);
    let assumptions = Assumptions::new(
        Array3::from_elem((STEPS, 2, AGES + 1), survival),
        asfr,
        Array1::from_elem(STEPS, 1.06),
        Array3::from_shape_fn((STEPS, 2, AGES), |(_, sex, age)| net * (1.0 + 0.1 * (sex + age) as f64)),
    )
    .unwrap();
    let base = Array2::from_shape_fn((2, AGES), |(sex, age)| people * (1.0 - 0.05 * (sex + age) as f64));
    project(base.view(), &assumptions, timing, NegativePopulation::Refuse).unwrap()
}

fn parts() -> Vec<Flows> {
    let end = MigrationTiming::End;
    [run(1000.0, 0.95, 0.3, -8.0, end), run(400.0, 0.93, 0.25, 5.0, end), run(50.0, 0.9, 0.4, 0.5, end)]
        .iter()
        .map(Flows::of)
        .collect()
}

/// An upper level with the jump-off of the parts and rates of its own.
fn whole(parts: &[Flows], survival: f64, births: f64, net: f64) -> Flows {
    let mut base = Array2::zeros((2, AGES));
    parts.iter().for_each(|part| base += &part.population.index_axis(Axis(0), 0));
    let mut asfr = Array2::zeros((STEPS, AGES));
    asfr.slice_mut(s![.., 2..4]).fill(births);
    let assumptions = Assumptions::new(
        Array3::from_elem((STEPS, 2, AGES + 1), survival),
        asfr,
        Array1::from_elem(STEPS, 1.05),
        Array3::from_elem((STEPS, 2, AGES), net),
    )
    .unwrap();
    let end = MigrationTiming::End;
    Flows::of(&project(base.view(), &assumptions, end, NegativePopulation::Refuse).unwrap())
}

fn sum(areas: &[Flows], of: impl Fn(&Flows) -> Array3<f64>) -> Array3<f64> {
    areas.iter().map(of).reduce(|sum, next| sum + next).unwrap()
}

fn near(a: &Array3<f64>, b: &Array3<f64>, tolerance: f64) -> bool {
    a.iter().zip(b).all(|(a, b)| (a - b).abs() <= tolerance * b.abs().max(1.0))
}

#[test]
fn areas_that_sum_already_stay_as_they_are() {
    let parts = parts();
    let mut upper = parts[0].clone();
    for part in &parts[1..] {
        upper.population += &part.population;
        upper.births += &part.births;
        upper.deaths += &part.deaths;
        upper.net_migration += &part.net_migration;
    }
    let found = reconcile(&parts, &upper, ReconcileOptions::default()).unwrap();
    for (area, part) in found.areas.iter().zip(&parts) {
        assert!(near(&area.population, &part.population, 1e-12));
        assert!(
            near(&area.deaths, &part.deaths, 1e-12) && near(&area.net_migration, &part.net_migration, 1e-10)
        );
    }
    assert!(found.factors.iter().all(|f| (f.factor - 1.0).abs() < 1e-9 && !f.capped), "{:?}", found.factors);
}

#[test]
fn stocks_and_flows_sum_and_every_cell_balances() {
    let parts = parts();
    let upper = whole(&parts, 0.955, 0.28, -2.0);
    let found = reconcile(&parts, &upper, ReconcileOptions::default()).unwrap();
    assert!(near(&sum(&found.areas, |a| a.population.clone()), &upper.population, 1e-10));
    assert!(near(&sum(&found.areas, |a| a.deaths.clone()), &upper.deaths, 1e-10));
    assert!(near(&sum(&found.areas, |a| a.net_migration.clone()), &upper.net_migration, 1e-8));
    assert!(found.unreconciled.iter().all(|left| left.abs() < 1e-9));
    // 2 births + 2 x 7 deaths + 2 x 6 ages of gains and of losses, every year.
    assert_eq!(found.factors.len(), STEPS * (2 + 14 + 24));
    for area in &found.areas {
        let by_age = area.births_by_age.as_ref().unwrap();
        for step in 0..STEPS {
            assert!((by_age.row(step).sum() - area.births.row(step).sum()).abs() < 1e-9);
        }
    }
    // Deaths within the bounds are scaled by one factor: the areas' probabilities keep their proportions.
    let q = |flows: &Flows| flows.deaths[[2, 1, 4]] / flows.population[[2, 1, 3]];
    let ratio = q(&found.areas[0]) / q(&found.areas[1]);
    assert!((ratio - 0.05 / 0.07).abs() < 1e-9, "{ratio}");
}

#[test]
fn factors_are_capped_and_the_rest_moves_or_is_reported() {
    let parts = parts();
    let upper = whole(&parts, 0.99, 0.9, 3.0); // three times the births, a sixth of the deaths
    let found = reconcile(&parts, &upper, ReconcileOptions::default()).unwrap();
    let births = found.factors.iter().find(|f| f.component == Component::Births).unwrap();
    assert!(births.capped && births.wanted.unwrap() > 2.0 && births.left > 0.0, "{births:?}");
    assert!((births.factor - 2.0).abs() < 1e-12);
    assert!(found.factors.iter().all(|f| (0.5..=2.0).contains(&f.factor)), "bounds hold for all");
    assert!(near(&sum(&found.areas, |a| a.population.clone()), &upper.population, 1e-10));
    let capped: f64 = sum(&found.areas, |a| a.deaths.clone()).sum();
    assert!(capped > upper.deaths.sum());

    let options = ReconcileOptions { leftover: Leftover::Report, ..ReconcileOptions::default() };
    let reported = reconcile(&parts, &upper, options).unwrap();
    assert!((reported.unreconciled[[0, 0, 0]]) > 1.0);
    let wide = ReconcileOptions { lowest: 0.0, highest: 1e6, ..options };
    let exact = reconcile(&parts, &upper, wide).unwrap();
    assert!(exact.unreconciled.iter().all(|left| left.abs() < 1e-8));
}

#[test]
fn migrants_during_the_year_belong_to_their_cohort() {
    let even = MigrationTiming::Even;
    let parts: Vec<Flows> = [run(1000.0, 0.95, 0.3, -8.0, even), run(400.0, 0.93, 0.25, 5.0, even)]
        .iter()
        .map(Flows::of)
        .collect();
    let upper = whole(&parts, 0.95, 0.28, -2.0);
    let found = reconcile(&parts, &upper, ReconcileOptions::default()).unwrap();
    assert!(near(&sum(&found.areas, |a| a.population.clone()), &upper.population, 1e-10));
}

#[test]
fn a_projection_takes_the_flows_back() {
    let original = run(1000.0, 0.95, 0.3, -8.0, MigrationTiming::End);
    let same = Flows::of(&original).replaced_in(&original).unwrap();
    assert_eq!(same.population, original.population);
    assert!((same.total_fertility(1) - original.total_fertility(1)).abs() < 1e-12);
    same.check_balance().unwrap();
}

#[test]
fn an_age_that_would_fall_below_zero_ends_at_zero() {
    let mut parts = parts();
    // The small area loses at an age more than the upper level's gain of people leaves it.
    let upper = whole(&parts, 0.95, 0.28, -40.0);
    parts[2].net_migration[[0, 0, 3]] -= 35.0;
    parts[2].population[[1, 0, 3]] -= 35.0;
    parts[2] = {
        let mut part = parts[2].clone();
        for step in 1..STEPS {
            for sex in 0..2 {
                let stock = part.survivors(step, sex) + part.net_migration.slice(s![step, sex, ..]);
                part.population.slice_mut(s![step + 1, sex, ..]).assign(&stock.mapv(|p: f64| p.max(0.0)));
                let net = &part.population.slice(s![step + 1, sex, ..]) - &part.survivors(step, sex);
                part.net_migration.slice_mut(s![step, sex, ..]).assign(&net);
            }
        }
        part
    };
    let wide = ReconcileOptions { lowest: 0.0, highest: 50.0, ..ReconcileOptions::default() };
    let found = reconcile(&parts, &upper, wide).unwrap();
    assert!(found.areas.iter().all(|area| area.population.iter().all(|&people| people >= 0.0)));
    assert!(near(&sum(&found.areas, |a| a.population.clone()), &upper.population, 1e-10));
}

#[test]
fn a_jump_off_that_does_not_sum_is_refused_or_raked() {
    let parts = parts();
    let mut upper = whole(&parts, 0.95, 0.28, -2.0);
    upper.population.slice_mut(s![0, 0, 1]).fill(1500.0);
    let survivors = upper.survivors(0, 0);
    let stock = upper.population[[1, 0, 2]];
    upper.net_migration[[0, 0, 2]] = stock - survivors[2];
    let message = reconcile(&parts, &upper, ReconcileOptions::default()).unwrap_err().to_string();
    assert!(
        message.starts_with("at the jump-off the areas have 1377.5 persons of sex F at age 1"),
        "{message}"
    );
    let options = ReconcileOptions { jump_off: JumpOff::Rake, ..ReconcileOptions::default() };
    let found = reconcile(&parts, &upper, options).unwrap();
    assert!(near(&sum(&found.areas, |a| a.population.clone()), &upper.population, 1e-10));
}

#[test]
fn hostile_input_is_refused_by_name() {
    let parts = parts();
    let upper = whole(&parts, 0.95, 0.28, -2.0);
    let options = ReconcileOptions::default();
    let refused =
        |areas: &[Flows], upper: &Flows, options| reconcile(areas, upper, options).unwrap_err().to_string();
    assert!(refused(&[], &upper, options).contains("no area"));
    let low = ReconcileOptions { lowest: 1.5, ..options };
    assert!(refused(&parts, &upper, low).starts_with("factors between 1.5"));
    let mut wrong = parts.clone();
    wrong[1].births = Array2::zeros((STEPS, 3));
    assert!(refused(&wrong, &upper, options).starts_with("area 1: births has shape [4, 3]"));
    let mut wrong = parts.clone();
    wrong[2].deaths[[1, 0, 3]] = f64::NAN;
    assert!(refused(&wrong, &upper, options).starts_with("area 2: deaths is NaN at [1, 0, 3]"));
    let mut wrong = parts.clone();
    wrong[0].population[[2, 1, 3]] += 1.0;
    assert!(refused(&wrong, &upper, options).contains("area 0: in step 1, M, age 3"), "balance");
    let mut wrong = upper.clone();
    wrong.net_migration[[0, 0, 0]] = f64::INFINITY;
    assert!(refused(&parts, &wrong, options).starts_with("upper: net_migration is inf"));
}

proptest! {
    #[test]
    fn any_upper_level_is_met_at_every_cell(
        survival in 0.7..1.0_f64, births in 0.3..1.0_f64, net in -2.0..40.0_f64,
        lowest in 0.0..1.0_f64, highest in 1.0..5.0_f64,
    ) {
        let parts = parts();
        let upper = whole(&parts, survival, births, net);
        let options = ReconcileOptions { lowest, highest, ..ReconcileOptions::default() };
        let found = reconcile(&parts, &upper, options).unwrap();
        prop_assert!(near(&sum(&found.areas, |a| a.population.clone()), &upper.population, 1e-9));
        prop_assert!(found.factors.iter().all(|f| f.factor >= lowest - 1e-12 && f.factor <= highest + 1e-12));
        prop_assert!(found.areas.iter().all(|a| a.population.iter().all(|&p| p >= 0.0)));
    }
}
