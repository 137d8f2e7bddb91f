use ndarray::Axis;
use serde::{Deserialize, Serialize};

use super::{RobustnessError, Study};
use crate::observation::Year;
use crate::selection::Values;
use crate::selection::{MethodSpec, WeightsSpec};
use crate::territory::Teryt;

/// The choice without one of its criteria.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Variable of the criterion left out.
    pub variable: String,
    /// Its year.
    pub year: Year,
    /// Gminas in every optimal set without it.
    pub chosen: Vec<Teryt>,
    /// Gminas in some optimal sets only.
    pub tied: Vec<Teryt>,
    /// Gminas that were in no optimal set and now are in one.
    pub entered: Vec<Teryt>,
    /// Gminas that were in an optimal set and now are in none.
    pub left: Vec<Teryt>,
    /// Whether the sets are the same with and without it.
    pub without_effect: bool,
}

/// Leaves out each primary criterion in turn; weights given or compared in pairs keep their proportions.
///
/// # Errors
/// [`RobustnessError::OneCriterion`]; what the method or the choice refuses.
pub fn leave_one_out(study: &Study) -> Result<Vec<LeftOut>, RobustnessError> {
    if study.values.criteria.len() < 2 {
        return Err(RobustnessError::OneCriterion);
    }
    let before = study.choose()?.shares();
    (0..study.values.criteria.len())
        .map(|left_out| {
            let after = without(study, left_out).choose()?;
            let shares = after.shares();
            let where_ = |holds: &dyn Fn(f64, f64) -> bool| -> Vec<Teryt> {
                let at: Vec<usize> = (0..shares.len()).filter(|&g| holds(before[g], shares[g])).collect();
                study.codes(&at)
            };
            let criterion = &study.values.criteria[left_out];
            Ok(LeftOut {
                variable: criterion.variable.clone(),
                year: criterion.year,
                chosen: study.codes(&after.certain()),
                tied: where_(&|_, now| now > 0.0 && now < 1.0),
                entered: where_(&|was, now| was <= 0.0 && now > 0.0),
                left: where_(&|was, now| was > 0.0 && now <= 0.0),
                without_effect: before.iter().zip(&shares).all(|(was, now)| (was - now).abs() < 1e-12),
            })
        })
        .collect()
}

fn without(study: &Study, left_out: usize) -> Study {
    let kept: Vec<usize> = (0..study.values.criteria.len()).filter(|&at| at != left_out).collect();
    let rows = |matrix: &Vec<Vec<f64>>| -> Vec<Vec<f64>> {
        kept.iter().map(|&row| kept.iter().map(|&column| matrix[row][column]).collect()).collect()
    };
    Study {
        values: Values {
            criteria: kept.iter().map(|&at| study.values.criteria[at].clone()).collect(),
            values: study.values.values.select(Axis(1), &kept),
            tiers: study.values.tiers.select(Axis(1), &kept),
            strata: study.values.strata.clone(),
        },
        problem: study.problem.clone(),
        method: MethodSpec { ..study.method },
        weights: study
            .weights
            .as_ref()
            .map(|weights| WeightsSpec { rule: weights.rule, matrix: weights.matrix.as_ref().map(rows) }),
    }
}
