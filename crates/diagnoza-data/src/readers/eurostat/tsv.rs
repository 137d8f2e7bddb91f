use csv::StringRecord;

use super::rows::Rows;
use super::{Read, cells};
use crate::readers::delimited::{Delimited, Delimiter};
use crate::readers::seen::Seen;
use crate::readers::violations::Violations;
use crate::readers::{Limits, ReadError};

/// A column of figures: its header, and the period as the frame knows it.
struct Period {
    title: String,
    number: u32,
    year: i32,
}

pub(super) fn read(file: &str, text: &str, limits: &Limits) -> Result<Read, ReadError> {
    let mut table = Delimited::open(file, text, Some(Delimiter::Tab), limits)?;
    let mut violations = Violations::new(file, limits.violations);
    let Some((mut rows, key, periods)) = header(&table, &mut violations) else {
        violations.into_result()?;
        return Err(table.no_rows());
    };
    let mut seen = Seen::default();
    let mut record = StringRecord::new();
    while let Some(row) = table.next(&mut record, &mut violations)? {
        let series = record.get(0).unwrap_or_default().trim();
        let codes: Vec<&str> = series.split(',').map(str::trim).collect();
        if codes.len() != rows.dimensions().len() || codes.contains(&"") {
            let expected =
                format!("{} codes separated by commas, as {key} in the header", rows.dimensions().len());
            violations.push(row, &key, series, expected);
            continue;
        }
        let numbers = rows.series(&codes);
        if let Some(earlier) = seen.insert(numbers.clone(), row) {
            let expected =
                format!("one row per series, found the same as row {earlier}: remove one of the two");
            violations.push(row, &key, series, expected);
            continue;
        }
        for (cell, period) in record.iter().skip(1).zip(&periods) {
            match cells::tsv(cell) {
                Ok(observed) => rows.push(&numbers, period.number, period.year, &observed),
                Err(expected) => violations.push(row, &period.title, cell.trim(), expected),
            }
        }
        limits.check_rows(file, rows.len())?;
    }
    violations.into_result()?;
    if rows.len() == 0 {
        return Err(table.no_rows());
    }
    Ok(Read { rows, notes: Vec::new(), data_set: None, updated: "not stated".to_owned() })
}

/// Dimensions before the backslash, `TIME_PERIOD` (once `time`) after it, and the periods.
fn header(table: &Delimited<'_>, violations: &mut Violations) -> Option<(Rows, String, Vec<Period>)> {
    let mut fault = |got: &str, expected: &str| violations.push(table.header_row, "(header)", got, expected);
    let first = table.header.first().map(String::as_str).unwrap_or_default();
    let Some((key, time)) = first.split_once('\\') else {
        fault(
            first,
            "dimensions and \\TIME_PERIOD in the first cell, such as 'freq,unit,sex,age,geo\\TIME_PERIOD', and then \
             the periods: is this a TSV file of Eurostat?",
        );
        return None;
    };
    if !matches!(time.trim(), "TIME_PERIOD" | "time") {
        fault(first, "\\TIME_PERIOD or \\time after the dimensions: other dimensions across are not read");
        return None;
    }
    let names: Vec<&str> = key.split(',').collect();
    let mut rows = match Rows::new(&names) {
        Ok(rows) => rows,
        Err(expected) => {
            fault(first, &expected);
            return None;
        }
    };
    let mut periods: Vec<Period> = Vec::new();
    let mut seen = Seen::default();
    let mut sound = true;
    for (place, title) in table.header.iter().enumerate().skip(1) {
        match cells::year(title) {
            Ok(_) if seen.insert(title, place).is_some() => {
                sound = false;
                fault(title, "every period once");
            }
            Ok(year) => {
                let number = rows.period(title);
                periods.push(Period { title: title.clone(), number, year });
            }
            Err(expected) => {
                sound = false;
                fault(title, &expected);
            }
        }
    }
    if sound && periods.is_empty() {
        sound = false;
        fault(first, "a column per period after the dimensions, between tabs");
    }
    sound.then(|| (rows, key.to_owned(), periods))
}
