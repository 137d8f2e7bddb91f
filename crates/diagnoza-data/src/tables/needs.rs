use std::collections::BTreeMap;

use diagnoza_core::observation::Cell;
use diagnoza_core::resources::need::{FirstGap, NeedRates};
use polars::prelude::{Column, DataFrame};

use super::frame::{column, frame};
use crate::error::FigureError;
use crate::needs::{FirstGapOf, NeedRow, Needs};

/// Need, supply and gap by unit, service, scenario and year.
///
/// Columns: `unit`, `name`, `service`, `service_pl`, `service_en`, `need_unit` (persons, hours or visits a year),
/// `scenario`, `year` (31 XII), `status` (of the population), `need`, `supply`, `gap` (need less supply),
/// `coverage` (supply over need), `missing` (why gap is null), `need_low`, `need_high` (over the scenarios; null with one).
///
/// # Errors
/// [`FigureError`] when polars refuses the columns.
pub fn needs_frame(needs: &Needs, rates: &NeedRates) -> Result<DataFrame, FigureError> {
    let rows = &needs.rows;
    let mut columns = named(rows, |row| (row.unit.to_string(), &row.name, &row.service), rates);
    columns.push(column("scenario", texts(rows, |row: &NeedRow| &row.scenario)));
    columns.push(column("year", rows.iter().map(|row| i32::from(row.year.year.get())).collect::<Vec<_>>()));
    columns.push(column("status", texts(rows, |row: &NeedRow| &row.status)));
    for (name, cell) in [
        ("need", (|row| row.year.need) as fn(&NeedRow) -> Cell),
        ("supply", |row| row.year.supply),
        ("gap", |row| row.year.gap),
        ("coverage", |row| row.year.coverage),
    ] {
        columns.push(column(name, rows.iter().map(|row| value(cell(row))).collect::<Vec<_>>()));
    }
    columns.push(column("missing", rows.iter().map(|row| reason(row.year.gap)).collect::<Vec<_>>()));
    let spreads: BTreeMap<_, _> =
        needs.spreads.iter().map(|one| ((one.unit, one.service.as_str(), one.year), one.spread)).collect();
    let spread = |row: &NeedRow| *spreads.get(&(row.unit, row.service.as_str(), row.year.year))?;
    let spreads: Vec<_> = rows.iter().map(spread).collect();
    columns.push(column("need_low", spreads.iter().map(|one| one.map(|one| one.low)).collect::<Vec<_>>()));
    columns.push(column("need_high", spreads.iter().map(|one| one.map(|one| one.high)).collect::<Vec<_>>()));
    frame(rows.len(), columns)
}

/// When the gap of each unit, service and scenario opens.
///
/// Columns: `unit`, `name`, `service`, `service_pl`, `service_en`, `need_unit`, `scenario`, `state` (opens, from_start,
/// none_until, unknown), `year` (of the state), `until` (the last year) and `need`, `supply`, `gap`, `coverage` of it.
///
/// # Errors
/// [`FigureError`] when polars refuses the columns.
pub fn first_gaps_frame(needs: &Needs, rates: &NeedRates) -> Result<DataFrame, FigureError> {
    let rows = &needs.first_gaps;
    let mut columns = named(rows, |row| (row.unit.to_string(), &row.name, &row.service), rates);
    columns.push(column("scenario", texts(rows, |row: &FirstGapOf| &row.scenario)));
    let state = |row: &FirstGapOf| match row.first {
        FirstGap::Opens { year } => ("opens", Some(i32::from(year.get()))),
        FirstGap::FromStart { year } => ("from_start", Some(i32::from(year.get()))),
        FirstGap::NoneUntil { year } => ("none_until", Some(i32::from(year.get()))),
        FirstGap::Unknown { .. } => ("unknown", None),
    };
    let states: Vec<_> = rows.iter().map(state).collect();
    columns.push(column("state", states.iter().map(|(word, _)| *word).collect::<Vec<_>>()));
    columns.push(column("year", states.iter().map(|(_, year)| *year).collect::<Vec<_>>()));
    columns.push(column("until", rows.iter().map(|row| i32::from(row.last.year.get())).collect::<Vec<_>>()));
    for (name, cell) in [
        ("need", (|row| row.last.need) as fn(&FirstGapOf) -> Cell),
        ("supply", |row| row.last.supply),
        ("gap", |row| row.last.gap),
        ("coverage", |row| row.last.coverage),
    ] {
        columns.push(column(name, rows.iter().map(|row| value(cell(row))).collect::<Vec<_>>()));
    }
    frame(rows.len(), columns)
}

/// Columns of unit and service with its names and unit.
fn named<'r, T>(
    rows: &'r [T],
    of: impl Fn(&'r T) -> (String, &'r String, &'r String),
    rates: &NeedRates,
) -> Vec<Column> {
    let (mut units, mut names, mut services) = (Vec::new(), Vec::new(), Vec::new());
    let (mut pl, mut en, mut measures) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        let (unit, name, service) = of(row);
        let known = rates.service(service).ok();
        units.push(unit);
        names.push(name.as_str());
        services.push(service.as_str());
        pl.push(known.map(|known| known.name_pl.as_str()));
        en.push(known.map(|known| known.name_en.as_str()));
        measures.push(known.map(|known| known.unit.of_need()));
    }
    vec![
        column("unit", units),
        column("name", names),
        column("service", services),
        column("service_pl", pl),
        column("service_en", en),
        column("need_unit", measures),
    ]
}

fn texts<T>(rows: &[T], of: impl Fn(&T) -> &String) -> Vec<String> {
    rows.iter().map(|row| of(row).clone()).collect()
}

const fn value(cell: Cell) -> Option<f64> {
    match cell {
        Cell::Value(value) => Some(value),
        Cell::Missing(_) => None,
    }
}

const fn reason(cell: Cell) -> Option<&'static str> {
    match cell {
        Cell::Value(_) => None,
        Cell::Missing(reason) => Some(reason.word()),
    }
}
