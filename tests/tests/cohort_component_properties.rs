//! What any cohort-component step keeps: accounting identities and linearity, on random synthetic rates.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use diagnoza_core::demography::cohort_component::{
    Assumptions, CohortProjection, MigrationTiming, NegativePopulation, project,
};
use ndarray::{Array1, Array2, Array3, Axis, s};
use proptest::collection::vec;
use proptest::prelude::*;

const AGES: usize = 6;
const STEPS: usize = 4;

fn shares(count: usize) -> impl Strategy<Value = Vec<f64>> {
    vec(0.0..1.0_f64, count)
}

prop_compose! {
    fn areas()(
        survival in shares(STEPS * 2 * (AGES + 1)),
        asfr in vec(0.0..0.5_f64, STEPS * AGES),
        srb in vec(0.9..1.2_f64, STEPS),
        moves in vec(-3.0..20.0_f64, STEPS * 2 * AGES),
        base in vec(50.0..500.0_f64, 2 * AGES),
        even in any::<bool>(),
    ) -> (Assumptions, Array2<f64>, MigrationTiming) {
        // Survival of at least one half leaves enough people for the moves away.
        let survival = survival.into_iter().map(|share| 0.5 + share / 2.0).collect();
        let assumptions = Assumptions::new(
            Array3::from_shape_vec((STEPS, 2, AGES + 1), survival).unwrap(),
            Array2::from_shape_vec((STEPS, AGES), asfr).unwrap(),
            Array1::from(srb),
            Array3::from_shape_vec((STEPS, 2, AGES), moves).unwrap(),
        )
        .unwrap();
        let timing = if even { MigrationTiming::Even } else { MigrationTiming::End };
        (assumptions, Array2::from_shape_vec((2, AGES), base).unwrap(), timing)
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
        };
        for step in 0..STEPS {
            for sex in 0..2 {
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
            let births = run.births.row(step);
            prop_assert!(close(births[1], births[0] * assumptions.srb()[step]));
            prop_assert!(close(births.sum(), run.births_by_age.row(step).sum()));
            prop_assert!(close(run.total_fertility(step), assumptions.total_fertility()[step]));
        }
    }

    #[test]
    fn twice_the_people_and_moves_are_twice_the_result(case in areas()) {
        let (assumptions, base, timing) = case;
        let Some(once) = run(&assumptions, &base, timing) else { return Ok(()) };
        let doubled = Assumptions::new(
            assumptions.survival().clone(),
            assumptions.asfr().clone(),
            assumptions.srb().clone(),
            assumptions.net_migration() * 2.0,
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
    fn spreading_keeps_totals_and_leaves_nobody_below_zero(case in areas(), outflow in 100.0..600.0_f64) {
        let (assumptions, base, _) = case;
        let mut moves = assumptions.net_migration().clone();
        moves[[0, 0, 2]] = -outflow;
        let forced = Assumptions::new(
            assumptions.survival().clone(),
            assumptions.asfr().clone(),
            assumptions.srb().clone(),
            moves.clone(),
        )
        .unwrap();
        let Ok(spread) = project(base.view(), &forced, MigrationTiming::End, NegativePopulation::Spread) else {
            return Ok(()); // too few people at all ages together: refused by name
        };
        prop_assert!(spread.population.iter().all(|&people| people >= 0.0));
        for step in 0..STEPS {
            for sex in 0..2 {
                let asked = moves.slice(s![step, sex, ..]).sum();
                let kept = spread.net_migration.slice(s![step, sex, ..]).sum();
                prop_assert!((asked - kept).abs() <= 1e-6, "{asked} {kept}");
            }
        }
        prop_assert!(spread.population.index_axis(Axis(0), STEPS).sum() >= 0.0);
    }
}
