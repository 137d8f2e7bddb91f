use std::collections::BTreeMap;

use serde_json::Value;

use super::*;
use crate::observation::{Cell, Missing};
use crate::progress::unwatched;
use crate::selection::example::{column, rows, spec};
use crate::selection::{CriteriaTable, Frame};
use crate::territory::Teryt;

const NONE: Cell = Cell::Missing(Missing::NotReported);

fn codes(codes: &[&str]) -> Vec<Teryt> {
    codes.iter().map(|code| code.parse().unwrap()).collect()
}

fn table(columns: &[(&str, [Cell; 5])]) -> CriteriaTable {
    let columns = columns.iter().map(|(name, cells)| column(name, *cells)).collect();
    CriteriaTable::new(rows(), columns).unwrap()
}

fn values(x: [f64; 5]) -> [Cell; 5] {
    x.map(Cell::Value)
}

fn part(name: &str, path: &str, options: &[&str]) -> Varied {
    let option = |word: &&str| VariedOption {
        name: (*word).to_owned(),
        set: BTreeMap::from([(path.to_owned(), Value::from(*word))]),
        unset: Vec::new(),
    };
    Varied { name: name.to_owned(), options: options.iter().map(option).collect() }
}

/// Korsze and Orzysz have more of x, Reszel and Pisz more of y.
fn two_columns() -> CriteriaTable {
    table(&[("x", values([9.0, 1.0, 9.0, 1.0, 0.0])), ("y", values([1.0, 9.0, 1.0, 9.0, 0.0]))])
}

fn family() -> Family {
    Family::new(
        &spec(),
        vec![
            part("variable", "criteria.0.variable", &["x", "y"]),
            part("direction", "criteria.0.direction", &["stimulant", "destimulant"]),
        ],
    )
    .unwrap()
}

#[test]
fn the_family_tells_which_rules_give_a_choice_and_which_change_would() {
    let frame = Frame::new(rows()).unwrap();
    let published = codes(&["2808043", "2816023"]);
    let found = which_specs(&family(), &frame, &two_columns(), Some(&published), 10, &unwatched).unwrap();
    let matches: Vec<Vec<&str>> =
        found.matches.iter().map(|m| m.options.iter().map(String::as_str).collect()).collect();
    assert_eq!(matches, [["x", "stimulant"], ["y", "destimulant"]]);
    assert!(found.matches.iter().all(|m| m.unique));
    assert_eq!((found.specs, found.distinct_choices, found.shared.as_slice()), (4, 2, [2, 0, 2].as_slice()));
    let near = &found.nearest[0];
    assert_eq!(near.only_computed, codes(&["2808053", "2816033"]));
    let changes: Vec<(&str, &str)> =
        near.single_changes.iter().map(|c| (c.part.as_str(), c.option.as_str())).collect();
    assert_eq!(changes, [("variable", "y"), ("direction", "stimulant")]);
    // Two gminas for one place in each of two strata: four sets, four specifications.
    assert!((found.chance.unwrap().same_set - 0.25).abs() < 1e-15);
    assert!((found.expected_by_chance - 1.0).abs() < 1e-12);
}

#[test]
fn ties_match_as_one_of_several_and_refusals_are_listed() {
    let frame = Frame::new(rows()).unwrap();
    let equal = table(&[("x", values([5.0; 5]))]);
    let found = which_specs(&family(), &frame, &equal, Some(&codes(&["2808053", "2816033"])), 10, &unwatched)
        .unwrap();
    assert_eq!(found.matches.len(), 2);
    assert!(found.matches.iter().all(|m| !m.unique));
    // y is not in the table.
    assert_eq!(found.refused.len(), 2);
    assert!(found.refused[0].reason.contains("y"), "{}", found.refused[0].reason);
    let none = which_specs(&family(), &frame, &equal, None, 10, &unwatched).unwrap_err();
    assert_eq!(none, InverseError::NothingPublished);
    let far = which_specs(&family(), &frame, &equal, Some(&codes(&["1201013"])), 10, &unwatched).unwrap_err();
    assert!(matches!(far, InverseError::NotInFrame { .. }));
    // A published gmina that no rule admits is shared by none.
    let rural = which_specs(&family(), &frame, &equal, Some(&codes(&["2808053", "2817082"])), 10, &unwatched)
        .unwrap();
    assert!(rural.matches.is_empty() && rural.chance.unwrap().same_set <= 0.0);
}

fn required(cells: [Cell; 5], published: &[&str]) -> Result<RequiredValues, RequiredError> {
    let checked = spec().check(&Frame::new(rows()).unwrap()).unwrap();
    required_values(&checked, &table(&[("x", cells)]), &codes(published), Some(0.0))
}

fn bounds(found: &RequiredValues) -> Vec<(String, Option<f64>, Option<f64>)> {
    found.values.iter().map(|v| (v.name.clone(), v.lower, v.upper)).collect()
}

#[test]
fn unknown_values_are_bounded_by_the_known_ones_of_their_stratum() {
    let known = Cell::Value;
    let found = required([NONE, known(7.0), known(4.0), NONE, NONE], &["2808043", "2816023"]).unwrap();
    assert!(found.feasible);
    assert_eq!(
        bounds(&found),
        [("Korsze".to_owned(), Some(7.0), None), ("Pisz".to_owned(), Some(0.0), Some(4.0))]
    );
    assert_eq!(found.conditions.len(), 2);
    // Nothing known: any numbers do, and each comparison stays open.
    let found = required([NONE; 5], &["2808043", "2816023"]).unwrap();
    assert!(found.values.iter().all(|v| v.lower == Some(0.0) && v.upper.is_none()));
    assert!(found.conditions.iter().all(|c| c.relation == Relation::Open));
}

#[test]
fn a_contradiction_is_named_by_the_comparisons_that_make_it() {
    let known = Cell::Value;
    let found = required([known(3.0), known(7.0), NONE, NONE, NONE], &["2808043", "2816023"]).unwrap();
    assert!(!found.feasible && found.values.is_empty());
    assert_eq!(found.conflict.len(), 1);
    assert_eq!(
        (found.conflict[0].published, found.conflict[0].relation),
        (codes(&["2808043"])[0], Relation::Fails)
    );
}

#[test]
fn rates_are_bounded_in_the_unit_of_the_table() {
    let mut spec = spec();
    let rate = r#"{"variable": "people", "year": 2016, "unit": "families", "factor": 100.0}"#;
    spec.criteria[0].measure = crate::selection::Measure::Rate;
    spec.criteria[0].denominator = Some(serde_json::from_str(rate).unwrap());
    let checked = spec.check(&Frame::new(rows()).unwrap()).unwrap();
    let x = [NONE, Cell::Value(10.0), Cell::Value(4.0), Cell::Value(1.0), NONE];
    let people = values([200.0, 100.0, 50.0, 50.0, 10.0]);
    let published = codes(&["2808043", "2816023"]);
    let found =
        required_values(&checked, &table(&[("x", x), ("people", people)]), &published, Some(0.0)).unwrap();
    // 10 of 100 is the rate to reach; of 200 that is 20.
    assert_eq!(found.values.len(), 1);
    assert!((found.values[0].lower.unwrap() - 20.0).abs() < 1e-6, "{:?}", found.values);
    let error = required_values(&checked, &table(&[("x", x)]), &published, Some(0.0)).unwrap_err();
    assert!(error.to_string().starts_with("2808043 (Korsze): people of 2016"), "{error}");
}

#[test]
fn what_is_not_linear_or_does_not_fill_the_quotas_is_refused() {
    let wrong = required([NONE; 5], &["2808043", "2808053"]).unwrap_err();
    assert!(matches!(wrong, RequiredError::Quota { got: 2, quota: 1, .. }));
    assert!(matches!(
        required([NONE; 5], &["2808043", "2817082"]).unwrap_err(),
        RequiredError::NotEligible { .. }
    ));
    let mut topsis = spec();
    topsis.method.name = crate::selection::Method::Topsis;
    if let Ok(checked) = topsis.check(&Frame::new(rows()).unwrap()) {
        let error = required_values(&checked, &table(&[]), &codes(&["2808043"]), None).unwrap_err();
        assert!(matches!(error, RequiredError::NotLinear { method: "topsis", .. }));
    }
}
