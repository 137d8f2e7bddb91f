use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, Xlsx};

use super::{Limits, ReadError};

/// A filled cell. Dates, which no reader here needs, are kept as their serial number.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Number(f64),
    Text(String),
}

impl Cell {
    /// The cell as a message shows it.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
        }
    }
}

/// The filled cells of one sheet, by (row, column) from 1.
pub(crate) struct Sheet {
    pub(crate) name: String,
    cells: BTreeMap<(usize, usize), Cell>,
}

impl Sheet {
    pub(crate) fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        self.cells.get(&(row, column))
    }

    /// Trimmed text of a cell; empty if it is no text.
    pub(crate) fn text(&self, row: usize, column: usize) -> &str {
        match self.cell(row, column) {
            Some(Cell::Text(text)) => text.trim(),
            _ => "",
        }
    }

    /// The cell as a message shows it; empty if it is not filled.
    pub(crate) fn shown(&self, row: usize, column: usize) -> String {
        self.cell(row, column).map(Cell::shown).unwrap_or_default()
    }

    pub(crate) fn last_row(&self) -> usize {
        self.cells.keys().next_back().map_or(0, |&(row, _)| row)
    }

    /// Texts of the first `rows` rows, in reading order.
    pub(crate) fn head(&self, rows: usize) -> impl Iterator<Item = &str> {
        self.cells.range(..(rows + 1, 0)).filter_map(|(_, cell)| match cell {
            Cell::Text(text) => Some(text.trim()),
            Cell::Number(_) => None,
        })
    }

    /// Columns filled in `row`, in order.
    pub(crate) fn columns(&self, row: usize) -> impl Iterator<Item = (usize, &Cell)> {
        self.cells.range((row, 0)..(row + 1, 0)).map(|(&(_, column), cell)| (column, cell))
    }
}

/// Letters of a column counted from 1: 1 is A, 27 is AA.
pub(crate) fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// Every sheet of an xlsx workbook.
///
/// The archive is unpacked once under the limits before calamine sees it, which also
/// checks every part against its checksum. Cells are then streamed: calamine's dense
/// range would hold the whole rectangle up to a stray cell XFD1048576.
pub(crate) fn open(file: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, ReadError> {
    limits.check_file(file, bytes)?;
    // The parser is other people's code fed with a stranger's bytes: should it panic, the
    // file is refused like any other that cannot be read.
    catch_unwind(AssertUnwindSafe(|| {
        check_archive(file, bytes, limits)?;
        read_sheets(file, bytes, limits)
    }))
    .unwrap_or_else(|_| Err(damaged(file, "its parts contradict each other")))
}

fn damaged(file: &str, why: impl ToString) -> ReadError {
    ReadError::Workbook { file: file.to_owned(), why: why.to_string() }
}

fn check_archive(file: &str, bytes: &[u8], limits: &Limits) -> Result<(), ReadError> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(damaged(
            file,
            "an old .xls or a password-protected workbook, save it as .xlsx without a password",
        ));
    }
    if !bytes.starts_with(b"PK") {
        return Err(damaged(file, "it does not begin as an xlsx file does"));
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(file, error))?;
    let mut left = limits.unpacked_bytes;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|error| damaged(file, error))?;
        let name = part.name().map_err(|error| damaged(file, error))?.into_owned();
        let mut content = Vec::new();
        let read = part
            .by_ref()
            .take(left.saturating_add(1))
            .read_to_end(&mut content)
            .map_err(|error| damaged(file, format!("part {name}: {error}")))?;
        limits.check_unpacked(file, (limits.unpacked_bytes - left).saturating_add(read as u64))?;
        left -= read as u64;
        check_count(&content).map_err(|why| damaged(file, format!("part {name}: {why}")))?;
    }
    Ok(())
}

/// calamine reserves room for as many shared strings as `uniqueCount` claims, and memory
/// that is not there ends the process. No string takes less than one byte of the part.
fn check_count(part: &[u8]) -> Result<(), &'static str> {
    const KEY: &[u8] = b"uniqueCount";
    let mut rest = part;
    while let Some(at) = rest.windows(KEY.len()).position(|window| window == KEY) {
        rest = rest.get(at + KEY.len()..).unwrap_or_default();
        let digits = rest
            .iter()
            .skip_while(|b| b.is_ascii_whitespace() || matches!(b, b'=' | b'"' | b'\''))
            .take_while(|b| b.is_ascii_digit());
        let count = digits.fold(0_usize, |count, &digit| {
            count.saturating_mul(10).saturating_add(usize::from(digit - b'0'))
        });
        if count > part.len() {
            return Err("it claims more strings than it has bytes");
        }
    }
    Ok(())
}

fn read_sheets(file: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, ReadError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(file, error))?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let mut cells = BTreeMap::new();
        // Chart sheets have no cells and no cell reader.
        let Ok(mut reader) = book.worksheet_cells_reader(&name) else {
            continue;
        };
        while let Some(cell) =
            reader.next_cell().map_err(|error| damaged(file, format!("sheet '{name}': {error}")))?
        {
            let (row, column) = cell.get_position();
            let value = match cell.get_value() {
                DataRef::Int(number) => Cell::Number(*number as f64),
                DataRef::Float(number) => Cell::Number(*number),
                DataRef::DateTime(date) => Cell::Number(date.as_f64()),
                DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                    Cell::Text(text.clone())
                }
                DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
                DataRef::Bool(flag) => Cell::Text(flag.to_string()),
                DataRef::Error(error) => Cell::Text(error.to_string()),
                DataRef::Empty => continue,
            };
            cells.insert((row as usize + 1, column as usize + 1), value);
            if cells.len() > limits.cells {
                return Err(ReadError::TooLarge {
                    file: file.to_owned(),
                    what: "the filled cells of a sheet",
                    limit: limits.cells as u64,
                    setting: "cells",
                });
            }
        }
        sheets.push(Sheet { name, cells });
    }
    Ok(sheets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        for (column, name) in [(1, "A"), (26, "Z"), (27, "AA"), (41, "AO"), (16_384, "XFD")] {
            assert_eq!(letters(column), name);
        }
    }

    #[test]
    fn claims_of_more_strings_than_bytes_are_refused() {
        assert!(check_count(br#"<sst count="9" uniqueCount="5"><si/>"#).is_ok());
        assert!(check_count(br#"<sst uniqueCount = '99999999999'><si/></sst>"#).is_err());
        assert!(check_count(br#"<sst uniqueCount="999999999999999999999999999"/>"#).is_err());
    }

    #[test]
    fn files_that_are_no_workbook_say_so() {
        for (bytes, says) in [
            (&b"teryt;year\n"[..], "does not begin as an xlsx"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", ".xls"),
            (b"PK\x03\x04 and then nothing", "not a readable xlsx"),
        ] {
            let message = open("a.xlsx", bytes, &Limits::default()).err().unwrap().to_string();
            assert!(message.starts_with("a.xlsx: ") && message.contains(says), "{message}");
        }
    }
}
