"""Graduation of groups of ages, and quality of age data."""

from __future__ import annotations

import pickle
from typing import get_args

import numpy as np
import pytest

import diagnoza as dg
from diagnoza.errors import InputError
from diagnoza.graduation import Method

AGES = list(range(0, 35, 5))
COUNTS = [500.0, 600.0, 700.0, 600.0, 500.0, 400.0, 900.0]


@pytest.mark.parametrize("method", get_args(Method))
def test_groups_keep_their_counts(method: Method) -> None:
    single = dg.graduate(COUNTS, AGES, method, structure=np.linspace(9, 1, 60))
    assert single.method == method
    assert single.ages.tolist() == list(range(31)) and single.open
    np.testing.assert_allclose(np.add.reduceat(single.counts, AGES), COUNTS, rtol=1e-9)
    assert (single.counts >= 0).all()


def test_a_straight_line_is_given_back() -> None:
    line = 200 - 3.0 * np.arange(30)
    single = dg.graduate(line.reshape(6, 5).sum(axis=1), AGES[:6], last_age=29)
    np.testing.assert_allclose(single.counts, line)
    assert not single.open
    assert single.frame().columns == ["age", "label", "count"]


def test_open_groups_follow_a_structure() -> None:
    structure = [1.0] * 30 + [6, 3, 2, 1]
    single = dg.graduate(COUNTS, AGES, "mono", open_group="within_structure", structure=structure)
    np.testing.assert_allclose(single.counts[30:], [450, 225, 150, 75])
    assert single.frame()["label"][-1] == "33+"


def test_what_was_adjusted_is_listed_and_as_method_is_left() -> None:
    kept = dg.graduate(COUNTS, AGES, "beers_modified")
    moved = dg.graduate(COUNTS, AGES, "beers_modified", totals="as_method")
    rows = kept.adjusted()
    assert set(rows["adjustment"]) == {"scaled"}
    by_group = np.add.reduceat(moved.counts, AGES)
    np.testing.assert_allclose(
        rows["by_method"], [n for n, g in zip(by_group, COUNTS, strict=False) if abs(n - g) > 1e-6]
    )
    assert moved.adjusted().is_empty()


def test_pclm_tells_its_model_and_pickles() -> None:
    single = dg.graduate(COUNTS, AGES, "pclm")
    assert single.record["pclm"]["lambda"] > 0
    again = pickle.loads(pickle.dumps(single))
    np.testing.assert_array_equal(again.counts, single.counts)
    assert dg.graduate(COUNTS, AGES, "pclm", smoothing=1e3).record["pclm"]["lambda"] == 1e3


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"method": "loess"}, "expected one of uniform, sprague"),
        ({"negatives": "zero"}, "redistribute, refuse, allow"),
        ({"ages": [0, 10, 20, 30, 40, 50, 60]}, "mono, uniform, pclm"),
        ({"ages": [0, 5]}, "7 counts were given for 2 groups"),
        ({"ages": [-5, *AGES[1:]]}, "ages at position 0 is -5"),
        ({"ages": [0.5, *AGES[1:]]}, "whole number"),
        ({"counts": [float("nan"), *COUNTS[1:]]}, "age 0 is NaN"),
        ({"counts": [COUNTS]}, "2 dimensions"),
        ({"counts": ["many"] * 7}, "expected numbers"),
        ({"method": "within_structure"}, "no structure was given"),
        ({"open_group": "within_structure", "last_age": 99}, "give one of them"),
    ],
)
def test_wrong_input_is_refused_in_words(wrong: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        dg.graduate(**{"counts": COUNTS, "ages": AGES, **wrong})  # type: ignore[arg-type]


def test_heaping_of_ages() -> None:
    even = np.full(100, 7.0)
    assert dg.whipple(even).index == pytest.approx(100)
    assert dg.whipple(even).quality == "highly_accurate"
    assert dg.myers(even).index == pytest.approx(0, abs=1e-9)
    assert dg.bachi(even).index == pytest.approx(0, abs=1e-9)
    fives = np.where(np.arange(100) % 5 == 0, 1.0, 0.0)
    assert dg.whipple(fives).index == pytest.approx(500)
    assert dg.whipple(fives, digits=[5], between=(18, 57)).quality is None
    assert dg.myers(fives).index == pytest.approx(80)
    assert dg.bachi(fives[20:], range(20, 100)).percent[:6:5] == pytest.approx([50, 50], abs=5)
    with pytest.raises(InputError, match="single years"):
        dg.whipple(even, range(0, 200, 2))
    with pytest.raises(InputError, match="0 to 9"):
        dg.whipple(even, digits=[11])
    with pytest.raises(InputError, match="there are counts from age 0 to 49"):
        dg.bachi(even[:50])
