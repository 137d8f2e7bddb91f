"""Mortality of several populations together: Li-Lee, and rates for given life expectancies."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from diagnoza import _native
from diagnoza.arguments import (
    check_word,
    count,
    number,
    numbers,
    numbers_if_given,
    whole,
    whole_if_given,
    whole_numbers,
)
from diagnoza.errors import InputError
from diagnoza.mortality_model import (
    RULES,
    Adjust,
    Fitted,
    FittedLeeCarter,
    JumpOff,
    LeeCarter,
    Method,
    MortalityForecast,
    MortalityPaths,
    Rule,
    Sex,
    Uncertainty,
    Zeros,
    array_of,
    forecast_of,
    forecast_options,
    years_ahead,
)

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

__all__ = [
    "CoherentLeeCarter",
    "FittedCoherentLeeCarter",
    "FittedLiLee",
    "LiLee",
    "LiLeeForecast",
    "mx_from_e0",
]

Weights = Literal["exposure", "equal"]
Deviation = Literal["random_walk", "ar1"]


@dataclass(frozen=True, kw_only=True)
class LiLee:
    """The coherent model of Li & Lee (2005) for any number of populations, not yet fitted.

    ``ln m(x,t,i) = a(x,i) + B(x) K(t) + b(x,i) k(t,i)``: a common trend and deviations that do not drift away.

    Args:
        weights: populations count by ``exposure`` or ``equal``.
        deviation: ``random_walk`` without drift, or ``ar1``, which returns to its mean.
        adjust: second stage of the common trend, as in `LeeCarter`.
        method: estimation of the common trend, as in `LeeCarter`.
        zeros: rates of zero, as in `LeeCarter`.
    """

    weights: Weights = "exposure"
    deviation: Deviation = "random_walk"
    adjust: Adjust = "none"
    method: Method = "svd"
    zeros: Zeros = "refuse"

    def __post_init__(self) -> None:
        """Refuse words that are not known."""
        check_word("weights", self.weights, ("exposure", "equal"))
        check_word("deviation", self.deviation, ("random_walk", "ar1"))
        self._common()

    def _common(self) -> LeeCarter:
        return LeeCarter(adjust=self.adjust, method=self.method, zeros=self.zeros)

    def fit(
        self,
        mx: Mapping[str, ArrayLike],
        *,
        exposure: Mapping[str, ArrayLike] | None = None,
        ages: Sequence[int],
        years: Sequence[int],
        sex: Mapping[str, Sex] | None = None,
    ) -> FittedLiLee:
        """Fit the model to rates (ages x years) by name of population.

        Args:
            mx: central death rates by population.
            exposure: person-years by population; weights ``exposure`` need it.
            ages: as in `LeeCarter.fit`.
            years: as in `LeeCarter.fit`.
            sex: sex by population; one named ``F`` or ``M`` needs none.
        """
        lived, sexes = exposure or {}, {"F": "F", "M": "M", **(sex or {})}
        for option, names in (("exposure", lived), ("sex", sex or {})):
            for name in names:
                check_word(f"{option} of a population", name, tuple(mx))
        populations = [
            (
                name,
                numbers(f"mx of {name}", rates, 2),
                numbers_if_given(f"exposure of {name}", lived.get(name), 2),
                sexes.get(name),
            )
            for name, rates in mx.items()
        ]
        method = {"common": self._common().settings(), "weights": self.weights, "deviation": self.deviation}
        return FittedLiLee(
            _native.li_lee(
                populations,
                ages=whole_numbers("ages", ages),
                years=whole_numbers("years", years),
                method=json.dumps(method),
            )
        )


class FittedLiLee(Fitted):
    """A fitted Li-Lee model. Made by `LiLee.fit`."""

    @property
    def common(self) -> FittedLeeCarter:
        """The common trend B and K, fitted to all populations together."""
        return FittedLeeCarter(json.dumps(self.record["common"]))

    @property
    def populations(self) -> dict[str, dict[str, Any]]:
        """By population: ax, bx, kt, deviation, explained_common, explained, last_mx."""
        return dict(self.record["populations"])

    def forecast(
        self,
        horizon: int,
        *,
        level: float = 0.8,
        jump_off: JumpOff = "fit",
        uncertainty: Uncertainty = "innovations_and_drift",
    ) -> LiLeeForecast:
        """Forecast rates of every population; options as in `FittedLeeCarter.forecast`."""
        options = forecast_options(level, jump_off, uncertainty)
        found = json.loads(_native.li_lee_forecast(self.json, count("horizon", horizon), options))
        return LiLeeForecast({name: forecast_of(one) for name, one in found["populations"].items()}, found["common"])

    def simulate(
        self,
        horizon: int,
        *,
        paths: int,
        seed: int,
        jump_off: JumpOff = "fit",
        uncertainty: Uncertainty = "innovations_and_drift",
    ) -> tuple[Array, dict[str, MortalityPaths]]:
        """Simulate the common index (paths x years) and the rates by population, which share it on a path."""
        common, drawn = _native.li_lee_simulate(
            self.json,
            count("horizon", horizon),
            count("paths", paths),
            whole("seed", seed, 0, 2**64 - 1),
            forecast_options(0.8, jump_off, uncertainty),
        )
        ages, years = self.common.ages, years_ahead(self.common.years, horizon)
        return common, {name: MortalityPaths(ages, years, kt, mx) for name, (kt, mx) in drawn.items()}

    def __repr__(self) -> str:
        """Short description."""
        return f"FittedLiLee(populations={sorted(self.populations)}, common={self.common})"


@dataclass(frozen=True, eq=False)
class LiLeeForecast:
    """Forecasts of populations that stay together."""

    populations: dict[str, MortalityForecast]
    common: dict[str, list[float]]
    """The common index: mean, se, lower, upper."""

    def __getitem__(self, population: str) -> MortalityForecast:
        """Forecast of one population."""
        return self.populations[population]

    def frame(self) -> pl.DataFrame:
        """Columns population, year, age, mx, lower, upper."""
        import polars as pl

        parts = [
            one.frame().select(pl.lit(name).alias("population"), pl.all()) for name, one in self.populations.items()
        ]
        return pl.concat(parts)


@dataclass(frozen=True, kw_only=True)
class CoherentLeeCarter:
    """The United Nations' coherent Lee-Carter of two sexes, not yet fitted: rates for paths of e0.

    Args:
        ax_periods: how many of the last columns ``a(x)`` is the mean of; all by default.
    """

    ax_periods: int | None = None

    def fit(
        self, female: ArrayLike, male: ArrayLike, *, ages: Sequence[int], years: Sequence[int]
    ) -> FittedCoherentLeeCarter:
        """Fit the model to rates of females and males, ages x periods; ``years`` are the first of each period."""
        periods = None if self.ax_periods is None else count("ax_periods", self.ax_periods)
        return FittedCoherentLeeCarter(
            _native.coherent_lee_carter(
                numbers("female", female, 2),
                numbers("male", male, 2),
                ages=whole_numbers("ages", ages),
                years=whole_numbers("years", years),
                method=json.dumps({"ax_periods": periods}),
            )
        )


class FittedCoherentLeeCarter(Fitted):
    """A fitted coherent Lee-Carter model. Made by `CoherentLeeCarter.fit`."""

    @property
    def bx(self) -> Array:
        """``b(x)`` that the sexes share."""
        return array_of(self.record["bx"])

    @property
    def ultimate_bx(self) -> Array | None:
        """``b(x)`` after a complete rotation; none where the ages do not allow one."""
        found = self.record["ultimate_bx"]
        return None if found is None else array_of(found)

    @property
    def ax(self) -> dict[str, Array]:
        """``a(x)`` by sex, ``F`` and ``M``."""
        return {"F": array_of(self.record["female"]["ax"]), "M": array_of(self.record["male"]["ax"])}

    @property
    def kt(self) -> dict[str, Array]:
        """``k(t)`` by sex, ``F`` and ``M``."""
        return {"F": array_of(self.record["female"]["kt"]), "M": array_of(self.record["male"]["kt"])}

    def mx_from_e0(
        self,
        *,
        female: ArrayLike,
        male: ArrayLike,
        rotate: bool = True,
        rule: Rule = "un_andreev_kingkade",
        tolerance: float = 1e-9,
        male_floor: int | None = 105,
    ) -> dict[str, Array]:
        """Rates by sex (ages x targets) whose life expectancies are the targets.

        Args:
            female: life expectancies of females, one per column of the result.
            male: those of males.
            rotate: whether ``b(x)`` turns to old ages between e0 of 80 and 102 (Li, Lee & Gerland 2013).
            rule: the life table.
            tolerance: distance to the target in years; 0.01 gives the rates of R ``MortCast``.
            male_floor: age from which males' rates are at least those of females, where females live longer.
        """
        check_word("rule", rule, RULES)
        options = {
            "rotation": {"from": 80.0, "to": 102.0, "power": 0.5} if rotate else None,
            "search": {"rule": rule, "tolerance": number("tolerance", tolerance)},
            "male_floor": whole_if_given("male_floor", male_floor),
        }
        targets = (numbers("female", female).tolist(), numbers("male", male).tolist())
        found = json.loads(_native.coherent_mx_from_e0(self.json, *targets, json.dumps(options)))
        return {"F": array_of(found["female"]), "M": array_of(found["male"])}


def mx_from_e0(
    e0: float | ArrayLike,
    ax: ArrayLike,
    bx: ArrayLike,
    *,
    ages: Sequence[int],
    sex: Sex | None = None,
    rule: Rule = "un_andreev_kingkade",
    tolerance: float = 1e-9,
) -> Array:
    """Death rates ``exp(a(x) + b(x) k)`` with a given life expectancy at the first age.

    Args:
        e0: one life expectancy, or several.
        ax: level of ``ln m`` by age.
        bx: pattern of change by age.
        ages: first age of each group; the last is open.
        sex: ``F``, ``M`` or none for both together.
        rule: the life table: ``demography``, ``un_andreev_kingkade`` or ``un_coale_demeny``.
        tolerance: distance to the target in years.

    Returns:
        Rates by age; ages x targets where several are given.
    """
    check_word("rule", rule, RULES)
    search = json.dumps({"rule": rule, "tolerance": number("tolerance", tolerance)})
    pattern, whole = (numbers("ax", ax).tolist(), numbers("bx", bx).tolist()), whole_numbers("ages", ages)
    targets = numbers("e0", e0, (0, 1))
    if not targets.size:
        raise InputError("e0 has no values: expected one or more life expectancies")
    columns = [
        json.loads(_native.mx_from_e0(target, *pattern, ages=whole, sex=sex, search=search))["mx"]
        for target in targets.ravel().tolist()
    ]
    rates: Array = array_of(columns if targets.ndim else columns[0]).T
    return rates
