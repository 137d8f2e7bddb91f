//! What any cohort-component step keeps: accounting identities and linearity, on random synthetic rates.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use diagnoza_core::demography::cohort_component::{
    Assumptions, CohortProjection, Interval, Migration, MigrationTiming, NegativePopulation, RateBase,
    project,
};
use diagnoza_core::observation::Sex;
use ndarray::{Array1, Array2, Array3, s};
use proptest::collection::vec;
use proptest::prelude::*;

const AGES: usize = 6;
const STEPS: usize = 4;

fn shares(count: usize) -> impl Strategy<Value = Vec<f64>> {
    vec(0.0..1.0_f64, count)
}

fn timings() -> impl Strategy<Value = MigrationTiming> {
    prop_oneof![Just(MigrationTiming::End), Just(MigrationTiming::Even), Just(MigrationTiming::Mid)]
}

prop_compose! {
    fn areas()(
        sexes in 1..=2_usize,
        interval in prop_oneof![Just(Interval::One), Just(Interval::Five)],
        form in 0..4_usize,
        survival in shares(STEPS * 2 * (AGES + 1)),
        asfr in vec(0.0..0.2_f64, STEPS * AGES),
        srb in vec(0.9..1.2_f64, STEPS),
        moves in vec(-3.0..20.0_f64, STEPS * 2 * AGES),
        base in vec(50.0..500.0_f64, 2 * AGES),
        timing in timings(),
    ) -> (Assumptions, Array2<f64>, MigrationTiming) {
        // Survival of at least one half leaves enough people for the moves away.
        let survival = Array3::from_shape_vec((STEPS, 2, AGES + 1), survival).unwrap();
        let survival = survival.slice(s![.., ..sexes, ..]).mapv(|share| 0.5 + share / 2.0);
        let moves = Array3::from_shape_vec((STEPS, 2, AGES), moves).unwrap();
        let moves = moves.slice(s![.., ..sexes, ..]).to_owned();
        let migration = match form {
            0 => Migration::Counts(moves),
            1 => Migration::Rates { rates: moves / 1e3, base: RateBase::Start },
            2 => Migration::Rates { rates: moves / 1e3, base: RateBase::Mid },
            _ => Migration::AnnualProportions(moves / 1e3),
        };
        let asfr = Array2::from_shape_vec((STEPS, AGES), asfr).unwrap();
        let assumptions =
            Assumptions::of_interval(interval, survival, asfr, Array1::from(srb), migration).unwrap();
        let base = Array2::from_shape_vec((2, AGES), base).unwrap().slice(s![..sexes, ..]).to_owned();
        (assumptions, base, timing)
    }
}

fn run(assumptions: &Assumptions, base: &Array2<f64>, timing: MigrationTiming) -> Option<CohortProjection> {
    project(base.view(), assumptions, timing, NegativePopulation::Refuse).ok()
}

fn close(left: f64, right: f64) -> bool {
    (left - right).abs() <= 1e-9 * left.abs().max(right.abs()).max(1.0)
}

proptest! {
    #[test]
    fn every_cohort_balances(case in areas()) {
        let (assumptions, base, timing) = case;
        let Some(run) = run(&assumptions, &base, timing) else { return Ok(()) };
        let (start, end) = match timing {
            MigrationTiming::End => (0.0, 1.0),
            MigrationTiming::Even => (0.5, 0.5),
            MigrationTiming::Mid => (0.0, 1.0),
        };
        for step in 0..STEPS {
            for sex in 0..base.nrows() {
                let before = run.population.slice(s![step, sex, ..]);
                let after = run.population.slice(s![step + 1, sex, ..]);
                let moves = run.net_migration.slice(s![step, sex, ..]);
                let deaths = run.deaths.slice(s![step, sex, ..]);
                let births = run.births[[step, sex]];
                prop_assert!(close(after[0], births - deaths[0] + end * moves[0]));
                for age in 0..AGES - 2 {
                    let expected = before[age] + start * moves[age] - deaths[age + 1] + end * moves[age + 1];
                    prop_assert!(close(after[age + 1], expected));
                }
                let (last, open) = (AGES - 2, AGES - 1);
                let entered = before[last] + before[open] + start * (moves[last] + moves[open]);
                prop_assert!(close(after[open], entered - deaths[open] - deaths[open + 1] + end * moves[open]));
            }
        }
    }

    #[test]
    fn births_have_the_sex_ratio_and_the_rates_asked_for(case in areas()) {
        let (assumptions, base, timing) = case;
        let Some(run) = run(&assumptions, &base, timing) else { return Ok(()) };
        for step in 0..STEPS {
            let (births, srb) = (run.births.row(step), assumptions.srb()[step]);
            prop_assert!(close(births[0] * (1.0 + srb), run.births_by_age.row(step).sum()));
            if births.len() == 2 {
                prop_assert!(close(births[1], births[0] * srb));
            }
            prop_assert!(close(run.total_fertility(step), assumptions.total_fertility()[step]));
        }
    }

    #[test]
    fn twice_the_people_and_moves_are_twice_the_result(case in areas()) {
        let (assumptions, base, timing) = case;
        let Some(once) = run(&assumptions, &base, timing) else { return Ok(()) };
        // Rates give twice the moves by themselves.
        let migration = match assumptions.migration().clone() {
            Migration::Counts(moves) => Migration::Counts(moves * 2.0),
            rates => rates,
        };
        let doubled = Assumptions::of_interval(
            assumptions.interval(),
            assumptions.survival().clone(),
            assumptions.asfr().clone(),
            assumptions.srb().clone(),
            migration,
        )
        .unwrap();
        let twice = run(&doubled, &(&base * 2.0), timing).unwrap();
        for (one, two) in once.population.iter().zip(&twice.population) {
            prop_assert!(close(one * 2.0, *two));
        }
        let sum = CohortProjection::sum(&[&once, &once]).unwrap();
        for (one, two) in sum.deaths.iter().zip(&twice.deaths) {
            prop_assert!(close(*one, *two));
        }
    }

    #[test]
    fn spreading_keeps_totals_and_leaves_nobody_below_zero(case in areas(), outflow in 100.0..600.0_f64, at in 0..AGES) {
        let (assumptions, base, timing) = case;
        let Migration::Counts(mut moves) = assumptions.migration().clone() else { return Ok(()) };
        moves[[0, 0, at]] = -outflow;
        let forced = Assumptions::of_interval(
            assumptions.interval(),
            assumptions.survival().clone(),
            assumptions.asfr().clone(),
            assumptions.srb().clone(),
            Migration::Counts(moves.clone()),
        )
        .unwrap();
        let Ok(spread) = project(base.view(), &forced, timing, NegativePopulation::Spread) else {
            return Ok(()); // too few people at all ages together: refused by name
        };
        prop_assert!(spread.population.iter().chain(&spread.births).all(|&people| people >= 0.0));
        prop_assert!(spread.deaths.iter().all(|&died| died >= -1e-9));
        for step in 0..STEPS {
            for sex in 0..base.nrows() {
                let asked = moves.slice(s![step, sex, ..]).sum();
                let kept = spread.net_migration.slice(s![step, sex, ..]).sum();
                prop_assert!((asked - kept).abs() <= 1e-6, "{asked} {kept}");
            }
        }
        // Every step, sex and age that was raised is listed, and nothing else is.
        let refused = project(base.view(), &forced, timing, NegativePopulation::Refuse).is_err();
        prop_assert_eq!(refused, !spread.adjustments.is_empty());
    }

    #[test]
    fn the_survival_asked_for_comes_back_from_the_deaths(case in areas()) {
        let (assumptions, base, timing) = case;
        let Some(run) = run(&assumptions, &base, timing) else { return Ok(()) };
        for (sex, _) in base.outer_iter().enumerate() {
            let implied = run.implied_survival(0, Sex::BOTH[sex]).unwrap();
            for (got, want) in implied.iter().zip(assumptions.survival().slice(s![0, sex, ..])) {
                prop_assert!((got - want).abs() < 1e-9, "{got} {want}");
            }
        }
    }
}
