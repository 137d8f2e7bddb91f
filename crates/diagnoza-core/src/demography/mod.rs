//! Who and how many: the cohort-component step, survival and life expectancy,
//! calibration on an official projection, scenarios, the projection of many areas,
//! and the structure of a population by sex and age.
//!
//! Arrays put females before males and birth before age 0; see [`cohort_component`].

pub mod survival;

pub mod mortality;

pub mod cohort_component;

pub mod calibration;

pub mod stable_population;

pub mod scenario;

pub mod projection;

pub mod reverse_survival;

mod structure;

mod root;

pub use structure::{
    AgeRange, AgeRangeError, AgeStructure, Derivation, MedianAge, MedianMethod, Sexes, SexesError,
    StructureError, Term,
};
