//! Workbooks of GUS's population projections: *Prognoza ludności na lata 2023-2060*
//! (Poland, voivodeships, powiats) and *Prognoza ludności dla gmin na lata 2023-2040*.
//!
//! A workbook holds one unit and one scenario. It names the unit (`piski`) but not its
//! code, so the code is given by the caller. The sheets are found by their titles.
//! While reading, every total is checked: males + females = total, the ages sum to all
//! ages, five-year groups sum their single years.

mod ages;
mod components;
mod frames;
mod persons;
mod scenario;
mod sums;
mod table;

use std::path::Path;

use diagnoza_core::demography::scenario::Baseline;
use diagnoza_core::observation::Source;
use diagnoza_core::territory::{GminaKind, Teryt};
use polars::prelude::DataFrame;

use super::limits::name_of;
use super::provenance;
use super::violations::Violations;
use super::workbook::{self, Sheet};
use super::{Limits, ReadError};

use table::{Cut, Table};

/// One workbook of a GUS projection.
#[derive(Clone, Debug)]
pub struct GusProjection {
    /// The unit as the workbook names it, e.g. `piski` or `Pisz (M-W)`.
    pub unit: String,
    /// The scenario.
    pub scenario: Baseline,
    /// Persons at 31 XII by the finest ages of the workbook; the ages do not overlap.
    ///
    /// | column | type | |
    /// | --- | --- | --- |
    /// | `teryt`, `scenario` | text | code and scenario (`main`, `low`, `high`) |
    /// | `sex` | text | `T`, `M`, `F` |
    /// | `age` | i32 | first age of the group |
    /// | `age_to` | i32 | last age of the group, null if it is open |
    /// | `year` | i32 | |
    /// | `population` | i64 | persons |
    /// | `observed` | bool | whether GUS marks the year as empirical |
    pub population: DataFrame,
    /// Persons at 31 XII by GUS's selected groups, which overlap: the columns of `population`
    /// and, after `sex`, `order` (i32, place within the sex, from 1; the same label may stand
    /// twice) and `group` (text, GUS's label). `age` and `age_to` are null where the bounds
    /// differ by sex (`18-59/64`).
    pub groups: DataFrame,
    /// Events of each year: `teryt`, `scenario`, `year` (i32), `births`, `deaths`,
    /// `internal_in`, `internal_out`, `immigration`, `emigration` (i64, persons).
    pub components: DataFrame,
    /// Misprints of the workbook that were read by their evident meaning.
    pub notes: Vec<String>,
    /// Provenance.
    pub source: Source,
}

/// Reads a workbook from its bytes; `name` is what messages call it.
///
/// `scenario` is needed only where the workbook does not say it.
///
/// # Errors
/// [`ReadError`]: not a readable workbook, a limit passed, a table missing, the scenario
/// unknown or contradicted, the kind of gmina in the name not that of the code, or a list
/// of every cell that is no whole number of persons and of every sum that does not hold.
pub fn read(
    name: &str,
    bytes: &[u8],
    teryt: Teryt,
    scenario: Option<Baseline>,
    limits: &Limits,
) -> Result<GusProjection, ReadError> {
    let sheets = workbook::open(name, bytes, limits)?;
    let scenario = scenario::of_workbook(name, &sheets, scenario)?;
    let mut violations = Violations::new(name, limits.violations);
    let mut notes = Vec::new();

    let mut cuts = Vec::new();
    let mut selected = None;
    for sheet in &sheets {
        let Some(cut) = Cut::of(sheet) else { continue };
        let Some(table) = table::read(sheet, cut, &mut violations, &mut notes) else {
            continue;
        };
        sums::check_table(&table, &mut violations);
        match cut {
            Cut::Selected => selected = Some(table),
            Cut::SingleYears | Cut::FiveYears | Cut::TenYears => cuts.push(table),
        }
    }
    let vital = sheet_titled(name, &sheets, "RUCH NATURALNY")?;
    let events = components::read_sheet(vital, &mut violations);
    // The finest cut is the result, the others must agree with it.
    cuts.sort_by_key(|table| std::cmp::Reverse(table.blocks[0].rows.len()));
    if let Some((finest, coarser)) = cuts.split_first() {
        for table in coarser {
            sums::check_coarser(finest, table, &mut violations);
        }
    }
    violations.into_result()?;

    let finest: &Table = cuts.first().ok_or_else(|| {
        no_sheet(name, &sheets, "of population by age (titled 'LUDNOŚĆ WEDŁUG PŁCI I ...')")
    })?;
    let selected = selected
        .ok_or_else(|| no_sheet(name, &sheets, "titled 'LUDNOŚĆ WEDŁUG PŁCI I WYBRANYCH GRUP WIEKU'"))?;
    check_kind(name, &finest.unit, teryt)?;
    let (title, date) = title(&sheets);
    Ok(GusProjection {
        unit: finest.unit.clone(),
        scenario,
        population: frames::population(name, finest, teryt, scenario)?,
        groups: frames::groups(name, &selected, teryt, scenario)?,
        components: frames::components(name, &events, teryt, scenario)?,
        notes,
        source: provenance::source("GUS", &title, &date, bytes),
    })
}

/// Reads the workbook at `path`; see [`read`].
///
/// # Errors
/// As [`read`], and [`ReadError::Io`].
pub fn read_path(
    path: impl AsRef<Path>,
    teryt: Teryt,
    scenario: Option<Baseline>,
    limits: &Limits,
) -> Result<GusProjection, ReadError> {
    let path = path.as_ref();
    let bytes = limits.read_file(path)?;
    read(&name_of(path), &bytes, teryt, scenario, limits)
}

/// Rows at the top of a sheet that hold its title.
const TITLE_ROWS: usize = 4;

fn sheet_titled<'s>(file: &str, sheets: &'s [Sheet], words: &str) -> Result<&'s Sheet, ReadError> {
    sheets
        .iter()
        .find(|sheet| sheet.head(TITLE_ROWS).any(|text| text.contains(words)))
        .ok_or_else(|| no_sheet(file, sheets, &format!("titled '{words} ...'")))
}

fn no_sheet(file: &str, sheets: &[Sheet], expected: &str) -> ReadError {
    let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    ReadError::NoSheet { file: file.to_owned(), expected: expected.to_owned(), present: names.join(", ") }
}

/// Title and period on the first sheet: "PROGNOZA LUDNOŚCI NA LATA 2023-2060".
fn title(sheets: &[Sheet]) -> (String, String) {
    let title = sheets
        .iter()
        .take(1)
        .flat_map(|sheet| sheet.head(TITLE_ROWS))
        .find(|text| text.starts_with("PROGNOZA"))
        .unwrap_or("Prognoza ludności");
    let date = title
        .split_whitespace()
        .next_back()
        .filter(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        .unwrap_or("not stated");
    (title.to_owned(), date.to_owned())
}

/// A gmina's sheet says its kind, `Pisz (M-W)`: a code of another kind is the wrong code.
fn check_kind(file: &str, unit: &str, teryt: Teryt) -> Result<(), ReadError> {
    let written = match unit.rsplit_once('(').map(|(_, kind)| kind.trim_end_matches(')')) {
        Some("M") => GminaKind::Urban,
        Some("W") => GminaKind::Rural,
        Some("M-W") => GminaKind::UrbanRural,
        _ => return Ok(()),
    };
    if teryt.kind().is_none_or(|kind| kind == written) {
        return Ok(());
    }
    Err(ReadError::Setting {
        file: file.to_owned(),
        what: "teryt",
        why: format!(
            "the workbook is of '{unit}', a gmina {}, but the code given is {teryt}: check the code",
            written.polish()
        ),
    })
}
