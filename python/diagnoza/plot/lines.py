"""Population over time: what was observed, and where the scenarios lead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from diagnoza.errors import InputError
from diagnoza.labels import check_lang, format_number, label, scenario_label, status_label, unit_label
from diagnoza.plot import frames
from diagnoza.plot.theme import INK, MUTED, SCENARIO, SERIES, at, dress, heading, legend_panel, own, values

if TYPE_CHECKING:
    import altair as alt
    import polars as pl

__all__ = ["apart", "lines"]

_LINE = 13.0


def lines(
    frame: object,
    *,
    lang: str = "pl",
    reference: object | None = None,
    title: str | None = None,
    scenario_names: Mapping[str, str] | None = None,
    columns: int = 2,
) -> alt.VConcatChart:
    """Draw total population by year, one panel per unit, one line per scenario.

    Observed years are a solid dark line with dots, estimated ones rings; projections start at the last of
    them (the jump-off, marked) and end with their figure. The vertical axis does not start at zero, and the
    chart says so.

    Args:
        frame: columns unit, year, population; name, scenario, sex, age, status where they apply. Rows by sex
            and age are added up.
        lang: ``"pl"`` or ``"en"``.
        reference: points to compare with: columns unit, year, population and series (its name, for example
            ``EUROPOP2019``). Units that the frame does not have are left out. With a column stock that says
            ``1 I``, the year is that of 1 January, and the point stands at 31 December of the year before,
            which is the same moment.
        title: of the whole chart.
        scenario_names: names of what-ifs to show, by scenario.
        columns: panels side by side.

    Raises:
        InputError: a column is missing, a frame is empty, or a population is missing.
    """
    import altair as alt
    import polars as pl

    check_lang(lang)
    table = frames.totals(frames.as_frame(frame, columns=("unit", "year", "population")))
    points = None
    if reference is not None:
        points = frames.as_frame(reference, columns=("unit", "year", "population"), what="reference frame")
        if "series" not in points.columns:
            points = points.with_columns(series=pl.lit(label("status.reference", lang)))
        if "stock" in points.columns:
            points = _at_year_end(points)
    names = frames.unit_names(table)
    order = list(dict.fromkeys(str(code) for code in table["unit"].to_list()))
    scenarios = _ordered(list(dict.fromkeys(str(word) for word in table["scenario"].to_list())))
    colours = _colours(scenarios)
    single = len(order) == 1
    width, height = (580, 300) if single else (285, 220)
    span = (int(table["year"].min()), int(table["year"].max()))  # type: ignore[arg-type]
    if points is not None:
        points = points.filter(pl.col("unit").is_in(order))
        span = (
            min([span[0], *points["year"].to_list()]),
            max([span[1], *points["year"].to_list()]),
        )
    panels = []
    for code in order:
        layers = _panel(
            table.filter(pl.col("unit") == code),
            None if points is None else points.filter(pl.col("unit") == code),
            lang=lang,
            colours=colours,
            size=(width, height),
            span=span,
        )
        panel = alt.layer(*layers).properties(width=width, height=height)
        if not single:
            panel = panel.properties(
                title=alt.TitleParams(
                    text=heading(unit_label(code, names[code], lang)),
                    anchor="start",
                    frame="group",
                    fontSize=12,
                    offset=6,
                )
            )
        panels.append(panel)
    entries = _legend(table, points, colours, lang, scenario_names)
    legend = legend_panel(entries, width=width + 60 if single else min(columns, len(order)) * (width + 100))
    body: Any = (
        panels[0]
        if single
        else alt.concat(*panels, columns=columns, spacing={"row": 84, "column": 148}, bounds="flush")
    )
    chart = alt.vconcat(legend, body, spacing=8)
    name = unit_label(order[0], names[order[0]], lang) if single else label("chart.population", lang)
    made: alt.VConcatChart = dress(
        chart, lang=lang, title=title or heading(name), subtitle=[label("chart.no_zero", lang)]
    )
    return made


def _at_year_end(points: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    unknown = sorted(set(map(str, points["stock"].to_list())) - {"1 I", "31 XII"})
    if unknown:
        raise InputError(f"stock of the reference frame is {frames.listed(unknown)}: write '1 I' or '31 XII'")
    year = pl.when(pl.col("stock") == "1 I").then(pl.col("year") - 1).otherwise(pl.col("year"))
    return points.with_columns(year=year)


def _ordered(scenarios: list[str]) -> list[str]:
    official = [word for word in ("main", "high", "low") if word in scenarios]
    return official + sorted(word for word in scenarios if word not in official)


def _colours(scenarios: list[str]) -> dict[str, str]:
    free = [colour for colour in SERIES if colour not in SCENARIO.values()]
    others = [word for word in scenarios if word not in SCENARIO]
    chosen = {word: free[index % len(free)] for index, word in enumerate(others)}
    return {word: SCENARIO.get(word) or chosen[word] for word in scenarios}


def _legend(
    table: pl.DataFrame,
    points: pl.DataFrame | None,
    colours: dict[str, str],
    lang: str,
    names: Mapping[str, str] | None,
) -> list[tuple[str, str, str]]:
    statuses = set(table["status"].drop_nulls().to_list())
    entries = []
    if "observed" in statuses:
        entries.append(("dot", INK, status_label("observed", lang)))
    if "estimated" in statuses:
        entries.append(("ring", INK, status_label("estimated", lang)))
    entries += [("line", colour, scenario_label(word, lang, names)) for word, colour in colours.items()]
    if points is not None:
        entries += [("diamond", "#000000", str(series)) for series in points["series"].unique(maintain_order=True)]
    return entries


def _panel(
    table: pl.DataFrame,
    points: pl.DataFrame | None,
    *,
    lang: str,
    colours: dict[str, str],
    size: tuple[int, int],
    span: tuple[int, int],
) -> list[Any]:
    import altair as alt
    import polars as pl

    figures = table["population"].to_list() + ([] if points is None else points["population"].to_list())
    low, high = min(figures), max(figures)
    room = (high - low) * 0.08 or max(high * 0.05, 1.0)
    low, high = max(0.0, low - room), high + room
    x = alt.X(
        "year:Q",
        scale=alt.Scale(domain=list(span), nice=False),
        axis=alt.Axis(title=label("axis.year", lang), format="d", grid=False, tickCount=6),
    )
    y = alt.Y(
        "population:Q",
        scale=alt.Scale(domain=[low, high], nice=False, zero=False),
        axis=alt.Axis(title=label("axis.population", lang), format=",.0f", tickCount=6),
    )
    layers: list[Any] = []
    seen = table.filter(pl.col("status").is_in(["observed", "estimated"])).unique("year", keep="first").sort("year")
    known = [{"year": row["year"], "population": row["population"], "s": row["status"]} for row in seen.to_dicts()]
    ends: list[tuple[float, str, str]] = []
    if known:
        jump = known[-1]["year"]
        layers.append(alt.Chart(values([{"year": jump}])).mark_rule(color="#9aa5b0", strokeDash=[2, 3]).encode(x=x))
        layers.append(
            alt.Chart(values([{"year": jump}]))
            .mark_text(text=f"{label('chart.jump_off', lang)} {jump}", align="left", dx=4, fontSize=10, color=MUTED)
            .encode(x=x, y=alt.value(size[1] - 8))
        )
    for word, colour in colours.items():
        path = table.filter(pl.col("scenario") == word).sort("year")
        later = path if not known else path.filter(pl.col("year") >= known[-1]["year"])
        rows = later.select("year", "population").to_dicts()
        if not rows:
            continue
        layers.append(
            alt.Chart(values(rows)).mark_line(color=colour, strokeWidth=2.4 if word == "main" else 1.8).encode(x=x, y=y)
        )
        ends.append((rows[-1]["population"], format_number(rows[-1]["population"], lang), colour))
    if known:
        layers.append(alt.Chart(values(known)).mark_line(color=INK, strokeWidth=2.4).encode(x=x, y=y))
        layers.append(
            alt.Chart(values(known))
            .mark_point(size=34, color=INK, strokeWidth=1.5, opacity=1)
            .encode(
                x=x,
                y=y,
                fill=alt.Fill(
                    "s:N",
                    scale=alt.Scale(domain=["observed", "estimated"], range=[INK, "#ffffff"]),
                    legend=None,
                ),
            )
        )
    if points is not None and not points.is_empty():
        marks = points.select("year", "population").to_dicts()
        layers.append(
            alt.Chart(values(marks))
            .mark_point(shape="diamond", size=70, filled=True, color="#000000", opacity=1)
            .encode(x=x, y=y)
        )
        last = int(table["year"].max())  # type: ignore[arg-type]
        for mark in marks:
            text = format_number(mark["population"], lang)
            if last - mark["year"] < (span[1] - span[0]) * 0.1:
                ends.append((mark["population"], text, "#000000"))
            else:
                layers.append(
                    alt.Chart(values([mark]))
                    .mark_text(text=text, dx=8, align="left", baseline="middle", fontSize=10, color=INK)
                    .encode(x=x, y=y)
                )
    words = [
        {"text": text, "ink": colour, "x": size[0] + 7, "y": spot}
        for spot, text, colour in apart(ends, low, high, size[1])
    ]
    layers.append(
        alt.Chart(values(words))
        .mark_text(align="left", baseline="middle", fontSize=11, fontWeight="bold")
        .encode(**at(x="x", y="y"), text="text:N", color=own("color", "ink"))
    )
    return layers


def apart(ends: list[tuple[float, str, str]], low: float, high: float, height: int) -> list[tuple[float, str, str]]:
    """Return the end labels with pixel heights at least a line apart, in the order of their values."""
    placed = sorted(((high - value) / (high - low) * height, text, colour) for value, text, colour in ends)
    spots: list[float] = []
    for wanted, _, _ in placed:
        spots.append(max(wanted, spots[-1] + _LINE) if spots else wanted)
    # what was pushed out below the panel goes back up, pushing its neighbours
    limit = float(height)
    for index in range(len(spots) - 1, -1, -1):
        spots[index] = min(spots[index], limit)
        limit = spots[index] - _LINE
    return [(spot, text, colour) for spot, (_, text, colour) in zip(spots, placed, strict=True)]
