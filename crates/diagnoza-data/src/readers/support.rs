//! Registers of support (rejestr wsparcia): a row per person or institution and day, as CSV or XLSX.
//!
//! | column | also | |
//! | --- | --- | --- |
//! | `person` | `osoba` | key of the person, a pseudonym |
//! | `institution` | `instytucja` | key of the institution |
//! | `unit` | `jednostka`, `teryt` | TERYT code or name of the gmina or powiat |
//! | `form` | `forma` | form of support |
//! | `module` | `moduł`, `modul` | module of a programme |
//! | `hours` | `godziny` | hours |
//! | `date` | `data` | day, `2023-05-31` or `31.05.2023` |
//! | `role` | `rola` | role of the person |
//!
//! Needed are the date and one of the two keys. The reader takes the cells as they are: what is wrong in
//! them is found when the register is checked, row by row.

use std::path::Path;

use csv::StringRecord;
use diagnoza_core::observation::Source;
use diagnoza_core::resources::coverage::SupportRow;
use jiff::civil::Date;

use super::delimited::Delimited;
use super::encoding::decode;
use super::limits::name_of;
use super::violations::{Violations, refusal};
use super::workbook::{self, Cell, Sheet};
use super::{Encoding, Limits, ReadError, provenance};

/// A register as it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct SupportTable {
    /// The rows, numbered as in the file (the header is row 1) or from 1 in a table without file.
    pub rows: Vec<SupportRow>,
    /// Headers of columns that mean nothing here.
    pub ignored: Vec<String>,
    /// The file; none for a table without one.
    pub source: Option<Source>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Person,
    Institution,
    Unit,
    Form,
    Module,
    Hours,
    Date,
    Role,
}

const HEADERS: [(&str, Field); 18] = [
    ("person", Field::Person),
    ("osoba", Field::Person),
    ("institution", Field::Institution),
    ("instytucja", Field::Institution),
    ("unit", Field::Unit),
    ("jednostka", Field::Unit),
    ("teryt", Field::Unit),
    ("form", Field::Form),
    ("forma", Field::Form),
    ("module", Field::Module),
    ("moduł", Field::Module),
    ("modul", Field::Module),
    ("hours", Field::Hours),
    ("godziny", Field::Hours),
    ("date", Field::Date),
    ("data", Field::Date),
    ("role", Field::Role),
    ("rola", Field::Role),
];

/// Rows in which the header of a sheet may stand.
const HEADER_ROWS: usize = 20;

/// Reads a register from its bytes, a workbook if they begin as one; `name` is what messages call it.
///
/// # Errors
/// A [`ReadError`] with file, sheet, row and column: no header with a date and a key, a column twice, rows
/// with too many or few cells.
pub fn read(
    name: &str,
    bytes: &[u8],
    encoding: Option<Encoding>,
    limits: &Limits,
) -> Result<SupportTable, ReadError> {
    limits.check_file(name, bytes)?;
    let mut table = if bytes.starts_with(b"PK") {
        workbook(name, bytes, limits)?
    } else {
        text(name, bytes, encoding, limits)?
    };
    table.source = Some(provenance::source("user", name, "not stated", bytes));
    Ok(table)
}

/// Reads the register at `path`; see [`read`].
///
/// # Errors
/// As [`read`], and [`ReadError::Io`].
pub fn read_path(
    path: impl AsRef<Path>,
    encoding: Option<Encoding>,
    limits: &Limits,
) -> Result<SupportTable, ReadError> {
    let path = path.as_ref();
    let bytes = limits.read_file(path)?;
    read(&name_of(path), &bytes, encoding, limits)
}

/// A register from named columns of equal height, such as a frame's; rows count from 1.
///
/// # Errors
/// A [`ReadError`] as for the header of a file.
pub fn from_columns(
    name: &str,
    columns: &[(String, Vec<Option<String>>)],
) -> Result<SupportTable, ReadError> {
    let headers: Vec<&str> = columns.iter().map(|(header, _)| header.as_str()).collect();
    let (fields, ignored) = fields(name, None, 1, &headers)?;
    let height = columns.iter().map(|(_, cells)| cells.len()).max().unwrap_or_default();
    let mut rows: Vec<SupportRow> =
        (1..=height).map(|row| SupportRow { row, ..SupportRow::default() }).collect();
    for ((_, cells), field) in columns.iter().zip(fields) {
        let Some(field) = field else { continue };
        for (row, cell) in rows.iter_mut().zip(cells) {
            *field.of(row) = cell.clone().unwrap_or_default();
        }
    }
    Ok(SupportTable { rows, ignored, source: None })
}

impl Field {
    fn named(header: &str) -> Option<Self> {
        let header = header.trim().to_lowercase();
        HEADERS.into_iter().find(|(name, _)| *name == header).map(|(_, field)| field)
    }

    fn of(self, row: &mut SupportRow) -> &mut String {
        match self {
            Self::Person => &mut row.person,
            Self::Institution => &mut row.institution,
            Self::Unit => &mut row.unit,
            Self::Form => &mut row.form,
            Self::Module => &mut row.module,
            Self::Hours => &mut row.hours,
            Self::Date => &mut row.date,
            Self::Role => &mut row.role,
        }
    }
}

/// The field of each column, and the headers that are none.
fn fields(
    file: &str,
    sheet: Option<&str>,
    row: usize,
    headers: &[&str],
) -> Result<(Vec<Option<Field>>, Vec<String>), ReadError> {
    let fields: Vec<Option<Field>> = headers.iter().map(|header| Field::named(header)).collect();
    let mut violations = Violations::new(file, headers.len() + 1);
    for (i, field) in fields.iter().enumerate() {
        if field.is_some() && fields.iter().take(i).any(|earlier| earlier == field) {
            let expected = "a column that no other column means";
            violations.push_in(sheet, row, "(header)", headers.get(i).copied().unwrap_or_default(), expected);
        }
    }
    violations.into_result()?;
    let has = |field| fields.contains(&Some(field));
    if !has(Field::Date) || !(has(Field::Person) || has(Field::Institution)) {
        let expected = "columns date (data) and person (osoba) or institution (instytucja)";
        return Err(refusal(file, row, "(header)", &headers.join("; "), expected));
    }
    let ignored = headers.iter().zip(&fields).filter(|(header, field)| field.is_none() && !header.is_empty());
    let ignored = ignored.map(|(header, _)| (*header).to_owned()).collect();
    Ok((fields, ignored))
}

fn text(
    name: &str,
    bytes: &[u8],
    encoding: Option<Encoding>,
    limits: &Limits,
) -> Result<SupportTable, ReadError> {
    let (text, _) = decode(name, bytes, encoding)?;
    let mut table = Delimited::open(name, &text, None, limits)?;
    let headers: Vec<&str> = table.header.iter().map(String::as_str).collect();
    let (fields, ignored) = fields(name, None, table.header_row, &headers)?;
    let mut violations = Violations::new(name, limits.violations);
    let mut record = StringRecord::new();
    let mut rows = Vec::new();
    while let Some(row) = table.next(&mut record, &mut violations)? {
        let mut made = SupportRow { row, ..SupportRow::default() };
        for (field, cell) in fields.iter().zip(&record) {
            if let Some(field) = field {
                cell.clone_into(field.of(&mut made));
            }
        }
        rows.push(made);
    }
    violations.into_result()?;
    if rows.is_empty() {
        return Err(table.no_rows());
    }
    Ok(SupportTable { rows, ignored, source: None })
}

fn workbook(name: &str, bytes: &[u8], limits: &Limits) -> Result<SupportTable, ReadError> {
    let sheets = workbook::open(name, bytes, limits)?;
    let header = |sheet: &Sheet| {
        (1..=HEADER_ROWS.min(sheet.last_row())).find(|row| {
            let named = |field| {
                sheet.columns(*row).any(|(column, _)| Field::named(sheet.text(*row, column)) == Some(field))
            };
            named(Field::Date) && (named(Field::Person) || named(Field::Institution))
        })
    };
    let Some((sheet, header)) = sheets.iter().find_map(|sheet| Some((sheet, header(sheet)?))) else {
        let present = sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>().join(", ");
        let expected = format!(
            "with the headers date (data) and person (osoba) or institution (instytucja) in its first {HEADER_ROWS} rows"
        );
        return Err(ReadError::NoSheet { file: name.to_owned(), expected, present });
    };
    let columns: Vec<usize> = sheet.columns(header).map(|(column, _)| column).collect();
    let headers: Vec<&str> = columns.iter().map(|column| sheet.text(header, *column)).collect();
    let (fields, ignored) = fields(name, Some(&sheet.name), header, &headers)?;
    let mut rows = Vec::new();
    for row in header + 1..=sheet.last_row() {
        if sheet.columns(row).next().is_none() {
            continue;
        }
        let mut made = SupportRow { row, ..SupportRow::default() };
        for (field, column) in fields.iter().zip(&columns) {
            if let (Some(field), Some(cell)) = (field, sheet.cell(row, *column)) {
                *field.of(&mut made) = match (field, cell) {
                    (Field::Date, Cell::Number(days)) => day(*days).unwrap_or_else(|| cell.shown()),
                    _ => cell.shown(),
                };
            }
        }
        rows.push(made);
    }
    if rows.is_empty() {
        return Err(ReadError::NoRows { file: name.to_owned(), header: headers.join("; ") });
    }
    Ok(SupportTable { rows, ignored, source: None })
}

/// The day of a spreadsheet's serial number, of which 1 March 1900 is 61.
fn day(serial: f64) -> Option<String> {
    let epoch = Date::constant(1899, 12, 30);
    let days = (61.0..3_000_000.0).contains(&serial).then(|| serial.floor() as i64)?;
    let date = epoch.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
    Some(date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn csv(text: &str) -> Result<SupportTable, ReadError> {
        read("rejestr.csv", text.as_bytes(), None, &Limits::default())
    }

    #[test]
    fn columns_are_known_in_both_languages_and_others_named() {
        let table = csv("Osoba;TERYT;data;uwagi\nA;2816033;31.05.2023;x\n;;;\n").unwrap();
        assert_eq!(table.ignored, ["uwagi"]);
        assert_eq!(table.rows.len(), 2);
        let first = &table.rows[0];
        assert_eq!((first.row, first.person.as_str(), first.unit.as_str()), (2, "A", "2816033"));
        assert_eq!(first.date, "31.05.2023");
    }

    #[test]
    fn headers_that_do_not_do_say_what_is_needed() {
        let message = csv("kto;kiedy\nA;2023\n").unwrap_err().to_string();
        assert!(message.contains("date (data) and person (osoba)"), "{message}");
        let message = csv("osoba;person;data\nA;B;2023-01-01\n").unwrap_err().to_string();
        assert!(message.contains("got 'person'"), "{message}");
        assert!(csv("osoba;data\n").is_err());
        assert!(csv("osoba;data\nA\n").unwrap_err().to_string().contains("row 2"));
    }

    #[test]
    fn serial_numbers_of_spreadsheets_are_days() {
        assert_eq!(day(45_077.0).as_deref(), Some("2023-05-31"));
        assert_eq!(day(45_077.75).as_deref(), Some("2023-05-31"));
        assert_eq!((day(7.0), day(f64::NAN), day(1e12)), (None, None, None));
    }

    #[test]
    fn frames_count_their_rows_from_one() {
        let cells = |texts: &[&str]| texts.iter().map(|text| Some((*text).to_owned())).collect();
        let columns =
            [("person".to_owned(), cells(&["A", "B"])), ("date".to_owned(), cells(&["2023-01-01"]))];
        let table = from_columns("frame", &columns).unwrap();
        assert_eq!((table.rows[1].row, table.rows[1].date.as_str()), (2, ""));
    }
}
