"""The ranking of a selection: who is chosen, by what score, and what the score is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from diagnoza.errors import InputError
from diagnoza.labels import check_lang, format_number, label
from diagnoza.plot.theme import INK, MUTED, Text, at, dress, heading, legend_row, own, values
from diagnoza.strata import stratum_name

if TYPE_CHECKING:
    import altair as alt

    from diagnoza.selecting import Selection

__all__ = ["PLACES", "selection_ranking"]

_ROW: Final = 22
_WIDTH: Final = 360
_HEAD: Final = 30
# None of them the colour of a place.
_PARTS: Final = ("#00795a", "#8cc5b0", "#8a6d00", "#dcc98a", "#4a4a8c", "#b0b0d8", "#6b6b6b")

#: Colour of every place.
PLACES: Final = {
    "chosen": "#c44e00",
    "tied": "#e79a66",
    "reserve": "#0b5c94",
    "tied_for_reserve": "#7aafd0",
    "refused": "#1d2733",
    "below": "#9aa5b0",
}


def selection_ranking(
    selection: Selection,
    *,
    stratum: str | None = None,
    most: int = 20,
    lang: str = "pl",
    title: str | None = None,
    decimals: int = 2,
) -> alt.LayerChart:
    """Draw every stratum's ranking: a bar per gmina, in parts where the score is a sum over criteria.

    A dot in the colour of its place stands before each name, and a line closes the quota where only quotas
    bind. The bar of a lexicographic selection is the value of the first criterion.

    Args:
        selection: the choice.
        stratum: only this one; by default all.
        most: gminas drawn per stratum, from the first; the rest are counted.
        lang: ``"pl"`` or ``"en"``.
        title: by default the selection's; empty for none.
        decimals: of the figures.

    Raises:
        InputError: there is no such stratum.
    """
    import altair as alt

    check_lang(lang)
    record = selection.record
    result = record["result"]
    names = [one["stratum"] for one in result["strata"]]
    if stratum is not None and stratum not in names:
        raise InputError(f"stratum {stratum!r} is not known; strata are {', '.join(names)}")
    strata = [one for one in result["strata"] if stratum in (None, one["stratum"]) and one["rows"]]
    drawn = [row for one in strata for row in one["rows"][:most]]
    left = 40 + max((Text.width(row["name"], 11) for row in drawn), default=60)
    primary = [c for c in result["criteria"] if c["role"] == "primary"]
    summed = any(part["contribution"] is not None for row in drawn for part in row["parts"])
    lexicographic = result["method"]["name"] == "lexicographic"
    lengths = [
        [part["contribution"] for part in row["parts"]] if summed else [_length(row, lexicographic)] for row in drawn
    ]
    reach = max((sum(abs(part) for part in parts) for parts in lengths), default=0.0) or 1.0
    base = min((sum(min(part, 0.0) for part in parts) for parts in lengths), default=0.0)
    span = max(reach, reach - base)
    bars: list[dict[str, Any]] = []
    dots: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    figures: list[dict[str, Any]] = []
    heads: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    y = 0.0
    for one in strata:
        heads.append({"x": 0.0, "y": y + 8, "text": _head(one, record, lang)})
        y += _HEAD
        quota_drawn = result["choice"]["proof"] != "order"
        for number, row in enumerate(one["rows"][:most]):
            middle = y + _ROW / 2
            place = row["place"]["place"]
            if not quota_drawn and number == one["quota"] and number > 0:
                lines.append({"x": 0.0, "x2": left + _WIDTH, "y": y, "y2": y})
                quota_drawn = True
            dots.append({"x": 8.0, "y": middle, "ink": PLACES[place]})
            words.append({"x": 20.0, "y": middle, "text": f"{row['rank']}. {row['name']}"})
            parts = [p["contribution"] for p in row["parts"]] if summed else [_length(row, lexicographic)]
            at_x = left + (-base / span) * _WIDTH
            for index, part in enumerate(parts):
                end = at_x + part / span * _WIDTH
                colour = _PARTS[index % len(_PARTS)] if summed else PLACES[place]
                bars.append({"x": at_x, "x2": end, "y": middle - 7, "y2": middle + 7, "ink": colour})
                at_x = end
            figure = row["values"][0]["value"] if lexicographic else row["score"]
            shown = format_number(
                figure, lang, decimals=0 if float(figure).is_integer() and lexicographic else decimals
            )
            figures.append({"x": at_x + 6, "y": middle, "text": shown})
            y += _ROW
        if len(one["rows"]) > most:
            more = label("selection.more", lang).format(count=len(one["rows"]) - most)
            words.append({"x": 20.0, "y": y + _ROW / 2, "text": more})
            y += _ROW
        y += 12
    layers: list[Any] = [
        _text(heads, fontWeight="bold", fontSize=12),
        alt.Chart(values(bars)).mark_rect().encode(**at(x="x", x2="x2", y="y", y2="y2"), color=own("color", "ink")),
        alt.Chart(values(dots))
        .mark_point(filled=True, size=70, opacity=1)
        .encode(**at(x="x", y="y"), color=own("color", "ink")),
        _text(words),
        _text(figures, color=MUTED, fontSize=10),
    ]
    if lines:
        layers.append(
            alt.Chart(values(lines))
            .mark_rule(color=INK, strokeDash=[4, 3])
            .encode(**at(x="x", x2="x2", y="y", y2="y2"))
        )
    present = dict.fromkeys(row["place"]["place"] for row in drawn)
    entries = [("dot", PLACES[place], label(f"place.{place}", lang)) for place in PLACES if place in present]
    if summed:
        entries += [("fill", _PARTS[i % len(_PARTS)], c["label"][lang]) for i, c in enumerate(primary)]
    if lexicographic and primary:
        entries.append(("note", INK, f"{label('selection.bar', lang)}: {primary[0]['label'][lang]}"))
    width = left + _WIDTH + 60
    legend, _ = legend_row(entries, top=y + 12, width=width)
    chart = alt.layer(*layers, *legend).properties(width=width, height=y)
    made: alt.LayerChart = dress(chart, lang=lang, title=result["title"][lang] if title is None else title)
    return made


def _length(row: dict[str, Any], lexicographic: bool) -> float:
    return float(row["values"][0]["value"] if lexicographic else row["score"])


def _head(stratum: dict[str, Any], record: dict[str, Any], lang: str) -> str:
    by, date = record["result"]["strata_by"], record["register_date"]
    name = heading(stratum_name(stratum["stratum"], by, lang, date=date))
    return label("selection.stratum", lang, stratum=name, quota=stratum["quota"], count=len(stratum["rows"]))


def _text(rows: list[dict[str, Any]], **style: Any) -> Any:
    import altair as alt

    look = {"align": "left", "baseline": "middle", "fontSize": 11, "color": INK, **style}
    return alt.Chart(values(rows)).mark_text(**look).encode(**at(x="x", y="y"), text="text:N")
