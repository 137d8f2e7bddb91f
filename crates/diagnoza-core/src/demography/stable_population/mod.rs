//! The population that fixed rates lead to: the Leslie matrix, its growth and its analysis, and Lotka's
//! stable population.
//!
//! Both take survival ratios and annual fertility rates as the projection does ([`cohort_component`]):
//! `A` age groups of one or five years, survival with birth first and the open group last, one sex.
//! [`LeslieMatrix`] is one step of that projection as a matrix, so its growth is that of the projection;
//! [`StablePopulation`] counts births continuously, at the middle of the age groups.
//!
//! [`cohort_component`]: super::cohort_component

mod analysis;
mod error;
mod leslie;
mod lotka;

pub use analysis::LeslieAnalysis;
pub use error::StablePopulationError;
pub use leslie::{LeslieMatrix, OldestMothers};
pub use lotka::StablePopulation;
