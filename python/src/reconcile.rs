use diagnoza_core::demography::reconcile::{
    self as core, Flows, JumpOff, Leftover, Margin, RakeOptions, ReconcileOptions,
};
use numpy::{PyArrayDyn, PyReadonlyArrayDyn, ToPyArray};
use pyo3::prelude::*;

use crate::cohort_component::CohortProjection;
use crate::error::Fault;

/// A table raked to margins.
#[pyclass(frozen, module = "diagnoza._native")]
pub(crate) struct Raked(core::Raked);

#[pymethods]
impl Raked {
    /// The table, of the seed's shape.
    #[getter]
    fn table<'py>(&self, py: Python<'py>) -> Bound<'py, PyArrayDyn<f64>> {
        self.0.table.to_pyarray(py)
    }

    /// Factors on the seed, one array per margin.
    #[getter]
    fn factors<'py>(&self, py: Python<'py>) -> Vec<Bound<'py, PyArrayDyn<f64>>> {
        self.0.factors.iter().map(|factors| factors.to_pyarray(py)).collect()
    }

    /// Iterations made.
    #[getter]
    fn iterations(&self) -> usize {
        self.0.iterations
    }

    /// Largest relative deviation of a sum from its target.
    #[getter]
    fn max_deviation(&self) -> f64 {
        self.0.max_deviation
    }

    fn __repr__(&self) -> String {
        let (shape, found) = (self.0.table.shape(), &self.0);
        format!(
            "Raked(shape={shape:?}, iterations={}, max_deviation={:e})",
            found.iterations, found.max_deviation
        )
    }
}

/// Rakes a table to margins, each the axes it keeps and its target.
#[pyfunction]
pub(crate) fn rake(
    py: Python<'_>,
    seed: PyReadonlyArrayDyn<'_, f64>,
    margins: Vec<(Vec<usize>, PyReadonlyArrayDyn<'_, f64>)>,
    tolerance: f64,
    max_iterations: usize,
    margin_tolerance: f64,
) -> Result<Raked, Fault> {
    let seed = seed.as_array().to_owned();
    let margins: Vec<Margin> = margins
        .into_iter()
        .map(|(axes, target)| Margin { axes, target: target.as_array().to_owned() })
        .collect();
    let options = RakeOptions { tolerance, max_iterations, margin_tolerance };
    Ok(Raked(py.detach(move || core::rake(seed.view(), &margins, options))?))
}

type FactorRow = (usize, &'static str, Option<usize>, &'static str, Option<f64>, f64, bool, f64);

/// Reconciles projections of areas with the upper level's: the areas and the factors used.
#[pyfunction]
pub(crate) fn reconcile(
    py: Python<'_>,
    areas: Vec<PyRef<'_, CohortProjection>>,
    upper: PyRef<'_, CohortProjection>,
    bounds: (f64, f64),
    leftover: &str,
    jump_off: &str,
) -> Result<(Vec<CohortProjection>, Vec<FactorRow>), Fault> {
    let options = ReconcileOptions {
        lowest: bounds.0,
        highest: bounds.1,
        leftover: match leftover {
            "net_migration" => Leftover::NetMigration,
            "report" => Leftover::Report,
            _ => return Err(Fault::word("leftover", leftover, &["net_migration", "report"])),
        },
        jump_off: match jump_off {
            "refuse" => JumpOff::Refuse,
            "rake" => JumpOff::Rake,
            _ => return Err(Fault::word("jump_off", jump_off, &["refuse", "rake"])),
        },
    };
    let projected: Vec<_> = areas.iter().map(|area| area.0.clone()).collect();
    let upper = Flows::of(&upper.0);
    py.detach(move || {
        let flows: Vec<Flows> = projected.iter().map(Flows::of).collect();
        let found = core::reconcile(&flows, &upper, options)?;
        let areas = found
            .areas
            .iter()
            .zip(&projected)
            .map(|(flows, run)| Ok(CohortProjection(flows.replaced_in(run)?)))
            .collect::<Result<_, Fault>>()?;
        let row = |f: &core::Factor| {
            (f.step, f.sex.letter(), f.age, f.component.word(), f.wanted, f.factor, f.capped, f.left)
        };
        Ok((areas, found.factors.iter().map(row).collect()))
    })
}
