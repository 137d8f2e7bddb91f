use super::Process;
use crate::demography::mortality_model::Draws;

/// Deviations of one unit over the years.
#[derive(Clone)]
pub(super) struct Deviations {
    pub(super) fertility: Vec<f64>,
    pub(super) mortality: Vec<f64>,
    pub(super) migration: Vec<f64>,
}

impl Deviations {
    pub(super) fn none(steps: usize) -> Self {
        Self { fertility: vec![0.0; steps], mortality: vec![0.0; steps], migration: vec![0.0; steps] }
    }

    /// Adds a path of each component's process, its numbers drawn for the place alone.
    pub(super) fn add(
        &mut self,
        [fertility, mortality, migration]: [Process; 3],
        seed: u64,
        place: &str,
        path: usize,
    ) {
        for (process, component, deviations) in [
            (fertility, "fertility", &mut self.fertility),
            (mortality, "mortality", &mut self.mortality),
            (migration, "migration", &mut self.migration),
        ] {
            if !process.is_none() {
                let mut draws = Draws::new(seed, &format!("{component}/{place}"), path as u64);
                process.add_path(&mut draws, deviations);
            }
        }
    }
}
