#![doc = include_str!("../README.md")]

pub mod territory;

pub mod observation;

pub mod demography;

pub mod resources;

pub mod selection;

pub mod diagnosis;

pub mod progress;
