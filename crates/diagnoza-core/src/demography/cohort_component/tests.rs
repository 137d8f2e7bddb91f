use ndarray::{Array1, Array2, Array3, ArrayView3, Axis, s};
use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::observation::Sex;

fn flat(ages: usize, survival: f64, migrants: f64) -> Assumptions {
    Assumptions::new(
        Array3::from_elem((2, 2, ages + 1), survival),
        Array2::from_shape_fn((2, ages), |(_, age)| if age == 2 { 0.4 } else { 0.0 }),
        Array1::from_elem(2, 1.05),
        Array3::from_elem((2, 2, ages), migrants),
    )
    .unwrap()
}

#[test]
fn even_timing_lets_half_of_the_migrants_live_through_the_year() {
    let base = Array2::from_elem((2, 4), 100.0);
    let run =
        project(base.view(), &flat(4, 0.9, 10.0), MigrationTiming::Even, NegativePopulation::Refuse).unwrap();
    assert!((run.population[[1, 0, 1]] - (105.0 * 0.9 + 5.0)).abs() < 1e-12);
    assert!((run.population[[1, 1, 3]] - (105.0 * 0.9 * 2.0 + 5.0)).abs() < 1e-12);
}

#[test]
fn an_outflow_above_the_stock_is_refused_with_its_place() {
    let base = Array2::from_elem((2, 4), 100.0);
    let error = project(base.view(), &flat(4, 0.9, -95.0), MigrationTiming::End, NegativePopulation::Refuse)
        .unwrap_err();
    assert!(
        matches!(error, CohortComponentError::NegativePopulation { step: 0, sex: Sex::Female, age: 0, .. }),
        "{error}"
    );
}

#[test]
fn spreading_keeps_the_net_migration_of_the_sex_and_lists_the_change() {
    let mut rates = flat(4, 0.9, 0.0);
    rates.migration.values_mut()[[0, 0, 2]] = -120.0; // 90 survivors are there
    let base = Array2::from_elem((2, 4), 100.0);
    let run = project(base.view(), &rates, MigrationTiming::End, NegativePopulation::Spread).unwrap();
    assert!(run.population[[1, 0, 2]].abs() < 1e-12);
    assert!((run.net_migration.slice(s![0, 0, ..]).sum() + 120.0).abs() < 1e-9);
    assert_eq!(run.adjustments.len(), 1);
    assert!((run.adjustments[0].persons - 30.0).abs() < 1e-9);
}

#[test]
fn spreading_more_than_there_are_people_is_refused() {
    let base = Array2::from_elem((2, 4), 100.0);
    let error = project(base.view(), &flat(4, 0.9, -95.0), MigrationTiming::End, NegativePopulation::Spread);
    assert_eq!(error.unwrap_err(), CohortComponentError::Emptied { step: 0, sex: Sex::Female });
}

#[test]
fn wrong_shapes_and_values_are_named() {
    let error = Assumptions::new(
        Array3::zeros((2, 2, 4)),
        Array2::zeros((2, 4)),
        Array1::ones(2),
        Array3::zeros((2, 2, 4)),
    )
    .unwrap_err();
    assert_eq!(error.to_string(), "survival has shape [2, 2, 4], expected [2, 2, 5]");
    let error = Assumptions::new(
        Array3::from_elem((1, 2, 3), 1.5),
        Array2::zeros((1, 2)),
        Array1::ones(1),
        Array3::zeros((1, 2, 2)),
    )
    .unwrap_err();
    assert_eq!(
        error.to_string(),
        "survival is 1.5 at step 0, F, position 0: expected a share between 0 and 1"
    );
}

#[test]
fn a_sum_of_areas_projects_like_the_areas() {
    let base = Array2::from_elem((2, 4), 100.0);
    let one =
        project(base.view(), &flat(4, 0.9, 1.0), MigrationTiming::End, NegativePopulation::Refuse).unwrap();
    let two = CohortProjection::sum(&[&one, &one]).unwrap();
    two.check_balance().unwrap();
    assert!((two.total_fertility(0) - one.total_fertility(0)).abs() < 1e-12);
    assert_eq!(two.life_expectancy(1, Sex::Male), one.life_expectancy(1, Sex::Male));
    assert!(CohortProjection::sum(&[]).is_err());
}

#[test]
fn mid_timing_lets_migrants_live_through_half_of_the_year() {
    let base = Array2::from_elem((2, 4), 100.0);
    let run =
        project(base.view(), &flat(4, 0.81, 10.0), MigrationTiming::Mid, NegativePopulation::Refuse).unwrap();
    assert!((run.population[[1, 0, 1]] - (81.0 + 9.0)).abs() < 1e-12);
    assert!((run.population[[1, 1, 3]] - (162.0 + 9.0)).abs() < 1e-12);
    assert!((run.deaths[[0, 0, 1]] - (19.0 + 1.0)).abs() < 1e-12);
    // Women of age 2 at the end count with those who came: 0.4 x (100 + 90) / 2.
    assert!((run.births.row(0).sum() - 38.0).abs() < 1e-12);
    for (got, want) in run.implied_survival(0, Sex::Male).unwrap().iter().zip([0.81; 5]) {
        assert!((got - want).abs() < 1e-12, "{got}");
    }
}

#[test]
fn five_year_groups_bear_for_five_years() {
    let rates = Assumptions::of_interval(
        Interval::Five,
        Array3::from_elem((1, 1, 4), 0.9),
        Array2::from_shape_fn((1, 3), |(_, age)| if age == 1 { 0.1 } else { 0.0 }),
        Array1::from_elem(1, 1.05),
        Migration::Counts(Array3::zeros((1, 1, 3))),
    )
    .unwrap();
    let base = Array2::from_elem((1, 3), 100.0);
    let run = project(base.view(), &rates, MigrationTiming::End, NegativePopulation::Refuse).unwrap();
    assert!((run.births_by_age.sum() - 5.0 * 0.1 * 95.0).abs() < 1e-12);
    assert!((run.births[[0, 0]] - 47.5 / 2.05).abs() < 1e-12);
    assert!((run.total_fertility(0) - 0.5).abs() < 1e-12);
    assert!((run.population[[1, 0, 0]] - 0.9 * 47.5 / 2.05).abs() < 1e-12);
    assert!((run.life_expectancy(0, Sex::Female).unwrap() - 45.0).abs() < 1e-9);
    assert_eq!(run.implied_survival(0, Sex::Male), None);
}

#[test]
fn rates_become_persons_of_the_population_they_name() {
    let (survival, asfr, srb) =
        (Array3::from_elem((1, 2, 4), 0.8), Array2::zeros((1, 3)), Array1::from_elem(1, 1.05));
    let values = || Array3::from_elem((1, 2, 3), 0.01);
    let base = Array2::from_elem((2, 3), 100.0);
    let moved = |migration: Migration| {
        let rates =
            Assumptions::of_interval(Interval::Five, survival.clone(), asfr.clone(), srb.clone(), migration)
                .unwrap();
        let run = project(base.view(), &rates, MigrationTiming::End, NegativePopulation::Refuse).unwrap();
        run.net_migration.slice(s![0, 1, ..]).to_vec()
    };
    let close = |got: Vec<f64>, want: [f64; 3]| got.iter().zip(want).all(|(a, b)| (a - b).abs() < 1e-12);
    assert!(close(moved(Migration::AnnualProportions(values())), [5.0; 3]));
    assert!(close(moved(Migration::Rates { rates: values(), base: RateBase::Start }), [5.0; 3]));
    // Nobody is born; 80 and 160 would be there at the end.
    assert!(close(moved(Migration::Rates { rates: values(), base: RateBase::Mid }), [2.5, 4.5, 6.5]));
}

#[test]
fn every_timing_spreads_what_is_not_there_and_refuses_more_than_everybody() {
    let base = Array2::from_elem((2, 4), 100.0);
    for timing in [MigrationTiming::End, MigrationTiming::Even, MigrationTiming::Mid] {
        for (age, outflow) in [(0, -250.0), (2, -250.0), (3, -300.0)] {
            let mut rates = flat(4, 0.9, 0.0);
            rates.migration.values_mut()[[0, 1, age]] = outflow;
            let refused = project(base.view(), &rates, timing, NegativePopulation::Refuse).unwrap_err();
            assert!(
                matches!(refused, CohortComponentError::NegativePopulation { step: 0, sex: Sex::Male, .. }),
                "{timing:?} {age}: {refused}"
            );
            let run = project(base.view(), &rates, timing, NegativePopulation::Spread).unwrap();
            assert!((run.net_migration.slice(s![0, 1, ..]).sum() - outflow).abs() < 1e-9);
            assert!(run.population.iter().chain(&run.deaths).all(|&persons| persons >= 0.0));
            assert!(run.adjustments.iter().all(|change| change.sex == Sex::Male && change.persons > 0.0));
            assert!(run.adjustments.iter().any(|change| change.age == age), "{timing:?} {age}");
        }
        let everybody = project(base.view(), &flat(4, 0.9, -201.0), timing, NegativePopulation::Spread);
        assert_eq!(everybody.unwrap_err(), CohortComponentError::Emptied { step: 0, sex: Sex::Female });
    }
}

#[test]
fn a_change_of_any_cell_is_found_with_its_age() {
    let base = Array2::from_elem((2, 4), 100.0);
    for timing in [MigrationTiming::End, MigrationTiming::Even, MigrationTiming::Mid] {
        let run = project(base.view(), &flat(4, 0.9, 1.0), timing, NegativePopulation::Refuse).unwrap();
        for age in 0..4 {
            let mut wrong = run.clone();
            wrong.population[[2, 1, age]] += 1e-3;
            let error = wrong.check_balance().unwrap_err();
            assert!(
                matches!(error, CohortComponentError::Unbalanced { step: 1, sex: Sex::Male, age: Some(at), .. } if at == age),
                "{error}"
            );
        }
        let mut short = run.clone();
        short.deaths = Array3::zeros((1, 2, 5));
        assert!(matches!(short.check_balance(), Err(CohortComponentError::Shape { what: "deaths", .. })));
    }
}

#[test]
fn stocks_beyond_the_range_of_numbers_are_refused() {
    for age in 0..4 {
        let mut rates = flat(4, 1.0, 0.0);
        rates.migration.values_mut()[[0, 1, age]] = f64::MAX;
        let base = Array2::from_elem((2, 4), f64::MAX);
        let error = project(base.view(), &rates, MigrationTiming::End, NegativePopulation::Refuse);
        assert!(matches!(error, Err(CohortComponentError::Unbalanced { step: 0, .. })), "{error:?}");
        let bases = base.insert_axis(Axis(0));
        let refuse = NegativePopulation::Refuse;
        let error = project_areas(bases.view(), &rates, MigrationTiming::End, refuse, |_| {});
        assert!(matches!(error, Err(CohortComponentError::Area { area: 0, .. })), "{error:?}");
    }
}

#[test]
fn results_are_the_same_in_used_arrays() {
    let base = Array2::from_elem((2, 4), 100.0);
    let (end, refuse) = (MigrationTiming::End, NegativePopulation::Refuse);
    let mut room = project(base.view(), &flat(4, 0.5, 7.0), MigrationTiming::Mid, refuse).unwrap();
    let rates = flat(4, 0.9, 1.0);
    project_into(&mut room, base.view(), &rates, end, refuse).unwrap();
    assert_eq!(room, project(base.view(), &rates, end, refuse).unwrap());
    let wider = Array2::from_elem((2, 5), 100.0);
    project_into(&mut room, wider.view(), &flat(5, 0.9, 1.0), end, refuse).unwrap();
    assert_eq!(room, project(wider.view(), &flat(5, 0.9, 1.0), end, refuse).unwrap());
}

#[test]
fn columns_in_another_memory_order_give_the_same() {
    let rates = flat(4, 0.9, 1.0);
    let turned = Assumptions::new(
        rates.survival.t().as_standard_layout().into_owned().reversed_axes(),
        rates.asfr.t().as_standard_layout().into_owned().reversed_axes(),
        rates.srb.clone(),
        rates.migration.values().t().as_standard_layout().into_owned().reversed_axes(),
    )
    .unwrap();
    assert_eq!(turned, rates);
    let base = Array2::from_elem((2, 4), 100.0);
    assert!(project(base.view(), &turned, MigrationTiming::End, NegativePopulation::Refuse).is_ok());
}

/// Rates of 12 ages and 3 years with mothers of 4 to 6, and areas of different size.
fn many(areas: usize, outflow: f64) -> (Array3<f64>, Assumptions) {
    let rates = Assumptions::new(
        Array3::from_shape_fn((3, 2, 13), |(t, sex, age)| 0.99 - 0.01 * (age + sex + t) as f64),
        Array2::from_shape_fn((3, 12), |(_, age)| if (4..7).contains(&age) { 0.3 } else { 0.0 }),
        Array1::from_elem(3, 1.05),
        Array3::from_shape_fn((3, 2, 12), |(t, sex, age)| {
            if (t, sex, age) == (1, 1, 5) { -outflow } else { age as f64 - 3.0 }
        }),
    )
    .unwrap();
    let bases =
        Array3::from_shape_fn((areas, 2, 12), |(area, sex, age)| 50.0 + (area * 7 + sex + age) as f64);
    (bases, rates)
}

#[test]
fn areas_side_by_side_have_the_bytes_of_each_alone() {
    for (areas, outflow, timing) in [
        (1, 0.0, MigrationTiming::End),
        (19, 0.0, MigrationTiming::End),
        (19, 95.0, MigrationTiming::End), // some areas have too few people in the second year
        (5, 0.0, MigrationTiming::Mid),
    ] {
        let (bases, rates) = many(areas, outflow);
        let mut seen = vec![0; areas];
        let runs: Vec<_> = bases
            .outer_iter()
            .map(|base| project(base, &rates, timing, NegativePopulation::Spread).unwrap())
            .collect();
        assert_eq!(outflow > 0.0, runs.iter().any(|run| !run.adjustments.is_empty()));
        project_areas(bases.view(), &rates, timing, NegativePopulation::Spread, |block| {
            for (lane, area) in block.areas().enumerate() {
                let (run, step) = (&runs[area], block.step());
                assert_eq!(seen[area], step);
                seen[area] += 1;
                for sex in Sex::BOTH {
                    let stock: Vec<f64> = block.stock(sex).iter().map(|row| row[lane]).collect();
                    assert_eq!(stock, run.population.slice(s![step + 1, sex.index(), ..]).to_vec());
                    assert_eq!(block.births(sex)[lane].to_bits(), run.births[[step, sex.index()]].to_bits());
                    let deaths = run.deaths.slice(s![step, sex.index(), ..]).sum();
                    assert!((block.deaths(sex)[lane] - deaths).abs() < 1e-9);
                    let net = run.net_migration.slice(s![step, sex.index(), ..]).sum();
                    assert!((block.net_migration(sex)[lane] - net).abs() < 1e-9);
                    let people: f64 = stock.iter().sum();
                    assert!((block.population(sex)[lane] - people).abs() < 1e-9);
                }
            }
        })
        .unwrap();
        assert!(seen.iter().all(|&steps| steps == 3));
    }
}

/// All that a fold can see of areas, as bytes: by area and step.
fn bytes_of(bases: ArrayView3<'_, f64>, rates: &Assumptions) -> Vec<Vec<u64>> {
    let mut seen = vec![Vec::new(); bases.dim().0];
    project_areas(bases, rates, MigrationTiming::End, NegativePopulation::Spread, |block| {
        for (lane, area) in block.areas().enumerate() {
            for sex in Sex::BOTH {
                let totals =
                    [block.population(sex), block.births(sex), block.deaths(sex), block.net_migration(sex)];
                let stock = block.stock(sex).iter().map(|row| row[lane]);
                seen[area].extend(stock.chain(totals.map(|total| total[lane])).map(f64::to_bits));
            }
        }
    })
    .unwrap();
    seen
}

#[test]
fn an_area_has_the_same_bytes_whoever_is_beside_it() {
    // Some areas have too few people in the second year: their whole block goes on one by one.
    let (bases, rates) = many(19, 95.0);
    let together = bytes_of(bases.view(), &rates);
    for (area, together) in together.iter().enumerate() {
        assert_eq!(bytes_of(bases.slice(s![area..=area, .., ..]), &rates), [together.as_slice()]);
    }
    let mut turned = bases.clone();
    turned.invert_axis(Axis(0));
    assert!(bytes_of(turned.view(), &rates).iter().eq(together.iter().rev()));
}

#[test]
fn an_area_that_cannot_be_projected_is_named() {
    let (mut bases, rates) = many(19, 95.0);
    let refused =
        project_areas(bases.view(), &rates, MigrationTiming::End, NegativePopulation::Refuse, |_| {});
    let message = refused.unwrap_err().to_string();
    assert!(message.starts_with("area 0: net migration leaves"), "{message}");
    bases[[17, 1, 2]] = f64::NAN;
    let error = project_areas(bases.view(), &rates, MigrationTiming::End, NegativePopulation::Spread, |_| {})
        .unwrap_err();
    assert!(error.to_string().starts_with("area 17: base is NaN"), "{error}");
    let none = Array3::zeros((0, 2, 12));
    project_areas(none.view(), &rates, MigrationTiming::End, NegativePopulation::Refuse, |_| unreachable!())
        .unwrap();
}

/// The step of `end` one value after another, as the instructions that every machine has do it.
fn plain_step(people: &[f64], rates: &Assumptions, step: usize) -> (Vec<f64>, Vec<f64>) {
    let (ages, open) = (rates.ages(), rates.ages() - 1);
    let (mut after, mut deaths) = (vec![0.0; 2 * ages], vec![0.0; 2 * (ages + 1)]);
    let ratio = |sex: usize, position: usize| rates.survival[[step, sex, position]];
    let net = |sex: usize, age: usize| rates.net_migration()[[step, sex, age]];
    let mut births = Vec::new();
    for age in 1..ages {
        let staying = if age == open { people[open] * ratio(0, ages) } else { 0.0 };
        let pair = (people[age] + people[age - 1] * ratio(0, age)) + staying;
        births.push(pair * (rates.asfr[[step, age]] * 0.5));
    }
    let whole = births.len() / 4 * 4;
    let part = |lane: usize| births[..whole].iter().skip(lane).step_by(4).fold(0.0, |sum, born| sum + born);
    let youngest = people[0] * (rates.asfr[[step, 0]] * 0.5);
    let rest: f64 = births[whole..].iter().sum();
    let born = youngest + (((part(0) + part(2)) + (part(1) + part(3))) + rest);
    let girls = born / (1.0 + rates.srb[step]);
    for (sex, born) in [girls, born - girls].into_iter().enumerate() {
        let (of, to) = (&people[sex * ages..][..ages], &mut after[sex * ages..][..ages]);
        let died = &mut deaths[sex * (ages + 1)..][..ages + 1];
        let alive: Vec<f64> = (0..ages).map(|age| of[age] * ratio(sex, age + 1)).collect();
        for age in 0..ages {
            died[age + 1] = of[age] - alive[age];
            to[age] = if age == 0 { born * ratio(sex, 0) } else { alive[age - 1] } + net(sex, age);
        }
        died[0] = born - born * ratio(sex, 0);
        to[open] = (alive[open - 1] + alive[open]) + net(sex, open);
    }
    (after, deaths)
}

proptest! {
    #[test]
    fn vectors_chosen_at_run_time_give_the_bytes_of_plain_arithmetic(
        ages in prop_oneof![2_usize..40, Just(101)],
        all_ages_bear in any::<bool>(),
        shares in vec(0.0..1.0, 101..300),
    ) {
        let share = |i: usize| shares[i % shares.len()];
        let rates = Assumptions::new(
            Array3::from_shape_fn((3, 2, ages + 1), |(t, sex, age)| share(7 * t + 3 * sex + 5 * age)),
            Array2::from_shape_fn((3, ages), |(t, age)| {
                let bears = all_ages_bear || (1..ages.saturating_sub(4)).contains(&age);
                if bears { share(11 * t + 2 * age) / 3.0 } else { 0.0 }
            }),
            Array1::from_shape_fn(3, |t| 0.5 + share(t)),
            Array3::from_shape_fn((3, 2, ages), |(t, sex, age)| 90.0 * share(t + 13 * sex + 3 * age)),
        ).unwrap();
        let base = Array2::from_shape_fn((2, ages), |(sex, age)| 1e4 * share(17 * sex + age));
        let run = project(base.view(), &rates, MigrationTiming::End, NegativePopulation::Refuse).unwrap();
        let mut people: Vec<f64> = base.iter().copied().collect();
        let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        for step in 0..3 {
            let (after, deaths) = plain_step(&people, &rates, step);
            let got = run.population.index_axis(Axis(0), step + 1);
            prop_assert_eq!(bits(got.as_slice().unwrap()), bits(&after));
            prop_assert_eq!(bits(run.deaths.index_axis(Axis(0), step).as_slice().unwrap()), bits(&deaths));
            people = after;
        }
        let bases = base.insert_axis(Axis(0));
        project_areas(bases.view(), &rates, MigrationTiming::End, NegativePopulation::Refuse, |block| {
            for sex in Sex::BOTH {
                let stock: Vec<f64> = block.stock(sex).iter().map(|row| row[0]).collect();
                let alone = run.population.slice(s![block.step() + 1, sex.index(), ..]).to_vec();
                assert_eq!(bits(&stock), bits(&alone));
            }
        }).unwrap();
    }
}
