"""The report's tables: gathered, and written as one workbook."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from diagnoza.labels import indicator_label, scenario_label, status_label
from diagnoza.plot.age_groups import grouped
from diagnoza.report.assessment_words import said
from diagnoza.report.findings import Figures
from diagnoza.report.resources import frames
from diagnoza.report.texts import text
from diagnoza.report.uncertainty import frame as uncertain

if TYPE_CHECKING:
    import polars as pl

    from diagnoza.report.model import ReportData

__all__ = ["gathered", "workbook"]

# A sheet holds more, but nobody reads it there; CSV and Parquet have every row.
_ROWS: Final = 20_000
_WHOLE: Final = "#,##0"
_TENTHS: Final = "#,##0.0"
_PERSONS: Final = {"population", "central", "gus_main", "q0.025", "q0.1", "q0.25", "q0.5", "q0.75", "q0.9", "q0.975"}


def gathered(data: ReportData, lang: str = "pl") -> dict[str, pl.DataFrame]:
    """Return the tables behind the page by file name, sorted so that they do not depend on input order."""
    found: dict[str, pl.DataFrame] = {
        "totals": data.totals,
        "structure": grouped(data.population),
        "population": data.population,
    }
    for name, frame in (
        ("reference", data.reference),
        ("uncertainty", uncertain(Figures(data)) if data.uncertainty is not None else None),
        ("indicators", data.indicators),
        ("what_if", data.what_if),
    ):
        if frame is not None:
            found[name] = frame
    if data.resources is not None:
        found |= frames(data.resources, lang)
    for number, item in enumerate(data.maps, start=1):
        found[f"map_{number}"] = item.frame
    order = ("unit", "indicator", "scenario", "series", "year", "sex", "age")
    return {
        name: frame.sort([key for key in order if key in frame.columns], maintain_order=True)
        for name, frame in found.items()
    }


def _sheet_name(name: str, lang: str) -> str:
    if name.startswith("map_"):
        return text("sheet.map", lang, number=name.removeprefix("map_"))
    return text(f"sheet.{name}", lang)


def workbook(data: ReportData, tables: dict[str, pl.DataFrame], lang: str) -> bytes:
    """Return an XLSX workbook: a sheet per table and one of sources. The same data gives the same bytes.

    Text is always written as text: a name that begins with ``=`` is no formula.
    """
    import xlsxwriter  # type: ignore[import-untyped]

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    # the file's own date is the report's, so that it does not depend on the clock
    created = datetime.fromisoformat(data.date)
    book.set_properties({"title": data.title, "author": data.author, "created": created})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    look = {
        "whole": book.add_format({"num_format": _WHOLE}),
        "tenths": book.add_format({"num_format": _TENTHS}),
    }
    look["share"] = book.add_format({"num_format": "0.0%"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for name, frame in tables.items():
        sheet = book.add_worksheet(_sheet_name(name, lang))
        top = 0
        if len(frame) > _ROWS:
            note = text("too_long", lang, rows=len(frame), name=name, shown=_ROWS)
            sheet.write_string(0, 0, note)
            top = 1
        elif name == "resources":
            # four groups of peers are four times as many rows: a reader of the sheet looks at the main one
            frame = frame.unique(["unit", "indicator"], keep="first", maintain_order=True)
            sheet.write_string(0, 0, text("main_peers", lang))
            top = 1
        _fill(sheet, frame.head(_ROWS), top, head, look, lang)
        sheet.freeze_panes(top + 1, 0)
        sheet.autofilter(top, 0, top + min(len(frame), _ROWS), max(len(frame.columns) - 1, 0))
    sheet = book.add_worksheet(text("sheet.sources", lang))
    words = ("publisher", "title", "date", "basis", "used_for", "hash")
    for column, word in enumerate(words):
        sheet.write_string(0, column, text(f"head.{word}", lang), head)
    for row, item in enumerate(data.sources, start=1):
        cells = (item.publisher, item.title, item.date, item.basis, item.used_for, item.sha256)
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, cell, wrap)
    sheet.set_column(0, len(words) - 1, 32)
    sheet.write_string(len(data.sources) + 2, 0, text("made", lang, date=data.date, version=data.version))
    book.close()
    return buffer.getvalue()


def _fill(sheet: Any, frame: pl.DataFrame, top: int, head: Any, look: dict[str, Any], lang: str) -> None:
    """Write a frame; the words of closed columns become words of the language."""
    translate: dict[str, Callable[[str, str], str]] = {
        "scenario": scenario_label,
        "status": status_label,
        "indicator": indicator_label,
    }
    for column, name in enumerate(frame.columns):
        sheet.write_string(top, column, text(f"column.{name}", lang), head)
        values = frame[name]
        numeric = values.dtype.is_numeric()
        style = look["tenths"] if numeric and values.dtype.is_float() else None
        if name in _PERSONS:
            style = look["whole"]
        elif name == "share":
            style = look["share"]
        word = translate.get(name) or partial(said, name)
        wide = len(text(f"column.{name}", lang))
        for row, value in enumerate(values.to_list(), start=top + 1):
            if value is None:
                continue
            if numeric:
                sheet.write_number(row, column, value, style)
            else:
                written = word(str(value), lang)
                sheet.write_string(row, column, written)
                wide = max(wide, len(written))
        sheet.set_column(column, column, min(max(wide + 2, 10), 48))
