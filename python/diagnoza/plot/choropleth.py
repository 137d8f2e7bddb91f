"""The map: one value per powiat or gmina."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, Literal

from diagnoza.arguments import check_word
from diagnoza.errors import InputError
from diagnoza.labels import check_lang, format_number, label
from diagnoza.plot import frames
from diagnoza.plot.classes import classify, classify_by
from diagnoza.plot.geometry import Area, read_borders
from diagnoza.plot.theme import INK, MISSING, dress, legend_row, values

if TYPE_CHECKING:
    import altair as alt

__all__ = ["choropleth", "map_height"]

_WIDTH: Final = 720
_LEVELS: Final = {"powiat": (4,), "gmina": (6, 7)}


def choropleth(
    frame: object,
    *,
    value: str,
    borders: Mapping[str, Any] | str,
    level: Literal["powiat", "gmina"] = "powiat",
    lang: str = "pl",
    scheme: Literal["auto", "sequential", "diverging"] = "auto",
    title: str | None = None,
    subtitle: str | None = None,
    labels: bool = True,
    decimals: int = 1,
    outline: Mapping[str, Any] | str | None = None,
    method: Literal["rounded", "quantile", "equal_interval", "jenks"] = "rounded",
    classes: int = 5,
) -> alt.LayerChart:
    """Draw a value on a map (Mercator, so that a powiat looks as it does on any map).

    Areas without a value are grey with a dashed border, and the legend counts them. The legend's numbers in
    brackets are how many areas each class has. Units are matched by code, never by name, and gminas by
    the first six digits, because the seventh changes when a gmina changes its kind.

    Args:
        frame: columns unit (code) and the value; one row per unit. Rows of other levels are left out.
        value: name of the column to draw.
        borders: GeoJSON FeatureCollection (mapping or text), each feature with properties code and name.
        level: ``"powiat"`` (four digits) or ``"gmina"`` (seven).
        lang: ``"pl"`` or ``"en"``.
        scheme: ``"sequential"``, ``"diverging"`` around zero, or ``"auto"``.
        title: of the map.
        subtitle: what the figures are: unit of measure, year, status.
        labels: print the values (and names) on powiats; gminas are too small for text.
        decimals: of the printed values.
        outline: borders of the level above, drawn as thicker lines (with names, if `labels`).
        method: how values are divided: ``"rounded"`` quantiles or steps as `scheme` says, or exactly by ``"quantile"``,
            ``"equal_interval"`` or ``"jenks"`` (natural breaks); the legend names it.
        classes: number of classes of an exact method.

    Raises:
        InputError: a column is missing, a unit is there twice or has no border, or no value is there.
    """
    import altair as alt
    import polars as pl

    check_lang(lang)
    if level not in _LEVELS:
        raise InputError(f"level={level!r} is not known: use 'powiat' or 'gmina'")
    table = frames.as_frame(frame, columns=("unit", value))
    if not table[value].dtype.is_numeric():
        raise InputError(f"column {value!r} holds {table[value].dtype}, not numbers")
    code = pl.col("unit").cast(pl.String)
    at_level = table.filter(code.str.len_chars().is_in(_LEVELS[level]))
    if at_level.is_empty():
        raise InputError(f"no unit is a {level}: the codes are {frames.listed(table['unit'].unique().sort())}")
    areas = read_borders(borders)
    found = _match(at_level.select(code, pl.col(value).cast(pl.Float64)).rows(), areas)
    present = [number for number in found.values() if number is not None]
    check_word("method", method, ("rounded", "quantile", "equal_interval", "jenks"))
    if method == "rounded":
        divided = classify(present, scheme=scheme)
    else:
        if scheme == "diverging":
            raise InputError(f"method={method!r} divides values from low to high: leave scheme='diverging' out")
        divided = classify_by(present, method=method, count=classes, decimals=decimals)
    counts = [0] * len(divided.colours)
    features = []
    texts: list[dict[str, Any]] = []
    for area in areas:
        number = found.get(area.code)
        colour = MISSING
        if number is not None:
            index = divided.of(number)
            counts[index] += 1
            colour = divided.colours[index]
        features.append(area.feature({"fill": colour, "missing": number is None, "code": area.code, "name": area.name}))
        if labels and level == "powiat":
            texts.append(_text(area, number, colour, lang, decimals))
    height = map_height(areas)
    layers: list[Any] = [
        alt.Chart(values(features))
        .mark_geoshape(stroke="white", strokeWidth=1.0 if level == "powiat" else 0.6)
        .encode(color=alt.Color("fill:N", scale=None, legend=None))
    ]
    absent = [feature for feature in features if feature["missing"]]
    if absent:
        layers.append(
            alt.Chart(values(absent)).mark_geoshape(filled=False, stroke="#8a8a8a", strokeWidth=1, strokeDash=[3, 2])
        )
    if outline is not None:
        above = read_borders(outline)
        layers.append(
            alt.Chart(values([area.feature({}) for area in above])).mark_geoshape(
                filled=False, stroke="#44505c", strokeWidth=1.1
            )
        )
    if texts:
        layers.extend(_printed(texts))
    entries = [
        ("fill", colour, f"{words} ({count})")
        for colour, words, count in zip(divided.colours, divided.words(lang), counts, strict=True)
    ]
    if absent:
        entries.append(("fill", MISSING, f"{label('chart.missing', lang)} ({len(absent)})"))
    entries.append(("note", INK, label(f"chart.bracket.{level}", lang)))
    if method != "rounded":
        entries.append(("note", INK, label(f"chart.method.{method}", lang)))
    legend, _ = legend_row(entries, top=height + 18, width=_WIDTH)
    chart = alt.layer(*layers, *legend).project(type="mercator").properties(width=_WIDTH, height=height)
    made: alt.LayerChart = dress(chart, lang=lang, title=title, subtitle=[subtitle] if subtitle else None)
    return made


def _match(rows: list[tuple[str, float | None]], areas: list[Area]) -> dict[str, float | None]:
    exact = {area.code: area.code for area in areas}
    six = {area.code[:6]: area.code for area in areas if len(area.code) == 7}
    found: dict[str, float | None] = {}
    strangers: list[str] = []
    for code, number in rows:
        place = exact.get(code) or (six.get(code[:6]) if len(code) >= 6 else None)
        if place is None:
            strangers.append(code)
            continue
        if place in found:
            raise InputError(
                f"unit {code} is there more than once: a map shows one value per unit (one year, one scenario)"
            )
        found[place] = None if number is None or not math.isfinite(number) else number
    if strangers:
        raise InputError(f"the borders have no unit {frames.listed(sorted(strangers))}")
    return found


def map_height(areas: list[Area]) -> int:
    """Return the height at which a Mercator map of these areas fills the width."""
    points = [point for area in areas for rings in area.polygons for point in rings[0]]
    xs = [math.radians(x) for x, _ in points]
    ys = [math.asinh(math.tan(math.radians(y))) for _, y in points]
    return round(_WIDTH * (max(ys) - min(ys)) / (max(xs) - min(xs)))


def _text(area: Area, number: float | None, colour: str, lang: str, decimals: int) -> dict[str, Any]:
    x, y = area.label_point()
    return {
        "x": x,
        "y": y,
        "name": area.name,
        "value": label("chart.missing", lang) if number is None else format_number(number, lang, decimals=decimals),
        "back": colour,
        "ink": "#ffffff" if _dark(colour) else INK,
    }


def _dark(colour: str) -> bool:
    """Return whether white text reads better on this colour (relative luminance of sRGB, WCAG)."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] < 0.25


def _printed(texts: list[dict[str, Any]]) -> list[Any]:
    import altair as alt

    base = alt.Chart(values(texts)).encode(longitude="x:Q", latitude="y:Q")
    return [
        layer
        for mark, text in (
            ({"fontSize": 9, "dy": -6}, "name:N"),
            ({"fontSize": 12, "dy": 6, "fontWeight": "bold"}, "value:N"),
        )
        for layer in (
            # a halo in the area's colour keeps a city's figure readable where it runs over the border
            base.mark_text(**mark, strokeWidth=3, strokeJoin="round").encode(
                text=text, stroke=alt.Stroke("back:N", scale=None, legend=None)
            ),
            base.mark_text(**mark).encode(text=text, color=alt.Color("ink:N", scale=None, legend=None)),
        )
    ]
