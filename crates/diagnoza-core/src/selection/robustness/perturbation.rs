use std::num::NonZeroUsize;

use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal};

use super::blocks::{Tally, add_up};
use super::{RobustnessError, Study};
use crate::progress::Progress;
use crate::selection::measure::tiers;
use crate::selection::stream::{stream, uniform};
use crate::selection::{Measured, Values};
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
/// [`RobustnessError::Setting`] for a size outside 0 to 1 or no draws; `Interrupted`; what the method or the choice refuses.
pub fn perturbation(
    study: &Study,
    settings: PerturbationSettings,
    threads: NonZeroUsize,
    progress: &Progress<'_>,
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
        progress,
        &|| Tally::new(gminas, 0),
        &|draw, tally: &mut Tally| {
            let mut stream = stream(seed, *b"perturbation", draw as u64);
            let mut relative = || {
                let u = uniform(&mut stream);
                size * match law {
                    ErrorLaw::Uniform => 2.0 * u - 1.0,
                    ErrorLaw::Normal => normal.inverse_cdf(u),
                }
            };
            let values = in_error(&study.values, || 1.0 + relative());
            let drawn = Study { values, ..study.clone() };
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

/// The values times a factor each, with their places among the others.
fn in_error(known: &Values, mut factor: impl FnMut() -> f64) -> Values {
    let mut drawn = known.clone();
    drawn.values.mapv_inplace(|value| value * factor());
    for (at, criterion) in known.criteria.iter().enumerate() {
        let plain = |&value: &f64| Measured { numerator: value, denominator: None, value };
        let column: Vec<Measured> = drawn.values.column(at).iter().map(plain).collect();
        let places = tiers(criterion, &column).into_iter().map(|tier| tier as f64);
        drawn.tiers.column_mut(at).iter_mut().zip(places).for_each(|(to, place)| *to = place);
    }
    drawn
}
