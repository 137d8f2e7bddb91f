"""Figures of the page: charts as inline SVG with caption, unit, source and status."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from diagnoza.labels import status_label, unit_label
from diagnoza.plot import age_groups, choropleth, indicator_profile, lines, pyramid, to_svg
from diagnoza.plot.theme import heading
from diagnoza.report.texts import text

if TYPE_CHECKING:
    from diagnoza.report.findings import Figures

__all__ = ["Drawing", "drawings"]


@dataclass(frozen=True)
class Drawing:
    """One numbered figure: one or several images, and what stands below them."""

    svgs: tuple[str, ...]
    caption: str
    unit_of_measure: str
    source: str
    status: str
    note: str = ""
    number: int = 0


def inline(svg: str, prefix: str) -> str:
    """Return an SVG image fit to stand in a page with others: its ids are its own, its size gives way."""
    own = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', svg)
    own = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", own)
    own = re.sub(r'(xlink:)?href="#([^"]+)"', rf'\1href="#{prefix}-\2"', own)
    return own.replace("<svg ", '<svg role="img" ', 1)


def drawings(figures: Figures, lang: str) -> dict[str, list[Drawing]]:
    """Return the figures of every section, numbered through the page."""
    sections = {
        "totals": [_lines(figures, lang)],
        "structure": [_pyramids(figures, lang), _groups(figures, lang)],
        "uncertainty": _fan(figures, lang),
        "maps": _maps(figures, lang),
        "indicators": _profiles(figures, lang),
        "what_if": _what_if(figures, lang),
    }
    number = 0
    numbered: dict[str, list[Drawing]] = {}
    for section, made in sections.items():
        numbered[section] = []
        for drawing in made:
            number += 1
            own = tuple(inline(svg, f"f{number}-{index}") for index, svg in enumerate(drawing.svgs))
            numbered[section].append(replace(drawing, svgs=own, number=number))
    return numbered


def source_line(figures: Figures, section: str, lang: str) -> str:
    """Return the source line of a section: the user's, else all publishers."""
    publishers = "; ".join(dict.fromkeys(item.publisher for item in figures.data.sources))
    return figures.data.figure_sources.get(section) or text("own_work", lang, publishers=publishers)


def _statuses(frame: Any, lang: str) -> str:
    order = ("observed", "estimated", "projected")
    there = set(frame["status"].drop_nulls().to_list())
    return ", ".join(status_label(word, lang) for word in order if word in there)


def _lines(figures: Figures, lang: str) -> Drawing:
    import polars as pl

    data = figures.data
    shown = data.totals.filter(
        pl.col("scenario").is_in(["main", "low", "high"]) & pl.col("year").is_between(*data.years)
    )
    chart = lines(shown, lang=lang, reference=data.reference)
    caption = text("caption.lines", lang)
    source = source_line(figures, "totals", lang)
    note = data.reference_note if data.reference is not None else ""
    return Drawing((to_svg(chart),), caption, text("persons", lang), source, _statuses(shown, lang), note)


def _pyramids(figures: Figures, lang: str) -> Drawing:
    import polars as pl

    data = figures.data
    years = data.structure_years
    charts = [pyramid(data.population, unit=unit, years=years, scenario="main", lang=lang) for unit in figures.units]
    shown = data.population.filter(pl.col("year").is_in(list(years)))
    return Drawing(
        tuple(to_svg(chart) for chart in charts),
        text("caption.pyramids", lang, y0=years[0], y1=years[1]),
        text("persons", lang),
        source_line(figures, "structure", lang),
        _statuses(shown, lang),
    )


def _groups(figures: Figures, lang: str) -> Drawing:
    import polars as pl

    data = figures.data
    shown = data.population.filter(pl.col("year").is_between(*data.structure_years))
    chart = age_groups(shown, unit=figures.parts or [data.region], scenario="main", lang=lang)
    caption = text("caption.groups", lang)
    source = source_line(figures, "structure", lang)
    return Drawing((to_svg(chart),), caption, text("percent", lang), source, _statuses(shown, lang))


def _fan(figures: Figures, lang: str) -> list[Drawing]:
    made = figures.data.uncertainty
    if made is None:
        return []
    chart = made.simulation.plot(unit=figures.data.region, lang="pl" if lang == "pl" else "en")
    statuses = ", ".join(status_label(word, lang) for word in ("observed", "projected"))
    source = source_line(figures, "uncertainty", lang)
    return [Drawing((to_svg(chart),), text("caption.fan", lang), text("persons", lang), source, statuses)]


def _maps(figures: Figures, lang: str) -> list[Drawing]:
    made = []
    for item in figures.data.maps:
        chart = choropleth(
            item.frame,
            value=item.value,
            borders=item.borders,
            level=item.level,
            lang=lang,
            scheme=item.scheme,
            decimals=item.decimals,
            outline=item.outline,
        )
        status = status_label(item.status, lang)
        made.append(Drawing((to_svg(chart),), item.title, item.unit_of_measure, item.source, status, item.note))
    return made


def _profiles(figures: Figures, lang: str) -> list[Drawing]:
    import polars as pl

    data = figures.data
    if data.indicators is None:
        return []
    made = []
    names = {str(code): str(name) for code, name in data.indicators.select("unit", "name").unique().rows()}
    for unit in data.profiles:
        chart = indicator_profile(data.indicators, unit=unit, lang=lang)
        caption = text("caption.profile", lang, unit=unit_label(unit, names.get(unit, unit), lang))
        shown = data.indicators.filter(pl.col("unit") == unit)
        source = source_line(figures, "indicators", lang)
        status = _statuses(shown, lang) if "status" in shown.columns else ""
        made.append(Drawing((to_svg(chart),), heading(caption), "", source, status))
    return made


def _what_if(figures: Figures, lang: str) -> list[Drawing]:
    import polars as pl

    data = figures.data
    if data.what_if is None:
        return []
    keys = ["unit", "name", "scenario", "year", "population", "status"]
    described = [item.scenario for item in data.what_ifs]
    main = data.totals.filter((pl.col("scenario") == "main") & (pl.col("unit") == data.region))
    ours = data.what_if.filter(pl.col("scenario").is_in(described) & (pl.col("unit") == data.region))
    if ours.is_empty():
        return []
    from diagnoza.plot.frames import totals as summed

    kinds = {"year": pl.Int64, "population": pl.Float64}
    shown = pl.concat([summed(part).select(keys).cast(kinds) for part in (main, ours)])  # type: ignore[arg-type]
    shown = shown.filter(pl.col("year").is_between(*data.years))
    chart = lines(shown, lang=lang, scenario_names={item.scenario: item.name for item in data.what_ifs})
    source = source_line(figures, "what_if", lang)
    caption = text("caption.what_if", lang)
    return [Drawing((to_svg(chart),), caption, text("persons", lang), source, _statuses(shown, lang))]
