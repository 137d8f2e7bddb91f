"""Gross migration flows of an area in the six directions of Polish official statistics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from diagnoza import _native
from diagnoza.arguments import check_word, numbers, whole_numbers
from diagnoza.errors import InputError
from diagnoza.labels import Lang, check_lang, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import polars as pl
    from numpy.typing import ArrayLike, NDArray

__all__ = ["Direction", "GrossFlows", "gross_flows"]

Direction = Literal[
    "in_from_towns", "in_from_countryside", "immigration", "out_to_towns", "out_to_countryside", "emigration"
]

_SEXES = ("F", "M")
_COLUMNS = ("direction", "sex", "age", "migrants")
_SUMS = ("inflow", "outflow", "net", "internal_net", "external_net")


@dataclass(frozen=True, eq=False)
class GrossFlows:
    """Migrants of one area and period by direction, sex and age. Made by `gross_flows`.

    Arrays (2, A) have females first. The town or countryside is the other end of a move within the country. Moves
    between the gminas of a powiat are in its inflow and its outflow alike, and cancel in the net.
    """

    counts: NDArray[np.float64]
    """Migrants, (6, 2, A), in the order in_from_towns, in_from_countryside, immigration, out_to_towns,
    out_to_countryside, emigration."""
    ages: tuple[int, ...]
    """First age of each group."""
    inflow: NDArray[np.float64]
    """Arrivals of the three directions (napływ), (2, A)."""
    outflow: NDArray[np.float64]
    """Departures of the three directions (odpływ), (2, A)."""
    net: NDArray[np.float64]
    """Arrivals less departures (saldo migracji), (2, A)."""
    internal_net: NDArray[np.float64]
    """Net migration within the country, (2, A)."""
    external_net: NDArray[np.float64]
    """Immigration less emigration, (2, A)."""

    def of(self, direction: Direction) -> NDArray[np.float64]:
        """Migrants of one direction, (2, A)."""
        found: NDArray[np.float64] = self.counts[_native.migration_direction(direction)]
        return found

    def total(self, direction: Direction, *, sex: Literal["F", "M", "T"] = "T") -> float:
        """Migrants of one direction at all ages, of one sex or (``T``) of both."""
        check_word("sex", sex, (*_SEXES, "T"))
        found = self.of(direction)
        return float(found.sum() if sex == "T" else found[_SEXES.index(sex)].sum())

    @property
    def total_in(self) -> float:
        """Arrivals of both sexes at all ages."""
        return float(self.inflow.sum())

    @property
    def total_out(self) -> float:
        """Departures of both sexes at all ages."""
        return float(self.outflow.sum())

    @property
    def total_net(self) -> float:
        """Net migration of both sexes at all ages."""
        return self.total_in - self.total_out

    def rates(self, direction: Direction, population: ArrayLike) -> NDArray[np.float64]:
        """Migrants of one direction per person, (2, A): of people at the start of the year, or of their mean over it.

        People who leave are at risk of it in the area; those who come are not, so that their rate describes and does
        not explain. Of arrivals per person of the other areas see `in_rates`, of the net see `net_rates`.

        Raises:
            InputError: the direction, shapes, values, or an age of nobody, where a rate is not defined.
        """
        people = numbers("population", population, 2)
        rates: NDArray[np.float64] = _native.migration_proportions(self.of(direction).copy(), people, 1.0, back=False)
        return rates

    def frame(self) -> pl.DataFrame:
        """One row for every direction, sex and age: direction, sex, age (first of the group), migrants.

        `gross_flows` reads it back.
        """
        import polars as pl

        rows = [
            (direction, sex, age, self.counts[i, j, k])
            for i, direction in enumerate(_native.migration_directions())
            for j, sex in enumerate(_SEXES)
            for k, age in enumerate(self.ages)
        ]
        schema = dict(zip(_COLUMNS, (pl.String, pl.String, pl.Int64, pl.Float64), strict=True))
        return pl.DataFrame(rows, schema=schema, orient="row")

    def summary(self, lang: Lang = "pl") -> pl.DataFrame:
        """Directions and sums at all ages: flow, label, F, M, T (both sexes)."""
        import polars as pl

        check_lang(lang)
        arrays = [*zip(_native.migration_directions(), self.counts, strict=True)]
        arrays += [(name, getattr(self, name)) for name in _SUMS]
        rows = [(name, label(f"migration.{name}", lang), *a.sum(axis=1), a.sum()) for name, a in arrays]
        schema = {"flow": pl.String, "label": pl.String, **dict.fromkeys((*_SEXES, "T"), pl.Float64)}
        return pl.DataFrame(rows, schema=schema, orient="row")

    def _repr_html_(self) -> str:
        import polars as pl

        with pl.Config(tbl_rows=-1):
            return str(self.summary()._repr_html_())


def gross_flows(
    flows: ArrayLike | Mapping[Direction, ArrayLike] | pl.DataFrame, *, ages: Sequence[int] | None = None
) -> GrossFlows:
    """Gross flows of one area: registrations (zameldowania) and deregistrations (wymeldowania) in six directions.

    Net migration is of little use where it is small and the flows are not: 300 who come and 310 who leave are a net of
    -10, and two age profiles.

    >>> import diagnoza as dg
    >>> nobody = [[0, 0], [0, 0]]
    >>> flows = dg.gross_flows({
    ...     "in_from_towns": [[3, 12], [2, 10]], "in_from_countryside": [[1, 4], [1, 3]], "immigration": nobody,
    ...     "out_to_towns": [[2, 20], [2, 15]], "out_to_countryside": nobody, "emigration": [[0, 5], [0, 6]],
    ... }, ages=[0, 20])
    >>> flows.net.tolist(), flows.total_in, flows.total("emigration")
    ([[2.0, -9.0], [1.0, -8.0]], 36.0, 11.0)

    Args:
        flows: migrants as an array (6, 2, A), females first, in the order of `GrossFlows.counts`; or a mapping of all
            six directions to (2, A); or a frame with the columns direction, sex (F, M), age (first of the group) and
            migrants and one row for each: a cell without row is an error, for a lost row would be a silent zero.
        ages: first age of each group; 0, 1, 2, ... by default. A frame brings its own.

    Raises:
        InputError: names the direction, sex and age; shapes; counts below zero or not finite.
    """
    if isinstance(flows, Mapping):
        counts = _of_mapping(flows)
    elif hasattr(flows, "__arrow_c_stream__") or type(flows).__module__.startswith(("pandas", "polars")):
        if ages is not None:
            raise InputError("ages with a frame: its column age says them")
        counts, ages = _of_frame(flows)
    else:
        counts = numbers("flows", flows, 3)
    counts = counts.copy()
    sums = _native.gross_flows(counts)
    found = range(counts.shape[2]) if ages is None else whole_numbers("ages", ages)
    if len(found) != counts.shape[2]:
        raise InputError(
            f"ages has {len(found)} values: expected {counts.shape[2]}, one for each age group of the flows"
        )
    if any(later <= earlier for earlier, later in zip(found, found[1:], strict=False)):
        raise InputError(f"ages {list(found)}: expected the first age of each group, increasing")
    for array in (counts, *sums):
        array.flags.writeable = False  # the sums are those of the counts
    return GrossFlows(counts, tuple(found), *sums)


def _of_mapping(flows: Mapping[Any, ArrayLike]) -> NDArray[np.float64]:
    import numpy as np

    words = _native.migration_directions()
    for word in flows:
        _native.migration_direction(str(word))
    lacking = [word for word in words if word not in flows]
    if lacking:
        raise InputError(f"flows lacks {', '.join(lacking)}: give all six directions, zeros where nobody moved")
    arrays = [numbers(word, flows[word], 2) for word in words]
    for word, array in zip(words, arrays, strict=True):
        if array.shape != arrays[0].shape:
            raise InputError(f"{word} has shape {array.shape}: expected {arrays[0].shape}, that of {words[0]}")
    return np.stack(arrays)


def _of_frame(frame: Any) -> tuple[NDArray[np.float64], list[int]]:
    import numpy as np

    from diagnoza.plot.frames import as_frame

    table = as_frame(frame, columns=_COLUMNS, what="frame of flows").select(_COLUMNS)
    cells: dict[tuple[int, str, int], float] = {}
    for place, (direction, sex, age, migrants) in enumerate(table.iter_rows(), 1):
        where = f"flows, row {place}"
        try:
            index = _native.migration_direction(str(direction))
        except InputError as error:
            raise InputError(f"{where}: {error}") from error
        check_word(f"{where}, sex", str(sex), _SEXES)
        [years] = whole_numbers(f"{where}, age", [age], 0, 130)
        if migrants is None:
            raise InputError(f"{where}, migrants: empty; a figure that is not known cannot be added up")
        if (index, sex, years) in cells:
            raise InputError(f"{where}: {direction}, {sex}, age {years} stands there a second time, expected one row")
        cells[index, sex, years] = float(numbers(f"{where}, migrants", migrants, 0))
    ages = sorted({age for _, _, age in cells})
    counts = np.empty((6, 2, len(ages)))
    for i, word in enumerate(_native.migration_directions()):
        for j, sex in enumerate(_SEXES):
            for k, age in enumerate(ages):
                if (i, sex, age) not in cells:
                    raise InputError(f"flows has no row of {word}, {sex}, age {age}: give it, 0 where nobody moved")
                counts[i, j, k] = cells[i, sex, age]
    return counts, ages
