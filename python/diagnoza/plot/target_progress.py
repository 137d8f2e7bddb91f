"""How far targets are reached: a bar per target with its periods, and the line of the target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from diagnoza.errors import InputError
from diagnoza.labels import check_lang, format_number
from diagnoza.plot.theme import INK, MUTED, SEQUENTIAL, Text, at, dress, legend_row, own, values

if TYPE_CHECKING:
    import altair as alt

    from diagnoza.covering import Coverage

__all__ = ["period_shade", "target_progress"]

_ROW: Final = 62
_LEFT: Final = 250
_WIDTH: Final = 330
_FIGURES: Final = _LEFT + _WIDTH + 18
_RIGHT: Final = 200
_LINE: Final = "#c44e00"
_TRACK: Final = "#edf0f2"
# A bar ends at the target or beyond it; the track shows a quarter more.
_REACH: Final = 1.25

_WORDS: Final = {
    "target": ("cel", "target"),
    "reached": ("osiągnięto {achieved} z {needed}", "{achieved} of {needed} reached"),
    "missing": ("brakuje {missing}", "{missing} missing"),
    "done": ("cel osiągnięty", "target reached"),
    "unknown": ("osiągnięto {achieved}; cel nieznany", "{achieved} reached; target not known"),
    "open": ("osiągnięto {achieved}; brak liczby jednostek", "{achieved} reached; number of units not given"),
    "approximate": ("cel przybliżony", "approximate target"),
    "unclear": ("treść celu niejednoznaczna", "wording of the target not clear"),
    "beyond": ("poza skalą", "off the scale"),
    "subtitle": (
        "Każda osoba i jednostka liczona raz; odcienie: okres, w którym ją zaliczono.",
        "Every person and unit counted once; shades: the period in which it was reached.",
    ),
}


def target_progress(coverage: Coverage, *, lang: str = "pl", title: str | None = None) -> alt.LayerChart:
    """Draw a bullet bar per target: what is reached by period, in per cent of the target, whose line is at 100.

    Args:
        coverage: the result of `diagnoza.coverage`.
        lang: ``"pl"`` or ``"en"``.
        title: by default that of the set of targets.

    Raises:
        InputError: if `coverage` is something else.
    """
    import altair as alt

    check_lang(lang)
    record = getattr(coverage, "record", None)
    if not isinstance(record, dict) or "targets" not in record:
        raise InputError(f"a result of diagnoza.coverage is needed, not a {type(coverage).__name__}")
    targets = record["targets"]
    periods = sorted({period["period"] for target in targets for period in target["periods"]})
    colours = {period: period_shade(place, len(periods)) for place, period in enumerate(periods)}
    tracks: list[dict[str, Any]] = []
    bars: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    for place, target in enumerate(targets):
        middle = place * _ROW + _ROW / 2
        if target["percent"] is not None:
            tracks.append({"x": _LEFT, "x2": _LEFT + _WIDTH, "y": middle - 9, "y2": middle + 9})
            bars += _bars(target, middle, colours)
            line = _LEFT + _WIDTH / _REACH
            lines.append({"x": line, "x2": line, "y": middle - 15, "y2": middle + 15})
        name = Text.wrap(target["name"][lang], 11, _LEFT - 20)[:4]
        words += [_word(row, 0, middle + (i - (len(name) - 1) / 2) * 13) for i, row in enumerate(name)]
        percent, figures = _figures(target, lang)
        words.append(_word(percent, _FIGURES, middle - 9, bold=True, size=13))
        words += [_word(row, _FIGURES, middle + 7 + 13 * i, muted=i > 0) for i, row in enumerate(figures)]
    span = at(x="x", x2="x2", y="y", y2="y2")
    height = len(targets) * _ROW
    legend, rows = legend_row(
        [("fill", colours[period], period) for period in periods] + [("tick", _LINE, _say("target", lang))],
        top=height + 12,
        left=_LEFT,
        width=_LEFT + _WIDTH + _RIGHT,
    )
    style: dict[str, Any] = {"align": "left", "baseline": "middle"}
    layers = [
        alt.Chart(values(tracks)).mark_rect(color=_TRACK).encode(**span),
        alt.Chart(values(bars)).mark_rect(stroke="white", strokeWidth=0.6).encode(**span, fill=own("fill", "fill")),
        alt.Chart(values(lines)).mark_rule(color=_LINE, strokeWidth=2.5).encode(**span),
        *(
            alt.Chart(values([word for word in words if (word["bold"], word["size"], word["colour"]) == look]))
            .mark_text(fontWeight="bold" if look[0] else "normal", fontSize=look[1], color=look[2], **style)
            .encode(**at(x="x", y="y"), text="text:N")
            for look in dict.fromkeys((word["bold"], word["size"], word["colour"]) for word in words)
        ),
        *legend,
    ]
    chart = alt.layer(*layers).properties(width=_LEFT + _WIDTH + _RIGHT, height=height + 18 * rows)
    heading = title or record["title"][lang]
    made: alt.LayerChart = dress(chart, lang=lang, title=heading, subtitle=[_say("subtitle", lang)])
    return made


def _bars(target: dict[str, Any], middle: float, colours: dict[str, str]) -> list[dict[str, Any]]:
    """Return a piece per period, cut off at the end of the track."""
    bars, start = [], float(_LEFT)
    for period in target["periods"]:
        part = min(period["cumulated"] / target["needed"], _REACH)
        end = _LEFT + _WIDTH * part / _REACH
        if end > start:
            fill = colours[period["period"]]
            bars.append({"x": start, "x2": end, "y": middle - 6, "y2": middle + 6, "fill": fill})
            start = end
    return bars


def _figures(target: dict[str, Any], lang: str) -> tuple[str, list[str]]:
    def written(value: float) -> str:
        return format_number(value, lang, decimals=0 if float(value).is_integer() else 1)

    achieved = written(target["achieved"])
    status = [] if target["status"] == "stated" else [_say(target["status"], lang)]
    if target["percent"] is None:
        open_frame = target["goal"] is not None and "share" in target["goal"]
        return "–", [_say("open" if open_frame else "unknown", lang).format(achieved=achieved), *status]
    percent = f"{format_number(target['percent'], lang, decimals=1)}{' %' if lang == 'pl' else '%'}"
    if target["percent"] > 100 * _REACH:
        percent += f" ({_say('beyond', lang)})"
    reached = _say("reached", lang).format(achieved=achieved, needed=written(target["needed"]))
    left = _say("missing", lang).format(missing=written(target["missing"]))
    return percent, [reached, ", ".join([left if target["missing"] else _say("done", lang), *status])]


def period_shade(place: int, count: int) -> str:
    """Return a blue, lightest for the first period."""
    shades = SEQUENTIAL[1:]
    if count <= 1:
        return shades[3]
    return shades[round(place * (len(shades) - 1) / (count - 1))]


def _word(text: str, x: float, y: float, *, bold: bool = False, size: int = 11, muted: bool = False) -> dict[str, Any]:
    return {"text": text, "x": x, "y": y, "bold": bold, "size": size, "colour": MUTED if muted else INK}


def _say(key: str, lang: str) -> str:
    polish, english = _WORDS[key]
    return polish if lang == "pl" else english
