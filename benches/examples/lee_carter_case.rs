//! Indices of the synthetic surface under two second stages, as CSV, for the NumPy twin to compare.

#![allow(clippy::print_stdout, reason = "the CSV goes to standard output")]

use std::error::Error;

use diagnoza_benches::synthetic;
use diagnoza_core::demography::mortality_model::{Adjustment, LeeCarter};

fn main() -> Result<(), Box<dyn Error>> {
    let surface = synthetic::surface()?;
    let none = LeeCarter::svd(Adjustment::None).fit(&surface)?;
    let dt = LeeCarter::svd(Adjustment::Dt).fit(&surface)?;
    println!("year,none,dt");
    for ((year, none), dt) in none.years.iter().zip(&none.kt).zip(&dt.kt) {
        println!("{year},{none},{dt}");
    }
    Ok(())
}
