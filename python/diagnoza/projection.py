"""Population observed, estimated and projected, under official scenarios and what-ifs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from diagnoza import _native
from diagnoza._native import Scenario
from diagnoza.errors import InputError
from diagnoza.territory import Region, selection_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

__all__ = ["Projection", "project", "scenario_of"]

NegativePolicy = Literal["refuse", "spread"]
By = Literal["unit", "year", "sex", "age"]


@dataclass(frozen=True)
class Projection:
    """Population of units under one scenario. Made by `project`."""

    units: str
    """Selection of units as text, e.g. ``subregions:28``."""
    scenario: Scenario
    from_year: int
    until: int
    negative: NegativePolicy

    def frame(self, by: Sequence[By] = ("unit", "year")) -> pl.DataFrame:
        """Population at 31 XII.

        Args:
            by: ``unit`` and ``year``, and ``sex`` and ``age`` if wanted.

        Returns:
            Columns unit, name, scenario, year, sex (F, M), age (first age of the group; 90 is 90 and over,
            gminas have ten-year groups to 80 and over), population (persons), status (observed, estimated,
            projected).
        """
        import polars as pl

        by_sex, by_age = _by(by)
        return pl.DataFrame(
            _native.population(
                self.units,
                self.scenario,
                from_year=self.from_year,
                until=self.until,
                by_sex=by_sex,
                by_age=by_age,
                negative=self.negative,
            )
        )

    def components(self) -> pl.DataFrame:
        """Births, deaths, net migration and change (persons), TFR and life expectancy by unit and year."""
        import polars as pl

        return pl.DataFrame(_native.components(self.units, self.scenario, until=self.until, negative=self.negative))

    def difference(self, other: str | Path | Scenario, *, year: int | None = None) -> pl.DataFrame:
        """What makes this projection differ from another scenario of the same units.

        Args:
            other: the scenario to compare with, as in `project`.
            year: year compared, the last one if left out.

        Returns:
            Columns unit, name, year, first (the other), second (this), component (jump_off, fertility, mortality,
            net_migration, total), persons (this less the other; Shapley values, the parts add to the total).
        """
        import polars as pl

        until = self.until if year is None else year
        first = scenario_of(other)
        return pl.DataFrame(
            _native.difference(self.units, first, self.scenario, until=until, negative=self.negative)
        )

    @property
    def record(self) -> list[dict[str, Any]]:
        """Scenario, methods, inputs with hashes and adjustments made, one entry per voivodeship."""
        found: list[dict[str, Any]] = json.loads(
            _native.provenance(self.units, self.scenario, until=max(self.until, 2022), negative=self.negative)
        )
        return found

    def _repr_html_(self) -> str:
        head = (
            f"<p><b>{escape(self.scenario.name)}</b>: {escape(self.units)}, "
            f"{self.from_year}–{self.until}, stan na 31 XII</p>"
        )
        frame = self.frame().pivot("year", index=["unit", "name"], values="population")
        return head + str(frame._repr_html_())


def project(
    units: str | Region | Sequence[str | Region],
    *,
    scenario: str | Path | Scenario = "main",
    from_year: int = 2021,
    until: int = 2050,
    negative: NegativePolicy = "refuse",
) -> Projection:
    """Project units by single years of age with the cohort-component method.

    The official scenarios give GUS's projection 2023-2060 back exactly; a `Scenario` with changes answers
    what GUS did not publish.

    Args:
        units: selection such as ``"subregions:28"``, ``"2816,PL623"``, a region, or a list of them.
        scenario: GUS's ``main``, ``low``, ``high``, the forecast from observed data ``own`` (28 only), a
            `Scenario`, or the path of a scenario file (.toml).
        from_year: 2021 (total observed, structure estimated) or later.
        until: last year, 2060 at most.
        negative: what to do when emigration exceeds the people of an age: ``refuse`` or ``spread``.

    Raises:
        UnknownUnitError, AmbiguousUnitError: the units.
        SpecError: the scenario.
        InputError: years, or figures that are not known.
    """
    made = Projection(selection_text(units), scenario_of(scenario), from_year, until, negative)
    made.frame()
    return made


def scenario_of(scenario: str | Path | Scenario) -> Scenario:
    """Return a scenario given by word, file or itself."""
    if isinstance(scenario, Scenario):
        return scenario
    path = Path(scenario)
    if path.suffix == ".toml":
        try:
            text = path.read_text(encoding="utf-8")
        except OSError as error:
            raise InputError(f"scenario file {path}: {error.strerror or error}") from error
        except UnicodeDecodeError as error:
            raise InputError(f"scenario file {path}: not UTF-8 at byte {error.start}") from error
        return Scenario.from_toml(text, file=str(path))
    if scenario not in {"main", "low", "high", "own"}:
        raise InputError(
            f"scenario='{scenario}' is not known: expected main, low, high, own or a scenario file ending in .toml"
        )
    return Scenario(str(scenario))


def _by(by: Sequence[str]) -> tuple[bool, bool]:
    words = [by] if isinstance(by, str) else list(by)
    allowed = ("unit", "year", "sex", "age")
    for word in words:
        if word not in allowed:
            raise InputError(f"by has '{word}': expected {', '.join(allowed)}")
    for needed in ("unit", "year"):
        if needed not in words:
            raise InputError(f"by lacks '{needed}': every row is of one unit and year")
    return "sex" in words, "age" in words
