//! The promises of the metadata, held for every indicator of the catalogue. The counts are made up for the tests.

use std::collections::BTreeSet;

use super::*;
use crate::demography::{AgeRange, AgeStructure, Sexes, StructureError};
use crate::observation::{AgeScheme, Cell, Missing, Year};

mod by_age;

/// One number for every input of an indicator, each another, wholes larger than their parts.
fn numbers(indicator: &Indicator) -> Vec<(String, f64)> {
    let below: Vec<Input> = match indicator.measure {
        Measure::Ratio { denominator, .. } => denominator.iter().map(|part| part.input).collect(),
        _ => vec![],
    };
    let inputs = indicator.inputs().into_iter().enumerate();
    inputs
        .map(|(i, input)| {
            let whole = below.first() == Some(&input);
            let number = if whole { 100_000.0 } else { 1000.0 + 137.0 * i as f64 };
            (input.to_string(), number)
        })
        .collect()
}

fn inputs(cells: &[(String, f64)]) -> Inputs {
    let cells = cells.iter().map(|(name, number)| (name.clone(), Cell::Value(*number)));
    Inputs::new(cells).unwrap().of("2816033".parse().unwrap(), Year::constant(2024))
}

/// What is computed from numbers by name; the median age needs people by age and has tests of its own.
fn by_name() -> impl Iterator<Item = &'static Indicator> {
    ALL.iter().copied().filter(|known| !matches!(known.measure, Measure::MedianAge { .. }))
}

fn sides(indicator: &Indicator) -> (&'static [Summand], &'static [Summand], f64) {
    match indicator.measure {
        Measure::Count { of } => (of, &[], 1.0),
        Measure::Ratio { numerator, denominator, factor } => (numerator, denominator, factor),
        Measure::MedianAge { .. } => (&[], &[], 1.0),
    }
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * a.abs().max(b.abs())
}

#[test]
fn names_are_unique_and_nothing_is_left_empty() {
    let mut ids = BTreeSet::new();
    let mut ioss = BTreeSet::new();
    for known in ALL.iter() {
        assert!(ids.insert(known.id), "{} twice", known.id);
        assert!(known.ioss_id.is_none_or(|id| ioss.insert(id)), "{}", known.id);
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        assert!(known.id.chars().all(plain), "{}", known.id);
        for text in [known.name_pl, known.name_en, known.unit_pl, known.unit_en, known.source] {
            assert!(!text.trim().is_empty(), "{}", known.id);
        }
        assert!(!known.inputs().is_empty(), "{}", known.id);
        assert_eq!(indicator(known.id).unwrap(), *known);
    }
    assert_eq!((ids.len(), ioss.len(), DEMOGRAPHIC.len()), (70, 62, 19));
    assert_eq!(ALL[..19], *DEMOGRAPHIC);
    let error = indicator("double_aging").unwrap_err().to_string();
    assert!(error.contains("did you mean 'double_ageing'?") && error.contains("young_dependency"), "{error}");
    assert_eq!(indicator("").unwrap_err().nearest, None);
}

#[test]
fn figures_have_a_name_a_unit_and_labels() {
    let mut names = BTreeSet::new();
    for known in figures() {
        assert!(names.insert(known.name), "{} twice", known.name);
        assert!(
            Part::begins(known.name).is_none() && !known.label_pl.is_empty() && !known.label_en.is_empty()
        );
        assert!(known.unit.parse::<UnitOfMeasure>().is_ok(), "{}", known.unit);
        assert_eq!(figure(known.name), Some(*known));
    }
    assert_eq!(figure("social_workers"), None);
}

#[test]
fn shares_relate_like_to_like() {
    for known in by_name() {
        let (above, below, factor) = sides(known);
        let units = |parts: &[Summand]| -> BTreeSet<UnitOfMeasure> {
            parts.iter().map(|part| part.input.unit().parse().unwrap()).collect()
        };
        let (above, below) = (units(above), units(below));
        assert_eq!(above.len(), 1, "{}", known.id);
        if ["%", "per 100"].contains(&known.unit_en) {
            assert_eq!((above, factor), (below, 100.0), "{}", known.id);
        } else if known.unit_en == "per 1000" {
            assert!(close(factor, 1000.0), "{}", known.id);
        } else {
            assert!(close(factor, 1.0), "{}", known.id);
        }
    }
}

#[test]
fn the_value_is_the_quotient_of_its_parts() {
    for known in by_name() {
        let numbers = numbers(known);
        let number = |name: &str| numbers.iter().find(|(known, _)| known == name).unwrap().1;
        let total = |parts: &[Summand]| -> f64 {
            parts.iter().map(|p| number(&p.input.to_string()) * if p.subtracted { -1.0 } else { 1.0 }).sum()
        };
        let (above, below, factor) = sides(known);
        let expected = factor * total(above) / if below.is_empty() { 1.0 } else { total(below) };
        let value = compute(known, &inputs(&numbers)).unwrap();
        assert!(close(value.value, expected), "{}: {} {expected}", known.id, value.value);
        assert_eq!((value.indicator.as_str(), value.formula), (known.id, known.formula()));
        assert_eq!(value.inputs, numbers, "{}", known.id);
        assert_eq!(value.unit.unwrap().to_string(), "2816033");
    }
}

#[test]
fn unrelated_inputs_do_not_matter() {
    for known in by_name() {
        let own = numbers(known);
        let value = compute(known, &inputs(&own)).unwrap();
        let others = figures().iter().map(|figure| figure.name.to_owned()).chain(["my_own_count".to_owned()]);
        let others =
            others.filter(|name| own.iter().all(|(known, _)| known != name)).map(|name| (name, 77.0));
        let more: Vec<_> = own.iter().cloned().chain(others).collect();
        assert_eq!(compute(known, &inputs(&more)), Ok(value), "{}", known.id);
    }
}

#[test]
fn every_input_matters() {
    for known in by_name() {
        let own = numbers(known);
        let value = compute(known, &inputs(&own)).unwrap().value;
        for i in 0..own.len() {
            let mut moved = own.clone();
            moved[i].1 += 77.0;
            let moved = compute(known, &inputs(&moved)).unwrap().value;
            assert!(!close(moved, value), "{} without {}", known.id, own[i].0);
        }
    }
}

#[test]
fn a_missing_input_is_refused_by_name_and_reason() {
    for known in by_name() {
        let own = numbers(known);
        for (missing, _) in &own {
            for (cell, words) in [
                (None, "not given"),
                (Some(Missing::NotReported), "not reported"),
                (Some(Missing::BelowUnit), "below half the unit"),
                (Some(Missing::Suppressed), "suppressed"),
                (Some(Missing::NotApplicable), "not applicable"),
            ] {
                let given = own.iter().filter(|(name, _)| name != missing);
                let given = given.map(|(name, number)| (name.clone(), Cell::Value(*number)));
                let given = given.chain(cell.map(|why| (missing.clone(), Cell::Missing(why))));
                let error = compute(known, &Inputs::new(given).unwrap()).unwrap_err();
                let IndicatorError::Lacking { indicator, lacks, .. } = &error else { panic!("{error}") };
                assert_eq!((indicator.as_str(), lacks.len()), (known.id, 1), "{error}");
                assert_eq!(&lacks[0].input, missing);
                let people = missing.parse::<Part>().is_ok() && cell.is_none();
                // People that are not given may have followed from other groups: the reason lists those.
                assert!(people || error.to_string().contains(words), "{error}");
            }
        }
    }
}

#[test]
fn all_that_is_missing_is_listed_at_once() {
    for known in by_name() {
        let error = compute(known, &Inputs::default()).unwrap_err();
        let IndicatorError::Lacking { lacks, .. } = &error else { panic!("{error}") };
        let names: Vec<String> = lacks.iter().map(|lack| lack.input.clone()).collect();
        let expected: Vec<String> = known.inputs().iter().map(ToString::to_string).collect();
        assert_eq!(names, expected, "{}", known.id);
        assert!(lacks.iter().all(|lack| lack.reason == Reason::NotGiven), "{error}");
    }
}

#[test]
fn scaling_behaves() {
    for known in by_name() {
        let (above, below, _) = sides(known);
        let scaled = |parts: &[Summand]| -> f64 {
            let named = |name: &str| parts.iter().any(|part| part.input.to_string() == name);
            let numbers = numbers(known).into_iter();
            let scaled: Vec<_> =
                numbers.map(|(name, n)| if named(&name) { (name, 2.0 * n) } else { (name, n) }).collect();
            compute(known, &inputs(&scaled)).unwrap().value
        };
        let value = scaled(&[]);
        assert!(close(scaled(above), 2.0 * value), "{}", known.id);
        if !below.is_empty() {
            assert!(close(scaled(below), value / 2.0), "{}", known.id);
            assert!(close(scaled(&[above, below].concat()), value), "{}", known.id);
        }
    }
}

#[test]
fn a_zero_denominator_is_an_error_that_names_unit_and_denominator() {
    for known in by_name() {
        let (_, below, _) = sides(known);
        if below.is_empty() {
            continue;
        }
        let cells: Vec<_> = numbers(known)
            .into_iter()
            .map(|(name, n)| {
                if below.iter().any(|part| part.input.to_string() == name) { (name, 0.0) } else { (name, n) }
            })
            .collect();
        let message = compute(known, &inputs(&cells)).unwrap_err().to_string();
        assert!(message.starts_with(&format!("{} of 2816033 in 2024 has no value", known.id)), "{message}");
        for part in below {
            assert!(message.contains(&part.input.to_string()), "{message}");
        }
        assert!(message.contains("is 0, expected more than 0"), "{message}");
    }
}

#[test]
fn values_keep_their_digits_and_round_as_published() {
    for known in by_name() {
        let value = compute(known, &inputs(&numbers(known))).unwrap();
        match known.decimals {
            None => assert_eq!(value.rounded(), None),
            Some(decimals) => {
                let published = value.rounded().unwrap();
                let half = 0.5 * 10_f64.powi(-i32::from(decimals));
                assert!((published - value.value).abs() <= half * (1.0 + 1e-9), "{}", known.id);
                assert!(close(published, rounded(published, decimals)) || published == 0.0, "{}", known.id);
            }
        }
    }
}

/// The line shown to people is what is computed: a user who copies it gets the same value.
#[test]
fn the_written_formula_computes_the_same() {
    for known in by_name() {
        let (above, below, _) = sides(known);
        let unit = |parts: &[Summand]| {
            let unit = parts.first().map(|part| part.input.unit().parse::<UnitOfMeasure>().unwrap());
            unit.unwrap_or_default()
        };
        let unit = unit(above).over(&unit(below));
        let spec = FormulaSpec {
            id: format!("copy_of_{}", known.id),
            name: Some(known.name_pl.to_owned()),
            expression: known.formula(),
            unit: if unit.is_pure() { "1".to_owned() } else { unit.to_string() },
            decimals: known.decimals,
            author: "a test".to_owned(),
            source: known.source.to_owned(),
            ..FormulaSpec::default()
        };
        let copy = spec.check().unwrap_or_else(|error| panic!("{}: {error}", known.id));
        let given = inputs(&numbers(known));
        let (own, copied) = (compute(known, &given).unwrap(), copy.compute(&given).unwrap());
        assert!(close(own.value, copied.value), "{}", known.id);
        assert_eq!((own.rounded(), own.inputs), (copied.rounded(), copied.inputs));
        assert_eq!(copy.formula(), known.formula());
    }
}

#[test]
fn formulas_say_what_is_computed() {
    for (indicator, formula) in [
        (&DEMOGRAPHIC_DEPENDENCY, "100 * (persons 0-17 + women 60+ + men 65+) / (women 18-59 + men 18-64)"),
        (&POPULATION, "persons of all ages"),
        (&CARE_POTENTIAL, "100 * women 45-64 / persons 80+"),
        (&NATURAL_INCREASE_RATE, "1000 * (live_births - deaths) / persons of all ages"),
        (&NET_PERMANENT_MIGRATION, "permanent_registrations - permanent_deregistrations"),
        (&POPULATION_DENSITY, "persons of all ages / area_km2"),
        (
            &DEINSTITUTIONALISATION,
            "100 * (children_in_non_related_foster_families + children_in_family_childrens_homes + \
             children_in_family_type_institutions) / (children_in_foster_care - children_in_related_foster_families)",
        ),
    ] {
        assert_eq!(indicator.formula(), formula);
    }
}

#[test]
fn a_part_larger_than_its_whole_is_said() {
    let cells = [
        ("children_in_non_related_foster_families", 1.0),
        ("children_in_family_childrens_homes", 1.0),
        ("children_in_family_type_institutions", 1.0),
        ("children_in_foster_care", 5.0),
        ("children_in_related_foster_families", 8.0),
    ];
    let given = Inputs::new(cells.map(|(name, n)| (name, Cell::Value(n)))).unwrap();
    let message = compute(&DEINSTITUTIONALISATION, &given).unwrap_err().to_string();
    assert!(message.ends_with("is -3, expected more than 0"), "{message}");
}

#[test]
fn numbers_too_large_are_refused() {
    let given = inputs(&[("gmina_spending".to_owned(), f64::MAX), ("persons of all ages".to_owned(), 0.1)]);
    assert!(matches!(compute(&SPENDING_PER_INHABITANT, &given), Err(IndicatorError::TooLarge { .. })));
}

#[test]
fn the_other_beneficiaries_do_not_take_the_place() {
    let given =
        inputs(&[("persons_granted_benefits".to_owned(), 5.0), ("persons of all ages".to_owned(), 100.0)]);
    let message = compute(&BENEFICIARIES, &given).unwrap_err().to_string();
    assert!(message.contains("persons_granted_benefits is another definition of beneficiaries"), "{message}");
}

#[test]
fn official_names_have_no_definition() {
    let names = official().unwrap();
    assert_eq!((names.len(), names.iter().filter(|name| !name.is_section()).count()), (35, 26));
    let ids: BTreeSet<&str> = names.iter().map(|name| name.id.as_str()).collect();
    assert_eq!(ids.len(), 35);
    for name in names {
        assert!(indicator(&name.id).is_err() && !name.name_pl.is_empty() && !name.name_en.is_empty());
        assert!(!name.source.is_empty());
    }
}

#[test]
fn what_does_not_come_out_says_why() {
    let figures = not_reproduced().unwrap();
    let ids: BTreeSet<&str> = figures.iter().map(|figure| figure.id.as_str()).collect();
    assert_eq!((ids.len(), figures.len()), (12, 12));
    for figure in figures {
        assert!(figure.indicator.as_deref().is_none_or(|id| indicator(id).is_ok()), "{}", figure.id);
        for text in [&figure.what, &figure.reason_pl, &figure.reason_en, &figure.source] {
            assert!(!text.is_empty(), "{}", figure.id);
        }
    }
}

#[test]
fn a_value_serialises_and_reads_back() {
    let value = compute(&BENEFICIARIES, &inputs(&numbers(&BENEFICIARIES))).unwrap();
    let text = serde_json::to_string(&value).unwrap();
    assert_eq!(serde_json::from_str::<IndicatorValue>(&text).unwrap(), value);
}
