use super::*;
use crate::selection::shipped;

fn error_of(from: &str, to: &str) -> SpecError {
    let text = shipped::PILOT_28_2018.replacen(from, to, 1);
    assert_ne!(text, shipped::PILOT_28_2018, "{from}");
    SelectionSpec::from_toml(&text).unwrap_err()
}

#[test]
fn shipped_specifications_read_and_survive_json() {
    for (name, text) in shipped::ALL {
        let spec = SelectionSpec::from_toml(text).unwrap_or_else(|e| panic!("{name}: {e}"));
        let json = serde_json::to_string(&spec).unwrap();
        assert_eq!(serde_json::from_str::<SelectionSpec>(&json).unwrap(), spec);
        assert_eq!(SelectionSpec::from_json(&json).unwrap(), spec);
        let error = SelectionSpec::from_json(&json.replacen("stimulant", "more", 1)).unwrap_err();
        assert_eq!((error.line, error.key.as_str()), (1, "criteria.direction"));
        assert_eq!(SelectionSpec::from_toml(&spec.to_toml().unwrap()).unwrap(), spec, "{name}");
    }
}

/// A file of the first format, written before there was a second.
const FIRST: &str = r#"
        format = "diagnoza-selection/1"
        title = { pl = "t", en = "t" }
        notes = ["plain"]
        ties = "next_criterion"
        missing = "refuse"
        [frame]
        voivodeship = "28"
        date = 2018-04-01
        table = "t"
        [eligibility]
        kinds = ["urban_rural"]
        [strata]
        by = "all"
        quotas = { all = 5 }
        [criterion]
        variable = "x"
        year = 2016
        label = { pl = "x", en = "x" }
        unit = "families"
        measure = "count"
        direction = "stimulant"
        [[then]]
        variable = "y"
        year = 2016
        label = { pl = "y", en = "y" }
        unit = "families"
        measure = "count"
        direction = "destimulant"
    "#;

#[test]
fn the_first_format_keeps_reading() {
    let spec = SelectionSpec::from_toml(FIRST).unwrap();
    let names = |role| -> Vec<&str> {
        let of_role = spec.criteria.iter().filter(|c| c.role == role);
        of_role.map(|c| c.variable.as_str()).collect()
    };
    assert_eq!((names(Role::Primary), names(Role::Secondary)), (vec!["x"], vec!["y"]));
    assert_eq!(spec.method.name, Method::Lexicographic);
    assert_eq!(spec.notes, [Note { about: None, text: Label::new("plain", "plain") }]);
    let error = SelectionSpec::from_toml(&FIRST.replace("measure = \"count\"", "measure = 1")).unwrap_err();
    assert_eq!((error.line, error.key.as_str()), (21, "criterion.measure"));
}

#[test]
fn a_wrong_word_names_line_key_and_the_allowed_words() {
    let error = error_of(r#"direction = "stimulant""#, r#"direction = "more""#);
    let line = 1 + shipped::PILOT_28_2018.lines().position(|l| l.starts_with("direction")).unwrap();
    assert_eq!((error.line, error.column), (line, 13));
    assert_eq!(error.key, "criteria.direction");
    assert!(error.problem.ends_with("expected one of `stimulant`, `destimulant`, `nominant`"), "{error}");
    let error = error_of(r#"["urban_rural"]"#, r#"["city"]"#);
    assert!(error.problem.contains("`urban`, `rural`, `urban_rural`"), "{error}");
    assert!(error.key.starts_with("eligibility.kinds"), "{error}");
}

#[test]
fn unknown_keys_wrong_formats_and_wrong_dates_are_refused() {
    assert!(error_of("missing =", "absent =").problem.contains("unknown field `absent`"));
    let error = error_of("diagnoza-selection/2", "diagnoza-selection/9");
    assert!(error.problem.contains("`diagnoza-selection/1`"), "{error}");
    for bad in ["date = 2018-02-30", "date = \"soon\"", "date = 7", "date = 2018-04-01T10:00:00"] {
        let error = error_of("date = 2018-04-01", bad);
        assert!(error.to_string().contains("date"), "{bad}: {error}");
    }
    assert!(SelectionSpec::from_toml("").unwrap_err().problem.contains("missing field"));
}
