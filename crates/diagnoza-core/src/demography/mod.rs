//! Who and how many: age data and their quality, life tables and mortality models, fertility, migration,
//! the cohort-component step and the stable population, scenarios, calibration on an official projection and a
//! forecast of our own, reconciling, backtests, decomposition, and the structure of a population.
//!
//! Arrays put females before males and birth before age 0; see [`cohort_component`].

pub mod age_quality;

pub mod graduation;

pub mod life_table;

pub mod survival;

pub mod mortality;

pub mod small_area;

pub mod mortality_model;

pub mod fertility;

pub mod migration;

pub mod cohort_component;

pub mod stable_population;

pub mod calibration;

pub mod scenario;

pub mod projection;

pub mod reverse_survival;

pub mod regional_forecast;

pub mod local_projection;

pub mod trajectory;

pub mod reconcile;

pub mod backtest;

pub mod decomposition;

mod structure;

mod root;

mod least_squares;

pub use structure::{
    AgeRange, AgeRangeError, AgeStructure, Derivation, MedianAge, MedianMethod, Sexes, SexesError,
    StructureError, Term,
};
