"""Multi-criteria methods on arrays: against independent tools where the vectors are there, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import diagnoza as dg
from diagnoza.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

VECTORS = Path(__file__).parents[3] / "shared" / "vectors" / "selection"


def vector(name: str) -> dict[str, Any]:
    path = VECTORS / name
    if not path.exists():
        pytest.skip(f"no {path} beside the project")
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def housing() -> tuple[np.ndarray, list[str]]:
    found = vector("r/polish_housing_2007_input.json")
    return np.array(found["X"]), found["perf"]


def near(found: np.ndarray, expected: object) -> None:
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9)


TABLE = np.array([[7.0, 3.0], [8.0, 1.0], [2.0, 3.0]])


def test_normalisations_match_cluster_sim() -> None:
    x, perf = housing()
    for method, expected in vector("normalizations.json")["expected"].items():
        near(dg.normalise(x, method=method), expected)
        near(dg.normalise(x[:, 0], method=method), np.array(expected)[:, 0])
    near(dg.normalise(x, method="zero_unitarisation", direction=perf), vector("zero_unitarisation.json")["expected"])


def test_weights_match() -> None:
    x, perf = housing()
    expected = vector("weights.json")
    near(dg.entropy_weights(x), expected["entropy"])
    near(dg.std_weights(x), expected["std"])
    near(dg.critic_weights(x, perf), expected["critic_oriented"])
    near(dg.critic_weights(x), expected["critic_unoriented"])


def test_scores_match() -> None:
    x, perf = housing()
    for ddof in (0, 1):
        found, expected = dg.hellwig(x, perf, ddof=ddof), vector("hellwig.json")[f"ddof{ddof}"]
        near(found.score, expected["score"])
        near(found.distance, expected["d"])
        near(found.critical_distance, expected["d0"])
    assert found.rank.tolist() == expected["rank"]
    topsis = vector("topsis.json")
    for normalisation in ("vector", "minmax"):
        near(dg.topsis(x, topsis["weights"], perf, normalisation=normalisation).score, topsis[normalisation])
    sums = vector("wsm_wpm.json")
    linear = dg.normalise(x, method="linear", direction=perf)
    near(dg.weighted_sum(linear, sums["weights"]).score, sums["wsm_linear"])
    near(dg.weighted_product(linear, sums["weights"]).score, sums["wpm_linear"])


def test_promethee2_matches_with_six_functions() -> None:
    x, perf = housing()
    expected = vector("promethee2.json")
    thresholds = {name: expected[name] for name in "qps"}
    for name, flows in expected["flows"].items():
        found = dg.promethee2(x, expected["weights"], perf, preference=name, **thresholds)
        near(found.score, flows["net"])
        near(found.net, flows["net"])
        near(found.positive, flows["pos"])
        near(found.negative, flows["neg"])


def test_aggregations_match() -> None:
    expected = vector("aggregations.json")
    x, weights = np.array(expected["MM"]), expected["weights"]
    for name, power in (("amean", 1), ("gmean", 0), ("hmean", -1), ("genmean_p_minus2", -2)):
        near(dg.generalised_mean(x, weights, power=power).score, expected[name])
    copeland = dg.copeland(x, weights, "stimulant")
    near(copeland.outranking, expected["outrank"])
    assert copeland.score.tolist() == expected["copeland_weighted"]
    assert dg.copeland(x, "equal", "stimulant").score.tolist() == expected["copeland_equal"]
    assert dg.borda(x, "stimulant").rank_sum.tolist() == expected["borda_ranksum_avg_ties"]


def test_smaa_matches_on_given_weights() -> None:
    expected = vector("smaa.json")
    x = np.array(vector("r/smaa_polish_housing.json")["U"])
    lines = (VECTORS / "r/smaa_weights_2000x10.csv").read_text().splitlines()
    draws = np.array([line.split(",") for line in lines if line[0].isdigit()], dtype=float)
    found = dg.smaa(x, draws)
    near(found.rank_acceptability, expected["rank_acceptability"])
    near(found.pairwise_winning, expected["pairwise_winning"])
    central = np.array(expected["central_weights"], dtype=float)
    assert (np.ma.getmaskarray(found.central_weights) == np.isnan(central)).all()
    near(found.central_weights.filled(0), np.nan_to_num(central))
    assert (found.draws, found.law) == (2000, {"given": {}})


def test_lexicographic_orders_match() -> None:
    expected = vector("lexicographic.json")
    x = [[row["fam"], row["per"], row["pct"]] for row in expected["table"]]
    names = [row["name"] for row in expected["table"]]
    for name, first in (("strict", "strict"), ("banded_25", ("bands", 25)), ("leader_20pct", ("leader_share", 0.2))):
        found = dg.lexicographic(x, "stimulant", compare=[first, "strict", "strict"])
        assert [names[i] for i in found.order] == expected[name]
        assert [0, 3] in found.groups


def test_drawn_weights_follow_seed_and_order() -> None:
    x = np.eye(3)
    first, again, other = (dg.smaa(x, draws=2000, seed=seed) for seed in (1, 1, 2))
    assert (first.counts == again.counts).all() and (first.counts != other.counts).any()
    assert (abs(first.rank_acceptability - 1 / 3) < 5 * first.standard_error).all()
    ordered = dg.smaa(x, draws=500, order=[(2, 0), (0, 1)])
    assert ordered.mean_rank.tolist() == [2, 3, 1]
    assert ordered.pairwise_winning[2].tolist() == [1, 1, 0]
    assert ordered.law["ordered"]["at_least"] == [[2, 0], [0, 1]]
    assert ordered.central_weights.mask[0].all() and not ordered.central_weights.mask[2].any()


def test_ahp_says_how_consistent_it_is() -> None:
    found = dg.ahp([[1, 3, 5], [1 / 3, 1, 2], [1 / 5, 1 / 2, 1]])
    assert found.weights.sum() == pytest.approx(1) and found.random_index == 0.58
    assert found.consistency_ratio == pytest.approx(found.consistency_index / 0.58)
    assert 0 < found.consistency_ratio < 0.01


def test_nominants_ties_and_constants() -> None:
    x = [2.0, 4.0, 5.0, 8.0]
    found = dg.normalise(x, method="zero_unitarisation", direction=("nominant", 4, 5))
    assert found.tolist() == [0, 1, 1, 0]
    assert dg.normalise(x, method="zero_unitarisation", direction=("nominant", 5))[2] == 1
    assert dg.normalise([1, 1, 3], method="rank").tolist() == [1.5, 1.5, 3]
    assert dg.normalise([1, 1, 3], method="percentile", ties="competition").tolist() == [0, 0, 1]
    assert dg.normalise([7, 7], method="n1", constant="half").tolist() == [0.5, 0.5]
    assert dg.normalise([5, 20], method="goalposts", goalposts=(0, 10)).tolist() == [0.5, 1]
    found = dg.normalise(TABLE, method="goalposts", goalposts=[(0, 10), (0, 4)], direction=["s", "d"], clip=False)
    assert found.tolist() == [[0.7, 0.25], [0.8, 0.75], [0.2, 0.25]]


def test_every_method_gives_scores_and_a_frame() -> None:
    equal, both = "equal", ["stimulant", "destimulant"]
    unit = dg.normalise(TABLE, direction=both)
    for found in (
        dg.weighted_sum(unit, equal),
        dg.weighted_product(unit, equal),
        dg.generalised_mean(unit, [2, 1], power=0.5),
        dg.borda(TABLE, both, weights=[1, 2]),
        dg.copeland(TABLE, equal, both),
        dg.hellwig(TABLE, both),
        dg.gdm(TABLE, equal, both),
        dg.gdm(TABLE, equal, both, scale="ordinal"),
        dg.topsis(TABLE, equal, both),
        dg.promethee2(TABLE, equal, both, preference=["linear", "gaussian"], q=0.5, p=2, s=1),
        dg.electre3(TABLE, equal, both, q=0.5, p=[1, 2], v=[None, 5]),
        dg.lexicographic(TABLE, both),
    ):
        assert found.order[0] == 1 and found.rank[1] == 1, found
        assert np.isfinite(found.score).all() and found.rank.dtype == np.int64
        frame = found.frame(["Pisz", "Orzysz", "Ruciane-Nida"])
        assert frame.columns == ["rank", "alternative", "score"]
        assert frame["alternative"][0] == "Orzysz"
        assert "Orzysz" not in found._repr_html_()
    assert found.decided_by == [0, None, 0]
    assert "decided_by" in dir(found)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: dg.normalise(TABLE, method="n14"), "method='n14' is not known: expected one of n0, n1"),
        (lambda: dg.normalise(TABLE, direction=["s", "x"]), "direction 'x' is not known: expected 'stimulant'"),
        (lambda: dg.normalise(TABLE, direction=["s"]), "directions has 1 values: expected 2"),
        (lambda: dg.normalise(TABLE, method="goalposts"), "needs goalposts"),
        (lambda: dg.normalise([1, float("nan")]), "alternative 1, criterion 0: NaN is not a finite number"),
        (lambda: dg.normalise([5, 5], method="n1", constant="refuse"), "criterion 0 is 5 for every alternative"),
        (lambda: dg.normalise([[0.0], [1.0]], method="n8", direction="d"), "alternative 0, criterion 0: 0; a quotient"),
        (lambda: dg.normalise([["Pisz"]]), "x: expected numbers"),
        (lambda: dg.topsis(TABLE, [1, -1], "s"), "weight of criterion 1 is -1"),
        (lambda: dg.topsis(TABLE, [1, 1, 1], "s"), "weights has 3 values: expected 2"),
        (lambda: dg.topsis(TABLE, "entropy", "s"), "weights='entropy' is not known: expected one of equal"),
        (lambda: dg.hellwig(TABLE, "s", ddof=2), "ddof is 2"),
        (lambda: dg.promethee2(TABLE, "equal", "s", preference="linear", q=1), "of criterion 0 needs p"),
        (lambda: dg.promethee2(TABLE, "equal", "s", preference="v", p=1), "expected one of usual, u_shape"),
        (lambda: dg.promethee2(TABLE, "equal", "s", preference="u_shape", q=[1]), "q has 1 values: expected 2"),
        (lambda: dg.electre3(TABLE, "equal", "s", q=1, p=0.5), "preference threshold p is 0.5"),
        (lambda: dg.lexicographic(TABLE, "s", compare=("bands",)), "expected 1 or 2 numbers after 'bands'"),
        (lambda: dg.lexicographic(TABLE, "s", compare=["strict"]), "comparisons has 1 values: expected 2"),
        (lambda: dg.smaa(TABLE, [[0.5, 0.5], [1, -1]]), "draw 1, criterion 1: weight -1"),
        (lambda: dg.smaa(TABLE, order=[(0, 1), (1, 0)]), "order of the weights is a circle"),
        (lambda: dg.smaa(TABLE, [[1, 1]], order=[(0, 1)]), "not both"),
        (lambda: dg.ahp([[1, 3], [3, 1]]), "comparison of criterion 1 with criterion 0 is 3: expected 0.333"),
        (lambda: dg.critic_weights([[1.0, 2.0]]), "CRITIC needs 2 alternatives or more, not 1"),
        (lambda: dg.entropy_weights([[1.0], [-2.0]]), "alternative 1, criterion 0: -2; entropy"),
        (lambda: dg.borda(TABLE, "s").frame(["a"]), "names has 1 values: expected 3"),
    ],
)
def test_what_does_not_fit_is_named(call: Callable[[], object], words: str) -> None:
    with pytest.raises(InputError) as error:
        call()
    assert words in str(error.value)


def test_an_unknown_quantity_names_those_there_are() -> None:
    with pytest.raises(AttributeError, match="topsis has no 'flow': it has score, to_ideal"):
        _ = dg.topsis(TABLE, "equal", "s").flow
