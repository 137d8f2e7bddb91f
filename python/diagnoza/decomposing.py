"""Parts of a difference: of life expectancies by age, of crude rates, of a population's change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from diagnoza import _native
from diagnoza.arguments import numbers
from diagnoza.errors import InputError
from diagnoza.life_table import LifeTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import polars as pl
    from numpy.typing import ArrayLike, NDArray

__all__ = ["Kitagawa", "arriaga", "components_of_change", "kitagawa", "kitagawa_many"]


def arriaga(
    first: Any,
    second: Any,
    ages: Sequence[Any] | NDArray[Any] | pl.Series | None = None,
    *,
    method: Literal["forward", "symmetric"] = "forward",
) -> pl.DataFrame:
    """Decompose the difference of two life expectancies at birth, second less first, by age (Arriaga 1984).

    >>> import diagnoza as dg
    >>> parts = dg.arriaga(([1, 0.8, 0.5], [0.9, 0.7, 1.0]), ([1, 0.9, 0.6], [0.95, 0.8, 1.3]), ages=[0, 1, 2])
    >>> round(parts["total"].sum(), 12)  # 3.05 - 2.6 years
    0.45

    Args:
        first: life table: a `LifeTable`, an object or frame with ``lx`` and ``Lx`` (or ``nLx``), or the pair
            ``(lx, Lx)``; ages of any width, the last open, any radix.
        second: life table of the same ages.
        ages: first age of each group; by default the first table's ``ages``/``age``, else positions.
        method: ``forward`` as published; ``symmetric``, the mean of both directions.

    Returns:
        Columns age, direct, indirect (with interaction), total, in years.

    Raises:
        InputError: names the table, column and position.
    """
    import polars as pl

    first, second = (table.frame() if isinstance(table, LifeTable) else table for table in (first, second))
    effects = _native.arriaga(_life_table(first, "first"), _life_table(second, "second"), method)
    if ages is None:
        ages = next(
            (found for found in (_part(first, name) for name in ("ages", "age", "x")) if found is not None), None
        )
    labels = pl.Series(range(len(effects[0])) if ages is None else ages)
    if len(labels) != len(effects[0]):
        raise InputError(f"ages has {len(labels)} values, expected {len(effects[0])}")
    return pl.DataFrame({"age": labels, **dict(zip(("direct", "indirect", "total"), effects, strict=True))})


@dataclass(frozen=True)
class Kitagawa:
    """A difference of two crude rates, second less first. Made by `kitagawa`."""

    rates: NDArray[np.float64]
    """Part of the rates in each group."""
    structure: NDArray[np.float64]
    """Part of the structure in each group."""
    first: float
    """Crude rate of the first population."""
    second: float
    """Crude rate of the second population."""

    @property
    def rate_effect(self) -> float:
        """Part of the rates."""
        return float(self.rates.sum())

    @property
    def structure_effect(self) -> float:
        """Part of the structure."""
        return float(self.structure.sum())


def kitagawa(rates1: ArrayLike, structure1: ArrayLike, rates2: ArrayLike, structure2: ArrayLike) -> Kitagawa:
    """Decompose the difference of two crude rates into rates and structure (Kitagawa 1955).

    Args:
        rates1: rates of the groups of the first population.
        structure1: its people or shares by group.
        rates2: rates of the second population.
        structure2: its people or shares.

    Raises:
        InputError: names the input and position.
    """
    import numpy as np

    given = {"rates1": rates1, "structure1": structure1, "rates2": rates2, "structure2": structure2}
    rates, structure, first, second = _native.kitagawa(
        *(numbers(what, values).tolist() for what, values in given.items())
    )
    return Kitagawa(np.array(rates), np.array(structure), first, second)


def kitagawa_many(rates: Sequence[ArrayLike], structures: Sequence[ArrayLike]) -> pl.DataFrame:
    """Decompose the crude rates of several populations against their mean (Das Gupta 1993).

    Differences of the effects of any two populations decompose the difference of their crude rates.

    Returns:
        One row per population: crude, rate_effect, structure_effect; the two sum to crude less the mean.
    """
    import polars as pl

    rows = _native.kitagawa_many(
        [numbers("rates", values).tolist() for values in rates],
        [numbers("structures", values).tolist() for values in structures],
    )
    return pl.DataFrame(rows, schema=["crude", "rate_effect", "structure_effect"], orient="row")


def components_of_change(
    population: ArrayLike,
    births: ArrayLike,
    deaths: ArrayLike,
    net_migration: ArrayLike,
    *,
    first_year: int | None = None,
) -> pl.DataFrame:
    """Split a population's change year by year into births, deaths and net migration.

    Args:
        population: stocks, one more than there are years of flows.
        births: live births of each year.
        deaths: deaths of each year.
        net_migration: net migration of each year.
        first_year: year of the first flows; by default years count from 1.

    Returns:
        One row per year and, with year null, one of all years together: year, start, end, change, births, deaths,
        natural_increase, net_migration, residual (what the flows leave unexplained), person_years.
    """
    import polars as pl

    given = {"population": population, "births": births, "deaths": deaths, "net_migration": net_migration}
    rows = _native.components_of_change(*(numbers(what, values).tolist() for what, values in given.items()))
    names = ["start", "end", "change", "births", "deaths"]
    names += ["natural_increase", "net_migration", "residual", "person_years"]
    start = 1 if first_year is None else first_year
    years = [*range(start, start + len(rows) - 1), None]
    return pl.DataFrame(rows, schema=names, orient="row").select(pl.Series("year", years, dtype=pl.Int64), pl.all())


def _life_table(table: Any, which: str) -> tuple[list[float], list[float]]:
    if isinstance(table, tuple):
        if len(table) != 2:
            raise InputError(f"the {which} life table has {len(table)} parts: expected the pair (lx, Lx)")
        survivors, person_years = table
    else:
        survivors = _part(table, "lx")
        person_years = next(
            (found for found in (_part(table, name) for name in ("Lx", "nLx")) if found is not None), None
        )
    if survivors is None or person_years is None:
        raise InputError(f"the {which} life table has no lx and Lx: give such an object or the pair (lx, Lx)")
    return numbers(f"{which} lx", survivors).tolist(), numbers(f"{which} Lx", person_years).tolist()


def _part(table: Any, name: str) -> Any:
    """A column of a frame or mapping, or an attribute; none if there is none."""
    if hasattr(table, "columns") or isinstance(table, dict):
        return table[name] if name in (table if isinstance(table, dict) else table.columns) else None
    return getattr(table, name, None)
