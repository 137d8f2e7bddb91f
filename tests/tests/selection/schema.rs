//! The JSON Schema for editors against the types: same keys, same words, and the shipped files hold to it.

use diagnoza_core::selection::aggregate::{Comparison, ElectreThresholds, Preference};
use diagnoza_core::selection::normalise::Goalposts;
use diagnoza_core::selection::{
    Bounds, ComparedWithin, ConsentRule, ConsentSpec, DisclosureSpec, DiversityOver, DiversityPurpose,
    DiversitySpec, Exclusion, GroupRule, Label, Locality, Method, Nominal, NormalisationRule, Note,
    Published, Refusal, SecondLevel, Spread, VariableOfYear, WeightRule, WeightsSpec,
};
use serde_json::{Value, json};

use crate::*;

fn schema() -> Value {
    serde_json::from_str(shipped::SCHEMA).unwrap()
}

/// The fault of a value against a part of the schema, if there is one: the few keywords that the schema uses.
fn fault(root: &Value, part: &Value, value: &Value, path: &str) -> Option<String> {
    if let Some(name) = part["$ref"].as_str() {
        let found = &root["$defs"][name.rsplit('/').next().unwrap()];
        assert!(!found.is_null(), "{name}");
        return fault(root, found, value, path);
    }
    if let Some(any) = part["anyOf"].as_array() {
        let faults: Vec<String> = any.iter().map_while(|one| fault(root, one, value, path)).collect();
        return (faults.len() == any.len()).then(|| format!("{path}: none of {faults:?}"));
    }
    if let Some(words) = part["enum"].as_array() {
        return (!words.contains(value)).then(|| format!("{path}: {value} is not one of {words:?}"));
    }
    let right = match part["type"].as_str() {
        Some("string") => value.is_string(),
        Some("number") => value.is_number(),
        Some("integer") => value.is_u64(),
        Some("boolean") => value.is_boolean(),
        Some("array") => {
            let items = value.as_array().into_iter().flatten().enumerate();
            let mut faults =
                items.filter_map(|(i, one)| fault(root, &part["items"], one, &format!("{path}[{i}]")));
            if let Some(found) = faults.next() {
                return Some(found);
            }
            value.is_array()
        }
        Some("object") => {
            for (key, one) in value.as_object().into_iter().flatten() {
                let place = format!("{path}.{key}");
                let known = &part["properties"][key];
                let rest = &part["additionalProperties"];
                let found = match (known.is_null(), rest) {
                    (false, _) => fault(root, known, one, &place),
                    (true, Value::Bool(false)) => Some(format!("{place}: unknown")),
                    (true, Value::Object(_)) => fault(root, rest, one, &place),
                    (true, _) => None,
                };
                if found.is_some() {
                    return found;
                }
            }
            let missing = part["required"].as_array().into_iter().flatten();
            let mut missing = missing.filter(|key| value.get(key.as_str().unwrap()).is_none());
            if let Some(key) = missing.next() {
                return Some(format!("{path}: {key} is missing"));
            }
            value.is_object()
        }
        other => panic!("{path}: type {other:?}"),
    };
    (!right).then(|| format!("{path}: {value} is not {}", part["type"]))
}

/// Leaves out keys that are null: in a file they are not written.
fn written(value: Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(
            map.into_iter().filter(|(_, v)| !v.is_null()).map(|(k, v)| (k, written(v))).collect(),
        ),
        Value::Array(list) => Value::Array(list.into_iter().map(written).collect()),
        other => other,
    }
}

/// Every optional part filled in.
fn full() -> SelectionSpec {
    let mut spec = SelectionSpec::from_toml(shipped::PILOT_28_2018).unwrap();
    let (label, code) = (Label { pl: "p".into(), en: "e".into() }, "2816033".parse::<Teryt>().unwrap());
    let year = Year::new(2016).unwrap();
    spec.notes = vec![Note { about: Some("ties".into()), text: label.clone() }];
    spec.eligibility.exclude = vec![Exclusion { code, reason: label.clone() }];
    spec.eligibility.require_data = vec![VariableOfYear { variable: "v".into(), year }];
    let refused =
        vec![Refusal { code, date: Some("2018-04-01".parse().unwrap()), reason: Some(label.clone()) }];
    spec.consent = Some(ConsentSpec { rule: ConsentRule::Offers, agreed: vec![code], refused });
    spec.strata.within = Some(SecondLevel { by: StrataBy::Powiat, groups: 1, rule: GroupRule::Mean });
    let denominator = Denominator { variable: "p".into(), year, unit: "persons".into(), factor: 1e4 };
    for criterion in &mut spec.criteria {
        criterion.denominator = Some(denominator.clone());
        criterion.nominal = Some(Nominal::Range(Bounds { from: 1.0, to: 2.0 }));
        criterion.weight = Some(0.5);
        criterion.comparison = Some(Comparison::Bands { width: 25.0, from: 0.0 });
        (criterion.at_least, criterion.at_most) = (Some(1.0), Some(2.0));
        criterion.goalposts = Some(Goalposts { low: 0.0, high: 1.0 });
        criterion.preference = Some(Preference::Linear { q: 1.0, p: 2.0 });
        criterion.thresholds = Some(ElectreThresholds { q: 1.0, p: 2.0, v: Some(3.0) });
    }
    spec.method.normalisation = Some(NormalisationRule::N3a);
    (spec.method.power, spec.method.ddof, spec.method.clip) = (Some(1.0), Some(1), Some(true));
    spec.weights = Some(WeightsSpec { rule: WeightRule::Ahp, matrix: Some(vec![vec![1.0]]) });
    spec.diversity = Some(DiversitySpec {
        variable: "v".into(),
        year,
        label: label.clone(),
        unit: "u".into(),
        measure: Measure::Rate,
        denominator: Some(denominator),
        spread: Spread::QuantileClasses,
        classes: Some(3),
        purpose: DiversityPurpose::Threshold,
        at_least: Some(2.0),
        over: DiversityOver::Strata,
    });
    spec.disclosure = Some(DisclosureSpec { threshold: 3.0 });
    spec.published = Some(Published { chosen: vec![code], source: label.clone(), note: label });
    spec
}

#[test]
fn every_key_of_the_types_is_in_the_schema_and_the_other_way_round() {
    let (schema, spec) = (schema(), full());
    let json = serde_json::to_value(&spec).unwrap();
    assert_eq!(fault(&schema, &schema, &json, "spec"), None);
    let keys = |value: &Value| -> BTreeSet<String> { value.as_object().unwrap().keys().cloned().collect() };
    let same = |types: &Value, part: &Value, name: &str| {
        assert_eq!(keys(types), keys(&part["properties"]), "{name}")
    };
    same(&json, &schema, "spec");
    for name in [
        "frame",
        "eligibility",
        "consent",
        "strata",
        "method",
        "weights",
        "diversity",
        "disclosure",
        "search",
        "published",
    ] {
        same(&json[name], &schema["properties"][name], name);
    }
    same(&json["strata"]["within"], &schema["properties"]["strata"]["properties"]["within"], "within");
    same(&json["criteria"][0], &schema["$defs"]["criterion"], "criterion");
    same(&json["criteria"][0]["denominator"], &schema["$defs"]["denominator"], "denominator");
    let refused = &schema["properties"]["consent"]["properties"]["refused"]["items"];
    same(&json["consent"]["refused"][0], refused, "refused");
}

#[test]
fn shipped_files_hold_to_the_schema() {
    let schema = schema();
    for (name, text) in shipped::ALL {
        let spec = SelectionSpec::from_toml(text).unwrap();
        let json = written(serde_json::to_value(&spec).unwrap());
        assert_eq!(fault(&schema, &schema, &json, name), None);
    }
    // The validator is not blind.
    let mut json = written(serde_json::to_value(full()).unwrap());
    json["ties"] = json!("coin");
    assert!(fault(&schema, &schema, &json, "spec").unwrap().contains("coin"));
    json["ties"] = json!("report");
    json["tie"] = json!("report");
    assert!(fault(&schema, &schema, &json, "spec").unwrap().contains("spec.tie: unknown"));
}

/// The words that an error lists when it refuses one.
fn words<T>(read: Result<T, serde_json::Error>) -> BTreeSet<String> {
    let error = read.err().unwrap().to_string();
    error.split('`').skip(1).step_by(2).filter(|word| *word != "?").map(str::to_owned).collect()
}

#[test]
fn the_words_of_the_schema_are_those_that_read() {
    let schema = schema();
    let check = |name: &str, words: BTreeSet<String>| {
        let listed = schema["$defs"][name]["enum"].as_array().unwrap();
        let listed: BTreeSet<String> = listed.iter().map(|word| word.as_str().unwrap().to_owned()).collect();
        assert_eq!(listed, words, "{name}");
    };
    check("ties", words::<TieRule>(serde_json::from_value(json!("?"))));
    check("missing", words::<MissingRule>(serde_json::from_value(json!("?"))));
    check("locality", words::<Locality>(serde_json::from_value(json!("?"))));
    check("consent_rule", words::<ConsentRule>(serde_json::from_value(json!("?"))));
    check("group_rule", words::<GroupRule>(serde_json::from_value(json!("?"))));
    check("measure", words::<Measure>(serde_json::from_value(json!("?"))));
    check("direction", words::<Direction>(serde_json::from_value(json!("?"))));
    check("role", words::<Role>(serde_json::from_value(json!("?"))));
    check("method", words::<Method>(serde_json::from_value(json!("?"))));
    check("normalisation", words::<NormalisationRule>(serde_json::from_value(json!("?"))));
    check("compared_within", words::<ComparedWithin>(serde_json::from_value(json!("?"))));
    check("weight_rule", words::<WeightRule>(serde_json::from_value(json!("?"))));
    check("spread", words::<Spread>(serde_json::from_value(json!("?"))));
    check("diversity_purpose", words::<DiversityPurpose>(serde_json::from_value(json!("?"))));
    check("diversity_over", words::<DiversityOver>(serde_json::from_value(json!("?"))));
}
