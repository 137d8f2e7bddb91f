//! The same promises for the demographic indicators, age by age.

use super::*;

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

fn people_of(inputs: &[Input]) -> Vec<Part> {
    let part = |input: &Input| match input {
        Input::People(part) => *part,
        Input::Figure(figure) => panic!("{} is not counted by age", figure.name),
    };
    inputs.iter().map(part).collect()
}

fn parts(summands: &[Summand]) -> Vec<Part> {
    people_of(&summands.iter().map(|summand| summand.input).collect::<Vec<_>>())
}

#[test]
fn ranges_are_in_order_and_nobody_is_counted_twice() {
    for known in DEMOGRAPHIC {
        for part in people_of(&known.inputs()) {
            let again = AgeRange::new(part.ages.first(), part.ages.last());
            assert_eq!(again, Ok(part.ages), "{}", known.id);
        }
        let sides = match known.measure {
            Measure::Ratio { numerator, denominator, .. } => vec![parts(numerator), parts(denominator)],
            Measure::Count { of } => vec![parts(of)],
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
            Measure::Count { of } => counted(&parts(of), &counts),
            Measure::Ratio { numerator, denominator, factor } => {
                factor * counted(&parts(numerator), &counts) / counted(&parts(denominator), &counts)
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
            let related = people_of(&known.inputs()).iter().any(|&part| belongs(part, sex, age));
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
        for missing in people_of(&known.inputs()) {
            let others = people_of(&known.inputs()).into_iter().filter(|&part| part != missing);
            let others = others.map(|part| (part.sexes, part.ages, counted(&[part], &counts)));
            let lacking = AgeStructure::from_groups(others.chain([unrelated])).unwrap();
            let IndicatorError::Lacking { indicator, lacks, .. } = evaluate(known, &lacking).unwrap_err()
            else {
                panic!("{}", known.id)
            };
            assert_eq!((indicator.as_str(), lacks.len()), (known.id, 1));
            assert_eq!(lacks[0].input, missing.to_string());
            let Reason::Structure(StructureError::Lacking { sexes, ages, .. }) = lacks[0].reason else {
                panic!("{}", known.id)
            };
            assert_eq!((sexes, ages), (missing.sexes, missing.ages));
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
            Measure::Ratio { denominator, .. } => parts(denominator),
            Measure::MedianAge { .. } => vec![Part { sexes: Sexes::Both, ages: AgeRange::ALL }],
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
fn a_population_by_age_gives_the_same_by_either_way() {
    let counts = counts();
    let given = Inputs::from_structure(people(&counts));
    for known in DEMOGRAPHIC {
        let value = evaluate(known, &people(&counts)).unwrap();
        assert_eq!(compute(known, &given).unwrap().value.to_bits(), value.to_bits(), "{}", known.id);
    }
    for known in ALL.iter().filter(|known| !DEMOGRAPHIC.contains(known)) {
        let error = evaluate(known, &people(&counts)).unwrap_err();
        assert!(matches!(error, IndicatorError::Lacking { .. }), "{error}");
    }
}
