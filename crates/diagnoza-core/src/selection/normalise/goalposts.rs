use serde::{Deserialize, Serialize};

use super::{MethodError, Orientation};

/// Fixed ends of a scale for one criterion: what counts as 0 and as 1 does not depend on who is compared.
///
/// # Formula
/// Stimulant `z = (x - low) / (high - low)`, destimulant `z = (high - x) / (high - low)`; with `clip` a value
/// outside the posts counts as the nearer of 0 and 1. Reference: UNDP, *Human Development Report*, technical
/// notes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goalposts {
    /// Lower end, in the unit of the criterion.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Goalposts {
    pub(super) fn normalised(
        self,
        column: &[f64],
        criterion: usize,
        orientation: Orientation,
        clip: bool,
    ) -> Result<Vec<f64>, MethodError> {
        let Self { low, high } = self;
        let length = high - low;
        if !(low.is_finite() && high.is_finite() && length > 0.0 && length.is_finite()) {
            let expected = "a finite number above the lower goalpost";
            return Err(MethodError::Threshold { criterion, name: "upper goalpost", got: high, expected });
        }
        let scaled = |x: f64| match orientation {
            Orientation::Stimulant => Ok((x - low) / length),
            Orientation::Destimulant => Ok((high - x) / length),
            Orientation::Nominant { .. } => Err(MethodError::Nominant { criterion, method: "goalposts" }),
        };
        column.iter().map(|&x| scaled(x).map(|z| if clip { z.clamp(0.0, 1.0) } else { z })).collect()
    }
}
