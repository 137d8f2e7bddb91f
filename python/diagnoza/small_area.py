"""Mortality of small areas: the relational logit model, and shrinkage of its level."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from diagnoza import _native
from diagnoza.arguments import ages_of, numbers
from diagnoza.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import polars as pl
    from numpy.typing import ArrayLike, NDArray

__all__ = ["RelationalLogit", "SmallAreaMortality", "relational_logit"]

Standard = tuple[list[float], list[float]]


@dataclass(frozen=True)
class RelationalLogit:
    """The model fitted to one area. Made by `relational_logit`."""

    level: float
    """0 is the standard, above it mortality is higher."""
    level_error: float
    slope: float
    """1 is the standard, above it the young die less and the old more."""
    slope_error: float | None
    deaths: float
    fitted: float
    expected: float
    """Deaths at the rates of the standard."""
    deviance: float
    parameters: str
    standard: Standard

    def mortality_rates(self, open_age: int = 90) -> NDArray[np.float64]:
        """Death rates of ages 0 to `open_age` and over."""
        rates: NDArray[np.float64] = _native.relational_tables(self.standard, [self.level], self.slope, open_age)[0][0]
        return rates

    def survival_ratios(self, open_age: int = 90) -> NDArray[np.float64]:
        """Survival ratios, birth first, the open group last: as `cohort_component` takes them."""
        ratios: NDArray[np.float64] = _native.relational_tables(self.standard, [self.level], self.slope, open_age)[1][0]
        return ratios


@dataclass(frozen=True)
class SmallAreaMortality:
    """Levels of many areas, by themselves and drawn towards their mean. Made by `relational_logit`."""

    record: dict[str, Any]
    names: tuple[str, ...]
    standard: Standard

    @property
    def mean(self) -> float:
        """Mean level of the areas."""
        return float(self.record["mean"])

    @property
    def between_variance(self) -> float:
        """Variance of true levels between areas, tau squared."""
        return float(self.record["between_variance"])

    @property
    def slope(self) -> float:
        """Slope of all areas."""
        return float(self.record["slope"])

    @property
    def shrunken(self) -> NDArray[np.float64]:
        """Shrunken level of every area."""
        import numpy as np

        return np.array([area["shrunken"] for area in self.record["areas"]], dtype=np.float64)

    def frame(self) -> pl.DataFrame:
        """One row for every area.

        Columns area, level and error (empty where nobody died), weight of the own level, shrunken, shrunken_error,
        deaths, expected (at the standard), fitted (at the shrunken level).
        """
        import polars as pl

        numbers = ("level", "error", "weight", "shrunken", "shrunken_error", "deaths", "expected", "fitted")
        frame = pl.DataFrame(self.record["areas"], schema=dict.fromkeys(numbers, pl.Float64))
        return frame.insert_column(0, pl.Series("area", self.names, dtype=pl.String))

    def mortality_rates(self, open_age: int = 90) -> NDArray[np.float64]:
        """Death rates at the shrunken levels, areas by ages 0 to `open_age` and over."""
        rates: NDArray[np.float64] = _native.relational_tables(
            self.standard, self.shrunken.tolist(), self.slope, open_age
        )[0]
        return rates

    def survival_ratios(self, open_age: int = 90) -> NDArray[np.float64]:
        """Survival ratios at the shrunken levels, areas by birth, ages and the open group."""
        ratios: NDArray[np.float64] = _native.relational_tables(
            self.standard, self.shrunken.tolist(), self.slope, open_age
        )[1]
        return ratios

    def _repr_html_(self) -> str:
        """Show the table in a notebook."""
        return self.frame()._repr_html_()


def relational_logit(
    deaths: ArrayLike,
    exposure: ArrayLike,
    standard_lx: ArrayLike,
    standard_ax: ArrayLike,
    *,
    ages: ArrayLike | None = None,
    parameters: Literal["level", "level_and_slope"] = "level",
    between: Literal["dersimonian_laird", "reml"] = "dersimonian_laird",
    areas: Sequence[str] | None = None,
) -> RelationalLogit | SmallAreaMortality:
    """Fit Brass's relational logit model to the deaths of one area, or of many with shrinkage.

    Args:
        deaths: by groups of ages, the last open; areas by ages for many areas.
        exposure: person-years by the same groups, or by single ages from the first to an open age of its own.
        standard_lx: survivors of the standard life table at ages 0, 1, ..., the last open.
        standard_ax: years lived in the age by those who die in it; life expectancy in the open group.
        ages: first age of each group of deaths; 0, 1, 2, ... where not given.
        parameters: ``level``, or ``level_and_slope``; of many areas the slope is common.
        between: how the variance of levels between areas is estimated.
        areas: names of the areas, for the frame.

    Returns:
        For one area `RelationalLogit`, for many `SmallAreaMortality`: levels drawn towards their mean the more, the
        fewer the deaths.
    """
    died, lived = numbers("deaths", deaths, (1, 2)), numbers("exposure", exposure, (1, 2))
    if died.ndim != lived.ndim:
        raise InputError(f"deaths have {died.ndim} dimensions and exposure {lived.ndim}: expected the same")
    many = died.ndim == 2
    if not many:
        died, lived = died[None, :], lived[None, :]
    standard = (numbers("standard_lx", standard_lx).tolist(), numbers("standard_ax", standard_ax).tolist())
    record = json.loads(
        _native.relational_logit(
            died,
            lived,
            standard,
            ages_of(ages, died.shape[1]),
            parameters=parameters,
            between=between,
            shrink=many,
        )
    )
    if not many:
        return RelationalLogit(**record, standard=standard)
    names = tuple(str(i) for i in range(len(died))) if areas is None else tuple(areas)
    if len(names) != len(died):
        raise InputError(f"{len(names)} areas are named, but there are deaths of {len(died)}")
    return SmallAreaMortality(record, names, standard)
