//! Where polars and the model meet: panels become frames and frames panels.
//!
//! The tidy form of a panel has the columns `unit`, `year`, `sex` (F, M), `age` (first age of the group, the
//! last open), `value` and `missing` (why there is no value, null where there is one).

use std::collections::BTreeSet;

use diagnoza_core::observation::{
    Age, AgeScheme, Basis, Cell, Missing, Panel, PanelError, Quantity, Sex, Source, Year,
};
use diagnoza_core::territory::UnitId;
use polars::prelude::{DataFrame, DataType, IntoColumn, NamedFrom, PolarsError, Series};

/// Why a frame is no panel.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// A column is missing or has another type.
    #[error("column {column}: {source}")]
    Column {
        /// Name of the column.
        column: &'static str,
        /// What polars says.
        source: PolarsError,
    },
    /// A cell cannot be read.
    #[error("row {row}, column {column}: {reason}")]
    Cell {
        /// Row, the first being 1.
        row: usize,
        /// Name of the column.
        column: &'static str,
        /// What is wrong, and what was expected.
        reason: String,
    },
    /// Two rows are of the same cell.
    #[error("rows {first} and {second} are both of {unit}, {year}, {sex}, age {age}: keep one")]
    Duplicate {
        /// The earlier row.
        first: usize,
        /// The later row.
        second: usize,
        /// Unit of both.
        unit: UnitId,
        /// Year of both.
        year: Year,
        /// Sex of both.
        sex: Sex,
        /// First age of the group of both.
        age: Age,
    },
    /// The values are not those of a panel.
    #[error(transparent)]
    Panel(#[from] PanelError),
    /// The frame cannot be made.
    #[error(transparent)]
    Polars(#[from] PolarsError),
}

/// A panel in tidy form, rows in the order unit, year, sex, age.
///
/// # Errors
/// [`FrameError`] when polars refuses the columns.
pub fn frame_of_panel(panel: &Panel) -> Result<DataFrame, FrameError> {
    let (mut units, mut years, mut sexes, mut ages) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut values, mut missing) = (Vec::new(), Vec::new());
    for &unit in panel.units() {
        for &year in panel.years() {
            let cells = panel.cells(unit, year)?;
            for (i, cell) in cells.iter().enumerate() {
                units.push(unit.to_string());
                years.push(i32::from(year.get()));
                sexes.push(Sex::BOTH[i / panel.ages().len()].letter());
                ages.push(i32::from(panel.ages().starts()[i % panel.ages().len()]));
                let (value, reason) = match *cell {
                    Cell::Value(value) => (Some(value), None),
                    Cell::Missing(reason) => (None, Some(reason.word())),
                };
                values.push(value);
                missing.push(reason);
            }
        }
    }
    let columns = vec![
        Series::new("unit".into(), units).into_column(),
        Series::new("year".into(), years).into_column(),
        Series::new("sex".into(), sexes).into_column(),
        Series::new("age".into(), ages).into_column(),
        Series::new("value".into(), values).into_column(),
        Series::new("missing".into(), missing).into_column(),
    ];
    Ok(DataFrame::new_infer_height(columns)?)
}

/// Reads a panel from its tidy form; the columns `value` and `missing` may stand under other names.
///
/// Units, years and ages are those that occur, in order. A combination without a row, or a row without a
/// value and reason, is [`Missing::NotReported`].
///
/// # Errors
/// [`FrameError`] names column and row.
pub fn panel_of_frame(
    frame: &DataFrame,
    value: &'static str,
    quantity: Quantity,
    basis: Basis,
    source: Source,
) -> Result<Panel, FrameError> {
    let units: Vec<UnitId> = parsed(frame, "unit")?;
    let years: Vec<Year> = parsed(frame, "year")?;
    let sexes: Vec<Sex> = parsed(frame, "sex")?;
    let ages: Vec<Age> = parsed(frame, "age")?;
    let cells = cells(frame, value)?;
    let unit_axis: Vec<UnitId> = BTreeSet::from_iter(units.iter().copied()).into_iter().collect();
    let year_axis: Vec<Year> = BTreeSet::from_iter(years.iter().copied()).into_iter().collect();
    let starts: Vec<u8> = BTreeSet::from_iter(ages.iter().map(|age| age.get())).into_iter().collect();
    let scheme = AgeScheme::from_starts(starts).map_err(|e| FrameError::Cell {
        row: 1,
        column: "age",
        reason: e.to_string(),
    })?;
    let place = |row: usize| -> Option<usize> {
        let unit = unit_axis.binary_search(&units[row]).ok()?;
        let year = year_axis.binary_search(&years[row]).ok()?;
        let age = scheme.position(ages[row].get())?;
        Some(((unit * year_axis.len() + year) * 2 + sexes[row].index()) * scheme.len() + age)
    };
    let size = unit_axis.len() * year_axis.len() * 2 * scheme.len();
    let mut filled = vec![Cell::Missing(Missing::NotReported); size];
    let mut rows: Vec<Option<usize>> = vec![None; size];
    for (row, &cell) in cells.iter().enumerate() {
        let Some(i) = place(row) else { continue };
        if let Some(first) = rows[i] {
            let (unit, year, sex, age) = (units[row], years[row], sexes[row], ages[row]);
            return Err(FrameError::Duplicate { first: first + 1, second: row + 1, unit, year, sex, age });
        }
        rows[i] = Some(row);
        filled[i] = cell;
    }
    Ok(Panel::new(quantity, basis, source, unit_axis, year_axis, scheme, filled)?)
}

/// A column of codes, read as texts whatever its type.
pub(crate) fn parsed<T>(frame: &DataFrame, column: &'static str) -> Result<Vec<T>, FrameError>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    let fault = |source| FrameError::Column { column, source };
    let texts = frame.column(column).and_then(|c| c.cast(&DataType::String)).map_err(fault)?;
    texts
        .str()
        .map_err(fault)?
        .iter()
        .enumerate()
        .map(|(row, text)| {
            let cell = |reason: String| FrameError::Cell { row: row + 1, column, reason };
            text.ok_or_else(|| cell("no value".to_owned()))?.parse().map_err(|e: T::Err| cell(e.to_string()))
        })
        .collect()
}

pub(crate) fn cells(frame: &DataFrame, value: &'static str) -> Result<Vec<Cell>, FrameError> {
    let fault = |source| FrameError::Column { column: value, source };
    let numbers = frame.column(value).and_then(|c| c.strict_cast(&DataType::Float64)).map_err(fault)?;
    let reasons: Vec<Option<String>> = match frame.column("missing") {
        Ok(column) => column.str()?.iter().map(|word| word.map(str::to_owned)).collect(),
        Err(_) => vec![None; frame.height()],
    };
    let all = [Missing::NotReported, Missing::BelowUnit, Missing::Suppressed, Missing::NotApplicable];
    numbers
        .f64()
        .map_err(fault)?
        .iter()
        .zip(reasons)
        .enumerate()
        .map(|(row, (number, reason))| match (number, reason) {
            (Some(number), None) => Ok(Cell::Value(number)),
            (None, None) => Ok(Cell::Missing(Missing::NotReported)),
            (None, Some(word)) => match all.into_iter().find(|missing| missing.word() == word) {
                Some(missing) => Ok(Cell::Missing(missing)),
                None => Err(FrameError::Cell {
                    row: row + 1,
                    column: "missing",
                    reason: format!("'{word}' is no reason: expected {}", all.map(Missing::word).join(", ")),
                }),
            },
            (Some(number), Some(word)) => Err(FrameError::Cell {
                row: row + 1,
                column: value,
                reason: format!("{number} although the value is said to be missing ({word})"),
            }),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> Source {
        Source {
            publisher: "test".to_owned(),
            title: "synthetic".to_owned(),
            date: "2022".to_owned(),
            sha256: String::new(),
        }
    }

    type Row = (&'static str, i32, &'static str, i32, Option<f64>, Option<&'static str>);

    fn frame(rows: &[Row]) -> DataFrame {
        let columns = vec![
            Series::new("unit".into(), rows.iter().map(|r| r.0).collect::<Vec<_>>()).into_column(),
            Series::new("year".into(), rows.iter().map(|r| r.1).collect::<Vec<_>>()).into_column(),
            Series::new("sex".into(), rows.iter().map(|r| r.2).collect::<Vec<_>>()).into_column(),
            Series::new("age".into(), rows.iter().map(|r| r.3).collect::<Vec<_>>()).into_column(),
            Series::new("value".into(), rows.iter().map(|r| r.4).collect::<Vec<_>>()).into_column(),
            Series::new("missing".into(), rows.iter().map(|r| r.5).collect::<Vec<_>>()).into_column(),
        ];
        DataFrame::new_infer_height(columns).unwrap()
    }

    fn panel(frame: &DataFrame) -> Result<Panel, FrameError> {
        panel_of_frame(frame, "value", Quantity::Persons, Basis::Census2021, source())
    }

    #[test]
    fn a_panel_comes_back_from_its_frame_with_typed_missing_values() {
        let tidy = frame(&[
            ("2816", 2022, "F", 0, Some(3.0), None),
            ("2816", 2022, "F", 65, None, Some("suppressed")),
            ("2816", 2022, "M", 0, Some(0.0), None),
        ]);
        let read = panel(&tidy).unwrap();
        let (unit, year) = (read.units()[0], read.years()[0]);
        assert_eq!(
            read.cells(unit, year).unwrap(),
            [
                Cell::Value(3.0),
                Cell::Missing(Missing::Suppressed),
                Cell::Value(0.0),
                Cell::Missing(Missing::NotReported),
            ]
        );
        assert_eq!(panel(&frame_of_panel(&read).unwrap()).unwrap(), read);
    }

    #[test]
    fn faults_are_named_by_row_and_column() {
        let message = |rows: &[Row]| panel(&frame(rows)).unwrap_err().to_string();
        let row = ("2816", 2022, "F", 0, Some(3.0), None);
        assert!(message(&[row, row]).starts_with("rows 1 and 2 are both of 2816, 2022, F, age 0"));
        assert!(message(&[row, ("9916", 2022, "F", 1, Some(3.0), None)]).starts_with("row 2, column unit"));
        assert!(message(&[("2816", 1022, "F", 0, Some(3.0), None)]).starts_with("row 1, column year"));
        assert!(message(&[("2816", 2022, "K", 0, Some(3.0), None)]).contains("expected F or M"));
        assert!(message(&[("2816", 2022, "F", 0, Some(-3.0), None)]).contains("-3 is not a valid value"));
        assert!(message(&[("2816", 2022, "F", 0, None, Some("lost"))]).contains("expected not_reported"));
        assert!(
            message(&[("2816", 2022, "F", 0, Some(1.0), Some("suppressed"))]).contains("said to be missing")
        );
        assert!(message(&[("2816", 2022, "F", 5, Some(1.0), None)]).contains("expected 0 first"));
    }
}
