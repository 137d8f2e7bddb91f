"""Parts of an area, and the stock of the year before."""

from __future__ import annotations

import numpy as np
import pytest

import diagnoza as dg
from diagnoza.errors import InputError

BASE = np.array([[100.0, 90.0, 80.0, 70.0], [105.0, 95.0, 80.0, 60.0]])
AREA = dg.cohort_component(
    BASE, np.full((3, 2, 5), 0.9), np.tile([0, 0, 0.3, 0], (3, 1)), 1.05, np.full((3, 2, 4), -2.0)
)
PARTS = np.array([0.25 * BASE, 0.75 * BASE])


def test_parts_add_to_their_area() -> None:
    made = dg.project_parts(AREA, PARTS)
    assert made.population.shape == (2, 4, 2, 4)
    np.testing.assert_allclose(made.population.sum(axis=0), AREA.population, atol=1e-9)
    np.testing.assert_allclose(made.population[0], 0.25 * AREA.population, atol=1e-9)
    assert made.farthest_factor == pytest.approx(1)


def test_a_part_moves_by_its_difference() -> None:
    made = dg.project_parts(AREA, PARTS, migration_difference=[[8] * 3, [-8] * 3], movers=np.full((2, 4), 1 / 8))
    np.testing.assert_allclose(made.population.sum(axis=0), AREA.population, atol=1e-9)
    assert made.population[0, 1].sum() == pytest.approx(0.25 * AREA.population[1].sum() + 8)


def test_the_year_before_comes_back_and_meets_what_was_published() -> None:
    survival = np.full((2, 5), 0.9)
    later = np.array([[20, 0.9 * 100, 0.9 * 90, 0.9 * 150.0], [20, 0.9 * 105, 0.9 * 95, 0.9 * 140.0]])
    stock = dg.structure_one_year_before(later, survival, [340, 340], groups=[("F", 0, 1, 200)])
    np.testing.assert_allclose(stock.sum(axis=1), [340, 340])
    assert stock[0, :2].sum() == pytest.approx(200)
    assert stock[0, 0] / stock[0, 1] == pytest.approx(100 / 90) == stock[1, 0] / stock[1, 1] * (95 / 105) * 100 / 90


WOMEN = dg.cohort_component(BASE[0], np.full((1, 5), 0.9), np.zeros((1, 4)), 1.05, np.zeros((1, 4)))
RATIOS = np.full((2, 5), 0.9)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: dg.project_parts(BASE, PARTS), "area is a ndarray: expected a projection by cohort_component"),
        (lambda: dg.project_parts(AREA, PARTS[:1]), "age 0: the parts have 25 persons, the area 100"),
        (lambda: dg.project_parts(AREA, PARTS[:, :, :3]), "base of a part has shape"),
        (lambda: dg.project_parts(AREA, PARTS * [[[1], [np.nan]]]), r"base is NaN at position \[0, 1, 0\]"),
        (lambda: dg.project_parts(AREA, PARTS, migration_difference=[[0] * 3]), "1 rows: expected 2"),
        (lambda: dg.project_parts(AREA, PARTS, migration_difference=[[0] * 2] * 2), "migration has 2 values"),
        (lambda: dg.project_parts(AREA, PARTS, movers=np.ones((2, 4))), "add to 8"),
        (lambda: dg.project_parts(WOMEN, PARTS), "area has shape|movers has shape"),
        (lambda: dg.project_parts(AREA, np.zeros((0, 2, 4))), "the parts have 0 persons"),
        (lambda: dg.structure_one_year_before(BASE, RATIOS, [1]), "expected two, women and men"),
        (lambda: dg.structure_one_year_before(BASE, RATIOS[:, 1:], [1, 1]), "survival has 2 rows and 4 columns"),
        (lambda: dg.structure_one_year_before(BASE, RATIOS * 0, [1, 1]), "survival ratio 0 cannot be reversed"),
        (lambda: dg.structure_one_year_before(BASE, RATIOS, [1, np.nan]), "total of M"),
        (lambda: dg.structure_one_year_before(BASE, RATIOS, [1, 1], groups=[("K", 0, 1, 1)]), "F, M"),
        (lambda: dg.structure_one_year_before(BASE, RATIOS, [1, 1], groups=[("F", 0, 9, 1)]), "pass the open age"),
        (lambda: dg.structure_one_year_before(BASE, RATIOS, [1, 1], groups=[5]), "groups at position 0 is 5"),
        (lambda: dg.structure_one_year_before(BASE, RATIOS, [1, 1], groups=[("F", 0, 1, 9)]), "less than nothing"),
    ],
)
def test_wrong_input_is_named(call, words: str) -> None:
    with pytest.raises(InputError, match=words):
        call()
