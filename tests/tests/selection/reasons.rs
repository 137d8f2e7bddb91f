//! Why a gmina is in or not: the smallest changes are checked by making them.

use diagnoza_core::selection::{Method, NormalisationRule, WeightChange, WeightRule, WeightsSpec};

use crate::*;

fn weighted(columns: &[(&str, &[f64])], places: usize) -> (SelectionSpec, CriteriaTable) {
    let (mut spec, rows, columns) = small(columns);
    spec.criteria.iter_mut().for_each(|criterion| criterion.role = Role::Primary);
    spec.ties = TieRule::Report;
    spec.method.name = Method::WeightedSum;
    spec.method.normalisation = Some(NormalisationRule::ZeroUnitarisation);
    spec.weights = Some(WeightsSpec { rule: WeightRule::Given, matrix: None });
    spec.criteria.iter_mut().for_each(|criterion| criterion.weight = Some(1.0));
    quota(&mut spec, places);
    (spec, CriteriaTable::new(rows, columns).unwrap())
}

fn code(table: &CriteriaTable, i: usize) -> Teryt {
    table.frame().gminas()[i].code
}

#[test]
fn the_smallest_change_of_a_count_is_the_next_whole_number() {
    let (mut spec, rows, columns) = small(&[("x", &[90.0, 80.0, 70.0, 60.0])]);
    quota(&mut spec, 2);
    spec.criteria[0].measure = Measure::Count;
    let table = CriteriaTable::new(rows, columns).unwrap();
    let checked = spec.check(table.frame()).unwrap();
    let why = checked.why(&table, code(&table, 3)).unwrap();
    assert!(!why.chosen);
    // 80 would be a tie; 81 is in.
    let change = &why.values[0];
    assert_eq!((change.enough, change.not_enough), (Some(81.0), 80.0));
    assert!(
        why.text.en.contains("It would come in with") && why.text.en.contains("of 81 instead of 60"),
        "{}",
        why.text.en
    );
    // One that is in falls out where it is level with the third.
    let why = checked.why(&table, code(&table, 0)).unwrap();
    assert!(why.chosen);
    assert_eq!((why.values[0].enough, why.values[0].not_enough), (Some(70.0), 71.0));
}

#[test]
fn nearest_weights_or_a_certificate() {
    // G0 leads in x, G1 in y, G2 is best in nothing but between, G3 is behind G2 in both.
    let (spec, table) = weighted(&[("x", &[10.0, 0.0, 4.0, 3.0]), ("y", &[0.0, 9.0, 4.0, 3.0])], 1);
    let checked = spec.check(table.frame()).unwrap();
    let answer = |i: usize| checked.why(&table, code(&table, i)).unwrap().weights;
    assert_eq!(answer(2), answer(2));
    let selection = checked.choose(&table).unwrap();
    let out = usize::from(selection.chosen == [code(&table, 0)]);
    let Some(WeightChange::Enough { weights, change }) = answer(out) else { panic!("{:?}", answer(out)) };
    assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-9 && change >= 0.0);
    // A mixture of G0 and G1 is at 0.5 and 0.5; G2 at 0.4 and 0.44 never comes in.
    for i in [2, 3] {
        let Some(WeightChange::Never { certificate }) = answer(i) else { panic!("{:?}", answer(i)) };
        let mixture = &certificate[0];
        assert!(mixture.by > 0.0 && (mixture.shares.iter().map(|s| s.1).sum::<f64>() - 1.0).abs() < 1e-9);
    }
}

#[test]
fn the_best_set_with_a_gmina_says_what_it_costs() {
    let (spec, table) = weighted(&[("x", &[10.0, 8.0, 4.0, 0.0]), ("y", &[10.0, 8.0, 4.0, 0.0])], 2);
    let checked = spec.check(table.frame()).unwrap();
    let why = checked.why(&table, code(&table, 2)).unwrap();
    let with = why.best_set_with_it.unwrap();
    assert_eq!(with.set, [code(&table, 0), code(&table, 2)]);
    assert!((with.score_lost - 0.4).abs() < 1e-12);
    let pair = checked.choose(&table).unwrap().compare(code(&table, 1), code(&table, 2)).unwrap();
    assert!(pair.same_stratum && (pair.score_difference - 0.4).abs() < 1e-12);
    assert!(pair.criteria.iter().all(|row| row.speaks_for == Some(code(&table, 1))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Making the smallest change brings the gmina in, and the value beside it does not.
    #[test]
    fn changes_do_what_they_say(
        x in prop::collection::vec(0..9_u8, 5),
        y in prop::collection::vec(0..9_u8, 5),
        places in 1..4_usize,
        of in 0..5_usize,
    ) {
        let floats = |v: &[u8]| -> Vec<f64> { v.iter().map(|&n| f64::from(n)).collect() };
        let (x, y) = (floats(&x), floats(&y));
        let (spec, table) = weighted(&[("x", &x), ("y", &y)], places);
        let checked = spec.check(table.frame()).unwrap();
        let why = checked.why(&table, code(&table, of)).unwrap();
        for (change, column) in why.values.iter().zip(["x", "y"]) {
            let with = |value: f64| {
                let mut columns = table.columns().to_vec();
                let found = columns.iter_mut().find(|c| c.variable == column).unwrap();
                found.cells[of] = Cell::Value(value);
                found.non_negative = false;
                let table = CriteriaTable::new(table.frame().gminas().to_vec(), columns).unwrap();
                run(&spec, &table).chosen.contains(&code(&table, of))
            };
            if let Some(enough) = change.enough {
                prop_assert_eq!(with(enough), !why.chosen);
                prop_assert!((enough - change.not_enough).abs() < 1.5, "whole numbers change by one");
                prop_assert_eq!(with(change.not_enough), why.chosen);
            }
        }
        if let Some(WeightChange::Enough { weights, .. }) = &why.weights {
            let mut spec = spec.clone();
            for (criterion, weight) in spec.criteria.iter_mut().zip(weights) {
                criterion.weight = Some(*weight);
            }
            let selection = run(&spec, &table);
            let rows = &selection.strata[0].rows;
            let mine = rows.iter().find(|row| row.code == code(&table, of)).unwrap().score;
            let above = rows.iter().filter(|row| row.score > mine + 1e-9).count();
            prop_assert!(above < places);
        }
    }
}
