use crate::readers::violations::Violations;
use crate::readers::workbook::{Cell, Sheet, letters};

/// More than any population: a number past it is no count of persons.
const MOST: f64 = 1e11;

/// A whole number of persons, zero or more; otherwise `None` and a violation noted.
pub(super) fn persons(sheet: &Sheet, row: usize, column: usize, violations: &mut Violations) -> Option<i64> {
    let cell = sheet.cell(row, column);
    let expected = match cell {
        // Whole and below 1e11, so the conversion keeps every digit.
        Some(Cell::Number(number))
            if *number >= 0.0 && *number < MOST && number.fract().abs() < f64::EPSILON =>
        {
            return Some(*number as i64);
        }
        Some(Cell::Number(number)) if *number < 0.0 => "a number of persons, zero or more",
        Some(Cell::Number(_)) => "a whole number of persons",
        Some(Cell::Text(_)) => "a number of persons, found a text",
        None => "a number of persons",
    };
    let got = sheet.shown(row, column);
    violations.push_in(Some(&sheet.name), row, &letters(column), &got, expected);
    None
}
