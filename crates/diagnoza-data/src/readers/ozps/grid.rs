use std::collections::BTreeMap;

use csv::StringRecord;

use crate::readers::delimited::{Delimited, Delimiter};
use crate::readers::encoding::{Encoding, decode};
use crate::readers::workbook::{self, letters};
use crate::readers::{Limits, ReadError};

/// A filled field of a file.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Raw {
    Number(f64),
    Text(String),
}

impl Raw {
    /// The trimmed text, numbers as they are written.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.trim().to_owned(),
        }
    }
}

/// The filled fields of a sheet, or of a text: by row from 1, then column from 1.
pub(super) struct Grid {
    pub(super) sheet: Option<String>,
    rows: BTreeMap<usize, BTreeMap<usize, Raw>>,
}

impl Grid {
    pub(super) fn rows(&self) -> impl Iterator<Item = (usize, &BTreeMap<usize, Raw>)> {
        self.rows.iter().map(|(&row, cells)| (row, cells))
    }

    pub(super) fn rows_after(&self, row: usize) -> impl Iterator<Item = &BTreeMap<usize, Raw>> {
        self.rows.range(row + 1..).map(|(_, cells)| cells)
    }

    pub(super) fn cell(&self, row: usize, column: usize) -> Option<&Raw> {
        self.rows.get(&row)?.get(&column)
    }

    /// How messages call a column: its letter in a workbook, its number in a text.
    pub(super) fn column(&self, column: usize) -> String {
        if self.sheet.is_some() { letters(column) } else { column.to_string() }
    }
}

/// Every sheet of a workbook, or the one table of a text.
pub(super) fn open(
    name: &str,
    bytes: &[u8],
    encoding: Option<Encoding>,
    limits: &Limits,
) -> Result<Vec<Grid>, ReadError> {
    limits.check_file(name, bytes)?;
    if bytes.starts_with(b"PK") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        let sheets = workbook::open(name, bytes, limits)?;
        return Ok(sheets.iter().map(of_sheet).collect());
    }
    let (text, _) = decode(name, bytes, encoding)?;
    let mut table = Delimited::open(name, &text, Some(delimiter(&text)), limits)?;
    let mut grid = Grid { sheet: None, rows: BTreeMap::new() };
    let mut push = |row: usize, cells: &mut dyn Iterator<Item = &str>| {
        let filled: BTreeMap<usize, Raw> = (1..)
            .zip(cells)
            .filter(|(_, cell)| !cell.trim().is_empty())
            .map(|(column, cell)| (column, Raw::Text(cell.to_owned())))
            .collect();
        if !filled.is_empty() {
            grid.rows.insert(row, filled);
        }
    };
    push(table.header_row, &mut table.header.iter().map(String::as_str));
    let mut record = StringRecord::new();
    while let Some(row) = table.next_of_any_width(&mut record)? {
        push(row, &mut record.iter());
    }
    Ok(vec![grid])
}

fn of_sheet(sheet: &workbook::Sheet) -> Grid {
    let mut rows = BTreeMap::new();
    for row in 1..=sheet.last_row() {
        let cells: BTreeMap<usize, Raw> = sheet
            .columns(row)
            .map(|(column, cell)| match cell {
                workbook::Cell::Number(number) => (column, Raw::Number(*number)),
                workbook::Cell::Text(text) => (column, Raw::Text(text.clone())),
            })
            .filter(|(_, raw)| !raw.text().is_empty())
            .collect();
        if !cells.is_empty() {
            rows.insert(row, cells);
        }
    }
    Grid { sheet: Some(sheet.name.clone()), rows }
}

/// The delimiter that stands most often in the first rows: what stands above the table may have none.
fn delimiter(text: &str) -> Delimiter {
    let mut best = (0, Delimiter::Comma);
    for (sign, delimiter) in [(';', Delimiter::Semicolon), ('\t', Delimiter::Tab), (',', Delimiter::Comma)] {
        let mut quoted = false;
        let outside = |c: char| {
            quoted ^= c == '"';
            !quoted && c == sign
        };
        let count = text.lines().take(60).flat_map(str::chars).map(outside).filter(|&is| is).count();
        if count > best.0 {
            best = (count, delimiter);
        }
    }
    best.1
}
