"""The page: sentences, cards, figures and tables put into the template."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from diagnoza.errors import InputError
from diagnoza.labels import check_lang, format_date
from diagnoza.report import tables, uncertainty
from diagnoza.report.assessment_words import word
from diagnoza.report.drawings import drawings, source_line
from diagnoza.report.findings import Figures, cards, findings
from diagnoza.report.model import ReportData
from diagnoza.report.resources import resources
from diagnoza.report.templates import template_of
from diagnoza.report.texts import text

__all__ = ["build", "template_of"]

_TEMPLATE: Final = "template.html.j2"


def build(context: ReportData, *, lang: str = "pl") -> str:
    """Return the report as one HTML page with its styles and images in it: no script, no link to anywhere.

    Everything that comes from frames and texts is escaped. The same data gives the same text.

    Raises:
        InputError: if a frame of `context` lacks what a chart or table needs, or the language is unknown.
    """
    check_lang(lang)
    if not isinstance(context, ReportData):
        raise InputError(f"a ReportData is needed, not a {type(context).__name__}")
    figures = Figures(context)
    template = template_of(_TEMPLATE)
    drawn = drawings(figures, lang)
    return template.render(
        lang=lang,
        data=context,
        t=lambda key, **values: text(key, lang, **values),
        w=lambda key, **values: word(key, lang, **values),
        made=text("made", lang, date=format_date(context.date, lang), version=context.version),
        findings=findings(figures, lang),
        cards=cards(figures, lang),
        sections=_sections(figures, drawn, lang),
        methods=context.methods,
        status_table=tables.statuses(figures, lang),
        source_table=tables.sources(figures, lang),
    )


def _sections(figures: Figures, drawn: dict[str, Any], lang: str) -> list[dict[str, Any]]:
    data = figures.data
    y0, y1 = data.structure_years
    listed: list[tuple[str, list[tables.Table]]] = [
        ("totals", [tables.totals(figures, lang)]),
        ("structure", [tables.structure(figures, lang)]),
        ("scenarios", [tables.scenarios(figures, lang)]),
        ("uncertainty", uncertainty.tables(figures, lang)),
        ("maps", []),
        ("indicators", tables.indicators(data.indicators, lang) if data.indicators is not None else []),
        ("resources", []),
        ("what_if", _what_if_tables(figures, lang)),
    ]
    intros = {
        "totals": text("intro.totals", lang),
        "structure": text("intro.structure", lang, y0=y0, y1=y1),
        "scenarios": text("intro.scenarios", lang, y0=data.years[0], y1=data.years[1]),
        "uncertainty": uncertainty.intro(figures, lang),
        "indicators": text("intro.indicators", lang),
        "resources": text("intro.resources", lang),
        "what_if": text("intro.what_if", lang),
    }
    sections = []
    notes = {
        "scenarios": data.reference_note,
        "uncertainty": uncertainty.note(figures, lang),
        "resources": data.resources_note,
    }
    said_alone = ("uncertainty", "resources")
    for name, made in listed:
        figures_of = drawn.get(name, [])
        assessed = resources(data, lang) if name == "resources" else None
        if not (made or figures_of or assessed or (name in said_alone and notes[name])):
            continue
        key = {"scenarios": "reference"}.get(name, name)
        # assumptions are the author's own; every table of figures names its source
        sourced = [
            replace(table, source=source_line(figures, key, lang))
            if table.unit_of_measure or name != "what_if"
            else table
            for table in made
        ]
        sections.append(
            {
                "id": name,
                "title": text(name, lang),
                "intro": intros.get(name, ""),
                "note": notes.get(name, ""),
                "drawings": figures_of,
                "tables": sourced,
                "assessed": assessed,
            }
        )
    return sections


def _what_if_tables(figures: Figures, lang: str) -> list[tables.Table]:
    frame = figures.data.what_if
    if frame is None:
        return []
    return [tables.what_ifs(figures, lang), tables.what_if(figures, frame, lang)]
