//! Migration: net counts and rates, gross flows in six directions, the residual of two stocks,
//! age profiles of Rogers and Castro, and the internal pool in which every departure arrives.
//!
//! Arrays put females before males. Areas, where there are several, come first: `(areas, 2, A)`.
//! Net migration of cohorts stands at the age at the end of the interval, as in
//! [`cohort_component`](super::cohort_component).

mod check;
mod cohort_deaths;
mod error;
mod flows;
mod pool;
mod rates;
mod residual;
mod rogers_castro;

pub use cohort_deaths::{LexisSplit, cohort_deaths, residual_from_deaths};
pub use error::MigrationError;
pub use flows::{Direction, DirectionError, GrossFlows};
pub use pool::{Outside, PoolMoves, PoolRule, in_shares, migration_pool};
pub use rates::{annual_proportions, in_rates, net_from_proportions, net_rates, out_rates};
pub use residual::{ResidualMethod, ResidualMigration, net_of_balance, residual_migration};
pub use rogers_castro::{
    FittedRogersCastro, PostRetirement, Retirement, RogersCastro, RogersCastroForm, StandardSchedule,
    fit_rogers_castro,
};
