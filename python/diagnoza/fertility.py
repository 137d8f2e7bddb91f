"""Fertility: age-specific rates and their sums, model schedules with fits, paths of the total rate."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from diagnoza import _native
from diagnoza.arguments import check_word, number, numbers, numbers_if_given, whole, whole_numbers
from diagnoza.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import polars as pl
    from numpy.typing import ArrayLike, NDArray

__all__ = [
    "FittedFertility",
    "asfr",
    "births",
    "fertility_schedule",
    "fit_fertility",
    "gross_reproduction",
    "mean_age_at_birth",
    "net_reproduction",
    "tfr_path",
    "total_fertility",
    "woman_years",
]

Family = Literal["schmertmann", "gamma", "hadwiger"]
Evaluation = Literal["mean", "midpoint"]

_PARAMETERS = {
    "schmertmann": ("alpha", "peak", "half"),
    "gamma": ("start", "shape", "scale"),
    "hadwiger": ("start", "position", "height"),
}
_PATHS = {"constant": "tfr", "converge": "tfr, target and by", "given": "values"}


def asfr(
    births: ArrayLike, exposure: ArrayLike, ages: Sequence[int], *, width: int | Sequence[int] | None = None
) -> NDArray[np.float64]:
    """Age-specific fertility rates: births by age of mother over woman-years.

    Args:
        births: live births by age of mother.
        exposure: woman-years lived at these ages; over five years, five times the mean number of women.
        ages: first ages of the groups, e.g. ``range(15, 50)`` or ``range(15, 50, 5)``.
        width: years in each group; left out, the distance to the next age (of the last: the one before it).

    Raises:
        InputError: lists that differ in length, values that cannot be, an age without woman-years.
    """
    born, years = numbers("births", births), numbers("exposure", exposure)
    rates: NDArray[np.float64] = _native.asfr(born, years, _groups(ages, width))
    return rates


def woman_years(
    start: ArrayLike, end: ArrayLike, ages: Sequence[int], *, years: float = 1, width: int | Sequence[int] | None = None
) -> NDArray[np.float64]:
    """Woman-years between two stocks of women by age, ``years * (start + end) / 2``: the exposure of `asfr`.

    `years` lie between the stocks; `ages` and `width` as in `asfr`.
    """
    first, last = numbers("start", start), numbers("end", end)
    lived: NDArray[np.float64] = _native.woman_years(first, last, number("years", years), _groups(ages, width))
    return lived


def births(
    rates: ArrayLike, exposure: ArrayLike, ages: Sequence[int], *, width: int | Sequence[int] | None = None
) -> NDArray[np.float64]:
    """Births by age of mother, rates times woman-years: back from `asfr`, with its arguments."""
    found, lived = numbers("rates", rates), numbers("exposure", exposure)
    born: NDArray[np.float64] = _native.births(found, lived, _groups(ages, width))
    return born


def total_fertility(rates: ArrayLike, ages: Sequence[int], *, width: int | Sequence[int] | None = None) -> float:
    """Total fertility rate, children per woman; `ages` and `width` as in `asfr`."""
    return _native.total_fertility(numbers("rates", rates), _groups(ages, width))


def gross_reproduction(
    rates: ArrayLike, ages: Sequence[int], *, srb: float = 1.06, width: int | Sequence[int] | None = None
) -> float:
    """Gross reproduction rate, daughters per woman; `srb` boys per girl at birth."""
    return _native.gross_reproduction(numbers("rates", rates), _groups(ages, width), srb)


def net_reproduction(
    rates: ArrayLike,
    ages: Sequence[int],
    person_years: ArrayLike,
    *,
    srb: float = 1.06,
    width: int | Sequence[int] | None = None,
) -> float:
    """Net reproduction rate, daughters per newborn girl.

    `person_years` are those of women by age group from a life table with radix 1 (``nLx / l0``).
    """
    years = numbers("person_years", person_years)
    return _native.net_reproduction(numbers("rates", rates), _groups(ages, width), srb, years)


def mean_age_at_birth(rates: ArrayLike, ages: Sequence[int], *, width: int | Sequence[int] | None = None) -> float:
    """Mean age at birth of the rates, in exact years (middles of the age groups)."""
    return _native.mean_age_at_birth(numbers("rates", rates), _groups(ages, width))


def fertility_schedule(
    family: Literal["observed", "schmertmann", "gamma", "hadwiger"],
    ages: Sequence[int],
    *,
    rates: ArrayLike | None = None,
    mean_age: float | None = None,
    width: int | Sequence[int] | None = None,
    evaluation: Evaluation = "mean",
    **parameters: float,
) -> NDArray[np.float64]:
    """Shares of the total fertility rate by age, their sum 1.

    Args:
        family: ``observed`` takes `rates`; ``schmertmann`` the ages `alpha` (start), `peak` and `half` (half of
            the peak is left); ``gamma`` `start`, `shape`, `scale`; ``hadwiger`` `start` (0 in the
            three-parameter form), `position` (mean age less start), `height`.
        ages: first ages of the groups, with `width` as in `asfr`.
        rates: observed rates by age.
        mean_age: mean age to move the schedule to, by Brass's relational Gompertz model.
        width: as in `asfr`.
        evaluation: ``mean`` of the curve over each group, or the curve at its ``midpoint``.
        **parameters: those of the family.

    Raises:
        InputError: the family, its parameters, ages, or a mean age that cannot be reached.
    """
    check_word("family", family, ("observed", *_PARAMETERS))
    names = _PARAMETERS.get(family, ())
    if set(parameters) != set(names) or (rates is None) == (family == "observed"):
        needed = "rates" if family == "observed" else ", ".join(names)
        raise InputError(f"family='{family}' takes {needed}: got {', '.join(parameters) or 'no parameters'}")
    values = numbers("rates", rates) if rates is not None else numbers("parameters", [parameters[n] for n in names])
    shares: NDArray[np.float64] = _native.fertility_schedule(family, values, _groups(ages, width), evaluation, mean_age)
    return shares


@dataclass(frozen=True)
class FittedFertility:
    """A family fitted to rates. Made by `fit_fertility`."""

    family: str
    parameters: dict[str, float]
    total_fertility: float
    """Children per woman of the fitted curve over all ages."""
    fitted: NDArray[np.float64]
    """Fitted rates at the ages of the observed ones."""
    rmse: float
    """Root mean square error of the rates."""
    evaluation: str
    iterations: int
    converged: bool
    at_bound: bool
    """Whether the shape rests on a bound of the search: its parameters then tell nothing."""
    method: str

    def schedule(self, ages: Sequence[int], *, width: int | Sequence[int] | None = None) -> NDArray[np.float64]:
        """Shares of the fitted model at any ages, their sum 1."""
        return fertility_schedule(
            self.family,  # type: ignore[arg-type]
            ages,
            width=width,
            evaluation=self.evaluation,  # type: ignore[arg-type]
            **self.parameters,
        )


def fit_fertility(
    rates: ArrayLike,
    ages: Sequence[int],
    *,
    family: Family = "schmertmann",
    weights: ArrayLike | None = None,
    width: int | Sequence[int] | None = None,
    evaluation: Evaluation = "mean",
) -> FittedFertility:
    """Fit a model schedule and its level to observed rates by bounded least squares.

    `weights` are those of the squared differences; the other options as in `fertility_schedule`.
    """
    import numpy as np

    weighted = numbers_if_given("weights", weights)
    found = json.loads(
        _native.fit_fertility(
            numbers("rates", rates),
            _groups(ages, width),
            family,
            evaluation,
            None if weighted is None else weighted.tolist(),
        )
    )
    model = found.pop("model")
    return FittedFertility(
        family=model.pop("family"), parameters=model, **{**found, "fitted": np.array(found["fitted"])}
    )


def tfr_path(
    path: Literal["constant", "converge", "given"],
    *,
    first: int,
    last: int,
    tfr: float | None = None,
    target: float | None = None,
    by: int | None = None,
    shape: Literal["linear", "exponential"] = "linear",
    values: Mapping[int, float] | None = None,
) -> pl.DataFrame:
    """Total fertility rates of the years `first` to `last`.

    Args:
        path: ``constant`` holds `tfr`; ``converge`` goes from `tfr` in `first` to `target` in the year `by`,
            which then holds; ``given`` takes `values` by year.
        first: first year.
        last: last year, included.
        tfr: children per woman.
        target: children per woman from `by` on.
        by: first year with the target.
        shape: ``linear`` (a straight line) or ``exponential`` (the same ratio every year).
        values: children per woman of every year.

    Returns:
        Columns year and tfr.
    """
    import polars as pl

    check_word("path", path, tuple(_PATHS))
    if path == "constant" and tfr is not None:
        found = _native.tfr_path_given((first, last), tfr, [])
    elif path == "converge" and tfr is not None and target is not None and by is not None:
        found = _native.tfr_path_converging((first, last), (first, tfr), (by, target), shape)
    elif path == "given" and values is not None:
        found = _native.tfr_path_given((first, last), None, list(values.items()))
    else:
        raise InputError(f"path='{path}' takes {_PATHS[path]}")
    return pl.DataFrame({"year": range(first, last + 1), "tfr": found})


def _groups(ages: Sequence[int], width: int | Sequence[int] | None) -> tuple[list[int], list[int]]:
    """Return first ages and widths of the groups as whole numbers."""
    starts = whole_numbers("ages", ages)
    if width is None:
        if len(starts) < 2:
            raise InputError(f"ages {starts}: give the width of a single group")
        widths = [later - earlier for earlier, later in pairwise(starts)]
        widths.append(widths[-1])
    elif hasattr(width, "__len__"):
        widths = whole_numbers("width", width)
    else:
        widths = [whole("width", width)] * len(starts)
    for name, values in (("ages", starts), ("width", widths)):
        if not all(0 <= value <= 130 for value in values):
            raise InputError(f"{name} {values}: expected increasing whole years from 0 to 130")
    return starts, widths
