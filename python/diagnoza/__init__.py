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
    Raked,
    Scenario,
    StablePopulation,
    __version__,
    cohort_component,
    leslie,
    stable_population,
)
from diagnoza.acceptability import Smaa, smaa
from diagnoza.age_quality import DigitPreference, Whipple, bachi, myers, whipple
from diagnoza.backtesting import HamiltonPerry, forecast_errors, hamilton_perry, interval_quality
from diagnoza.coherent_mortality import (
    CoherentLeeCarter,
    FittedCoherentLeeCarter,
    FittedLiLee,
    LiLee,
    LiLeeForecast,
    mx_from_e0,
)
from diagnoza.decomposing import Kitagawa, arriaga, components_of_change, kitagawa, kitagawa_many
from diagnoza.diagnosing import Diagnosis, diagnose
from diagnoza.errors import DiagnozaError
from diagnoza.fertility import (
    FittedFertility,
    asfr,
    fertility_schedule,
    fit_fertility,
    gross_reproduction,
    mean_age_at_birth,
    net_reproduction,
    tfr_path,
    total_fertility,
)
from diagnoza.graduation import Graduated, graduate
from diagnoza.life_table import ExpectancyInterval, LifeTable, kannisto, kannisto_coherent
from diagnoza.migration import (
    FittedRogersCastro,
    PoolMoves,
    ResidualMigration,
    fit_rogers_castro,
    in_shares,
    migration_pool,
    residual_migration,
    rogers_castro,
    standard_migration,
)
from diagnoza.mortality_model import FittedLeeCarter, LeeCarter, MortalityForecast, MortalityPaths, cohort_weights
from diagnoza.multicriteria import (
    Ahp,
    Scores,
    ahp,
    borda,
    copeland,
    critic_weights,
    electre3,
    entropy_weights,
    gdm,
    generalised_mean,
    hellwig,
    lexicographic,
    normalise,
    promethee2,
    std_weights,
    topsis,
    weighted_product,
    weighted_sum,
)
from diagnoza.own_forecast import Backtest, backtest
from diagnoza.projection import Projection, project
from diagnoza.reading import read_bdl, read_eurostat, read_gus_projection, read_hmd, read_tidy
from diagnoza.reconciling import Reconciled, rake, reconcile
from diagnoza.selecting import Selection, diff_records, replay, select, shipped_specs, spec_schema
from diagnoza.small_area import RelationalLogit, SmallAreaMortality, relational_logit
from diagnoza.structure import catalogue, indicators
from diagnoza.tables import borders, table, table_info, tables
from diagnoza.territory import Region, region

if TYPE_CHECKING:
    from types import ModuleType

    from diagnoza import plot, report

__all__ = [
    "Ahp",
    "ahp",
    "Backtest",
    "backtest",
    "borda",
    "CoherentLeeCarter",
    "CohortProjection",
    "copeland",
    "critic_weights",
    "Diagnosis",
    "DiagnozaError",
    "DigitPreference",
    "electre3",
    "entropy_weights",
    "ExpectancyInterval",
    "FittedCoherentLeeCarter",
    "FittedFertility",
    "FittedLeeCarter",
    "FittedLiLee",
    "FittedRogersCastro",
    "Gazetteer",
    "gdm",
    "generalised_mean",
    "Graduated",
    "HamiltonPerry",
    "hellwig",
    "Kitagawa",
    "LeeCarter",
    "Leslie",
    "lexicographic",
    "LiLee",
    "LiLeeForecast",
    "LifeTable",
    "MortalityForecast",
    "MortalityPaths",
    "normalise",
    "PoolMoves",
    "Projection",
    "promethee2",
    "Raked",
    "Reconciled",
    "Region",
    "RelationalLogit",
    "ResidualMigration",
    "Scenario",
    "Scores",
    "Selection",
    "Smaa",
    "smaa",
    "SmallAreaMortality",
    "StablePopulation",
    "std_weights",
    "topsis",
    "weighted_product",
    "weighted_sum",
    "Whipple",
    "__version__",
    "arriaga",
    "asfr",
    "bachi",
    "borders",
    "catalogue",
    "cohort_component",
    "cohort_weights",
    "components_of_change",
    "diagnose",
    "diff_records",
    "errors",
    "fertility_schedule",
    "fit_fertility",
    "fit_rogers_castro",
    "forecast_errors",
    "graduate",
    "gross_reproduction",
    "hamilton_perry",
    "in_shares",
    "indicators",
    "interval_quality",
    "kannisto",
    "kannisto_coherent",
    "kitagawa",
    "kitagawa_many",
    "leslie",
    "mean_age_at_birth",
    "migration_pool",
    "mx_from_e0",
    "myers",
    "net_reproduction",
    "plot",
    "project",
    "rake",
    "read_bdl",
    "read_eurostat",
    "read_gus_projection",
    "read_hmd",
    "read_tidy",
    "reconcile",
    "region",
    "relational_logit",
    "replay",
    "report",
    "residual_migration",
    "rogers_castro",
    "select",
    "shipped_specs",
    "spec_schema",
    "stable_population",
    "standard_migration",
    "table",
    "table_info",
    "tables",
    "tfr_path",
    "total_fertility",
    "whipple",
]


def __getattr__(name: str) -> ModuleType:
    """Load charts and the report when they are first asked for."""
    if name in {"plot", "report"}:
        return importlib.import_module(f"diagnoza.{name}")
    raise AttributeError(f"module 'diagnoza' has no attribute {name!r}")


def __dir__() -> list[Any]:
    """List the public names."""
    return sorted(__all__)
