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
    CheckError, ChoiceError, Column, CriteriaTable, DecidedBy, DecisionRecord, Denominator, Direction, Frame,
    GminaRow, Lang, Measure, MissingRule, Outcome, Place, Selection, SelectionSpec, Step, StrataBy,
    TableError, TieRule, shipped,
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

mod malopolska {
    use super::*;

    const RATE: &str = "beneficiaries_per_10k_2024";

    fn spec() -> SelectionSpec {
        SelectionSpec::from_toml(shipped::MALOPOLSKA_2025).unwrap()
    }

    fn table(text: &str) -> CriteriaTable {
        let records = records(text);
        assert_eq!(records.len(), 183);
        let rows = records.iter().map(|record| GminaRow {
            code: record["teryt"].parse().unwrap(),
            name: record["name"].to_owned(),
            powiat: record["powiat"].to_owned(),
            strata: BTreeMap::new(),
        });
        let columns = vec![
            column(&records, RATE, 2024, "persons per 10000 inhabitants"),
            column(&records, "population_change_10y_pct", 2025, "percent"),
            column(&records, "population_2025", 2025, "persons"),
        ];
        CriteriaTable::new(rows.collect(), columns).unwrap()
    }

    /// Rate and code of the urban-rural gminas, highest rate first: the test's own sort.
    fn sorted(text: &str) -> Vec<(i64, Teryt)> {
        let records = records(text);
        let urban_rural = records.iter().filter(|r| r["type"] == "miejsko-wiejska");
        let mut rates: Vec<(i64, Teryt)> =
            urban_rural.map(|r| (r[RATE].parse().unwrap(), r["teryt"].parse().unwrap())).collect();
        rates.sort_by_key(|&(rate, code)| (-rate, code));
        rates
    }

    #[test]
    fn the_shipped_run_equals_an_independent_sort() {
        let Some(text) = shared("data/selection/malopolska_gminas_2025.csv") else {
            return;
        };
        let (selection, sorted) = (run(&spec(), &table(&text)), sorted(&text));
        assert_eq!(sorted.len(), 50);
        let codes_of = |part: &[(i64, Teryt)]| -> Vec<Teryt> { part.iter().map(|&(_, code)| code).collect() };
        let order: Vec<Teryt> = selection.strata[0].rows.iter().map(|row| row.code).collect();
        assert_eq!(order, codes_of(&sorted));
        let first: BTreeSet<Teryt> = sorted[..5].iter().map(|&(_, code)| code).collect();
        assert_eq!(selection.chosen, first.into_iter().collect::<Vec<_>>());
        assert_eq!(selection.tied_sets, None);
        let reserve = selection.with_place(|place| matches!(place, Place::Reserve { .. }));
        assert_eq!(reserve, codes_of(&sorted[5..10]));
        assert_eq!(selection.reasons.len(), 183);
        let funnel: Vec<(Step, usize, usize)> =
            selection.funnel.iter().map(|s| (s.step, s.entered, s.left)).collect();
        let expected = [(Step::Voivodeship, 183, 183), (Step::Kind, 183, 50), (Step::Choice, 50, 5)];
        assert_eq!(funnel, expected);
        assert_eq!(
            selection.explain(sorted[4].1).unwrap().get(Lang::En),
            "Ciężkowice (1216013): chosen, 5th of 50 in stratum all (quota 5); beneficiaries of social \
             assistance per 10 000 inhabitants, 2024: 572; 2 ahead of Koszyce (1214023), the next."
        );
        assert_eq!(
            selection.explain(sorted[10].1).unwrap().get(Lang::Pl),
            "Trzebinia (1203053): niewybrana, miejsce 11 z 50 w warstwie all (limit 5); beneficjenci pomocy \
             społecznej na 10 tys. mieszkańców, 2024: 412; strata 160 wobec gminy Ciężkowice (1216013), \
             ostatnia w limicie."
        );
        let szczawa = selection.explain("1207132".parse().unwrap()).unwrap();
        assert_eq!(
            szczawa.get(Lang::En),
            "Szczawa (1207132): not eligible: its kind on 2025-01-01 is rural; admitted: urban_rural."
        );
        assert!(selection.explain("2816033".parse().unwrap()).is_err());
    }

    #[test]
    fn equal_rates_across_the_quota_are_listed_and_not_drawn() {
        let Some(text) = shared("data/selection/malopolska_gminas_2025.csv") else {
            return;
        };
        let (mut spec, sorted, table) = (spec(), sorted(&text), table(&text));
        let at = |i: usize| sorted[i].0;
        // Słomniki, Zator and Kalwaria Zebrzydowska stand at 257, places 25 to 27.
        assert!(at(23) > at(24) && at(24) == at(25) && at(25) == at(26) && at(26) > at(27));
        spec.strata.quotas.insert("all".to_owned(), 25);
        spec.reserve = 4;
        let selection = run(&spec, &table);
        let tied = selection.tied_sets.clone().unwrap();
        assert_eq!(tied.count.get(), Some(3));
        let certain = sorted[..24].iter().map(|&(_, code)| code);
        let expected: BTreeSet<Vec<Teryt>> = (24..27)
            .map(|i| certain.clone().chain([sorted[i].1]).collect::<BTreeSet<_>>())
            .map(|set| set.into_iter().collect())
            .collect();
        assert_eq!(tied.sets.unwrap().into_iter().collect::<BTreeSet<_>>(), expected);
        assert_eq!(selection.chosen.len(), 24);
        // The two who miss the quota come before the two reserve places that are left.
        let reserve = selection.with_place(|place| matches!(place, Place::Reserve { .. }));
        assert_eq!(reserve, [sorted[27].1, sorted[28].1]);

        spec.ties = TieRule::CodeOrder;
        let selection = run(&spec, &table);
        assert_eq!((selection.tied_sets, selection.chosen.len()), (None, 25));
        assert!(selection.chosen.contains(&sorted[24].1));
        assert_eq!(selection.resolved_ties[0].decided_by, DecidedBy::CodeOrder);
        assert_eq!(selection.resolved_ties[0].among.len(), 3);

        spec.ties = TieRule::NextCriterion;
        let mut next = spec.criterion.clone();
        next.variable = "population_2025".to_owned();
        next.year = Year::new(2025).unwrap();
        next.unit = "persons".to_owned();
        spec.then = vec![next];
        let selection = run(&spec, &table);
        let biggest: Teryt = records(&text)
            .into_iter()
            .filter(|r| sorted[24..27].iter().any(|(_, code)| code.to_string() == r["teryt"]))
            .max_by_key(|r| r["population_2025"].parse::<i64>().unwrap())
            .map(|r| r["teryt"].parse().unwrap())
            .unwrap();
        assert!(selection.chosen.contains(&biggest));
        let decided_by = &selection.resolved_ties[0].decided_by;
        assert!(matches!(decided_by, DecidedBy::Criterion { position: 1, .. }));
    }

    #[test]
    fn gaps_are_refused_by_name_or_drop_out_with_the_reason() {
        let Some(text) = shared("data/selection/malopolska_gminas_2025.csv") else {
            return;
        };
        let (mut spec, table) = (spec(), table(&text));
        spec.eligibility.kinds = vec![GminaKind::Rural, GminaKind::UrbanRural];
        let error = spec.check(table.frame()).unwrap().choose(&table).unwrap_err();
        assert_eq!(
            error.to_string(),
            "values missing: 1, and missing = \"refuse\": 1207132 (Szczawa) has no value of \
             beneficiaries_per_10k_2024 for 2024 (not_reported)"
        );
        spec.missing = MissingRule::Exclude;
        let selection = run(&spec, &table);
        let szczawa = &selection.reasons[&"1207132".parse().unwrap()];
        let step = match &szczawa.outcome {
            Outcome::Excluded { step, .. } => *step,
            ranked => panic!("{ranked:?}"),
        };
        assert_eq!(step, Step::MissingValue);
        let step = selection.funnel.iter().find(|s| s.step == step).unwrap();
        assert_eq!((step.entered, step.dropped, step.left), (169, 1, 168));

        spec.missing = MissingRule::Refuse;
        spec.criterion.variable = "population_change_10y_pct".to_owned();
        spec.criterion.year = Year::new(2025).unwrap();
        spec.criterion.unit = "percent".to_owned();
        spec.criterion.direction = Direction::Destimulant;
        let error = spec.check(table.frame()).unwrap().choose(&table).unwrap_err();
        let ChoiceError::MissingValues { values } = error else { panic!("{error}") };
        let names: Vec<&str> = values.iter().map(|v| v.name.as_str()).collect();
        assert_eq!(names, ["Kamienica", "Szczawa"]);
    }

    #[test]
    fn a_record_reads_back_and_repeats_to_the_byte() {
        let Some(text) = shared("data/selection/malopolska_gminas_2025.csv") else {
            return;
        };
        let (mut spec, table) = (spec(), table(&text));
        spec.strata.by = StrataBy::Powiat;
        let urban_rural = |row: &&GminaRow| row.code.kind() == Some(GminaKind::UrbanRural);
        let gminas = table.frame().gminas().iter().filter(urban_rural);
        spec.strata.quotas = gminas.map(|row| (row.code.powiat().unwrap().to_string(), 1)).collect();
        assert_eq!(spec.places(), 17);
        let checked = spec.check(table.frame()).unwrap();
        let record = checked.record(&table).unwrap();
        let bytes = record.canonical_json().unwrap();
        assert_eq!(checked.record(&table).unwrap().canonical_json().unwrap(), bytes);
        let back: DecisionRecord = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(back, record);
        assert_eq!(back.sha256().unwrap(), record.sha256().unwrap());
        assert_eq!(record.sha256().unwrap().len(), 64);
        assert_eq!(record.table.gminas, 183);
    }
}

mod pilot_2018 {
    use super::*;

    fn spec() -> SelectionSpec {
        SelectionSpec::from_toml(shipped::PILOT_28_2018).unwrap()
    }

    /// The 116 gminas with the kinds of before 2019.
    fn rows(text: &str) -> Vec<GminaRow> {
        let row = |record: &BTreeMap<&str, &str>| {
            let digit = record["type_code_before_2019"].parse().unwrap();
            let kind = GminaKind::from_digit(digit).unwrap();
            GminaRow {
                code: record["teryt"].parse::<Teryt>().unwrap().with_kind(kind),
                name: record["name"].to_owned(),
                powiat: record["powiat"].to_owned(),
                strata: BTreeMap::from([("subregion".to_owned(), record["nuts3"].to_owned())]),
            }
        };
        records(text).iter().map(row).collect()
    }

    #[test]
    fn the_frame_is_33_gminas_in_strata_of_12_13_and_8() {
        let Some(text) = shared("data/territory/gminas_28.csv") else {
            return;
        };
        let checked = spec().check(&Frame::new(rows(&text)).unwrap()).unwrap();
        let wanted = checked.missing_table();
        assert_eq!(checked.frame().gminas().len(), 116);
        assert_eq!(wanted.gminas.len(), 33);
        let supply: Vec<(&str, usize, usize)> =
            wanted.strata.iter().map(|(s, n)| (s.as_str(), n.eligible, n.quota)).collect();
        assert_eq!(supply, [("PL621", 12, 2), ("PL622", 13, 2), ("PL623", 8, 1)]);
        assert!(wanted.gminas.values().all(|name| name != "Wielbark"));
        assert!(wanted.template.starts_with(
            "teryt,name,ozps2016_families_total,ozps2016_persons_in_families_total\n2801043,Bisztynek,,\n"
        ));
        assert_eq!(wanted.template.lines().count(), 34);
        assert!(wanted.template.ends_with("2819033,Węgorzewo,,\n"));
        assert_eq!(
            wanted.to_string(),
            "table 'gmina_frame_28' is not supplied; it needs column ozps2016_families_total (number of \
             families on social assistance, 2016, families), column ozps2016_persons_in_families_total \
             (number of persons in families on social assistance, 2016, persons) for 33 gminas: PL621 12 \
             (quota 2), PL622 13 (quota 2), PL623 8 (quota 1); fill in the template and pass it with --table"
        );
    }

    #[test]
    fn the_published_codes_are_the_gminas_that_were_named() {
        let Some(text) = shared("data/territory/gminas_28.csv") else {
            return;
        };
        let frame = Frame::new(rows(&text)).unwrap();
        let published = spec().published.unwrap().chosen;
        let names: Vec<(&str, &str)> = published
            .iter()
            .map(|&code| frame.get(code).unwrap())
            .map(|row| (row.name.as_str(), row.powiat.as_str()))
            .collect();
        let expected = [
            ("Pisz", "piski"),
            ("Morąg", "ostródzki"),
            ("Miłomłyn", "ostródzki"),
            ("Korsze", "kętrzyński"),
            ("Reszel", "kętrzyński"),
        ];
        assert_eq!(names, expected);
    }

    #[test]
    fn empty_ozps_columns_are_refused_for_every_gmina() {
        let (Some(text), Some(frame)) =
            (shared("data/territory/gminas_28.csv"), shared("data/selection/gmina_frame_28.csv"))
        else {
            return;
        };
        let (rows, records) = (rows(&text), records(&frame));
        let of_rows: Vec<_> = rows
            .iter()
            .map(|row| {
                let same = |r: &&BTreeMap<&str, &str>| row.code.same_unit(r["teryt"].parse().unwrap());
                records.iter().find(same).unwrap().clone()
            })
            .collect();
        let columns = vec![
            column(&of_rows, "ozps2016_families_total", 2016, "families"),
            column(&of_rows, "ozps2016_persons_in_families_total", 2016, "persons"),
            column(&of_rows, "population_2020", 2020, "persons"),
        ];
        let table = CriteriaTable::new(rows, columns).unwrap();
        let error = spec().check(table.frame()).unwrap().choose(&table).unwrap_err();
        let ChoiceError::MissingValues { values } = error else { panic!("{error}") };
        assert_eq!(values.len(), 66);

        // What a count alone would choose: population is known and does not give the published set.
        let mut spec = spec();
        spec.ties = TieRule::Report;
        spec.then = Vec::new();
        spec.criterion.variable = "population_2020".to_owned();
        spec.criterion.year = Year::new(2020).unwrap();
        spec.criterion.unit = "persons".to_owned();
        let selection = run(&spec, &table);
        let (stratum, milomlyn) = selection.ranked("2815073".parse().unwrap()).unwrap();
        assert_eq!((milomlyn.rank, stratum.rows.len()), (10, 12));
        let published = selection.published.unwrap();
        assert!(!published.reproduced);
        assert_eq!(published.in_both, codes(&["2815083", "2816033"]));
        assert_eq!(published.only_published, codes(&["2808043", "2808053", "2815073"]));
    }

    #[test]
    fn a_table_with_the_kinds_of_after_2019_has_34_gminas() {
        let Some(text) = shared("data/territory/gminas_28.csv") else {
            return;
        };
        let mut rows = rows(&text);
        for row in &mut rows {
            if row.name == "Wielbark" {
                row.code = row.code.with_kind(GminaKind::UrbanRural);
            }
        }
        let checked = spec().check(&Frame::new(rows).unwrap()).unwrap();
        assert_eq!(checked.eligible().count(), 34);
    }
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
    let model = spec.criterion.clone();
    let mut criteria = columns.iter().map(|column| {
        let mut criterion = model.clone();
        criterion.variable = column.variable.clone();
        criterion.year = column.year;
        criterion.unit = column.unit.clone();
        criterion
    });
    spec.criterion = criteria.next().unwrap();
    spec.then = criteria.collect();
    if !spec.then.is_empty() {
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
            spec.criterion.direction = Direction::Destimulant;
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
        let per = spec.then.remove(0);
        spec.ties = TieRule::Report;
        quota(&mut spec, places.min(pairs.len()));
        spec.criterion.measure = Measure::Rate;
        spec.criterion.denominator = Some(Denominator {
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
