//! Who and how many: counts by sex and age and what follows from them.

mod structure;

pub use structure::{
    AgeRange, AgeRangeError, AgeStructure, Derivation, MedianAge, MedianMethod, Sexes, SexesError,
    StructureError, Term,
};
