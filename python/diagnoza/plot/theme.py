"""The look of every chart: quiet, printable, safe for colour-blind readers."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Final

from diagnoza.labels import check_lang

if TYPE_CHECKING:
    import altair as alt

__all__ = [
    "at",
    "own",
    "FONT",
    "INK",
    "MUTED",
    "Text",
    "dress",
    "heading",
    "legend_panel",
    "legend_row",
    "locale",
    "notes_panel",
    "values",
]

# The first is drawn by vl-convert itself (bundled); the others have the same widths in a reader's browser.
FONT: Final = "Liberation Sans, Arial, Helvetica, sans-serif"
INK: Final = "#1d2733"
MUTED: Final = "#5b6672"
GRID: Final = "#e3e7eb"
MISSING: Final = "#e9e9e9"

WOMEN: Final = "#c98f00"
MEN: Final = "#3b7ea1"

# Okabe-Ito, darkened where the original is too light for print.
SERIES: Final = ("#0b5c94", "#c44e00", "#00795a", "#9c4a7d", "#8a6d00", "#4a4a8c", "#6b6b6b")
SCENARIO: Final = {"main": "#0b5c94", "low": "#c44e00", "high": "#00795a"}

# From young to old; the last are the ones a reader looks for.
AGES: Final = {
    "preworking": "#9cc7dd",
    "working": "#dfe3e6",
    "postworking": "#c44e00",
    "0_14": "#9cc7dd",
    "15_64": "#dfe3e6",
    "65_79": "#e8a26b",
    "80plus": "#b34700",
}

SEQUENTIAL: Final = ("#d6e6f1", "#aecfe4", "#7aafd0", "#4688b5", "#1d6296", "#0b3f68")
LOSS: Final = ("#fadcc8", "#f4c6a4", "#e79a66", "#cd6a2c", "#a64509", "#702c00")

# Vega's number locale: d3's "minus" is a proper minus in both languages.
_NUMBERS: Final[dict[str, dict[str, Any]]] = {
    "pl": {
        "decimal": ",",
        "thousands": "\u00a0",
        "grouping": [3],
        "currency": ["", "\u00a0zł"],
        "minus": "\u2212",
    },
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["PLN ", ""], "minus": "\u2212"},
}


def locale(lang: str) -> dict[str, Any]:
    """Return the number locale of `lang` in Vega's form."""
    return dict(_NUMBERS[check_lang(lang)])


def values(rows: list[dict[str, Any]]) -> alt.InlineData:
    """Return rows as inline data: Altair names it by its content, so one input gives one chart."""
    import altair as alt

    return alt.InlineData(values=rows)


# Advance widths of the bundled font (that of Arial) in em, by letter without its diacritic.
_ADVANCES: Final = {
    "ijlI|'": 0.222, " .,:;/ft!\u00a0": 0.278, "()-r": 0.333, "cksvxyzJ": 0.5, "+<=>−→": 0.584,
    "ABEKPSVXY": 0.667, "CDHNRUw": 0.722, "GOQ": 0.778, "mM": 0.833, "%": 0.889, "W": 0.944,
}  # fmt: skip


def _advance(letter: str) -> float:
    base = unicodedata.normalize("NFD", letter)[0].replace("ł", "l").replace("Ł", "L")
    return next((width for letters, width in _ADVANCES.items() if base in letters), 0.556)


class Text:
    """Widths of text in the bundled font, in pixels: enough to keep labels apart."""

    @staticmethod
    def width(text: str, size: float) -> float:
        """Return about how wide `text` is at `size` pixels."""
        return sum(_advance(letter) for letter in text) * size

    @staticmethod
    def wrap(text: str, size: float, width: float) -> list[str]:
        """Break `text` at spaces so that no line is wider than `width` pixels."""
        rows: list[str] = []
        for word in text.split(" "):
            longer = f"{rows[-1]} {word}" if rows else word
            if rows and Text.width(longer, size) <= width:
                rows[-1] = longer
            else:
                rows.append(word)
        return rows


def at(**places: str) -> dict[str, Any]:
    """Return encodings whose fields are pixels of the view, not values of a scale."""
    import altair as alt

    made: dict[str, Any] = {}
    for channel, name in places.items():
        if channel == "x":
            made[channel] = alt.X(f"{name}:Q", scale=None, axis=None)
        elif channel == "y":
            made[channel] = alt.Y(f"{name}:Q", scale=None, axis=None)
        else:
            made[channel] = f"{name}:Q"
    return made


def own(channel: str, name: str) -> Any:
    """Return an encoding whose field already is the colour, shape or text."""
    import altair as alt

    kinds: dict[str, Any] = {"color": alt.Color, "fill": alt.Fill, "stroke": alt.Stroke, "shape": alt.Shape}
    return kinds[channel](f"{name}:N", scale=None, legend=None)


def legend_row(
    entries: list[tuple[str, str, str]],
    *,
    top: float,
    left: float = 0.0,
    size: float = 11.0,
    width: float = 1e9,
) -> tuple[list[alt.Chart], int]:
    """Return layers that draw a legend inside the view, at pixel heights `top` and below, and its rows.

    Each entry is ``(shape, colour, text)``; the shape is ``fill``, ``halves`` (the colours of both sexes),
    ``outline``, ``line``, ``dash``, ``dot``, ``ring``, ``diamond``, ``tick`` or ``note`` (words only). A legend of our
    own because Vega's cannot mix marks of several layers.
    """
    import altair as alt

    boxes: list[dict[str, Any]] = []
    strokes: list[dict[str, Any]] = []
    points: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    place, row = left, 0
    for shape, colour, text in entries:
        indent = 0 if shape == "note" else 24
        need = indent + Text.width(text, size) + 18
        if place > left and place + need - 18 > width:
            place, row = left, row + 1
        y = top + row * (size + 7)
        box = {"x": place + 3, "x2": place + 15, "y": y - 6, "y2": y + 6, "fill": colour, "ink": colour}
        if shape == "halves":
            boxes.append({**box, "x": place, "x2": place + 9, "fill": MEN, "ink": MEN})
            boxes.append({**box, "x": place + 9, "x2": place + 18, "fill": WOMEN, "ink": WOMEN})
        elif shape in ("fill", "outline"):
            boxes.append({**box, "fill": "#ffffff" if shape == "outline" else colour})
        elif shape == "line":
            strokes.append({"x": place, "x2": place + 18, "y": y, "y2": y, "ink": colour})
        elif shape == "dash":
            strokes += [{"x": place + x, "x2": place + x + 7, "y": y, "y2": y, "ink": colour} for x in (0, 11)]
        elif shape == "tick":
            strokes.append({"x": place + 9, "x2": place + 9, "y": y - 6, "y2": y + 6, "ink": colour})
        elif shape != "note":
            form = "diamond" if shape == "diamond" else "circle"
            fill = "#ffffff" if shape == "ring" else colour
            points.append({"x": place + 9, "y": y, "shape": form, "fill": fill, "ink": colour})
        words.append({"x": place + indent, "y": y, "text": text})
        place += need
    span = at(x="x", x2="x2", y="y", y2="y2")
    ink, fill_own = own("stroke", "ink"), own("fill", "fill")
    layers: list[alt.Chart] = []
    if boxes:
        layers.append(alt.Chart(values(boxes)).mark_rect(strokeWidth=1.4).encode(**span, fill=fill_own, stroke=ink))
    if strokes:
        layers.append(alt.Chart(values(strokes)).mark_rule(strokeWidth=2.2).encode(**span, color=own("color", "ink")))
    if points:
        layers.append(
            alt.Chart(values(points))
            .mark_point(size=60, opacity=1, strokeWidth=1.5)
            .encode(**at(x="x", y="y"), fill=fill_own, stroke=ink, shape=own("shape", "shape"))
        )
    layers.append(
        alt.Chart(values(words))
        .mark_text(align="left", baseline="middle", fontSize=size, color=INK)
        .encode(**at(x="x", y="y"), text="text:N")
    )
    return layers, row + 1


def legend_panel(entries: list[tuple[str, str, str]], *, width: float) -> alt.LayerChart:
    """Return a legend as a panel of its own, for charts of several panels."""
    import altair as alt

    layers, rows = legend_row(entries, top=8, width=width)
    panel: alt.LayerChart = alt.layer(*layers).properties(width=width, height=rows * 18)
    return panel


def notes_panel(notes: list[str], *, width: float, size: float = 10.0) -> alt.Chart:
    """Return lines of small print as a panel below a chart, broken to its width."""
    import altair as alt

    lines = [line for note in notes for line in Text.wrap(note, size, width)]
    rows = [{"x": 0.0, "y": 6.0 + place * (size + 4), "text": line} for place, line in enumerate(lines)]
    panel: alt.Chart = (
        alt.Chart(values(rows))
        .mark_text(align="left", baseline="middle", fontSize=size, color=MUTED)
        .encode(**at(x="x", y="y"), text="text:N")
        .properties(width=width, height=len(lines) * (size + 4) + 4)
    )
    return panel


def heading(text: str) -> str:
    """Return a title with a capital first letter; ``m. Olsztyn`` (m. for city) stays as it is."""
    return text if text.startswith("m.") else text[:1].upper() + text[1:]


def dress(chart: Any, *, lang: str, title: str | None, subtitle: list[str] | None = None) -> Any:
    """Give a finished chart its title, fonts, colours and number locale: in one step, for each copies it."""
    axis = {
        "labelColor": INK,
        "labelFontSize": 11,
        "titleColor": MUTED,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "gridColor": GRID,
        "domainColor": "#9aa5b0",
        "tickColor": "#9aa5b0",
    }
    titles = {
        "color": INK,
        "fontSize": 15,
        "fontWeight": "bold",
        "subtitleColor": MUTED,
        "subtitleFontSize": 11,
        "subtitlePadding": 5,
    }
    given: dict[str, Any] = {
        "config": {
            "font": FONT,
            "background": "white",
            "padding": 8,
            "aria": False,
            "locale": {"number": locale(lang)},
            "view": {"stroke": None},
            "axis": axis,
            "title": titles,
        }
    }
    if title:
        given["title"] = {"text": title, "anchor": "start", "frame": "group", "offset": 12}
        if subtitle:
            given["title"]["subtitle"] = subtitle
    return chart.properties(**given)
