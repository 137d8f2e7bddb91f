use std::collections::BTreeSet;

use diagnoza_core::observation::{Cell, Missing, Source};
use diagnoza_core::selection::{Column, CriteriaTable, SelectionSpec, WantedColumn};
use diagnoza_core::territory::{Gazetteer, Level, Teryt, UnitId};
use polars::prelude::{DataFrame, DataType};

use super::frame::{frame_of, gmina_row};
use super::{SelectionError, UserTable};
use crate::embedded::{DataError, table, table_info};
use crate::official::gazetteer;
use crate::readers::tidy::{self, Kind, Schema};

/// The user's table or, without one, the embedded table that the specification names, if it is there.
pub(super) fn table_of(
    spec: &SelectionSpec,
    wanted: &[WantedColumn],
    given: Option<&UserTable>,
) -> Result<Option<CriteriaTable>, SelectionError> {
    given.map_or_else(|| embedded_table(spec, wanted), |given| user_table(spec, wanted, given).map(Some))
}

/// The table that a user supplies, checked against what the specification wants.
fn user_table(
    spec: &SelectionSpec,
    wanted: &[WantedColumn],
    given: &UserTable,
) -> Result<CriteriaTable, SelectionError> {
    let declared = |name: &str, kind, required| tidy::Column { name: name.to_owned(), kind, required };
    let mut columns = vec![declared("teryt", Kind::Code, true), declared("name", Kind::Text, false)];
    columns.extend(
        wanted.iter().map(|column| {
            declared(&column.header, Kind::Number { min: None, max: None, nullable: true }, true)
        }),
    );
    let schema = Schema { columns, key: vec!["teryt".to_owned()] };
    let read = tidy::read(&given.name, &given.bytes, &schema, &given.options)?;
    build(spec, wanted, &given.name, &read.frame, &read.source)
}

/// The embedded table of the specification, unless it lacks a wanted column or has one without any value.
fn embedded_table(
    spec: &SelectionSpec,
    wanted: &[WantedColumn],
) -> Result<Option<CriteriaTable>, SelectionError> {
    let name = &spec.frame.table;
    let Ok(info) = table_info(name) else { return Ok(None) };
    let frame = table(name)?;
    let filled = |column: &WantedColumn| {
        frame.column(&column.header).is_ok_and(|values| values.null_count() < values.len())
    };
    if !wanted.iter().all(filled) {
        return Ok(None);
    }
    build(spec, wanted, name, &frame, &info.source()).map(Some)
}

fn build(
    spec: &SelectionSpec,
    wanted: &[WantedColumn],
    name: &str,
    frame: &DataFrame,
    source: &Source,
) -> Result<CriteriaTable, SelectionError> {
    let register = gazetteer()?.on(spec.frame.date);
    let unreadable = |reason: String| DataError::Unreadable { name: name.to_owned(), reason };
    let codes = frame.column("teryt").and_then(|column| column.str().cloned());
    let codes = codes.map_err(|e| unreadable(e.to_string()))?;
    let mut rows = codes
        .iter()
        .enumerate()
        .map(|(i, code)| gmina_row(&register, gmina_of(&register, name, i + 2, code.unwrap_or_default())?))
        .collect::<Result<Vec<_>, _>>()?;
    // Gminas of the frame that the table leaves out have no value, said as such; the rule for missing
    // values decides what becomes of those that are eligible.
    let given: BTreeSet<Teryt> = rows.iter().map(|row| row.code).collect();
    let left_out: Vec<_> =
        frame_of(&spec.frame)?.gminas().iter().filter(|row| !given.contains(&row.code)).cloned().collect();
    let no_value = vec![Cell::Missing(Missing::NotReported); left_out.len()];
    rows.extend(left_out);
    let columns = wanted
        .iter()
        .map(|column| {
            Ok(Column {
                variable: column.variable.clone(),
                year: column.year,
                unit: column.unit.clone(),
                source: source.clone(),
                non_negative: false,
                cells: cells(frame, &column.header)
                    .map_err(|e| unreadable(e.to_string()))?
                    .into_iter()
                    .chain(no_value.iter().copied())
                    .collect(),
            })
        })
        .collect::<Result<Vec<_>, DataError>>()?;
    CriteriaTable::new(rows, columns)
        .map_err(|source| SelectionError::Table { table: name.to_owned(), source })
}

/// The gmina a code names on the register's date, whatever kind digit it carries.
fn gmina_of(register: &Gazetteer, table: &str, row: usize, code: &str) -> Result<Teryt, SelectionError> {
    let unit: UnitId = code.parse().map_err(|_| {
        SelectionError::Figure(
            DataError::Unreadable { name: table.to_owned(), reason: format!("row {row}: '{code}'") }.into(),
        )
    })?;
    let unit = register.resolve(unit).map_err(|source| SelectionError::Unit {
        table: table.to_owned(),
        row,
        source,
    })?;
    match unit.teryt() {
        Some(gmina) if unit.level() == Level::Gmina => Ok(gmina),
        _ => Err(SelectionError::NotAGmina {
            table: table.to_owned(),
            row,
            code: unit.teryt().unwrap_or(Teryt::POLAND),
        }),
    }
}

/// Values of a column; the column `<name>_missing`, where there is one, says why one is empty.
fn cells(frame: &DataFrame, name: &str) -> polars::prelude::PolarsResult<Vec<Cell>> {
    let numbers = frame.column(name)?.cast(&DataType::Float64)?;
    let reasons = match frame.column(&format!("{name}_missing")) {
        Ok(column) => column.str()?.iter().map(|word| word.map(str::to_owned)).collect(),
        Err(_) => vec![None; frame.height()],
    };
    let reason = |word: Option<String>| {
        let missing = [Missing::BelowUnit, Missing::Suppressed, Missing::NotApplicable];
        missing.into_iter().find(|m| Some(m.word()) == word.as_deref()).unwrap_or(Missing::NotReported)
    };
    let cells = numbers.f64()?.iter().zip(reasons).map(|(value, word)| match value {
        Some(value) => Cell::Value(value),
        None => Cell::Missing(reason(word)),
    });
    Ok(cells.collect())
}
