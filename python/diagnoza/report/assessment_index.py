"""Many assessments as a folder: an index with a heat table, a page for every unit, the tables beside."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from diagnoza._native import __version__
from diagnoza.assessment_texts import peers_text, value_text
from diagnoza.cli.output import replace
from diagnoza.errors import InputError
from diagnoza.labels import check_lang, distinct_names, format_date, format_number, unit_label
from diagnoza.plot.heat_table import percentile_class
from diagnoza.report.assessment import JUDGEMENTS, page
from diagnoza.report.assessment_words import word
from diagnoza.report.page import template_of
from diagnoza.report.texts import text

if TYPE_CHECKING:
    import os

    from diagnoza.assessing import Assessment, Assessments

__all__ = ["write"]


@dataclass(frozen=True)
class Cell:
    """A cell of the heat table."""

    text: str
    look: str
    title: str


def write(
    assessments: Assessments, folder: str | os.PathLike[str], *, lang: str = "pl", date: str | None = None
) -> Path:
    """Write ``index.html``, ``units/CODE.html``, and the tables as CSV and Parquet; return the path of the index.

    Raises:
        InputError: the folder above is missing, or the folder is a file.
    """
    from diagnoza.report.diagnosis import EDITION

    language = check_lang(lang)
    target, day = Path(folder), date or EDITION
    format_date(day, lang)
    if not target.parent.is_dir():
        raise InputError(f"the folder {str(target.parent)!r} does not exist: make it first")
    if target.exists() and not target.is_dir():
        raise InputError(f"{str(target)!r} is a file: name a folder")
    (target / "units").mkdir(parents=True, exist_ok=True)
    for one in assessments:
        made = page(one, lang=lang, date=day, index="../index.html")
        replace(target / "units" / f"{one.unit}.html", made.encode())
    frame = assessments.frame(lang=language)
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    replace(target / "assessment.parquet", buffer.getvalue())
    tables = {"assessment": frame, "series": assessments.series, "flags": assessments.flags, "gaps": assessments.gaps}
    for name, table in tables.items():
        replace(target / f"{name}.csv", table.write_csv().encode())
    replace(target / "index.html", _index(assessments, lang, day).encode())
    return target / "index.html"


def _index(assessments: Assessments, lang: str, day: str) -> str:
    units = list(assessments)
    known = assessments.record["indicators"]
    asked = {measured["indicator"] for one in units for measured in one.record["indicators"]}
    shown = [indicator for indicator in known if indicator["id"] in asked]
    names = distinct_names([(one.unit, unit_label(one.unit, one.name, lang)) for one in units], lang)
    head = []
    for indicator in shown:
        unit = indicator[f"unit_{lang}"]
        head.append(f"{indicator[f'name_{lang}']} ({unit})" if unit else indicator[f"name_{lang}"])
    rows = [
        {
            "name": names[one.unit],
            "file": f"units/{one.unit}.html",
            "cells": [_cell(one, indicator, lang) for indicator in shown],
            "flags": " / ".join(str(count) for count in _counts(one)[:3]),
        }
        for one in units
    ]
    return template_of("assessment_index.html.j2").render(
        lang=lang,
        w=lambda key, **values: word(key, lang, **values),
        version=__version__,
        title=word("index.title", lang, count=len(units)),
        lead=word("index.lead", lang, peers=_main_peers(units, lang)),
        made=text("made", lang, date=format_date(day, lang), version=__version__),
        head=head,
        rows=rows,
    )


def _counts(one: Assessment) -> list[int]:
    """Return how many indicators are flagged, by judgement."""
    flags = one.record["flags"]
    return [len({flag["indicator"] for flag in flags if flag["judgement"] == judgement}) for judgement in JUDGEMENTS]


def _main_peers(units: list[Assessment], lang: str) -> str:
    """Return the group in words, one for each kind of unit that is there."""
    found: dict[str, None] = {}
    for one in units:
        for measured in one.record["indicators"]:
            for standing in measured["standings"][:1]:
                found[peers_text(one.record, standing["peers"], lang)] = None
    return "; ".join(found) or word("class.none", lang)


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
