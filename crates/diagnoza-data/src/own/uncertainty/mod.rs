//! How uncertain the forecast from observed data is: every parameter estimated from embedded official series.
//!
//! | component | common to all | subregion | powiat |
//! |---|---|---|---|
//! | fertility, `ln TFR` | random walk: Poland's TFR and voivodeship against Poland | random walk: births of the subregions against each other, chance taken away | as a subregion: no yearly births of powiats are embedded |
//! | mortality, `ln m` | index of Lee-Carter with its drift, by sex; voivodeship's deaths against Poland's | random walk: deaths of the subregions against each other, chance taken away | as a subregion |
//! | net migration per person | AR(1) around the mean of the subregions' rates, the mean uncertain; revisions by censuses | the same against each other | growth of the powiats against their subregion's; revision by the census of 2021 |
//!
//! The series of the voivodeship also hold a third of what its three subregions do apart: that is taken away from what
//! is common to all, or it would be drawn twice.
//!
//! Registered migration is nearly the same every year; what goes wrong with it is found at the next census. Censuses
//! revised the stocks of the voivodeship by up to 3 per cent, mostly downwards: people had left without deregistering.
//! Future official stocks will be revised as well, so the mean square of these revisions per year is part of the
//! uncertainty of the mean net migration.

mod fertility;
mod migration;
mod mortality;
mod parameter;

use std::collections::BTreeMap;

use diagnoza_core::demography::regional_forecast::ForecastSettings;
use diagnoza_core::demography::trajectory::{Process, Series, TrajectoryError, UncertaintySpec};
use diagnoza_core::observation::{Source, Year};
use diagnoza_core::territory::UnitId;

pub use parameter::Parameter;
pub(super) use parameter::override_with;

use crate::embedded::{Columns, DataError};
use crate::error::FigureError;
use crate::official::gazetteer;
use crate::own::own_areas;

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

/// Estimates the uncertainty of a forecast from what was known at a jump-off; groups are subregions as wholes, see
/// `beyond_powiats`.
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

impl EstimatedUncertainty {
    /// The same for runs in which subregions are sums of powiats: what the powiats do apart adds variance to their sum,
    /// which the series of subregions already hold.
    ///
    /// # Formula
    /// `sd^2 (group) = sd^2 (subregion) - sd^2 (powiat) sum(w^2)`, not below 0; `w` the powiats' shares of the people of
    /// their subregion, `sum(w^2)` the mean of the subregions. The same for `level_sd`. Of processes that do not last
    /// for ever, what accumulates is compared, `sd / (1 - persistence)`.
    ///
    /// # Errors
    /// [`FigureError`]: a damaged table.
    pub(super) fn beyond_powiats(mut self) -> Result<Self, FigureError> {
        let register = gazetteer()?;
        let mut shares: BTreeMap<Option<UnitId>, Vec<f64>> = BTreeMap::new();
        for area in &own_areas()?.0 {
            shares.entry(register.subregion_of(area.unit)?).or_default().push(area.base.sum());
        }
        let squares = shares.values().map(|people| {
            let all: f64 = people.iter().sum();
            people.iter().map(|one| (one / all).powi(2)).sum::<f64>()
        });
        let share = squares.sum::<f64>() / (shares.len() as f64).max(1.0);
        let spec = &mut self.spec;
        for (name, group, area) in [
            ("fertility.group", &mut spec.fertility.group, spec.fertility.area),
            ("mortality.group", &mut spec.mortality.group, spec.mortality.area),
            ("migration.group", &mut spec.migration.group, spec.migration.area),
        ] {
            let whole = *group;
            *group = beyond(whole, area, share);
            for (field, value, before) in
                [("level_sd", group.level_sd, whole.level_sd), ("sd", group.sd, whole.sd)]
            {
                let recorded = self.parameters.iter_mut().find(|one| one.name == format!("{name}.{field}"));
                if let Some(one) = recorded {
                    one.value = value;
                    one.method.push_str(if value <= 0.0 && before > 0.0 {
                        "; 0, as its powiats alone add more variance than the subregion has"
                    } else {
                        "; less the variance that its powiats add"
                    });
                }
            }
        }
        Ok(self)
    }
}

/// What a process has beyond `share` of the variance of its parts: levels and what accumulates, `sd / (1 -
/// persistence)`, or `sd` where one of the two is a random walk.
fn beyond(whole: Process, part: Process, share: f64) -> Process {
    let scale = |process: Process| 1.0 - process.persistence;
    let (of_whole, of_part) = match (scale(whole), scale(part)) {
        (whole, part) if whole > 0.0 && part > 0.0 => (whole, part),
        _ => (1.0, 1.0),
    };
    Process {
        level_sd: rest(whole.level_sd, part.level_sd, share),
        sd: rest(whole.sd / of_whole, part.sd / of_part, share) * of_whole,
        ..whole
    }
}

/// Standard deviation left of one when `share` of another's variance is taken away, not below 0.
fn rest(whole: f64, part: f64, share: f64) -> f64 {
    (whole * whole - share * part * part).max(0.0).sqrt()
}

/// Share of a subregion's variance in the voivodeship: what three draw apart averages out in their sum.
const OF_A_THIRD: f64 = 1.0 / 3.0;

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
    source.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_taken_away_by_what_accumulates() {
        let walk = beyond(Process::random_walk(0.5), Process::random_walk(0.8), 0.25);
        assert!((walk.sd - 0.3).abs() < 1e-12 && walk.persistence >= 1.0);
        let whole = Process { level_sd: 0.5, drift_sd: 0.0, sd: 0.5, persistence: 0.5 };
        let part = Process { level_sd: 0.8, drift_sd: 0.0, sd: 1.2, persistence: 0.25 };
        // 0.5 / 0.5 = 1 accumulates, less 0.25 (1.2 / 0.75)^2 = 0.64: 0.6 is left, 0.6 x 0.5 a year.
        let found = beyond(whole, part, 0.25);
        assert!((found.level_sd - 0.3).abs() < 1e-12 && (found.sd - 0.3).abs() < 1e-12, "{found:?}");
        let nothing = beyond(whole, Process { level_sd: 9.0, sd: 9.0, ..part }, 0.25);
        assert!(nothing.level_sd.abs() <= 0.0 && nothing.sd.abs() <= 0.0, "{nothing:?}");
    }
}
