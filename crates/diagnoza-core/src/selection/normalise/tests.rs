use ndarray::{Array2, Axis, array};
use proptest::prelude::*;

use super::*;

const FORMULAS: [Formula; 18] = [
    Formula::N1,
    Formula::N2,
    Formula::N3,
    Formula::N3a,
    Formula::N4,
    Formula::N5,
    Formula::N5a,
    Formula::N6,
    Formula::N6a,
    Formula::N7,
    Formula::N8,
    Formula::N9,
    Formula::N9a,
    Formula::N10,
    Formula::N11,
    Formula::N12,
    Formula::N12a,
    Formula::N13,
];

fn methods() -> Vec<Normalisation> {
    let ties = Ties::Average;
    let mut all: Vec<_> = FORMULAS.into_iter().map(Normalisation::Formula).collect();
    all.extend([
        Normalisation::ZeroUnitarisation,
        Normalisation::Rank { ties },
        Normalisation::Percentile { ties },
    ]);
    all
}

#[test]
fn methods_are_words_in_json() {
    let words: Vec<String> = methods().iter().map(|method| serde_json::to_string(method).unwrap()).collect();
    assert_eq!(words[3], "\"n3a\"");
    assert_eq!(words[16], "\"n12a\"");
    assert_eq!(words[18], "\"zero_unitarisation\"");
    assert_eq!(words[19], r#"{"rank":{"ties":"average"}}"#);
    for (word, method) in words.iter().zip(methods()) {
        assert_eq!(serde_json::from_str::<Normalisation>(word).unwrap(), method);
    }
}

#[test]
fn goalposts_do_not_depend_on_who_is_compared() {
    let posts = vec![Goalposts { low: 0.0, high: 10.0 }, Goalposts { low: 0.0, high: 4.0 }];
    let directions = [Orientation::Stimulant, Orientation::Destimulant];
    let values = array![[5.0, 1.0], [12.0, 5.0]];
    let at = |clip| Normalisation::Goalposts { posts: posts.clone(), clip };
    let found = normalise(values.view(), &directions, &at(false), Constant::Zero).unwrap();
    assert_eq!(found.values, array![[0.5, 0.75], [1.2, -0.25]]);
    let found = normalise(values.view(), &directions, &at(true), Constant::Zero).unwrap();
    assert_eq!(found.values, array![[0.5, 0.75], [1.0, 0.0]]);
    let wrong = Normalisation::Goalposts { posts: vec![Goalposts { low: 1.0, high: 1.0 }; 2], clip: true };
    let error = normalise(values.view(), &directions, &wrong, Constant::Zero).unwrap_err();
    assert!(error.to_string().contains("upper goalpost is 1"), "{error}");
    let nominant = [Orientation::Nominant { low: 1.0, high: 2.0 }, Orientation::Stimulant];
    assert!(matches!(
        normalise(values.view(), &nominant, &at(true), Constant::Zero),
        Err(MethodError::Nominant { criterion: 0, .. })
    ));
}

#[test]
fn one_alternative_and_no_alternatives() {
    for method in methods() {
        let one =
            normalise(array![[3.0]].view(), &[Orientation::Stimulant], &method, Constant::Half).unwrap();
        assert!(one.values[(0, 0)].is_finite(), "{method:?}");
        assert_eq!(one.constants, [0]);
        let none = Array2::zeros((0, 1));
        let error = normalise(none.view(), &[Orientation::Stimulant], &method, Constant::Half).unwrap_err();
        assert_eq!(error, MethodError::Empty { alternatives: 0, criteria: 1 });
    }
}

fn tables() -> impl Strategy<Value = Array2<f64>> {
    (1_usize..9, 1_usize..4).prop_flat_map(|(rows, columns)| {
        // Whole numbers from a small range: ties and zeros are common.
        prop::collection::vec(0..7_i32, rows * columns).prop_map(move |cells| {
            Array2::from_shape_vec((rows, columns), cells.into_iter().map(f64::from).collect()).unwrap()
        })
    })
}

proptest! {
    #[test]
    fn results_are_numbers_keep_the_order_and_follow_a_permutation(values in tables(), less in any::<bool>()) {
        let (n, m) = values.dim();
        let direction = if less { Orientation::Destimulant } else { Orientation::Stimulant };
        let directions = vec![direction; m];
        let reversed: Vec<usize> = (0..n).rev().collect();
        for method in methods() {
            let found = normalise(values.view(), &directions, &method, Constant::Zero);
            let turned = normalise(values.select(Axis(0), &reversed).view(), &directions, &method, Constant::Zero);
            let Ok(found) = found else {
                prop_assert!(turned.is_err());
                continue;
            };
            prop_assert_eq!(found.values.select(Axis(0), &reversed), turned.unwrap().values);
            for ((alternative, criterion), &z) in found.values.indexed_iter() {
                prop_assert!(z.is_finite());
                for other in 0..n {
                    let raw = values[(alternative, criterion)] - values[(other, criterion)];
                    let better = if less { -raw } else { raw };
                    let ahead = z - found.values[(other, criterion)];
                    prop_assert!(better * ahead >= 0.0, "{method:?}");
                    prop_assert!(better.abs() > 0.0 || ahead.abs() <= 0.0, "{method:?}");
                    let constant = found.constants.contains(&criterion);
                    prop_assert!(constant || better.abs() <= 0.0 || ahead.abs() > 0.0, "{method:?}");
                }
            }
        }
    }

    #[test]
    fn another_unit_changes_nothing_and_a_shift_changes_quotients_only(values in tables()) {
        let directions = vec![Orientation::Stimulant; values.ncols()];
        for method in methods() {
            let Ok(found) = normalise(values.view(), &directions, &method, Constant::Zero) else { continue };
            let scaled = normalise((&values * 8.0).view(), &directions, &method, Constant::Zero).unwrap();
            let shifted = normalise((&values + 16.0).view(), &directions, &method, Constant::Zero);
            for (at, &z) in found.values.indexed_iter() {
                prop_assert!((z - scaled.values[at]).abs() < 1e-12, "{method:?}");
            }
            let quotient = matches!(method, Normalisation::Formula(f) if f.turning() == Turning::Quotient);
            let Ok(shifted) = shifted else { continue };
            let same = found.values.iter().zip(&shifted.values).all(|(a, b)| (a - b).abs() < 1e-12);
            prop_assert!(quotient || same, "{method:?}");
        }
    }
}
