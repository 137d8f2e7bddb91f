//! Who lives here by sex and age: [`AgeStructure`] answers "how many people of
//! this sex between these ages" from single years of age as well as from the
//! overlapping groups that offices publish, and refuses what they do not tell.

mod age_range;
mod age_structure;
mod error;
mod groups;
mod median;
mod sexes;

pub use age_range::{AgeRange, AgeRangeError};
pub use age_structure::AgeStructure;
pub use error::{Derivation, StructureError, Term};
pub use median::{MedianAge, MedianMethod};
pub use sexes::{Sexes, SexesError};
