"""The fan chart: how far a forecast may be off, year by year."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from diagnoza import _native
from diagnoza.errors import InputError
from diagnoza.labels import check_lang, format_number, label, scenario_label, unit_label
from diagnoza.plot import frames
from diagnoza.plot.lines import apart
from diagnoza.plot.theme import INK, MUTED, SCENARIO, SERIES, at, dress, heading, legend_panel, own, values

if TYPE_CHECKING:
    import altair as alt
    import polars as pl

__all__ = ["fan_chart"]

_WIDTH, _HEIGHT = 580, 320
# From the widest interval to the narrowest.
_BANDS: Final = ("#e4deee", "#cabfdc", "#a897c4", "#8a74ad")
_OWN: Final = "#4b2e83"

Points = Sequence[tuple[int, float]]


def fan_chart(
    frame: object,
    *,
    unit: str,
    indicator: str = "population",
    observed: Points = (),
    scenarios: Mapping[str, Points] | None = None,
    draws: int | None = None,
    lang: str = "pl",
    title: str | None = None,
) -> alt.VConcatChart:
    """Draw the prediction intervals of an indicator as bands, with the central forecast as a line.

    Args:
        frame: columns unit, year, indicator, central and quantiles (``q0.1`` and ``q0.9`` make the 80 % band), as
            `Simulation.frame` gives; name where there is one.
        unit: code of the unit.
        indicator: which one.
        observed: years and values before the forecast; the bands start at the last of them.
        scenarios: lines to compare with by word (``main``, ``low``, ``high``): years and values.
        draws: number of paths, for the small print.
        lang: ``"pl"`` or ``"en"``.
        title: by default the unit's name and the indicator's.

    Raises:
        InputError: a column is missing, the indicator is not there, or no two quantiles make an interval.
        UnknownUnitError: no row is of `unit`.
    """
    import altair as alt
    import polars as pl

    check_lang(lang)
    table = frames.as_frame(frame, columns=("unit", "year", "indicator", "central"))
    table = frames.choose_unit(table, unit)
    there = table["indicator"].unique(maintain_order=True).to_list()
    if indicator not in there:
        raise InputError(f"no row is of indicator '{indicator}'; the frame has {frames.listed(there)}")
    table = table.filter(pl.col("indicator") == indicator).sort("year")
    bands = _bands(table)
    words, decimals = _words(indicator, lang)
    known = [{"year": int(year), "value": float(value)} for year, value in sorted(observed)]
    lines = {word: sorted(points) for word, points in (scenarios or {}).items() if points}

    figures = [point["value"] for point in known]
    figures += [float(value) for _, low, high in bands for value in (*table[low].to_list(), *table[high].to_list())]
    figures += [float(value) for points in lines.values() for _, value in points]
    room = (max(figures) - min(figures)) * 0.06 or max(abs(max(figures)) * 0.05, 1.0)
    low, high = min(figures) - room, max(figures) + room
    if min(figures) >= 0:
        low = max(0.0, low)
    first = min([int(table["year"][0]), *(int(point["year"]) for point in known)])
    x = alt.X(
        "year:Q",
        scale=alt.Scale(domain=[first, int(table["year"][-1])], nice=False),
        axis=alt.Axis(title=label("axis.year", lang), format="d", grid=False, tickCount=6),
    )
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=[low, high], nice=False, zero=False),
        axis=alt.Axis(title=words, format=f",.{decimals}f", tickCount=6),
    )

    start = [{"year": known[-1]["year"], "value": known[-1]["value"], "to": known[-1]["value"]}] if known else []
    layers: list[Any] = []
    colours = [_BANDS[min(place, len(_BANDS) - 1)] for place in range(len(bands))]
    for (_, below, above), colour in zip(bands, colours, strict=True):
        rows = start + [
            {"year": year, "value": bottom, "to": top}
            for year, bottom, top in table.select("year", below, above).rows()
        ]
        layers.append(alt.Chart(values(rows)).mark_area(color=colour, opacity=1).encode(x=x, y=y, y2="to:Q"))
    ends: list[tuple[float, str, str]] = []
    for word, points in lines.items():
        rows = [{"year": year, "value": value} for year, value in points]
        colour = SCENARIO.get(word, SERIES[0])
        layers.append(
            alt.Chart(values(rows)).mark_line(color=colour, strokeWidth=1.6, strokeDash=[5, 3]).encode(x=x, y=y)
        )
        ends.append((points[-1][1], format_number(points[-1][1], lang, decimals=decimals), colour))
    central = [{"year": year, "value": value} for year, value in table.select("year", "central").rows()]
    middle = [{"year": point["year"], "value": point["value"]} for point in start] + central
    layers.append(alt.Chart(values(middle)).mark_line(color=_OWN, strokeWidth=2.4).encode(x=x, y=y))
    ends.append((central[-1]["value"], format_number(central[-1]["value"], lang, decimals=decimals), _OWN))
    widest = bands[0]
    for column in widest[1:]:
        value = float(table[column][-1])
        ends.append((value, format_number(value, lang, decimals=decimals), MUTED))
    if known:
        layers.append(alt.Chart(values(known)).mark_line(color=INK, strokeWidth=2.4).encode(x=x, y=y))
        layers.append(alt.Chart(values(known)).mark_point(size=34, color=INK, filled=True, opacity=1).encode(x=x, y=y))
    places = [
        {"text": text, "ink": colour, "x": _WIDTH + 7, "y": spot}
        for spot, text, colour in apart(ends, low, high, _HEIGHT)
    ]
    layers.append(
        alt.Chart(values(places))
        .mark_text(align="left", baseline="middle", fontSize=11, fontWeight="bold")
        .encode(**at(x="x", y="y"), text="text:N", color=own("color", "ink"))
    )
    entries = [("dot", INK, label("chart.known", lang))] if known else []
    entries.append(("line", _OWN, label("chart.central", lang)))
    entries += [
        ("fill", colour, label("chart.interval", lang, level=f"{100 * level:g}"))
        for (level, _, _), colour in zip(bands, colours, strict=True)
    ]
    entries += [("dash", SCENARIO.get(word, SERIES[0]), f"GUS: {scenario_label(word, lang)}") for word in lines]
    name = unit_label(unit, frames.unit_names(table)[unit], lang)
    notes = [label("chart.trajectories", lang, draws=format_number(draws, lang))] if draws else []
    if low > 0:
        notes.append(label("chart.no_zero", lang))
    body = alt.layer(*layers).properties(width=_WIDTH, height=_HEIGHT)
    chart = alt.vconcat(legend_panel(entries, width=_WIDTH + 60), body, spacing=8)
    made: alt.VConcatChart = dress(chart, lang=lang, title=title or f"{heading(name)}: {words}", subtitle=notes)
    return made


def _bands(table: pl.DataFrame) -> list[tuple[float, str, str]]:
    """Return level and columns of every interval of equal tails, widest first."""
    quantiles = {float(name[1:]): name for name in table.columns if name[:1] == "q" and _is_number(name[1:])}
    found = []
    for probability, below in sorted(quantiles.items()):
        above = next((name for p, name in quantiles.items() if abs(p + probability - 1) < 1e-9), None)
        if probability < 0.5 and above is not None:
            found.append((round(1 - 2 * probability, 9), below, above))
    if not found:
        raise InputError(
            "no two quantiles of the frame make an interval: ask for probabilities such as 0.1 and 0.9; "
            f"it has {frames.listed(quantiles.values())}"
        )
    return found


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _words(indicator: str, lang: str) -> tuple[str, int]:
    """Return the name of an indicator with its unit of measure, and the decimals it is written with."""
    if indicator in ("births", "deaths", "net_migration"):
        return label(f"trajectory.{indicator}", lang), 0
    for known in json.loads(_native.catalogue()):
        if known["id"] == indicator:
            measure = str(known.get(f"unit_{lang}", ""))
            decimals = 0 if indicator == "population" else int(known.get("decimals") or 1)
            return f"{known[f'name_{lang}']} ({measure})", decimals
    sexes, _, ages = indicator.rpartition(" ")
    whom = label(f"trajectory.{sexes if sexes in ('F', 'M') else 'T'}", lang)
    return f"{whom} {ages.replace('-', '–')}", 0
