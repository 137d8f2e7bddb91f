//! Zero unitarisation: every criterion from 0, the worst present, to 1, the best.
//!
//! # Formula
//! With `min` and `max` of the criterion over the alternatives:
//! - stimulant `z = (x - min) / (max - min)`;
//! - destimulant `z = (max - x) / (max - min)`;
//! - nominant with range `[c1, c2]`: `z = (x - min) / (c1 - min)` for `x < c1`, 1 inside,
//!   `z = (max - x) / (max - c2)` for `x > c2`.
//!
//! Any change of unit leaves `z` as it is. Reference: Kukuła, K. (2000) *Metoda unitaryzacji zerowanej*, PWN.

use super::column::SortedColumn;
use super::{Constant, MethodError, Orientation};

/// The criterion unitarised; a constant stimulant or destimulant is what `constant` says. The formula defines
/// a constant nominant: 1 in the range, 0 outside.
#[doc(alias = "unitaryzacja zerowana")]
pub(super) fn zero_unitarised(
    column: &[f64],
    criterion: usize,
    orientation: Orientation,
    constant: Constant,
) -> Result<Vec<f64>, MethodError> {
    let sorted = SortedColumn::new(column.iter().copied());
    let (min, max, range) = (sorted.min(), sorted.max(), sorted.range());
    if sorted.is_constant() && !matches!(orientation, Orientation::Nominant { .. }) {
        return Ok(vec![constant.value(criterion, min)?; column.len()]);
    }
    let spans = match orientation {
        Orientation::Nominant { low, high } => [low - min, max - high],
        _ => [range, range],
    };
    if spans.iter().any(|span| !span.is_finite()) {
        return Err(MethodError::Magnitude { criterion });
    }
    let unitarised = |x: f64| match orientation {
        Orientation::Stimulant => (x - min) / range,
        Orientation::Destimulant => (max - x) / range,
        Orientation::Nominant { low, .. } if x < low => (x - min) / (low - min),
        Orientation::Nominant { high, .. } if x > high => (max - x) / (max - high),
        Orientation::Nominant { .. } => 1.0,
    };
    Ok(column.iter().map(|&x| unitarised(x)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nominant_rises_to_its_range_and_falls_behind_it() {
        let nominant = Orientation::Nominant { low: 4.0, high: 6.0 };
        let found = zero_unitarised(&[2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0], 0, nominant, Constant::Refuse);
        assert_eq!(found.unwrap(), [0.0, 0.5, 1.0, 1.0, 1.0, 0.5, 0.0]);
        let outside = zero_unitarised(&[9.0, 9.0], 0, nominant, Constant::Refuse).unwrap();
        assert_eq!(outside, [0.0, 0.0]);
    }
}
