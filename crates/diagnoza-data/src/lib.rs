#![doc = include_str!("../README.md")]

#[cfg(feature = "embedded")]
pub mod embedded;

pub mod readers;

pub mod frames;

#[cfg(feature = "embedded")]
pub mod official;

#[cfg(feature = "embedded")]
pub mod own;

#[cfg(feature = "embedded")]
pub mod gminas;

#[cfg(feature = "embedded")]
pub mod tables;

#[cfg(feature = "embedded")]
pub mod assessment;

#[cfg(feature = "embedded")]
pub mod needs;

#[cfg(feature = "embedded")]
pub mod selection;

#[cfg(feature = "embedded")]
mod diagnosis;

#[cfg(feature = "embedded")]
mod error;

#[cfg(feature = "embedded")]
pub use diagnosis::diagnose;

#[cfg(feature = "embedded")]
pub use error::FigureError;
