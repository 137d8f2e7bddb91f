"""Trajectories of the own forecast: prediction intervals of any indicator to 2050 and beyond."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from diagnoza import _native
from diagnoza.arguments import count, number, numbers, whole, whole_numbers
from diagnoza.errors import InputError
from diagnoza.progress import Progress, bar
from diagnoza.territory import Region, selection_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import altair as alt
    import polars as pl

__all__ = ["INDICATORS", "PROBABILITIES", "Simulation", "interval_coverage", "simulate"]

INDICATORS = (
    "population",
    "0-14",
    "15-64",
    "65+",
    "75+",
    "85+",
    "median_age",
    "old_dependency",
    "demographic_dependency",
    "potential_support",
    "births",
    "deaths",
    "net_migration",
)
_FLOWS = ("births", "deaths", "net_migration")
"""What the own forecast estimates also for the years before it."""
PROBABILITIES = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)


@dataclass(frozen=True)
class Simulation:
    """Trajectories of units, summed up. Made by `simulate`.

    It keeps what was asked and the summary, not the paths: these are drawn again when they are wanted, and are the
    same ones, for every number depends on the seed, the component, the unit and the path alone.
    """

    units: str
    """Selection of units as text, e.g. ``subregions:28``."""
    draws: int
    until: int
    seed: int
    indicators: tuple[str, ...]
    probabilities: tuple[float, ...]
    fertility: bool
    mortality: bool
    migration: bool
    settings: Mapping[str, float]
    threads: int
    record: dict[str, Any] = field(repr=False, compare=False)
    """Parameters with method, series and years, methods, inputs with hashes, seed and version."""
    table: pl.DataFrame = field(repr=False, compare=False)

    __hash__ = None  # type: ignore[assignment]  # settings is a mapping

    def frame(self) -> pl.DataFrame:
        """Mean, central forecast and quantiles by unit, year and indicator.

        Returns:
            Columns unit, name, year, indicator, mean, central, and a column such as ``q0.1`` for every probability.
        """
        return self.table

    @property
    def parameters(self) -> pl.DataFrame:
        """Parameters of the uncertainty: name, value, method, series, first and last year, values."""
        import polars as pl

        return pl.DataFrame(self.record["parameters"], infer_schema_length=None)

    def pyramid(self, year: int) -> pl.DataFrame:
        """Population of a year by sex and five-year age with intervals, from the same paths.

        Returns:
            Columns unit, name, year, sex (F, M), age (first age of the group; 90 is 90 and over), mean, central and
            the quantiles.
        """
        import polars as pl

        groups = [*(f"{age}-{age + 4}" for age in range(0, 90, 5)), "90+"]
        words = tuple(f"{sex} {group}" for sex in "FM" for group in groups)
        table, _, _ = self._draw(words, until=whole("year", year, 2025, 2200))
        split = pl.col("indicator").str.split(" ")
        first = split.list.get(1).str.extract(r"^(\d+)").cast(pl.Int32)
        table = table.filter(pl.col("year") == year).with_columns(sex=split.list.get(0), age=first)
        return table.select(
            "unit", "name", "year", "sex", "age", pl.exclude("indicator", "sex", "age", "unit", "name", "year")
        )

    def paths(self, indicator: str) -> pl.DataFrame:
        """All paths of one indicator.

        Returns:
            Columns unit, name, path (from 0), year, value.
        """
        indicator = _name("indicator", indicator)
        _, _, paths = self._draw((indicator,), paths_of=indicator)
        if paths is None:
            raise InputError(f"no paths of '{indicator}'")
        return paths

    def plot(
        self,
        *,
        unit: str | None = None,
        indicator: str = "population",
        compare: Sequence[Literal["main", "low", "high"]] = ("main", "low", "high"),
        lang: Literal["pl", "en"] = "pl",
    ) -> alt.VConcatChart:
        """Draw the fan of one indicator of one unit beside what was observed and GUS's variants.

        Births, deaths and net migration of the years before are estimates of the own forecast and are not drawn.

        Args:
            unit: code; may be left out if there is one unit only.
            indicator: one of those asked for.
            compare: variants of GUS's projection drawn as lines.
            lang: language of the chart.
        """
        from diagnoza.plot.fan_chart import fan_chart

        indicator = _name("indicator", indicator)
        codes = self.table["unit"].unique(maintain_order=True).to_list()
        if unit is None:
            if len(codes) != 1:
                raise InputError(f"unit: several units were simulated, name one of {', '.join(codes)}")
            unit = codes[0]
        return fan_chart(
            self.table,
            unit=unit,
            indicator=indicator,
            observed=() if indicator in _FLOWS else _known(unit, indicator, "own", range(2021, 2025)),
            scenarios={word: _known(unit, indicator, word, range(2022, self.until + 1)) for word in compare},
            draws=self.draws,
            lang=lang,
        )

    def _draw(
        self, indicators: tuple[str, ...], *, until: int | None = None, paths_of: str | None = None
    ) -> tuple[pl.DataFrame, dict[str, Any], pl.DataFrame | None]:
        return _draw(
            self.units,
            draws=self.draws,
            until=self.until if until is None else until,
            seed=self.seed,
            indicators=list(indicators),
            probabilities=list(self.probabilities),
            components=(self.fertility, self.mortality, self.migration),
            settings=dict(self.settings),
            threads=self.threads,
            paths_of=paths_of,
        )

    def _repr_html_(self) -> str:
        import polars as pl

        last = self.table.filter(pl.col("year") == self.until)
        head = (
            f"<p><b>{escape(self.units)}</b>: trajektorie prognozy własnej / trajectories of the own forecast, "
            f"{self.draws} × {self.record['jump_off'] + 1}–{self.until}, seed {self.seed}; {self.until}:</p>"
        )
        return head + str(last._repr_html_())


def simulate(
    units: str | Region | Sequence[str | Region],
    *,
    draws: int = 1000,
    until: int = 2050,
    seed: int = 1,
    indicators: Sequence[str] = INDICATORS,
    probabilities: Sequence[float] = PROBABILITIES,
    fertility: bool = True,
    mortality: bool = True,
    migration: bool = True,
    settings: Mapping[str, float] | None = None,
    threads: int | None = None,
    progress: Progress = True,
) -> Simulation:
    """Draw trajectories of the own forecast: fertility, mortality and migration uncertain together.

    Trajectories begin after 31 XII 2024, the last stocks published by sex and age. Powiats are drawn; subregions and
    the voivodeship are their sums in the same path, so that intervals are right for what areas have in common and for
    what they do not. Every parameter is estimated from embedded official series and recorded with method, series and
    years.

    Intervals are of expected numbers: for a small powiat the chance of single births and deaths comes on top.

    Args:
        units: powiats and subregions of Warmia-Mazury, and ``"28"`` itself, as in `project`; not gminas.
        draws: number of paths.
        until: last year, to 2060.
        seed: the same seed gives the same paths, for any number of threads and any other units.
        indicators: ids of `catalogue()` that people by sex and age give (``population``, ``median_age``,
            ``old_dependency``, ...), people (``75+``, ``F 15-49``), ``births``, ``deaths``, ``net_migration``.
        probabilities: of the quantiles.
        fertility: whether fertility is uncertain; else as in the central forecast.
        mortality: whether mortality is.
        migration: whether migration is.
        settings: parameters that replace estimated ones, by name, e.g. ``{"fertility.common.sd": 0.03}``; the names are
            those of `Simulation.parameters`.
        threads: threads to draw with, all processors by default.
        progress: a bar that shows after a second, nothing, or a function of the steps done and all of them.

    Raises:
        UnknownUnitError: a unit without a forecast of its own.
        InputError: an unknown indicator or parameter, a number out of bounds, a component that is not True or False.
    """
    asked_for = (indicators,) if isinstance(indicators, str) else tuple(indicators)
    words = tuple(_name("indicators", one) for one in asked_for)
    components = (_flag("fertility", fertility), _flag("mortality", mortality), _flag("migration", migration))
    levels = tuple(float(p) for p in numbers("probabilities", list(probabilities)))
    given = {str(name): number(f"settings['{name}']", value) for name, value in dict(settings or {}).items()}
    workers = count("threads", threads) if threads is not None else os.cpu_count() or 1
    asked: dict[str, Any] = {
        "draws": whole("draws", draws),
        "until": whole("until", until, 1800, 2200),
        "seed": whole("seed", seed, 0, 2**64 - 1),
    }
    text = selection_text(units)
    with bar("trajectories", progress) as tell:
        table, record, _ = _draw(
            text,
            **asked,
            indicators=list(words),
            probabilities=list(levels),
            components=components,
            settings=given,
            threads=workers,
            progress=tell,
        )
    return Simulation(
        units=text,
        **asked,
        indicators=words,
        probabilities=levels,
        fertility=components[0],
        mortality=components[1],
        migration=components[2],
        settings=given,
        threads=workers,
        record=record,
        table=table,
    )


def interval_coverage(
    jump_offs: Sequence[int] = (2014, 2015, 2016, 2017),
    *,
    levels: Sequence[float] = (0.8, 0.95),
    draws: int = 1000,
    seed: int = 1,
    settings: Mapping[str, float] | None = None,
    threads: int | None = None,
    progress: Progress = True,
) -> pl.DataFrame:
    """Compare past prediction intervals of the subregions of Warmia-Mazury with what was observed until 2021.

    Rates and parameters are learnt from what was known at each jump-off. It says little: three subregions, at most
    seven years ahead, and jump-offs that share the years observed. Revisions by censuses, for which the intervals make
    room, are not in the stocks compared, so totals lie inside more often than the level says; the parameters of
    mortality know no epidemic, so that in 2020-2021 old people lie inside less often.

    Args:
        jump_offs: last years known, 2014 to 2020.
        levels: shares that the intervals are to hold, above 0 and below 1.
        draws: number of paths of each jump-off.
        seed: the same seed gives the same intervals.
        settings: as in `simulate`, but none of powiats (``.area.``): subregions are drawn as wholes.
        threads: threads to draw with, all processors by default.
        progress: a bar that shows after a second, nothing, or a function of the steps done and all of them.

    Raises:
        InputError: a level or a jump-off out of bounds, an unknown parameter or one of powiats.

    Returns:
        Columns unit, name, jump_off, year, ages, level, observed, lower, upper (persons), inside; the mean of
        ``inside`` by ages and level is the coverage.
    """
    import polars as pl

    asked: dict[str, Any] = {
        "levels": [float(level) for level in numbers("levels", list(levels))],
        "draws": whole("draws", draws),
        "seed": whole("seed", seed, 0, 2**64 - 1),
        "settings": {str(name): number(f"settings['{name}']", value) for name, value in dict(settings or {}).items()},
        "threads": count("threads", threads) if threads is not None else os.cpu_count() or 1,
    }
    years = whole_numbers("jump_offs", jump_offs)
    with bar("past intervals", progress) as tell:
        return pl.DataFrame(_native.interval_coverage(years, **asked, progress=tell))


def _name(option: str, given: object) -> str:
    """Return the name of an indicator without spaces around it."""
    if not isinstance(given, str):
        raise InputError(f"{option}: {given!r} is no name of an indicator")
    return given.strip()


def _flag(option: str, given: object) -> bool:
    if not isinstance(given, bool):
        raise InputError(f"{option} is {given!r}: expected True or False")
    return given


def _draw(units: str, **asked: Any) -> tuple[pl.DataFrame, dict[str, Any], pl.DataFrame | None]:
    import polars as pl

    table, record, paths = _native.simulate(units, **asked)
    return pl.DataFrame(table), json.loads(record), None if paths is None else pl.DataFrame(paths)


def _known(unit: str, indicator: str, scenario: str, years: range) -> list[tuple[int, float]]:
    """Return year and value of an indicator of a projection, where it has one."""
    import polars as pl

    from diagnoza.projection import project
    from diagnoza.structure import indicators

    if indicator in _FLOWS:
        table = project(unit, scenario=scenario, until=years[-1]).components().rename({indicator: "value"})
    elif indicator[:1].isdigit() or indicator[:2] in ("F ", "M ", "T "):
        sexes, _, ages = indicator.rpartition(" ")
        first, _, last = ages.rstrip("+").partition("-")
        to = int(last or first) if not ages.endswith("+") else 200
        people = project(unit, scenario=scenario, from_year=years[0], until=years[-1])
        table = people.frame(by=("unit", "year", "sex", "age")).filter(
            pl.col("age").is_between(int(first), to),
            pl.col("sex").is_in([sexes] if sexes in ("F", "M") else ["F", "M"]),
        )
        table = table.group_by("year").agg(value=pl.col("population").sum())
    else:
        table = indicators(unit, years=list(years), scenario=scenario, ids=[indicator])
    found = table.filter(pl.col("year").is_between(years[0], years[-1])).sort("year")
    return [(int(year), float(value)) for year, value in found.select("year", "value").rows() if value is not None]
