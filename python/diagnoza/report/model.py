"""What a report is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from diagnoza.errors import InputError
from diagnoza.labels import format_date
from diagnoza.plot.frames import as_frame, listed, require_years

if TYPE_CHECKING:
    import polars as pl

    from diagnoza.assessing import Assessments
    from diagnoza.report.uncertainty import Uncertainty

__all__ = ["MapFigure", "Note", "ReportData", "Source", "WhatIf"]


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where figures come from; every field is shown in the list of sources."""

    publisher: str
    title: str
    date: str
    """When it was published, or the state of the data, as the publisher writes it."""
    basis: str
    """What is counted: census basis, usual residents, edition of a projection."""
    sha256: str = ""
    """Hash of the file or table used; empty if it has none."""
    used_for: str = ""


@dataclass(frozen=True, kw_only=True)
class Note:
    """One titled paragraph about a method."""

    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """A scenario of the user's own: the word in the frame, its name, and what it assumes."""

    scenario: str
    name: str
    assumption: str


@dataclass(frozen=True, kw_only=True)
class MapFigure:
    """One map: a frame with columns unit and `value`, and what has to be said beside it."""

    frame: pl.DataFrame
    value: str
    borders: Mapping[str, Any] | str
    title: str
    unit_of_measure: str
    source: str
    status: str
    """``observed``, ``estimated`` or ``projected``."""
    level: Literal["powiat", "gmina"] = "powiat"
    scheme: Literal["auto", "sequential", "diverging"] = "auto"
    outline: Mapping[str, Any] | str | None = None
    decimals: int = 1
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportData:
    """Frames and texts of a report on one region and the subregions in it.

    Texts (title, notes, names of what-ifs) are shown as given and must be in the report's language. All
    figures in sentences, cards and tables are computed from the frames. A frame is a polars frame in the
    library's long layout; see each field.

    Raises:
        InputError: when made, if a frame lacks a column, a year or a scenario, or the date is no date.
    """

    title: str
    region: str
    """Code of the whole, for example ``"28"``; the other units of `totals` are its parts."""
    date: str
    """Date of the report, YYYY-MM-DD. It is never read from the clock."""
    version: str
    """Version of the library that made the figures."""
    totals: pl.DataFrame
    """unit, name, scenario (main; low and high if there), year, population, status; region and parts."""
    population: pl.DataFrame
    """unit, name, scenario, year, sex (F, M), age (first of the group), population, status."""
    sources: tuple[Source, ...]
    methods: tuple[Note, ...] = ()
    years: tuple[int, int] = (2021, 2050)
    """First and last year of the comparison of totals."""
    structure_years: tuple[int, int] = (2022, 2050)
    """First and last year of pyramids and age groups."""
    subtitle: str = ""
    author: str = ""
    reference: pl.DataFrame | None = None
    """unit, year, population, series (its name); stock (``1 I`` or ``31 XII``) if not 31 December."""
    reference_note: str = ""
    maps: tuple[MapFigure, ...] = ()
    indicators: pl.DataFrame | None = None
    """unit, name, year, indicator, label, value, unit_of_measure, peers, n, rank, median, q1, q3, status."""
    profiles: tuple[str, ...] = ()
    """Codes of the units whose indicator profile is drawn."""
    what_if: pl.DataFrame | None = None
    """Like `totals`, with the scenarios described in `what_ifs`."""
    what_ifs: tuple[WhatIf, ...] = ()
    resources: Assessments | None = None
    """Assessment of the region and of units in it, of the public or other indicators; the region must be there."""
    resources_note: str = ""
    """What has to be said of the assessment: what it leaves out, or why there is none."""
    uncertainty: Uncertainty | None = None
    """Trajectories of the own forecast of the region and its parts, where there is one."""
    uncertainty_note: str = ""
    """What has to be said of the intervals, or why there are none; without both the section is left out."""
    status_notes: tuple[Note, ...] = ()
    """What has to be said about observed, estimated and projected figures beyond the standard text."""
    figure_sources: Mapping[str, str] = field(default_factory=dict)
    """Source line of the figures of a section: totals, structure, reference, uncertainty, indicators, what_if."""

    def __post_init__(self) -> None:
        """Check the frames against each other."""
        format_date(self.date)
        for text, name in ((self.title, "title"), (self.version, "version")):
            if not text.strip():
                raise InputError(f"a report needs a {name}")
        if not self.sources:
            raise InputError("a report needs at least one source: no figure without its origin")
        keys = ("unit", "name", "scenario", "year", "population", "status")
        as_frame(self.totals, columns=keys, what="frame of totals")
        as_frame(self.population, columns=(*keys, "sex", "age"), what="frame of population by sex and age")
        self._require_region("totals", self.totals, self.years)
        self._require_region("population", self.population, self.structure_years)
        known = {"totals", "structure", "reference", "uncertainty", "indicators", "what_if"}
        unknown = sorted(set(self.figure_sources) - known)
        if unknown:
            raise InputError(f"figure_sources has the sections {listed(unknown)}, which a report does not have")
        if self.resources is not None and self.region not in self.resources.units:
            raise InputError(
                f"the assessment has no region {self.region!r}; it has {listed(sorted(self.resources.units))}"
            )
        if self.uncertainty is not None:
            drawn = sorted(set(self.uncertainty.simulation.frame()["unit"].to_list()))
            if self.region not in drawn:
                raise InputError(f"the trajectories have no region {self.region!r}; they have {listed(drawn)}")
        if self.what_if is not None:
            as_frame(self.what_if, columns=keys, what="frame of what-ifs")
            described = {item.scenario for item in self.what_ifs}
            there = set(map(str, self.what_if["scenario"].to_list()))
            if not described or not described <= there:
                raise InputError(
                    f"what_ifs describes the scenarios {listed(sorted(described))}; the frame has "
                    f"{listed(sorted(there))}"
                )

    def _require_region(self, what: str, frame: pl.DataFrame, years: tuple[int, int]) -> None:
        import polars as pl

        if years[0] >= years[1]:
            raise InputError(f"{what}: the years {years[0]} and {years[1]} must be in this order")
        units = sorted(set(map(str, frame["unit"].to_list())))
        if self.region not in units:
            raise InputError(f"the frame of {what} has no region {self.region!r}; it has {listed(units)}")
        for unit in units:
            part = frame.filter((pl.col("unit") == unit) & (pl.col("scenario") == "main"))
            if part.is_empty():
                raise InputError(f"the frame of {what} has no scenario 'main' for unit {unit}")
            require_years(part, years)
