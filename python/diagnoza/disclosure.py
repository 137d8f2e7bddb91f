"""Publication view of counts: small and dominated cells suppressed so that nobody can compute them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, cast

from diagnoza import _native
from diagnoza.arguments import check_word, number, whole
from diagnoza.errors import InputError

if TYPE_CHECKING:
    import polars as pl

__all__ = ["PublicationTable", "PublicationView", "attack", "publication_view"]

Zeros = Literal["publish", "suppress"]
Reasons = Literal["hidden", "shown"]


@dataclass(frozen=True)
class PublicationTable:
    """A table of counts for publication. It does not hold the numbers it suppresses."""

    record: dict[str, Any]
    """Cells, rules and how the complementary cells were chosen."""

    def frame(self) -> pl.DataFrame:
        """Labels (null: total), count (null: suppressed) and status, totals first."""
        import polars as pl

        levels, across = self.record["levels"], self.record["across"]
        rows = [
            {
                **dict(zip(levels, cell["path"], strict=False)),
                **({across: cell["across"]} if across else {}),
                "count": cell["count"],
                "status": cell["status"],
            }
            for cell in self.record["cells"]
        ]
        labels = [*levels, *([across] if across else [])]
        schema = {**dict.fromkeys(labels, pl.String), "count": pl.Int64, "status": pl.String}
        return pl.DataFrame(rows, schema=cast("Any", schema))

    def attack(self, *, width: float | None = None) -> pl.DataFrame:
        """Return the interval to which every suppressed cell can be narrowed; see `attack`."""
        return _attacked(self, width)

    def _repr_html_(self) -> str:
        return str(self.frame()._repr_html_())


@dataclass(frozen=True)
class PublicationView:
    """A publication view with its audit. Made by `publication_view`."""

    table: PublicationTable
    """For publication."""
    record: dict[str, Any] = field(repr=False)
    """Audit: not for publication."""

    def frame(self) -> pl.DataFrame:
        """Return the table for publication: labels, count, status."""
        return self.table.frame()

    @property
    def audit(self) -> pl.DataFrame:
        """Why each cell is suppressed and how well. Not for publication.

        Labels, status, lower and upper end of the attacker's interval (null: no end), required_upper, required_width.
        """
        import polars as pl

        record = self.table.record
        levels, across = record["levels"], record["across"]
        numbers = ("lower", "upper", "required_upper", "required_width")
        rows = [
            {
                **dict(zip(levels, cell["path"], strict=False)),
                **({across: cell["across"]} if across else {}),
                "status": cell["status"],
                **{name: cell[name] for name in numbers},
            }
            for cell in self.record["cells"]
        ]
        labels = [*levels, *([across] if across else []), "status"]
        schema = {**dict.fromkeys(labels, pl.String), **dict.fromkeys(numbers, pl.Float64)}
        return pl.DataFrame(rows, schema=cast("Any", schema))

    @property
    def lost(self) -> int:
        """Sum of the counts of the complementary cells. Not for publication."""
        return int(self.record["lost"])

    @property
    def methods(self) -> dict[str, str]:
        """Rules and methods with their parameters."""
        found: dict[str, str] = self.record["provenance"]["methods"]
        return found

    def _repr_html_(self) -> str:
        return self.table._repr_html_()


def publication_view(
    table: pl.DataFrame,
    *,
    by: str | Sequence[str],
    count: str,
    across: str | None = None,
    contributor: str | None = None,
    largest: str | None = None,
    threshold: int = 3,
    dominance: float | None = 0.75,
    zeros: Zeros = "publish",
    reasons: Reasons = "hidden",
    beyond_threshold: int = 1,
    width: int | None = None,
    absent: Literal["refuse", "zero"] = "refuse",
) -> PublicationView:
    """Suppress small and dominated counts, and others with them so that no total gives them back.

    Totals are computed; the table is given without them. Counts that do not add up, such as distinct persons
    over gminas, do not belong here. The result is proved by an attack (linear programmes over everything
    published) before it is returned.

    >>> import diagnoza as dg, polars as pl
    >>> view = dg.publication_view(pl.DataFrame({"gmina": ["a", "b", "c"], "n": [14, 2, 6]}), by="gmina", count="n")
    >>> view.frame()["count"].to_list()
    [22, 14, None, None]

    Args:
        table: one row per cell (or per cell and contributor).
        by: columns of the units, widest first, e.g. ``["subregion", "powiat", "gmina"]``.
        count: column of the counts.
        across: column of a second classification, e.g. the form of support.
        contributor: column of who contributed the count, for dominance; rows of one cell are added.
        largest: column of the largest contributor's part instead; of a total the largest part of one of its
            cells is then taken.
        threshold: counts below it are suppressed (fewer than three: art. 38 of the Act on official statistics).
        dominance: a cell is suppressed if one contributor has more than this part; None for no such rule.
        zeros: whether a zero is published.
        reasons: ``shown`` says beside each cell why it is suppressed, which an attacker uses too.
        beyond_threshold: how far beyond the largest count below the threshold an attacker's interval reaches.
        width: how wide that interval is at least, by default the threshold less 1.
        absent: what a cell of a cross table without row is.

    Raises:
        InputError: the table or a rule, by row; or a cell that cannot be protected.
    """
    check_word("zeros", zeros, ("publish", "suppress"))
    check_word("reasons", reasons, ("hidden", "shown"))
    check_word("absent", absent, ("refuse", "zero"))
    levels = [by] if isinstance(by, str) else list(by)
    if contributor and largest:
        raise InputError("give the contributor or the largest part, not both")
    rules = _rules(threshold, dominance, zeros, reasons, beyond_threshold, width)
    frame = _frame(table, [*levels, *(column for column in (across, count, contributor, largest) if column)])
    rows = [
        (
            _path(row, levels, place),
            None if across is None else _label(row[across]),
            whole(f"row {place}: {count}", row[count], 0, 2**40),
            None if contributor is None else _label(row[contributor]),
            None if largest is None or row[largest] is None else whole(f"row {place}: {largest}", row[largest]),
        )
        for place, row in enumerate(frame.iter_rows(named=True), 1)
    ]
    made = json.loads(
        _native.publication_view(levels, across, rows, json.dumps(rules), absent_is_zero=absent == "zero")
    )
    return PublicationView(PublicationTable(made["publication"]), made["audit"])


def attack(
    table: PublicationTable | PublicationView | pl.DataFrame,
    *,
    by: str | Sequence[str] | None = None,
    count: str = "count",
    across: str | None = None,
    zeros: Zeros = "publish",
    width: float | None = None,
) -> pl.DataFrame:
    """Find the interval to which every suppressed cell can be narrowed from everything published.

    Args:
        table: a publication of this library, or a frame of somebody's published table: null labels for totals,
            null counts for suppressed cells.
        by: for a frame, columns of the units, widest first.
        count: for a frame, column of the counts.
        across: for a frame, column of a second classification.
        zeros: for a frame, whether its suppressed cells may be zero (``suppress``) or not (``publish``).
        width: refuse a table in which an interval is narrower.

    Returns:
        Labels, lower and upper (null: no upper end) of every suppressed cell.

    Raises:
        InputError: a cell is narrower than `width`, or the figures contradict each other; names the cell.
    """
    if isinstance(table, PublicationView):
        return _attacked(table.table, width)
    if isinstance(table, PublicationTable):
        return _attacked(table, width)
    if by is None:
        raise InputError("by is needed: the columns of the units of the table, widest first")
    check_word("zeros", zeros, ("publish", "suppress"))
    levels = [by] if isinstance(by, str) else list(by)
    frame = _frame(table, [*levels, *([across] if across else []), count])
    rows = [
        (
            _path(row, levels, place, totals=True),
            None if across is None or row[across] is None else _label(row[across]),
            None if row[count] is None else whole(f"row {place}: {count}", row[count], 0, 2**40),
        )
        for place, row in enumerate(frame.iter_rows(named=True), 1)
    ]
    published = _native.published_table(levels, across, rows, json.dumps({"zeros": zeros}))
    return _attacked(PublicationTable(json.loads(published)), width)


def _attacked(table: PublicationTable, width: float | None) -> pl.DataFrame:
    import polars as pl

    least = None if width is None else number("width", width)
    found = json.loads(_native.attack(json.dumps(table.record), width=least))
    levels, across = table.record["levels"], table.record["across"]
    rows = [
        {
            **dict(zip(levels, cell["path"], strict=False)),
            **({across: cell["across"]} if across else {}),
            "lower": cell["lower"],
            "upper": cell["upper"],
        }
        for cell in found["cells"]
    ]
    labels = [*levels, *([across] if across else [])]
    schema = {**dict.fromkeys(labels, pl.String), "lower": pl.Float64, "upper": pl.Float64}
    return pl.DataFrame(rows, schema=cast("Any", schema))


def _rules(
    threshold: int, dominance: float | None, zeros: str, reasons: str, beyond: int, width: int | None
) -> Mapping[str, Any]:
    return {
        "threshold": whole("threshold", threshold),
        "dominance": None if dominance is None else number("dominance", dominance),
        "zeros": zeros,
        "reasons": reasons,
        "protection": {
            "beyond_threshold": whole("beyond_threshold", beyond),
            "width": None if width is None else whole("width", width),
        },
    }


def _frame(table: Any, columns: list[str]) -> pl.DataFrame:
    from diagnoza.plot.frames import as_frame

    if len(set(columns)) < len(columns):
        raise InputError(f"columns {', '.join(columns)}: each may be named once")
    return as_frame(table, columns=columns, what="table")


def _label(value: Any) -> str:
    return "" if value is None else str(value)


def _path(row: Mapping[str, Any], levels: Sequence[str], place: int, *, totals: bool = False) -> list[str]:
    labels = [_label(row[level]) for level in levels]
    if not totals:
        return labels
    path = labels[: next((i for i, level in enumerate(levels) if row[level] is None), len(levels))]
    if any(row[level] is not None for level in levels[len(path) :]):
        raise InputError(f"row {place}: a label below an empty one: totals leave the narrower units empty")
    return path
