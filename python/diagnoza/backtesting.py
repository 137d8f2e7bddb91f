"""Forecasts against what happened: errors, quality of intervals, naive baselines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from diagnoza import _native
from diagnoza.arguments import age_range, check_word, count, number, numbers
from diagnoza.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import polars as pl
    from numpy.typing import ArrayLike, NDArray

__all__ = ["HamiltonPerry", "forecast_errors", "hamilton_perry", "interval_quality", "no_change", "trend"]


def forecast_errors(
    forecast: pl.DataFrame,
    observed: pl.DataFrame,
    by: str | Sequence[str] = (),
    *,
    value: str = "population",
    unmatched: Literal["refuse", "drop"] = "refuse",
    zero_observed: Literal["exclude", "refuse"] = "exclude",
) -> pl.DataFrame:
    """Measure forecasts against observed figures, row by row with the same keys.

    Args:
        forecast: frame with the figures in column ``value``; with ``year`` and ``jump_off`` it has ``horizon``, too.
        observed: frame with the figures in column ``value`` and one row per key.
        by: columns of the forecast to group by, e.g. ``("unit", "horizon")``.
        value: column of the figures.
        unmatched: forecasts without an observed figure are refused or dropped. Keys are all columns that both
            frames have, apart from ``value`` and the labels scenario, name and status.
        zero_observed: cells with an observed zero are left out of percentages and counted, or refused.

    Returns:
        The columns of ``by``, count, me, mae, rmse (unit of the figures), mpe, mape, wape (percent), zero_observed.

    Raises:
        InputError: columns that are missing, keys that are not unique, forecasts without an observed figure.
    """
    import polars as pl

    check_word("unmatched", unmatched, ("refuse", "drop"))
    forecast, observed = pl.DataFrame(forecast), pl.DataFrame(observed)
    for frame, name in ((forecast, "forecast"), (observed, "observed")):
        if value not in frame.columns:
            raise InputError(f"{name} has no column '{value}': it has {', '.join(frame.columns)}")
        if frame[value].null_count():
            raise InputError(f"{name} has {frame[value].null_count()} missing values in column '{value}'")
    labels = {value, "scenario", "name", "status"}
    keys = [column for column in forecast.columns if column in observed.columns and column not in labels]
    if not keys:
        raise InputError("forecast and observed share no column to join by")
    twice = observed.group_by(keys).len().filter(pl.col("len") > 1)
    if twice.height:
        raise InputError(f"observed has several rows of {_first(twice, keys)}: expected one")
    if {"year", "jump_off"} <= set(forecast.columns) and "horizon" not in forecast.columns:
        forecast = forecast.with_columns((pl.col("year") - pl.col("jump_off")).alias("horizon"))
    groups = [by] if isinstance(by, str) else list(by)
    for column in groups:
        if column not in forecast.columns:
            raise InputError(f"by has '{column}': expected columns of forecast, {', '.join(forecast.columns)}")
    lacking = forecast.join(observed, on=keys, how="anti")
    if lacking.height and unmatched == "refuse":
        raise InputError(
            f"{lacking.height} forecasts have no observed figure, the first of {_first(lacking, keys)}: "
            "give the figures or drop them by unmatched='drop'"
        )
    other = "observed_value"
    pairs = forecast.join(observed.select(*keys, pl.col(value).alias(other)), on=keys, how="inner")
    parts = pairs.partition_by(groups, maintain_order=True) if groups else [pairs]
    rows = []
    for part in parts:
        said, seen = (part[column].cast(pl.Float64).to_list() for column in (value, other))
        group = part.select(groups).row(0) if groups else ()
        rows.append((*group, *_native.forecast_errors(said, seen, zero_observed)))
    measures = ("count", "me", "mae", "rmse", "mpe", "mape", "wape", "zero_observed")
    whole = {"count", "zero_observed"}
    schema = {column: pairs.schema[column] for column in groups}
    schema |= {measure: pl.Int64() if measure in whole else pl.Float64() for measure in measures}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return frame.sort(groups) if groups else frame


def interval_quality(lower: ArrayLike, upper: ArrayLike, observed: ArrayLike, *, level: float) -> dict[str, float]:
    """Coverage and interval score of prediction intervals of one level, e.g. 0.8 (Gneiting, Raftery 2007).

    Returns:
        count, coverage, below, above (shares), mean_width and mean_score in the unit of the figures.
    """
    low, high, seen = (
        numbers(name, values, None).ravel().tolist()
        for name, values in (("lower", lower), ("upper", upper), ("observed", observed))
    )
    names = ("count", "coverage", "below", "above", "mean_width", "mean_score")
    return dict(zip(names, _native.interval_quality(low, high, seen, number("level", level)), strict=True))


LONGEST = 1_000  # years of a naive forecast


def no_change(stock: ArrayLike, *, years: int) -> NDArray[np.float64]:
    """Forecast that nothing changes: the stock (2, A) in each of the `years` after it, (years, 2, A)."""
    stocks: NDArray[np.float64] = _native.no_change(numbers("stock", stock, 2), count("years", years, LONGEST))
    return stocks


def trend(
    earlier: ArrayLike,
    later: ArrayLike,
    *,
    interval: float,
    years: int,
    kind: Literal["linear", "exponential"] = "linear",
) -> NDArray[np.float64]:
    """Forecast that the total grows on as it grew, with the sexes and ages of the later stock.

    With totals P0 and P1, `interval` years apart, t years after the later: ``P1 + t (P1 - P0) / interval`` (linear),
    ``P1 (P1 / P0) ** (t / interval)`` (exponential); Smith, Tayman, Swanson (2013), chapter 8.

    >>> import diagnoza as dg
    >>> dg.trend([[50, 50], [50, 50]], [[40, 60], [40, 20]], interval=5, years=5)[-1].sum()
    np.float64(120.0)

    Args:
        earlier: stock (2, A), females first.
        later: stock (2, A), from which is projected.
        interval: years between them.
        years: years to project.
        kind: ``linear``, the same number of persons every year; ``exponential``, the same rate.

    Returns:
        Stocks of the years after the later one, (years, 2, A).

    Raises:
        InputError: stocks, by sex and age; nobody to grow from; a line that falls below zero.
    """
    stocks: NDArray[np.float64] = _native.trend(
        numbers("earlier", earlier, 2),
        numbers("later", later, 2),
        kind,
        number("interval", interval),
        count("years", years, LONGEST),
    )
    return stocks


@dataclass(frozen=True)
class HamiltonPerry:
    """Ratios of two stocks and the stocks they lead to. Made by `hamilton_perry`."""

    ratios: NDArray[np.float64]
    """Cohort change ratios by the age arrived at, (2, A); the ages born in between hold their child-woman ratio."""
    population: NDArray[np.float64]
    """Stocks after every interval, (steps, 2, A), females first."""
    capped: pl.DataFrame
    """Ratios that caps changed: sex, age (position), observed, used."""


def hamilton_perry(
    earlier: ArrayLike,
    later: ArrayLike,
    *,
    steps: int = 1,
    width: int = 5,
    interval: int | None = None,
    mothers: tuple[int, int] = (15, 44),
    caps: tuple[float, float] | None = None,
    empty: Literal["refuse", "no_change"] = "refuse",
) -> HamiltonPerry:
    """Project a stock by the cohort change and child-woman ratios of two stocks (Hamilton, Perry 1962).

    Args:
        earlier: stock (2, A), females first, the last age open.
        later: stock ``interval`` years after it, from which is projected.
        steps: intervals to project.
        width: width of the closed age groups in years; 1 for single ages.
        interval: years between the stocks, a multiple of ``width``; by default ``width``.
        mothers: first and last age of the women to whom children below ``width`` are related.
        caps: lowest and highest cohort change ratio.
        empty: a cohort with nobody earlier is refused, or does not change (``no_change``).

    Raises:
        InputError: names the stock, sex and age, or the option.
    """
    import polars as pl

    wide = count("width", width, 130)
    (ratios, population), capped = _native.hamilton_perry(
        numbers("earlier", earlier, 2),
        numbers("later", later, 2),
        count("steps", steps),
        wide,
        wide if interval is None else count("interval", interval, 130),
        age_range("mothers", mothers),
        None if caps is None else (number("caps", caps[0]), number("caps", caps[1])),
        empty,
    )
    schema = {"sex": pl.String, "age": pl.Int64, "observed": pl.Float64, "used": pl.Float64}
    return HamiltonPerry(ratios, population, pl.DataFrame(capped, schema=schema, orient="row"))


def _first(frame: pl.DataFrame, keys: list[str]) -> str:
    return ", ".join(f"{key} {found}" for key, found in zip(keys, frame.select(keys).row(0), strict=True))
