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
    constant_rates,
    leslie,
    stable_population,
)
from diagnoza.acceptability import Smaa, smaa
from diagnoza.age_quality import DigitPreference, Whipple, bachi, myers, whipple
from diagnoza.assessing import Assessment, Assessments, assess, class_breaks
from diagnoza.backtesting import HamiltonPerry, forecast_errors, hamilton_perry, interval_quality, no_change, trend
from diagnoza.baskets import BasketCoverage, ServiceBasket, service_basket, service_basket_template
from diagnoza.beneficiaries import BenefitRecipients, HouseholdMembers
from diagnoza.cataloguing import Formula, catalogue, catalogue_inputs, not_reproduced
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
    births,
    fertility_schedule,
    fit_fertility,
    gross_reproduction,
    mean_age_at_birth,
    net_reproduction,
    tfr_path,
    total_fertility,
    woman_years,
)
from diagnoza.form_assessing import PeersFrom, assess_forms
from diagnoza.graduation import Graduated, graduate
from diagnoza.life_table import ExpectancyInterval, LifeTable, kannisto, kannisto_coherent
from diagnoza.local_projection import LocalProjection, project_parts, structure_one_year_before
from diagnoza.migration import (
    FittedRogersCastro,
    PoolMoves,
    ResidualMigration,
    annual_proportions,
    cohort_deaths,
    fit_rogers_castro,
    in_rates,
    in_shares,
    migration_pool,
    net_from_proportions,
    net_of_balance,
    net_rates,
    out_rates,
    residual_migration,
    rogers_castro,
    standard_migration,
    un_male_labour,
)
from diagnoza.migration_flows import GrossFlows, gross_flows
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
from diagnoza.needing import Needs, needs, needs_template
from diagnoza.omission import OmissionCost, omission_cost, omission_template
from diagnoza.own_forecast import Backtest, backtest
from diagnoza.projection import Projection, project
from diagnoza.reading import read_bdl, read_eurostat, read_gus_projection, read_hmd, read_tidy
from diagnoza.reconciling import Reconciled, rake, reconcile
from diagnoza.robustness import Inverse, Robustness, required_values, which_specs
from diagnoza.selecting import Selection, diff_records, replay, select, shipped_specs, spec_schema
from diagnoza.simulating import Simulation, interval_coverage, simulate
from diagnoza.small_area import RelationalLogit, SmallAreaMortality, relational_logit
from diagnoza.structure import indicators
from diagnoza.survival import life_expectancy, shift_life_expectancy
from diagnoza.tables import borders, table, table_info, tables
from diagnoza.territory import Region, region

if TYPE_CHECKING:
    from types import ModuleType

    from diagnoza import plot, report

__all__ = [
    "__version__",
    "Ahp",
    "ahp",
    "annual_proportions",
    "arriaga",
    "asfr",
    "assess",
    "assess_forms",
    "Assessment",
    "Assessments",
    "attack",
    "bachi",
    "Backtest",
    "backtest",
    "BasketCoverage",
    "BenefitRecipients",
    "births",
    "borda",
    "borders",
    "catalogue",
    "catalogue_inputs",
    "class_breaks",
    "CoherentLeeCarter",
    "cohort_component",
    "cohort_deaths",
    "cohort_weights",
    "CohortProjection",
    "components_of_change",
    "constant_rates",
    "copeland",
    "Coverage",
    "coverage",
    "coverage_template",
    "critic_weights",
    "Deinstitutionalisation",
    "deinstitutionalisation",
    "diagnose",
    "Diagnosis",
    "DiagnozaError",
    "diff_records",
    "DigitPreference",
    "electre3",
    "entropy_weights",
    "errors",
    "ExpectancyInterval",
    "fertility_schedule",
    "fit_fertility",
    "fit_rogers_castro",
    "FittedCoherentLeeCarter",
    "FittedFertility",
    "FittedLeeCarter",
    "FittedLiLee",
    "FittedRogersCastro",
    "forecast_errors",
    "Formula",
    "Gazetteer",
    "gdm",
    "generalised_mean",
    "graduate",
    "Graduated",
    "gross_flows",
    "gross_reproduction",
    "GrossFlows",
    "hamilton_perry",
    "HamiltonPerry",
    "hellwig",
    "HouseholdMembers",
    "in_rates",
    "in_shares",
    "indicators",
    "interval_coverage",
    "interval_quality",
    "Inverse",
    "kannisto",
    "kannisto_coherent",
    "Kitagawa",
    "kitagawa",
    "kitagawa_many",
    "LeeCarter",
    "Leslie",
    "leslie",
    "lexicographic",
    "life_expectancy",
    "LifeTable",
    "LiLee",
    "LiLeeForecast",
    "LocalProjection",
    "mean_age_at_birth",
    "migration_pool",
    "MortalityForecast",
    "MortalityPaths",
    "mx_from_e0",
    "myers",
    "Needs",
    "needs",
    "needs_template",
    "net_from_proportions",
    "net_of_balance",
    "net_rates",
    "net_reproduction",
    "no_change",
    "normalise",
    "not_reproduced",
    "omission_cost",
    "omission_template",
    "OmissionCost",
    "out_rates",
    "ozps",
    "plot",
    "PeersFrom",
    "PoolMoves",
    "project",
    "project_parts",
    "Projection",
    "promethee2",
    "publication_view",
    "PublicationTable",
    "PublicationView",
    "rake",
    "Raked",
    "read_bdl",
    "read_eurostat",
    "read_gus_projection",
    "read_hmd",
    "read_tidy",
    "reconcile",
    "Reconciled",
    "Region",
    "region",
    "relational_logit",
    "RelationalLogit",
    "replay",
    "report",
    "required_values",
    "residual_migration",
    "ResidualMigration",
    "Robustness",
    "rogers_castro",
    "Scenario",
    "Scores",
    "select",
    "Selection",
    "service_basket",
    "service_basket_template",
    "ServiceBasket",
    "shift_life_expectancy",
    "shipped_specs",
    "shipped_targets",
    "simulate",
    "Simulation",
    "Smaa",
    "smaa",
    "SmallAreaMortality",
    "spec_schema",
    "stable_population",
    "StablePopulation",
    "standard_migration",
    "std_weights",
    "structure_one_year_before",
    "table",
    "table_info",
    "tables",
    "tfr_path",
    "topsis",
    "total_fertility",
    "trend",
    "un_male_labour",
    "weighted_product",
    "weighted_sum",
    "which_specs",
    "Whipple",
    "whipple",
    "woman_years",
]


def __getattr__(name: str) -> ModuleType:
    """Load charts and the report when they are first asked for."""
    if name in {"plot", "report"}:
        return importlib.import_module(f"diagnoza.{name}")
    raise AttributeError(f"module 'diagnoza' has no attribute {name!r}")


def __dir__() -> list[Any]:
    """List the public names."""
    return sorted(__all__)
