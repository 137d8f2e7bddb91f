//! The embedded data set adds up as its offices say it does.

#![allow(clippy::unwrap_used, reason = "what reads a table for a test fails as the test does")]

mod columns;
mod dense;
mod eurostat;
mod gmina_projection;
mod manifest;
mod population;
mod projection;
mod published;
mod rates;
mod weekly_deaths;
