"""Sentences and key figures, computed from the frames: no number is written by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnoza.errors import InputError
from diagnoza.labels import format_number, format_percent, label, status_label, unit_label
from diagnoza.plot.age_groups import grouped
from diagnoza.plot.frames import totals as summed
from diagnoza.plot.frames import unit_names
from diagnoza.plot.theme import heading
from diagnoza.report.texts import text

if TYPE_CHECKING:
    from diagnoza.report.model import ReportData

__all__ = ["Card", "Figures", "cards", "findings"]


@dataclass(frozen=True)
class Card:
    """A key figure: the number as written, what it is, and a line below (year, status)."""

    number: str
    what: str
    below: str


class Figures:
    """Totals and age groups of a report by unit, scenario and year."""

    def __init__(self, data: ReportData) -> None:
        """Read the frames of `data`."""
        import polars as pl

        table = summed(data.totals)
        self.data = data
        self.total: dict[tuple[str, str, int], float] = {}
        self.status: dict[tuple[str, str, int], str] = {}
        for row in table.to_dicts():
            key = (str(row["unit"]), str(row["scenario"]), int(row["year"]))
            if key in self.total:
                raise InputError(f"the frame of totals has unit {key[0]}, scenario {key[1]}, year {key[2]} twice")
            self.total[key] = row["population"]
            self.status[key] = str(row["status"] or "")
        self.names = unit_names(data.totals)
        codes = list(dict.fromkeys(str(code) for code in data.totals["unit"].to_list()))
        self.parts = [code for code in codes if code != data.region]
        self.units = [data.region, *self.parts]
        main = data.population.filter((pl.col("scenario") == "main") & pl.col("year").is_in(list(data.structure_years)))
        self.structure = grouped(main)
        self.group: dict[tuple[str, int, str], float] = {}
        for frame in (self.structure, grouped(main, groups="broad")):
            for row in frame.to_dicts():
                self.group[str(row["unit"]), int(row["year"]), row["group"]] = row["population"]

    def name(self, unit: str, lang: str) -> str:
        """Return a unit's name with its level, capital first."""
        return heading(unit_label(unit, self.names[unit], lang))

    def change(self, unit: str) -> float:
        """Return the relative change of the main variant over the report's years."""
        first, last = (self.total[unit, "main", year] for year in self.data.years)
        return last / first - 1 if first > 0 else 0.0

    def structure_status(self, year: int, lang: str) -> str:
        """Return the status of the region's age structure in a year, in words."""
        import polars as pl

        rows = self.structure.filter((pl.col("unit") == self.data.region) & (pl.col("year") == year))
        return " / ".join(status_label(str(word), lang) for word in rows["status"].drop_nulls().unique().sort())

    def of_group(self, year: int, *groups: str, unit: str | None = None) -> float:
        """Return the persons of some age groups in a structure year, of the region by default."""
        return sum(self.group.get((unit or self.data.region, year, group), 0.0) for group in groups)


def _persons(value: float, lang: str) -> str:
    return f"{format_number(value, lang)}\u00a0{'osób' if lang == 'pl' else 'persons'}"


def _direction(first: float, last: float, lang: str) -> str:
    word = "same" if abs(last - first) < 1e-12 else "down" if last < first else "up"
    return text(f"direction.{word}", lang)


def findings(figures: Figures, lang: str) -> list[str]:
    """Return the five sentences with which the report opens."""
    data = figures.data
    y0, y1 = data.years
    region = data.region
    first, last = figures.total[region, "main", y0], figures.total[region, "main", y1]

    def said(year: int) -> str:
        status = figures.status[region, "main", year]
        return text(f"said.{status}", lang) if status in ("observed", "estimated", "projected") else status

    sentences = [
        text(
            "finding.total",
            lang,
            unit=figures.name(region, lang),
            direction=_direction(first, last, lang),
            first=_persons(first, lang),
            last=_persons(last, lang),
            y0=y0,
            y1=y1,
            s0=said(y0),
            s1=said(y1),
            change=_persons(abs(last - first), lang),
            percent=format_percent(figures.change(region), lang, sign=True),
        )
    ]
    if len(figures.parts) > 1:
        order = sorted(figures.parts, key=lambda unit: (figures.change(unit), unit))
        worst, best = order[0], order[-1]
        course = "up" if figures.change(worst) >= 0 else "down" if figures.change(best) < 0 else "mixed"
        sentences.append(
            text(
                f"finding.parts.{course}",
                lang,
                y0=y0,
                worst=unit_label(worst, figures.names[worst], lang),
                best=unit_label(best, figures.names[best], lang),
                worst_percent=format_percent(figures.change(worst), lang, sign=True),
                best_percent=format_percent(figures.change(best), lang, sign=True),
            )
        )
    low, high = figures.total.get((region, "low", y1)), figures.total.get((region, "high", y1))
    if low is None or high is None:
        sentences.append(text("finding.no_range", lang))
    else:
        sentences.append(
            text(
                "finding.range",
                lang,
                y1=y1,
                low=format_number(low, lang),
                high=_persons(high, lang),
                spread=_persons(high - low, lang),
                percent=format_percent((high - low) / last if last > 0 else None, lang),
            )
        )
    sentences.append(_old(figures, lang))
    sentences.append(_load(figures, lang))
    return sentences


def _share65(figures: Figures, year: int) -> float:
    whole = figures.of_group(year, "0_14", "15_64", "65_79", "80plus")
    return figures.of_group(year, "65_79", "80plus") / whole if whole > 0 else 0.0


def _old(figures: Figures, lang: str) -> str:
    y0, y1 = figures.data.structure_years
    first80, last80 = figures.of_group(y0, "80plus"), figures.of_group(y1, "80plus")
    return text(
        "finding.old",
        lang,
        direction=_direction(_share65(figures, y0), _share65(figures, y1), lang),
        y0=y0,
        y1=y1,
        first=format_percent(_share65(figures, y0), lang),
        last=format_percent(_share65(figures, y1), lang),
        first80=format_number(first80, lang),
        last80=_persons(last80, lang),
        ratio=format_percent(last80 / first80 - 1 if first80 > 0 else None, lang, sign=True),
    )


def _load(figures: Figures, lang: str) -> str:
    y0, y1 = figures.data.structure_years
    working = [figures.of_group(year, "working") for year in (y0, y1)]
    others = [figures.of_group(year, "preworking", "postworking") for year in (y0, y1)]
    load = [100 * other / work if work > 0 else None for other, work in zip(others, working, strict=True)]
    return text(
        "finding.load",
        lang,
        y0=y0,
        y1=y1,
        first=format_number(load[0], lang),
        last=format_number(load[1], lang),
        change=format_number(abs(working[1] - working[0]), lang),
        more_or_less=text("more" if working[1] > working[0] else "less", lang),
    )


def cards(figures: Figures, lang: str) -> list[Card]:
    """Return the key figures of the region."""
    data = figures.data
    (y0, y1), (a0, a1), region = data.years, data.structure_years, data.region
    first, last = figures.total[region, "main", y0], figures.total[region, "main", y1]

    def below(year: int) -> str:
        when = f"{label('stock.31 XII', lang)} {year}"
        return f"{when}, {status_label(figures.status[region, 'main', year], lang)}"

    def pair(a: str, b: str) -> str:
        return f"{a} → {b}"

    population = text("data.totals", lang)
    made = [
        Card(format_number(first, lang), population, below(y0)),
        Card(format_number(last, lang), population, below(y1)),
        Card(
            format_percent(figures.change(region), lang, sign=True),
            text("card.change", lang, y0=y0, y1=y1),
            _persons_signed(last - first, lang),
        ),
    ]
    between = " → ".join(f"{year} ({figures.structure_status(year, lang)})" for year in (a0, a1))
    shares = [format_percent(_share65(figures, year), lang) for year in (a0, a1)]
    made.append(Card(pair(*shares), text("card.share65", lang), between))
    for group, word in (("80plus", "card.number80"), ("working", "card.working")):
        numbers = [format_number(figures.of_group(year, group), lang) for year in (a0, a1)]
        made.append(Card(pair(*numbers), text(word, lang), between))
    return made


def _persons_signed(value: float, lang: str) -> str:
    return f"{format_number(value, lang, sign=True)}\u00a0{'osób' if lang == 'pl' else 'persons'}"
