//! Exports of the website of GUS's Local Data Bank (BDL) in the wide layout, CTAB:
//! `"Kod";"Nazwa";` and a column per combination of categories. A column is headed by its
//! categories joined with `;`, with the year and `[unit]` at the end where the export
//! holds several: `"ogółem;0-4"` or `"ogółem;0-4;2020;[osoba]"`. The tests have a real file of
//! headings with one category (`"0-4"`); the joined form is read but has no real file behind it yet.

use std::path::Path;

use csv::StringRecord;
use diagnoza_core::observation::{Missing, Source, Year};
use diagnoza_core::territory::GminaKind;
use polars::prelude::DataFrame;

use super::bdl_cells;
use super::columns::{column, frame};
use super::delimited::{Delimited, Delimiter};
use super::encoding::decode;
use super::limits::name_of;
use super::seen::Seen;
use super::violations::Violations;
use super::{Encoding, Limits, ReadError};

/// One CTAB export, in long form.
#[derive(Clone, Debug)]
pub struct BdlCtab {
    /// A row per unit and column of the file, unit by unit: `teryt`, `name`, `kind`,
    /// `dimension_1`, `dimension_2`, ... (the layout does not name the dimensions), `year`
    /// (i32), `value` (f64), `unit` (null where the header states none), `attribute` and
    /// `reservation` (always null, the layout has none) and `missing`; as in [`BdlCrel`](super::bdl_crel::BdlCrel).
    pub frame: DataFrame,
    /// Number of `dimension_*` columns.
    pub dimensions: usize,
    /// Provenance; subject and date of the export are read off the name BDL gives the file.
    pub source: Source,
}

const LEAD: [&str; 2] = ["Kod", "Nazwa"];

/// What the header of a column of values says.
struct Heading {
    title: String,
    categories: Vec<String>,
    year: Year,
    unit: Option<String>,
}

/// Reads an export from its bytes; `name` is what messages call it. UTF-8 unless `encoding`
/// says otherwise. `year` is the year of the figures, needed where the headers do not state
/// one: such a file does not say which year it holds.
///
/// # Errors
/// [`ReadError::Setting`] if neither the headers nor the caller say the year, or both and
/// differently; [`ReadError::NoRows`] if there is only a header; otherwise a list of every
/// cell that is not what the layout promises, of rows with too many or few cells, and of
/// rows that repeat the code of an earlier one.
pub fn read(
    name: &str,
    bytes: &[u8],
    encoding: Option<Encoding>,
    year: Option<Year>,
    limits: &Limits,
) -> Result<BdlCtab, ReadError> {
    limits.check_file(name, bytes)?;
    let (text, _) = decode(name, bytes, encoding)?;
    let mut table = Delimited::open(name, &text, Some(Delimiter::Semicolon), limits)?;
    let mut violations = Violations::new(name, limits.violations);
    let headings = headings(name, &table, year, &mut violations)?;
    let dimensions = headings.first().map_or(0, |heading| heading.categories.len());
    let mut rows = Rows::new(dimensions);
    let mut seen = Seen::default();
    let mut record = StringRecord::new();
    let mut any = false;
    while let Some(row) = table.next(&mut record, &mut violations)? {
        any = true;
        rows.push(&record, row, &headings, &mut seen, &mut violations);
        limits.check_rows(name, rows.year.len())?;
    }
    violations.into_result()?;
    if !any {
        return Err(table.no_rows());
    }
    Ok(BdlCtab { frame: rows.into_frame(name)?, dimensions, source: bdl_cells::source(name, bytes) })
}

/// Reads the export at `path`; see [`read`].
///
/// # Errors
/// As [`read`], and [`ReadError::Io`].
pub fn read_path(
    path: impl AsRef<Path>,
    encoding: Option<Encoding>,
    year: Option<Year>,
    limits: &Limits,
) -> Result<BdlCtab, ReadError> {
    let path = path.as_ref();
    let bytes = limits.read_file(path)?;
    read(&name_of(path), &bytes, encoding, year, limits)
}

fn headings(
    file: &str,
    table: &Delimited<'_>,
    given: Option<Year>,
    violations: &mut Violations,
) -> Result<Vec<Heading>, ReadError> {
    let header: Vec<&str> = table.header.iter().map(String::as_str).collect();
    let Some(titles) = header.strip_prefix(&LEAD).filter(|titles| !titles.is_empty()) else {
        let expected = "\"Kod\";\"Nazwa\"; and columns of values: is this a CTAB export of BDL?";
        violations.push(table.header_row, "(header)", &header.join(";"), expected);
        return Ok(Vec::new());
    };
    if titles.contains(&"Wartosc") {
        let expected = "one column per category: this is a CREL export, read it with bdl_crel";
        violations.push(table.header_row, "(header)", &header.join(";"), expected);
        return Ok(Vec::new());
    }
    let mut headings: Vec<Heading> = Vec::new();
    for (i, title) in titles.iter().enumerate() {
        let heading = heading(file, title, given)?;
        let width = headings.first().map(|first| first.categories.len());
        if titles.iter().take(i).any(|earlier| earlier == title) {
            violations.push(table.header_row, title, title, "a heading that no other column has");
        }
        if width.is_some_and(|width| width != heading.categories.len()) {
            let expected = "as many categories as in the other headings";
            violations.push(table.header_row, title, title, expected);
        }
        headings.push(heading);
    }
    Ok(headings)
}

fn heading(file: &str, title: &str, given: Option<Year>) -> Result<Heading, ReadError> {
    let mut parts: Vec<&str> = title.split(';').map(str::trim).collect();
    let unit = parts.last().and_then(|last| last.strip_prefix('[')?.strip_suffix(']')).map(str::to_owned);
    if unit.is_some() {
        parts.pop();
    }
    // A category that is only four digits stands last and alone means a year.
    let stated: Option<Year> =
        parts.last().filter(|last| last.len() == 4 && parts.len() > 1).and_then(|last| last.parse().ok());
    if stated.is_some() {
        parts.pop();
    }
    let fault = |why: String| ReadError::Setting { file: file.to_owned(), what: "year", why };
    let year = match (stated, given) {
        (Some(stated), Some(given)) if stated != given => {
            return Err(fault(format!("the column '{title}' is of {stated} but {given} was given")));
        }
        (Some(year), _) | (None, Some(year)) => year,
        (None, None) => {
            return Err(fault(format!(
                "the column '{title}' does not state it and none was given: say which year the export holds"
            )));
        }
    };
    Ok(Heading {
        title: title.to_owned(),
        categories: parts.into_iter().map(str::to_owned).collect(),
        year,
        unit,
    })
}

/// The columns of the frame while they grow.
struct Rows {
    teryt: Vec<String>,
    name: Vec<String>,
    kind: Vec<Option<&'static str>>,
    dimensions: Vec<Vec<String>>,
    year: Vec<i32>,
    value: Vec<Option<f64>>,
    unit: Vec<Option<String>>,
    missing: Vec<Option<&'static str>>,
}

impl Rows {
    fn new(dimensions: usize) -> Self {
        Self {
            teryt: Vec::new(),
            name: Vec::new(),
            kind: Vec::new(),
            dimensions: vec![Vec::new(); dimensions],
            year: Vec::new(),
            value: Vec::new(),
            unit: Vec::new(),
            missing: Vec::new(),
        }
    }

    fn push(
        &mut self,
        record: &StringRecord,
        row: usize,
        headings: &[Heading],
        seen: &mut Seen,
        violations: &mut Violations,
    ) {
        let cell = |index: usize| record.get(index).unwrap_or_default().trim();
        let (code, name) = (cell(0), cell(1));
        let teryt = bdl_cells::code(code).map_err(|expected| violations.push(row, "Kod", code, expected));
        let unit = teryt.and_then(|teryt| {
            bdl_cells::unit(teryt, name).map_err(|expected| violations.push(row, "Nazwa", name, expected))
        });
        if let Some(earlier) = seen.insert(vec![code.to_owned()], row) {
            let expected =
                format!("one row per code, found the same as row {earlier}: remove one of the two");
            violations.push(row, "Kod", code, expected);
            return;
        }
        for (i, heading) in headings.iter().enumerate() {
            let text = cell(LEAD.len() + i);
            let value = bdl_cells::value(text, "")
                .map_err(|expected| violations.push(row, &heading.title, text, expected));
            let (Ok(unit), Ok((value, missing))) = (&unit, value) else {
                continue;
            };
            self.teryt.push(unit.teryt.to_string());
            self.name.push(unit.name.clone());
            self.kind.push(unit.teryt.kind().map(GminaKind::word));
            for (values, category) in self.dimensions.iter_mut().zip(&heading.categories) {
                values.push(category.clone());
            }
            self.year.push(i32::from(heading.year.get()));
            self.value.push(value);
            self.unit.push(heading.unit.clone());
            self.missing.push(missing.map(Missing::word));
        }
    }

    fn into_frame(self, file: &str) -> Result<DataFrame, ReadError> {
        let none: Vec<Option<String>> = vec![None; self.year.len()];
        let mut columns =
            vec![column("teryt", self.teryt), column("name", self.name), column("kind", self.kind)];
        for (values, number) in self.dimensions.into_iter().zip(1..) {
            columns.push(column(&format!("dimension_{number}"), values));
        }
        columns.extend([
            column("year", self.year),
            column("value", self.value),
            column("unit", self.unit),
            column("attribute", none.clone()),
            column("missing", self.missing),
            column("reservation", none),
        ]);
        frame(file, columns)
    }
}
