//! Records: reproduced to the byte, compared, published.

use diagnoza_core::selection::{DisclosureSpec, ReplayError, Shown};

use crate::*;

fn made() -> (SelectionSpec, CriteriaTable, DecisionRecord) {
    let (mut spec, rows, columns) = small(&[("x", &[90.0, 80.0, 2.0, 60.0])]);
    spec.criteria[0].measure = Measure::Count;
    quota(&mut spec, 2);
    let table = CriteriaTable::new(rows, columns).unwrap();
    let record = spec.check(table.frame()).unwrap().record(&table).unwrap();
    (spec, table, record)
}

#[test]
fn a_record_is_reproduced_from_another_file_of_the_same_values() {
    let (_, table, record) = made();
    let read = DecisionRecord::from_json(&record.canonical_json().unwrap()).unwrap();
    let mut columns = table.columns().to_vec();
    columns[0].source = source("another file");
    let other = CriteriaTable::new(table.frame().gminas().to_vec(), columns.clone()).unwrap();
    let again = read.replay(table.frame(), &other).unwrap();
    assert_eq!(again.canonical_json().unwrap(), record.canonical_json().unwrap());

    columns[0].cells[3] = Cell::Value(61.0);
    let changed = CriteriaTable::new(table.frame().gminas().to_vec(), columns).unwrap();
    let error = read.replay(table.frame(), &changed).unwrap_err();
    assert!(matches!(error, ReplayError::OtherTable { .. }), "{error}");
}

#[test]
fn a_record_that_was_changed_is_found_out() {
    let (_, table, record) = made();
    let replay = |record: &DecisionRecord| record.replay(table.frame(), &table).unwrap_err();
    let mut other = record.clone();
    other.spec.reserve = 1;
    assert!(matches!(replay(&other), ReplayError::ChangedSpec { .. }));
    let mut other = record.clone();
    other.result.chosen.pop();
    let ReplayError::Differs { parts } = replay(&other) else { panic!() };
    assert!(parts.iter().any(|part| part.starts_with("chosen")), "{parts:?}");
    let mut other = record.clone();
    other.library = "diagnoza-core 9.9.9".to_owned();
    assert!(matches!(replay(&other), ReplayError::OtherVersion { .. }));
    assert!(matches!(DecisionRecord::from_json(b"{}"), Err(ReplayError::NotARecord { .. })));
}

#[test]
fn two_records_differ_in_what_was_changed() {
    let (mut spec, table, record) = made();
    assert!(record.diff(&record).unwrap().same);
    spec.criteria[0].direction = Direction::Destimulant;
    let other = spec.check(table.frame()).unwrap().record(&table).unwrap();
    let diff = record.diff(&other).unwrap();
    let paths: Vec<&str> = diff.spec.iter().map(|change| change.path.as_str()).collect();
    assert_eq!(paths, ["criteria[0].direction"]);
    assert!(diff.table.is_empty());
    assert_eq!((diff.only_first.len(), diff.only_second.len(), diff.both.len()), (2, 2, 0));
    assert!(diff.text.en.contains("\"stimulant\" -> \"destimulant\""), "{}", diff.text.en);
}

#[test]
fn small_counts_are_kept_back_with_what_follows_from_them() {
    let (mut spec, table, record) = made();
    assert_eq!(record.publication().unwrap().suppressed, 0);
    spec.disclosure = Some(DisclosureSpec { threshold: 3.0 });
    let record = spec.check(table.frame()).unwrap().record(&table).unwrap();
    let view = record.publication().unwrap();
    assert_eq!(view.suppressed, 1);
    let hidden = view.strata[0].rows.iter().find(|row| row.values[0] == Shown::Suppressed).unwrap();
    assert_eq!((hidden.name.as_str(), hidden.score), ("G2", None));
    assert!(view.objective.is_some(), "the hidden gmina is in no optimal set");
}

#[test]
fn values_made_of_small_counts_and_ranks_among_them_are_kept_back_too() {
    // Ranks of 2, 2, 1, 1 before a 0 would tell them apart; the mean put in for the last is made of them.
    let (mut spec, rows, mut columns) = small(&[("x", &[90.0, 2.0, 1.0, 2.0, 1.0, 0.0, 50.0])]);
    spec.criteria[0].measure = Measure::Count;
    spec.missing = MissingRule::StratumMean;
    spec.disclosure = Some(DisclosureSpec { threshold: 3.0 });
    quota(&mut spec, 1);
    columns[0].cells[6] = Cell::Missing(Missing::NotReported);
    let table = CriteriaTable::new(rows, columns).unwrap();
    let view = spec.check(table.frame()).unwrap().record(&table).unwrap().publication().unwrap();
    assert_eq!(view.suppressed, 5);
    let rows: Vec<(usize, &str, bool)> = view.strata[0]
        .rows
        .iter()
        .map(|row| (row.rank, row.name.as_str(), row.values[0] == Shown::Suppressed))
        .collect();
    let expected = [
        (1, "G0", false),
        (2, "G1", true),
        (2, "G2", true),
        (2, "G3", true),
        (2, "G4", true),
        (2, "G6", true),
        (7, "G5", false),
    ];
    assert_eq!(rows, expected);
    assert!(view.strata[0].rows.iter().filter(|row| row.name == "G6").all(|row| row.score.is_none()));
}
