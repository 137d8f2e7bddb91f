use super::*;
use crate::selection::example::{criterion, rows, spec};
use crate::selection::{Criterion, Measure, TieRule};
use crate::selection::{Denominator, Exclusion, Label, Published, Role, StrataBy};

fn refusal(change: impl Fn(&mut SelectionSpec)) -> String {
    let mut spec = spec();
    assert!(spec.check(&Frame::new(rows()).unwrap()).is_ok());
    change(&mut spec);
    spec.check(&Frame::new(rows()).unwrap()).unwrap_err().to_string()
}

fn secondary(variable: &str) -> Criterion {
    Criterion { role: Role::Secondary, ..criterion(variable) }
}

fn label() -> Label {
    Label { pl: "powód".to_owned(), en: "reason".to_owned() }
}

#[test]
fn quotas_that_contradict_the_strata_are_refused() {
    let error = refusal(|s| {
        s.strata.quotas.insert("PL623".to_owned(), 3);
    });
    assert!(error.contains("'PL623' has quota 3 and supply 2"), "{error}");
    let error = refusal(|s| {
        s.strata.quotas.insert("PL621".to_owned(), 0);
    });
    assert!(error.contains("no gmina lies in stratum 'PL621'"), "{error}");
    let error = refusal(|s| {
        s.strata.quotas.remove("PL623");
    });
    assert!(error.contains("'PL623' has 2 eligible gminas and no quota"), "{error}");
    let error = refusal(|s| s.strata.quotas.values_mut().for_each(|quota| *quota = 0));
    assert!(error.contains("add up to 0"), "{error}");
    let error = refusal(|s| s.strata.by = StrataBy::Column("zone".to_owned()));
    assert!(error.contains("zone") && error.contains("2808043"), "{error}");
    // Three quotas that do not fit a machine word together.
    let error = refusal(|s| {
        s.strata.by = StrataBy::Kind;
        s.strata.quotas = ["a", "b", "c"].map(|k| (k.to_owned(), usize::MAX)).into();
    });
    assert!(error.contains("stratum 'a'"), "{error}");
}

#[test]
fn gminas_that_are_not_there_or_there_twice_are_refused() {
    let exclusion = |code: &str| Exclusion { code: code.parse().unwrap(), reason: label() };
    let error = refusal(|s| s.eligibility.exclude = vec![exclusion("2801043")]);
    assert_eq!(error, "eligibility.exclude: 2801043 is not among the 5 gminas of the frame");
    let error = refusal(|s| s.eligibility.exclude = vec![exclusion("2816033"), exclusion("2816032")]);
    assert_eq!(error, "eligibility.exclude: 2816032 is there twice");
    let published =
        Published { chosen: vec!["2801043".parse().unwrap()], source: Label::default(), note: label() };
    let error = refusal(|s| s.published = Some(published.clone()));
    assert!(error.starts_with("published.chosen: 2801043"), "{error}");
    let error = refusal(|s| s.frame.voivodeship = "2816".parse().unwrap());
    assert!(error.starts_with("frame.voivodeship: 2816"), "{error}");
    let error = refusal(|s| s.eligibility.kinds = vec![GminaKind::Town]);
    assert!(error.contains("town is a part of a gmina"), "{error}");
    assert!(refusal(|s| s.eligibility.kinds.clear()).contains("kinds is empty"));
}

#[test]
fn criteria_that_contradict_each_other_are_refused() {
    let error = refusal(|s| s.criteria[0].measure = Measure::Rate);
    assert!(error.starts_with("criteria 1 (x): x is a rate and needs a denominator"), "{error}");
    let per = |factor| {
        Some(Denominator {
            variable: "population".to_owned(),
            year: criterion("x").year,
            unit: "persons".to_owned(),
            factor,
        })
    };
    let error = refusal(|s| s.criteria[0].denominator = per(10_000.0));
    assert!(error.contains("only measure = \"rate\" uses"), "{error}");
    for factor in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let error = refusal(|s| {
            s.criteria[0].measure = Measure::Rate;
            s.criteria[0].denominator = per(factor);
        });
        assert!(error.starts_with("criteria 1 (x).denominator.factor"), "{error}");
    }
    let error = refusal(|s| {
        s.ties = TieRule::NextCriterion;
        s.criteria.extend([secondary("y"), secondary("x")]);
    });
    assert!(error.starts_with("criteria 3 (x): x of 2016 is already"), "{error}");
    assert!(refusal(|s| s.criteria.push(secondary("y"))).contains("never uses the 1 secondary criteria"));
    assert!(refusal(|s| s.ties = TieRule::NextCriterion).contains("needs at least one"));
}
