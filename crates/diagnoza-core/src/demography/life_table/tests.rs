//! Identities of every rule, the way back from probabilities and survivors, and hostile input.

use proptest::prelude::*;

use super::super::Sexes;
use super::super::survival::life_expectancy;
use super::*;

fn abridged_ages(open: u32) -> Vec<u32> {
    [0, 1].into_iter().chain((5..=open).step_by(5)).collect()
}

/// A Gompertz-Makeham curve with infant mortality, at the middle of each age.
fn rates(ages: &[u32], level: f64) -> Vec<f64> {
    let middle = |row: usize| {
        let from = f64::from(ages[row]);
        ages.get(row + 1).map_or(from + 2.0, |&next| f64::midpoint(from, f64::from(next)))
    };
    (0..ages.len())
        .map(|row| level * (3e-5 * (0.095 * middle(row)).exp() + if row == 0 { 0.004 } else { 1e-4 }))
        .collect()
}

fn every_rule() -> Vec<SeparationRule> {
    use SeparationRule::{ConstantHazard, Greville, Keyfitz, Midpoint, Pas, Un};
    vec![Greville, Un, Pas, Keyfitz, Midpoint, ConstantHazard]
}

fn check_identities(table: &LifeTable) -> Result<(), TestCaseError> {
    let closed = table.age.len() - 1;
    for row in 0..closed {
        let n = f64::from(table.age[row + 1] - table.age[row]);
        let (m, a, q) = (table.mx[row], table.ax[row], table.qx[row]);
        prop_assert!((0.0..=n).contains(&a) && (0.0..1.0).contains(&q), "{row} {a} {q}");
        prop_assert!((q * (1.0 + (n - a) * m) - n * m).abs() < 1e-9 * (n * m).max(1e-9), "{row}");
        prop_assert!((table.dx[row] - table.person_years[row] * m).abs() <= 1e-9 * table.lx[0]);
        prop_assert!((table.lx[row + 1] - table.lx[row] + table.dx[row]).abs() < 1e-9 * table.lx[0]);
    }
    prop_assert!((table.dx.iter().sum::<f64>() / table.lx[0] - 1.0).abs() < 1e-12);
    prop_assert!((table.years_above[0] / table.lx[0] - table.e0()).abs() < 1e-12);
    prop_assert!(table.ex.iter().all(|e| e.is_finite() && *e > 0.0));
    Ok(())
}

proptest! {
    #[test]
    fn identities_hold_for_any_rates_under_every_rule(
        logs in proptest::collection::vec(-12.0_f64..1.0, 22),
        zeros in proptest::collection::vec(0_usize..21, 0..5),
    ) {
        let ages = abridged_ages(100);
        let mut mx: Vec<f64> = logs.iter().map(|log| log.exp()).collect();
        for zero in zeros {
            mx[zero] = 0.0;
        }
        for separation in every_rule() {
            for sex in [Sexes::Female, Sexes::Male, Sexes::Both] {
                let rules = Rules { separation: separation.clone(), ..Rules::default() };
                match LifeTable::from_mx(&ages, &mx, sex, &rules) {
                    Ok(table) => check_identities(&table)?,
                    // Rates that jump by e^12 between ages need not have a parabola.
                    Err(error) => prop_assert!(matches!(error, LifeTableError::NotConverged { .. }), "{error}"),
                }
            }
        }
    }

    #[test]
    fn survival_ratios_give_life_expectancy_back(level in 0.05_f64..8.0, open in 12_u32..20) {
        let ages: Vec<u32> = (0..=110).collect();
        let table = LifeTable::from_mx(&ages, &rates(&ages, level), Sexes::Both, &Rules::default()).unwrap();
        for group in [OpenGroup::Pooled, OpenGroup::Apart] {
            for open in [None, Some(5 * open)] {
                let ratios = table.survival_ratios(1, open, group).unwrap();
                prop_assert!((life_expectancy(ratios.view()).unwrap() - table.e0()).abs() < 1e-10);
                let ratios = table.survival_ratios(5, open, group).unwrap();
                prop_assert!((5.0 * life_expectancy(ratios.view()).unwrap() - table.e0()).abs() < 1e-10);
            }
        }
    }
}

#[test]
fn probabilities_and_survivors_lead_back_to_the_rates() {
    let ages = abridged_ages(100);
    for separation in every_rule() {
        // A rule of age 0 that is the same from rates and from probabilities.
        let rules = Rules { infant: InfantRule::CoaleDemeny, separation: separation.clone() };
        let table = LifeTable::from_mx(&ages, &rates(&ages, 0.5), Sexes::Female, &rules).unwrap();
        let by_q = LifeTable::from_qx(&ages, table.qx(), Sexes::Female, &rules).unwrap();
        let by_l = LifeTable::from_lx(&ages, table.lx(), Sexes::Female, &rules).unwrap();
        // The open age is continued, and two rules take it as a neighbour; `pas` and `un` find age 1 from
        // another q(0).
        let compared = match separation {
            SeparationRule::Un => 16,
            SeparationRule::Keyfitz => 20,
            _ => 21,
        };
        for row in 0..compared {
            for back in [&by_q, &by_l] {
                let (got, expected) = (back.mx()[row], table.mx()[row]);
                let near = if row == 1 { 1e-5 } else { 1e-9 };
                assert!((got / expected - 1.0).abs() < near, "{separation:?} {row}: {got} {expected}");
            }
        }
        assert_eq!(by_q.record().open_age, OpenAge::Continued);
        assert!((by_q.e0() - table.e0()).abs() < 0.1, "{separation:?} {} {}", by_q.e0(), table.e0());
        assert!((by_l.lx()[0] - 100_000.0).abs() < 1e-9);
    }
}

#[test]
fn given_years_are_used_and_the_open_age_with_them() {
    let ages = [0, 1, 2, 3];
    let mx = [0.1, 0.2, 0.3, 0.5];
    let rules =
        |years: &[f64]| Rules { separation: SeparationRule::Given(years.to_vec()), ..Rules::default() };
    let closed = LifeTable::from_mx(&ages, &mx, Sexes::Male, &rules(&[0.2, 0.4, 0.6])).unwrap();
    assert_eq!(closed.ax()[..3], [0.2, 0.4, 0.6]);
    assert!((closed.ex()[3] - 2.0).abs() < 1e-15);
    assert_eq!(closed.record().rules.infant, InfantRule::Given(0.2));
    let open = LifeTable::from_mx(&ages, &mx, Sexes::Male, &rules(&[0.2, 0.4, 0.6, 1.5])).unwrap();
    assert!((open.ex()[3] - 1.5).abs() < 1e-15 && open.record().open_age == OpenAge::Given);
    for wrong in [&[0.2, 0.4][..], &[0.2, 1.4, 0.6], &[0.2, f64::NAN, 0.6], &[0.2, 0.4, 0.6, 0.0]] {
        assert!(LifeTable::from_mx(&ages, &mx, Sexes::Male, &rules(wrong)).is_err(), "{wrong:?}");
    }
}

#[test]
fn a_probability_above_one_becomes_a_constant_hazard_and_is_recorded() {
    let ages = abridged_ages(20);
    let rules = Rules { separation: SeparationRule::Pas, ..Rules::default() };
    let mx = [0.01, 0.001, 0.001, 0.65, 0.2, 0.3];
    let table = LifeTable::from_mx(&ages, &mx, Sexes::Female, &rules).unwrap();
    assert_eq!(table.record().constant_hazard_at, [10]);
    assert!((table.qx()[3] - (1.0 - (-3.25_f64).exp())).abs() < 1e-12);
    assert!((table.dx()[3] / table.person_years()[3] - 0.65).abs() < 1e-12);
}

#[test]
fn ages_without_deaths_have_probability_zero() {
    let ages = abridged_ages(85);
    let mut mx = rates(&ages, 1.0);
    for row in [1, 2, 3, 4, 17] {
        mx[row] = 0.0;
    }
    for separation in every_rule() {
        let rules = Rules { separation, ..Rules::default() };
        let table = LifeTable::from_mx(&ages, &mx, Sexes::Male, &rules).unwrap();
        assert!(table.qx()[4].abs() < 1e-300 && (table.ax()[4] - 2.5).abs() < 1e-12);
        assert!(table.abridged().unwrap().ax().iter().all(|a| a.is_finite()));
    }
}

#[test]
fn grouping_and_closing_keep_survivors_and_expectancies() {
    let ages: Vec<u32> = (0..=110).collect();
    let table = LifeTable::from_mx(&ages, &rates(&ages, 1.0), Sexes::Female, &Rules::default()).unwrap();
    let abridged = table.abridged().unwrap();
    assert_eq!(abridged.age(), abridged_ages(110));
    assert!(abridged.record().grouped && abridged.record().closed_from.is_none());
    for (row, &age) in abridged.age().iter().enumerate() {
        assert!((abridged.ex()[row] - table.expectancy_at(age).unwrap()).abs() < 1e-12);
    }
    check_identities(&abridged).unwrap();
    let closed = table.closed_at(85).unwrap();
    assert_eq!((closed.open_from(), closed.record().closed_from), (85, Some(110)));
    assert!((closed.mx()[85] - 1.0 / table.ex()[85]).abs() < 1e-12);
    assert!((closed.e0() - table.e0()).abs() < 1e-12);
    check_identities(&closed).unwrap();
    assert_eq!(closed.abridged().unwrap().age(), abridged_ages(85));
    assert!(table.closed_at(200).is_err() && table.closed_at(0).is_err() && table.closed_at(1).is_err());
    assert!(table.closed_at(83).unwrap().abridged().is_err());
    assert!(abridged.closed_at(83).is_err());
    assert!(abridged.survival_ratios(1, None, OpenGroup::Pooled).is_err());
    assert!(table.survival_ratios(3, None, OpenGroup::Pooled).is_err());
    assert!(table.survival_ratios(5, Some(5), OpenGroup::Pooled).is_err());
}

#[test]
fn the_table_is_a_standard_of_single_years() {
    let ages: Vec<u32> = (0..=100).collect();
    let table = LifeTable::from_mx(&ages, &rates(&ages, 1.0), Sexes::Female, &Rules::default()).unwrap();
    let ratios = table.to_standard().unwrap().survival_ratios(0.0, 99);
    assert!((life_expectancy(ratios.view()).unwrap() - table.e0()).abs() < 1e-9);
    assert!(matches!(
        table.abridged().unwrap().to_standard(),
        Err(LifeTableError::NotSingleYears { age: 1 })
    ));
}

#[test]
fn hostile_input_is_refused_with_the_age() {
    let from = |ages: &[u32], mx: &[f64]| LifeTable::from_mx(ages, mx, Sexes::Female, &Rules::default());
    assert!(matches!(from(&[], &[]), Err(LifeTableError::TooFewAges { got: 0 })));
    assert!(matches!(from(&[0], &[0.1]), Err(LifeTableError::TooFewAges { got: 1 })));
    assert!(matches!(from(&[5, 10, 15], &[0.1; 3]), Err(LifeTableError::Ages { position: 0, got: 5, .. })));
    assert!(matches!(from(&[0, 5, 10], &[0.1; 3]), Err(LifeTableError::Ages { position: 1, got: 5, .. })));
    assert!(matches!(from(&[0, 1, 5, 5], &[0.1; 4]), Err(LifeTableError::Ages { position: 3, got: 5, .. })));
    assert!(matches!(from(&[0, 1, 5], &[0.1; 2]), Err(LifeTableError::Length { got: 2, ages: 3, .. })));
    for bad in [f64::NAN, f64::INFINITY, -0.1] {
        assert!(matches!(from(&[0, 1, 5], &[0.1, bad, 0.1]), Err(LifeTableError::Value { age: 1, .. })));
    }
    let error = from(&[0, 1, 5], &[0.1, 0.1, 0.0]).unwrap_err();
    assert!(error.to_string().contains("age 5+"), "{error}");
    assert!(matches!(from(&[0, 1, 2], &[0.1, 5e3, 0.1]), Err(LifeTableError::NoSurvivors { age: 2 })));

    let rules = Rules::default();
    let q = |qx: &[f64]| LifeTable::from_qx(&[0, 1, 2], qx, Sexes::Male, &rules);
    assert!(matches!(q(&[0.1, 1.0, 1.0]), Err(LifeTableError::Value { age: 1, .. })));
    assert!(matches!(q(&[0.1, 0.2, 0.3]), Err(LifeTableError::Value { age: 2, .. })));
    assert!(matches!(q(&[0.1, 0.2, f64::NAN]), Err(LifeTableError::Value { age: 2, .. })));
    assert!(matches!(q(&[0.1, 0.0, 1.0]), Err(LifeTableError::OpenRate { age: 2 })));
    assert!(matches!(q(&[0.1, 0.2]), Err(LifeTableError::Length { got: 2, .. })));
    let l = |lx: &[f64]| LifeTable::from_lx(&[0, 1, 2], lx, Sexes::Male, &rules);
    assert!(matches!(l(&[1.0, 1.1, 0.9]), Err(LifeTableError::Value { age: 1, .. })));
    assert!(matches!(l(&[1.0, 0.9, 0.0]), Err(LifeTableError::Value { age: 2, .. })));
    let counts = |d: &[f64], e: &[f64]| LifeTable::from_deaths(&[0, 1, 2], d, e, Sexes::Male, &rules);
    assert!(matches!(counts(&[1.0, 0.0, 1.0], &[9.0, 0.0, 9.0]), Err(LifeTableError::Value { age: 1, .. })));
    assert!(matches!(counts(&[1.0, 0.0], &[9.0, 9.0, 9.0]), Err(LifeTableError::Length { .. })));
    assert!(counts(&[1.0, 0.0, 1.0], &[9.0, 9.0, 9.0]).is_ok());
    let a0 = Rules { infant: InfantRule::Given(1.5), ..Rules::default() };
    assert!(LifeTable::from_mx(&[0, 1, 2], &[0.1; 3], Sexes::Male, &a0).is_err());
    assert!(counts(&[1.0, 0.0, 1.0], &[9.0, 9.0, 9.0]).unwrap().with_radix(f64::NAN).is_err());
}

#[test]
fn old_ages_need_rates_between_zero_and_one_and_ages_that_continue() {
    let ages = abridged_ages(100);
    let mx = rates(&ages, 1.0);
    let old = OldAge::FIVE_YEAR;
    let extended = kannisto(&ages, &mx, &old).unwrap();
    assert_eq!(extended.age, abridged_ages(130));
    assert!(extended.mx.windows(2).skip(17).all(|pair| pair[1] > pair[0] && pair[1] < 1.0));
    let rows = ages.len() - 1;
    // The open age of the data is replaced, and so may be left out.
    assert_eq!(kannisto(&ages[..rows], &mx[..rows], &old).unwrap(), extended);
    assert!(matches!(kannisto(&ages, &mx[1..], &old), Err(OldAgeError::Length { .. })));
    assert!(matches!(kannisto(&ages[..16], &mx[..16], &old), Err(OldAgeError::Fit { got: 0, .. })));
    assert!(matches!(kannisto(&ages[..20], &mx[..20], &old), Err(OldAgeError::Extension { .. })));
    assert!(matches!(kannisto(&ages, &mx, &OldAge { step: 0, ..old }), Err(OldAgeError::Extension { .. })));
    let mut zero = mx.clone();
    zero[18] = 0.0;
    assert!(matches!(kannisto(&ages, &zero, &old), Err(OldAgeError::Rate { age: 85, .. })));
    assert!(kannisto_coherent(&ages, &mx, &zero, &old).is_err());
    // A law without noise is found.
    let law = KannistoLaw { level: -11.0, slope: 0.1 };
    let exact: Vec<f64> = ages.iter().map(|&age| law.rate(f64::from(age))).collect();
    let found = kannisto(&ages, &exact, &old).unwrap().law;
    assert!((found.level - law.level).abs() < 1e-10 && (found.slope - law.slope).abs() < 1e-12);
}
