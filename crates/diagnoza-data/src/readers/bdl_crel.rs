//! Exports of the website of GUS's Local Data Bank (BDL) in the long layout, CREL:
//! `"Kod";"Nazwa";` dimensions `;"Rok";"Wartosc";"Jednostka miary";"Atrybut";`.

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
use super::violations::{Violations, shown};
use super::{Encoding, Limits, ReadError};

/// One CREL export.
#[derive(Clone, Debug)]
pub struct BdlCrel {
    /// A row per unit, dimensions and year, in the order of the file.
    ///
    /// | column | type | |
    /// | --- | --- | --- |
    /// | `teryt` | text | `28`, `2816`, `2816033` |
    /// | `name` | text | without the kind, `Korsze (3)` is `Korsze` |
    /// | `kind` | text | kind of gmina (`urban`, ...), null for other units |
    /// | the dimensions | text | by their own headers, e.g. `Wiek`, `Płeć` |
    /// | `year` | i32 | |
    /// | `value` | f64 | null where `missing` is set |
    /// | `unit` | text | as printed, e.g. `osoba` |
    /// | `attribute` | text | BDL's attribute, null if there is none |
    /// | `missing` | text | `not_reported`, `below_unit` or `suppressed`, null where there is a value |
    /// | `reservation` | text | what the attribute says against the figure: `incomplete_aggregate`, `method_changed`, `preliminary`, `low_precision`, `joint_with_city`, by spaces if several; null if nothing |
    pub frame: DataFrame,
    /// Headers of the dimensions, in order.
    pub dimensions: Vec<String>,
    /// Provenance; subject and date of the export are read off the name BDL gives the file.
    pub source: Source,
}

const LEAD: [&str; 2] = ["Kod", "Nazwa"];
const TAIL: [&str; 4] = ["Rok", "Wartosc", "Jednostka miary", "Atrybut"];
/// Columns of the frame that a dimension must not be called.
const RESERVED: [&str; 9] =
    ["teryt", "name", "kind", "year", "value", "unit", "attribute", "missing", "reservation"];

/// Reads an export from its bytes; `name` is what messages call it. UTF-8 unless `encoding` says otherwise.
///
/// # Errors
/// [`ReadError::NoRows`] if there is only a header: BDL writes such a file when the
/// selection is empty, and figures that are not there must not go on unnoticed.
/// Otherwise a list of every cell that is not what the layout promises, of rows with too
/// many or few cells, and of rows that repeat an earlier one.
pub fn read(
    name: &str,
    bytes: &[u8],
    encoding: Option<Encoding>,
    limits: &Limits,
) -> Result<BdlCrel, ReadError> {
    limits.check_file(name, bytes)?;
    let (text, _) = decode(name, bytes, encoding)?;
    let mut table = Delimited::open(name, &text, Some(Delimiter::Semicolon), limits)?;
    let mut violations = Violations::new(name, limits.violations);
    let Some(dimensions) = dimensions(&table, &mut violations) else {
        violations.into_result()?;
        return Err(table.no_rows());
    };
    let mut rows = Rows::new(dimensions.len());
    let mut seen = Seen::default();
    let mut record = StringRecord::new();
    let mut any = false;
    while let Some(row) = table.next(&mut record, &mut violations)? {
        any = true;
        rows.push(&record, row, &dimensions, &mut seen, &mut violations);
    }
    violations.into_result()?;
    if !any {
        return Err(table.no_rows());
    }
    Ok(BdlCrel {
        frame: rows.into_frame(name, &dimensions)?,
        dimensions,
        source: bdl_cells::source(name, bytes),
    })
}

/// Reads the export at `path`; see [`read`].
///
/// # Errors
/// As [`read`], and [`ReadError::Io`].
pub fn read_path(
    path: impl AsRef<Path>,
    encoding: Option<Encoding>,
    limits: &Limits,
) -> Result<BdlCrel, ReadError> {
    let path = path.as_ref();
    let bytes = limits.read_file(path)?;
    read(&name_of(path), &bytes, encoding, limits)
}

/// The dimensions between the columns every export has; `None` with the violation noted.
fn dimensions(table: &Delimited<'_>, violations: &mut Violations) -> Option<Vec<String>> {
    let header: Vec<&str> = table.header.iter().map(String::as_str).collect();
    let between = header.strip_prefix(&LEAD).and_then(|rest| rest.strip_suffix(&TAIL));
    let Some(between) = between else {
        let expected = "\"Kod\";\"Nazwa\"; dimensions ;\"Rok\";\"Wartosc\";\"Jednostka miary\";\"Atrybut\": \
                        is this a CREL export of BDL?";
        violations.push(table.header_row, "(header)", &header.join(";"), expected);
        return None;
    };
    for (i, name) in between.iter().enumerate() {
        let twice = between.iter().take(i).any(|earlier| earlier == name);
        if name.is_empty() || twice || RESERVED.contains(name) {
            let expected = "a dimension with a name of its own";
            violations.push(table.header_row, "(header)", name, expected);
        }
    }
    violations.is_empty().then(|| between.iter().map(|name| (*name).to_owned()).collect())
}

/// The columns of the frame while they grow.
struct Rows {
    teryt: Vec<String>,
    name: Vec<String>,
    kind: Vec<Option<&'static str>>,
    dimensions: Vec<Vec<String>>,
    year: Vec<i32>,
    value: Vec<Option<f64>>,
    unit: Vec<String>,
    attribute: Vec<Option<String>>,
    reservation: Vec<Option<String>>,
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
            attribute: Vec::new(),
            reservation: Vec::new(),
            missing: Vec::new(),
        }
    }

    fn push(
        &mut self,
        record: &StringRecord,
        row: usize,
        dimensions: &[String],
        seen: &mut Seen,
        violations: &mut Violations,
    ) {
        let cell = |index: usize| record.get(index).unwrap_or_default().trim();
        let after = LEAD.len() + dimensions.len();
        let (code, name, year) = (cell(0), cell(1), cell(after));
        let (value, unit, attribute) = (cell(after + 1), cell(after + 2), cell(after + 3));

        let mut note =
            |column: &str, got: &str, expected: String| violations.push(row, column, got, expected);
        let teryt = bdl_cells::code(code).map_err(|expected| note("Kod", code, expected));
        let named = teryt
            .and_then(|teryt| bdl_cells::unit(teryt, name).map_err(|expected| note("Nazwa", name, expected)));
        let parsed_year: Result<Year, ()> =
            year.parse().map_err(|error| note("Rok", year, format!("a year ({error})")));
        let parsed = bdl_cells::value(value, attribute).map_err(|expected| note("Wartosc", value, expected));

        let mut key = vec![code.to_owned(), year.to_owned()];
        key.extend((0..dimensions.len()).map(|i| cell(LEAD.len() + i).to_owned()));
        if let Some(earlier) = seen.insert(key, row) {
            let got = shown(&format!("{code} {year}"));
            let expected = format!(
                "one row per code, dimensions and year, found the same as row {earlier}: remove one of the two"
            );
            note("(whole row)", &got, expected);
            return;
        }
        let (Ok(unit_of_row), Ok(year), Ok((value, missing))) = (named, parsed_year, parsed) else {
            return;
        };
        self.kind.push(unit_of_row.teryt.kind().map(GminaKind::word));
        self.teryt.push(unit_of_row.teryt.to_string());
        self.name.push(unit_of_row.name);
        for (i, values) in self.dimensions.iter_mut().enumerate() {
            values.push(cell(LEAD.len() + i).to_owned());
        }
        self.year.push(i32::from(year.get()));
        self.value.push(value);
        self.unit.push(unit.to_owned());
        self.reservation.push(bdl_cells::reservations(attribute));
        self.attribute.push((!attribute.is_empty()).then(|| attribute.to_owned()));
        self.missing.push(missing.map(Missing::word));
    }

    fn into_frame(self, file: &str, dimensions: &[String]) -> Result<DataFrame, ReadError> {
        let mut columns =
            vec![column("teryt", self.teryt), column("name", self.name), column("kind", self.kind)];
        for (header, values) in dimensions.iter().zip(self.dimensions) {
            columns.push(column(header, values));
        }
        columns.extend([
            column("year", self.year),
            column("value", self.value),
            column("unit", self.unit),
            column("attribute", self.attribute),
            column("missing", self.missing),
            column("reservation", self.reservation),
        ]);
        frame(file, columns)
    }
}
