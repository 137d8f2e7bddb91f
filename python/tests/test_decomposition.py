"""Arriaga, Kitagawa, components of change."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest

import diagnoza as dg
from diagnoza.errors import InputError

FIRST = ([1.0, 0.8, 0.5], [0.9, 0.7, 1.0])
SECOND = ([1.0, 0.9, 0.6], [0.95, 0.8, 1.3])


def test_arriaga_takes_pairs_frames_and_objects() -> None:
    pair = dg.arriaga(FIRST, SECOND, ages=[0, 1, 5])
    assert pair.columns == ["age", "direct", "indirect", "total"]
    assert pair["age"].to_list() == [0, 1, 5]
    assert abs(pair["total"].sum() - 0.45) < 1e-12
    frames = [pl.DataFrame({"age": [0, 1, 5], "lx": lx, "nLx": years}) for lx, years in (FIRST, SECOND)]
    assert dg.arriaga(*frames).equals(pair)
    objects = [SimpleNamespace(lx=np.array(lx), Lx=np.array(years)) for lx, years in (FIRST, SECOND)]
    assert dg.arriaga(*objects)["total"].to_list() == pair["total"].to_list()
    there = dg.arriaga(FIRST, SECOND, method="symmetric")["total"]
    assert np.allclose(there, -dg.arriaga(SECOND, FIRST, method="symmetric")["total"])


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (([1.0, 0.9], [0.95, 0.8]), "second lx has 2 values, expected 3"),
        (([1.0, 0.9, np.nan], [0.95, 0.8, 1.0]), "second lx is NaN at position 2"),
        (([1.0, 0.9, 0.0], [0.95, 0.8, 0.0]), "second life table has nobody left"),
        (object(), "the second life table has no lx and Lx"),
    ],
)
def test_life_tables_that_cannot_be_are_refused(second: object, said: str) -> None:
    with pytest.raises(InputError, match=said):
        dg.arriaga(FIRST, second)
    with pytest.raises(InputError, match="method='x' is not known"):
        dg.arriaga(FIRST, SECOND, method="x")
    with pytest.raises(InputError, match="ages has 1 values"):
        dg.arriaga(FIRST, SECOND, ages=[0])


def test_kitagawa_of_two_and_of_many() -> None:
    parts = dg.kitagawa([0.001, 0.05], [80, 20], [0.002, 0.06], [70, 30])
    assert abs(parts.rate_effect + parts.structure_effect - (parts.second - parts.first)) < 1e-15
    assert parts.rates.shape == (2,)
    many = dg.kitagawa_many([[0.001, 0.05], [0.002, 0.06], [0.003, 0.04]], [[80, 20], [70, 30], [60, 40]])
    mean = many["crude"].mean()
    assert np.allclose(many["rate_effect"] + many["structure_effect"], many["crude"] - mean)
    with pytest.raises(InputError, match="structure2 is -1 at position 0"):
        dg.kitagawa([0.1], [1], [0.1], [-1])
    with pytest.raises(InputError, match="rates1 has 2 dimensions"):
        dg.kitagawa([[0.1]], [1], [0.1], [1])


def test_components_of_a_subregions_change() -> None:
    projection = dg.project("PL623", from_year=2022, until=2030)
    flows = projection.components()
    rows = dg.components_of_change(
        projection.frame()["population"],
        flows["births"],
        flows["deaths"],
        flows["net_migration"],
        first_year=2023,
    )
    assert rows["year"].to_list() == [*range(2023, 2031), None]
    assert rows["residual"].abs().max() < 1e-4
    assert np.isclose(rows["change"][-1], rows["change"][:-1].sum())
    with pytest.raises(InputError, match="population has 2 values, expected 3"):
        dg.components_of_change([1, 2], [1, 1], [1, 1], [0, 0])
