use std::num::NonZeroUsize;

use serde::{Deserialize, Serialize};

use super::blocks::{Tally, add_up};
use super::{RobustnessError, Study};
use crate::progress::Progress;
use crate::selection::Method;
use crate::selection::smaa::{WeightDraws, WeightLaw};
use crate::selection::weights::Weights;
use crate::territory::Teryt;

/// In what share of weights each gmina is chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Acceptability {
    /// The method.
    pub method: Method,
    /// Where the weights come from.
    pub law: WeightLaw,
    /// Number of draws.
    pub draws: usize,
    /// The gminas in the order of their codes.
    pub gminas: Vec<GminaAcceptability>,
}

/// How often one gmina is chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GminaAcceptability {
    /// Code.
    pub code: Teryt,
    /// Selection acceptability: mean over the draws of the share of optimal sets that hold it.
    pub chosen: f64,
    /// Monte Carlo standard error of it.
    pub standard_error: f64,
    /// Share of draws in which every optimal set holds it.
    pub certain: f64,
    /// Share of draws in which some optimal set holds it.
    pub possible: f64,
    /// Mean weights with which it is chosen; none if it never is.
    pub central_weights: Option<Vec<f64>>,
}

/// Selection acceptability of every gmina.
///
/// # Formula
/// `a_i = 1/N sum_d s_i(w_d)`, where `s_i(w)` is the share of the sets optimal with weights w, under quotas and
/// all other conditions, that hold gmina i: 1 or 0 without ties. Standard error: sample standard deviation of
/// `s_i` over `sqrt(N)`. Central weights: mean of the `w_d` weighted with `s_i(w_d)`.
///
/// # Errors
/// [`RobustnessError::NoWeights`] for a method that does not weigh, `Interrupted`; what the method or the choice refuses.
pub fn acceptability(
    study: &Study,
    draws: &WeightDraws,
    threads: NonZeroUsize,
    progress: &Progress<'_>,
) -> Result<Acceptability, RobustnessError> {
    if !study.method.name.weighs() {
        return Err(RobustnessError::NoWeights { method: study.method.name.word() });
    }
    let (gminas, criteria) = study.values.values.dim();
    let tally = add_up(
        draws.draws(),
        threads,
        progress,
        &|| Tally::new(gminas, criteria),
        &|draw, tally: &mut Tally| {
            let weights = draws.weights(draw);
            let chosen = study.choose_weighted(&Weights::given(&weights)?)?;
            tally.count(&chosen.shares(), &weights);
            Ok(())
        },
        Tally::add,
    )?;
    let number = draws.draws() as f64;
    let of = |(gmina, &code): (usize, &Teryt)| {
        let (chosen, standard_error) = tally.share_of(gmina, draws.draws());
        let sum = tally.share[gmina];
        let central = tally.weights[gmina].iter().map(|weight| weight / sum).collect();
        GminaAcceptability {
            code,
            chosen,
            standard_error,
            certain: f64::from(tally.certain[gmina]) / number,
            possible: f64::from(tally.possible[gmina]) / number,
            central_weights: (sum > 0.0).then_some(central),
        }
    };
    Ok(Acceptability {
        method: study.method.name,
        law: draws.law().clone(),
        draws: draws.draws(),
        gminas: study.problem.gminas().iter().enumerate().map(of).collect(),
    })
}
