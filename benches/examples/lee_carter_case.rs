//! Writes indices of the synthetic surface under two second stages as CSV, for `numpy_twin.py` to compare.

use std::error::Error;
use std::io::{Write, stdout};

use diagnoza_benches::synthetic;
use diagnoza_core::demography::mortality_model::{Adjustment, LeeCarter};

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = stdout().lock();
    let surface = synthetic::surface()?;
    let none = LeeCarter::svd(Adjustment::None).fit(&surface)?;
    let dt = LeeCarter::svd(Adjustment::Dt).fit(&surface)?;
    writeln!(out, "year,none,dt")?;
    for ((year, none), dt) in none.years.iter().zip(&none.kt).zip(&dt.kt) {
        writeln!(out, "{year},{none:e},{dt:e}")?;
    }
    Ok(())
}
