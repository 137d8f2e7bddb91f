use serde::{Deserialize, Serialize};

use super::{TrajectoryError, TrajectoryIndicator};
use crate::demography::projection::Area;
use crate::observation::Year;
use crate::territory::UnitId;

/// An area with its central forecast, and the group it belongs to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrajectoryArea {
    /// Base and central assumptions.
    pub area: Area,
    /// The group whose deviations it shares, such as its subregion.
    pub group: UnitId,
}

/// A unit whose indicators are asked for: the sum of areas.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrajectoryUnit {
    /// The unit.
    pub unit: UnitId,
    /// The areas it is made of.
    pub areas: Vec<UnitId>,
}

/// What is drawn and summed up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrajectoryRequest {
    /// Units, in the order of the result.
    pub units: Vec<TrajectoryUnit>,
    /// Indicators.
    pub indicators: Vec<TrajectoryIndicator>,
    /// Probabilities of the quantiles, above 0 and below 1.
    pub probabilities: Vec<f64>,
    /// Number of paths, 2 or more.
    pub draws: usize,
    /// Seed of the paths.
    pub seed: u64,
    /// Last year known: deviations begin in the year after it.
    pub jump_off: Year,
    /// Last year drawn.
    pub until: Year,
    /// Whether the paths of the indicators are kept.
    pub keep_paths: bool,
}

/// Values kept for the quantiles at most: 2 GB.
const MOST_VALUES: usize = 250_000_000;

/// Numbers of a request that need no area to be checked.
pub(super) fn check_numbers(request: &TrajectoryRequest) -> Result<(), TrajectoryError> {
    let few = |what, got, expected: &str| {
        Err(TrajectoryError::Request { what, got, expected: expected.to_owned() })
    };
    if request.draws < 2 {
        return few("draws", request.draws, "2 or more paths, 1000 for quantiles such as 0.025");
    }
    if request.units.is_empty() {
        return few("units", 0, "1 or more");
    }
    if request.indicators.is_empty() {
        return few("indicators", 0, "1 or more");
    }
    for (position, indicator) in request.indicators.iter().enumerate() {
        if request.indicators[..position].iter().any(|before| before.id == indicator.id) {
            return Err(TrajectoryError::Twice { what: "indicator", got: indicator.id.clone() });
        }
    }
    for (position, unit) in request.units.iter().enumerate() {
        if request.units[..position].iter().any(|before| before.unit == unit.unit) {
            return Err(TrajectoryError::Twice { what: "unit", got: unit.unit.to_string() });
        }
    }
    if let Some(&got) = request.probabilities.iter().find(|p| !(**p > 0.0 && **p < 1.0)) {
        return Err(TrajectoryError::Probability { got });
    }
    let years = usize::from(request.until.get().saturating_sub(request.jump_off.get()));
    let cells = request.units.len() * years * request.indicators.len();
    match cells.checked_mul(request.draws) {
        Some(0..=MOST_VALUES) => Ok(()),
        _ => few(
            "draws",
            request.draws,
            &format!(
                "at most {}: {cells} figures (units x years x indicators) are kept of each path; ask for fewer",
                MOST_VALUES / cells.max(1)
            ),
        ),
    }
}
