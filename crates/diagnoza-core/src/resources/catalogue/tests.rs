//! The promises of the metadata, held for every indicator of the catalogue.

use std::collections::BTreeSet;

use super::*;
use crate::demography::{AgeRange, AgeStructure, Sexes, StructureError};
use crate::observation::AgeScheme;

const OPEN: u8 = 100;

/// Women and men by single age, every count another number.
fn counts() -> [Vec<f64>; 2] {
    let column = |slope: u32, of: u32| -> Vec<f64> {
        (0..=u32::from(OPEN)).map(|a| f64::from(1000 + (a * slope) % of)).collect()
    };
    [column(37, 211), column(53, 197)]
}

fn people(counts: &[Vec<f64>; 2]) -> AgeStructure {
    AgeStructure::from_ages(&AgeScheme::single(OPEN), &counts[0], &counts[1]).unwrap()
}

fn belongs(part: Part, sex: usize, age: u8) -> bool {
    let whom = [Sexes::Female, Sexes::Male][sex];
    (part.sexes == Sexes::Both || part.sexes == whom) && part.ages.contains(age)
}

/// Sum over the single ages of the parts, by another way than `evaluate`.
fn counted(parts: &[Part], counts: &[Vec<f64>; 2]) -> f64 {
    let ages = (0..2).flat_map(|sex| (0..=OPEN).map(move |age| (sex, age)));
    ages.filter(|&(sex, age)| parts.iter().any(|&part| belongs(part, sex, age)))
        .map(|(sex, age)| counts[sex][usize::from(age)])
        .sum()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * a.abs().max(b.abs())
}

#[test]
fn names_are_unique_and_nothing_is_left_empty() {
    let mut ids = BTreeSet::new();
    let mut ioss = BTreeSet::new();
    for known in DEMOGRAPHIC {
        assert!(ids.insert(known.id), "{} twice", known.id);
        assert!(known.ioss_id.is_none_or(|id| ioss.insert(id)), "{}", known.id);
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        assert!(known.id.chars().all(plain), "{}", known.id);
        for text in [known.name_pl, known.name_en, known.unit_pl, known.unit_en, known.source] {
            assert!(!text.trim().is_empty(), "{}", known.id);
        }
        assert_eq!(indicator(known.id).unwrap(), *known);
    }
    assert_eq!(ids.len(), 19);
    let error = indicator("dependency").unwrap_err().to_string();
    assert!(error.contains("'dependency'") && error.contains("young_dependency"), "{error}");
}

#[test]
fn ranges_are_in_order_and_nobody_is_counted_twice() {
    for known in DEMOGRAPHIC {
        for part in known.inputs() {
            let again = AgeRange::new(part.ages.first(), part.ages.last());
            assert_eq!(again, Ok(part.ages), "{}", known.id);
        }
        let sides = match known.measure {
            Measure::Ratio { numerator, denominator, .. } => vec![numerator, denominator],
            Measure::Count { of } => vec![of],
            Measure::MedianAge { .. } => vec![],
        };
        for (parts, sex, age) in sides
            .iter()
            .flat_map(|parts| (0..2).flat_map(move |sex| (0..=OPEN).map(move |age| (parts, sex, age))))
        {
            let times = parts.iter().filter(|&&part| belongs(part, sex, age)).count();
            assert!(times <= 1, "{} counts age {age} {times} times", known.id);
        }
    }
}

#[test]
fn the_value_is_the_quotient_of_its_parts() {
    let counts = counts();
    for known in DEMOGRAPHIC {
        let value = evaluate(known, &people(&counts)).unwrap();
        let expected = match known.measure {
            Measure::Count { of } => counted(of, &counts),
            Measure::Ratio { numerator, denominator, factor } => {
                factor * counted(numerator, &counts) / counted(denominator, &counts)
            }
            Measure::MedianAge { .. } => continue,
        };
        assert!(close(value, expected), "{}: {value} {expected}", known.id);
    }
}

#[test]
fn unrelated_ages_do_not_matter_and_related_ones_do() {
    let before = counts();
    for known in DEMOGRAPHIC {
        let value = evaluate(known, &people(&before)).unwrap();
        for (sex, age) in (0..2).flat_map(|sex| (0..=OPEN).map(move |age| (sex, age))) {
            let mut after = before.clone();
            after[sex][usize::from(age)] += 77.0;
            let moved = !close(evaluate(known, &people(&after)).unwrap(), value);
            let related = known.inputs().iter().any(|&part| belongs(part, sex, age));
            assert_eq!(moved, related, "{}, sex {sex}, age {age}", known.id);
        }
    }
}

#[test]
fn a_missing_input_is_refused_by_name() {
    let counts = counts();
    // A group that no indicator asks for, so that the rest may be empty.
    let unrelated = (Sexes::Both, AgeRange::closed(97, 98), 5.0);
    for known in DEMOGRAPHIC {
        for missing in known.inputs() {
            let others = known.inputs().into_iter().filter(|&part| part != missing);
            let others = others.map(|part| (part.sexes, part.ages, counted(&[part], &counts)));
            let lacking = AgeStructure::from_groups(others.chain([unrelated])).unwrap();
            match evaluate(known, &lacking).unwrap_err() {
                IndicatorError::Input {
                    indicator,
                    part,
                    problem: StructureError::Lacking { sexes, ages, .. },
                } => {
                    assert_eq!((indicator, part), (known.id, missing));
                    assert_eq!((sexes, ages), (missing.sexes, missing.ages));
                }
                other => panic!("{}: {other}", known.id),
            }
        }
    }
}

#[test]
fn scaling_all_counts_scales_numbers_and_leaves_ratios() {
    let counts = counts();
    let larger = counts.clone().map(|of| of.iter().map(|n| n * 3.0).collect());
    for known in DEMOGRAPHIC {
        let value = evaluate(known, &people(&counts)).unwrap();
        let scaled = evaluate(known, &people(&larger)).unwrap();
        let expected = if matches!(known.measure, Measure::Count { .. }) { 3.0 * value } else { value };
        assert!(close(scaled, expected), "{}: {value} {scaled}", known.id);
    }
}

#[test]
fn a_zero_denominator_is_an_error_that_names_it() {
    for known in DEMOGRAPHIC {
        let below = match known.measure {
            Measure::Ratio { denominator, .. } => denominator,
            Measure::MedianAge { .. } => &[Part { sexes: Sexes::Both, ages: AgeRange::ALL }],
            Measure::Count { .. } => continue,
        };
        let mut counts = counts();
        for (sex, age) in (0..2).flat_map(|sex| (0..=OPEN).map(move |age| (sex, age))) {
            if below.iter().any(|&part| belongs(part, sex, age)) {
                counts[sex][usize::from(age)] = 0.0;
            }
        }
        let message = evaluate(known, &people(&counts)).unwrap_err().to_string();
        assert!(message.starts_with(known.id), "{message}");
        for part in below {
            assert!(message.contains(&part.to_string()), "{message}");
        }
    }
}

#[test]
fn formulas_say_what_is_computed() {
    assert_eq!(
        DEMOGRAPHIC_DEPENDENCY.formula(),
        "100 * (persons 0-17 + women 60+ + men 65+) / (women 18-59 + men 18-64)"
    );
    assert_eq!(POPULATION.formula(), "persons of all ages");
    assert_eq!(CARE_POTENTIAL.formula(), "100 * women 45-64 / persons 80+");
}
