"""How a population divides into age groups, year by year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

from diagnoza.errors import InputError
from diagnoza.labels import check_lang, format_number, label, scenario_label, unit_label
from diagnoza.plot import frames
from diagnoza.plot.theme import AGES, INK, dress, heading, legend_panel, values

if TYPE_CHECKING:
    import altair as alt
    import polars as pl

__all__ = ["age_groups", "grouped"]

# group: (first age of women, end of women, first age of men, end of men); the end is not in the group
_Limits = tuple[int, int, int, int]
_OPEN: Final = 1000
GROUPS: Final[Mapping[str, Mapping[str, _Limits]]] = {
    "economic": {
        "preworking": (0, 18, 0, 18),
        "working": (18, 60, 18, 65),
        "postworking": (60, _OPEN, 65, _OPEN),
    },
    "broad": {
        "0_14": (0, 15, 0, 15),
        "15_64": (15, 65, 15, 65),
        "65_79": (65, 80, 65, 80),
        "80plus": (80, _OPEN, 80, _OPEN),
    },
}


def grouped(frame: object, *, groups: str = "economic") -> pl.DataFrame:
    """Return population by age group: unit, name, scenario, year, status, group, population, share.

    ``economic`` is the official Polish division: 0-17; women 18-59 and men 18-64; older. ``broad`` is 0-14,
    15-64, 65-79, 80 and over.

    Raises:
        InputError: a column is missing, the groups are unknown, or an age group of the frame lies across a
            limit (18 in 5-year groups).
    """
    import polars as pl

    limits = GROUPS.get(groups)
    if limits is None:
        raise InputError(f"groups={groups!r} is not known: use {' or '.join(map(repr, GROUPS))}")
    table = frames.as_frame(frame, columns=("unit", "year", "sex", "age", "population"))
    sexes = set(table["sex"].unique().to_list())
    if not {"F", "M"} <= sexes:
        raise InputError(f"sexes F and M are both needed; the frame has {frames.listed(sorted(map(str, sexes)))}")
    table = table.filter(pl.col("sex").is_in(["F", "M"]))
    ages = sorted({int(age) for age in table["age"].to_list()})
    for group, (women, _, men, _) in limits.items():
        for first in {women, men}:
            if first > 0 and first not in ages:
                raise InputError(
                    f"group {group!r} begins at age {first}, but no age group of the frame does "
                    f"({frames.listed(ages)}): use single ages, or groups='broad' with 5-year groups"
                )
    of_group = pl.lit(None, dtype=pl.String)
    for group, (w_first, w_end, m_first, m_end) in limits.items():
        woman = (pl.col("sex") == "F") & pl.col("age").is_between(w_first, w_end, closed="left")
        man = (pl.col("sex") == "M") & pl.col("age").is_between(m_first, m_end, closed="left")
        of_group = pl.when(woman | man).then(pl.lit(group)).otherwise(of_group)
    keys = [c for c in ("unit", "name", "scenario", "year", "status") if c in table.columns]
    summed = (
        table.with_columns(group=of_group)
        .group_by(*keys, "group", maintain_order=True)
        .agg(pl.col("population").sum().cast(pl.Float64), pl.col("population").is_null().any().alias("gap"))
    )
    gap = summed.filter(pl.col("gap")).head(1)
    if not gap.is_empty():
        row = gap.row(0, named=True)
        raise InputError(f"population is missing for unit {row['unit']}, year {row['year']}, group {row['group']}")
    rank = {group: index for index, group in enumerate(limits)}
    whole = pl.col("population").sum().over(keys)
    return (
        summed.drop("gap")
        .with_columns(share=pl.when(whole > 0).then(pl.col("population") / whole))
        .sort(*keys, pl.col("group").replace_strict(rank, return_dtype=pl.Int8), nulls_last=False)
    )


def age_groups(
    frame: object,
    *,
    unit: str | Sequence[str] | None = None,
    groups: Literal["economic", "broad"] = "economic",
    kind: Literal["bars", "area"] = "bars",
    share: bool = True,
    years: Sequence[int] | None = None,
    scenario: str | None = None,
    lang: str = "pl",
    title: str | None = None,
) -> alt.VConcatChart:
    """Draw age groups stacked on each other: bars of chosen years, or areas over all years.

    Args:
        frame: columns unit, year, sex (``F``, ``M``), age, population; name, scenario and status where they
            apply.
        unit: one code, several (a panel each), or None for all.
        groups: ``"economic"`` (0-17, working, post-working) or ``"broad"`` (0-14, 15-64, 65-79, 80+).
        kind: ``"bars"`` carry their figures; ``"area"`` shows every year.
        share: per cent of the population (True) or persons.
        years: of the bars; by default the first, the last and the full decades between.
        scenario: which one; by default the only one there, else ``main``.
        lang: ``"pl"`` or ``"en"``.
        title: of the whole chart.

    Raises:
        InputError: a column, sex, year or scenario is missing, or the groups cannot be formed.
        UnknownUnitError: no row is of one of the units.
    """
    import altair as alt
    import polars as pl

    check_lang(lang)
    if kind not in ("bars", "area"):
        raise InputError(f"kind={kind!r} is not known: use 'bars' or 'area'")
    table = frames.as_frame(frame, columns=("unit", "year", "sex", "age", "population"))
    codes = [unit] if isinstance(unit, str) else list(unit or dict.fromkeys(table["unit"].cast(pl.String).to_list()))
    for code in codes:
        frames.choose_unit(table, code)
    table = frames.choose_scenario(table.filter(pl.col("unit").is_in(codes)), scenario)
    there = sorted({int(year) for year in table["year"].to_list()})
    chosen = list(years) if years is not None else [y for y in there if y in (there[0], there[-1]) or y % 10 == 0]
    frames.require_years(table, chosen)
    if kind == "bars" or years is not None:
        table = table.filter(pl.col("year").is_in(chosen))
    names = frames.unit_names(table)
    rows = grouped(table, groups=groups)
    single = len(codes) == 1
    width = 520 if single else max(150, min(240, 640 // len(codes)))
    panels = []
    for number, code in enumerate(codes):
        part = rows.filter(pl.col("unit") == code)
        layers = (_bars if kind == "bars" else _area)(part, share=share, lang=lang, first=number == 0)
        panel = alt.layer(*layers).properties(width=width, height=280)
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
    # counts need axis labels on every panel, shares only on the first
    gap = 24 if share else 84
    entries = [("fill", AGES[group], label(f"age.{group}", lang)) for group in GROUPS[groups]]
    legend = legend_panel(entries, width=width if single else len(codes) * (width + 18))
    chart: Any = alt.vconcat(
        legend, panels[0] if single else alt.hconcat(*panels, spacing=gap, bounds="flush"), spacing=8
    )
    name = unit_label(codes[0], names[codes[0]], lang) if single else label(f"chart.groups.{groups}", lang)
    when = label("stock.31 XII", lang)
    subtitle = [f"{scenario_label(str(rows['scenario'][0]), lang)}, {when}" if "scenario" in rows.columns else when]
    made: alt.VConcatChart = dress(chart, lang=lang, title=title or heading(name), subtitle=subtitle)
    return made


def _stacked(part: pl.DataFrame, share: bool) -> list[dict[str, Any]]:
    """Return rows with the limits of each block, the youngest group at the bottom."""
    column = "share" if share else "population"
    level: dict[int, float] = {}
    rows = []
    for row in part.to_dicts():
        year, size = int(row["year"]), float(row[column] or 0.0) * (100.0 if share else 1.0)
        base = level.get(year, 0.0)
        level[year] = base + size
        rows.append({"year": year, "group": row["group"], "low": base, "high": base + size, "size": size})
    return rows


def _scales(rows: list[dict[str, Any]], share: bool, lang: str, first: bool) -> tuple[Any, Any]:
    import altair as alt

    groups = list(dict.fromkeys(row["group"] for row in rows))
    top = 100.0 if share else max(row["high"] for row in rows) * 1.05 or 1.0
    y = alt.Y(
        "low:Q",
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(
            title=label("axis.share" if share else "axis.population", lang) if first or not share else None,
            labels=first or not share,
            format=",.0f",
            tickCount=5,
        ),
    )
    colour = alt.Color("group:N", scale=alt.Scale(domain=groups, range=[AGES[group] for group in groups]), legend=None)
    return y, colour


def _bars(part: pl.DataFrame, *, share: bool, lang: str, first: bool) -> list[Any]:
    import altair as alt

    rows = _stacked(part, share)
    y, colour = _scales(rows, share, lang, first)
    x = alt.X(
        "year:O",
        axis=alt.Axis(title=label("axis.year", lang) if first else None, labelAngle=0, tickSize=0),
        scale=alt.Scale(paddingInner=0.18, paddingOuter=0.1),
    )
    top = 100.0 if share else max(row["high"] for row in rows)
    for row in rows:
        row["middle"] = (row["low"] + row["high"]) / 2
        row["text"] = format_number(row["size"], lang, decimals=1 if share else 0) if row["size"] > top * 0.045 else ""
        row["ink"] = "#ffffff" if row["group"] in ("postworking", "80plus") else INK
    return [
        alt.Chart(values(rows)).mark_bar(stroke="white", strokeWidth=1).encode(x=x, y=y, y2="high:Q", color=colour),
        alt.Chart(values(rows))
        .mark_text(fontSize=10.5)
        .encode(x=x, y=alt.Y("middle:Q"), text="text:N", color=alt.Color("ink:N", scale=None, legend=None)),
    ]


def _area(part: pl.DataFrame, *, share: bool, lang: str, first: bool) -> list[Any]:
    import altair as alt

    rows = _stacked(part, share)
    y, colour = _scales(rows, share, lang, first)
    years = [row["year"] for row in rows]
    x = alt.X(
        "year:Q",
        scale=alt.Scale(domain=[min(years), max(years)], nice=False),
        axis=alt.Axis(title=label("axis.year", lang) if first else None, format="d", grid=False, tickCount=5),
    )
    return [
        alt.Chart(values(rows)).mark_area(stroke="white", strokeWidth=0.8).encode(x=x, y=y, y2="high:Q", color=colour)
    ]
