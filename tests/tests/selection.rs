//! Selection of gminas: real tables against independent computations, the frame of
//! April 2018, golden vectors, and properties.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "the lint knows #[test] functions but not what they call"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use diagnoza_core::observation::{Cell, Missing, Source, Year};
use diagnoza_core::selection::{
    CheckError, ChoiceError, Column, CriteriaTable, Criterion, DecidedBy, DecisionRecord, Denominator,
    Direction, Frame, GminaRow, Lang, Measure, MissingRule, Outcome, Place, Role, Selection, SelectionSpec,
    Step, StrataBy, TableError, TieRule, shipped,
};
use diagnoza_core::territory::{GminaKind, Teryt};
use proptest::prelude::*;

/// A file of the figures shared by the project, or none with a word on it.
fn shared(path: &str) -> Option<String> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared")).join(path);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        println!("skipped: {} is not there", path.display());
    }
    text
}

/// Rows of a CSV file without quoted fields, by column name.
fn records(text: &str) -> Vec<BTreeMap<&str, &str>> {
    assert!(!text.contains('"'), "quoted fields need a real reader");
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    lines.map(|line| header.iter().copied().zip(line.split(',')).collect()).collect()
}

fn source(title: &str) -> Source {
    Source {
        publisher: "GUS".to_owned(),
        title: title.to_owned(),
        date: "2025".to_owned(),
        sha256: String::new(),
    }
}

fn column(records: &[BTreeMap<&str, &str>], variable: &str, year: i64, unit: &str) -> Column {
    let cells = records.iter().map(|record| match record[variable] {
        "" => Cell::Missing(Missing::NotReported),
        number => Cell::Value(number.parse().unwrap()),
    });
    Column {
        variable: variable.to_owned(),
        year: Year::new(year).unwrap(),
        unit: unit.to_owned(),
        source: source("table of the test"),
        non_negative: false,
        cells: cells.collect(),
    }
}

fn codes(codes: &[&str]) -> Vec<Teryt> {
    codes.iter().map(|code| code.parse().unwrap()).collect()
}

fn run(spec: &SelectionSpec, table: &CriteriaTable) -> Selection {
    spec.check(table.frame()).unwrap().choose(table).unwrap()
}

mod selection {
    mod malopolska;
    mod pilot_2018;
    mod reasons;
    mod records;
    mod rules;
    mod schema;
    mod wm_vector;
}

/// A table of made-up gminas with columns given by row, and a specification for it.
fn small(columns: &[(&str, &[f64])]) -> (SelectionSpec, Vec<GminaRow>, Vec<Column>) {
    let mut spec = SelectionSpec::from_toml(shipped::MALOPOLSKA_2025).unwrap();
    spec.reserve = 0;
    let gminas = columns[0].1.len();
    let rows = (0..gminas).map(|i| GminaRow {
        code: format!("12{:02}{:02}3", 1 + i / 90, 1 + i % 90).parse().unwrap(),
        name: format!("G{i}"),
        powiat: "p".to_owned(),
        strata: BTreeMap::from([("group".to_owned(), format!("g{}", i % 2))]),
    });
    let columns: Vec<Column> = columns
        .iter()
        .map(|&(variable, values)| Column {
            variable: variable.to_owned(),
            year: Year::new(2020).unwrap(),
            unit: "units".to_owned(),
            source: source("made up"),
            non_negative: true,
            cells: values.iter().copied().map(Cell::Value).collect(),
        })
        .collect();
    let model = spec.criteria[0].clone();
    let mut criteria = columns.iter().map(|column| {
        let mut criterion = model.clone();
        criterion.variable = column.variable.clone();
        criterion.year = column.year;
        criterion.unit = column.unit.clone();
        criterion
    });
    spec.criteria = vec![criteria.next().unwrap()];
    spec.criteria.extend(criteria.map(|criterion| Criterion { role: Role::Secondary, ..criterion }));
    if spec.criteria.len() > 1 {
        spec.ties = TieRule::NextCriterion;
    }
    (spec, rows.collect(), columns)
}

fn quota(spec: &mut SelectionSpec, places: usize) {
    spec.strata.quotas = BTreeMap::from([("all".to_owned(), places)]);
}

#[test]
fn strict_lexicographic_order_matches_the_vector() {
    let Some(text) = shared("vectors/selection/lexicographic.json") else {
        return;
    };
    let vector: serde_json::Value = serde_json::from_str(&text).unwrap();
    let table = vector["table"].as_array().unwrap();
    let values = |key: &str| -> Vec<f64> { table.iter().map(|row| row[key].as_f64().unwrap()).collect() };
    let (fam, per, pct) = (values("fam"), values("per"), values("pct"));
    let (mut spec, mut rows, columns) = small(&[("fam", &fam), ("per", &per), ("pct", &pct)]);
    for (row, given) in rows.iter_mut().zip(table) {
        row.name = given["name"].as_str().unwrap().to_owned();
    }
    quota(&mut spec, 1);
    let selection = run(&spec, &CriteriaTable::new(rows, columns).unwrap());
    let ranked = &selection.strata[0].rows;
    let names: Vec<&str> = ranked.iter().map(|row| row.name.as_str()).collect();
    let strict = vector["strict"].as_array().unwrap().iter();
    assert_eq!(names, strict.map(|n| n.as_str().unwrap()).collect::<Vec<_>>());
    // A and D are equal in everything: both first, and one place for them.
    let ranks: Vec<usize> = ranked.iter().map(|row| row.rank).collect();
    assert_eq!(ranks, [1, 1, 3, 4, 5]);
    assert_eq!(ranked[1].place, Place::Tied { places: 1, among: 2 });
    assert_eq!(selection.tied_sets.unwrap().count.get(), Some(2));
}

#[test]
fn all_tied_gives_every_set_or_their_exact_number() {
    let (mut spec, rows, columns) = small(&[("x", &[7.0; 12])]);
    quota(&mut spec, 3);
    let selection = run(&spec, &CriteriaTable::new(rows, columns).unwrap());
    let tied = selection.tied_sets.unwrap();
    assert_eq!(tied.count.get(), Some(220));
    let sets: BTreeSet<Vec<Teryt>> = tied.sets.unwrap().into_iter().collect();
    assert_eq!(sets.len(), 220);
    let (mut spec, rows, columns) = small(&[("x", &[7.0; 300])]);
    quota(&mut spec, 150);
    let selection = run(&spec, &CriteriaTable::new(rows, columns).unwrap());
    let tied = selection.tied_sets.unwrap();
    assert_eq!(tied.sets, None);
    // C(300, 150), computed with Python's math.comb.
    assert_eq!(
        tied.count.to_string(),
        "93759702772827452793193754439064084879232655700081358920472352712975170021839591675861424"
    );
}

#[test]
fn one_gmina_and_a_quota_equal_to_the_supply_leave_no_margin() {
    for values in [&[5.0][..], &[5.0, 5.0, 4.0]] {
        let (mut spec, rows, columns) = small(&[("x", values)]);
        quota(&mut spec, values.len());
        let selection = run(&spec, &CriteriaTable::new(rows, columns).unwrap());
        assert_eq!(selection.chosen.len(), values.len());
        assert_eq!(selection.tied_sets, None);
        assert!(selection.strata[0].rows.iter().all(|row| row.margin.is_none()));
        let text = selection.explain(selection.chosen[0]).unwrap();
        assert!(text.en.ends_with("the quota takes the whole stratum."), "{}", text.en);
    }
}

#[test]
fn duplicate_codes_and_empty_strata_are_refused() {
    let (mut spec, mut rows, columns) = small(&[("x", &[1.0, 2.0])]);
    let frame = Frame::new(rows.clone()).unwrap();
    spec.strata.by = StrataBy::Column("group".to_owned());
    let with = |quotas: &[(&str, usize)]| {
        let mut spec = spec.clone();
        spec.strata.quotas = quotas.iter().map(|&(s, n)| (s.to_owned(), n)).collect();
        spec.check(&frame).unwrap_err()
    };
    assert_eq!(
        with(&[("g0", 1), ("g1", 1), ("g2", 1)]).to_string(),
        "strata.quotas: no gmina lies in stratum 'g2'; strata are: g0, g1"
    );
    assert_eq!(
        with(&[("g0", 2), ("g1", 1)]).to_string(),
        "strata.quotas: stratum 'g0' has quota 2 and supply 1 (eligible gminas): lower the quota or widen \
         the eligibility"
    );
    assert_eq!(with(&[("g0", 0), ("g1", 0)]), CheckError::NoPlaces);
    rows[1].code = rows[0].code.with_kind(GminaKind::Rural);
    assert!(matches!(CriteriaTable::new(rows, columns), Err(TableError::DuplicateGmina { .. })));
}

/// Small whole values, so that ties are frequent.
fn values() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec((0..5_u8).prop_map(f64::from), 1..9)
}

proptest! {
    /// The optimal sets are exactly those in which nobody outside stands before somebody inside.
    #[test]
    fn optimal_sets_equal_brute_force(values in values(), share in 0.0..1.0_f64, more in any::<bool>()) {
        let n = values.len();
        let places = 1 + (share * (n - 1) as f64) as usize;
        let (mut spec, rows, columns) = small(&[("x", &values)]);
        quota(&mut spec, places);
        if !more {
            spec.criteria[0].direction = Direction::Destimulant;
        }
        let codes: Vec<Teryt> = rows.iter().map(|row| row.code).collect();
        let selection = run(&spec, &CriteriaTable::new(rows, columns).unwrap());
        let better = |a: f64, b: f64| if more { a > b } else { a < b };
        let inside = |set: u32, i: usize| set & (1 << i) != 0;
        let optimal = |set: u32| {
            (0..n).all(|i| (0..n).all(|o| !inside(set, i) || inside(set, o) || !better(values[o], values[i])))
        };
        let expected: BTreeSet<Vec<Teryt>> = (0..1_u32 << n)
            .filter(|&set| set.count_ones() as usize == places && optimal(set))
            .map(|set| (0..n).filter(|&i| inside(set, i)).map(|i| codes[i]).collect())
            .collect();
        let got: BTreeSet<Vec<Teryt>> = match &selection.tied_sets {
            Some(tied) => tied.sets.clone().unwrap().into_iter().collect(),
            None => BTreeSet::from([selection.chosen.clone()]),
        };
        prop_assert_eq!(got, expected);
    }

    #[test]
    fn the_order_of_rows_changes_nothing(values in values(), shift in 0..8_usize, places in 1..4_usize) {
        let (mut spec, mut rows, mut columns) = small(&[("x", &values)]);
        quota(&mut spec, places.min(values.len()));
        let before = CriteriaTable::new(rows.clone(), columns.clone()).unwrap();
        let turn = shift % rows.len();
        rows.rotate_left(turn);
        rows.reverse();
        columns[0].cells.rotate_left(turn);
        columns[0].cells.reverse();
        let after = CriteriaTable::new(rows, columns).unwrap();
        let json = |table: &CriteriaTable| {
            let record = spec.check(table.frame()).unwrap().record(table).unwrap();
            record.canonical_json().unwrap()
        };
        prop_assert_eq!(json(&before), json(&after));
    }

    #[test]
    fn a_change_of_unit_changes_no_place(
        pairs in prop::collection::vec((0..40_u16, 1..40_u16), 1..9),
        places in 1..4_usize,
    ) {
        let of = |f: fn(&(u16, u16)) -> f64| -> Vec<f64> { pairs.iter().map(f).collect() };
        let (x, y) = (of(|p| f64::from(p.0)), of(|p| f64::from(p.1)));
        let (mut spec, rows, columns) = small(&[("x", &x), ("y", &y)]);
        let per = spec.criteria.remove(1);
        spec.ties = TieRule::Report;
        quota(&mut spec, places.min(pairs.len()));
        spec.criteria[0].measure = Measure::Rate;
        spec.criteria[0].denominator = Some(Denominator {
            variable: per.variable,
            year: per.year,
            unit: per.unit,
            factor: 10_000.0,
        });
        let places_of = |x: &Column, y: &Column| -> Vec<(Teryt, usize, Place)> {
            let table = CriteriaTable::new(rows.clone(), vec![x.clone(), y.clone()]).unwrap();
            let selection = run(&spec, &table);
            selection.strata[0].rows.iter().map(|r| (r.code, r.rank, r.place)).collect()
        };
        let thousandfold = |column: &Column| {
            let mut column = column.clone();
            for cell in &mut column.cells {
                if let Cell::Value(value) = cell {
                    *value *= 1000.0;
                }
            }
            column
        };
        let (x, y) = (&columns[0], &columns[1]);
        let (big_x, big_y) = (&thousandfold(x), &thousandfold(y));
        let one = places_of(x, y);
        for (x, y) in [(big_x, big_y), (big_x, y), (x, big_y)] {
            prop_assert_eq!(&places_of(x, y), &one);
        }
    }

    /// A damaged specification is refused at a place inside the text, or reads; it never panics.
    #[test]
    fn damaged_specifications_are_refused_with_a_place(at in 0..4_000_usize, put in any::<char>(), cut in 0..9_usize) {
        let mut characters: Vec<char> = shipped::PILOT_28_2018.chars().collect();
        let at = at % characters.len();
        let end = (at + cut).min(characters.len());
        characters.splice(at..end, [put]);
        let text: String = characters.into_iter().collect();
        if let Err(error) = SelectionSpec::from_toml(&text) {
            prop_assert!((1..=text.split('\n').count()).contains(&error.line), "{}", error);
            prop_assert!(error.column >= 1 && !error.problem.is_empty());
        }
    }
}
