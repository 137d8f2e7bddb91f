//! Writes the populations of three synthetic areas as CSV, for `numpy_twin.py` to compare.

use std::error::Error;
use std::io::{Write, stdout};

use diagnoza_benches::synthetic;
use diagnoza_core::demography::cohort_component::{MigrationTiming, NegativePopulation, project};

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = stdout().lock();
    writeln!(out, "area,step,sex,age,persons")?;
    for area in 0..3 {
        let run = project(
            synthetic::base(area).view(),
            &synthetic::assumptions(area)?,
            MigrationTiming::End,
            NegativePopulation::Refuse,
        )?;
        for ((step, sex, age), persons) in run.population.indexed_iter() {
            writeln!(out, "{area},{step},{sex},{age},{persons:e}")?;
        }
    }
    Ok(())
}
