use super::RobustnessError;
use crate::selection::offers::refusal_of;
use crate::selection::prepared::{OptimalSets, Prepared};
use crate::selection::weights::Weights;
use crate::selection::{Candidates, MethodSpec, SelectionSpec, Values, WeightsSpec};
use crate::territory::Teryt;

/// A choice that can be made again with other weights, methods or values.
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    /// Quotas and conditions.
    pub problem: Prepared,
    /// Values of the primary criteria, the gminas in the order of the problem.
    pub values: Values,
    /// The method.
    pub method: MethodSpec,
    /// The rule for weights, for a method that weighs.
    pub weights: Option<WeightsSpec>,
}

impl Study {
    /// Puts the parts together.
    ///
    /// # Errors
    /// [`RobustnessError::Gminas`] when the values are those of another problem.
    pub fn new(
        problem: Prepared,
        values: Values,
        method: MethodSpec,
        weights: Option<WeightsSpec>,
    ) -> Result<Self, RobustnessError> {
        let (got, expected) = (values.values.nrows(), problem.gminas().len());
        if got == expected {
            Ok(Self { problem, values, method, weights })
        } else {
            Err(RobustnessError::Gminas { got, expected })
        }
    }

    /// The study of a specification on the gminas that are eligible under it. Who refused an offered place
    /// refuses it in every other choice too.
    #[must_use]
    pub fn of(candidates: &Candidates, spec: &SelectionSpec) -> Self {
        let mut problem = candidates.problem.clone();
        problem.outside = (0..candidates.gminas.len())
            .filter(|&gmina| refusal_of(spec, candidates.gminas[gmina].code).is_some())
            .collect();
        Self {
            problem,
            values: candidates.values.clone(),
            method: spec.method,
            weights: spec.weights.clone(),
        }
    }

    /// The choice as it stands.
    ///
    /// # Errors
    /// [`RobustnessError`].
    pub fn choose(&self) -> Result<OptimalSets, RobustnessError> {
        let scored = self.values.score(&self.method, self.weights.as_ref())?;
        Ok(self.problem.choose_scores(&scored.score)?)
    }

    /// The choice with these weights.
    pub(super) fn choose_weighted(&self, weights: &Weights) -> Result<OptimalSets, RobustnessError> {
        let scored = self.values.score_weighted(&self.method, weights)?;
        Ok(self.problem.choose_scores(&scored.score)?)
    }

    /// Codes of positions.
    pub(super) fn codes(&self, positions: &[usize]) -> Vec<Teryt> {
        positions.iter().filter_map(|&at| self.problem.gminas().get(at).copied()).collect()
    }
}
