"""Need for a service under each scenario, supply, and the gap between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from diagnoza.errors import InputError
from diagnoza.labels import check_lang, format_number, label, scenario_label, unit_label
from diagnoza.plot import frames
from diagnoza.plot.lines import apart
from diagnoza.plot.theme import (
    INK,
    MUTED,
    SCENARIO,
    SERIES,
    Text,
    at,
    dress,
    legend_panel,
    notes_panel,
    own,
    values,
)

if TYPE_CHECKING:
    import altair as alt
    import polars as pl

__all__ = ["need_gap"]

_WIDTH: Final = 600
_HEIGHT: Final = 300
_GAP: Final = "#f4c6a4"
_BAND: Final = "#cfe0ec"
_COLUMNS: Final = ("unit", "service", "scenario", "year", "status", "need_unit", "need", "supply", "gap")

Points = list[tuple[float, float]]


def need_gap(
    frame: object,
    *,
    lang: str = "pl",
    sources: Sequence[str] = (),
    title: str | None = None,
) -> alt.VConcatChart:
    """Draw one service in one unit: a line of need per scenario, the line of supply, the gap shaded.

    The band reaches from the low to the high scenario; scenarios carry no probability, and the chart says so. The gap
    is that of the main scenario (the first, where there is none). Supply that is unknown is not drawn, and the chart
    says so. The vertical axis starts at zero.

    Args:
        frame: rows of one unit and service of `diagnoza.needs`: unit, name, service, service_pl, service_en, need_unit,
            scenario, year, status, need, supply, gap.
        lang: ``"pl"`` or ``"en"``.
        sources: lines printed under the chart: rates with unit and source, supply with its source and rule.
        title: by default service and unit.

    Raises:
        InputError: a column is missing, rows of several units or services, or no need is known.
    """
    import altair as alt
    import polars as pl

    check_lang(lang)
    table = frames.as_frame(frame, columns=_COLUMNS, what="needs frame")
    for what in ("unit", "service"):
        there = table[what].unique(maintain_order=True).to_list()
        if len(there) != 1:
            raise InputError(f"the chart is of one {what}, the frame has {frames.listed(there)}: filter it")
    scenarios = table["scenario"].unique(maintain_order=True).to_list()
    need = {word: _line(table.filter(pl.col("scenario") == word), "need") for word in scenarios}
    main = "main" if "main" in scenarios else scenarios[0]
    if not need[main]:
        raise InputError(f"no need is known under {main}: there is nothing to draw")
    shown = table.filter(pl.col("scenario") == main)
    supply = _line(shown, "supply")
    first = table.row(0, named=True)
    service = str(first.get(f"service_{lang}") or first["service"])
    name = unit_label(str(first["unit"]), str(first.get("name") or first["unit"]), lang)
    layers = _drawn(shown, need, supply, main, str(first["need_unit"]), lang)
    entries = _legend(scenarios, main, bool(supply), bool(_regions(need[main], supply)), lang)
    body = alt.layer(*layers).properties(width=_WIDTH, height=_HEIGHT)
    notes = [*sources, label("need.scenarios", lang)] if len(scenarios) > 1 else [*sources]
    panels = [legend_panel(entries, width=_WIDTH + 70), body]
    if notes:
        panels.append(notes_panel(notes, width=_WIDTH + 110))
    chart = alt.vconcat(*panels, spacing=10)
    made: alt.VConcatChart = dress(
        chart,
        lang=lang,
        title=title or label("need.title", lang, service=service, unit=name),
        subtitle=Text.wrap(_finding(shown, supply, main, lang), 11, _WIDTH + 60),
    )
    return made


def _line(table: pl.DataFrame, column: str) -> Points:
    """Return the known points of a column by year; years without a value are left out."""
    rows = table.sort("year").select("year", column).rows()
    return [(float(year), float(value)) for year, value in rows if value is not None]


def _runs(points: Points) -> list[Points]:
    """Return stretches of points in consecutive years: a line is not drawn over years without a value."""
    runs: list[Points] = []
    for point in points:
        if runs and point[0] - runs[-1][-1][0] <= 1:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


def _regions(need: Points, supply: Points) -> list[list[tuple[float, float, float]]]:
    """Return the areas where need lies above supply as (year, supply, need), cut exactly where the lines cross."""
    there = dict(supply)
    both = [(year, there[year], value) for year, value in need if year in there]
    regions: list[list[tuple[float, float, float]]] = []
    current: list[tuple[float, float, float]] = []

    def close() -> None:
        nonlocal current
        if len(current) > 1:
            regions.append(current)
        current = []

    for before, after in pairwise(both):
        gap0, gap1 = before[2] - before[1], after[2] - after[1]
        if after[0] - before[0] > 1 or (gap0 <= 0 and gap1 <= 0):
            close()
            continue
        if gap0 > 0 and not current:
            current = [before]
        if gap0 * gap1 < 0:
            part = gap0 / (gap0 - gap1)
            level = before[1] + (after[1] - before[1]) * part
            current.append((before[0] + (after[0] - before[0]) * part, level, level))
        elif gap0 <= 0 and not current:
            current = [before]
        if gap1 > 0:
            current.append(after)
        else:
            if gap1 == 0:
                current.append(after)
            close()
    close()
    return regions


def _drawn(shown: pl.DataFrame, need: dict[str, Points], supply: Points, main: str, unit: str, lang: str) -> list[Any]:
    import altair as alt
    import polars as pl

    years = [int(year) for year in shown["year"].to_list()]
    top = max(value for points in (*need.values(), supply) for _, value in points) * 1.08 or 1.0
    x = alt.X(
        "year:Q",
        scale=alt.Scale(domain=[min(years), max(years)], nice=False),
        axis=alt.Axis(title=label("axis.year", lang), format="d", grid=False, tickCount=6),
    )
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(title=label(f"need.axis.{unit}", lang), tickCount=6, format=",.0f" if top > 10 else ",.1f"),
    )

    def area(rows: list[dict[str, float]], colour: str, opacity: float) -> Any:
        chart = alt.Chart(values(rows)).mark_area(color=colour, opacity=opacity, line=False)
        return chart.encode(x=x, y=y, y2="value2:Q")

    def line(points: Points, **style: Any) -> list[Any]:
        runs = [[{"year": year, "value": value} for year, value in run] for run in _runs(points)]
        single = [run[0] for run in runs if len(run) == 1]
        drawn = [alt.Chart(values(run)).mark_line(**style).encode(x=x, y=y) for run in runs if len(run) > 1]
        if single:
            dots = alt.Chart(values(single)).mark_point(filled=True, size=30, color=style["color"], opacity=1)
            drawn.append(dots.encode(x=x, y=y))
        return drawn

    layers: list[Any] = []
    if "low" in need and "high" in need:
        high = dict(need["high"])
        band = [{"year": year, "value": high[year], "value2": low} for year, low in need["low"] if year in high]
        layers.append(area(band, _BAND, 1.0))
    for region in _regions(need[main], supply):
        layers.append(area([{"year": t, "value": above, "value2": below} for t, below, above in region], _GAP, 0.75))
    seen = shown.filter(pl.col("status") != "projected")["year"].to_list()
    if seen and max(seen) < max(years):
        jump = {"year": max(seen)}
        layers.append(alt.Chart(values([jump])).mark_rule(color="#9aa5b0", strokeDash=[2, 3]).encode(x=x))
        text = f"{label('chart.jump_off', lang)} {jump['year']}"
        words = alt.Chart(values([jump])).mark_text(text=text, align="left", dx=4, fontSize=10, color=MUTED)
        layers.append(words.encode(x=x, y=alt.value(_HEIGHT - 8)))
    colours = _colours(list(need))
    ends: list[tuple[float, str, str]] = []
    for word, points in need.items():
        if word != main:
            layers += line(points, color=colours[word], strokeWidth=1.4)
            ends += [(points[-1][1], format_number(points[-1][1], lang), colours[word])] if points else []
    layers += line(supply, color=INK, strokeWidth=2.4, strokeDash=[6, 3])
    layers += line(need[main], color=colours[main], strokeWidth=2.8)
    ends.append((need[main][-1][1], format_number(need[main][-1][1], lang), colours[main]))
    if supply and supply[-1][0] == max(years):
        ends.append((supply[-1][1], format_number(supply[-1][1], lang), INK))
    words = [
        {"text": text, "ink": colour, "x": _WIDTH + 7, "y": spot}
        for spot, text, colour in apart(ends, 0.0, top, _HEIGHT)
    ]
    layers.append(
        alt.Chart(values(words))
        .mark_text(align="left", baseline="middle", fontSize=11, fontWeight="bold")
        .encode(**at(x="x", y="y"), text="text:N", color=own("color", "ink"))
    )
    return layers


def _colours(scenarios: list[str]) -> dict[str, str]:
    free = [colour for colour in SERIES if colour not in SCENARIO.values()]
    others = [word for word in scenarios if word not in SCENARIO]
    return {word: SCENARIO[word] if word in SCENARIO else free[others.index(word) % len(free)] for word in scenarios}


def _legend(
    scenarios: list[str], main: str, with_supply: bool, with_gap: bool, lang: str
) -> list[tuple[str, str, str]]:
    colours = _colours(scenarios)
    entries = [
        ("line", colours[word], label("need.need", lang, scenario=scenario_label(word, lang))) for word in scenarios
    ]
    if "low" in scenarios and "high" in scenarios:
        entries.append(("fill", _BAND, label("need.band", lang)))
    entries.append(
        ("dash", INK, label("need.supply_line", lang)) if with_supply else ("note", INK, label("need.no_supply", lang))
    )
    if with_gap:
        entries.append(("fill", _GAP, label("need.gap", lang, scenario=scenario_label(main, lang))))
    return entries


def _finding(shown: pl.DataFrame, supply: Points, main: str, lang: str) -> str:
    """Return what the chart shows in one sentence: need and supply in the last year, and since when there is a gap."""
    rows = shown.sort("year").to_dicts()
    known = [row for row in rows if row["gap"] is not None]
    scenario = scenario_label(main, lang)
    last = rows[-1]
    need = format_number(last["need"], lang)
    if not known:
        return label("need.finding.unknown", lang, year=last["year"], need=need, scenario=scenario)
    last = known[-1]
    open_years = [row["year"] for row in known if row["gap"] > 1e-9 * abs(row["need"])]
    if not open_years:
        since = label("need.finding.none", lang, year=last["year"])
    elif open_years[0] == known[0]["year"]:
        since = label("need.finding.from_start", lang, year=open_years[0])
    else:
        since = label("need.finding.opens", lang, year=open_years[0])
    return label(
        "need.finding",
        lang,
        year=last["year"],
        need=format_number(last["need"], lang),
        supply=format_number(last["supply"], lang),
        since=since,
        scenario=scenario,
    )
