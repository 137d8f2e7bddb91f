"""Gminas over all criteria at once: one axis a criterion, one line a gmina."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from diagnoza.errors import InputError
from diagnoza.labels import check_lang, format_number
from diagnoza.plot import frames
from diagnoza.plot.theme import INK, MUTED, SERIES, Text, dress, values

if TYPE_CHECKING:
    import altair as alt

__all__ = ["parallel"]

_OTHERS = "#c3cad1"
_WIDTH, _HEIGHT = 130, 260
#: height of a line of an axis title, as a share of the axis
_LINE = 0.062


def parallel(
    frame: object,
    criteria: Sequence[str],
    *,
    chosen: Sequence[str] = (),
    labels: Sequence[str] | None = None,
    destimulants: Sequence[str] = (),
    lang: str = "pl",
    title: str | None = None,
) -> alt.LayerChart:
    """Draw parallel coordinates: every gmina a line over the criteria, the chosen ones in colour with their names.

    Each axis runs from the least to the most favourable value, so that better is up everywhere; the ends are labelled
    with the values. A gmina without a value has no point on that axis.

    Args:
        frame: columns unit, name and the criteria.
        criteria: columns to draw, left to right.
        chosen: codes drawn in colour.
        labels: names of the axes; by default the columns.
        destimulants: criteria of which less is better.
        lang: ``"pl"`` or ``"en"``.
        title: of the chart.

    Raises:
        InputError: a column is missing, fewer than two criteria, or no gmina has a value of a criterion.
    """
    import altair as alt
    import polars as pl

    check_lang(lang)
    if len(criteria) < 2:
        raise InputError("parallel coordinates need at least two criteria")
    table = frames.as_frame(frame, columns=("unit", "name", *criteria))
    names = list(labels) if labels is not None else list(criteria)
    points: list[dict[str, Any]] = []
    ends: list[dict[str, Any]] = []
    for place, criterion in enumerate(criteria):
        known = table[criterion].drop_nulls().cast(pl.Float64)
        if known.is_empty():
            raise InputError(f"no gmina has a value of {criterion}")
        low, high = float(known.min()), float(known.max())
        if criterion in destimulants:
            low, high = high, low
        for row in table.select("unit", "name", criterion).iter_rows(named=True):
            value = row[criterion]
            if value is not None:
                share = (value - low) / (high - low) if high != low else 0.5
                points.append({"unit": row["unit"], "name": row["name"], "x": place, "y": share})
        whole = low.is_integer() and high.is_integer()
        decimals = 0 if whole or max(abs(low), abs(high)) >= 100 else 1
        for height, value in ((0, low), (1, high)):
            ends.append({"x": place, "y": height, "text": format_number(value, lang, decimals=decimals)})
    heads = ["\n".join(Text.wrap(name, 10, _WIDTH - 8)) for name in names]
    lines = max(head.count("\n") for head in heads) + 1
    picked = [str(code) for code in chosen]
    colours = {code: SERIES[at % len(SERIES)] for at, code in enumerate(picked)}
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-0.3, len(criteria) - 0.2], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-0.12, 1.16 + _LINE * (lines - 1)], nice=False))
    rest = [point for point in points if point["unit"] not in colours]
    front = [{**point, "ink": colours[point["unit"]]} for point in points if point["unit"] in colours]
    axes = [{"x": place, "y": 0, "y2": 1, "text": name} for place, name in enumerate(heads)]
    # lines of a text grow downwards from its place
    titles = [{**axis, "y": 1.11 + _LINE * head.count("\n")} for axis, head in zip(axes, heads, strict=True)]
    layers = [
        alt.Chart(values(axes)).mark_rule(color=MUTED).encode(x=x, y=y, y2="y2:Q"),
        alt.Chart(values(rest))
        .mark_line(color=_OTHERS, strokeWidth=0.8, opacity=0.7)
        .encode(x=x, y=y, detail="unit:N"),
        alt.Chart(values(front))
        .mark_line(strokeWidth=2.2)
        .encode(x=x, y=y, detail="unit:N", color=alt.Color("ink:N", scale=None, legend=None)),
    ]
    last = _spread([point for point in front if point["x"] == len(criteria) - 1])
    for rows, style, channel in (
        (last, {"align": "left", "dx": 8, "fontSize": 11}, alt.Color("ink:N", scale=None, legend=None)),
        ([{**end, "ink": MUTED} for end in ends if end["y"] == 1], {"dy": -8, "fontSize": 9}, alt.value(MUTED)),
        ([{**end, "ink": MUTED} for end in ends if end["y"] == 0], {"dy": 12, "fontSize": 9}, alt.value(MUTED)),
        (titles, {"fontSize": 10, "baseline": "bottom", "lineBreak": "\n"}, alt.value(INK)),
    ):
        if rows:
            layers.append(alt.Chart(values(rows)).mark_text(**style).encode(x=x, y=y, text="text:N", color=channel))
    chart = alt.layer(*layers).properties(width=_WIDTH * len(criteria), height=_HEIGHT)
    made: alt.LayerChart = dress(chart, lang=lang, title=title)
    return made


def _spread(points: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the names beside the last axis, apart from each other."""
    placed: list[dict[str, Any]] = []
    for point in sorted(points, key=lambda point: point["y"]):
        lowest = placed[-1]["y"] + 0.055 if placed else -1.0
        placed.append({**point, "y": max(point["y"], lowest), "text": point["name"]})
    return placed
