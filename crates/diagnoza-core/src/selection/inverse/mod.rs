//! From a published choice back to the rule: which specifications of a declared family give it, what else
//! they would have chosen, how likely that is by chance, and what values that nobody published would have to be.
//!
//! - [`Family`]: a specification and, for parts of it, the alternatives;
//! - [`which_specs`]: every combination run on the same data and compared with the published choice;
//! - [`chance`]: how likely a set drawn at random would be the published one, or share k gminas with it;
//! - [`required_values`]: bounds of unknown indicator values under which a rule gives the published choice.

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
