use ndarray::Array2;
use serde::{Deserialize, Serialize};

use super::{TrajectoryIndicator, UncertaintySpec, uncertainty::Components};
use crate::observation::Year;
use crate::territory::UnitId;

/// One indicator of one unit over the years of the forecast.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fan {
    /// The unit.
    pub unit: UnitId,
    /// Position of the indicator in [`Trajectories::indicators`].
    pub indicator: usize,
    /// The central forecast, a value a year.
    pub central: Vec<f64>,
    /// Mean of the paths.
    pub mean: Vec<f64>,
    /// Quantiles of the paths, years x probabilities.
    pub quantiles: Array2<f64>,
    /// The paths, paths x years, where they were to be kept.
    pub paths: Option<Array2<f64>>,
}

/// Trajectories summed up: fans of every indicator of every unit, and what they were made with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trajectories {
    /// Last year known.
    pub jump_off: Year,
    /// Years forecast.
    pub years: Vec<Year>,
    /// The indicators.
    pub indicators: Vec<TrajectoryIndicator>,
    /// Probabilities of the quantiles.
    pub probabilities: Vec<f64>,
    /// Number of paths.
    pub draws: usize,
    /// Seed of the paths.
    pub seed: u64,
    /// Parameters of the uncertainty.
    pub uncertainty: UncertaintySpec,
    /// Components that deviate.
    pub components: Components,
    /// Areas projected.
    pub areas: Vec<UnitId>,
    /// How often net migration of an age was changed in an area's path, so that nobody below zero was left.
    pub adjusted: u64,
    /// Fans: units in the order asked for, each with all indicators.
    pub fans: Vec<Fan>,
}

impl Trajectories {
    /// The fan of an indicator of a unit.
    #[must_use]
    pub fn fan(&self, unit: UnitId, indicator: &str) -> Option<&Fan> {
        let position = self.indicators.iter().position(|known| known.id == indicator)?;
        self.fans.iter().find(|fan| fan.unit == unit && fan.indicator == position)
    }
}
