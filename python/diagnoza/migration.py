"""Migration: rates, model age schedules, the residual of two stocks, the pool of internal moves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from diagnoza import _native
from diagnoza.arguments import count, number, numbers, numbers_if_given
from diagnoza.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

__all__ = [
    "FittedRogersCastro",
    "PoolMoves",
    "ResidualMigration",
    "annual_proportions",
    "cohort_deaths",
    "fit_rogers_castro",
    "in_rates",
    "in_shares",
    "migration_pool",
    "net_from_proportions",
    "net_of_balance",
    "net_rates",
    "out_rates",
    "residual_migration",
    "rogers_castro",
    "standard_migration",
    "un_male_labour",
]


def net_rates(migrants: ArrayLike, population: ArrayLike) -> NDArray[np.float64]:
    """Net migration rates by sex and age, ``n(x) = M(x) / P(x)``: migrants a year per person.

    Net migrants of one year over the people at risk; of one direction, see `GrossFlows.rates`.

    >>> import diagnoza as dg
    >>> dg.net_rates([[-30, 12], [-18, 6]], [[1000, 800], [900, 600]]).tolist()
    [[-0.03, 0.015], [-0.02, 0.01]]

    Args:
        migrants: net migrants, (2, A), females first; below zero where more left than came.
        population: people at the start of the year, or their mean over the year, (2, A).

    Raises:
        InputError: shapes, values, or an age of nobody, where a rate is not defined: join ages or years.
    """
    return _proportions("migrants", migrants, population, 1, back=False)


def annual_proportions(net: ArrayLike, population: ArrayLike, *, years: float) -> NDArray[np.float64]:
    """Net migrants of several years as proportions of the population a year, ``g(x) = M(x) / (n P(x))``.

    `cohort_component` takes them so with ``migration_as="annual_proportions"``. Of one year they are `net_rates`.

    Args:
        net: net migrants of all the years, (2, A), females first.
        population: people at the start, (2, A).
        years: years ``n`` in which they moved.

    Raises:
        InputError: as `net_rates`; years not above zero.
    """
    return _proportions("net", net, population, years, back=False)


def net_from_proportions(proportions: ArrayLike, population: ArrayLike, *, years: float) -> NDArray[np.float64]:
    """Net migrants of several years from annual proportions, ``M(x) = n g(x) P(x)``: back from `annual_proportions`."""
    return _proportions("proportions", proportions, population, years, back=True)


def _proportions(
    name: str, values: ArrayLike, population: ArrayLike, years: float, *, back: bool
) -> NDArray[np.float64]:
    found, people = numbers(name, values, 2), numbers("population", population, 2)
    made: NDArray[np.float64] = _native.migration_proportions(found, people, number("years", years), back)
    return made


def out_rates(departures: ArrayLike, population: ArrayLike) -> NDArray[np.float64]:
    """Out-migration rates of a set of areas, departures per person of the area's own population.

    Args:
        departures: people who left, (areas, 2, A), females first.
        population: people at risk, (areas, 2, A).

    Returns:
        Rates (areas, 2, A), as `migration_pool` takes them.

    Raises:
        InputError: shapes, values, or an area, sex and age of nobody, where a rate is not defined.
    """
    rates: NDArray[np.float64] = _native.migration_rates(
        numbers("departures", departures, 3), numbers("population", population, 3), arrivals=False
    )
    return rates


def in_rates(arrivals: ArrayLike, population: ArrayLike) -> NDArray[np.float64]:
    """In-migration rates of a closed set of areas, arrivals per person of all other areas: those who might have come.

    Args:
        arrivals: people who came from other areas of the set, (areas, 2, A), females first.
        population: people of every area of the set, (areas, 2, A).

    Raises:
        InputError: as `out_rates`; a set of one area has no others.
    """
    rates: NDArray[np.float64] = _native.migration_rates(
        numbers("arrivals", arrivals, 3), numbers("population", population, 3), arrivals=True
    )
    return rates


def net_of_balance(start: float, end: float, *, births: float, deaths: float) -> float:
    """Net migration of an area from its balance, ``P1 - P0 - births + deaths``, persons.

    A new census or border between the two stocks counts as migration.

    >>> import diagnoza as dg
    >>> dg.net_of_balance(51_000, 50_600, births=350, deaths=620)
    -130.0
    """
    net: float = _native.net_of_balance(
        number("start", start), number("end", end), number("births", births), number("deaths", deaths)
    )
    return net


def cohort_deaths(deaths: ArrayLike, *, infant_share: float = 0.8) -> NDArray[np.float64]:
    """Deaths by cohort from deaths by calendar year and age, split along the Lexis diagonal.

    Args:
        deaths: (years, 2, A), females first; ages as wide as there are years, the last open.
        infant_share: share of the first age's deaths that falls on those born in the interval before the rest is
            split evenly: about 0.8 of the deaths under 5, 0.7 of those under 1.

    Returns:
        (2, A+1): those born in the interval, then by age at its start. `residual_migration` does this by itself.
    """
    cohorts: NDArray[np.float64] = _native.cohort_deaths(
        numbers("deaths", deaths, 3), number("infant_share", infant_share)
    )
    return cohorts


def rogers_castro(
    ages: ArrayLike,
    *,
    a1: float,
    alpha1: float,
    a2: float,
    alpha2: float,
    mu2: float,
    lambda2: float,
    c: float,
    a3: float | None = None,
    alpha3: float | None = None,
    mu3: float | None = None,
    lambda3: float | None = None,
    a4: float | None = None,
    lambda4: float | None = None,
    width: int = 1,
) -> NDArray[np.float64]:
    """Rates of a Rogers-Castro model migration schedule with 7, 11 or 13 parameters.

    Args:
        ages: ages in years; the literature takes completed years, 0, 1, ...
        a1: level of children.
        alpha1: descent of children, per year.
        a2: level of the working ages.
        alpha2: descent of the working ages, per year.
        mu2: position of the working-age peak, years.
        lambda2: ascent of the working ages, per year.
        c: constant level.
        a3: level of the retirement peak; with its three other parameters or not at all.
        alpha3: descent of the retirement peak, per year.
        mu3: position of the retirement peak, years.
        lambda3: ascent of the retirement peak, per year.
        a4: level of the post-retirement slope; with `lambda4` or not at all.
        lambda4: ascent of the post-retirement slope, per year.
        width: years in an age group that begins at each of `ages`; its rate is the mean of its single years.

    Raises:
        InputError: names the parameter or age that cannot be.
    """
    retirement = _together({"a3": a3, "alpha3": alpha3, "mu3": mu3, "lambda3": lambda3})
    slope = _together({"a4": a4, "lambda4": lambda4})
    basic = [a1, alpha1, a2, alpha2, mu2, lambda2, c]
    width = count("width", width, 130)
    years = numbers("ages", ages)[:, None] + range(width)
    rates: NDArray[np.float64] = _native.rogers_castro(years.ravel(), basic, retirement, slope)
    means: NDArray[np.float64] = rates.reshape(-1, width).mean(axis=1)
    return means


@dataclass(frozen=True)
class FittedRogersCastro:
    """A schedule fitted to rates. Made by `fit_rogers_castro`."""

    parameters: dict[str, float]
    """By name, as `rogers_castro` takes them."""
    fitted: NDArray[np.float64]
    """Fitted rates at the ages of the observed ones."""
    rmse: float
    """Root mean square error, in the unit of the rates."""
    r_squared: float | None
    """Share of the rates' variance that is explained; None when all rates are equal."""
    iterations: int
    converged: bool
    at_bound: bool
    """Whether the shape rests on a bound of the search: its parameters then tell nothing."""
    method: str

    def rates(self, ages: ArrayLike) -> NDArray[np.float64]:
        """Rates of the fitted schedule at any ages."""
        named: dict[str, Any] = self.parameters
        return rogers_castro(ages, **named)


def fit_rogers_castro(
    ages: ArrayLike, rates: ArrayLike, *, parameters: Literal[7, 11, 13] = 7, weights: ArrayLike | None = None
) -> FittedRogersCastro:
    """Fit a Rogers-Castro schedule to rates by age with bounded least squares.

    Args:
        ages: as in `rogers_castro`.
        rates: migration rates or counts of one direction, zero or more.
        parameters: 7, 11 (with the retirement peak) or 13 (with the post-retirement slope).
        weights: weights of the squared differences.
    """
    import numpy as np

    weighted = numbers_if_given("weights", weights)
    found = json.loads(
        _native.fit_rogers_castro(
            numbers("ages", ages),
            numbers("rates", rates),
            parameters,
            None if weighted is None else weighted.tolist(),
        )
    )
    schedule = found.pop("schedule")
    named = {**schedule.pop("retirement", {}), **schedule.pop("post_retirement", {})}
    found.pop("form")
    return FittedRogersCastro(parameters={**schedule, **named}, **{**found, "fitted": np.array(found["fitted"])})


def standard_migration(*, width: Literal[1, 5] = 1) -> NDArray[np.float64]:
    """Model schedule of the R package bayesPop: shares of migrants by age 0 to 100+, in years or five-year groups."""
    shares: NDArray[np.float64] = _native.standard_migration(count("width", width))
    return shares


def un_male_labour() -> dict[Literal["F", "M"], dict[str, float]]:
    """Parameters of the United Nations' model family of male labour migration, immigration, by sex.

    >>> import diagnoza as dg
    >>> men = dg.un_male_labour()["M"]
    >>> peak = dg.rogers_castro(range(121), **men).argmax()

    `rogers_castro` makes of them shares of all migrants, which add to 1 over both sexes and the ages 0 to 120.
    """
    names = ("a1", "alpha1", "a2", "alpha2", "mu2", "lambda2", "c")
    women, men = ({name: one[name] for name in names} for one in json.loads(_native.un_male_labour()))
    return {"F": women, "M": men}


@dataclass(frozen=True)
class ResidualMigration:
    """Net migration by sex and age at the end of the interval. Made by `residual_migration`."""

    net: NDArray[np.float64]
    """Net migrants, (2, A), females first."""
    expected: NDArray[np.float64]
    """Stock at the end if nobody had moved, (2, A)."""
    method: str


def residual_migration(
    start: ArrayLike,
    end: ArrayLike,
    *,
    births: ArrayLike,
    survival: ArrayLike | None = None,
    deaths: ArrayLike | None = None,
    method: Literal["forward", "reverse", "average", "even"] = "forward",
    infant_share: float = 0.8,
) -> ResidualMigration:
    """Net migration by age as what births, deaths and ageing between two stocks do not explain.

    Args:
        start: stock at the start, (2, A), females first; ages as wide as the interval, the last open.
        end: stock at the end, (2, A).
        births: girls and boys born in the interval.
        survival: survival ratios of the interval, (2, A+1), birth first.
        deaths: instead of `survival`, deaths by calendar year of the interval, sex and age, (years, 2, A).
        method: with `survival`, migrants counted at the end (``forward``), at the start (``reverse``), the mean of
            both (``average``), or half and half as in the United Nations' step (``even``).
        infant_share: with `deaths`, share of the first age's deaths that falls on those born in the interval
            before the rest is split evenly along the Lexis diagonal.
    """
    born = numbers("births", births).tolist()
    if len(born) != 2:
        raise InputError(f"births has {len(born)} values: expected two, girls and boys")
    stocks = numbers("start", start, 2), numbers("end", end, 2)
    if survival is not None and deaths is None:
        found = _native.residual_by_survival(*stocks, born, numbers("survival", survival, 2), method)
    elif deaths is not None and survival is None:
        found = _native.residual_by_deaths(*stocks, born, numbers("deaths", deaths, 3), infant_share)
    else:
        raise InputError("residual_migration takes either survival or deaths")
    return ResidualMigration(*found)


@dataclass(frozen=True)
class PoolMoves:
    """Moves of a set of areas, arrays (areas, 2, A). Made by `migration_pool`."""

    into_pool: NDArray[np.float64]
    from_pool: NDArray[np.float64]
    """Arrivals from the pool; their sum over the areas is that of `into_pool`."""
    to_outside: NDArray[np.float64]
    from_outside: NDArray[np.float64]
    rule: str

    @property
    def net(self) -> NDArray[np.float64]:
        """Arrivals less departures."""
        return (self.from_pool - self.into_pool) + (self.from_outside - self.to_outside)


def migration_pool(
    population: ArrayLike,
    out_rates: ArrayLike,
    in_shares: ArrayLike,
    *,
    rule: Literal["shared", "exclude_origin"] = "shared",
    outside_share: ArrayLike | None = None,
    outside_arrivals: ArrayLike | None = None,
) -> PoolMoves:
    """Pool the movers of a set of areas and let them arrive in it: arrivals equal departures by sex and age.

    Args:
        population: people at risk, (areas, 2, A), females first.
        out_rates: internal departures per person, (areas, 2, A).
        in_shares: share of each area in the arrivals of a sex and age, (areas, 2, A); see `in_shares`.
        rule: ``shared``: movers may arrive where they left, as moves between gminas of a powiat do in
            the counts of Statistics Poland; ``exclude_origin``: out-rates count moves between areas of the set only.
        outside_share: share of the departures that leaves the set, (areas, 2, A).
        outside_arrivals: arrivals from outside the set, (areas, 2, A).
    """
    into_pool, from_pool, to_outside, from_outside = _native.migration_pool(
        numbers("population", population, 3),
        numbers("out_rates", out_rates, 3),
        numbers("in_shares", in_shares, 3),
        rule,
        numbers_if_given("outside_share", outside_share, 3),
        numbers_if_given("outside_arrivals", outside_arrivals, 3),
    )
    return PoolMoves(into_pool, from_pool, to_outside, from_outside, rule)


def in_shares(arrivals: ArrayLike) -> NDArray[np.float64]:
    """Shares of the areas in observed arrivals, (areas, 2, A): 1 for each sex and age, 0 where nobody arrived."""
    shares: NDArray[np.float64] = _native.in_shares(numbers("arrivals", arrivals, 3))
    return shares


def _together(parameters: dict[str, float | None]) -> list[float] | None:
    """Return the values of parameters that are given all or not at all."""
    values = [value for value in parameters.values() if value is not None]
    if values and len(values) < len(parameters):
        lacking = [name for name, value in parameters.items() if value is None]
        raise InputError(f"{', '.join(parameters)} belong together: {', '.join(lacking)} not given")
    return values or None
