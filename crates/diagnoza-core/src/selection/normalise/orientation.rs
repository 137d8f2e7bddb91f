use ndarray::{Array2, ArrayView2};
use serde::{Deserialize, Serialize};

use super::{MethodError, check_length, check_table};

/// What speaks for an alternative in one criterion: more, less, or being near to a nominal value.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Orientation {
    /// More.
    #[doc(alias = "stymulanta")]
    Stimulant,
    /// Less.
    #[doc(alias = "destymulanta")]
    Destimulant,
    /// A value in the nominal range, both ends included; `low` = `high` for a single nominal value.
    #[doc(alias = "nominanta")]
    Nominant {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
}

/// How destimulants and nominants are turned into stimulants (Walesiak 2011).
///
/// | | destimulant | nominant `[low, high]` |
/// | --- | --- | --- |
/// | difference | `-x` | `-(distance of x to the range)` |
/// | quotient | `1 / x` | `x / low` below, 1 inside, `high / x` above |
///
/// The quotient is for values above 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turning {
    /// By subtraction, for values on an interval scale.
    Difference,
    /// By division, for values on a ratio scale.
    Quotient,
}

impl Orientation {
    /// The value as one of a stimulant; `Err` holds what the quotient needs.
    fn turn(self, x: f64, turning: Turning) -> Result<f64, &'static str> {
        const POSITIVE: &str = "a quotient turns a destimulant or nominant only where every value is above 0: \
                                use a formula that subtracts (n1 to n5a, n12, n13, zero_unitarisation)";
        Ok(match (self, turning) {
            (Self::Stimulant, _) => x,
            (Self::Destimulant, Turning::Difference) => -x,
            (Self::Nominant { low, high }, Turning::Difference) => -(low - x).max(x - high).max(0.0),
            _ if x <= 0.0 => return Err(POSITIVE),
            (Self::Destimulant, Turning::Quotient) => 1.0 / x,
            (Self::Nominant { low, .. }, Turning::Quotient) if x < low => x / low,
            (Self::Nominant { high, .. }, Turning::Quotient) if x > high => high / x,
            (Self::Nominant { .. }, Turning::Quotient) => 1.0,
        })
    }
}

/// The table with every criterion turned into a stimulant: more is better everywhere.
///
/// # Errors
/// [`MethodError`] names the alternative and the criterion.
pub fn orient(
    values: ArrayView2<'_, f64>,
    orientations: &[Orientation],
    turning: Turning,
) -> Result<Array2<f64>, MethodError> {
    check_table(values)?;
    check_orientations(orientations, values.ncols())?;
    let mut turned = Array2::zeros(values.dim());
    for ((alternative, criterion), &got) in values.indexed_iter() {
        let value = orientations[criterion].turn(got, turning).map_err(|needs| MethodError::Value {
            alternative,
            criterion,
            got,
            needs,
        })?;
        if !value.is_finite() {
            return Err(MethodError::Magnitude { criterion });
        }
        // A sum with 0 makes -0 a 0, so that equal values have equal bits.
        turned[(alternative, criterion)] = value + 0.0;
    }
    Ok(turned)
}

pub(crate) fn check_orientations(orientations: &[Orientation], criteria: usize) -> Result<(), MethodError> {
    check_length("directions", orientations.len(), criteria)?;
    for (criterion, &orientation) in orientations.iter().enumerate() {
        if let Orientation::Nominant { low, high } = orientation
            && !(low.is_finite() && high.is_finite() && low <= high)
        {
            return Err(MethodError::NominalRange { criterion, low, high });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn turns_by_difference_and_by_quotient() {
        let nominant = Orientation::Nominant { low: 2.0, high: 4.0 };
        let all = [Orientation::Stimulant, Orientation::Destimulant, nominant];
        let values = array![[1.0, 1.0, 1.0], [2.0, 2.0, 3.0], [8.0, 8.0, 8.0]];
        let turned = orient(values.view(), &all, Turning::Difference).unwrap();
        assert_eq!(turned, array![[1.0, -1.0, -1.0], [2.0, -2.0, 0.0], [8.0, -8.0, -4.0]]);
        let turned = orient(values.view(), &all, Turning::Quotient).unwrap();
        assert_eq!(turned, array![[1.0, 1.0, 0.5], [2.0, 0.5, 1.0], [8.0, 0.125, 0.5]]);
    }

    #[test]
    fn refuses_what_has_no_quotient_and_ranges_that_are_none() {
        let zero = array![[1.0, 0.0]];
        let both = [Orientation::Stimulant, Orientation::Destimulant];
        let error = orient(zero.view(), &both, Turning::Quotient).unwrap_err();
        assert!(error.to_string().starts_with("alternative 0, criterion 1: 0; a quotient"), "{error}");
        let wrong = [Orientation::Stimulant, Orientation::Nominant { low: 2.0, high: 1.0 }];
        assert!(matches!(
            orient(zero.view(), &wrong, Turning::Difference),
            Err(MethodError::NominalRange { criterion: 1, .. })
        ));
        let error = orient(array![[f64::NAN, 1.0]].view(), &both, Turning::Difference).unwrap_err();
        assert!(matches!(error, MethodError::NotFinite { alternative: 0, criterion: 0, .. }));
        assert!(matches!(
            orient(zero.view(), &both[..1], Turning::Difference),
            Err(MethodError::Length { got: 1, expected: 2, .. })
        ));
    }
}
