//! From a published choice back to the rule: which specifications of a declared family give it, what else
//! they would have chosen, how likely that is by chance, and what values that nobody published would have to be.
//!
//! - [`Family`]: a specification and, for parts of it, the alternatives;
//! - [`which_specs`]: every combination run on the same data and compared with the published choice;
//! - [`chance`]: how likely a set drawn at random would be the published one, or share k gminas with it;
//! - [`required_values`]: bounds of unknown indicator values under which a rule gives the published choice.
//!
//! ```
//! use diagnoza_core::selection::inverse::chance;
//! use diagnoza_core::selection::prepared::Prepared;
//! use diagnoza_core::territory::Teryt;
//!
//! // The frame of 2018: 12, 13 and 8 urban-rural gminas, of which 2, 2 and 1 were chosen.
//! let stratum: Vec<usize> = (0..33).map(|i| usize::from(i >= 12) + usize::from(i >= 25)).collect();
//! let codes = (0..33).map(|i| format!("28{:02}{:02}3", 1 + i / 4, 1 + i % 4).parse::<Teryt>());
//! let problem = Prepared::new(codes.collect::<Result<_, _>>()?, &stratum, &[2, 2, 1])?;
//! let found = chance(&problem, &[0, 1, 12, 13, 25]);
//! assert!((found.same_set - 1.0 / 41_184.0).abs() < 1e-15);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod chance;
mod family;
mod required;
mod which_specs;

#[cfg(test)]
mod tests;

pub use chance::{Chance, chance};
pub use family::{Family, FamilyError, FamilyMember, Varied, VariedOption};
pub use required::{PairCondition, Relation, RequiredError, RequiredValue, RequiredValues, required_values};
pub use which_specs::{Inverse, InverseError, Match, Near, RefusedSpec, SingleChange, which_specs};
