"""Making parts add up to a whole: tables to their margins, projections of areas to the upper level's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal

from diagnoza import _native
from diagnoza.arguments import count, number, numbers, whole_numbers
from diagnoza.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import ArrayLike, NDArray

    from diagnoza._native import CohortProjection, Raked

__all__ = ["Reconciled", "rake", "reconcile"]

Axes = int | Sequence[int]


def rake(
    seed: ArrayLike,
    margins: Mapping[Axes, ArrayLike] | Sequence[tuple[Axes, ArrayLike] | ArrayLike],
    *,
    tolerance: float = 1e-12,
    max_iterations: int = 1000,
    margin_tolerance: float = 1e-9,
) -> Raked:
    """Rake a table of any number of axes to margins (iterative proportional fitting).

    >>> import diagnoza as dg
    >>> raked = dg.rake([[40, 60], [30, 20]], {0: [110, 55], 1: [80, 85]})
    >>> raked.table.sum(axis=1).round(6).tolist()
    [110.0, 55.0]

    Args:
        seed: table, zero or more; zero cells stay zero.
        margins: for each margin the axes it keeps, in the order of its target, and the target; or the target alone
            where its shape fits one choice of axes only.
        tolerance: largest relative deviation of a sum from its target.
        max_iterations: most iterations, each over all margins.
        margin_tolerance: largest relative difference between what two margins say of their shared total.

    Returns:
        The ``table``, ``iterations``, ``max_deviation`` and ``factors`` on the seed, one array per margin.

    Raises:
        InputError: margins that contradict each other or cannot be reached, by margin and place.
    """
    table = numbers("seed", seed, None)
    pairs = list(margins.items()) if isinstance(margins, Mapping) else list(margins)
    ready = [_margin(f"margin {i}", margin, table.shape) for i, margin in enumerate(pairs, 1)]
    return _native.rake(
        table,
        ready,
        number("tolerance", tolerance),
        count("max_iterations", max_iterations),
        number("margin_tolerance", margin_tolerance),
    )


@dataclass(frozen=True)
class Reconciled:
    """Areas that sum to the upper level. Made by `reconcile`."""

    areas: list[CohortProjection]
    """The areas in the order given; migrants count at the end of the year."""
    factors: pl.DataFrame
    """Columns step, sex, age, component (births, deaths, net_gains, net_losses), wanted, factor, capped, left."""


def reconcile(
    areas: Sequence[CohortProjection],
    upper: CohortProjection,
    *,
    bounds: tuple[float, float] = (0.5, 2.0),
    leftover: Literal["net_migration", "report"] = "net_migration",
    jump_off: Literal["refuse", "rake"] = "refuse",
) -> Reconciled:
    """Adjust births, deaths and net migration of areas so that they sum to the upper level per year, sex and age.

    Stocks are never scaled: they follow from the flows, so that the accounting holds at every age.

    Args:
        areas: projections of the same years and ages.
        upper: projection they are to sum to.
        bounds: lowest and highest factor on a flow.
        leftover: what bounds leave goes to ``net_migration``, or is only reported (``report``).
        jump_off: stocks of the jump-off that do not sum are refused, or raked by sex and age.

    Raises:
        InputError: shapes, values, a jump-off that does not sum; names the area, year, sex and age.
    """
    import polars as pl

    found, rows = _native.reconcile(list(areas), upper, bounds, leftover, jump_off)
    schema = {
        "step": pl.Int64,
        "sex": pl.String,
        "age": pl.Int64,
        "component": pl.String,
        "wanted": pl.Float64,
        "factor": pl.Float64,
        "capped": pl.Boolean,
        "left": pl.Float64,
    }
    return Reconciled(found, pl.DataFrame(rows, schema=schema, orient="row"))


def _margin(name: str, margin: Any, shape: tuple[int, ...]) -> tuple[list[int], NDArray[np.float64]]:
    """Return the axes a margin keeps and its target; a target alone goes where its shape fits."""
    if isinstance(margin, tuple) and len(margin) == 2:
        return _axes(name, margin[0]), numbers(name, margin[1], None)
    target = numbers(name, margin, None)
    choices = combinations(range(len(shape)), target.ndim)
    fitting = [list(axes) for axes in choices if tuple(shape[axis] for axis in axes) == target.shape]
    if len(fitting) != 1:
        found = " or ".join(map(str, fitting)) or "none"
        raise InputError(
            f"{name} has shape {target.shape}, which fits axes {found} of a table {shape}: give (axes, target)"
        )
    return fitting[0], target


def _axes(margin: str, axes: Axes) -> list[int]:
    return whole_numbers(f"axes of {margin}", axes if hasattr(axes, "__len__") else [axes])
