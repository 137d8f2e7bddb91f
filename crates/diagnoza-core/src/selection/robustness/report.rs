use std::num::NonZeroUsize;

use serde::{Deserialize, Serialize};

use super::{
    Acceptability, ErrorLaw, Front, Goal, LeftOut, Perturbation, PerturbationSettings, RobustnessError,
    StepEffect, Study, VariantFamily, Variants, acceptability, front, leave_one_out, perturbation, steps,
    variants,
};
use crate::progress::Progress;
use crate::selection::smaa::WeightDraws;
use crate::selection::{CheckedSpec, CriteriaTable};

/// What a study of robustness looks at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RobustnessSettings {
    /// Draws of weights, and of tables with errors.
    pub draws: usize,
    /// Seed of both.
    pub seed: u64,
    /// Pairs of primary criteria, by position, of which the first weighs at least as much as the second.
    pub at_least: Vec<(usize, usize)>,
    /// Law of the relative error of the values.
    pub error_law: ErrorLaw,
    /// Its size, 0.05 for 5 per cent.
    pub error_size: f64,
}

impl Default for RobustnessSettings {
    fn default() -> Self {
        Self { draws: 2_000, seed: 1, at_least: Vec::new(), error_law: ErrorLaw::Uniform, error_size: 0.05 }
    }
}

/// Every question about the robustness of one selection; a part that the specification does not admit is absent,
/// with the reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Robustness {
    /// What was looked at.
    pub settings: RobustnessSettings,
    /// Share of weights with which each gmina is chosen.
    pub acceptability: Part<Acceptability>,
    /// Other methods, normalisations and weights.
    pub variants: Variants,
    /// Without each primary criterion.
    pub leave_one_out: Part<Vec<LeftOut>>,
    /// With errors in the values.
    pub perturbation: Perturbation,
    /// Sets that no other beats in score, diversity and number of powiats.
    pub front: Part<Front>,
    /// Without each optional part of the specification.
    pub steps: Vec<StepEffect>,
}

/// A part of a study, or why it is absent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part<T> {
    /// The part.
    Found(T),
    /// Why there is none.
    Absent(String),
}

impl<T> From<Result<T, RobustnessError>> for Part<T> {
    fn from(found: Result<T, RobustnessError>) -> Self {
        found.map_or_else(|error| Self::Absent(error.to_string()), Self::Found)
    }
}

/// Studies a selection in every respect.
///
/// # Errors
/// [`RobustnessError`] when the selection itself cannot be made, or `Interrupted`.
pub fn robustness(
    checked: &CheckedSpec,
    table: &CriteriaTable,
    settings: &RobustnessSettings,
    threads: NonZeroUsize,
    progress: &Progress<'_>,
) -> Result<Robustness, RobustnessError> {
    let spec = checked.spec();
    let refused = |reason: String| RobustnessError::Selection { reason };
    let candidates = checked.candidates(table).map_err(|error| refused(error.to_string()))?;
    let study = Study::of(&candidates, spec);
    study.choose()?;
    let RobustnessSettings { draws, seed, at_least, error_law, error_size } = settings;
    let criteria = study.values.criteria.len();
    let weights = if at_least.is_empty() {
        WeightDraws::uniform(criteria, *draws, *seed)
    } else {
        WeightDraws::ordered(criteria, *draws, *seed, at_least)
    };
    let errors = PerturbationSettings { law: *error_law, size: *error_size, draws: *draws, seed: *seed };
    let goals = if study.problem.has_diversity() {
        vec![Goal::Score, Goal::Diversity]
    } else {
        vec![Goal::Score, Goal::Powiats]
    };
    let of_sets =
        if study.problem.places() > 1 { front(&study, &goals) } else { Err(RobustnessError::OnePlace) };
    // Two rounds of draws, told as one.
    let first = |done: usize, _| progress(done, 2 * draws);
    let second = |done: usize, _| progress(draws + done, 2 * draws);
    let acceptability = match weights
        .map_err(RobustnessError::from)
        .and_then(|weights| acceptability(&study, &weights, threads, &first))
    {
        Err(RobustnessError::Interrupted(interrupted)) => return Err(interrupted.into()),
        found => found.into(),
    };
    Ok(Robustness {
        settings: settings.clone(),
        acceptability,
        variants: variants(&study, &VariantFamily::all_of(&study))?,
        leave_one_out: leave_one_out(&study).into(),
        perturbation: perturbation(&study, errors, threads, &second)?,
        front: of_sets.into(),
        steps: steps(spec, checked.frame(), table).map_err(refused)?,
    })
}
