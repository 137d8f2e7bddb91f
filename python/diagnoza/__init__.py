"""diagnoza: who lives here and who will, what is needed and what is there, which gminas and why.

>>> import diagnoza as dg
>>> frame = dg.project("PL623", until=2050).frame()
>>> frame.filter(year=2050)["population"].item()
228942.0
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from diagnoza import errors
from diagnoza._native import (
    CohortProjection,
    Gazetteer,
    Leslie,
    Scenario,
    StablePopulation,
    __version__,
    cohort_component,
    leslie,
    stable_population,
)
from diagnoza.diagnosing import Diagnosis, diagnose
from diagnoza.errors import DiagnozaError
from diagnoza.projection import Projection, project
from diagnoza.reading import read_bdl, read_gus_projection, read_tidy
from diagnoza.selecting import Selection, select, shipped_specs
from diagnoza.structure import catalogue, indicators
from diagnoza.tables import borders, table, table_info, tables
from diagnoza.territory import Region, region

if TYPE_CHECKING:
    from types import ModuleType

    from diagnoza import plot, report

__all__ = [
    "CohortProjection",
    "Diagnosis",
    "DiagnozaError",
    "Gazetteer",
    "Leslie",
    "Projection",
    "Region",
    "Scenario",
    "Selection",
    "StablePopulation",
    "__version__",
    "borders",
    "catalogue",
    "cohort_component",
    "diagnose",
    "errors",
    "indicators",
    "leslie",
    "plot",
    "project",
    "read_bdl",
    "read_gus_projection",
    "read_tidy",
    "region",
    "report",
    "select",
    "shipped_specs",
    "stable_population",
    "table",
    "table_info",
    "tables",
]


def __getattr__(name: str) -> ModuleType:
    """Load charts and the report when they are first asked for."""
    if name in {"plot", "report"}:
        return importlib.import_module(f"diagnoza.{name}")
    raise AttributeError(f"module 'diagnoza' has no attribute {name!r}")


def __dir__() -> list[Any]:
    """List the public names."""
    return sorted(__all__)
