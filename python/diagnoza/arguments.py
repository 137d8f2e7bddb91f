"""Arguments as the native part wants them: arrays, whole numbers, words of closed choices."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from diagnoza.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "age_range",
    "ages_of",
    "check_word",
    "count",
    "number",
    "numbers",
    "numbers_if_given",
    "whole",
    "whole_if_given",
    "whole_numbers",
]


def numbers(name: str, values: Any, dimensions: int | tuple[int, ...] | None = 1) -> NDArray[np.float64]:
    """Return anything NumPy turns into numbers, with one of the allowed numbers of dimensions (none: any)."""
    import numpy as np

    try:
        found = np.asarray(values, dtype=np.float64, order="C")
    except (TypeError, ValueError) as error:
        raise InputError(f"{name}: expected numbers ({error})") from error
    allowed = (dimensions,) if isinstance(dimensions, int) else dimensions
    if allowed is not None and found.ndim not in allowed:
        expected = " or ".join(str(one) for one in allowed)
        raise InputError(f"{name} has {found.ndim} dimensions (shape {found.shape}): expected {expected}")
    return found


def numbers_if_given(
    name: str, values: Any, dimensions: int | tuple[int, ...] | None = 1
) -> NDArray[np.float64] | None:
    """Return numbers of an argument that may be left out."""
    return None if values is None else numbers(name, values, dimensions)


def number(name: str, value: Any) -> float:
    """Return one finite number."""
    found = float(numbers(name, value, 0))
    if not math.isfinite(found):
        raise InputError(f"{name} is {found}: expected a number")
    return found


def whole(name: str, value: Any, lowest: int = 0, highest: int = 2**32 - 1) -> int:
    """Return one whole number within bounds; 5.0 is whole."""
    return _whole(f"{name} is", value, lowest, highest)


def whole_if_given(name: str, value: Any) -> int | None:
    """Return a whole number, 0 or more, of an argument that may be left out."""
    return None if value is None else whole(name, value)


def whole_numbers(name: str, values: Any, lowest: int = 0, highest: int = 2**32 - 1) -> list[int]:
    """Return a row of whole numbers within bounds."""
    try:
        given = list(values)
    except TypeError as error:
        raise InputError(f"{name} is {values!r}: expected a list of whole numbers") from error
    return [_whole(f"{name} at position {i} is", value, lowest, highest) for i, value in enumerate(given)]


def _whole(place: str, value: Any, lowest: int, highest: int) -> int:
    """Return a whole number; `place` begins the message."""
    value = value.item() if hasattr(value, "item") else value
    try:
        found = int(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise InputError(f"{place} {value!r}: expected a whole number") from error
    if found != value:
        raise InputError(f"{place} {value!r}: expected a whole number")
    if not lowest <= found <= highest:
        bounds = f"{lowest} or more" if found < lowest else f"{highest} at most"
        raise InputError(f"{place} {found}: expected a whole number, {bounds}")
    return found


def count(name: str, value: Any, highest: int = 2**31 - 1) -> int:
    """Return a whole number of 1 or more."""
    return whole(name, value, 1, highest)


def ages_of(ages: Any, groups: int) -> list[int]:
    """Return first ages of groups; single years from 0 where none are given."""
    return list(range(groups)) if ages is None else whole_numbers("ages", ages)


def age_range(name: str, ages: Any) -> tuple[int, int]:
    """Return a first and a last age."""
    found = whole_numbers(name, ages)
    if len(found) != 2:
        raise InputError(f"{name} has {len(found)} ages: expected the first and the last")
    return found[0], found[1]


def check_word(option: str, got: str, allowed: Sequence[str]) -> None:
    """Refuse a word that is not one of a closed choice."""
    if got not in allowed:
        raise InputError(f"{option}='{got}' is not known: expected one of {', '.join(allowed)}")
