"""Where a unit stands among its peers, on several indicators at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

from diagnoza.errors import InputError
from diagnoza.labels import check_lang, format_number, indicator_label, label, unit_label
from diagnoza.plot import frames
from diagnoza.plot.theme import INK, MUTED, Text, at, dress, heading, legend_row, values

if TYPE_CHECKING:
    import altair as alt
    import polars as pl

__all__ = ["indicator_profile"]

_ROW: Final = 44
_WIDTH: Final = 300
_LEFT: Final = 230
_VALUE: Final = _LEFT + _WIDTH + 16
_MEDIAN: Final = _LEFT + _WIDTH + 130
_PLACE: Final = _LEFT + _WIDTH + 205
_DOT: Final = "#c44e00"
_BAND: Final = "#b9d6e8"


def indicator_profile(
    frame: object,
    *,
    unit: str,
    indicators: Sequence[str] | None = None,
    year: int | Literal["each"] | None = None,
    peers: str | None = None,
    lang: str = "pl",
    title: str | None = None,
    decimals: int = 1,
) -> alt.LayerChart:
    """Draw one row per indicator: the unit's dot, the band of the middle half of its peers, their median.

    Every row has a scale of its own, from the lowest to the highest value known in it; the other units of
    the frame are light ticks. Figures stand beside: the value with its unit, the median, and the place (the
    first has the highest value; a high value may be good or bad, which the chart does not judge).

    Args:
        frame: the indicators frame: unit, name, year, indicator, value, unit_of_measure, n, rank, median, q1,
            q3; label, peers, decimals, lowest and highest where they apply. The frame of `diagnoza.assess` is one.
        unit: code of the unit.
        indicators: which ones, in this order; by default all that the unit has, in the frame's order.
        year: by default the last one of the unit; ``"each"`` takes every indicator in its own year, written beside it.
        peers: word of the peers, where the frame has several.
        lang: ``"pl"`` or ``"en"``.
        title: by default the unit's name.
        decimals: of the figures.

    Raises:
        InputError: a column, year or indicator is missing, or an indicator is there twice.
        UnknownUnitError: no row is of `unit`.
    """
    import altair as alt
    import polars as pl

    check_lang(lang)
    needed = ("unit", "year", "indicator", "value", "n", "rank", "median", "q1", "q3")
    table = frames.as_frame(frame, columns=needed, what="indicators frame")
    own = frames.choose_unit(table, unit)
    if peers is not None:
        if "peers" not in table.columns or own.filter(pl.col("peers") == peers).is_empty():
            raise InputError(f"unit {unit} has no peers {peers!r} in the frame")
        table, own = table.filter(pl.col("peers") == peers), own.filter(pl.col("peers") == peers)
    chosen = year
    if chosen is None:
        chosen = int(own["year"].max())  # type: ignore[arg-type]
    if chosen != "each":
        frames.require_years(own, [chosen])
        table, own = table.filter(pl.col("year") == chosen), own.filter(pl.col("year") == chosen)
    there = list(dict.fromkeys(own["indicator"].to_list()))
    wanted = list(indicators) if indicators is not None else there
    unknown = [word for word in wanted if word not in there]
    if unknown:
        raise InputError(
            f"unit {unit} has no indicator {frames.listed(unknown)} in {chosen}; it has {frames.listed(there)}"
        )
    rows = [_row(table, own, word, lang, decimals, each=chosen == "each") for word in wanted]
    layers = _drawn(rows)
    heads = ((_VALUE, "chart.value"), (_MEDIAN, "chart.median"), (_PLACE, "chart.position"))
    layers.append(_words([(label(key, lang), x, -6.0) for x, key in heads], color=MUTED, fontSize=10))
    name = frames.unit_names(own)[unit]
    entries = [
        ("dot", _DOT, unit_label(unit, name, lang)),
        ("fill", _BAND, label("chart.quartiles", lang)),
        ("tick", INK, label("chart.median", lang)),
    ]
    if any(row["ticks"] for row in rows):
        entries.append(("tick", "#c3cad1", label("chart.peer", lang)))
    legend, _ = legend_row(entries, top=len(rows) * _ROW + 18, width=_LEFT + _WIDTH + 270)
    chart = alt.layer(*layers, *legend).properties(width=_LEFT + _WIDTH + 270, height=len(rows) * _ROW)
    among = own["peers"].drop_nulls().unique(maintain_order=True).to_list() if "peers" in own.columns else []
    when = label("chart.each_year", lang) if chosen == "each" else str(chosen)
    subtitle = ", ".join([when, *(_peers(str(peer), lang) for peer in among), label("chart.rank", lang)])
    made: alt.LayerChart = dress(
        chart, lang=lang, title=title or heading(unit_label(unit, name, lang)), subtitle=[subtitle]
    )
    return made


def _row(
    table: pl.DataFrame, own: pl.DataFrame, indicator: str, lang: str, decimals: int, *, each: bool = False
) -> dict[str, Any]:
    import polars as pl

    mine = own.filter(pl.col("indicator") == indicator)
    if len(mine) != 1:
        raise InputError(
            f"indicator {indicator!r} is there {len(mine)} times for one unit and year: keep one peer group"
        )
    row = mine.row(0, named=True)
    same = pl.col("indicator") == indicator
    if row.get("peers") is not None:
        same = same & (pl.col("peers") == row["peers"])
    if each:
        same = same & (pl.col("year") == row["year"])
    decimals = decimals if row.get("decimals") is None else int(row["decimals"])
    ends = (row.get("lowest"), row.get("highest"))
    # where the frame says how far the peers reach, its other units may be no peers: a rural gmina's are rural
    others = [] if ends[0] is not None else [v for v in table.filter(same)["value"].to_list() if v is not None]
    known = [v for v in (*others, *ends, row["value"], row["median"], row["q1"], row["q3"]) if v is not None]
    low, high = (min(known), max(known)) if known else (0.0, 0.0)
    reach = high - low

    def place(value: float | None) -> float | None:
        if value is None:
            return None
        return _LEFT + (8 + (_WIDTH - 16) * ((value - low) / reach if reach > 0 else 0.5))

    def written(value: float | None) -> str:
        return format_number(value, lang, decimals=decimals)

    measure = row.get("unit_of_measure") or ""
    rank, count = row["rank"], row["n"]
    value = label("chart.missing", lang) if row["value"] is None else f"{written(row['value'])} {measure}".strip()
    return {
        "label": str(row.get("label") or indicator_label(indicator, lang)) + (f" ({row['year']})" if each else ""),
        "dot": place(row["value"]),
        "median": place(row["median"]),
        "band": (place(row["q1"]), place(row["q3"])),
        "ticks": [place(value) for value in others],
        "ends": (written(low), written(high)) if known else ("", ""),
        "value": value,
        "median_text": written(row["median"]),
        "position": "–" if rank is None else f"{format_number(rank, lang)} {label('chart.of', lang)} {count}",
    }


def _words(rows: list[tuple[str, float, float]], **style: Any) -> Any:
    import altair as alt

    look = {"align": "left", "baseline": "middle", "fontSize": 11, "color": INK, **style}
    placed = [{"text": text, "x": x, "y": y} for text, x, y in rows]
    return alt.Chart(values(placed)).mark_text(**look).encode(**at(x="x", y="y"), text="text:N")


def _rules(rows: list[tuple[float, float, float, float]], **style: Any) -> Any:
    import altair as alt

    placed = [{"x": x, "x2": x2, "y": y, "y2": y2} for x, x2, y, y2 in rows]
    return alt.Chart(values(placed)).mark_rule(**style).encode(**at(x="x", x2="x2", y="y", y2="y2"))


def _drawn(rows: list[dict[str, Any]]) -> list[Any]:
    """Return the layers of all rows: one per kind of mark, for each layer costs time when a chart is made."""
    import altair as alt

    axes: list[tuple[float, float, float, float]] = []
    ticks: list[tuple[float, float, float, float]] = []
    medians: list[tuple[float, float, float, float]] = []
    bands: list[dict[str, float]] = []
    dots: list[dict[str, float]] = []
    names: list[tuple[str, float, float]] = []
    figures: list[tuple[str, float, float]] = []
    own_figures: list[tuple[str, float, float]] = []
    lows: list[tuple[str, float, float]] = []
    highs: list[tuple[str, float, float]] = []
    for index, row in enumerate(rows):
        axis = index * _ROW + _ROW / 2 - 4
        axes.append((_LEFT, _LEFT + _WIDTH, axis, axis))
        q1, q3 = row["band"]
        if q1 is not None and q3 is not None:
            bands.append({"x": q1, "x2": max(q3, q1 + 1), "y": axis - 8, "y2": axis + 8})
        ticks += [(x, x, axis - 5, axis + 5) for x in row["ticks"]]
        if row["median"] is not None:
            medians.append((row["median"], row["median"], axis - 9, axis + 9))
        if row["dot"] is not None:
            dots.append({"x": row["dot"], "y": axis})
        lines = Text.wrap(row["label"], 11, _LEFT - 20)[:3]
        names += [(line, 0.0, axis + (number - (len(lines) - 1) / 2) * 13) for number, line in enumerate(lines)]
        lows.append((row["ends"][0], _LEFT, axis + 16))
        highs.append((row["ends"][1], _LEFT + _WIDTH, axis + 16))
        own_figures.append((row["value"], _VALUE, axis))
        figures += [(row["median_text"], _MEDIAN, axis), (row["position"], _PLACE, axis)]
    return [
        _rules(axes, color="#d5dade"),
        alt.Chart(values(bands)).mark_rect(color=_BAND, opacity=1).encode(**at(x="x", x2="x2", y="y", y2="y2")),
        _rules(ticks, color="#9aa5b0", strokeWidth=1, opacity=0.7),
        _rules(medians, color=INK, strokeWidth=2),
        alt.Chart(values(dots))
        .mark_point(filled=True, size=110, color=_DOT, opacity=1, stroke="white", strokeWidth=1)
        .encode(**at(x="x", y="y")),
        _words(names),
        _words(lows, fontSize=9, color=MUTED),
        _words(highs, fontSize=9, color=MUTED, align="right"),
        _words(own_figures, fontWeight="bold", color=_DOT),
        _words(figures),
    ]


def _peers(word: str, lang: str) -> str:
    """Return the name of a set of peers; a text that is no word of the library stands as it is."""
    known = ("voivodeship", "subregion", "powiat", "kind")
    return label(f"peers.{word}", lang) if word in known else word
