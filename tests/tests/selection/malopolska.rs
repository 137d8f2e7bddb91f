//! The run shipped for Małopolska against a sort of the test's own.

use crate::*;

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
        "Ciężkowice (1216013): chosen, 5th of 50 (quota 5); beneficiaries of social \
         assistance per 10 000 inhabitants, 2024: 572; 2 ahead of Koszyce (1214023), the next."
    );
    assert_eq!(
        selection.explain(sorted[10].1).unwrap().get(Lang::Pl),
        "Trzebinia (1203053): niewybrana, miejsce 11 z 50 (limit 5); beneficjenci pomocy \
         społecznej na 10 tys. mieszkańców, 2024: 412; strata 160 wobec gminy Ciężkowice (1216013), \
         ostatnia w limicie."
    );
    let szczawa = selection.explain("1207132".parse().unwrap()).unwrap();
    assert_eq!(
        szczawa.get(Lang::En),
        "Szczawa (1207132): not eligible: its kind on 2025-01-01 is rural; admitted: urban-rural."
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
    let mut next = spec.criteria[0].clone();
    next.variable = "population_2025".to_owned();
    next.year = Year::new(2025).unwrap();
    next.unit = "persons".to_owned();
    spec.criteria.push(Criterion { role: Role::Secondary, ..next });
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
    spec.criteria[0].variable = "population_change_10y_pct".to_owned();
    spec.criteria[0].year = Year::new(2025).unwrap();
    spec.criteria[0].unit = "percent".to_owned();
    spec.criteria[0].direction = Direction::Destimulant;
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
