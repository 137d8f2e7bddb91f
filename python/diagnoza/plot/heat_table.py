"""Units and indicators at once: the value in every cell, its place among the peers as its colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from diagnoza.errors import InputError
from diagnoza.labels import check_lang, distinct_names, format_number, indicator_label, label, unit_label
from diagnoza.plot import frames
from diagnoza.plot.theme import INK, MISSING, MUTED, Text, at, dress, legend_row, own, values

if TYPE_CHECKING:
    import altair as alt
    import polars as pl

__all__ = ["heat_table", "percentile_class"]

_LIMITS: Final = (10.0, 25.0, 75.0, 90.0)
_COLOURS: Final = ("#eeb183", "#fadcc8", "#ffffff", "#d6e6f1", "#9cc7dd")
_ROW: Final = 22
_LEFT: Final = 210
_CELL: Final = 92
_MOST: Final = 60


def percentile_class(percentile: float) -> int:
    """Return the class of a percentile: 0 lowest tenth, 1 to a quarter, 2 middle half, 3 above, 4 highest tenth."""
    if percentile <= _LIMITS[0]:
        return 0
    if percentile < _LIMITS[1]:
        return 1
    if percentile <= _LIMITS[2]:
        return 2
    return 3 if percentile < _LIMITS[3] else 4


def heat_table(
    frame: object,
    *,
    peers: str | None = None,
    units: Sequence[str] | None = None,
    indicators: Sequence[str] | None = None,
    lang: str = "pl",
    title: str | None = None,
) -> alt.LayerChart:
    """Draw a table of units and indicators: the value as text, the percentile among the peers as colour.

    Orange is low and blue is high, the middle half is white; neither is good or bad in itself. Cells without a value
    are grey and crossed out, and the legend says so; those without a place among enough peers have no colour.

    Args:
        frame: the frame of `diagnoza.assess`: unit, name, indicator, label, value, percentile, peers, decimals.
        peers: word of the peers; by default the first of the frame.
        units: codes, in this order; by default all, at most 60.
        indicators: ids, in this order; by default all.
        lang: ``"pl"`` or ``"en"``.
        title: of the chart.

    Raises:
        InputError: a column is missing, there are too many units, or a cell is there twice.
        UnknownUnitError: no row is of a unit.
    """
    import altair as alt
    import polars as pl

    check_lang(lang)
    table = frames.as_frame(
        frame, columns=("unit", "indicator", "value", "percentile", "peers"), what="frame of assessments"
    )
    groups = [str(word) for word in table["peers"].drop_nulls().unique(maintain_order=True)]
    chosen = peers if peers is not None else (groups[0] if groups else None)
    if chosen is not None:
        if chosen not in groups:
            raise InputError(f"peers={chosen!r}: the frame has {frames.listed(groups)}")
        table = table.filter((pl.col("peers") == chosen) | pl.col("peers").is_null())
    codes = list(units) if units is not None else [str(code) for code in table["unit"].unique(maintain_order=True)]
    for code in codes:
        frames.choose_unit(table, code)
    if len(codes) > _MOST:
        raise InputError(f"{len(codes)} units do not fit a chart: name at most {_MOST} of them with units=")
    there = [str(word) for word in table["indicator"].unique(maintain_order=True)]
    wanted = list(indicators) if indicators is not None else there
    unknown = [word for word in wanted if word not in there]
    if unknown:
        raise InputError(f"the frame has no indicator {frames.listed(unknown)}; it has {frames.listed(there)}")
    rows = _rows(table, codes, wanted)
    known = frames.unit_names(table)
    names = distinct_names([(code, unit_label(code, known[code], lang)) for code in codes], lang)
    heads = _heads(table, wanted, lang)
    top = max(len(lines) for lines in heads) * 12 + 8
    layers = _drawn(rows, codes, wanted, names, heads, top, lang)
    width, height = _LEFT + _CELL * len(wanted), top + _ROW * len(codes)
    entries = [
        ("fill" if i != 2 else "outline", c if i != 2 else "#c3cad1", label(f"chart.tenth.{i}", lang))
        for i, c in enumerate(_COLOURS)
    ]
    entries.append(("fill", MISSING, label("chart.missing", lang)))
    legend, _ = legend_row(entries, top=height + 16, width=width)
    chart = alt.layer(*layers, *legend).properties(width=width, height=height)
    subtitle = [label(f"peers.{chosen}", lang)] if chosen in ("voivodeship", "subregion", "powiat", "kind") else None
    made: alt.LayerChart = dress(chart, lang=lang, title=title or label("chart.heat", lang), subtitle=subtitle)
    return made


def _rows(table: pl.DataFrame, codes: list[str], wanted: list[str]) -> dict[tuple[str, str], dict[str, Any]]:
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in table.to_dicts():
        key = (str(row["unit"]), str(row["indicator"]))
        if key[0] not in codes or key[1] not in wanted:
            continue
        if key in found:
            raise InputError(f"unit {key[0]} has indicator {key[1]!r} twice: keep one year")
        found[key] = row
    return found


def _heads(table: pl.DataFrame, wanted: list[str], lang: str) -> list[list[str]]:
    import polars as pl

    heads = []
    for word in wanted:
        row = table.filter(pl.col("indicator") == word).row(0, named=True)
        name = str(row.get("label") or indicator_label(word, lang))
        unit = row.get("unit_of_measure")
        heads.append(Text.wrap(f"{name} ({unit})" if unit else name, 10, _CELL - 8)[:6])
    return heads


def _drawn(
    rows: dict[tuple[str, str], dict[str, Any]],
    codes: list[str],
    wanted: list[str],
    names: dict[str, str],
    heads: list[list[str]],
    top: int,
    lang: str,
) -> list[Any]:
    import altair as alt

    boxes: list[dict[str, Any]] = []
    crosses: list[dict[str, float]] = []
    texts: list[dict[str, Any]] = []
    for line, code in enumerate(codes):
        y = top + line * _ROW
        texts.append({"x": 0, "y": y + _ROW / 2, "text": Text.wrap(names[code], 11, 1e9)[0]})
        for column, word in enumerate(wanted):
            x = _LEFT + column * _CELL
            row = rows.get((code, word))
            value = None if row is None else row["value"]
            percentile = None if row is None or row.get("few") else row["percentile"]
            colour = (
                MISSING
                if value is None
                else "#ffffff"
                if percentile is None
                else _COLOURS[percentile_class(percentile)]
            )
            boxes.append({"x": x, "x2": x + _CELL - 2, "y": y + 1, "y2": y + _ROW - 1, "fill": colour})
            if value is None:
                crosses.append({"x": x, "x2": x + _CELL - 2, "y": y + _ROW - 1, "y2": y + 1})
            else:
                decimals = row.get("decimals") if row else None
                written = format_number(value, lang, decimals=1 if decimals is None else int(decimals))
                texts.append({"x": x + _CELL / 2, "y": y + _ROW / 2, "text": written, "middle": True})
    span = at(x="x", x2="x2", y="y", y2="y2")
    left = [row for row in texts if "middle" not in row]
    middle = [row for row in texts if "middle" in row]
    words = [
        {"x": _LEFT + column * _CELL + (_CELL - 2) / 2, "y": top - 8 - (len(lines) - 1 - number) * 12, "text": line}
        for column, lines in enumerate(heads)
        for number, line in enumerate(lines)
    ]
    layers = [
        alt.Chart(values(boxes)).mark_rect(stroke="#d5dade", strokeWidth=0.6).encode(**span, fill=own("fill", "fill")),
    ]
    if crosses:
        layers.append(alt.Chart(values(crosses)).mark_rule(color="#8a8a8a", strokeWidth=1).encode(**span))
    looks: tuple[tuple[list[dict[str, Any]], dict[str, Any]], ...] = (
        (left, {"align": "left", "fontSize": 11, "color": INK}),
        (middle, {"align": "center", "fontSize": 11, "color": INK}),
        (words, {"align": "center", "fontSize": 10, "color": MUTED}),
    )
    for found, look in looks:
        placed = [{key: row[key] for key in ("x", "y", "text")} for row in found]
        if placed:
            layers.append(
                alt.Chart(values(placed)).mark_text(baseline="middle", **look).encode(**at(x="x", y="y"), text="text:N")
            )
    return layers
