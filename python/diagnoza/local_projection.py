"""Parts of a projected area, and the stock of the year before: what an office publishes only in part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from diagnoza import _native
from diagnoza.arguments import number, numbers, whole
from diagnoza.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    from diagnoza._native import CohortProjection

__all__ = ["LocalProjection", "project_parts", "structure_one_year_before"]


@dataclass(frozen=True, eq=False)
class LocalProjection:
    """Stocks of the parts of an area. Made by `project_parts`."""

    population: NDArray[np.float64]
    """Stocks of each part at the jump-off and after every step, (parts, T+1, 2, A), females first."""
    farthest_factor: float
    """The factor farthest from 1 that raked the parts to the area."""


def project_parts(
    area: CohortProjection,
    base: ArrayLike,
    *,
    migration_difference: ArrayLike | None = None,
    movers: ArrayLike | None = None,
) -> LocalProjection:
    """Project the parts of an area beside it, as the office does gminas beside their powiat.

    Every part has the survival and fertility of the area's projection and, by sex and age, the share of its net
    migration that it has of the people. The stocks are then raked to the area's.

    Args:
        area: the area's projection by `cohort_component`, both sexes.
        base: stocks of the parts, (parts, 2, A), females first; they add to the area's at the jump-off.
        migration_difference: persons of each step by which a part's net migration differs from its share, (parts, T);
            they add to 0 over the parts. Zeros by default.
        movers: ages of those persons, (2, A), adding to 1; as the people of the area by default.

    Raises:
        InputError: names the array, part, sex and age; parts that do not add to the area.
    """
    import numpy as np

    if not isinstance(area, _native.CohortProjection):
        raise InputError(f"area is a {type(area).__name__}: expected a projection by cohort_component")
    parts = numbers("base", base, 3)
    stocks = area.population
    zeros = np.zeros((len(parts), len(stocks) - 1))
    people = stocks[0].sum()
    shares = stocks[0] / people if people > 0 else np.full(stocks[0].shape, 1 / stocks[0].size)
    made, farthest = _native.project_parts(
        area,
        parts,
        zeros if migration_difference is None else numbers("migration_difference", migration_difference, 2),
        shares if movers is None else numbers("movers", movers, 2),
    )
    return LocalProjection(np.array(made).reshape(len(parts), *stocks.shape), farthest)


def structure_one_year_before(
    later: ArrayLike,
    survival: ArrayLike,
    totals: ArrayLike,
    *,
    groups: Iterable[tuple[Literal["F", "M"], int, int, float]] = (),
) -> NDArray[np.float64]:
    """Estimate a stock by sex and single age from the stock of one year later: reverse survival, fitted to totals.

    ``P(a) = P'(a+1) / S(a)``; then the ages of each published group are scaled to it and all others together to the
    rest of the total. Migration of the year enters through the scaling only: the result is an estimate.

    Args:
        later: stock a year later, (2, A), females first, the last age open.
        survival: ratios of the year, (2, A+1), birth first.
        totals: women and men in all, as published.
        groups: counts published by age: sex (F, M), first age, last age, persons. They do not overlap.

    Returns:
        The stock, (2, A); it adds to the groups and totals exactly.

    Raises:
        InputError: names the array or group, sex and age.
    """
    both = numbers("totals", totals).tolist()
    if len(both) != 2:
        raise InputError(f"totals has {len(both)} values: expected two, women and men")
    published = []
    for place, group in enumerate(groups):
        where = f"groups at position {place}"
        if not isinstance(group, tuple | list) or len(group) != 4:
            raise InputError(f"{where} is {group!r}: expected sex, first age, last age and persons")
        sex, first, last, persons = group
        ages = whole(f"{where}, first age", first), whole(f"{where}, last age", last)
        published.append((str(sex), *ages, number(f"{where}, persons", persons)))
    stock: NDArray[np.float64] = _native.structure_one_year_before(
        numbers("later", later, 2), numbers("survival", survival, 2), both, published
    )
    return stock
