//! Parts of the specification beyond one criterion: consent, offers, imputation, thresholds, two levels, nominants,
//! scores, and what is refused.

use diagnoza_core::selection::aggregate::{Comparison, ElectreThresholds, Preference};
use diagnoza_core::selection::{
    ComparedWithin, ConsentRule, ConsentSpec, GroupRule, Label, Locality, Method, Nominal, NormalisationRule,
    Note, Refusal, SecondLevel, WeightRule, WeightsSpec,
};

use crate::*;

/// Six made-up gminas in three powiats, three places.
fn six() -> (SelectionSpec, CriteriaTable) {
    let (mut spec, mut rows, columns) = small(&[("x", &[9.0, 8.0, 7.0, 6.0, 5.0, 4.0])]);
    for (i, row) in rows.iter_mut().enumerate() {
        row.code = format!("12{:02}{:02}3", 1 + i / 2, 1 + i).parse().unwrap();
    }
    quota(&mut spec, 3);
    (spec, CriteriaTable::new(rows, columns).unwrap())
}

fn numbers(selection: &Selection) -> Vec<usize> {
    let rows = selection.strata.iter().flat_map(|stratum| &stratum.rows);
    let mut chosen: Vec<usize> =
        rows.filter(|r| r.place == Place::Chosen).map(|r| r.name[1..].parse().unwrap()).collect();
    chosen.sort_unstable();
    chosen
}

fn refusal(change: impl Fn(&mut SelectionSpec)) -> String {
    let (mut spec, table) = six();
    change(&mut spec);
    match spec.check(table.frame()) {
        Err(error) => error.to_string(),
        Ok(checked) => checked.choose(&table).unwrap_err().to_string(),
    }
}

fn code(i: usize) -> Teryt {
    six().1.frame().gminas()[i].code
}

#[test]
fn consent_before_and_offers_after() {
    let (mut spec, table) = six();
    spec.consent = Some(ConsentSpec {
        rule: ConsentRule::Before,
        agreed: vec![code(0), code(3), code(4), code(5)],
        refused: Vec::new(),
    });
    let selection = run(&spec, &table);
    assert_eq!(numbers(&selection), [0, 3, 4]);
    let step = selection.funnel.iter().find(|step| step.step == Step::Consent).unwrap();
    assert_eq!((step.entered, step.left), (6, 4));

    let refused = [1, 3].map(|i| Refusal { code: code(i), date: None, reason: None });
    spec.consent =
        Some(ConsentSpec { rule: ConsentRule::Offers, agreed: Vec::new(), refused: refused.to_vec() });
    let selection = run(&spec, &table);
    // G1 refuses, G3 is next and refuses, G4 takes the place.
    assert_eq!(numbers(&selection), [0, 2, 4]);
    let offers: Vec<(usize, &str, Vec<Teryt>)> =
        selection.offers.iter().map(|o| (o.round, o.name.as_str(), o.taken_by.clone())).collect();
    assert_eq!(offers, [(1, "G1", vec![code(3)]), (2, "G3", vec![code(4)])]);
    assert_eq!(selection.strata[0].rows[1].place, Place::Refused);
    assert!(selection.explain(code(1)).unwrap().en.contains("refused an offered place"));
    // Enough refusals leave too few.
    let refused = [0, 1, 2, 3].map(|i| Refusal { code: code(i), date: None, reason: None });
    let error = refusal(|s| {
        s.consent =
            Some(ConsentSpec { rule: ConsentRule::Offers, agreed: Vec::new(), refused: refused.to_vec() });
    });
    assert!(error.contains("after the refusals"), "{error}");
}

#[test]
fn missing_values_are_imputed_by_the_rule_and_recorded() {
    let (mut spec, rows, mut columns) = small(&[("x", &[9.0, 8.0, 1.0, 2.0, 0.0])]);
    quota(&mut spec, 1);
    columns[0].cells[0] = Cell::Missing(Missing::Suppressed);
    spec.strata.by = StrataBy::Column("group".to_owned());
    spec.strata.quotas = BTreeMap::from([("g0".to_owned(), 1), ("g1".to_owned(), 1)]);
    let table = CriteriaTable::new(rows, columns).unwrap();
    // Stratum g0 is G0, G2, G4; the pool is 0, 1, 2, 8.
    for (rule, value, from) in [
        (MissingRule::StratumMedian, 0.5, 2),
        (MissingRule::StratumMean, 0.5, 2),
        (MissingRule::PoolMedian, 1.5, 4),
        (MissingRule::PoolMean, 2.75, 4),
    ] {
        spec.missing = rule;
        let selection = run(&spec, &table);
        let one = &selection.imputed[0];
        assert_eq!((one.name.as_str(), one.from, selection.imputed.len()), ("G0", from, 1));
        assert!((one.value - value).abs() < 1e-12, "{rule:?}: {}", one.value);
    }
    spec.missing = MissingRule::Refuse;
    assert!(spec.check(table.frame()).unwrap().choose(&table).is_err());
}

#[test]
fn thresholds_drop_gminas_with_the_reason() {
    let (mut spec, table) = six();
    spec.criteria[0].at_most = Some(7.0);
    let selection = run(&spec, &table);
    assert_eq!(numbers(&selection), [2, 3, 4]);
    assert_eq!(
        selection.explain(code(0)).unwrap().en.split(": ").nth(1).unwrap(),
        "not eligible",
        "{}",
        selection.explain(code(0)).unwrap().en
    );
    spec.criteria[0].at_least = Some(6.5);
    let error = spec.check(table.frame()).unwrap().choose(&table).unwrap_err();
    assert!(matches!(error, ChoiceError::QuotaAboveSupply { eligible: 1, .. }), "{error}");
}

#[test]
fn two_levels_choose_the_powiat_and_then_its_gminas() {
    let (mut spec, table) = six();
    quota(&mut spec, 2);
    spec.strata.within = Some(SecondLevel { by: StrataBy::Powiat, groups: 1, rule: GroupRule::Together });
    assert_eq!(numbers(&run(&spec, &table)), [0, 1]);
    spec.strata.within = Some(SecondLevel { by: StrataBy::Powiat, groups: 2, rule: GroupRule::Together });
    assert_eq!(numbers(&run(&spec, &table)), [0, 2]);
    // The sets of two gminas of two powiats: 15 less 3.
    assert_eq!(run(&spec, &table).choice.feasible_sets.and_then(|n| n.get()), Some(12));
    let error = refusal(|s| {
        s.strata.within = Some(SecondLevel { by: StrataBy::Powiat, groups: 4, rule: GroupRule::Together });
    });
    assert!(error.starts_with("strata.within.groups: 4"), "{error}");
}

#[test]
fn nominants_bands_and_scores_within_strata() {
    let (mut spec, table) = six();
    spec.criteria[0].direction = Direction::Nominant;
    spec.criteria[0].nominal = Some(Nominal::Value(6.0));
    assert_eq!(numbers(&run(&spec, &table)), [2, 3, 4]);

    let (mut spec, table) = six();
    spec.criteria[0].comparison = Some(Comparison::Bands { width: 100.0, from: 0.0 });
    let selection = run(&spec, &table);
    assert_eq!(selection.tied_sets.unwrap().count.get(), Some(20));

    let (mut spec, table) = six();
    spec.method.name = Method::WeightedSum;
    spec.method.normalisation = Some(NormalisationRule::ZeroUnitarisation);
    spec.method.compared_within = ComparedWithin::Stratum;
    spec.weights = Some(WeightsSpec { rule: WeightRule::Equal, matrix: None });
    let selection = run(&spec, &table);
    assert_eq!(numbers(&selection), [0, 1, 2]);
    assert!((selection.strata[0].rows[1].score - 0.8).abs() < 1e-12);
    // One criterion: every method must keep its order.
    let all = [
        Method::WeightedProduct,
        Method::WeightedMean,
        Method::Borda,
        Method::Copeland,
        Method::Hellwig,
        Method::Gdm1,
        Method::Gdm2,
        Method::Topsis,
        Method::Promethee2,
        Method::Electre3,
    ];
    for method in all {
        spec.method.name = method;
        spec.method.normalisation = method.normalises().then_some(NormalisationRule::ZeroUnitarisation);
        spec.method.power = (method == Method::WeightedMean).then_some(2.0);
        spec.method.ddof = (method == Method::Hellwig).then_some(1);
        spec.criteria[0].preference = (method == Method::Promethee2).then_some(Preference::Usual);
        let thresholds = ElectreThresholds { q: 0.0, p: 0.5, v: None };
        spec.criteria[0].thresholds = (method == Method::Electre3).then_some(thresholds);
        for rule in [WeightRule::Equal, WeightRule::Std, WeightRule::Entropy] {
            spec.weights = Some(WeightsSpec { rule, matrix: None });
            assert_eq!(numbers(&run(&spec, &table)), [0, 1, 2], "{method:?}");
        }
    }
}

#[test]
fn banded_orders_match_the_vector() {
    let Some(text) = shared("vectors/selection/lexicographic.json") else { return };
    let vector: serde_json::Value = serde_json::from_str(&text).unwrap();
    let table = vector["table"].as_array().unwrap();
    let values = |key: &str| -> Vec<f64> { table.iter().map(|row| row[key].as_f64().unwrap()).collect() };
    let (fam, per, pct) = (values("fam"), values("per"), values("pct"));
    let (mut spec, mut rows, columns) = small(&[("fam", &fam), ("per", &per), ("pct", &pct)]);
    for (row, given) in rows.iter_mut().zip(table) {
        row.name = given["name"].as_str().unwrap().to_owned();
    }
    quota(&mut spec, 1);
    spec.ties = TieRule::Report;
    spec.criteria.iter_mut().for_each(|criterion| criterion.role = Role::Primary);
    let table = CriteriaTable::new(rows, columns).unwrap();
    for (key, comparison) in [
        ("strict", None),
        ("banded_25", Some(Comparison::Bands { width: 25.0, from: 0.0 })),
        ("leader_20pct", Some(Comparison::LeaderShare { within: 0.2 })),
    ] {
        spec.criteria[0].comparison = comparison;
        let selection = run(&spec, &table);
        let names: Vec<&str> = selection.strata[0].rows.iter().map(|row| row.name.as_str()).collect();
        let expected: Vec<&str> =
            vector[key].as_array().unwrap().iter().map(|n| n.as_str().unwrap()).collect();
        assert_eq!(names, expected, "{key}");
    }
}

#[test]
fn hostile_specifications_are_refused_with_their_place() {
    type Change = fn(&mut SelectionSpec);
    let cases: [(&str, Change); 14] = [
        ("criteria: none has role", |s| s.criteria.clear()),
        ("criteria 1 (x), weight is given and not used with weights.rule", |s| {
            s.criteria[0].weight = Some(1.0)
        }),
        ("criteria 1 (x), nominal is missing", |s| s.criteria[0].direction = Direction::Nominant),
        ("criteria 1 (x), at_least: NaN", |s| s.criteria[0].at_least = Some(f64::NAN)),
        ("weights is missing: method.name = \"borda\"", |s| s.method.name = Method::Borda),
        ("method.normalisation is missing", |s| {
            s.method.name = Method::Topsis;
            s.weights = Some(WeightsSpec { rule: WeightRule::Equal, matrix: None });
        }),
        ("method.normalisation is given and not used", |s| {
            s.method.normalisation = Some(NormalisationRule::N1)
        }),
        ("method.power is given and not used", |s| s.method.power = Some(1.0)),
        ("weights is given and not used", |s| {
            s.weights = Some(WeightsSpec { rule: WeightRule::Equal, matrix: None });
        }),
        ("notes: about = \"weather\"", |s| {
            s.notes = vec![Note { about: Some("weather".to_owned()), text: Label::default() }];
        }),
        ("consent.agreed is missing", |s| {
            s.consent =
                Some(ConsentSpec { rule: ConsentRule::Before, agreed: Vec::new(), refused: Vec::new() });
        }),
        ("locality is given and not used", |s| {
            quota(s, 1);
            s.locality = Locality::Require;
        }),
        ("weights.matrix has 1 rows and a row of 2 numbers", |s| {
            s.method.name = Method::Borda;
            s.weights = Some(WeightsSpec { rule: WeightRule::Ahp, matrix: Some(vec![vec![1.0, 2.0]]) });
        }),
        ("no set of gminas meets these together", |s| {
            quota(s, 4);
            s.locality = Locality::Forbid;
        }),
    ];
    for (start, change) in cases {
        let error = refusal(change);
        assert!(error.starts_with(start), "{start}: {error}");
    }
}

#[test]
fn a_constant_criterion_decides_nothing_and_says_so() {
    let (mut spec, rows, columns) = small(&[("x", &[3.0, 3.0, 3.0]), ("y", &[1.0, 2.0, 3.0])]);
    spec.criteria.iter_mut().for_each(|criterion| criterion.role = Role::Primary);
    spec.ties = TieRule::Report;
    spec.method.name = Method::WeightedSum;
    spec.method.normalisation = Some(NormalisationRule::ZeroUnitarisation);
    spec.weights = Some(WeightsSpec { rule: WeightRule::Equal, matrix: None });
    quota(&mut spec, 1);
    let selection = run(&spec, &CriteriaTable::new(rows, columns).unwrap());
    assert_eq!(numbers(&selection), [2]);
    assert_eq!(selection.criteria.iter().map(|c| c.constant).collect::<Vec<_>>(), [true, false]);
    assert!(selection.strata[0].rows.iter().all(|row| row.score.is_finite()));
}
