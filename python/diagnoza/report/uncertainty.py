"""The section of a region's report on its own forecast and how far it may be off: sentences, tables, frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from diagnoza.labels import format_number, format_percent
from diagnoza.report.tables import Table
from diagnoza.report.texts import text

if TYPE_CHECKING:
    import polars as pl

    from diagnoza.report.findings import Figures
    from diagnoza.simulating import Simulation

__all__ = ["DRAWS", "GROUPS", "SEED", "Uncertainty", "frame", "intro", "note", "tables"]

DRAWS: Final = 1000
SEED: Final = 1
GROUPS: Final[dict[str, int]] = {"population": 0, "65+": 65, "80+": 80}
"""Indicators of the section, with the first age of the people counted."""
_YEARS: Final = (2030, 2040, 2050)
_LEVELS: Final[dict[float, tuple[str, str]]] = {0.8: ("q0.1", "q0.9"), 0.95: ("q0.025", "q0.975")}


@dataclass(frozen=True, kw_only=True)
class Uncertainty:
    """Trajectories of the own forecast, and how past intervals made in the same way did."""

    simulation: Simulation
    """Of the region and its parts, with the indicators `GROUPS`."""
    past: pl.DataFrame
    """Frame of `interval_coverage`."""


def frame(figures: Figures) -> pl.DataFrame | None:
    """Return mean, central forecast, quantiles and GUS's main variant of every unit and year; None without draws."""
    import polars as pl

    data = figures.data
    if data.uncertainty is None:
        return None
    main = pl.concat(
        data.population.filter(pl.col("scenario") == "main", pl.col("age") >= age)
        .group_by("unit", "year")
        .agg(gus_main=pl.col("population").sum())
        .with_columns(pl.col("unit").cast(pl.String), pl.col("year").cast(pl.Int32), indicator=pl.lit(word))
        for word, age in GROUPS.items()
    )
    drawn = data.uncertainty.simulation.frame()
    return drawn.join(main, on=["unit", "year", "indicator"], how="left", maintain_order="left").with_columns(
        status=pl.lit("projected")
    )


def intro(figures: Figures, lang: str) -> str:
    """Return the forecast of the last year with its intervals, and where GUS's main variant lies."""
    found = _rows(figures)
    if not found:
        return ""
    year = max(year for _, _, year in found)
    row = found[figures.data.region, "population", year]
    bounds = {
        f"{edge}{100 * level:g}": format_number(float(row[column]), lang)
        for level, columns in _LEVELS.items()
        for edge, column in zip(("from", "to"), columns, strict=True)
    }
    return text(
        "uncertainty.said",
        lang,
        year=year,
        unit=figures.name(figures.data.region, lang),
        central=format_number(row["central"], lang),
        main=format_number(row["gus_main"], lang),
        place=text(f"uncertainty.{_place(row)}", lang),
        **bounds,
    )


def _place(row: dict[str, float]) -> str:
    """Return the word for where GUS's main variant lies among the intervals."""
    main = row["gus_main"]
    for word, (below, above) in zip(("inside80", "inside95"), _LEVELS.values(), strict=True):
        if row[below] <= main <= row[above]:
            return word
    return "below" if main < row["central"] else "above"


def note(figures: Figures, lang: str) -> str:
    """Return what the intervals mean, how they were drawn, and how past ones did; else why there are none."""
    import polars as pl

    made = figures.data.uncertainty
    if made is None:
        return figures.data.uncertainty_note
    shares = {
        (ages, level): format_percent(share, lang, decimals=0)
        for ages, level, share in made.past.group_by("ages", "level").agg(pl.col("inside").mean()).rows()
    }
    starts = made.past["jump_off"]
    said = [
        text("uncertainty.meaning", lang, jump_off=made.simulation.record["jump_off"]),
        text("uncertainty.drawn", lang, draws=format_number(made.simulation.draws, lang), seed=made.simulation.seed),
        text(
            "uncertainty.past",
            lang,
            first=starts.min(),
            last=starts.max(),
            until=made.past["year"].max(),
            all80=shares["0+", 0.8],
            all95=shares["0+", 0.95],
            old80=shares["75+", 0.8],
            old95=shares["75+", 0.95],
        ),
        figures.data.uncertainty_note,
    ]
    return " ".join(sentence for sentence in said if sentence)


def tables(figures: Figures, lang: str) -> list[Table]:
    """Return the region by year and age, and the last year of its parts."""
    found = _rows(figures)
    if not found:
        return []
    years = sorted({year for _, _, year in found} & set(_YEARS))
    last = years[-1]
    intervals = [text("head.interval", lang, level=f"{100 * level:g}") for level in _LEVELS]
    heads = [text("head.central", lang), *intervals, text("head.gus_main", lang)]
    region = figures.data.region
    rows = [
        [
            text(f"uncertainty.group.{word}", lang) if year == years[0] else "",
            str(year),
            *_cells(found[region, word, year], lang),
        ]
        for word in GROUPS
        for year in years
    ]
    persons = text("persons", lang)
    head = [text("head.group", lang), text("column.year", lang), *heads]
    caption = text("table.uncertainty", lang, unit=figures.name(region, lang))
    made = [Table(caption, head, rows, left=2, unit_of_measure=persons)]
    parts = [unit for unit in figures.parts if (unit, "population", last) in found]
    if parts:
        rows = [[figures.name(unit, lang), *_cells(found[unit, "population", last], lang)] for unit in parts]
        caption = text("table.uncertainty_parts", lang, year=last)
        made.append(Table(caption, [text("head.unit", lang), *heads], rows, unit_of_measure=persons))
    return made


def _rows(figures: Figures) -> dict[tuple[str, str, int], dict[str, float]]:
    """Return the frame's figures by unit, indicator and year."""
    made = frame(figures)
    if made is None:
        return {}
    return {(row["unit"], row["indicator"], row["year"]): row for row in made.to_dicts()}


def _cells(row: dict[str, float], lang: str) -> list[str]:
    spans = [f"{format_number(row[a], lang)}–{format_number(row[b], lang)}" for a, b in _LEVELS.values()]
    return [format_number(row["central"], lang), *spans, format_number(row["gus_main"], lang)]
