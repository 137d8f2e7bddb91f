use proptest::prelude::*;

use super::*;
use crate::observation::{Cell, Missing, Year};
use crate::resources::catalogue::{IndicatorError, Inputs, Status};

fn spec(expression: &str, unit: &str) -> FormulaSpec {
    FormulaSpec {
        id: "mine".to_owned(),
        name: Some("Mój wskaźnik".to_owned()),
        expression: expression.to_owned(),
        unit: unit.to_owned(),
        author: "ROPS Olsztyn".to_owned(),
        source: "a note".to_owned(),
        ..FormulaSpec::default()
    }
}

fn refused(expression: &str, unit: &str) -> String {
    spec(expression, unit).check().unwrap_err().to_string()
}

fn value(expression: &str) -> f64 {
    let mut formula = spec(expression, "1");
    for name in ["a", "b", "c"] {
        if expression.contains(name) {
            formula.inputs.insert(name.to_owned(), "1".to_owned());
        }
    }
    let inputs =
        Inputs::new([("a", 8.0), ("b", 4.0), ("c", 2.0)].map(|(name, n)| (name, Cell::Value(n)))).unwrap();
    formula.check().unwrap_or_else(|error| panic!("{expression}: {error}")).compute(&inputs).unwrap().value
}

#[test]
fn arithmetic_follows_school_rules() {
    for (expression, expected) in [
        ("a + b * c", 16.0),
        ("(a + b) * c", 24.0),
        ("a - b - c", 2.0),
        ("a - (b - c)", 6.0),
        ("a / b / c", 1.0),
        ("a / (b / c)", 4.0),
        ("a / b * c", 4.0),
        ("-a + b", -4.0),
        ("--a", 8.0),
        ("2.5 * a", 20.0),
        ("a*-c", -16.0),
        ("  a\n+\tb ", 12.0),
    ] {
        let got = value(expression);
        assert!((got - expected).abs() < 1e-12, "{expression}: {got}");
    }
}

#[test]
fn every_fault_of_the_text_has_its_place() {
    for (expression, message) in [
        ("1 +", "character 4: got the end, expected a number, an input or ("),
        ("(deaths", "character 8: got the end, expected one of + - * / or )"),
        ("deaths)", "character 7: got ), expected one of + - * / or the end"),
        ("deaths live_births", "character 8: got live_births, expected one of + - * / or the end"),
        ("deaths ^ 2", "character 8: got ^, expected a number, an input or one of + - * / ( )"),
        ("łąka + żółć ? 1", "character 13: got ?, expected a number, an input or one of + - * / ( )"),
        (
            "0,5 * deaths",
            "character 1: '0,5' is not a number: expected digits, with a point before decimals (0.5)",
        ),
        (
            "1e3 * deaths",
            "character 1: '1e3' is not a number: expected digits, with a point before decimals (0.5)",
        ),
        (
            "1.2.3 * deaths",
            "character 1: '1.2.3' is not a number: expected digits, with a point before decimals (0.5)",
        ),
        ("* deaths", "character 1: got *, expected a number, an input or ("),
        ("()", "character 2: got ), expected a number, an input or ("),
        ("deaths / 0", "character 8: division by 0"),
    ] {
        assert_eq!(refused(expression, "persons"), message, "{expression}");
    }
    let people = refused("100 * women / persons 0+", "%");
    assert!(people.starts_with("character 7: 'women ' names no people by sex and age"), "{people}");
    assert!(refused("persons 20-10", "persons").starts_with("character 1: 'persons 20-10'"));
    assert!(
        refused(&"(".repeat(500), "1").starts_with("character 52: brackets and signs stand in more than 50")
    );
    assert!(refused(&"-".repeat(500), "1").starts_with("character 52"));
    assert!(refused(&"1 + ".repeat(600), "1").starts_with("the formula has 2400 characters"));
    let long = format!("deaths{}", " + deaths".repeat(200));
    assert!(spec(&long, "persons").check().is_ok());
}

#[test]
fn people_by_age_are_told_from_sums_and_differences() {
    for (expression, inputs) in [
        ("persons 80+ / persons 60+", vec!["persons 80+", "persons 60+"]),
        (
            "100*(persons 0-17+women 60++men 65+)/persons of all ages",
            vec!["persons 0-17", "women 60+", "men 65+", "persons of all ages"],
        ),
        ("persons 7 -women 7", vec!["persons 7", "women 7"]),
        ("persons 0+ - persons 18 + persons 18", vec!["persons of all ages", "persons 18"]),
    ] {
        let unit = if expression.contains('/') { "%" } else { "persons" };
        let formula = spec(expression, unit).check().unwrap();
        assert_eq!(formula.inputs(), inputs, "{expression}");
    }
}

#[test]
fn units_are_verified() {
    for (expression, unit, message) in [
        (
            "gmina_spending + persons of all ages",
            "zł",
            "character 16: '+' joins zł and persons: only like adds to like",
        ),
        ("deaths + 1", "persons", "character 8: '+' joins persons and a pure number: only like adds to like"),
        (
            "gmina_spending / persons of all ages",
            "zł",
            "the formula gives zł/persons, but its unit is declared as 'zł', which is zł",
        ),
        (
            "100 * social_workers_ops / persons of all ages",
            "%",
            "the formula gives workers/persons, but its unit is declared as '%', which is a pure number",
        ),
        (
            "persons_in_families_covered + persons_granted_benefits",
            "persons",
            "character 29: '+' joins two definitions of beneficiaries, all members of assisted households \
             (persons_in_families_covered) and persons granted benefits by decision (persons_granted_benefits): use one",
        ),
        (
            "2 * persons_granted_benefits - (persons_in_families_covered - deaths)",
            "persons",
            "character 30: '-' joins two definitions of beneficiaries, all members of assisted households \
             (persons_in_families_covered) and persons granted benefits by decision (persons_granted_benefits): use one",
        ),
    ] {
        assert_eq!(refused(expression, unit), message, "{expression}");
    }
    for (expression, unit) in [
        ("gmina_spending / persons of all ages", "zł/mieszk."),
        ("100 * persons_granted_benefits / persons_in_families_covered", "%"),
        ("persons of all ages / social_workers_ops", "osoby na pracownika"),
        ("1000 * marriages / persons of all ages", "marriages per 1000 persons"),
        ("gmina_spending * area_km2 / area_km2", "zł"),
    ] {
        let checked = spec(expression, unit).check();
        assert!(checked.is_ok(), "{expression}: {checked:?}");
    }
}

#[test]
fn units_of_unknown_inputs_are_declared() {
    let message = refused("assistants / places + volunteers / places", "1");
    assert_eq!(
        message,
        "the unit of measure is not known of assistants (character 1), places (character 14), volunteers (character \
         23): declare it under `inputs`"
    );
    let with = |inputs: &[(&str, &str)], expression: &str, unit: &str| {
        let inputs = inputs.iter().map(|&(name, unit)| (name.to_owned(), unit.to_owned())).collect();
        FormulaSpec { inputs, ..spec(expression, unit) }.check().map(drop).map_err(|error| error.to_string())
    };
    assert_eq!(
        with(&[("assistants", "asystenci")], "families_assisted / assistants", "rodziny/asystenci"),
        Ok(())
    );
    assert_eq!(
        with(&[("asistants", "1")], "deaths", "persons"),
        Err("`inputs` declares asistants, which the expression does not use: check the spelling".to_owned())
    );
    assert_eq!(
        with(&[("deaths", "zł")], "deaths", "persons"),
        Err("`inputs` declares deaths in zł, but it is in persons".to_owned())
    );
    assert!(with(&[("x", "a+b")], "x", "1").unwrap_err().starts_with("x: 'a+b' is not a unit of measure"));
    assert!(with(&[], "deaths", "???").unwrap_err().starts_with("unit: '???' is not a unit of measure"));
}

#[test]
fn a_formula_states_who_it_is_from_and_replaces_nothing() {
    for field in ["id", "expression", "unit", "author", "source", "name"] {
        let mut spec = spec("deaths", "persons");
        match field {
            "id" => spec.id.clear(),
            "expression" => spec.expression = "  ".to_owned(),
            "unit" => spec.unit.clear(),
            "author" => spec.author.clear(),
            "source" => spec.source.clear(),
            _ => spec.name = None,
        }
        assert_eq!(spec.check(), Err(FormulaError::Blank { field }));
    }
    let named = |id: &str| FormulaSpec { id: id.to_owned(), ..spec("deaths", "persons") }.check();
    assert!(matches!(named("beneficiaries"), Err(FormulaError::Taken { .. })));
    assert!(matches!(named("Mój"), Err(FormulaError::NotAnId { .. })));
    assert!(matches!(named("ozps_2013_2018_gmina_02"), Err(FormulaError::Section { .. })));
    let official = named("ozps_2011_gmina_16").unwrap();
    assert_eq!(
        (official.name_pl(), official.name_en()),
        ("Wskaźnik deprywacji lokalnej", "Local deprivation")
    );
    assert_eq!(refused("2 + 2", "1"), FormulaError::NoInput.to_string());
}

#[test]
fn values_name_author_and_source() {
    let formula =
        FormulaSpec { decimals: Some(1), ..spec("100 * deaths / persons of all ages", "%") }.check().unwrap();
    let of = |cells: Vec<(&str, Cell)>| {
        Inputs::new(cells).unwrap().of("28".parse().unwrap(), Year::constant(2024))
    };
    let given = of(vec![("deaths", Cell::Value(1.0)), ("persons 0+", Cell::Value(80.0))]);
    let value = formula.compute(&given).unwrap();
    assert_eq!((value.value, value.rounded(), value.status), (1.25, Some(1.3), Status::User));
    assert_eq!(value.source, "ROPS Olsztyn: a note");
    let lacking = formula.compute(&of(vec![("deaths", Cell::Missing(Missing::Suppressed))])).unwrap_err();
    assert_eq!(
        lacking.to_string(),
        "mine of 28 in 2024 needs deaths: suppressed; persons of all ages: not given"
    );
    let nobody = of(vec![("deaths", Cell::Value(1.0)), ("persons 0+", Cell::Value(0.0))]);
    let nobody = formula.compute(&nobody).unwrap_err().to_string();
    assert!(
        nobody.starts_with("mine of 28 in 2024 has no value: its denominator, persons of all ages, is 0")
    );
    let large = of(vec![("deaths", Cell::Value(f64::MAX)), ("persons 0+", Cell::Value(0.5))]);
    assert!(matches!(formula.compute(&large), Err(IndicatorError::TooLarge { .. })));
}

#[test]
fn a_formula_is_stored_as_written() {
    let formula = spec("100*deaths/persons 0+", "%").check().unwrap();
    assert_eq!(formula.formula(), "100 * deaths / persons of all ages");
    let text = serde_json::to_string(&formula).unwrap();
    assert_eq!(serde_json::from_str::<Formula>(&text).unwrap(), formula);
    let unchecked = text.replace("deaths", "zgony");
    assert!(serde_json::from_str::<Formula>(&unchecked).is_err());
    assert!(serde_json::from_str::<FormulaSpec>(&text.replace("\"unit\"", "\"unti\"")).is_err());
}

proptest! {
    #[test]
    fn hostile_texts_are_refused_or_read_and_never_panic(text in "[-+*/() a-c0-9.,żpersons]{0,60}") {
        let _ = spec(&text, "1").check();
    }

    /// What a formula is written as reads as the same formula.
    #[test]
    fn written_formulas_read_back(text in "[abc]( [-+*/] [(]?-?[abc][)]?){0,8}") {
        let mut spec = spec(&text, "1");
        for name in ["a", "b", "c"].into_iter().filter(|name| text.contains(name)) {
            spec.inputs.insert(name.to_owned(), "1".to_owned());
        }
        if let Ok(formula) = spec.clone().check() {
            let again = FormulaSpec { expression: formula.formula(), ..spec }.check().unwrap();
            prop_assert_eq!(again.formula(), formula.formula());
            let inputs = Inputs::new([("a", 8.0), ("b", 4.0), ("c", 3.0)].map(|(n, v)| (n, Cell::Value(v)))).unwrap();
            prop_assert_eq!(again.compute(&inputs), formula.compute(&inputs));
        }
    }
}
