use diagnoza_core::demography::trajectory::Trajectories;
use ndarray::Axis;
use polars::prelude::{Column, DataFrame};

use super::frame::{column, frame};
use crate::error::FigureError;
use crate::official::gazetteer;
use crate::own::IntervalCoverage;

/// Trajectories summed up, one row per unit, indicator and year.
///
/// Columns: `unit`, `name`, `year`, `indicator`, `mean`, `central`, and `q0.1` and the like for every probability.
///
/// # Errors
/// [`FigureError::Unit`] for a unit the register does not have.
pub fn trajectories(found: &Trajectories) -> Result<DataFrame, FigureError> {
    let register = gazetteer()?;
    let years = found.years.len();
    let rows = found.fans.len() * years;
    let names = found.fans.iter().map(|fan| register.name(fan.unit)).collect::<Result<Vec<_>, _>>()?;
    let each = |fan: usize| std::iter::repeat_n(fan, years);
    let fans = || (0..found.fans.len()).flat_map(each);
    let id = |fan: usize| found.indicators.get(found.fans[fan].indicator).map_or("", |one| one.id.as_str());
    let mut columns = vec![
        column("unit", fans().map(|fan| found.fans[fan].unit.to_string()).collect::<Vec<_>>()),
        column("name", fans().map(|fan| names[fan]).collect::<Vec<_>>()),
        column("year", found.fans.iter().flat_map(|_| of_years(found)).collect::<Vec<_>>()),
        column("indicator", fans().map(id).collect::<Vec<_>>()),
        column("mean", found.fans.iter().flat_map(|fan| fan.mean.iter().copied()).collect::<Vec<_>>()),
        column("central", found.fans.iter().flat_map(|fan| fan.central.iter().copied()).collect::<Vec<_>>()),
    ];
    for (place, probability) in found.probabilities.iter().enumerate() {
        let values = found.fans.iter().flat_map(|fan| fan.quantiles.column(place).to_vec());
        let values: Vec<f64> = values.collect();
        columns.push(Column::new(format!("q{probability}").into(), values));
    }
    frame(rows, columns)
}

fn of_years(found: &Trajectories) -> impl Iterator<Item = i32> + '_ {
    found.years.iter().map(|year| i32::from(year.get()))
}

/// Paths of an indicator that were kept, one row per unit, path and year.
///
/// Columns: `unit`, `name`, `path` (from 0), `year`, `value`.
///
/// # Errors
/// [`FigureError::Unit`] for a unit the register does not have.
pub fn trajectory_paths(found: &Trajectories, indicator: &str) -> Result<DataFrame, FigureError> {
    let register = gazetteer()?;
    let place = found.indicators.iter().position(|known| known.id == indicator);
    let (mut units, mut names, mut paths) = (Vec::new(), Vec::new(), Vec::new());
    let (mut years, mut values) = (Vec::new(), Vec::new());
    for fan in found.fans.iter().filter(|fan| Some(fan.indicator) == place) {
        let Some(kept) = &fan.paths else { continue };
        for (path, row) in kept.axis_iter(Axis(0)).enumerate() {
            units.extend(std::iter::repeat_n(fan.unit.to_string(), row.len()));
            names.extend(std::iter::repeat_n(register.name(fan.unit)?, row.len()));
            paths.extend(std::iter::repeat_n(path as u32, row.len()));
            years.extend(of_years(found));
            values.extend(row.iter().copied());
        }
    }
    frame(
        values.len(),
        vec![
            column("unit", units),
            column("name", names),
            column("path", paths),
            column("year", years),
            column("value", values),
        ],
    )
}

/// Past intervals beside what was observed.
///
/// Columns: `unit`, `name`, `jump_off`, `year`, `ages`, `level`, `observed`, `lower`, `upper` (persons), `inside`.
///
/// # Errors
/// [`FigureError::Unit`] for a unit the register does not have.
pub fn interval_coverage(found: &IntervalCoverage) -> Result<DataFrame, FigureError> {
    let register = gazetteer()?;
    let rows = &found.rows;
    let names = rows.iter().map(|row| register.name(row.unit)).collect::<Result<Vec<_>, _>>()?;
    frame(
        rows.len(),
        vec![
            column("unit", rows.iter().map(|row| row.unit.to_string()).collect::<Vec<_>>()),
            column("name", names),
            column("jump_off", rows.iter().map(|row| i32::from(row.jump_off.get())).collect::<Vec<_>>()),
            column("year", rows.iter().map(|row| i32::from(row.year.get())).collect::<Vec<_>>()),
            column("ages", rows.iter().map(|row| row.ages.to_string()).collect::<Vec<_>>()),
            column("level", rows.iter().map(|row| row.level).collect::<Vec<_>>()),
            column("observed", rows.iter().map(|row| row.observed).collect::<Vec<_>>()),
            column("lower", rows.iter().map(|row| row.lower).collect::<Vec<_>>()),
            column("upper", rows.iter().map(|row| row.upper).collect::<Vec<_>>()),
            column(
                "inside",
                rows.iter().map(|row| (row.lower..=row.upper).contains(&row.observed)).collect::<Vec<_>>(),
            ),
        ],
    )
}
