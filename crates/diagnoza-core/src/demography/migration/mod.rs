//! Migration: net counts and rates, gross flows in six directions, the residual of two stocks,
//! age profiles of Rogers and Castro, and the internal pool in which every departure arrives.
//!
//! Arrays put females before males; ages are completed years at the end of the interval for
//! net migration of cohorts, as in [`cohort_component`](super::cohort_component).

mod error;
mod rogers_castro;

pub use error::MigrationError;
pub use rogers_castro::{
    FittedRogersCastro, PostRetirement, Retirement, RogersCastro, RogersCastroForm, StandardSchedule,
    fit_rogers_castro,
};
