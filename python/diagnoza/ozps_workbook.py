"""A form of OZPS laid out as a workbook for filling in: a sheet per chapter."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

__all__ = ["workbook"]

_WIDTHS = (8, 58, 16, 16)


def workbook(template: dict[str, Any], year: int | None) -> bytes:
    """Return an XLSX workbook of a template. The same template gives the same bytes.

    Text is always written as text: a label that begins with ``=`` is no formula.
    """
    import xlsxwriter  # type: ignore[import-untyped]

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    # a fixed date: the file must not depend on the clock
    book.set_properties({"title": template["title"], "created": datetime(year or 2000, 12, 31)})
    base = {"valign": "top"}
    look = {
        "plain": book.add_format(base),
        "word": book.add_format({**base, "font_color": "#555555"}),
        "heading": book.add_format({"bold": True, "font_size": 13}),
        "head": book.add_format({**base, "bold": True, "text_wrap": True, "border": 1, "bg_color": "#E8EEF4"}),
        "label": book.add_format({**base, "text_wrap": True, "border": 1}),
        "field": book.add_format({**base, "border": 1, "bg_color": "#FFFBE6", "num_format": "#,##0.##"}),
        "whole": book.add_format({**base, "border": 1, "bg_color": "#FFFBE6", "num_format": "#,##0"}),
        "barred": book.add_format({**base, "border": 1, "bg_color": "#DDDDDD", "align": "center"}),
    }
    for sheet in template["sheets"]:
        _fill(book.add_worksheet(sheet["name"][:31]), template["head"], sheet, look)
    book.close()
    return buffer.getvalue()


def _fill(page: Any, head: list[list[str]], sheet: dict[str, Any], look: dict[str, Any]) -> None:
    for row, (word, value) in enumerate(head):
        page.write_string(row, 0, word, look["word"])
        if value:
            page.write_string(row, 2, value, look["plain"])
    top = len(head)
    page.write_string(top, 0, sheet["heading"], look["heading"])
    top += 1
    for column, title in enumerate(sheet["header"]):
        page.write_string(top, column, title, look["head"])
    for number, line in enumerate(sheet["rows"], start=top + 1):
        page.write_number(number, 0, line["number"], look["label"])
        for column, word in enumerate((line["label"], line["unit"], line["moment"]), start=1):
            page.write_string(number, column, word, look["label"])
        field = look["whole"] if line["whole"] else look["field"]
        for column, (value, text) in enumerate(zip(line["numbers"], line["texts"], strict=True), start=len(_WIDTHS)):
            if value is not None:
                page.write_number(number, column, value, field)
            elif text == "x":
                page.write_string(number, column, text, look["barred"])
            elif text:
                page.write_string(number, column, text, field)
            else:
                page.write_blank(number, column, None, field)
    for column, width in enumerate(_WIDTHS):
        page.set_column(column, column, width)
    page.set_column(len(_WIDTHS), len(sheet["header"]) - 1, 13)
    page.freeze_panes(top + 1, 2)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(top)
