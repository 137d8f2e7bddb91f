//! Normalisations, weights, aggregation and SMAA on ten housing indicators of the voivodeships, 2007, against
//! independent tools (`shared/vectors/selection`): 1e-9 for numbers, exact for ranks, counts and orders.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use diagnoza_core::progress::unwatched;
use diagnoza_core::selection::aggregate::{
    Comparison, Preference, borda, copeland, generalised_mean, hellwig, lexicographic, promethee2, topsis,
    weighted_product, weighted_sum,
};
use diagnoza_core::selection::normalise::{Constant, Formula, Normalisation, Orientation, Ties, normalise};
use diagnoza_core::selection::smaa::{WeightDraws, pairwise_winning, smaa};
use diagnoza_core::selection::weights::{Weights, critic, entropy, standard_deviation};
use diagnoza_tests::shared;
use ndarray::{Array2, ArrayView2};
use serde_json::Value;

fn read(file: &str) -> Option<Value> {
    let path = shared(&format!("vectors/selection/{file}"))?;
    Some(serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
}

fn list(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|cell| cell.as_f64().unwrap()).collect()
}

fn matrix(value: &Value) -> Array2<f64> {
    let rows: Vec<Vec<f64>> = value.as_array().unwrap().iter().map(list).collect();
    let cells: Vec<f64> = rows.concat();
    Array2::from_shape_vec((rows.len(), rows[0].len()), cells).unwrap()
}

fn weights(value: &Value) -> Weights {
    Weights::given(&list(&value["weights"])).unwrap()
}

struct Housing {
    values: Array2<f64>,
    directions: Vec<Orientation>,
}

fn housing() -> Option<Housing> {
    let input = read("r/polish_housing_2007_input.json")?;
    let direction = |word: &Value| {
        let stimulant = word == "s";
        assert!(stimulant || word == "d", "{word}");
        if stimulant { Orientation::Stimulant } else { Orientation::Destimulant }
    };
    let directions = input["perf"].as_array().unwrap().iter().map(direction).collect();
    Some(Housing { values: matrix(&input["X"]), directions })
}

impl Housing {
    fn stimulants(&self) -> Vec<Orientation> {
        vec![Orientation::Stimulant; self.directions.len()]
    }

    fn normalised(&self, directions: &[Orientation], method: &Normalisation) -> Array2<f64> {
        normalise(self.values.view(), directions, method, Constant::Refuse).unwrap().values
    }
}

#[track_caller]
fn near(what: &str, got: &[f64], expected: &Value) {
    let expected = list(expected);
    assert_eq!(got.len(), expected.len(), "{what}");
    for (place, (got, expected)) in got.iter().zip(expected).enumerate() {
        let scale = f64::max(1.0, f64::abs(expected));
        assert!((got - expected).abs() < 1e-9 * scale, "{what} {place}: {got} {expected}");
    }
}

#[track_caller]
fn near_matrix(what: &str, got: ArrayView2<'_, f64>, expected: &Value) {
    let rows = expected.as_array().unwrap();
    assert_eq!(got.nrows(), rows.len(), "{what}");
    for (row, (got, expected)) in got.rows().into_iter().zip(rows).enumerate() {
        near(&format!("{what} row {row}"), &got.to_vec(), expected);
    }
}

#[test]
fn normalisations_of_cluster_sim() {
    let (Some(housing), Some(expected)) = (housing(), read("normalizations.json")) else { return };
    let expected = expected["expected"].as_object().unwrap();
    for (name, table) in expected {
        let formula: Formula = serde_json::from_value(Value::String(name.clone())).unwrap();
        let found = housing.normalised(&housing.stimulants(), &Normalisation::Formula(formula));
        near_matrix(name, found.view(), table);
    }
    assert_eq!(expected.len(), 18);
}

#[test]
fn zero_unitarisation_and_weighted_sums() {
    let (Some(housing), Some(expected)) = (housing(), read("zero_unitarisation.json")) else { return };
    let unitarised = housing.normalised(&housing.directions, &Normalisation::ZeroUnitarisation);
    near_matrix("zero unitarisation", unitarised.view(), &expected["expected"]);
    let equal = Weights::equal(10).unwrap();
    let found = weighted_sum(unitarised.view(), &equal).unwrap();
    near("equal weights", &found.score, &expected["Q_equal_weights"]);

    let expected = read("wsm_wpm.json").unwrap();
    let weights = weights(&expected);
    let found = weighted_sum(unitarised.view(), &weights).unwrap();
    near("unitarised", &found.score, &expected["wsm_zero_unitarised"]);
    // x / max of a stimulant, min / x of a destimulant.
    let linear = housing.normalised(&housing.directions, &Normalisation::Formula(Formula::N8));
    near("linear", &weighted_sum(linear.view(), &weights).unwrap().score, &expected["wsm_linear"]);
    near("product", &weighted_product(linear.view(), &weights).unwrap().score, &expected["wpm_linear"]);
}

#[test]
fn weights_from_the_data() {
    let (Some(housing), Some(expected)) = (housing(), read("weights.json")) else { return };
    let values = housing.values.view();
    near("entropy", entropy(values).unwrap().weights.as_slice(), &expected["entropy"]);
    near("std", standard_deviation(values).unwrap().as_slice(), &expected["std"]);
    let oriented = critic(values, Some(&housing.directions)).unwrap();
    near("critic oriented", oriented.weights.as_slice(), &expected["critic_oriented"]);
    let unoriented = critic(values, None).unwrap();
    near("critic", unoriented.weights.as_slice(), &expected["critic_unoriented"]);
    assert!(oriented.oriented && !unoriented.oriented);
}

#[test]
fn hellwig_with_both_divisors() {
    let (Some(housing), Some(expected)) = (housing(), read("hellwig.json")) else { return };
    for (ddof, name) in [(0, "ddof0"), (1, "ddof1")] {
        let found = hellwig(housing.values.view(), &housing.directions, None, ddof).unwrap();
        let expected = &expected[name];
        near(name, &found.score, &expected["score"]);
        near(name, &found.distance, &expected["d"]);
        assert!((found.critical_distance - expected["d0"].as_f64().unwrap()).abs() < 1e-9);
        if ddof == 1 {
            assert_eq!(found.ranking.rank, list(&expected["rank"]));
        }
    }
}

#[test]
fn topsis_with_both_normalisations() {
    let (Some(housing), Some(expected)) = (housing(), read("topsis.json")) else { return };
    let weights = weights(&expected);
    for (name, normalisation) in
        [("vector", Normalisation::Formula(Formula::N11)), ("minmax", Normalisation::ZeroUnitarisation)]
    {
        let found = topsis(housing.values.view(), &weights, &housing.directions, &normalisation).unwrap();
        near(name, &found.score, &expected[name]);
    }
}

#[test]
fn promethee2_with_six_functions() {
    let (Some(housing), Some(expected)) = (housing(), read("promethee2.json")) else { return };
    let weights = weights(&expected);
    let [q, p, s] = ["q", "p", "s"].map(|name| list(&expected[name]));
    let flows = expected["flows"].as_object().unwrap();
    for (name, flows) in flows {
        let preference = |j: usize| match name.as_str() {
            "usual" => Preference::Usual,
            "ushape" => Preference::UShape { q: q[j] },
            "vshape" => Preference::VShape { p: p[j] },
            "level" => Preference::Level { q: q[j], p: p[j] },
            "vshape2" => Preference::Linear { q: q[j], p: p[j] },
            "gaussian" => Preference::Gaussian { s: s[j] },
            other => panic!("{other}"),
        };
        let preferences: Vec<Preference> = (0..q.len()).map(preference).collect();
        let found = promethee2(housing.values.view(), &weights, &housing.directions, &preferences).unwrap();
        near(name, &found.positive, &flows["pos"]);
        near(name, &found.negative, &flows["neg"]);
        near(name, &found.score, &flows["net"]);
    }
    assert_eq!(flows.len(), 6);
}

#[test]
fn means_majorities_and_rank_sums() {
    let Some(expected) = read("aggregations.json") else { return };
    let values = matrix(&expected["MM"]);
    let weights = weights(&expected);
    for (name, power) in [("amean", 1.0), ("gmean", 0.0), ("hmean", -1.0), ("genmean_p_minus2", -2.0)] {
        let found = generalised_mean(values.view(), &weights, power).unwrap();
        near(name, &found.score, &expected[name]);
    }
    near("product", &weighted_product(values.view(), &weights).unwrap().score, &expected["gmean"]);
    let stimulants = vec![Orientation::Stimulant; values.ncols()];
    let found = copeland(values.view(), &stimulants, &weights).unwrap();
    near_matrix("outranking", found.outranking.view(), &expected["outrank"]);
    assert_eq!(found.score, list(&expected["copeland_weighted"]));
    let found = copeland(values.view(), &stimulants, &Weights::equal(values.ncols()).unwrap()).unwrap();
    assert_eq!(found.score, list(&expected["copeland_equal"]));
    let found = borda(values.view(), &stimulants, None, Ties::Average).unwrap();
    assert_eq!(found.rank_sum, list(&expected["borda_ranksum_avg_ties"]));
}

#[test]
fn lexicographic_strict_banded_and_by_the_leader() {
    let Some(expected) = read("lexicographic.json") else { return };
    let table = expected["table"].as_array().unwrap();
    let values = Array2::from_shape_fn((table.len(), 3), |(row, column)| {
        table[row][["fam", "per", "pct"][column]].as_f64().unwrap()
    });
    let rest = [Comparison::Strict; 2];
    for (name, first) in [
        ("strict", Comparison::Strict),
        ("banded_25", Comparison::Bands { width: 25.0, from: 0.0 }),
        ("leader_20pct", Comparison::LeaderShare { within: 0.2 }),
    ] {
        let comparisons = [[first].as_slice(), rest.as_slice()].concat();
        let found = lexicographic(values.view(), &[Orientation::Stimulant; 3], &comparisons).unwrap();
        let names: Vec<&str> =
            found.ranking.order.iter().map(|&row| table[row]["name"].as_str().unwrap()).collect();
        let expected: Vec<&str> =
            expected[name].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        assert_eq!(names, expected, "{name}");
        assert!(found.groups.contains(&vec![0, 3]), "{name}: A and D are equal in everything");
    }
}

#[test]
fn smaa_on_given_weights() {
    let (Some(expected), Some(input)) = (read("smaa.json"), read("r/smaa_polish_housing.json")) else {
        return;
    };
    let values = matrix(&input["U"]);
    let text =
        std::fs::read_to_string(shared("vectors/selection/r/smaa_weights_2000x10.csv").unwrap()).unwrap();
    let rows = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
    let cells: Vec<f64> = rows.flat_map(|line| line.split(',').map(|cell| cell.parse().unwrap())).collect();
    let weights = Array2::from_shape_vec((cells.len() / 10, 10), cells).unwrap();
    assert_eq!(weights.nrows(), 2_000);
    let draws = WeightDraws::given(weights.view()).unwrap();
    let found = smaa(values.view(), &draws, &unwatched).unwrap();
    near_matrix("acceptability", found.rank_acceptability().view(), &expected["rank_acceptability"]);
    near_matrix(
        "pairwise",
        pairwise_winning(values.view(), &draws, &unwatched).unwrap().view(),
        &expected["pairwise_winning"],
    );
    for (central, expected) in
        found.central_weights.iter().zip(expected["central_weights"].as_array().unwrap())
    {
        match central {
            Some(central) => near("central weights", central, expected),
            None => assert!(expected.as_array().unwrap().iter().all(Value::is_null)),
        }
    }
}
