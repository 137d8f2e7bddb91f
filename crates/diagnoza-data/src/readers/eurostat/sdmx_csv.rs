use csv::StringRecord;

use super::rows::Rows;
use super::{Read, cells};
use crate::readers::delimited::Delimited;
use crate::readers::seen::Seen;
use crate::readers::violations::{Violations, shown};
use crate::readers::{Limits, ReadError};

/// Columns that say which file it is and not what was observed.
const CONTROL: [&str; 6] =
    ["DATAFLOW", "LAST UPDATE", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION"];

/// Where the columns stand.
struct Layout {
    /// `DATAFLOW`, or `STRUCTURE_ID` since version 2.0.
    flow: usize,
    updated: Option<usize>,
    action: Option<usize>,
    dimensions: Vec<usize>,
    period: usize,
    value: usize,
    status: Option<usize>,
    confidentiality: Option<usize>,
    /// Columns whose header is `code: label`; their cells are as well.
    labelled: Vec<bool>,
}

impl Layout {
    /// The code in a cell, without its label.
    fn code<'r>(&self, record: &'r StringRecord, place: usize) -> &'r str {
        let cell = record.get(place).unwrap_or_default().trim();
        if self.labelled.get(place) == Some(&true) { code(cell) } else { cell }
    }
}

pub(super) fn read(file: &str, text: &str, limits: &Limits) -> Result<Read, ReadError> {
    let mut table = Delimited::open(file, text, None, limits)?;
    let mut violations = Violations::new(file, limits.violations);
    let Some((layout, mut rows, notes)) = header(&table, &mut violations) else {
        violations.into_result()?;
        return Err(table.no_rows());
    };
    let mut seen = Seen::default();
    let mut record = StringRecord::new();
    let mut flow: Option<(String, String)> = None;
    while let Some(row) = table.next(&mut record, &mut violations)? {
        let cell = |place: usize| layout.code(&record, place);
        let mut note = |place: usize, expected: String| {
            let column = table.header.get(place).map_or("", String::as_str);
            violations.push(row, column, record.get(place).unwrap_or_default().trim(), expected);
        };
        let mut sound = true;
        let stated = cell(layout.flow);
        let (first, _) = flow.get_or_insert_with(|| {
            let updated = layout.updated.map(cell).filter(|text| !text.is_empty());
            (stated.to_owned(), updated.unwrap_or("not stated").to_owned())
        });
        if stated != first {
            note(layout.flow, format!("one data set per file, the first row is of {}", shown(first)));
            sound = false;
        }
        if layout.action.map(cell).is_some_and(|action| action == "D") {
            let place = layout.action.unwrap_or_default();
            note(place, "an observation: rows of action D say that one was deleted".to_owned());
            sound = false;
        }
        let codes: Vec<&str> = layout.dimensions.iter().map(|&place| cell(place)).collect();
        for (code, &place) in codes.iter().zip(&layout.dimensions) {
            if code.is_empty() {
                note(place, "a code".to_owned());
                sound = false;
            }
        }
        let period = cell(layout.period);
        let year = cells::year(period).map_err(|expected| note(layout.period, expected));
        let flags = |place: Option<usize>| place.map(cell).unwrap_or_default();
        let observed = cells::sdmx(cell(layout.value), flags(layout.status), flags(layout.confidentiality))
            .map_err(|expected| note(layout.value, expected));
        let (true, Ok(year), Ok(observed)) = (sound, year, observed) else { continue };
        let series = rows.series(&codes);
        let number = rows.period(period);
        let mut key = series.clone();
        key.push(number);
        if let Some(earlier) = seen.insert(key, row) {
            let got = format!("{} {period}", codes.join(","));
            let expected = format!(
                "one row per series and period, found the same as row {earlier}: remove one of the two"
            );
            violations.push(row, "(whole row)", &got, expected);
            continue;
        }
        rows.push(&series, number, year, &observed);
    }
    violations.into_result()?;
    if rows.len() == 0 {
        return Err(table.no_rows());
    }
    let (flow, updated) = flow.unwrap_or_default();
    Ok(Read { rows, notes, data_set: data_set(&flow), updated })
}

fn header(table: &Delimited<'_>, violations: &mut Violations) -> Option<(Layout, Rows, Vec<String>)> {
    let printed = table.header.join(",");
    let mut fault = |expected: &str| violations.push(table.header_row, "(header)", &printed, expected);
    let labelled: Vec<bool> = table.header.iter().map(|name| name.contains(':')).collect();
    // SDMX-CSV 2.0 may state in the first header how several values share a cell: STRUCTURE[;].
    let names: Vec<&str> = table.header.iter().map(|name| code(name)).collect();
    let first = names.first().map_or("", |name| name.split('[').next().unwrap_or(name));
    let find = |wanted: &str| names.iter().position(|name| *name == wanted);
    let flow = match first {
        "DATAFLOW" => Some(0),
        "STRUCTURE" => find("STRUCTURE_ID"),
        _ => None,
    };
    let Some(flow) = flow else {
        fault(
            "'DATAFLOW,LAST UPDATE,...' or 'STRUCTURE,STRUCTURE_ID,...': is this an SDMX-CSV file of Eurostat?",
        );
        return None;
    };
    // With the names of the structure comes a column of labels behind every column of codes.
    let step = if find("STRUCTURE_NAME").is_some() { 2 } else { 1 };
    let control = |name: &str| CONTROL.contains(&name) || name.starts_with("STRUCTURE[");
    let start = names.iter().take_while(|name| control(name)).count();
    let components: Vec<usize> = (start..names.len()).step_by(step).collect();
    let component = |wanted: &str| {
        components.iter().copied().find(|&place| names.get(place).is_some_and(|name| *name == wanted))
    };
    let (Some(period), Some(value)) = (component("TIME_PERIOD"), component("OBS_VALUE")) else {
        fault(
            "the columns TIME_PERIOD and OBS_VALUE, and codes in the others: download the file with codes, or with \
             codes and labels",
        );
        return None;
    };
    let dimensions: Vec<usize> =
        components.iter().copied().filter(|&place| place < value && place != period).collect();
    let of_dimensions: Vec<&str> = dimensions.iter().filter_map(|&place| names.get(place).copied()).collect();
    let rows = match Rows::new(&of_dimensions) {
        Ok(rows) if !of_dimensions.is_empty() => rows,
        Ok(_) => {
            fault("a column per dimension before OBS_VALUE");
            return None;
        }
        Err(expected) => {
            fault(&expected);
            return None;
        }
    };
    let (status, confidentiality) = (component("OBS_FLAG"), component("CONF_STATUS"));
    let mut notes = Vec::new();
    for &place in components.iter().filter(|&&place| place > value) {
        let name = names.get(place).copied().unwrap_or_default();
        if ![status, confidentiality].contains(&Some(place)) && !control(name) {
            notes.push(format!("column '{}' is no flag and was left out", shown(name)));
        }
    }
    let (updated, action) = (find("LAST UPDATE"), find("ACTION"));
    let layout =
        Layout { flow, updated, action, dimensions, period, value, status, confidentiality, labelled };
    Some((layout, rows, notes))
}

/// What stands before the label in `geo: Geopolitical entity` or `PL: Poland`.
fn code(cell: &str) -> &str {
    cell.split(':').next().unwrap_or(cell).trim()
}

/// `ESTAT:DEMO_R_PJANGRP3(1.0)` is the data set `demo_r_pjangrp3`.
fn data_set(flow: &str) -> Option<String> {
    let (_, rest) = flow.split_once(':')?;
    let code = rest.split(['(', ':']).next()?.trim();
    (!code.is_empty()).then(|| code.to_lowercase())
}
