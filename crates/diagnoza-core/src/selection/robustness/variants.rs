use serde::{Deserialize, Serialize};

use super::{RobustnessError, Study};
use crate::selection::{Method, MethodSpec, NormalisationRule, WeightRule, WeightsSpec};
use crate::territory::Teryt;

/// Methods, normalisations and weights to be combined.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VariantFamily {
    /// Methods.
    pub methods: Vec<Method>,
    /// Normalisations, each with every method that asks for one.
    pub normalisations: Vec<NormalisationRule>,
    /// Rules for weights, each with every method that weighs.
    pub weights: Vec<WeightRule>,
}

/// The same choice by other methods, normalisations and weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variants {
    /// Variants that gave a choice, in the order of the family.
    pub variants: Vec<Variant>,
    /// Variants that the values or the specification do not admit.
    pub refused: Vec<RefusedVariant>,
    /// For every gmina chosen in some variant: the number of variants, a tie counting as its share.
    pub chosen_in: Vec<(Teryt, f64)>,
}

/// One variant and its choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// Method.
    pub method: Method,
    /// Normalisation, where the method asks for one.
    pub normalisation: Option<NormalisationRule>,
    /// Rule for the weights, where the method weighs.
    pub weights: Option<WeightRule>,
    /// Gminas in every optimal set.
    pub chosen: Vec<Teryt>,
    /// Gminas in some optimal sets only.
    pub tied: Vec<Teryt>,
}

/// A variant without a choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RefusedVariant {
    /// Method.
    pub method: Method,
    /// Normalisation.
    pub normalisation: Option<NormalisationRule>,
    /// Rule for the weights.
    pub weights: Option<WeightRule>,
    /// Why not.
    pub reason: String,
}

impl VariantFamily {
    /// Every method with every normalisation and rule for weights that a study can have: weights given and
    /// AHP only where the specification has them, goalposts only where the criteria do.
    #[must_use]
    pub fn all_of(study: &Study) -> Self {
        use NormalisationRule as N;
        let criteria = &study.values.criteria;
        let goalposts = criteria.iter().all(|criterion| criterion.goalposts.is_some());
        let mut normalisations = vec![
            N::ZeroUnitarisation,
            N::N1,
            N::N2,
            N::N3,
            N::N3a,
            N::N4,
            N::N5,
            N::N5a,
            N::N6,
            N::N6a,
            N::N7,
            N::N8,
            N::N9,
            N::N9a,
            N::N10,
            N::N11,
            N::N12,
            N::N12a,
            N::N13,
            N::Rank,
            N::Percentile,
        ];
        normalisations.extend(goalposts.then_some(N::Goalposts));
        let mut weights = vec![WeightRule::Equal, WeightRule::Entropy, WeightRule::Critic, WeightRule::Std];
        let given = criteria.iter().all(|criterion| criterion.weight.is_some());
        weights.extend(given.then_some(WeightRule::Given));
        let matrix = study.weights.as_ref().is_some_and(|weights| weights.matrix.is_some());
        weights.extend(matrix.then_some(WeightRule::Ahp));
        Self { methods: Method::ALL.to_vec(), normalisations, weights }
    }
}

/// Chooses again by every variant of a family.
///
/// # Errors
/// What the conditions of the choice refuse; a variant that the method refuses is listed with its reason.
pub fn variants(study: &Study, family: &VariantFamily) -> Result<Variants, RobustnessError> {
    let mut found = Variants { variants: Vec::new(), refused: Vec::new(), chosen_in: Vec::new() };
    let mut times = vec![0.0; study.problem.gminas().len()];
    for &method in &family.methods {
        for normalisation in options(method.normalises(), &family.normalisations) {
            for weights in options(method.weighs(), &family.weights) {
                let spec = MethodSpec { name: method, normalisation, ..study.method };
                let matrix = study.weights.as_ref().and_then(|weights| weights.matrix.clone());
                let rule = weights.map(|rule| WeightsSpec { rule, matrix });
                match study.values.score(&spec, rule.as_ref()) {
                    Err(reason) => {
                        let reason = reason.to_string();
                        found.refused.push(RefusedVariant { method, normalisation, weights, reason });
                    }
                    Ok(scored) => {
                        let sets = study.problem.choose_scores(&scored.score)?;
                        let shares = sets.shares();
                        times.iter_mut().zip(&shares).for_each(|(sum, share)| *sum += share);
                        let chosen = study.codes(&sets.certain());
                        let tied: Vec<usize> =
                            (0..shares.len()).filter(|&g| shares[g] > 0.0 && shares[g] < 1.0).collect();
                        let tied = study.codes(&tied);
                        found.variants.push(Variant { method, normalisation, weights, chosen, tied });
                    }
                }
            }
        }
    }
    let counted = study.problem.gminas().iter().copied().zip(times);
    found.chosen_in = counted.filter(|(_, times)| *times > 0.0).collect();
    Ok(found)
}

/// The options where there is something to choose, otherwise the one variant without.
fn options<T: Copy>(has: bool, options: &[T]) -> Vec<Option<T>> {
    if has { options.iter().copied().map(Some).collect() } else { vec![None] }
}
