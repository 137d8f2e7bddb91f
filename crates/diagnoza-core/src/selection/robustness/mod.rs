//! How much a choice rests on what was decided beside it: weights, method, normalisation, single criteria,
//! errors in the data.
//!
//! A [`Study`] is a choice that can be made again: the prepared problem with its quotas and conditions, the
//! values of the criteria, a method and weights. Each question is a function of its own and leaves the
//! study as it is:
//! - [`acceptability`]: in what share of weights is a gmina *chosen*, under the quotas;
//! - [`variants`]: method x normalisation x weights, "chosen in 61 of 72 variants";
//! - [`leave_one_out`]: who enters and who leaves without a criterion;
//! - [`perturbation`]: in what share of data with errors is a gmina chosen;
//! - [`steps`]: which parts of the specification change nothing;
//! - [`front`]: the sets that no other set beats in every respect.
//!
//! ```
//! use std::num::NonZeroUsize;
//! use diagnoza_core::observation::Year;
//! use diagnoza_core::progress::unwatched;
//! use diagnoza_core::selection::prepared::Prepared;
//! use diagnoza_core::selection::robustness::{Study, acceptability};
//! use diagnoza_core::selection::smaa::WeightDraws;
//! use diagnoza_core::selection::{Criterion, Direction, Method, MethodSpec, Values};
//! use ndarray::array;
//!
//! // Made up: one place for three gminas, of which the second is best where x weighs more than 3/4.
//! let gminas = vec!["2808043".parse()?, "2816023".parse()?, "2816033".parse()?];
//! let criterion = |name| Ok::<_, Box<dyn std::error::Error>>(Criterion::new(name, Year::new(2016)?, "-", Direction::Stimulant));
//! let values = Values {
//!     criteria: vec![criterion("x")?, criterion("y")?],
//!     values: array![[0.75, 1.0], [1.0, 0.25], [0.0, 0.0]],
//!     tiers: array![[1.0, 0.0], [0.0, 1.0], [2.0, 2.0]],
//!     strata: vec![vec![0, 1, 2]],
//! };
//! let method = MethodSpec { name: Method::WeightedSum, ..MethodSpec::default() };
//! let study = Study::new(Prepared::new(gminas, &[0, 0, 0], &[1])?, values, method, None)?;
//! let draws = WeightDraws::uniform(2, 4_000, 1)?;
//! let found = acceptability(&study, &draws, NonZeroUsize::MIN, &unwatched)?;
//! let second = &found.gminas[1];
//! assert!((second.chosen - 0.25).abs() < 4.0 * second.standard_error);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Draws come from counter-based streams and are added up in blocks of a fixed size: the same seed gives the same
//! bytes for any number of threads.

mod acceptability;
mod blocks;
mod error;
mod front;
mod leave_one_out;
mod perturbation;
mod report;
mod steps;
mod study;
mod variants;

pub use acceptability::{Acceptability, GminaAcceptability, acceptability};
pub use error::RobustnessError;
pub use front::{Front, FrontSet, Goal, front};
pub use leave_one_out::{LeftOut, leave_one_out};
pub use perturbation::{ErrorLaw, Perturbation, PerturbationSettings, perturbation};
pub use report::{Part, Robustness, RobustnessSettings, robustness};
pub use steps::{StepEffect, steps};
pub use study::Study;
pub use variants::{RefusedVariant, Variant, VariantFamily, Variants, variants};

#[cfg(test)]
mod tests;
