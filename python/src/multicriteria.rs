use diagnoza_core::selection::aggregate::{self as core, Comparison, ElectreThresholds, Preference, Ranking};
use diagnoza_core::selection::normalise::{self, Orientation};
use diagnoza_core::selection::smaa::{WeightDraws, WeightLaw, pairwise_winning, smaa as run_smaa};
use diagnoza_core::selection::weights::{self, Weights};
use ndarray::{Array2, ArrayView2};
use numpy::{IntoPyArray, PyArray1, PyArray2, PyReadonlyArray2, ToPyArray};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::from_str;

use crate::error::Fault;
use crate::progress::watched;

type Input<'py> = PyReadonlyArray2<'py, f64>;
type Parts<'py> = Result<Bound<'py, PyDict>, Fault>;

/// Arrays of a result by name.
fn parts<'py>(
    py: Python<'py>,
    ranking: &Ranking,
    vectors: &[(&str, &[f64])],
    matrices: &[(&str, &Array2<f64>)],
) -> Parts<'py> {
    let found = PyDict::new(py);
    let ranks: Vec<i64> = ranking.rank.iter().map(|&rank| rank as i64).collect();
    found.set_item("rank", ranks.to_pyarray(py))?;
    found.set_item("order", ranking.order.iter().map(|&i| i as i64).collect::<Vec<_>>().to_pyarray(py))?;
    vectors.iter().try_for_each(|(name, values)| found.set_item(name, values.to_pyarray(py)))?;
    matrices.iter().try_for_each(|(name, values)| found.set_item(name, values.to_pyarray(py)))?;
    Ok(found)
}

fn optional(weights: Option<Vec<f64>>) -> Result<Option<Weights>, Fault> {
    Ok(weights.map(|weights| Weights::given(&weights)).transpose()?)
}

/// Criteria on one scale; directions and method as JSON of the core's types.
#[pyfunction]
pub(crate) fn normalise_criteria<'py>(
    py: Python<'py>,
    x: Input<'py>,
    directions: &str,
    method: &str,
    constant: &str,
) -> Result<Bound<'py, PyArray2<f64>>, Fault> {
    let (x, directions, method) =
        (x.as_array().to_owned(), from_str::<Vec<_>>(directions)?, from_str(method)?);
    let constant = from_str(constant)?;
    let found = py.detach(|| normalise::normalise(x.view(), &directions, &method, constant))?;
    Ok(found.values.into_pyarray(py))
}

/// Weights from the data by `entropy`, `critic` or `std`; directions as JSON, for CRITIC alone.
#[pyfunction]
pub(crate) fn data_weights<'py>(
    py: Python<'py>,
    x: Input<'py>,
    rule: &str,
    directions: Option<&str>,
) -> Result<Bound<'py, PyArray1<f64>>, Fault> {
    let directions: Option<Vec<Orientation>> = directions.map(from_str).transpose()?;
    let x = x.as_array();
    let found = match rule {
        "entropy" => weights::entropy(x)?.weights,
        "critic" => weights::critic(x, directions.as_deref())?.weights,
        "std" => weights::standard_deviation(x)?,
        _ => return Err(Fault::word("rule", rule, &["entropy", "critic", "std"])),
    };
    Ok(found.as_slice().to_pyarray(py))
}

/// Weights, eigenvalue, consistency index, random index and consistency ratio of pairwise comparisons.
#[pyfunction]
#[allow(clippy::type_complexity, reason = "the parts of one result")]
pub(crate) fn ahp<'py>(
    py: Python<'py>,
    matrix: Input<'py>,
) -> Result<(Bound<'py, PyArray1<f64>>, f64, f64, Option<f64>, Option<f64>), Fault> {
    let found = weights::ahp(matrix.as_array())?;
    let weights = found.weights.as_slice().to_pyarray(py);
    Ok((weights, found.eigenvalue, found.consistency_index, found.random_index, found.consistency_ratio))
}

/// The weighted sum.
#[pyfunction]
pub(crate) fn weighted_sum<'py>(py: Python<'py>, x: Input<'py>, weights: Vec<f64>) -> Parts<'py> {
    let found = core::weighted_sum(x.as_array(), &Weights::given(&weights)?)?;
    parts(py, &found.ranking, &[("score", &found.score)], &[("contribution", &found.contribution)])
}

/// The weighted product.
#[pyfunction]
pub(crate) fn weighted_product<'py>(py: Python<'py>, x: Input<'py>, weights: Vec<f64>) -> Parts<'py> {
    let found = core::weighted_product(x.as_array(), &Weights::given(&weights)?)?;
    parts(py, &found.ranking, &[("score", &found.score)], &[("factor", &found.factor)])
}

/// The generalised mean.
#[pyfunction]
pub(crate) fn generalised_mean<'py>(
    py: Python<'py>,
    x: Input<'py>,
    weights: Vec<f64>,
    power: f64,
) -> Parts<'py> {
    let found = core::generalised_mean(x.as_array(), &Weights::given(&weights)?, power)?;
    parts(py, &found.ranking, &[("score", &found.score)], &[])
}

/// The sum of ranks.
#[pyfunction]
pub(crate) fn borda<'py>(
    py: Python<'py>,
    x: Input<'py>,
    directions: &str,
    weights: Option<Vec<f64>>,
    ties: &str,
) -> Parts<'py> {
    let (directions, weights) = (from_str::<Vec<_>>(directions)?, optional(weights)?);
    let found = core::borda(x.as_array(), &directions, weights.as_ref(), from_str(ties)?)?;
    let vectors = [("score", found.score.as_slice()), ("rank_sum", &found.rank_sum)];
    parts(py, &found.ranking, &vectors, &[("ranks", &found.ranks)])
}

/// Pairwise majorities.
#[pyfunction]
pub(crate) fn copeland<'py>(
    py: Python<'py>,
    x: Input<'py>,
    weights: Vec<f64>,
    directions: &str,
) -> Parts<'py> {
    let (x, weights) = (x.as_array().to_owned(), Weights::given(&weights)?);
    let directions: Vec<Orientation> = from_str(directions)?;
    let found = py.detach(|| core::copeland(x.view(), &directions, &weights))?;
    parts(py, &found.ranking, &[("score", &found.score)], &[("outranking", &found.outranking)])
}

/// Hellwig's measure of development.
#[pyfunction]
pub(crate) fn hellwig<'py>(
    py: Python<'py>,
    x: Input<'py>,
    directions: &str,
    weights: Option<Vec<f64>>,
    ddof: u8,
) -> Parts<'py> {
    let (directions, weights) = (from_str::<Vec<_>>(directions)?, optional(weights)?);
    let found = core::hellwig(x.as_array(), &directions, weights.as_ref(), ddof)?;
    let vectors =
        [("score", found.score.as_slice()), ("distance", &found.distance), ("pattern", &found.pattern)];
    let all = parts(py, &found.ranking, &vectors, &[])?;
    all.set_item("critical_distance", found.critical_distance)?;
    Ok(all)
}

/// The generalised distance measure; the scale as JSON.
#[pyfunction]
pub(crate) fn gdm<'py>(
    py: Python<'py>,
    x: Input<'py>,
    weights: Vec<f64>,
    directions: &str,
    scale: &str,
) -> Parts<'py> {
    let directions: Vec<Orientation> = from_str(directions)?;
    let found = core::gdm(x.as_array(), &Weights::given(&weights)?, &directions, from_str(scale)?)?;
    let vectors =
        [("score", found.score.as_slice()), ("distance", &found.distance), ("pattern", &found.pattern)];
    parts(py, &found.ranking, &vectors, &[])
}

/// TOPSIS; the normalisation as JSON.
#[pyfunction]
pub(crate) fn topsis<'py>(
    py: Python<'py>,
    x: Input<'py>,
    weights: Vec<f64>,
    directions: &str,
    normalisation: &str,
) -> Parts<'py> {
    let directions: Vec<Orientation> = from_str(directions)?;
    let found =
        core::topsis(x.as_array(), &Weights::given(&weights)?, &directions, &from_str(normalisation)?)?;
    let vectors = [
        ("score", found.score.as_slice()),
        ("to_ideal", &found.to_ideal),
        ("to_anti_ideal", &found.to_anti_ideal),
        ("ideal", &found.ideal),
        ("anti_ideal", &found.anti_ideal),
    ];
    parts(py, &found.ranking, &vectors, &[])
}

/// PROMETHEE II; the preference functions as JSON.
#[pyfunction]
pub(crate) fn promethee2<'py>(
    py: Python<'py>,
    x: Input<'py>,
    weights: Vec<f64>,
    directions: &str,
    preferences: &str,
) -> Parts<'py> {
    let (x, weights) = (x.as_array().to_owned(), Weights::given(&weights)?);
    let directions: Vec<Orientation> = from_str(directions)?;
    let preferences: Vec<Preference> = from_str(preferences)?;
    let found = py.detach(|| core::promethee2(x.view(), &weights, &directions, &preferences))?;
    let vectors =
        [("score", found.score.as_slice()), ("positive", &found.positive), ("negative", &found.negative)];
    parts(py, &found.ranking, &vectors, &[("by_criterion", &found.by_criterion)])
}

/// ELECTRE III; the thresholds as JSON.
#[pyfunction]
pub(crate) fn electre3<'py>(
    py: Python<'py>,
    x: Input<'py>,
    weights: Vec<f64>,
    directions: &str,
    thresholds: &str,
) -> Parts<'py> {
    let (x, weights) = (x.as_array().to_owned(), Weights::given(&weights)?);
    let directions: Vec<Orientation> = from_str(directions)?;
    let thresholds: Vec<ElectreThresholds> = from_str(thresholds)?;
    let found = py.detach(|| core::electre3(x.view(), &weights, &directions, &thresholds))?;
    let matrices = [
        ("credibility", &found.credibility),
        ("concordance", &found.concordance),
        ("discordance", &found.discordance),
    ];
    parts(py, &found.ranking, &[("score", &found.score)], &matrices)
}

/// Criteria one after another; the comparisons as JSON.
#[pyfunction]
pub(crate) fn lexicographic<'py>(
    py: Python<'py>,
    x: Input<'py>,
    directions: &str,
    comparisons: &str,
) -> Parts<'py> {
    let (directions, comparisons) =
        (from_str::<Vec<_>>(directions)?, from_str::<Vec<Comparison>>(comparisons)?);
    let found = core::lexicographic(x.as_array(), &directions, &comparisons)?;
    let all = parts(py, &found.ranking, &[("score", &found.score)], &[])?;
    all.set_item("groups", found.groups)?;
    all.set_item("decided_by", found.decided_by)?;
    Ok(all)
}

/// Where the weights of SMAA come from: a table, or a number of draws with a seed and an order.
fn draws(
    given: Option<ArrayView2<'_, f64>>,
    criteria: usize,
    (draws, seed): (usize, u64),
    at_least: Option<Vec<(usize, usize)>>,
) -> Result<WeightDraws, Fault> {
    Ok(match (given, at_least) {
        (Some(table), _) => WeightDraws::given(table)?,
        (None, Some(pairs)) => WeightDraws::ordered(criteria, draws, seed, &pairs)?,
        (None, None) => WeightDraws::uniform(criteria, draws, seed)?,
    })
}

/// Counts of ranks, central weights and the law of the weights as JSON.
#[pyfunction]
#[pyo3(signature = (x, given, drawn, at_least, progress = None))]
#[allow(clippy::type_complexity, reason = "the parts of one result")]
pub(crate) fn smaa<'py>(
    py: Python<'py>,
    x: Input<'py>,
    given: Option<Input<'py>>,
    drawn: (usize, u64),
    at_least: Option<Vec<(usize, usize)>>,
    progress: Option<Py<PyAny>>,
) -> Result<(Bound<'py, PyArray2<u32>>, Vec<Option<Vec<f64>>>, usize, String), Fault> {
    let x = x.as_array().to_owned();
    let draws = draws(given.as_ref().map(|table| table.as_array()), x.ncols(), drawn, at_least)?;
    let found = watched(py, progress, |progress| run_smaa(x.view(), &draws, progress))?;
    let law = serde_json::to_string::<WeightLaw>(&found.law)?;
    Ok((found.counts.into_pyarray(py), found.central_weights, found.draws, law))
}

/// Share of draws in which the row beats the column.
#[pyfunction]
#[pyo3(signature = (x, given, drawn, at_least, progress = None))]
pub(crate) fn smaa_pairwise<'py>(
    py: Python<'py>,
    x: Input<'py>,
    given: Option<Input<'py>>,
    drawn: (usize, u64),
    at_least: Option<Vec<(usize, usize)>>,
    progress: Option<Py<PyAny>>,
) -> Result<Bound<'py, PyArray2<f64>>, Fault> {
    let x = x.as_array().to_owned();
    let draws = draws(given.as_ref().map(|table| table.as_array()), x.ncols(), drawn, at_least)?;
    Ok(watched(py, progress, |progress| pairwise_winning(x.view(), &draws, progress))?.into_pyarray(py))
}
