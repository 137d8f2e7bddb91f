"""Errors of forecasts, quality of intervals, naive baselines."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

import diagnoza as dg
from diagnoza.errors import InputError


def frames() -> tuple[pl.DataFrame, pl.DataFrame]:
    forecast = pl.DataFrame(
        {
            "unit": ["a", "a", "b", "b"],
            "jump_off": [2019] * 4,
            "year": [2020, 2021, 2020, 2021],
            "population": [110, 90, 50, 5],
        }
    )
    observed = pl.DataFrame(
        {"unit": ["a", "a", "b", "b"], "year": [2020, 2021, 2020, 2021], "population": [100, 100, 50, 0]}
    )
    return forecast, observed


def test_errors_over_all_and_by_unit_and_horizon() -> None:
    forecast, observed = frames()
    overall = dg.forecast_errors(forecast, observed)
    assert overall.columns == ["count", "me", "mae", "rmse", "mpe", "mape", "wape", "zero_observed"]
    assert overall["mae"].item() == 6.25 and overall["wape"].item() == 10.0
    assert overall["zero_observed"].item() == 1 and np.isclose(overall["mape"].item(), 20 / 3)
    by_unit = dg.forecast_errors(forecast, observed, by="unit")
    assert by_unit["unit"].to_list() == ["a", "b"] and by_unit["me"].to_list() == [0.0, 2.5]
    by_horizon = dg.forecast_errors(forecast, observed, by=["unit", "horizon"])
    assert by_horizon["horizon"].to_list() == [1, 2, 1, 2]
    assert by_horizon["mape"].to_list() == [10.0, 10.0, 0.0, None]


def test_frames_that_do_not_fit_are_refused() -> None:
    forecast, observed = frames()
    with pytest.raises(InputError, match="1 forecasts have no observed figure, the first of unit b, year 2021"):
        dg.forecast_errors(forecast, observed.head(3))
    assert dg.forecast_errors(forecast, observed.head(3), unmatched="drop")["count"].item() == 3
    with pytest.raises(InputError, match="several rows of unit a, year 2020"):
        dg.forecast_errors(forecast, pl.concat([observed, observed.head(1)]))
    with pytest.raises(InputError, match="by has 'sex'"):
        dg.forecast_errors(forecast, observed, by="sex")
    with pytest.raises(InputError, match="no column 'births'"):
        dg.forecast_errors(forecast, observed, value="births")
    with pytest.raises(InputError, match="observed is 0 at position 3"):
        dg.forecast_errors(forecast, observed, zero_observed="refuse")
    with pytest.raises(InputError, match="missing values"):
        dg.forecast_errors(forecast, observed.with_columns(population=pl.lit(None, dtype=pl.Int64)))


def test_intervals_are_scored() -> None:
    found = dg.interval_quality([90, 90], [110, 110], [100, 112], level=0.8)
    assert found["coverage"] == 0.5 and np.isclose(found["mean_score"], 30)
    with pytest.raises(InputError, match="level is 1"):
        dg.interval_quality([90], [110], [100], level=1.0)


def test_hamilton_perry_gives_the_later_stock_back_and_lists_caps() -> None:
    earlier = 200 - 2.0 * np.arange(18) - np.array([[0.0], [1.0]])
    later = earlier * 1.1
    found = dg.hamilton_perry(earlier, later, steps=3)
    assert found.population.shape == (3, 2, 18) and found.capped.is_empty()
    assert np.isclose(found.ratios[0, 1], later[0, 1] / earlier[0, 0])
    assert np.isclose(found.population[0, 1, 1], found.ratios[1, 1] * later[1, 0])
    capped = dg.hamilton_perry(earlier, later, caps=(0.9, 1.05)).capped
    assert capped.height > 0 and (capped["used"] <= 1.05).all()
    with pytest.raises(InputError, match="interval is 7"):
        dg.hamilton_perry(earlier, later, interval=7)
    with pytest.raises(InputError, match="earlier has 1 dimensions"):
        dg.hamilton_perry(earlier[0], later)
    with pytest.raises(InputError, match="empty='x' is not known"):
        dg.hamilton_perry(earlier, later, empty="x")


def test_naive_baselines() -> None:
    before, now = [[50, 50], [50, 50]], [[40, 60], [40, 20]]
    held = dg.no_change(now, years=3)
    assert held.shape == (3, 2, 2)
    np.testing.assert_array_equal(held[2], now)
    assert dg.trend(before, now, interval=5, years=5)[-1].sum() == pytest.approx(120)
    grown = dg.trend(before, now, interval=5, years=10, kind="exponential")
    assert grown[9].sum() == pytest.approx(160 * 0.64)
    np.testing.assert_allclose(grown[9] / grown[9].sum(), np.array(now) / 160)


def test_constant_rates_hold_the_last_year_in_its_form() -> None:
    base = np.array([[10.0, 20.0, 30.0], [10.0, 20.0, 30.0]])
    survival = np.stack([np.full((2, 4), 0.1), np.full((2, 4), 0.9)])
    rates = {"survival": survival, "asfr": np.zeros((2, 3)), "srb": 1.06}
    stocks = dg.constant_rates(base, migration=np.zeros((2, 2, 3)), steps=3, **rates)
    assert stocks.shape == (3, 2, 3) and stocks[2].sum() == pytest.approx(120 * 0.9**3)
    # one in a hundred comes every year: a rate, not 0.01 of a person
    moving = {**rates, "survival": np.ones((2, 2, 4)), "migration": np.full((2, 2, 3), 0.01)}
    grown = dg.constant_rates(base, steps=2, migration_as="rates", **moving)
    assert grown[1].sum() == pytest.approx(120 * 1.01**2)
    by_hand = dg.cohort_component(base, **{k: v if k == "srb" else v[[1, 1]] for k, v in moving.items()})
    counts = dg.constant_rates(base, steps=2, **moving)
    np.testing.assert_array_equal(counts, by_hand.population[1:])


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: dg.no_change([[1, 2]], years=1), "shape"),
        (lambda: dg.no_change([[1, np.nan]] * 2, years=1), "stock is NaN"),
        (lambda: dg.no_change([[1, 2]] * 2, years=10**9), "1000 at most"),
        (lambda: dg.trend([[0, 0]] * 2, [[1, 1]] * 2, interval=1, years=1), "earlier has nobody"),
        (lambda: dg.trend([[9, 9]] * 2, [[1, 1]] * 2, interval=1, years=5), "straight line falls"),
        (lambda: dg.trend([[1, 1]] * 2, [[9, 9]] * 2, interval=1, years=900, kind="exponential"), "past every number"),
        (lambda: dg.trend([[1, 1]] * 2, [[9, 9]] * 2, interval=1, years=5, kind="cubic"), "linear, exponential"),
    ],
)
def test_wrong_baselines_are_named(call, words: str) -> None:
    with pytest.raises(InputError, match=words):
        call()
