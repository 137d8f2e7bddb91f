"""Many units at once: the value in every cell, its place among the main peers as colour, flags counted beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from diagnoza.assessment_texts import peers_text, value_text
from diagnoza.labels import distinct_names, format_number, unit_label
from diagnoza.plot.heat_table import percentile_class
from diagnoza.report.assessment import JUDGEMENTS
from diagnoza.report.assessment_words import word

if TYPE_CHECKING:
    from diagnoza.assessing import Assessment

__all__ = ["Cell", "Heat", "HeatRow", "counts", "heat", "main_peers"]


@dataclass(frozen=True)
class Cell:
    """A cell of the heat table."""

    text: str
    look: str
    title: str


@dataclass(frozen=True)
class HeatRow:
    """A unit: its name, a page of its own if it has one, its cells, its flags by judgement."""

    name: str
    file: str
    cells: list[Cell]
    flags: str


@dataclass(frozen=True)
class Heat:
    """A heat table."""

    caption: str
    head: list[str]
    rows: list[HeatRow]
    note: str = ""


def heat(
    units: Sequence[Assessment],
    lang: str,
    *,
    caption: str,
    note: str = "",
    file: str = "",
    among: Sequence[Assessment] = (),
) -> Heat:
    """Return the table of units in the order given.

    `file` is the address of a unit's page with ``{}`` for its code; `among` are all units of which these are some:
    names are made distinct among them.
    """
    known = units[0].indicators if units else {}
    asked = {measured["indicator"] for one in units for measured in one.record["indicators"]}
    shown = [indicator for indicator in known.values() if indicator["id"] in asked]
    names = distinct_names([(one.unit, unit_label(one.unit, one.name, lang)) for one in among or units], lang)
    rows = [
        HeatRow(
            names[one.unit],
            file.format(one.unit),
            [_cell(one, indicator, lang) for indicator in shown],
            " / ".join(str(count) for count in counts(one)[:3]),
        )
        for one in units
    ]
    return Heat(caption, [_head(units, indicator, lang) for indicator in shown], rows, note)


def counts(one: Assessment) -> list[int]:
    """Return how many indicators are flagged, by judgement."""
    flags = one.record["flags"]
    return [len({flag["indicator"] for flag in flags if flag["judgement"] == judgement}) for judgement in JUDGEMENTS]


def main_peers(units: Sequence[Assessment], lang: str) -> str:
    """Return the group in words, one for each kind of unit that is there."""
    found: dict[str, None] = {}
    for one in units:
        for measured in one.record["indicators"]:
            for standing in measured["standings"][:1]:
                found[peers_text(one.record, standing["peers"], lang)] = None
    return "; ".join(found) or word("class.none", lang)


def _head(units: Sequence[Assessment], indicator: dict[str, Any], lang: str) -> str:
    """Return the name of an indicator with its unit, and its year if it is the same for all units."""
    years = {
        measured["year"]
        for one in units
        for measured in one.record["indicators"]
        if measured["indicator"] == indicator["id"]
    }
    unit = str(indicator[f"unit_{lang}"]).replace(" ", "\u00a0")
    said = ", ".join([*([unit] if unit else []), *(map(str, years) if len(years) == 1 else [])])
    return f"{indicator[f'name_{lang}']} ({said})" if said else str(indicator[f"name_{lang}"])


def _cell(one: Assessment, indicator: dict[str, Any], lang: str) -> Cell:
    measured = next((item for item in one.record["indicators"] if item["indicator"] == indicator["id"]), None)
    if measured is None or isinstance(measured["cell"], str):
        reason = value_text(indicator, measured["cell"], lang) if measured else ""
        return Cell("–", "missing", reason or word("index.missing", lang))
    written = value_text(indicator, measured["cell"], lang, unit=False)
    standing = next((item for item in measured["standings"] if item["place"] and not item["few"]), None)
    if standing is None or indicator["kind"] == "size":
        return Cell(written, "", "")
    percentile = standing["place"]["percentile"]
    place = percentile_class(percentile)
    said = "percentyl" if lang == "pl" else "percentile"
    title = f"{word(f'class.{place}', lang)}; {said} {format_number(percentile, lang, decimals=1)}"
    return Cell(written, f"c{place}", title)
