"""Small drawings inside tables: where a value lies among others, how a series runs. Plain SVG, no script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

__all__ = ["course", "strip"]

_WIDTH: Final = 240
_HEIGHT: Final = 26
_EDGE: Final = 7
_BAND: Final = "#b9d6e8"
_INK: Final = "#1d2733"
_DOT: Final = "#c44e00"
_LINE: Final = "#9aa5b0"


def strip(spread: Mapping[str, float], value: float | None, words: str) -> str:
    """Draw a value on the line from the lowest to the highest of its group; `words` say the same to a screen reader."""
    low, high = spread["lowest"], spread["highest"]

    def x(number: float) -> float:
        share = (number - low) / (high - low) if high > low else 0.5
        return round(_EDGE + share * (_WIDTH - 2 * _EDGE), 1)

    middle = _HEIGHT / 2
    q1, q3, median = x(spread["lower_quartile"]), x(spread["upper_quartile"]), x(spread["median"])
    parts = [
        f'<line x1="{x(low)}" x2="{x(high)}" y1="{middle}" y2="{middle}" stroke="{_LINE}"/>',
        f'<rect x="{q1}" y="{middle - 7}" width="{max(round(q3 - q1, 1), 1)}" height="14" fill="{_BAND}"/>',
        f'<line x1="{median}" x2="{median}" y1="{middle - 8}" y2="{middle + 8}" stroke="{_INK}" stroke-width="2"/>',
    ]
    if value is not None:
        parts.append(f'<circle cx="{x(value)}" cy="{middle}" r="5.5" fill="{_DOT}" stroke="#fff" stroke-width="1.2"/>')
    return _svg(_WIDTH, _HEIGHT, parts, words)


def course(series: Sequence[Mapping[str, Any]], break_year: int | None, words: str) -> str:
    """Draw a series: observed values solid, projected dashed, nothing across missing values and breaks."""
    width, height = 150, 34
    known = [(point["year"], point["cell"], point["status"]) for point in series if not isinstance(point["cell"], str)]
    if len(known) < 2:
        return ""
    years, numbers = [year for year, _, _ in known], [number for _, number, _ in known]
    low, high = min(numbers), max(numbers)

    def place(year: int, number: float) -> tuple[float, float]:
        across = (year - years[0]) / (years[-1] - years[0])
        up = (number - low) / (high - low) if high > low else 0.5
        return round(5 + across * (width - 10), 1), round(height - 5 - up * (height - 10), 1)

    missing = {point["year"] for point in series if isinstance(point["cell"], str)}
    parts = []
    for (y0, v0, _), (y1, v1, status) in zip(known, known[1:], strict=False):
        if any(y0 < year < y1 for year in missing) or (break_year is not None and y0 < break_year <= y1):
            continue
        (a, b), (c, d) = place(y0, v0), place(y1, v1)
        dash = ' stroke-dasharray="3 3"' if status == "projected" else ""
        parts.append(f'<line x1="{a}" y1="{b}" x2="{c}" y2="{d}" stroke="{_INK}" stroke-width="1.6"{dash}/>')
    for year, number, status in known:
        x, y = place(year, number)
        fill = "#fff" if status == "projected" else _INK
        parts.append(f'<circle cx="{x}" cy="{y}" r="2" fill="{fill}" stroke="{_INK}"/>')
    return _svg(width, height, parts, words)


def _svg(width: int, height: int, parts: list[str], words: str) -> str:
    head = f'<svg class="small" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img"'
    return f'{head} aria-label="{escape(words)}">{"".join(parts)}</svg>'
