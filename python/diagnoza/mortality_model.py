"""Lee-Carter models of mortality, with forecasts and simulated paths of rates."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from diagnoza import _native
from diagnoza.arguments import check_word, count, number, numbers, numbers_if_given, whole, whole_numbers

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

__all__ = ["FittedLeeCarter", "LeeCarter", "MortalityForecast", "MortalityPaths", "cohort_weights"]

Adjust = Literal["none", "dt", "dxt", "e0"]
Method = Literal["svd", "poisson"]
Zeros = Literal["refuse", "interpolate"]
JumpOff = Literal["fit", "actual"]
Uncertainty = Literal["innovations_and_drift", "innovations"]
Rule = Literal["demography", "un_andreev_kingkade", "un_coale_demeny"]
Sex = Literal["F", "M"]

RULES = ("demography", "un_andreev_kingkade", "un_coale_demeny")


@dataclass(frozen=True, kw_only=True)
class LeeCarter:
    """The Lee-Carter model, not yet fitted: ``ln m(x,t) = a(x) + b(x) k(t)``, ``sum b = 1``.

    Args:
        adjust: what k reproduces in every year: ``none`` (least squares on logarithms), ``dt`` (deaths), ``dxt``
            (deaths by age, Poisson) or ``e0`` (life expectancy), as R ``demography::lca``.
        method: ``svd``, or ``poisson`` for the Poisson likelihood of the deaths, which takes no adjustment.
        zeros: rates of zero ``refuse``, or ``interpolate`` between years (``svd`` only).

    >>> import diagnoza as dg
    >>> dg.LeeCarter(adjust="dt")
    LeeCarter(adjust='dt', method='svd', zeros='refuse')
    """

    adjust: Adjust = "dt"
    method: Method = "svd"
    zeros: Zeros = "refuse"

    def __post_init__(self) -> None:
        """Refuse words that are not known."""
        check_word("adjust", self.adjust, ("none", "dt", "dxt", "e0"))
        check_word("method", self.method, ("svd", "poisson"))
        check_word("zeros", self.zeros, ("refuse", "interpolate"))

    def fit(
        self,
        mx: ArrayLike,
        *,
        exposure: ArrayLike | None = None,
        weights: ArrayLike | None = None,
        ages: Sequence[int],
        years: Sequence[int],
        sex: Sex | None = None,
    ) -> FittedLeeCarter:
        """Fit the model.

        Args:
            mx: central death rates, ages x years.
            exposure: person-years, ages x years; ``dt``, ``dxt`` and ``poisson`` need it.
            weights: 0 to 1, ages x years, by which cells count; ``poisson`` only. See `cohort_weights`.
            ages: first age of each row: single years, or 0, 1, 5, 10, ...; the last is open.
            years: year of each column, increasing; years may be left out.
            sex: ``F``, ``M`` or none for both together; life expectancy depends on it.

        Raises:
            InputError: naming the age and year.
        """
        return FittedLeeCarter(
            _native.lee_carter(
                numbers("mx", mx, 2),
                numbers_if_given("exposure", exposure, 2),
                numbers_if_given("weights", weights, 2),
                ages=whole_numbers("ages", ages),
                years=whole_numbers("years", years),
                sex=sex,
                method=json.dumps(self.settings()),
            )
        )

    def settings(self) -> dict[str, Any]:
        """Return the settings as the record holds them."""
        return {"estimation": {"svd": self.adjust} if self.method == "svd" else "poisson", "zeros": self.zeros}


@dataclass(frozen=True)
class Fitted:
    """A fitted model: the core's own record of it, which pickles and reads back."""

    json: str
    """The model as JSON."""

    @property
    def record(self) -> dict[str, Any]:
        """Method, parameters and what was done to the data."""
        found: dict[str, Any] = json.loads(self.json)
        return found


class FittedLeeCarter(Fitted):
    """A fitted Lee-Carter model. Made by `LeeCarter.fit`."""

    @property
    def ages(self) -> list[int]:
        """Ages."""
        return list(self.record["ages"])

    @property
    def years(self) -> list[int]:
        """Years fitted."""
        return list(self.record["years"])

    @property
    def ax(self) -> Array:
        """Level of ``ln m`` by age."""
        return array_of(self.record["ax"])

    @property
    def bx(self) -> Array:
        """Share of each age in the change; they add up to 1."""
        return array_of(self.record["bx"])

    @property
    def kt(self) -> Array:
        """Time index by year."""
        return array_of(self.record["kt"])

    @property
    def drift(self) -> float:
        """Change of k per year; its standard error is `drift_se`."""
        return float(self.record["walk"]["drift"])

    @property
    def drift_se(self) -> float:
        """Standard error of the drift."""
        return float(self.record["walk"]["drift_se"])

    @property
    def innovation_sd(self) -> float:
        """Standard deviation of the change of k in a year around the drift."""
        return float(self.record["walk"]["innovation_sd"])

    @property
    def explained(self) -> float:
        """Share of the variance of ``ln m`` explained (svd), or of the deviance (poisson)."""
        return float(self.record["explained"])

    @property
    def deviance(self) -> float | None:
        """Poisson deviance of the deaths; none without exposure."""
        fit = self.record["poisson"]
        return None if fit is None else float(fit["deviance"])

    @property
    def log_likelihood(self) -> float | None:
        """Poisson log-likelihood of the deaths; none without exposure."""
        fit = self.record["poisson"]
        return None if fit is None else float(fit["log_likelihood"])

    def forecast(
        self,
        horizon: int,
        *,
        level: float = 0.8,
        jump_off: JumpOff = "fit",
        uncertainty: Uncertainty = "innovations_and_drift",
    ) -> MortalityForecast:
        """Forecast rates with intervals.

        Args:
            horizon: years ahead.
            level: of the intervals, 0.8 for 80 %.
            jump_off: start from the rates the model fits to the last year (``fit``) or from those observed
                (``actual``).
            uncertainty: ``innovations_and_drift``, or ``innovations`` to take the drift as known.
        """
        options = forecast_options(level, jump_off, uncertainty)
        return forecast_of(json.loads(_native.lee_carter_forecast(self.json, count("horizon", horizon), options)))

    def simulate(
        self,
        horizon: int,
        *,
        paths: int,
        seed: int,
        jump_off: JumpOff = "fit",
        uncertainty: Uncertainty = "innovations_and_drift",
    ) -> MortalityPaths:
        """Simulate rates: the drift is drawn once a path, an innovation once a year.

        A path depends on the seed and its own number: path 7 is the same however many are drawn.
        """
        kt, mx = _native.lee_carter_simulate(
            self.json,
            count("horizon", horizon),
            count("paths", paths),
            whole("seed", seed, 0, 2**64 - 1),
            forecast_options(0.8, jump_off, uncertainty),
        )
        return MortalityPaths(self.ages, years_ahead(self.years, horizon), kt, mx)

    def __repr__(self) -> str:
        """Short description."""
        return f"FittedLeeCarter(years={self.years[0]}-{self.years[-1]}, drift={self.drift:.4f})"


@dataclass(frozen=True, eq=False)
class MortalityForecast:
    """Rates forecast for one population."""

    ages: list[int]
    years: list[int]
    sex: Sex | None
    mx: Array
    """Rates, ages x years; the median."""
    lower: Array
    upper: Array
    kt: Array
    """Mean of the index, on the scale of the fitted k; of a population of `LiLee` its own deviation."""
    kt_se: Array
    kt_lower: Array
    kt_upper: Array
    options: dict[str, Any]
    """Level, jump-off and uncertainty."""

    def life_expectancy(self, *, rule: Rule = "demography") -> Array:
        """Life expectancy at the first age, by year; ``rule`` names the life table."""
        check_word("rule", rule, RULES)
        found = _native.life_expectancies(self.mx, ages=self.ages, sex=self.sex, rule=json.dumps(rule))
        return array_of(found)

    def frame(self) -> pl.DataFrame:
        """Columns year, age, mx, lower, upper."""
        import numpy as np
        import polars as pl

        return pl.DataFrame(
            {
                "year": np.repeat(self.years, len(self.ages)),
                "age": np.tile(self.ages, len(self.years)),
                "mx": self.mx.T.ravel(),
                "lower": self.lower.T.ravel(),
                "upper": self.upper.T.ravel(),
            }
        )

    def _repr_html_(self) -> str:
        return str(self.frame()._repr_html_())


@dataclass(frozen=True, eq=False)
class MortalityPaths:
    """Simulated rates of one population."""

    ages: list[int]
    years: list[int]
    kt: Array
    """The index, paths x years; of a population of `LiLee` its own deviation."""
    mx: Array
    """Rates, paths x ages x years."""


def cohort_weights(ages: Sequence[int], years: Sequence[int], *, clip: int) -> Array:
    """Weights (ages x years) of 0 for the ``clip`` earliest and latest cohorts, 1 elsewhere.

    Cohorts seen at few ages are the least certain. As R ``StMoMo::genWeightMat``.
    """
    few = count("clip", clip, 999)
    weights: Array = _native.cohort_weights(whole_numbers("ages", ages), whole_numbers("years", years), clip=few)
    return weights


def forecast_of(found: dict[str, Any]) -> MortalityForecast:
    """Return the forecast that a record holds."""
    kt = {name: array_of(values) for name, values in found["kt"].items()}
    rates = {name: array_of(found[name]) for name in ("mx", "lower", "upper")}
    return MortalityForecast(
        ages=found["ages"],
        years=found["years"],
        sex=found["sex"],
        **rates,
        kt=kt["mean"],
        kt_se=kt["se"],
        kt_lower=kt["lower"],
        kt_upper=kt["upper"],
        options=found["options"],
    )


def forecast_options(level: float, jump_off: str, uncertainty: str) -> str:
    """Return options of a forecast as JSON."""
    check_word("jump_off", jump_off, ("fit", "actual"))
    check_word("uncertainty", uncertainty, ("innovations_and_drift", "innovations"))
    return json.dumps({"level": number("level", level), "jump_off": jump_off, "uncertainty": uncertainty})


def years_ahead(years: list[int], horizon: int) -> list[int]:
    """Return the years that follow."""
    return list(range(years[-1] + 1, years[-1] + 1 + int(horizon)))


def array_of(values: Any) -> Array:
    """Return numbers of a record as an array; tables come with their shape."""
    import numpy as np

    if isinstance(values, dict):
        table: Array = np.array(values["data"], dtype=np.float64).reshape(values["dim"])
        return table
    return np.array(values, dtype=np.float64)
