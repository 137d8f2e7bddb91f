//! How uncertain the forecast from observed data is: every parameter estimated from embedded official series.
//!
//! | component | common to all | subregion | powiat |
//! |---|---|---|---|
//! | fertility, `ln TFR` | random walk: Poland's TFR and voivodeship against Poland | random walk: births of the subregions against each other, chance taken away | as a subregion: no yearly births of powiats are embedded |
//! | mortality, `ln m` | index of Lee-Carter with its drift, by sex; voivodeship's deaths against Poland's | random walk: deaths of the subregions against each other, chance taken away | as a subregion |
//! | net migration per person | AR(1) around the mean of the subregions' rates, the mean uncertain; revisions by censuses | the same against each other | growth of the powiats against their subregion's; revision by the census of 2021 |
//!
//! Registered migration is nearly the same every year; what goes wrong with it is found at the next census. Censuses
//! revised the stocks of the voivodeship by up to 3 per cent, mostly downwards: people had left without deregistering.
//! Future official stocks will be revised as well, so the mean square of these revisions per year is part of the
//! uncertainty of the mean net migration.

mod fertility;
mod migration;
mod mortality;
mod parameter;

use diagnoza_core::demography::regional_forecast::ForecastSettings;
use diagnoza_core::demography::trajectory::{Series, TrajectoryError, UncertaintySpec};
use diagnoza_core::observation::{Source, Year};

pub use parameter::Parameter;
pub(super) use parameter::override_with;

use crate::embedded::{Columns, DataError};
use crate::error::FigureError;

/// Parameters of the uncertainty with where each comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct EstimatedUncertainty {
    /// The parameters as the core wants them.
    pub spec: UncertaintySpec,
    /// The same one by one, with method, series and years.
    pub parameters: Vec<Parameter>,
    /// Tables read.
    pub sources: Vec<Source>,
}

/// Estimates the uncertainty of a forecast from what was known at a jump-off.
///
/// # Errors
/// [`FigureError`]: a damaged table, or too few years until the jump-off.
pub fn uncertainty(jump_off: Year, settings: &ForecastSettings) -> Result<EstimatedUncertainty, FigureError> {
    let mut parameters = Vec::new();
    let mut sources = Vec::new();
    let fertility = fertility::estimate(jump_off, &mut parameters, &mut sources)?;
    let mortality = mortality::estimate(jump_off, settings, &mut parameters, &mut sources)?;
    let migration = migration::estimate(jump_off, settings, &mut parameters, &mut sources)?;
    let mut unique: Vec<Source> = Vec::new();
    for source in sources {
        if !unique.contains(&source) {
            unique.push(source);
        }
    }
    Ok(EstimatedUncertainty {
        spec: UncertaintySpec { fertility, mortality, migration },
        parameters,
        sources: unique,
    })
}

/// A yearly column of a unit until a year.
fn series(table: &Columns, column: &str, code: &str, until: Year) -> Result<Series, DataError> {
    let (units, years) = (table.full_texts("geo")?, table.full_numbers("year")?);
    let values = table.numbers(column)?;
    let mut found = Series::new();
    for row in (0..table.height()).filter(|&row| units[row] == code) {
        let year = table.year(row, years[row])?;
        if let Some(value) = values[row].filter(|_| year <= until) {
            found.insert(year, value);
        }
    }
    Ok(found)
}

/// Logarithms of a series.
fn logarithms(series: &Series) -> Series {
    series.iter().map(|(&year, value)| (year, value.ln())).collect()
}

/// A series less another, in the years of both.
fn less(series: &Series, other: &Series) -> Series {
    series.iter().filter_map(|(year, value)| Some((*year, value - other.get(year)?))).collect()
}

/// What each of `n` series has beyond their mean, raised so that its variance is that of one of them alone:
/// differences from a mean of `n` have `(n - 1) / n` of it.
fn own_parts(beyond: Vec<Series>) -> Vec<Series> {
    let n = beyond.len() as f64;
    let factor = if n > 1.0 { (n / (n - 1.0)).sqrt() } else { 1.0 };
    beyond
        .into_iter()
        .map(|one| one.into_iter().map(|(year, value)| (year, value * factor)).collect())
        .collect()
}

/// Variance that chance adds to the yearly change of the logarithm of counts: `1 / N(t) + 1 / N(t+1)`, on average.
fn chance(counts: &[Series]) -> f64 {
    let all: Vec<f64> =
        counts.iter().flat_map(|one| one.values()).map(|count| 2.0 / count.max(1.0)).collect();
    all.iter().sum::<f64>() / (all.len() as f64).max(1.0)
}

fn fault(source: TrajectoryError) -> FigureError {
    FigureError::Trajectory(source)
}
