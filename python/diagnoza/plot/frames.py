"""What a chart takes from a frame, and the errors when it is not there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

from diagnoza.errors import InputError, UnknownUnitError

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "age_width",
    "as_frame",
    "choose_scenario",
    "choose_unit",
    "listed",
    "require_years",
    "totals",
    "unit_names",
]

_SHOWN = 25


def listed(values: Iterable[object]) -> str:
    """Return values for an error message, the first 25 of them."""
    words = [str(value) for value in values]
    if not words:
        return "none"
    more = f", ... ({len(words)} in all)" if len(words) > _SHOWN else ""
    return ", ".join(words[:_SHOWN]) + more


def as_frame(frame: object, *, columns: Sequence[str], what: str = "frame") -> pl.DataFrame:
    """Return `frame` as polars, with at least one row and the named columns.

    Raises:
        InputError: if it is no table, is empty, or lacks a column; the message lists those it has.
    """
    import polars as pl

    if isinstance(frame, pl.LazyFrame):
        table = frame.collect()
    elif isinstance(frame, pl.DataFrame):
        table = frame
    elif hasattr(frame, "__arrow_c_stream__") or type(frame).__module__.startswith("pandas"):
        table = pl.DataFrame(cast(Any, frame))
    else:
        raise InputError(f"the {what} is a {type(frame).__name__}; a polars frame or an Arrow table is needed")
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise InputError(f"the {what} has no column {listed(missing)}; its columns are {listed(table.columns)}")
    if table.is_empty():
        raise InputError(f"the {what} is empty: it has the columns {listed(table.columns)} and no row")
    return table


def unit_names(frame: pl.DataFrame) -> dict[str, str]:
    """Return code -> name in the order of the frame; the code where there is no name."""
    name = "name" if "name" in frame.columns else "unit"
    pairs = frame.select("unit", name).unique(maintain_order=True).rows()
    return {str(code): str(text if text is not None else code) for code, text in reversed(pairs)}


def choose_unit(frame: pl.DataFrame, unit: str) -> pl.DataFrame:
    """Return the rows of one unit.

    Raises:
        UnknownUnitError: if no row has this code; the message lists the codes that are there.
    """
    import polars as pl

    chosen = frame.filter(pl.col("unit").cast(pl.String) == unit)
    if chosen.is_empty():
        there = (f"{code} ({name})" for code, name in sorted(unit_names(frame).items()))
        raise UnknownUnitError(f"no row is of unit {unit!r}; the frame has {listed(there)}")
    return chosen


def choose_scenario(frame: pl.DataFrame, scenario: str | None) -> pl.DataFrame:
    """Return the rows of one scenario: the named one, else the only one, else ``main``.

    Raises:
        InputError: if it is not there, or if none is named and there are several without ``main``.
    """
    import polars as pl

    if "scenario" not in frame.columns:
        if scenario is None:
            return frame
        raise InputError(f"scenario={scenario!r} was asked for, but the frame has no column 'scenario'")
    there = sorted(str(value) for value in frame["scenario"].unique())
    wanted = scenario if scenario is not None else (there[0] if len(there) == 1 else "main")
    if wanted not in there:
        asked = f"no row is of scenario {wanted!r}" if scenario else "the frame has several scenarios: name one"
        raise InputError(f"{asked}; it has {listed(there)}")
    return frame.filter(pl.col("scenario").cast(pl.String) == wanted)


def require_years(frame: pl.DataFrame, years: Iterable[int]) -> None:
    """Check that every year is in the frame.

    Raises:
        InputError: naming the years that are not, and the range that is.
    """
    there = set(frame["year"].to_list())
    missing = [year for year in years if year not in there]
    if missing:
        raise InputError(f"no row is of year {listed(missing)}; the years there are {listed(sorted(there))}")


def age_width(frame: pl.DataFrame) -> tuple[int, int]:
    """Return the width of the closed age groups and the first age of the open one.

    Raises:
        InputError: if the groups have different widths, or there is only one.
    """
    ages = sorted({int(age) for age in frame["age"].to_list()})
    steps = {second - first for first, second in zip(ages, ages[1:], strict=False)}
    if len(steps) != 1:
        raise InputError(f"the age groups must be of one width; the first ages are {listed(ages)}")
    return steps.pop(), ages[-1]


def totals(frame: pl.DataFrame) -> pl.DataFrame:
    """Return unit, name, scenario, year, population, status: sums over sex and age.

    Sex ``T`` is taken where it is there, else ``F`` and ``M`` are added; the status of a sum is that of
    its parts (if they differ, the weakest: projected before estimated before observed).
    """
    import polars as pl

    table = frame
    if "sex" in table.columns:
        sexes = set(table["sex"].unique().to_list())
        table = table.filter(pl.col("sex") == "T") if "T" in sexes else table
    if "scenario" not in table.columns:
        table = table.with_columns(scenario=pl.lit("main"))
    if "name" not in table.columns:
        table = table.with_columns(name=pl.col("unit"))
    if "status" not in table.columns:
        table = table.with_columns(status=pl.lit(None, dtype=pl.String))
    strength = {"projected": 2, "estimated": 1, "observed": 0}
    weakest = pl.col("status").sort_by(
        pl.col("status").replace_strict(strength, default=-1, return_dtype=pl.Int8), descending=True
    )
    missing = table.filter(pl.col("population").is_null()).head(1)
    if not missing.is_empty():
        row = missing.row(0, named=True)
        raise InputError(f"population is missing for unit {row['unit']}, year {row['year']}: a sum would be too small")
    return (
        table.group_by("unit", "name", "scenario", "year", maintain_order=True)
        .agg(pl.col("population").sum().cast(pl.Float64), weakest.first().alias("status"))
        .sort("unit", "scenario", "year", maintain_order=True)
    )
