//! The cohort-component step for one area: one or two sexes, ages and steps of one or five years.
//!
//! # Formula
//! With `n` the years of an age group and of a step, `P` the stock at the start of the step, `S` survival
//! ratios, `M` net migrants of the step, `f` age-specific fertility rates a year and `r` the sex ratio at birth:
//!
//! ```text
//! end :  P'(a+1) = P(a) S(a) + M(a+1)                      open:  P(A-2) S(A-2) + P(A-1) S(A-1) + M(A-1)
//! even:  P'(a+1) = (P(a) + M(a)/2) S(a) + M(a+1)/2         half the migrants live through the step
//! mid :  P'(a+1) = (P(a) sqrt S(a) + M(a+1)) sqrt S(a)     all migrants live through half of the step
//! births = n sum_a f(a) (F(a) + F'(a)) / 2                 F, F' women at the start and end of the step
//! boys = births r / (1 + r)        P'(0) = births S(birth) + M(0)  (`even` M(0)/2, `mid` M(0) sqrt S(birth))
//! ```
//!
//! Women `F, F'` are counted before the migrants of `end`, with the migrants of `mid`, and with both halves
//! of `even`, as the United Nations do. Where migration is given as annual proportions, `even` counts the
//! first half only, so that the step is `L (P + M/2) + M/2` with the Leslie matrix `L`, as in the
//! reconstruction of populations by Wheldon and others. Migrants of `mid` at the open age survive with the
//! ratio of the open group. [`Migration`] says how `M` follows from rates.
//!
//! # Shapes
//! `A` age groups 0, 1, ..., open (or 0-4, 5-9, ..., open); `T` steps; `K` sexes: 2, or 1 for females alone.
//! Population `(T+1, K, A)`, survival and deaths `(T, K, A+1)` with birth first and then age at the start of
//! the step, fertility `(T, A)`, net migration `(T, K, A)` by age at the end of the step. Females are row 0.
//! Survival from birth is `L(0) / (n l(0))`. A table that gives one ratio for the last closed and the open
//! group together (United Nations) has it in both places.
//!
//! # Reference
//! Preston, Heuveline, Guillot (2001), *Demography*, chapter 6; United Nations, *World Population
//! Prospects: methodology*; Wheldon, Raftery, Clark, Gerland (2013), *Reconstructing past populations with
//! uncertainty from fragmentary data*, JASA 108. The square root of `mid` is constant mortality within the step.

mod adjustment;
mod areas;
mod assumptions;
mod balance;
mod block;
mod error;
mod implied;
mod interval;
mod kernel;
mod migration;
mod projection;
mod side_by_side;
mod step;
mod timing;

pub use adjustment::{Adjustment, NegativePopulation};
pub use areas::project_areas;
pub use assumptions::Assumptions;
pub use block::{AgeRow, AreaBlock, LANES};
pub use error::CohortComponentError;
pub use interval::Interval;
pub use migration::{Migration, MigrationForm, RateBase};
pub use projection::{CohortProjection, project, project_into};
pub use timing::MigrationTiming;

#[cfg(test)]
mod tests;
