//! Bindings of diagnoza: they convert and document, and do not compute.
#![allow(clippy::needless_pass_by_value, reason = "arguments arrive owned from Python")]

use pyo3::prelude::*;

mod arrow;
mod assessment;
mod backtest;
mod cohort_component;
mod coverage;
mod data;
mod decomposition;
mod diagnosis;
mod disclosure;
mod error;
mod fertility;
mod forecast;
mod graduation;
mod indicators;
mod life_table;
mod local_projection;
mod migration;
mod mortality_model;
mod multicriteria;
mod needs;
mod own_forecast;
mod ozps;
mod progress;
mod reading;
mod reconcile;
mod robustness;
mod scenario;
mod selection;
mod small_area;
mod stable_population;
mod survival;
mod territory;
mod trajectories;

/// Native part of diagnoza: Rust behind the package `diagnoza`.
#[pymodule]
mod _native {
    use super::pymodule_init;
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::arrow::Table;
    #[pymodule_export]
    use super::assessment::{Assessments, assess, class_breaks};
    #[pymodule_export]
    use super::backtest::{forecast_errors, hamilton_perry, interval_quality, no_change, trend};
    #[pymodule_export]
    use super::cohort_component::{CohortProjection, cohort_component, constant_rates};
    #[pymodule_export]
    use super::coverage::{coverage, shipped_targets};
    #[pymodule_export]
    use super::data::{borders, manifest, table, table_info};
    #[pymodule_export]
    use super::decomposition::{arriaga, components_of_change, kitagawa, kitagawa_many};
    #[pymodule_export]
    use super::diagnosis::diagnose;
    #[pymodule_export]
    use super::disclosure::{attack, publication_view, published_table};
    #[pymodule_export]
    use super::fertility::{
        asfr, births, fertility_schedule, fit_fertility, gross_reproduction, mean_age_at_birth,
        net_reproduction, tfr_path_converging, tfr_path_given, total_fertility, woman_years,
    };
    #[pymodule_export]
    use super::forecast::{components, difference, population, provenance};
    #[pymodule_export]
    use super::graduation::{bachi, graduate, myers, whipple};
    #[pymodule_export]
    use super::indicators::{
        catalogue, catalogue_inputs, check_formula, compute_indicators, indicators, not_reproduced,
    };
    #[pymodule_export]
    use super::life_table::{LifeTable, kannisto};
    #[pymodule_export]
    use super::local_projection::{project_parts, structure_one_year_before};
    #[pymodule_export]
    use super::migration::{
        cohort_deaths, fit_rogers_castro, gross_flows, in_shares, migration_direction, migration_directions,
        migration_pool, migration_proportions, migration_rates, net_of_balance, residual_by_deaths,
        residual_by_survival, rogers_castro, standard_migration, un_male_labour,
    };
    #[pymodule_export]
    use super::mortality_model::{
        coherent_lee_carter, coherent_mx_from_e0, cohort_weights, lee_carter, lee_carter_forecast,
        lee_carter_simulate, li_lee, li_lee_forecast, li_lee_simulate, life_expectancies, mx_from_e0,
    };
    #[pymodule_export]
    use super::multicriteria::{
        ahp, borda, copeland, data_weights, electre3, gdm, generalised_mean, hellwig, lexicographic,
        normalise_criteria, promethee2, smaa, smaa_pairwise, topsis, weighted_product, weighted_sum,
    };
    #[pymodule_export]
    use super::needs::{
        basket_coverage, deinstitutionalisation, needs, omission_cost, service_basket, template,
    };
    #[pymodule_export]
    use super::own_forecast::backtest;
    #[pymodule_export]
    use super::ozps::{OzpsForm, ozps_edition, ozps_editions, ozps_empty, ozps_from_json, ozps_read};
    #[pymodule_export]
    use super::reading::{Reading, read_bdl, read_eurostat, read_gus_projection, read_hmd, read_tidy};
    #[pymodule_export]
    use super::reconcile::{Raked, rake, reconcile};
    #[pymodule_export]
    use super::robustness::{required_values, study, which_specs};
    #[pymodule_export]
    use super::scenario::Scenario;
    #[pymodule_export]
    use super::selection::{Decision, diff_records, replay_decision, select, shipped_specs, spec_schema};
    #[pymodule_export]
    use super::small_area::{relational_logit, relational_tables};
    #[pymodule_export]
    use super::stable_population::{Leslie, StablePopulation, leslie, stable_population};
    #[pymodule_export]
    use super::survival::{life_expectancy, shift_life_expectancy};
    #[pymodule_export]
    use super::territory::Gazetteer;
    #[pymodule_export]
    use super::trajectories::{interval_coverage, simulate};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        pymodule_init(module)
    }
}

fn pymodule_init(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))
}
