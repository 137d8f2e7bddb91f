"""Numbers from the caller as arrays of float64."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from diagnoza.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

__all__ = ["array", "starts"]


def array(name: str, values: ArrayLike, dimensions: int | tuple[int, ...] = 1) -> NDArray[np.float64]:
    """Anything NumPy turns into numbers, with one of the allowed numbers of dimensions."""
    import numpy as np

    try:
        found = np.ascontiguousarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"{name} are not numbers: {error}") from error
    allowed = (dimensions,) if isinstance(dimensions, int) else dimensions
    if np.ndim(values) not in allowed:
        expected = " or ".join(str(d) for d in allowed)
        raise InputError(f"{name} has {np.ndim(values)} dimensions: expected {expected}")
    return found


def starts(ages: ArrayLike | None, groups: int) -> list[int]:
    """First ages of groups as whole numbers; single ages from 0 where none are given."""
    if ages is None:
        return list(range(groups))
    found: list[Any] = array("ages", ages).tolist()
    if any(age != age // 1 for age in found):
        raise InputError(f"ages are {found}: expected whole years")
    return [int(age) for age in found]
