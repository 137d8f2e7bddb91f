"""Survival ratios: their life expectancy, and the ratios of another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnoza import _native
from diagnoza.arguments import number, numbers
from diagnoza.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

__all__ = ["life_expectancy", "shift_life_expectancy"]


def life_expectancy(survival: ArrayLike) -> float:
    """Life expectancy at birth of annual survival ratios, in years.

    ``e0 = sum L(a)``, ``L(0) = S(birth)``, ``L(a+1) = L(a) S(a)``, the open group ``L(A-2) S(A-2) / (1 - S(open))``.

    >>> import diagnoza as dg
    >>> round(dg.life_expectancy([0.9] * 30), 9)  # 0.9 / (1 - 0.9)
    9.0

    Args:
        survival: ratios (A+1) of one sex, birth first, the open group last, as `LifeTable.survival_ratios` gives and
            `cohort_component` takes them.

    Raises:
        InputError: a ratio that is no share; an open group in which nobody dies.
    """
    years: float = _native.life_expectancy(_ratios(survival))
    return years


def shift_life_expectancy(survival: ArrayLike, *, years: float) -> NDArray[np.float64]:
    """Survival ratios whose life expectancy is `years` higher (or lower, below zero).

    ``S'(a) = S(a) ** k``: all death rates times one factor k, between 1/50 and 50.

    Raises:
        InputError: a ratio that is no share; a life expectancy that no such factor reaches.
    """
    ratios = _ratios(survival)
    _native.life_expectancy(ratios)
    shifted: NDArray[np.float64] = _native.shift_life_expectancy(ratios, number("years", years))
    return shifted


def _ratios(survival: ArrayLike) -> NDArray[np.float64]:
    found = numbers("survival", survival)
    wrong = ~((found >= 0) & (found <= 1))
    if wrong.any():
        place = int(wrong.argmax())
        raise InputError(f"survival is {found[place]} at position {place}: expected a share between 0 and 1")
    return found
