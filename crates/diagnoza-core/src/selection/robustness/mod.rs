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
