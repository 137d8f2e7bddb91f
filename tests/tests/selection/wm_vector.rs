//! The synthetic table of Warmia-Mazury: best set, most diverse set and front of both, by enumeration. Its
//! indicators are invented; codes and names are those of the 34 urban-rural gminas of 2020.

use diagnoza_core::selection::{
    DiversityOver, DiversityPurpose, DiversitySpec, Locality, Method, NormalisationRule, Proof, Spread,
    WeightRule, WeightsSpec,
};
use serde_json::Value;

use crate::*;

const CRITERIA: [&str; 6] =
    ["families", "persons", "helpless_families", "helpless_persons", "pct", "assistant_families"];

fn vector() -> Option<Value> {
    Some(serde_json::from_str(&shared("vectors/selection/selection_wm.json")?).unwrap())
}

fn problem(vector: &Value) -> (SelectionSpec, CriteriaTable) {
    let frame = vector["frame"].as_array().unwrap();
    let text = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    let rows = frame.iter().map(|row| GminaRow {
        code: text(row, "code").parse().unwrap(),
        name: text(row, "name"),
        powiat: text(row, "powiat"),
        strata: BTreeMap::from([("subregion".to_owned(), text(row, "subregion"))]),
    });
    let column = |variable: &str| Column {
        variable: variable.to_owned(),
        year: Year::new(2016).unwrap(),
        unit: "units".to_owned(),
        source: source("synthetic"),
        non_negative: true,
        cells: frame.iter().map(|row| Cell::Value(row[variable].as_f64().unwrap())).collect(),
    };
    let columns = CRITERIA.iter().chain(&["income_pc"]).map(|variable| column(variable));
    let table = CriteriaTable::new(rows.collect(), columns.collect()).unwrap();
    let mut spec = SelectionSpec::from_toml(shipped::PILOT_28_2018).unwrap();
    spec.published = None;
    spec.ties = TieRule::Report;
    spec.strata.quotas =
        BTreeMap::from([("ełcki".to_owned(), 1), ("elbląski".to_owned(), 2), ("olsztyński".to_owned(), 2)]);
    spec.criteria = CRITERIA
        .iter()
        .zip(vector["weights"].as_array().unwrap())
        .map(|(variable, weight)| Criterion {
            weight: weight.as_f64(),
            ..Criterion::new(variable, Year::new(2016).unwrap(), "units", Direction::Stimulant)
        })
        .collect();
    spec.method.name = Method::WeightedSum;
    spec.method.normalisation = Some(NormalisationRule::ZeroUnitarisation);
    spec.weights = Some(WeightsSpec { rule: WeightRule::Given, matrix: None });
    (spec, table)
}

fn income(purpose: DiversityPurpose, at_least: Option<f64>) -> Option<DiversitySpec> {
    Some(DiversitySpec {
        variable: "income_pc".to_owned(),
        year: Year::new(2016).unwrap(),
        label: diagnoza_core::selection::Label { pl: "dochód".to_owned(), en: "income".to_owned() },
        unit: "units".to_owned(),
        measure: Measure::AsPublished,
        denominator: None,
        spread: Spread::MaxMinGap,
        classes: None,
        purpose,
        at_least,
        over: DiversityOver::Set,
    })
}

fn names(selection: &Selection) -> BTreeSet<String> {
    let rows = selection.strata.iter().flat_map(|stratum| &stratum.rows);
    rows.filter(|row| row.place == Place::Chosen).map(|row| row.name.clone()).collect()
}

fn expected(vector: &Value) -> BTreeSet<String> {
    vector["names"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

fn close(a: f64, b: &Value) -> bool {
    (a - b.as_f64().unwrap()).abs() < 1e-9
}

#[test]
fn best_set_most_diverse_set_and_chance_match_the_vector() {
    let Some(vector) = vector() else { return };
    let (mut spec, table) = problem(&vector);
    let best = run(&spec, &table);
    assert_eq!(names(&best), expected(&vector["best_score"]));
    assert!(close(best.choice.objective.score, &vector["best_score"]["score"]));
    assert_eq!(best.choice.proof, Proof::Order);
    assert_eq!(best.choice.feasible_sets.as_ref().and_then(|n| n.get()), vector["feasible"].as_u64());
    assert!(close(best.choice.same_powiat_chance.unwrap(), &vector["share_same_powiat_in_both_pairs"]));

    spec.diversity = income(DiversityPurpose::Objective, None);
    let diverse = run(&spec, &table);
    assert_eq!(names(&diverse), expected(&vector["best_maxmin_income"]));
    assert!(close(diverse.choice.objective.diversity.unwrap(), &vector["best_maxmin_income"]["gap"]));
    assert!(close(diverse.choice.objective.score, &vector["best_maxmin_income"]["score"]));
    assert_eq!(diverse.choice.proof, Proof::Enumeration);
    assert_eq!(diverse.tied_sets, None);
}

#[test]
fn the_front_of_score_and_gap_matches_the_vector() {
    let Some(vector) = vector() else { return };
    let (mut spec, table) = problem(&vector);
    // Each point of the front is the best set that is at least as diverse as it.
    let front = vector["pareto"].as_array().unwrap();
    for point in front {
        // The vector rounds its gap to a double; a last bit must not shut the point out.
        spec.diversity = income(DiversityPurpose::Threshold, point["gap"].as_f64().map(|gap| gap - 1e-9));
        let found = run(&spec, &table);
        assert_eq!(names(&found), expected(point));
        assert!(close(found.choice.objective.score, &point["score"]));
    }
    // Every set at once: nothing outside the front is better in both.
    let candidates = spec.check(table.frame()).unwrap().candidates(&table).unwrap();
    let scores = candidates.score(&spec).unwrap().score;
    spec.diversity = income(DiversityPurpose::TieBreak, None);
    let candidates = spec.check(table.frame()).unwrap().candidates(&table).unwrap();
    let (mut seen, mut sets) = (0_u64, Vec::new());
    candidates
        .problem
        .for_each_feasible(&scores, &mut |_, score, gap| {
            seen += 1;
            sets.push((score, gap.unwrap()));
        })
        .unwrap();
    assert_eq!(Some(seen), vector["feasible"].as_u64());
    sets.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)));
    let mut highest = f64::NEG_INFINITY;
    sets.retain(|&(_, gap)| {
        let better = gap > highest;
        highest = highest.max(gap);
        better
    });
    assert_eq!(sets.len(), front.len());
    assert!(
        sets.iter()
            .zip(front)
            .all(|(set, point)| close(set.0, &point["score"]) && close(set.1, &point["gap"]))
    );
}

#[test]
fn conditions_that_contradict_each_other_are_named() {
    let Some(vector) = vector() else { return };
    let (mut spec, table) = problem(&vector);
    spec.diversity = income(DiversityPurpose::Threshold, Some(500.0));
    let error = spec.check(table.frame()).unwrap().choose(&table).unwrap_err().to_string();
    assert!(error.contains("diversity.at_least") && error.contains("quota"), "{error}");
    // 498.21 is the most there is; without any one quota 500 can be had.
    spec.diversity = income(DiversityPurpose::Threshold, Some(498.0));
    assert!(spec.check(table.frame()).unwrap().choose(&table).is_ok());

    spec.diversity = None;
    spec.locality = Locality::Require;
    spec.strata.quotas.insert("elbląski".to_owned(), 7);
    let error = spec.check(table.frame()).unwrap_err().to_string();
    assert_eq!(
        error,
        "no set of gminas meets these together: quota 7 of stratum 'elbląski'; locality = \"require\" (the \
         gminas of a stratum in one powiat). Changing any one of them makes a choice possible"
    );
}

#[test]
fn locality_binds_the_set() {
    let Some(vector) = vector() else { return };
    let (mut spec, table) = problem(&vector);
    let powiats = |selection: &Selection| -> Vec<String> {
        let rows = selection.strata.iter().flat_map(|s| s.rows.iter().filter(|r| r.place == Place::Chosen));
        rows.map(|row| row.code.powiat().unwrap().to_string()).collect()
    };
    spec.locality = Locality::Require;
    let together = run(&spec, &table);
    let chosen = powiats(&together);
    assert_eq!(chosen.iter().collect::<BTreeSet<_>>().len(), 3, "{chosen:?}");
    assert_eq!(together.choice.feasible_sets.as_ref().and_then(|n| n.get()), Some(8 * 10 * 13));
    assert_eq!(together.choice.objective.same_powiat_pairs, 2);
    spec.locality = Locality::Forbid;
    let apart = run(&spec, &table);
    assert_eq!(powiats(&apart).iter().collect::<BTreeSet<_>>().len(), 5);
    assert!(apart.choice.objective.score >= together.choice.objective.score);
}
