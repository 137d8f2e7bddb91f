//! Bindings of diagnoza: they convert and document, and do not compute.
#![allow(clippy::needless_pass_by_value, reason = "arguments arrive owned from Python")]

use pyo3::prelude::*;

mod arrow;
mod cohort_component;
mod data;
mod diagnosis;
mod error;
mod forecast;
mod indicators;
mod reading;
mod scenario;
mod selection;
mod stable_population;
mod territory;

/// Native part of diagnoza: Rust behind the package `diagnoza`.
#[pymodule]
mod _native {
    use super::pymodule_init;
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::arrow::Table;
    #[pymodule_export]
    use super::cohort_component::{CohortProjection, cohort_component};
    #[pymodule_export]
    use super::data::{borders, manifest, table, table_info};
    #[pymodule_export]
    use super::diagnosis::diagnose;
    #[pymodule_export]
    use super::forecast::{components, population, provenance};
    #[pymodule_export]
    use super::indicators::{catalogue, indicators};
    #[pymodule_export]
    use super::reading::{Reading, read_bdl, read_gus_projection, read_tidy};
    #[pymodule_export]
    use super::scenario::Scenario;
    #[pymodule_export]
    use super::selection::{Decision, select, shipped_specs};
    #[pymodule_export]
    use super::stable_population::{Leslie, StablePopulation, leslie, stable_population};
    #[pymodule_export]
    use super::territory::Gazetteer;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        pymodule_init(module)
    }
}

fn pymodule_init(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))
}
