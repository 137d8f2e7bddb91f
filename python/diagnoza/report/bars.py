"""Bars inside tables: a part of a whole, progress towards a target. Plain SVG, no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Final

from diagnoza.report.tables import Table

__all__ = ["Drawn", "bar", "progress"]

_WIDTH: Final = 200
_HEIGHT: Final = 18
_REACH: Final = 1.25
"""The track of a target ends a quarter beyond it."""
_TRACK: Final = "#e6eaed"
_TICK: Final = "#c44e00"
_FILL: Final = "#4688b5"


@dataclass(frozen=True)
class Drawn:
    """A table whose rows end with a drawing made here, and a note below."""

    table: Table
    drawings: list[str] = field(default_factory=list)
    note: str = ""


def progress(pieces: Sequence[tuple[float, str]], needed: float, words: str) -> str:
    """Draw pieces ``(amount, colour)`` one after another towards a target; `words` say it to a screen reader."""
    parts = [f'<rect x="0" y="3" width="{_WIDTH}" height="12" fill="{_TRACK}"/>']
    start, amount = 0.0, 0.0
    for piece, colour in pieces:
        amount += piece
        end = round(_WIDTH * min(amount / needed, _REACH) / _REACH, 1)
        if end > start:
            parts.append(
                f'<rect x="{start}" y="5" width="{round(end - start, 1)}" height="8" fill="{escape(colour)}"/>'
            )
            start = end
    tick = _WIDTH / _REACH
    parts.append(f'<line x1="{tick}" x2="{tick}" y1="0" y2="{_HEIGHT}" stroke="{_TICK}" stroke-width="2"/>')
    return _svg(parts, words)


def bar(value: float, largest: float, words: str) -> str:
    """Draw a value as a part of the largest of its column."""
    width = round(_WIDTH * value / largest, 1) if largest > 0 else 0.0
    return _svg([f'<rect x="0" y="4" width="{width}" height="10" fill="{_FILL}"/>'], words)


def _svg(parts: list[str], words: str) -> str:
    head = f'<svg class="small" width="{_WIDTH}" height="{_HEIGHT}" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img"'
    return f'{head} aria-label="{escape(words)}">{"".join(parts)}</svg>'
