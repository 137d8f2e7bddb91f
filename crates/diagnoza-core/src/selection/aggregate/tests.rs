use ndarray::{Array2, Axis, array, concatenate};
use proptest::prelude::*;

use super::*;
use crate::selection::normalise::{Constant, Formula, Normalisation, Orientation, Ties, normalise};
use crate::selection::weights::Weights;

type Scores = Result<Vec<f64>, MethodError>;

type Method = fn(&Array2<f64>, &[Orientation], &Weights) -> Scores;

/// Every method that orders raw criteria, as one function of the table, its directions and weights.
fn methods() -> Vec<(&'static str, Method)> {
    vec![
        ("weighted_sum", |x, d, w| {
            let z = normalise(x.view(), d, &Normalisation::ZeroUnitarisation, Constant::Half)?.values;
            Ok(weighted_sum(z.view(), w)?.score)
        }),
        ("weighted_product", |x, d, w| {
            let z = normalise(x.view(), d, &Normalisation::ZeroUnitarisation, Constant::Half)?.values;
            Ok(weighted_product(z.view(), w)?.score)
        }),
        ("generalised_mean", |x, d, w| {
            let z = normalise(x.view(), d, &Normalisation::ZeroUnitarisation, Constant::Half)?.values;
            Ok(generalised_mean(z.view(), w, -1.5)?.score)
        }),
        ("borda", |x, d, w| Ok(borda(x.view(), d, Some(w), Ties::Average)?.score)),
        ("copeland", |x, d, w| Ok(copeland(x.view(), d, w)?.score)),
        ("hellwig", |x, d, w| Ok(hellwig(x.view(), d, Some(w), 1)?.score)),
        ("gdm1", |x, d, w| Ok(gdm(x.view(), w, d, GdmScale::Metric { normalisation: Formula::N1 })?.score)),
        ("gdm2", |x, d, w| Ok(gdm(x.view(), w, d, GdmScale::Ordinal)?.score)),
        ("topsis", |x, d, w| Ok(topsis(x.view(), w, d, &Normalisation::Formula(Formula::N11))?.score)),
        ("promethee2", |x, d, w| {
            let preference = vec![Preference::Linear { q: 0.5, p: 2.5 }; d.len()];
            Ok(promethee2(x.view(), w, d, &preference)?.score)
        }),
        ("electre3", |x, d, w| {
            let thresholds = vec![ElectreThresholds { q: 0.5, p: 1.5, v: Some(4.0) }; d.len()];
            Ok(electre3(x.view(), w, d, &thresholds)?.score)
        }),
        (
            "lexicographic",
            |x, d, _| Ok(lexicographic(x.view(), d, &vec![Comparison::Strict; d.len()])?.score),
        ),
    ]
}

/// Methods whose scores do not change with the unit of a criterion (PROMETHEE and ELECTRE have thresholds in it).
const FREE_OF_UNITS: [&str; 10] = [
    "weighted_sum",
    "weighted_product",
    "generalised_mean",
    "borda",
    "copeland",
    "hellwig",
    "gdm1",
    "gdm2",
    "topsis",
    "lexicographic",
];

#[derive(Clone, Debug)]
struct Case {
    values: Array2<f64>,
    directions: Vec<Orientation>,
    weights: Weights,
}

fn cases() -> impl Strategy<Value = Case> {
    (1_usize..9, 1_usize..5).prop_flat_map(|(n, m)| {
        let cells = prop::collection::vec(0..6_u8, n * m);
        let directions = prop::collection::vec(any::<bool>(), m);
        let weights = prop::collection::vec(1..9_u8, m);
        (cells, directions, weights).prop_map(move |(cells, less, weights)| Case {
            values: Array2::from_shape_vec((n, m), cells.into_iter().map(f64::from).collect()).unwrap(),
            directions: less
                .into_iter()
                .map(|less| if less { Orientation::Destimulant } else { Orientation::Stimulant })
                .collect(),
            weights: Weights::given(&weights.into_iter().map(f64::from).collect::<Vec<_>>()).unwrap(),
        })
    })
}

fn near(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-9)
}

proptest! {
    #[test]
    fn scores_are_numbers_follow_a_permutation_and_treat_equals_alike(case in cases()) {
        let n = case.values.nrows();
        let reversed: Vec<usize> = (0..n).rev().collect();
        for (name, method) in methods() {
            let found = method(&case.values, &case.directions, &case.weights).unwrap();
            prop_assert!(found.iter().all(|score| score.is_finite()), "{name}");
            let turned = method(&case.values.select(Axis(0), &reversed), &case.directions, &case.weights).unwrap();
            let back: Vec<f64> = turned.iter().rev().copied().collect();
            prop_assert!(near(&found, &back), "{name}");
            for i in 0..n {
                for k in 0..i {
                    if case.values.row(i) == case.values.row(k) {
                        prop_assert_eq!(found[i].to_bits(), found[k].to_bits(), "{}", name);
                    }
                }
            }
        }
    }

    #[test]
    fn the_better_in_all_is_not_behind(case in cases()) {
        let better = |i: usize, k: usize| case.directions.iter().enumerate().all(|(j, direction)| {
            let lead = case.values[(i, j)] - case.values[(k, j)];
            if *direction == Orientation::Destimulant { lead <= 0.0 } else { lead >= 0.0 }
        });
        for (name, method) in methods() {
            // GDM compares shapes, not levels: Walesiak does not promise dominance.
            if name.starts_with("gdm") { continue }
            let found = method(&case.values, &case.directions, &case.weights).unwrap();
            for i in 0..case.values.nrows() {
                for k in 0..case.values.nrows() {
                    prop_assert!(!better(i, k) || found[i] >= found[k] - 1e-9, "{name} {i} {k} {found:?}");
                }
            }
        }
    }

    #[test]
    fn the_unit_does_not_count_where_that_is_promised(case in cases()) {
        for (name, method) in methods().into_iter().filter(|(name, _)| FREE_OF_UNITS.contains(name)) {
            let found = method(&case.values, &case.directions, &case.weights).unwrap();
            let scaled = method(&(&case.values * 1000.0), &case.directions, &case.weights).unwrap();
            prop_assert!(near(&found, &scaled), "{name}");
        }
    }

    #[test]
    fn a_constant_criterion_does_not_change_the_order(case in cases()) {
        let n = case.values.nrows();
        let values = concatenate(Axis(1), &[case.values.view(), Array2::from_elem((n, 1), 3.0).view()]).unwrap();
        let mut directions = case.directions.clone();
        directions.push(Orientation::Stimulant);
        let mut weights = case.weights.as_slice().to_vec();
        weights.push(0.5);
        let weights = Weights::given(&weights).unwrap();
        for (name, method) in methods() {
            // With thresholds of concordance a further agreement changes what a veto weighs.
            if name == "electre3" || name == "generalised_mean" { continue }
            let before = method(&case.values, &case.directions, &case.weights).unwrap();
            let after = method(&values, &directions, &weights).unwrap();
            for i in 0..n {
                for k in 0..n {
                    prop_assert!(before[i] <= before[k] + 1e-9 || after[i] > after[k] - 1e-9, "{name}");
                }
            }
        }
    }
}

#[test]
fn one_alternative_is_first_in_every_method() {
    let weights = Weights::equal(2).unwrap();
    let directions = [Orientation::Stimulant, Orientation::Nominant { low: 1.0, high: 2.0 }];
    for (name, method) in methods() {
        let score = method(&array![[3.0, 4.0]], &directions, &weights).unwrap();
        assert!(score[0].is_finite(), "{name}");
    }
}

#[test]
fn hostile_tables_are_refused_by_every_method() {
    let equal = Weights::equal(2).unwrap();
    let both = [Orientation::Stimulant; 2];
    for (name, method) in methods() {
        for wrong in [f64::NAN, f64::INFINITY] {
            let error = method(&array![[1.0, 2.0], [3.0, wrong]], &both, &equal).unwrap_err();
            assert!(
                matches!(error, MethodError::NotFinite { alternative: 1, criterion: 1, .. }),
                "{name}: {error}"
            );
        }
        assert!(
            matches!(method(&Array2::zeros((0, 2)), &both, &equal), Err(MethodError::Empty { .. })),
            "{name}"
        );
        assert!(
            matches!(method(&array![[1.0, 2.0]], &both[..1], &equal), Err(MethodError::Length { .. })),
            "{name}"
        );
        let huge = method(&array![[1e308, -1e308], [-1e308, 1e308], [0.0, 0.0]], &both, &equal);
        assert!(huge.is_err() || huge.unwrap().iter().all(|score| score.is_finite()), "{name}");
        if name != "lexicographic" {
            let other = Weights::equal(3).unwrap();
            assert!(
                matches!(method(&array![[1.0, 2.0]], &both, &other), Err(MethodError::Length { .. })),
                "{name}"
            );
        }
    }
}

#[test]
fn means_with_zeros_and_extreme_powers_are_defined() {
    let weights = Weights::given(&[0.25, 0.75, 0.0]).unwrap();
    let values = array![[4.0, 1.0, 0.0], [0.0, 1.0, 5.0], [2.0, 2.0, 9.0]];
    let of = |power| generalised_mean(values.view(), &weights, power).unwrap().score;
    assert!(near(&of(1.0), &[1.75, 0.75, 2.0]));
    assert!(near(&of(0.0), &[4.0_f64.powf(0.25), 0.0, 2.0]));
    assert!(near(&of(-1.0), &[1.0 / (0.25 / 4.0 + 0.75), 0.0, 2.0]));
    assert!(near(&of(1e-12), &of(0.0)));
    for power in [1e300, -1e300, 900.0] {
        let score = of(power);
        assert!(score.iter().all(|mean| (0.0..=4.0).contains(mean)), "{power}: {score:?}");
    }
    assert!(generalised_mean(values.view(), &weights, f64::NAN).is_err());
    let error = generalised_mean(array![[1.0, -1.0, 2.0]].view(), &weights, 1.0).unwrap_err();
    assert!(error.to_string().starts_with("alternative 0, criterion 1: -1"), "{error}");
    assert!(near(&weighted_product(values.view(), &weights).unwrap().score, &of(0.0)));
}

#[test]
fn results_survive_json() {
    fn survives<T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug>(result: &T) {
        let json = serde_json::to_string(result).unwrap();
        assert_eq!(&serde_json::from_str::<T>(&json).unwrap(), result);
    }
    let values = array![[7.0, 0.1], [8.0, 0.3], [2.0, 0.7]];
    let directions = [Orientation::Stimulant, Orientation::Nominant { low: 0.2, high: 0.3 }];
    let weights = Weights::given(&[0.1, 0.7]).unwrap();
    let (x, w, d) = (values.view(), &weights, directions.as_slice());
    survives(&weighted_sum(x, w).unwrap());
    survives(&weighted_product(x, w).unwrap());
    survives(&generalised_mean(x, w, 0.3).unwrap());
    survives(&borda(x, d, Some(w), Ties::Average).unwrap());
    survives(&copeland(x, d, w).unwrap());
    survives(&hellwig(x, d, None, 1).unwrap());
    survives(&gdm(x, w, d, GdmScale::Metric { normalisation: Formula::N12a }).unwrap());
    survives(&topsis(x, w, d, &Normalisation::Percentile { ties: Ties::Dense }).unwrap());
    survives(&promethee2(x, w, d, &[Preference::Level { q: 0.1, p: 0.2 }; 2]).unwrap());
    survives(&electre3(x, w, d, &[ElectreThresholds { q: 0.1, p: 0.2, v: None }; 2]).unwrap());
    survives(
        &lexicographic(x, d, &[Comparison::Bands { width: 0.3, from: 0.1 }, Comparison::Strict]).unwrap(),
    );
    survives(&normalise(x, d, &Normalisation::ZeroUnitarisation, Constant::Refuse).unwrap());
    let draws = crate::selection::smaa::WeightDraws::ordered(2, 50, 3, &[(1, 0)]).unwrap();
    survives(&crate::selection::smaa::smaa(x, &draws, &crate::progress::unwatched).unwrap());
    survives(&crate::selection::weights::critic(x, Some(d)).unwrap());
    survives(&crate::selection::weights::ahp(array![[1.0, 3.0], [0.333, 1.0]].view()).unwrap());
}

#[test]
fn weights_in_decimals_do_not_break_a_tie_of_majorities() {
    // 0.1 + 0.2 against 0.3.
    let values = array![[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    let weights = Weights::given(&[0.1, 0.2, 0.3]).unwrap();
    let found = copeland(values.view(), &[Orientation::Stimulant; 3], &weights).unwrap();
    assert_eq!((found.score, found.wins, found.ranking.rank), (vec![0.0, 0.0], vec![0, 0], vec![1.0, 1.0]));
}

#[test]
fn equals_are_at_the_pattern_of_hellwig_and_between_the_ideals_of_topsis() {
    let same = array![[2.0, 5.0], [2.0, 5.0]];
    let directions = [Orientation::Stimulant, Orientation::Destimulant];
    let found = hellwig(same.view(), &directions, None, 1).unwrap();
    assert_eq!((found.score, found.critical_distance), (vec![1.0, 1.0], 0.0));
    let equal = Weights::equal(2).unwrap();
    let found = topsis(same.view(), &equal, &directions, &Normalisation::ZeroUnitarisation).unwrap();
    assert_eq!(found.score, [0.5, 0.5]);
    assert!(hellwig(same.view(), &directions, None, 2).is_err());
}
