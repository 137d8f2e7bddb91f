"""Survival ratios: their life expectancy, and those of another."""

from __future__ import annotations

import numpy as np
import pytest

import diagnoza as dg
from diagnoza.errors import InputError

MX = 0.0005 * np.exp(0.075 * np.arange(101))


def test_a_stationary_hazard_has_its_closed_form() -> None:
    assert dg.life_expectancy([0.9] * 30) == pytest.approx(9)


def test_ratios_have_the_life_expectancy_of_their_table() -> None:
    table = dg.LifeTable.from_mx(MX, sex="F")
    assert dg.life_expectancy(table.survival_ratios(open_group="apart")) == pytest.approx(table.e0, abs=0.01)


@pytest.mark.parametrize("years", [-3.0, 0.0, 1.5])
def test_a_shift_is_reached(years: float) -> None:
    ratios = dg.LifeTable.from_mx(MX, sex="F").survival_ratios(open_age=90)
    shifted = dg.shift_life_expectancy(ratios, years=years)
    assert dg.life_expectancy(shifted) == pytest.approx(dg.life_expectancy(ratios) + years, abs=1e-8)
    hazards = np.log(shifted) / np.log(ratios)
    np.testing.assert_allclose(hazards, hazards[0])


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: dg.life_expectancy([0.9, 0.9, 1.0]), "open group in which people die"),
        (lambda: dg.life_expectancy([0.9]), "two ages or more"),
        (lambda: dg.life_expectancy([]), "two ages or more"),
        (lambda: dg.life_expectancy([0.9, 1.1, 0.5]), "survival is 1.1 at position 1"),
        (lambda: dg.life_expectancy([0.9, np.nan, 0.5]), "survival is nan at position 1"),
        (lambda: dg.life_expectancy([[0.9, 0.5]]), "survival has 2 dimensions"),
        (lambda: dg.shift_life_expectancy([0.99, 0.9, 0.5], years=1e6), "cannot be reached"),
        (lambda: dg.shift_life_expectancy([0.99, 0.9, 0.5], years=np.nan), "years is nan"),
    ],
)
def test_wrong_input_is_named(call, words: str) -> None:
    with pytest.raises(InputError, match=words):
        call()
