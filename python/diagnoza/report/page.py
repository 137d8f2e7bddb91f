"""The page: sentences, cards, figures and tables put into the template."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from diagnoza.errors import InputError
from diagnoza.labels import check_lang, format_date
from diagnoza.report import tables
from diagnoza.report.drawings import drawings, source_line
from diagnoza.report.findings import Figures, cards, findings
from diagnoza.report.model import ReportData
from diagnoza.report.texts import text

if TYPE_CHECKING:
    import jinja2

__all__ = ["build", "template_of"]

_TEMPLATE = "template.html.j2"


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
        made=text("made", lang, date=format_date(context.date, lang), version=context.version),
        findings=findings(figures, lang),
        cards=cards(figures, lang),
        sections=_sections(figures, drawn, lang),
        methods=context.methods,
        status_table=tables.statuses(figures, lang),
        source_table=tables.sources(figures, lang),
    )


@cache
def template_of(name: str) -> jinja2.Template:
    """Return a template of this folder: everything put into it is escaped, nothing undefined is let pass."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)


def _sections(figures: Figures, drawn: dict[str, Any], lang: str) -> list[dict[str, Any]]:
    data = figures.data
    y0, y1 = data.structure_years
    listed: list[tuple[str, list[tables.Table]]] = [
        ("totals", [tables.totals(figures, lang)]),
        ("structure", [tables.structure(figures, lang)]),
        ("scenarios", [tables.scenarios(figures, lang)]),
        ("maps", []),
        ("indicators", tables.indicators(data.indicators, lang) if data.indicators is not None else []),
        ("what_if", _what_if_tables(figures, lang)),
    ]
    intros = {
        "totals": text("intro.totals", lang),
        "structure": text("intro.structure", lang, y0=y0, y1=y1),
        "scenarios": text("intro.scenarios", lang, y0=data.years[0], y1=data.years[1]),
        "indicators": text("intro.indicators", lang),
        "what_if": text("intro.what_if", lang),
    }
    sections = []
    for word, made in listed:
        figures_of = drawn.get(word, [])
        if not made and not figures_of:
            continue
        key = {"scenarios": "reference"}.get(word, word)
        # assumptions are the author's own; every table of figures names its source
        sourced = [
            replace(table, source=source_line(figures, key, lang))
            if table.unit_of_measure or word != "what_if"
            else table
            for table in made
        ]
        note = data.reference_note if word == "scenarios" else ""
        sections.append(
            {
                "id": word,
                "title": text(word, lang),
                "intro": intros.get(word, ""),
                "note": note,
                "drawings": figures_of,
                "tables": sourced,
            }
        )
    return sections


def _what_if_tables(figures: Figures, lang: str) -> list[tables.Table]:
    frame = figures.data.what_if
    if frame is None:
        return []
    return [tables.what_ifs(figures, lang), tables.what_if(figures, frame, lang)]
