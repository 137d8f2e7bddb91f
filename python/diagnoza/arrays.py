"""Anything NumPy turns into numbers, checked for its number of dimensions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diagnoza.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["floats"]


def floats(name: str, values: ArrayLike, dimensions: int = 1) -> NDArray[np.float64]:
    """Return `values` as a contiguous array of float64 with so many dimensions."""
    try:
        array = np.ascontiguousarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"{name}: expected numbers in {dimensions} dimension(s), got {error}") from error
    if np.ndim(values) != dimensions:
        raise InputError(f"{name} has {np.ndim(values)} dimension(s): expected {dimensions}")
    return array
