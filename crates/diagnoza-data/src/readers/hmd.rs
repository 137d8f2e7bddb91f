//! Text files of the Human Mortality Database (HMD) as mortality.org ships them: life tables
//! (`fltper_1x1.txt`, cohort ones too), death rates (`Mx_1x1.txt`), exposures, deaths, populations,
//! births and life expectancies, in every format of age and time (1x1, 5x1, 5x10, ...).
//!
//! Row 1 states country, table, sex, date and protocol; after a blank row stand the headers and
//! then columns of numbers between spaces. `110+` is open, `.` is no value, `1959-` and `1959+` are the
//! populations of 1 January 1959 before and after a change of territory. The tests have real files of
//! period life tables 1x1; of the other tables they have copies of the layout.

mod heading;
mod rows;
mod span;

use std::path::Path;

use diagnoza_core::observation::Source;
use polars::prelude::DataFrame;
use serde::{Deserialize, Serialize};

use self::heading::Heading;
use self::rows::{Layout, Rows};
use super::encoding::decode;
use super::limits::name_of;
use super::provenance;
use super::violations::{Violations, refusal};
use super::{Encoding, Limits, ReadError};

/// What a file of the HMD holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HmdTable {
    /// Life table: mx, qx, ax, lx, dx, Lx, Tx, ex.
    #[doc(alias = "tablica trwania życia")]
    LifeTable,
    /// Central death rates, deaths per person-year.
    DeathRates,
    /// Person-years of exposure to the risk of death.
    Exposure,
    /// Deaths; estimates where they were published in groups, so fractions occur.
    Deaths,
    /// Population on 1 January.
    Population,
    /// Live births.
    Births,
    /// Life expectancy at birth, years.
    LifeExpectancy,
}

/// The sexes of the HMD's tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HmdSex {
    /// Females, `F`.
    #[serde(rename = "F")]
    Female,
    /// Males, `M`.
    #[serde(rename = "M")]
    Male,
    /// Both sexes, `T`.
    #[serde(rename = "T")]
    Total,
}

impl HmdSex {
    /// The sexes in the order of the HMD's columns.
    pub const ALL: [Self; 3] = [Self::Female, Self::Male, Self::Total];

    /// The letter used in tables.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Self::Female => "F",
            Self::Male => "M",
            Self::Total => "T",
        }
    }
}

/// One file of the HMD.
#[derive(Clone, Debug)]
pub struct Hmd {
    /// In the order of the file; a row of `Female`, `Male` and `Total` becomes three.
    ///
    /// | column | type | |
    /// | --- | --- | --- |
    /// | `sex` | text | F, M or T (both) |
    /// | `year` | i32 | calendar year, or year of birth of a cohort; first year of an interval |
    /// | `year_to` | i32 | last year of an interval, else the same |
    /// | `territory` | text | populations only: `before_change` (`1959-`), `after_change` (`1959+`), else null |
    /// | `age` | i32 | first age in completed years; not in tables without ages |
    /// | `age_to` | i32 | last age, null where open |
    /// | `cohort` | i32 | Lexis triangles only: year of birth, null in the open age |
    /// | `mx` to `ex` | f64 | life tables only: mx, qx, ax, lx, dx, Lx, Tx, ex; null for `.` |
    /// | `value` | f64 | every other table: the figure; null for `.` |
    /// | `missing` | text | `not_reported` where a figure of the row is null, else null |
    pub frame: DataFrame,
    /// What the file holds.
    pub table: HmdTable,
    /// Whether `year` is the year of birth of a cohort.
    pub cohort: bool,
    /// Country or population as the heading states it.
    pub country: String,
    /// What the reader met and the caller should know.
    pub notes: Vec<String>,
    /// Provenance: the heading, and the date of the last change it states.
    pub source: Source,
}

/// Reads a file from its bytes; `name` is what messages call it. UTF-8 unless `encoding` says otherwise.
///
/// `sex` says whose life table it is where the heading does not; of a table with columns for the sexes
/// it picks one. `None` takes what is there.
///
/// ```
/// use diagnoza_data::readers::{Limits, hmd};
/// let text = "Poland, Death rates (period 1x1), \tLast modified: 05 Nov 2024;  Methods Protocol: v6 (2017)\n\n\
///             Year Age Female Male Total\n2023 0 0.00340 0.00412 0.00377\n2023 1+ 0.01 . 0.01\n";
/// let read = hmd::read("Mx_1x1.txt", text.as_bytes(), None, None, &Limits::default())?;
/// assert_eq!((read.country.as_str(), read.frame.height()), ("Poland", 6));
/// assert_eq!(read.source.date, "05 Nov 2024");
/// # Ok::<(), diagnoza_data::readers::ReadError>(())
/// ```
///
/// # Errors
/// [`ReadError::Setting`] if `sex` contradicts the heading, or neither says whose life table it is;
/// [`ReadError::NoRows`] if there is only a header; otherwise a list of every cell that is no number of
/// at least 0, of rows with too many or few cells, of rows that repeat an earlier one and of years whose
/// ages have a gap or end before the open age, as those of a file that was cut off.
pub fn read(
    name: &str,
    bytes: &[u8],
    sex: Option<HmdSex>,
    encoding: Option<Encoding>,
    limits: &Limits,
) -> Result<Hmd, ReadError> {
    limits.check_file(name, bytes)?;
    let (text, _) = decode(name, bytes, encoding)?;
    if text.trim().is_empty() {
        return Err(ReadError::Empty { file: name.to_owned() });
    }
    let mut lines = text.lines().enumerate().map(|(i, line)| (i + 1, line.trim()));
    let (_, first) = lines.next().unwrap_or((1, ""));
    let heading = Heading::parse(first).map_err(|expected| refusal(name, 1, "(heading)", first, expected))?;
    let mut lines = lines.filter(|(_, line)| !line.is_empty());
    let Some((header_row, header)) = lines.next() else {
        return Err(ReadError::NoRows { file: name.to_owned(), header: heading.title });
    };
    let layout = Layout::parse(header, heading.table)
        .map_err(|expected| refusal(name, header_row, "(header)", header, expected))?;
    let sex = whose(name, &heading, &layout, sex)?;
    let mut rows = Rows::new(layout, sex);
    let mut violations = Violations::new(name, limits.violations);
    for (row, line) in lines {
        rows.push(line, row, &mut violations);
        limits.check_rows(name, rows.len())?;
    }
    rows.close(&mut violations);
    violations.into_result()?;
    if rows.len() == 0 {
        return Err(ReadError::NoRows { file: name.to_owned(), header: header.to_owned() });
    }
    let mut notes = rows.notes();
    if !text.ends_with(['\n', '\r']) {
        notes.push(super::CUT_OFF.to_owned());
    }
    Ok(Hmd {
        frame: rows.into_frame(name, heading.table)?,
        table: heading.table,
        cohort: heading.cohort,
        notes,
        source: provenance::source("Human Mortality Database", &heading.title, &heading.modified, bytes),
        country: heading.country,
    })
}

/// Reads the file at `path`; see [`read`].
///
/// # Errors
/// As [`read`], and [`ReadError::Io`].
pub fn read_path(
    path: impl AsRef<Path>,
    sex: Option<HmdSex>,
    encoding: Option<Encoding>,
    limits: &Limits,
) -> Result<Hmd, ReadError> {
    let path = path.as_ref();
    let bytes = limits.read_file(path)?;
    read(&name_of(path), &bytes, sex, encoding, limits)
}

/// The sexes to keep: that of a life table, or those asked for.
fn whose(
    file: &str,
    heading: &Heading,
    layout: &Layout,
    given: Option<HmdSex>,
) -> Result<Vec<HmdSex>, ReadError> {
    let fault = |why: String| ReadError::Setting { file: file.to_owned(), what: "sex", why };
    if !layout.is_life_table() {
        return Ok(given.map_or_else(|| HmdSex::ALL.to_vec(), |sex| vec![sex]));
    }
    match (heading.sex, given) {
        (Some(stated), Some(given)) if stated != given => Err(fault(format!(
            "the heading says the life table is of {}, {} was given: leave sex out or take the other file",
            stated.letter(),
            given.letter()
        ))),
        (None, None) => Err(fault(
            "the heading does not say whose life table it is: give sex F, M or T (both)".to_owned(),
        )),
        (Some(sex), _) | (None, Some(sex)) => Ok(vec![sex]),
    }
}
