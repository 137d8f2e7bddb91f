"""Quality of age data: heaping at last digits of age."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from diagnoza import _native
from diagnoza.arguments import age_range, ages_of, numbers, whole_numbers
from diagnoza.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

__all__ = ["DigitPreference", "Whipple", "bachi", "myers", "whipple"]

WhippleClass = Literal["highly_accurate", "fairly_accurate", "approximate", "rough", "very_rough"]


@dataclass(frozen=True)
class Whipple:
    """Whipple's index: 100 without preference, 500 if all ages end in 0 or 5 (1000 for a single digit)."""

    index: float
    digits: tuple[int, ...]
    ages: str
    quality: WhippleClass | None
    """Class of the United Nations; for the digits 0 and 5 together only."""


@dataclass(frozen=True)
class DigitPreference:
    """Preference for each last digit."""

    index: float
    """Percentage of people who would need another last digit: 0 to 90. Some texts print twice this number."""
    percent: tuple[float, ...]
    """Percentage of people by last digit 0 to 9; 10 each without preference."""
    ages: str


def whipple(
    counts: ArrayLike,
    ages: ArrayLike | None = None,
    *,
    digits: Sequence[int] = (0, 5),
    between: tuple[int, int] = (23, 62),
) -> Whipple:
    """Whipple's index of counts by single ages (from 0 where `ages` is not given), 100 without preference.

    `between` are the first and the last age of numerator and denominator: whole tens of ages (fives for 0 and 5).

    >>> import diagnoza as dg
    >>> dg.whipple([150 if age % 5 == 0 else 100 for age in range(100)]).quality
    'rough'
    """
    found, first = _single(counts, ages)
    record = json.loads(_native.whipple(found, first, whole_numbers("digits", digits), age_range("between", between)))
    return Whipple(record["index"], tuple(record["digits"]), record["ages"], record["class"])


def myers(
    counts: ArrayLike,
    ages: ArrayLike | None = None,
    *,
    between: tuple[int, int] = (10, 89),
    rule: Literal["original", "pasex"] = "original",
) -> DigitPreference:
    """Myers' blended index of counts by single ages, 0 to 90.

    `between` are the first and last age, whole tens of ages; ``pasex`` is the variant of Shryock & Siegel.
    """
    found, first = _single(counts, ages)
    return _preference(_native.myers(found, first, age_range("between", between), rule))


def bachi(counts: ArrayLike, ages: ArrayLike | None = None, *, between: tuple[int, int] = (23, 77)) -> DigitPreference:
    """Bachi's index of counts by single ages, 0 to 90; `between` are the first and the last age."""
    found, first = _single(counts, ages)
    return _preference(_native.bachi(found, first, age_range("between", between)))


def _single(counts: ArrayLike, ages: ArrayLike | None) -> tuple[list[float], int]:
    found = numbers("counts", counts).tolist()
    given = ages_of(ages, len(found))
    first = given[0] if given else 0
    if given != list(range(first, first + len(found))):
        raise InputError("ages are not single years that follow each other, one for each count")
    return found, first


def _preference(text: str) -> DigitPreference:
    record = json.loads(text)
    return DigitPreference(record["index"], tuple(record["percent"]), record["ages"])
