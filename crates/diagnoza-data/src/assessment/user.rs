use std::collections::{BTreeMap, BTreeSet};

use diagnoza_core::observation::{Source, Year};
use diagnoza_core::resources::assessment::{
    ChangeMeasure, Direction, IndicatorTable, SeriesBreak, TableIndicator, TableUnit, TableValue, ValueKind,
};
use diagnoza_core::territory::UnitId;
use polars::prelude::{DataFrame, DataType};

use super::AssessError;
use super::public::unit;
use crate::FigureError;
use crate::frames::{FrameError, cells, parsed};
use crate::official::gazetteer;

const VALUES: [&str; 6] = ["unit", "name", "indicator", "year", "value", "missing"];

const DESCRIBED: [&str; 17] = [
    "indicator",
    "name_pl",
    "name_en",
    "unit_pl",
    "unit_en",
    "direction",
    "kind",
    "change",
    "decimals",
    "observed_until",
    "break_year",
    "break_reason_pl",
    "break_reason_en",
    "source_publisher",
    "source_title",
    "source_date",
    "note",
];

/// A user's table from frames.
///
/// `values` is long: `unit` (code), `indicator`, `year`, `value`, and if wanted `missing` (why a value is empty) and
/// `name` of units that the register does not have. `indicators` describes them, one row each: `indicator`, and any of
/// `name_pl`, `name_en`, `unit_pl`, `unit_en`, `direction`, `kind`, `change`, `decimals`, `observed_until`, `break_year`,
/// `break_reason_pl`, `break_reason_en`, `source_publisher`, `source_title`, `source_date`, `note`. Without it an
/// indicator is known by its id only.
///
/// # Errors
/// [`AssessError`] names frame, row and column; an unknown column is an error, for it is a slip of the pen.
pub fn table_of_frames(
    values: &DataFrame,
    indicators: Option<&DataFrame>,
) -> Result<IndicatorTable, AssessError> {
    let fault = |source| AssessError::Frame { frame: "table", source };
    known_columns("table", values, &VALUES)?;
    let given: Vec<UnitId> = parsed(values, "unit").map_err(fault)?;
    let ids: Vec<String> = parsed(values, "indicator").map_err(fault)?;
    let years: Vec<Year> = parsed(values, "year").map_err(fault)?;
    let cells = cells(values, "value").map_err(fault)?;
    let names = texts("table", values, "name")?;
    let mut units: Vec<TableUnit> = Vec::new();
    let mut seen = BTreeSet::new();
    for (row, &code) in given.iter().enumerate() {
        if seen.insert(code.without_kind()) {
            let name = names.get(row).cloned().flatten();
            units.push(unit_of(code, name)?);
        }
    }
    let rows: Vec<TableValue> = given
        .into_iter()
        .zip(&ids)
        .zip(years)
        .zip(cells)
        .map(|(((unit, id), year), cell)| TableValue { indicator: id.clone(), unit, year, cell })
        .collect();
    let described = match indicators {
        Some(frame) => describe(frame)?,
        None => {
            let mut seen = BTreeSet::new();
            ids.iter().filter(|id| seen.insert((*id).clone())).map(TableIndicator::new).collect()
        }
    };
    Ok(IndicatorTable::new(described, units, rows)?)
}

/// Units of a table that a text selects: `gminas:28`, codes or names as in the register, or codes of the table.
///
/// # Errors
/// [`AssessError::Select`] for a text that selects nothing, or [`AssessError::Assessment`] for a unit that the table
/// does not have.
pub fn select(table: &IndicatorTable, text: &str) -> Result<Vec<UnitId>, AssessError> {
    let register = gazetteer()?;
    let mut selected = Vec::new();
    for item in text.split(',') {
        let own = item.trim().parse::<UnitId>().ok().and_then(|code| table.place(code));
        match own.and_then(|place| table.units().get(place)) {
            Some(unit) => selected.push(unit.unit),
            None => selected.extend(register.select(item)?),
        }
    }
    let mut seen = BTreeSet::new();
    selected.retain(|unit| seen.insert(*unit));
    Ok(selected)
}

fn unit_of(code: UnitId, name: Option<String>) -> Result<TableUnit, AssessError> {
    match unit(code) {
        Ok(found) => Ok(found),
        Err(FigureError::Unit(_)) => Ok(TableUnit::new(code, name.unwrap_or_else(|| code.to_string()))),
        Err(error) => Err(error.into()),
    }
}

fn describe(frame: &DataFrame) -> Result<Vec<TableIndicator>, AssessError> {
    known_columns("indicators", frame, &DESCRIBED)?;
    let fault = |source| AssessError::Frame { frame: "indicators", source };
    let ids: Vec<String> = parsed(frame, "indicator").map_err(fault)?;
    let mut columns: BTreeMap<&'static str, Vec<Option<String>>> = BTreeMap::new();
    for name in DESCRIBED {
        columns.insert(name, texts("indicators", frame, name)?);
    }
    let mut made = Vec::with_capacity(ids.len());
    for (row, id) in ids.into_iter().enumerate() {
        let text = |column: &'static str| {
            columns.get(column)?.get(row)?.clone().filter(|text| !text.trim().is_empty())
        };
        let mut indicator = TableIndicator::new(id);
        for (field, column) in [
            (&mut indicator.name_pl, "name_pl"),
            (&mut indicator.name_en, "name_en"),
            (&mut indicator.unit_pl, "unit_pl"),
            (&mut indicator.unit_en, "unit_en"),
            (&mut indicator.note_pl, "note"),
            (&mut indicator.note_en, "note"),
        ] {
            if let Some(given) = text(column) {
                *field = given;
            }
        }
        let word = |column, words: Vec<&str>| -> Result<Option<usize>, AssessError> {
            let Some(got) = text(column) else { return Ok(None) };
            let place = words.iter().position(|word| *word == got.trim());
            let reason = || format!("'{got}' is not known: expected {}", words.join(", "));
            place.map(Some).ok_or_else(|| fault(FrameError::Cell { row: row + 1, column, reason: reason() }))
        };
        if let Some(i) = word("direction", Direction::ALL.iter().map(|word| word.word()).collect())? {
            indicator.direction = Direction::ALL[i];
        }
        if let Some(i) = word("kind", ValueKind::ALL.iter().map(|word| word.word()).collect())? {
            indicator.kind = ValueKind::ALL[i];
        }
        if let Some(i) = word("change", ChangeMeasure::ALL.iter().map(|word| word.word()).collect())? {
            indicator.change = ChangeMeasure::ALL[i];
        }
        let number = |column: &'static str, expected: &str| -> Result<Option<i64>, AssessError> {
            let Some(got) = text(column) else { return Ok(None) };
            // a column with empty cells may come as 1.0
            let whole = got.trim().trim_end_matches(".0").parse::<i64>();
            let reason = format!("'{got}': expected {expected}");
            whole.map(Some).map_err(|_| fault(FrameError::Cell { row: row + 1, column, reason }))
        };
        if let Some(decimals) = number("decimals", "0 to 9")? {
            indicator.decimals = u8::try_from(decimals).unwrap_or(u8::MAX);
        }
        let year = |column: &'static str| -> Result<Option<Year>, AssessError> {
            let Some(year) = number(column, "a year such as 2024")? else { return Ok(None) };
            let cell = |reason| fault(FrameError::Cell { row: row + 1, column, reason });
            Year::new(year).map(Some).map_err(|e| cell(e.to_string()))
        };
        indicator.observed_until = year("observed_until")?;
        if let Some(year) = year("break_year")? {
            let reason = |column| text(column).unwrap_or_default();
            let (reason_pl, reason_en) = (reason("break_reason_pl"), reason("break_reason_en"));
            indicator.breaks.push(SeriesBreak { year, reason_pl, reason_en });
        }
        let source = ["source_publisher", "source_title", "source_date"].map(text);
        if source.iter().any(Option::is_some) {
            let [publisher, title, date] = source.map(Option::unwrap_or_default);
            indicator.sources.push(Source { publisher, title, date, sha256: String::new() });
        }
        made.push(indicator);
    }
    Ok(made)
}

fn known_columns(frame: &'static str, given: &DataFrame, known: &[&'static str]) -> Result<(), AssessError> {
    let unknown = given.get_column_names().into_iter().find(|name| !known.contains(&name.as_str()));
    match unknown {
        Some(column) => Err(AssessError::Column { frame, column: column.to_string(), known: known.to_vec() }),
        None => Ok(()),
    }
}

/// A column as texts; no texts if the frame does not have it.
fn texts(
    frame: &'static str,
    given: &DataFrame,
    column: &'static str,
) -> Result<Vec<Option<String>>, AssessError> {
    let fault = |source| AssessError::Frame { frame, source: FrameError::Column { column, source } };
    let Ok(found) = given.column(column) else { return Ok(Vec::new()) };
    let found = found.cast(&DataType::String).map_err(fault)?;
    Ok(found.str().map_err(fault)?.iter().map(|text| text.map(str::to_owned)).collect())
}
