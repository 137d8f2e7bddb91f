use std::num::NonZeroUsize;

use chacha20::ChaCha12Rng;
use chacha20::rand_core::{Rng, SeedableRng};
use ndarray::Array2;
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal};

use super::blocks::{Tally, add_up};
use super::{RobustnessError, Study};
use crate::selection::Direction;
use crate::selection::Values;
use crate::territory::Teryt;

/// How the values are in error.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PerturbationSettings {
    /// Law of the relative error.
    pub law: ErrorLaw,
    /// Half the width of the uniform law, or the standard deviation of the normal one; 0.05 is 5 per cent.
    pub size: f64,
    /// Number of tables drawn.
    pub draws: usize,
    /// Seed.
    pub seed: u64,
}

/// Law of the relative error of each value, independent of all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorLaw {
    /// Uniform between -size and +size.
    Uniform,
    /// Normal with standard deviation `size`.
    Normal,
}

/// In what share of tables with errors each gmina is chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Perturbation {
    /// How the values were in error.
    pub settings: PerturbationSettings,
    /// Code, share of the draws in which it is chosen, Monte Carlo standard error of the share.
    pub gminas: Vec<(Teryt, f64, f64)>,
}

/// Chooses again from values with errors, `x (1 + e)`.
///
/// Eligibility, strata and diversity stay as they are. Errors make equal values differ, so that the share of a
/// gmina tied in the choice itself says how a tie would fall.
///
/// # Errors
/// [`RobustnessError::Setting`] for a size outside 0 to 1 or no draws; what the method or the choice refuses.
pub fn perturbation(
    study: &Study,
    settings: PerturbationSettings,
    threads: NonZeroUsize,
) -> Result<Perturbation, RobustnessError> {
    let PerturbationSettings { law, size, draws, seed } = settings;
    if !(size > 0.0 && size <= 1.0) {
        let expected = "above 0 and at most 1 (0.05 for 5 per cent)";
        return Err(RobustnessError::Setting { name: "the size of the error", got: size, expected });
    }
    if draws == 0 {
        return Err(RobustnessError::Setting {
            name: "the number of draws",
            got: 0.0,
            expected: "1 or more",
        });
    }
    let normal = Normal::standard();
    let gminas = study.problem.gminas().len();
    let tally = add_up(
        draws,
        threads,
        &|| Tally::new(gminas, 0),
        &|draw, tally: &mut Tally| {
            let mut generator = generator(seed, draw as u64);
            let mut relative = || {
                let u = ((generator.next_u64() >> 11) as f64 + 0.5) * (-53.0_f64).exp2();
                size * match law {
                    ErrorLaw::Uniform => 2.0 * u - 1.0,
                    ErrorLaw::Normal => normal.inverse_cdf(u),
                }
            };
            let values = study.values.values.mapv(|value| value * (1.0 + relative()));
            let tiers = tiers(&values, &study.values);
            let drawn = Study { values: Values { values, tiers, ..study.values.clone() }, ..study.clone() };
            tally.count(&drawn.choose()?.shares(), &[]);
            Ok(())
        },
        Tally::add,
    )?;
    let of = |(gmina, &code): (usize, &Teryt)| {
        let (share, error) = tally.share_of(gmina, draws);
        (code, share, error)
    };
    Ok(Perturbation { settings, gminas: study.problem.gminas().iter().enumerate().map(of).collect() })
}

/// Place of each value among the different values of its criterion, 0 the best.
fn tiers(values: &Array2<f64>, study: &Values) -> Array2<f64> {
    let mut tiers = Array2::zeros(values.dim());
    for ((column, mut to), criterion) in
        values.columns().into_iter().zip(tiers.columns_mut()).zip(&study.criteria)
    {
        let worth = |value: f64| match (criterion.direction, criterion.nominal) {
            (Direction::Stimulant, _) => -value,
            (Direction::Nominant, Some(nominal)) => {
                let bounds = nominal.bounds();
                (bounds.from - value).max(value - bounds.to).max(0.0)
            }
            _ => value,
        };
        let mut distinct: Vec<f64> = column.iter().map(|&value| worth(value)).collect();
        distinct.sort_by(f64::total_cmp);
        distinct.dedup_by(|a, b| a.total_cmp(b).is_eq());
        for (tier, &value) in to.iter_mut().zip(column) {
            *tier = distinct.partition_point(|other| *other < worth(value)) as f64;
        }
    }
    tiers
}

fn generator(seed: u64, draw: u64) -> ChaCha12Rng {
    let mut key = [0; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    key[8..20].copy_from_slice(b"perturbation");
    let mut generator = ChaCha12Rng::from_seed(key);
    generator.set_stream(draw);
    generator
}
