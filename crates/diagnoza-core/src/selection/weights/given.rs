use serde::{Deserialize, Serialize};

use crate::selection::normalise::{MethodError, check_length};

/// Weights of criteria, each 0 or more, scaled so that they sum to 1.
///
/// ```
/// use diagnoza_core::selection::weights::Weights;
///
/// assert_eq!(Weights::given(&[3.0, 1.0])?.as_slice(), [0.75, 0.25]);
/// assert!(Weights::given(&[1.0, -1.0]).is_err());
/// # Ok::<(), diagnoza_core::selection::normalise::MethodError>(())
/// ```
#[doc(alias = "wagi")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Vec<f64>", into = "Vec<f64>")]
pub struct Weights(Vec<f64>);

impl Weights {
    /// Weights as given, scaled: `w_j / sum(w)`.
    ///
    /// # Errors
    /// [`MethodError`] for a weight below 0 or not finite, for no weights and for weights that are all 0.
    pub fn given(weights: &[f64]) -> Result<Self, MethodError> {
        if let Some(criterion) = weights.iter().position(|w| !w.is_finite() || *w < 0.0) {
            return Err(MethodError::Weight { criterion, got: weights[criterion] });
        }
        let largest = weights.iter().fold(0.0_f64, |most, &w| most.max(w));
        if largest <= 0.0 {
            return Err(MethodError::NoWeight);
        }
        let sum: f64 = weights.iter().sum();
        if sum.is_finite() && sum.is_normal() {
            return Ok(Self(weights.iter().map(|w| w / sum).collect()));
        }
        let parts: Vec<f64> = weights.iter().map(|w| w / largest).collect();
        let sum: f64 = parts.iter().sum();
        Ok(Self(parts.iter().map(|w| w / sum).collect()))
    }

    /// The same weight for every one of so many criteria.
    ///
    /// # Errors
    /// [`MethodError`] for no criteria.
    pub fn equal(criteria: usize) -> Result<Self, MethodError> {
        Self::given(&vec![1.0; criteria])
    }

    /// The weights in the order of the criteria.
    #[must_use]
    pub fn as_slice(&self) -> &[f64] {
        &self.0
    }

    pub(crate) fn check(&self, criteria: usize) -> Result<&[f64], MethodError> {
        check_length("weights", self.0.len(), criteria)?;
        Ok(&self.0)
    }
}

impl TryFrom<Vec<f64>> for Weights {
    type Error = MethodError;

    fn try_from(weights: Vec<f64>) -> Result<Self, MethodError> {
        let checked = Self::given(&weights)?;
        // What was scaled before is read back as it was written, to the last bit.
        let sum: f64 = weights.iter().sum();
        Ok(if (sum - 1.0).abs() < 1e-12 { Self(weights) } else { checked })
    }
}

impl From<Weights> for Vec<f64> {
    fn from(weights: Weights) -> Self {
        weights.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_checked_scaled_and_read_back() {
        for (wrong, word) in [
            (vec![0.5, -0.1], "criterion 1 is -0.1"),
            (vec![f64::NAN], "NaN"),
            (vec![0.0, 0.0], "no weight"),
            (vec![], "no weight"),
        ] {
            let error = Weights::given(&wrong).unwrap_err();
            assert!(error.to_string().contains(word), "{error}");
        }
        for odd in [[1e308, 1e308, 1e308], [5e-324, 5e-324, 5e-324]] {
            let sum: f64 = Weights::given(&odd).unwrap().as_slice().iter().sum();
            assert!((sum - 1.0).abs() < 1e-15, "{odd:?}");
        }
        let weights = Weights::given(&[0.1, 0.2, 0.4]).unwrap();
        let json = serde_json::to_string(&weights).unwrap();
        assert_eq!(serde_json::from_str::<Weights>(&json).unwrap(), weights);
        assert!(serde_json::from_str::<Weights>("[-1, 2]").is_err());
    }
}
