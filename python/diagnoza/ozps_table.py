"""A form of OZPS as a table in a notebook: rows as printed, faults marked where they stand."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diagnoza.ozps import Form

__all__ = ["html"]

_WORDS = {
    "pl": {
        "row": "Wiersz",
        "label": "Wyszczególnienie",
        "unit": "Jednostka",
        "unknown": "jednostka nieznana",
        "year": "rok oceny",
        "no_year": "rok oceny nieznany",
        "none": "bez naruszeń",
        "faults": "naruszenia: {n}",
        "year_minus_2": "rok -2",
        "year_minus_1": "rok -1",
        "assessed": "rok oceny",
        "forecast_1": "prognoza +1",
        "forecast_2": "prognoza +2",
        "below_unit": "poniżej jednostki",
        "suppressed": "tajemnica statystyczna",
    },
    "en": {
        "row": "Row",
        "label": "Item",
        "unit": "Unit",
        "unknown": "unit unknown",
        "year": "assessed year",
        "no_year": "assessed year unknown",
        "none": "no violations",
        "faults": "violations: {n}",
        "year_minus_2": "year -2",
        "year_minus_1": "year -1",
        "assessed": "assessed",
        "forecast_1": "forecast +1",
        "forecast_2": "forecast +2",
        "below_unit": "below the unit",
        "suppressed": "withheld",
    },
}
_COLUMNS = ("year_minus_2", "year_minus_1", "assessed", "forecast_1", "forecast_2")


def html(form: Form) -> str:
    """Return the table of a form."""
    words = _WORDS[form.lang]
    fields = form.frame()
    faults = form.violations
    marked: dict[tuple[str | None, int | None, str | None], list[str]] = {}
    for fault in faults.iter_rows(named=True):
        marked.setdefault((fault["chapter"], fault["row"], fault["column"]), []).append(fault["message"])
    years = dict(zip(fields["column"], fields["year"], strict=True))
    heads = [words["row"], words["label"], words["unit"]]
    for column in _COLUMNS:
        year = years.get(column)
        forecast = column.startswith("forecast")
        heads.append(words[column] if year is None else f"{year}*" if forecast else str(year))
    about = [
        " ".join(part for part in (form.unit_name, form.unit and f"({form.unit})") if part) or words["unknown"],
        words["no_year"] if form.year is None else f"{words['year']} {form.year}",
        form.edition,
        words["faults"].format(n=faults.height) if faults.height else words["none"],
    ]
    lines = [f"<p><b>{escape(' · '.join(about))}</b></p>"]
    lines.append("<table><thead><tr>" + "".join(f"<th>{escape(head)}</th>" for head in heads) + "</tr></thead><tbody>")
    for (chapter, row), group in fields.group_by("chapter", "row", maintain_order=True):
        first = group.row(0, named=True)
        cells = {field["column"]: _shown(field, words) for field in group.iter_rows(named=True)}
        whole = marked.get((chapter, row, None))
        line = _cell(f"{chapter}:{row}", whole) + _cell(first["label"], None, "left")
        line += _cell(first["unit_of_measure"], None, "left")
        for column in _COLUMNS:
            line += _cell(cells.get(column, ""), marked.get((chapter, row, column)))
        lines.append(f"<tr>{line}</tr>")
    lines.append("</tbody></table>")
    placed = faults["row"].is_null()
    if placed.any():
        items = "".join(f"<li>{escape(message)}</li>" for message in faults.filter(placed)["message"])
        lines.append(f"<ul>{items}</ul>")
    return "".join(lines)


def _shown(field: dict[str, object], words: dict[str, str]) -> str:
    value, state = field["value"], str(field["state"])
    if isinstance(value, float):
        return f"{value:,.10g}".replace(",", "\u00a0")
    if state == "text":
        return str(field["text"])
    return {"not_reported": "", "not_applicable": "x"}.get(state) or words.get(state, "")


def _cell(text: str, faults: list[str] | None, align: str = "right") -> str:
    style = f"text-align:{align}"
    title = ""
    if faults:
        style += ";background:#f6c7c0;color:#000"
        title = f' title="{escape(chr(10).join(faults))}"'
    return f'<td style="{style}"{title}>{escape(text)}</td>'
