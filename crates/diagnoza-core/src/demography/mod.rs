//! Who and how many: the cohort-component step, survival and life expectancy,
//! calibration on an official projection, scenarios and the projection of many areas.
//!
//! Arrays put females before males and birth before age 0; see [`cohort_component`].

pub mod survival;

pub mod mortality;

pub mod cohort_component;

pub mod calibration;

pub mod scenario;

pub mod projection;

pub mod reverse_survival;

mod root;
