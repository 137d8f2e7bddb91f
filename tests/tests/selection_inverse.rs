//! Robustness and the inverse search on the frame of the synthetic selection case and on Małopolska.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use diagnoza_core::observation::{Cell, Source, Year};
use diagnoza_core::progress::unwatched;
use diagnoza_core::selection::inverse::{Family, Varied, VariedOption, which_specs};
use diagnoza_core::selection::robustness::{Goal, Study, VariantFamily, acceptability, front, variants};
use diagnoza_core::selection::smaa::WeightDraws;
use diagnoza_core::selection::{Column, CriteriaTable, Frame, GminaRow, SelectionSpec};
use diagnoza_core::territory::Teryt;
use serde_json::Value;

/// Synthetic indicators on the real frame of 34 gminas; nothing when the shared files are not there.
fn synthetic() -> Option<Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/vectors/selection/selection_wm.json");
    if let Ok(text) = std::fs::read_to_string(path) {
        return Some(serde_json::from_str(&text).unwrap());
    }
    eprintln!("skipped: {path} is not there");
    None
}

const CRITERIA: [&str; 6] =
    ["families", "persons", "helpless_families", "helpless_persons", "pct", "assistant_families"];

fn table(case: &Value) -> CriteriaTable {
    let frame = case["frame"].as_array().unwrap();
    let text = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    let rows: Vec<GminaRow> = frame
        .iter()
        .map(|row| GminaRow {
            code: row["code"].as_str().unwrap().parse().unwrap(),
            name: text(row, "name"),
            powiat: text(row, "powiat"),
            strata: BTreeMap::from([("subregion".to_owned(), text(row, "subregion"))]),
        })
        .collect();
    let source = Source {
        publisher: "-".to_owned(),
        title: "synthetic".to_owned(),
        date: "2018".to_owned(),
        sha256: String::new(),
    };
    let column = |variable: &str| Column {
        variable: variable.to_owned(),
        year: Year::new(2016).unwrap(),
        unit: "units".to_owned(),
        source: source.clone(),
        non_negative: true,
        cells: frame.iter().map(|row| Cell::Value(row[variable].as_f64().unwrap())).collect(),
    };
    let columns = CRITERIA.iter().chain(&["income_pc", "pop"]).map(|name| column(name)).collect();
    CriteriaTable::new(rows, columns).unwrap()
}

fn spec(case: &Value) -> SelectionSpec {
    let weights = case["weights"].as_array().unwrap();
    let criteria: String = CRITERIA
        .iter()
        .zip(weights)
        .map(|(variable, weight)| {
            format!(
                "[[criteria]]\nvariable = \"{variable}\"\nyear = 2016\nlabel = {{ pl = \"x\", en = \"x\" }}\n\
                 unit = \"units\"\nmeasure = \"count\"\ndirection = \"stimulant\"\nweight = {weight}\n"
            )
        })
        .collect();
    let text = format!(
        r#"
format = "diagnoza-selection/2"
title = {{ pl = "t", en = "t" }}
ties = "report"
missing = "refuse"
[frame]
voivodeship = "28"
date = 2020-12-31
table = "synthetic"
[eligibility]
kinds = ["urban_rural"]
[strata]
by = "subregion"
quotas = {{ "ełcki" = 1, "elbląski" = 2, "olsztyński" = 2 }}
{criteria}
[method]
name = "weighted_sum"
normalisation = "zero_unitarisation"
[weights]
rule = "given"
[diversity]
variable = "income_pc"
year = 2016
label = {{ pl = "dochód", en = "income" }}
unit = "units"
measure = "count"
spread = "max_min_gap"
purpose = "tie_break"
"#
    );
    SelectionSpec::from_toml(&text).unwrap()
}

fn names(case: &Value, codes: &[Teryt]) -> Vec<String> {
    let frame = case["frame"].as_array().unwrap();
    let name = |code: &Teryt| {
        let row = frame.iter().find(|row| row["code"] == code.to_string().as_str()).unwrap();
        row["name"].as_str().unwrap().to_owned()
    };
    let mut names: Vec<String> = codes.iter().map(name).collect();
    names.sort();
    names
}

#[test]
fn the_front_of_score_and_income_gap_is_the_published_one() {
    let Some(case) = synthetic() else { return };
    let (spec, table) = (spec(&case), table(&case));
    let candidates = spec.check(table.frame()).unwrap().candidates(&table).unwrap();
    let found = front(&Study::of(&candidates, &spec), &[Goal::Score, Goal::Diversity]).unwrap();
    assert_eq!(found.feasible, case["feasible"].as_u64().unwrap());
    let expected = case["pareto"].as_array().unwrap();
    assert_eq!(found.sets.len(), expected.len());
    for (set, expected) in found.sets.iter().zip(expected) {
        let mut wanted: Vec<String> = serde_json::from_value(expected["names"].clone()).unwrap();
        wanted.sort();
        assert_eq!(names(&case, &set.gminas), wanted);
        assert!((set.values[0] - expected["score"].as_f64().unwrap()).abs() < 1e-9);
        assert!((set.values[1] - expected["gap"].as_f64().unwrap()).abs() < 1e-9);
    }
}

fn varied(name: &str, path: &str, options: impl IntoIterator<Item = (String, Value)>) -> Varied {
    let option = |(name, value)| VariedOption {
        name,
        set: BTreeMap::from([(path.to_owned(), value)]),
        unset: Vec::new(),
    };
    Varied { name: name.to_owned(), options: options.into_iter().map(option).collect() }
}

fn words(name: &str, path: &str, words: &[&str]) -> Varied {
    varied(name, path, words.iter().map(|word| ((*word).to_owned(), Value::from(*word))))
}

#[test]
fn over_a_thousand_specifications_of_the_synthetic_case_are_searched() {
    let Some(case) = synthetic() else { return };
    let (spec, table) = (spec(&case), table(&case));
    let criteria = serde_json::to_value(&spec.criteria).unwrap();
    let subsets = (1..1_u32 << CRITERIA.len()).map(|bits| {
        let kept: Vec<usize> = (0..CRITERIA.len()).filter(|at| bits & 1 << at != 0).collect();
        let name = kept.iter().map(|&at| CRITERIA[at]).collect::<Vec<_>>().join("+");
        (name, Value::from(kept.iter().map(|&at| criteria[at].clone()).collect::<Vec<_>>()))
    });
    let family = Family::new(
        &spec,
        vec![
            varied("criteria", "criteria", subsets),
            words(
                "normalisation",
                "method.normalisation",
                &["zero_unitarisation", "n1", "n2", "n5", "rank", "percentile"],
            ),
            words("locality", "locality", &["free", "require", "forbid"]),
        ],
    )
    .unwrap();
    assert_eq!(family.len(), 63 * 6 * 3);
    let best: Vec<String> = serde_json::from_value(case["best_score"]["names"].clone()).unwrap();
    let frame = case["frame"].as_array().unwrap();
    let published: Vec<Teryt> = frame
        .iter()
        .filter(|row| best.iter().any(|name| row["name"] == name.as_str()))
        .map(|row| row["code"].as_str().unwrap().parse().unwrap())
        .collect();
    let found =
        which_specs(&family, table.frame(), &table, Some(&published), family.len(), &unwatched).unwrap();
    assert!(found.refused.is_empty(), "{:?}", found.refused.first());
    let all = CRITERIA.join("+");
    let of_case = [all.as_str(), "zero_unitarisation", "free"];
    assert!(found.matches.iter().any(|m| m.options == of_case && m.unique));
    assert_eq!(found.shared.iter().sum::<usize>(), 1_134);
    assert_eq!(found.shared[5], found.matches.len());
    // The specification that differs in the locality alone is one change away.
    let elsewhere = found.nearest.iter().find(|near| near.options == [&all, "zero_unitarisation", "require"]);
    let changes = &elsewhere.unwrap().single_changes;
    assert!(
        changes.iter().any(|change| (change.part.as_str(), change.option.as_str()) == ("locality", "free"))
    );
    let chance = found.chance.unwrap();
    assert!((chance.same_set - 1.0 / 48_048.0).abs() < 1e-15);
    let share = case["share_same_powiat_in_both_pairs"].as_f64().unwrap();
    assert!((chance.same_powiat.unwrap().probability - share).abs() < 1e-12);
}

#[test]
fn weights_and_methods_of_the_synthetic_case_are_studied_under_the_quotas() {
    let Some(case) = synthetic() else { return };
    let (mut spec, table) = (spec(&case), table(&case));
    spec.diversity = None;
    let candidates = spec.check(table.frame()).unwrap().candidates(&table).unwrap();
    let study = Study::of(&candidates, &spec);
    let draws = WeightDraws::uniform(CRITERIA.len(), 2_000, 2018).unwrap();
    let found = acceptability(&study, &draws, NonZeroUsize::MIN, &unwatched).unwrap();
    // Five places in every draw, two or one in each stratum.
    assert!((found.gminas.iter().map(|row| row.chosen).sum::<f64>() - 5.0).abs() < 1e-9);
    let grid = variants(&study, &VariantFamily::all_of(&study)).unwrap();
    let best: Vec<String> = serde_json::from_value(case["best_score"]["names"].clone()).unwrap();
    let counted: f64 = grid.chosen_in.iter().map(|(_, times)| times).sum();
    assert!((counted - 5.0 * grid.variants.len() as f64).abs() < 1e-6);
    let own = grid.variants.iter().find(|variant| {
        let of_spec = (spec.method.name, spec.method.normalisation, spec.weights.as_ref().map(|w| w.rule));
        (variant.method, variant.normalisation, variant.weights) == of_spec
    });
    let mut best = best;
    best.sort();
    assert_eq!(names(&case, &own.unwrap().chosen), best);
}

/// The frame of 2018: 33 urban-rural gminas of the register of that day.
#[test]
fn the_frame_of_2018_has_its_chances() {
    use diagnoza_data::selection::{Outcome, decide};
    let text = diagnoza_core::selection::shipped::PILOT_28_2018;
    let Outcome::TableMissing(missing) = decide("pilot_28_2018.toml", text, None).unwrap() else {
        panic!("the values of OZPS 2016 are not public");
    };
    let rows: Vec<GminaRow> = missing.spec.eligible().cloned().collect();
    let frame = Frame::new(rows).unwrap();
    assert_eq!(frame.gminas().len(), 33);
    let quotas: Vec<usize> = missing.spec.spec().strata.quotas.values().copied().collect();
    let names: Vec<&String> = missing.spec.spec().strata.quotas.keys().collect();
    let stratum =
        |row: &GminaRow| names.iter().position(|name| row.strata.get("subregion") == Some(name)).unwrap();
    let codes = frame.gminas().iter().map(|row| row.code).collect();
    let strata: Vec<usize> = frame.gminas().iter().map(stratum).collect();
    let problem = diagnoza_core::selection::Prepared::new(codes, &strata, &quotas).unwrap();
    assert_eq!(problem.feasible_sets().unwrap().get(), Some(41_184));
    let chance = problem.same_powiat_chance().unwrap();
    assert!((chance.probability - 10.0 / 66.0 * 12.0 / 78.0).abs() < 1e-15);
    // Published: both pairs lie in one powiat each.
    let published = &missing.spec.spec().published.as_ref().unwrap().chosen;
    let positions: Vec<usize> = published
        .iter()
        .map(|code| frame.gminas().iter().position(|row| row.code.same_unit(*code)).unwrap())
        .collect();
    let found = diagnoza_core::selection::inverse::chance(&problem, &positions);
    assert!((found.same_set - 1.0 / 41_184.0).abs() < 1e-15);
    let none = diagnoza_core::selection::inverse::required_values(
        &missing.spec,
        &CriteriaTable::new(frame.gminas().to_vec(), Vec::new()).unwrap(),
        published,
        Some(0.0),
    )
    .unwrap();
    // Nothing is public, so that nothing is excluded: 10 x 2 + 11 x 2 + 7 comparisons stay open.
    assert!(none.feasible && none.conditions.len() == 49 && none.values.len() == 33);
}
