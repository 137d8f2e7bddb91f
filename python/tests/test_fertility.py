"""Fertility: published totals of Poland, schedules, fits and paths."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

import diagnoza as dg
from diagnoza.errors import InputError


@pytest.fixture(scope="module")
def poland() -> np.ndarray:
    """Rates of Poland 2019 by single age 15 to 49, Eurostat."""
    frame = dg.table("asfr_poland").filter(pl.col("year") == 2019, pl.col("age_from") == pl.col("age_to"))
    rates = frame.filter(pl.col("age_from").is_between(15, 49)).sort("age_from")["rate"].to_numpy()
    assert len(rates) == 35
    return rates


def test_published_total_of_2019_is_met(poland: np.ndarray) -> None:
    # Eurostat prints 1.43875, 0.00023 of it below 15 and from 50 on.
    assert dg.total_fertility(poland, range(15, 50)) == pytest.approx(1.43875, abs=5e-4)
    assert dg.mean_age_at_birth(poland, range(15, 50)) == pytest.approx(29.69, abs=0.01)
    assert dg.gross_reproduction(poland, range(15, 50), srb=1.06) == pytest.approx(1.4385 / 2.06, abs=1e-4)
    net = dg.net_reproduction(poland, range(15, 50), [0.99] * 35)
    assert net == pytest.approx(0.99 * dg.gross_reproduction(poland, range(15, 50)))


def test_rates_of_statistics_poland_in_five_year_groups() -> None:
    rates = dg.asfr([46, 281, 760, 718, 317, 68, 4], [10_000] * 7, [15, 20, 25, 30, 35, 40, 45])
    assert dg.total_fertility(rates, range(15, 50, 5)) == pytest.approx(1.097)


@pytest.mark.parametrize("family", ["schmertmann", "gamma", "hadwiger"])
def test_fits_follow_the_observed_schedule(poland: np.ndarray, family: str) -> None:
    fit = dg.fit_fertility(poland, range(15, 50), family=family)
    assert fit.converged and fit.rmse < 0.008 and fit.method == "levenberg_marquardt"
    assert fit.total_fertility == pytest.approx(1.4385, abs=0.08)
    shares = fit.schedule(range(15, 50))
    assert shares.sum() == pytest.approx(1)
    again = dg.fit_fertility(fit.fitted, range(15, 50), family=family)
    assert again.rmse < 1e-6
    assert again.parameters == pytest.approx(fit.parameters, rel=1e-2)


def test_schedules_move_to_a_mean_age(poland: np.ndarray) -> None:
    ages = range(15, 50)
    older = dg.fertility_schedule("observed", ages, rates=poland, mean_age=31)
    assert older.sum() == pytest.approx(1)
    assert dg.mean_age_at_birth(older, ages) == pytest.approx(31)
    spline = dg.fertility_schedule("schmertmann", ages, alpha=15, peak=29, half=36)
    assert spline.argmax() == 13 or spline.argmax() == 14


def test_paths() -> None:
    frame = dg.tfr_path("converge", first=2022, last=2027, tfr=1.2, target=1.6, by=2026)
    assert frame["tfr"].to_list() == pytest.approx([1.2, 1.3, 1.4, 1.5, 1.6, 1.6])
    assert frame["year"].to_list() == list(range(2022, 2028))
    assert dg.tfr_path("given", first=2022, last=2023, values={2022: 1.3, 2023: 1.2})["tfr"].to_list() == [1.3, 1.2]
    assert dg.tfr_path("constant", first=2022, last=2024, tfr=1.3)["tfr"].to_list() == [1.3] * 3


def test_births_and_woman_years_lead_there_and_back() -> None:
    ages = range(15, 50, 5)
    women = dg.woman_years([100.0] * 7, [110.0] * 7, ages, years=5)
    np.testing.assert_allclose(women, [525.0] * 7)
    rates = [0.01, 0.05, 0.1, 0.09, 0.03, 0.01, 0.0]
    born = dg.births(rates, women, ages)
    np.testing.assert_allclose(dg.asfr(born, women, ages), rates, atol=1e-15)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: dg.woman_years([1.0], [1.0, 2.0], [20], width=5), "women at the end has 2 values"),
        (lambda: dg.woman_years([1.0], [1.0], [20], width=5, years=0), "years"),
        (lambda: dg.births([-0.1], [1.0], [20], width=5), "20"),
        (lambda: dg.asfr([1.0], [0.0], [20], width=5), "no woman-years at age 20"),
        (lambda: dg.asfr([1.0], [1.0], [20]), "give the width"),
        (lambda: dg.asfr([1.0, np.nan], [1.0, 1.0], [20, 25]), "births at age 25 is NaN"),
        (lambda: dg.asfr([[1.0]], [1.0], [20], width=1), "births has 2 dimension"),
        (lambda: dg.asfr(["x"], [1.0], [20], width=1), "births: expected numbers"),
        (
            lambda: dg.total_fertility([0.1, 0.1], [-1, 4]),
            "ages at position 0 is -1: expected a whole number, 0 or more",
        ),
        (lambda: dg.total_fertility([0.1, 0.1, 0.1], [15, 20]), "3 values for 2 groups"),
        (lambda: dg.mean_age_at_birth([0, 0], [15, 20]), "all fertility rates are zero"),
        (lambda: dg.fertility_schedule("weibull", [15, 20]), "expected one of observed"),
        (lambda: dg.fertility_schedule("gamma", [15, 20], start=1.0), "takes start, shape, scale"),
        (lambda: dg.fit_fertility([0.1] * 7, range(15, 50, 5), family="x"), "schmertmann, gamma, hadwiger"),
        (lambda: dg.tfr_path("given", first=2022, last=2023, values={2022: 1.3}), "was given for 2023"),
        (lambda: dg.tfr_path("converge", first=2022, last=2023, tfr=1.0), "takes tfr, target and by"),
        (lambda: dg.tfr_path("line", first=2022, last=2023), "constant, converge, given"),
    ],
)
def test_wrong_input_is_named(call, words: str) -> None:
    with pytest.raises(InputError, match=words):
        call()
