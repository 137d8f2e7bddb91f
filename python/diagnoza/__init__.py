"""diagnoza: who lives here and who will, what is needed and what is there, which gminas and why.

>>> import diagnoza as dg
>>> frame = dg.project("PL623", until=2050).frame()
>>> frame.filter(year=2050)["population"].item()
228942.0
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from diagnoza import errors, ozps
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
from diagnoza.age_quality import DigitPreference, Whipple, bachi, myers, whipple
from diagnoza.assessing import Assessment, Assessments, assess, class_breaks
from diagnoza.backtesting import HamiltonPerry, forecast_errors, hamilton_perry, interval_quality
from diagnoza.beneficiaries import BenefitRecipients, HouseholdMembers
from diagnoza.catalogue import Formula, catalogue, catalogue_inputs, not_reproduced
from diagnoza.baskets import BasketCoverage, ServiceBasket, service_basket, service_basket_template
from diagnoza.coherent_mortality import (
    CoherentLeeCarter,
    FittedCoherentLeeCarter,
    FittedLiLee,
    LiLee,
    LiLeeForecast,
    mx_from_e0,
)
from diagnoza.covering import Coverage, coverage, coverage_template, shipped_targets
from diagnoza.decomposing import Kitagawa, arriaga, components_of_change, kitagawa, kitagawa_many
from diagnoza.deinstitutionalising import Deinstitutionalisation, deinstitutionalisation
from diagnoza.diagnosing import Diagnosis, diagnose
from diagnoza.disclosure import PublicationTable, PublicationView, attack, publication_view
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
from diagnoza.needing import Needs, needs, needs_template
from diagnoza.omission import OmissionCost, omission_cost, omission_template
from diagnoza.own_forecast import Backtest, backtest
from diagnoza.projection import Projection, project
from diagnoza.reading import read_bdl, read_eurostat, read_gus_projection, read_hmd, read_tidy
from diagnoza.reconciling import Reconciled, rake, reconcile
from diagnoza.selecting import Selection, select, shipped_specs
from diagnoza.small_area import RelationalLogit, SmallAreaMortality, relational_logit
from diagnoza.structure import indicators
from diagnoza.tables import borders, table, table_info, tables
from diagnoza.territory import Region, region

if TYPE_CHECKING:
    from types import ModuleType

    from diagnoza import plot, report

__all__ = [
    "Assessment",
    "Assessments",
    "Backtest",
    "BasketCoverage",
    "backtest",
    "BenefitRecipients",
    "CoherentLeeCarter",
    "CohortProjection",
    "Deinstitutionalisation",
    "Coverage",
    "Diagnosis",
    "DiagnozaError",
    "DigitPreference",
    "ExpectancyInterval",
    "FittedCoherentLeeCarter",
    "FittedFertility",
    "FittedLeeCarter",
    "FittedLiLee",
    "FittedRogersCastro",
    "Formula",
    "Gazetteer",
    "Graduated",
    "HamiltonPerry",
    "HouseholdMembers",
    "Kitagawa",
    "LeeCarter",
    "Leslie",
    "LiLee",
    "LiLeeForecast",
    "LifeTable",
    "MortalityForecast",
    "MortalityPaths",
    "Needs",
    "OmissionCost",
    "PoolMoves",
    "Projection",
    "PublicationTable",
    "PublicationView",
    "Raked",
    "Reconciled",
    "Region",
    "RelationalLogit",
    "ResidualMigration",
    "Scenario",
    "Selection",
    "ServiceBasket",
    "SmallAreaMortality",
    "StablePopulation",
    "Whipple",
    "__version__",
    "arriaga",
    "attack",
    "asfr",
    "assess",
    "bachi",
    "borders",
    "catalogue",
    "catalogue_inputs",
    "class_breaks",
    "cohort_component",
    "cohort_weights",
    "components_of_change",
    "deinstitutionalisation",
    "coverage",
    "coverage_template",
    "diagnose",
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
    "ozps",
    "net_reproduction",
    "not_reproduced",
    "needs",
    "needs_template",
    "omission_cost",
    "omission_template",
    "plot",
    "project",
    "publication_view",
    "rake",
    "read_bdl",
    "read_eurostat",
    "read_gus_projection",
    "read_hmd",
    "read_tidy",
    "reconcile",
    "region",
    "relational_logit",
    "report",
    "residual_migration",
    "rogers_castro",
    "select",
    "service_basket",
    "service_basket_template",
    "shipped_specs",
    "shipped_targets",
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
