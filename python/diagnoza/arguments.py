"""Arguments as the native part wants them: arrays, whole numbers, words of closed choices."""

from __future__ import annotations

import json
import math
import operator
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, SupportsIndex

from diagnoza.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


def forecast_options(level: float, jump_off: str, uncertainty: str) -> str:
    """Return options of a forecast as JSON."""
    check_word("jump_off", jump_off, ("fit", "actual"))
    check_word("uncertainty", uncertainty, ("innovations_and_drift", "innovations"))
    return json.dumps({"level": number_of("level", level), "jump_off": jump_off, "uncertainty": uncertainty})


def years_ahead(years: list[int], horizon: int) -> list[int]:
    """Return the years that follow."""
    return list(range(years[-1] + 1, years[-1] + 1 + horizon))


def array_of(values: Any) -> Array:
    """Return numbers of a record as an array; tables come with their shape."""
    import numpy as np

    if isinstance(values, dict):
        table: Array = np.array(values["data"], dtype=np.float64).reshape(values["dim"])
        return table
    return np.array(values, dtype=np.float64)


def floats(name: str, values: Any) -> Array:
    """Return numbers as an array of float64."""
    import numpy as np

    try:
        return np.ascontiguousarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"{name} is not a table of numbers: {error}") from error


def rates_of(name: str, values: Any) -> Array:
    """Return a table ages x years."""
    found = floats(name, values)
    if found.ndim != 2:
        raise InputError(f"{name} has {found.ndim} dimensions: expected ages (rows) x years (columns)")
    return found


def exposure_of(name: str, values: Any) -> Array | None:
    """Return the exposure of a population where there is one."""
    return None if values is None else rates_of(f"exposure of {name}", values)


def vector_of(name: str, values: Any) -> list[float]:
    """Return numbers as a list."""
    found = floats(name, values)
    if found.ndim != 1:
        raise InputError(f"{name} has {found.ndim} dimensions: expected one")
    return [float(value) for value in found]


def whole_numbers(name: str, values: Any) -> list[int]:
    """Return whole numbers as a list."""
    try:
        return [int(value) if _is_whole(value) else operator.index(value) for value in values]
    except TypeError as error:
        raise InputError(f"{name} are not whole numbers: {error}") from error


def _is_whole(value: Any) -> bool:
    return isinstance(value, float) and value.is_integer()


def count_of(name: str, value: SupportsIndex) -> int:
    """Return a whole number of 1 or more."""
    found = whole_numbers(name, [value])[0]
    if not 1 <= found < 2**31:
        raise InputError(f"{name} is {found}: expected 1 or more")
    return found


def seed_of(value: SupportsIndex) -> int:
    """Return a seed of 64 bits."""
    found = whole_numbers("seed", [value])[0]
    if not 0 <= found < 2**64:
        raise InputError(f"seed is {found}: expected 0 to 2**64 - 1")
    return found


def number_of(name: str, value: float) -> float:
    """Return a finite number."""
    found = float(value)
    if not math.isfinite(found):
        raise InputError(f"{name} is {found}: expected a number")
    return found


def check_word(option: str, got: str, allowed: Sequence[str]) -> None:
    """Refuse a word that is not one of a closed choice."""
    if got not in allowed:
        raise InputError(f"{option}='{got}' is not known: expected one of {', '.join(allowed)}")
