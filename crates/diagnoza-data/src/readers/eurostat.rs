//! Eurostat's files, as its bulk download and its API give them:
//!
//! - TSV, new (`freq,unit,sex,age,geo\TIME_PERIOD`, then a column per period) and old (`age,sex,unit,geo\time`);
//! - SDMX-CSV 1.0 (`DATAFLOW,LAST UPDATE,freq,...,TIME_PERIOD,OBS_VALUE,OBS_FLAG`) and 2.0
//!   (`STRUCTURE,STRUCTURE_ID,...`), with codes, with `code: label` in one cell, or with a column of labels beside
//!   every column of codes.
//!
//! Both may be packed with gzip. The tests have a real TSV file; the SDMX-CSV ones are the same figures in that
//! layout. Figures are read as they stand: a net migration may be negative, so a sign is no fault here.

mod ages;
mod cells;
mod gzip;
mod rows;
mod sdmx_csv;
mod tsv;

use std::path::Path;

use diagnoza_core::observation::Source;
use polars::prelude::DataFrame;
use serde::{Deserialize, Serialize};

use self::rows::Rows;
use super::encoding::decode;
use super::limits::name_of;
use super::provenance;
use super::violations::refusal;
use super::{Encoding, Limits, ReadError};

/// The layouts in which Eurostat publishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Tab-separated, a row per series and a column per period.
    Tsv,
    /// Comma-separated, a row per observation.
    SdmxCsv,
}

/// One file of Eurostat.
#[derive(Clone, Debug)]
pub struct Eurostat {
    /// A row per observation in the order of the file, TSV row by row.
    ///
    /// | column | type | |
    /// | --- | --- | --- |
    /// | the dimensions | text | codes, by their own headers in lower case: `freq`, `unit`, `sex`, `age`, `geo` |
    /// | `age_from` | i32 | first age of the code in `age`: 5 for `Y5-9`, 0 for `TOTAL` and `Y_LT5`; null for `UNK` |
    /// | `age_to` | i32 | last age: 9 for `Y5-9`; null for `TOTAL`, `Y_GE85` (open) and `UNK` |
    /// | `period` | text | as printed: `2014`, `2014-Q1` |
    /// | `year` | i32 | year of the period |
    /// | `value` | f64 | null where `missing` is set |
    /// | `flags` | text | Eurostat's letters, null if there are none: `b` break, `e` estimated, `p` provisional, ... |
    /// | `missing` | text | `not_reported`, `suppressed`, `not_applicable` or `below_unit`, else null |
    ///
    /// `age_from` and `age_to` are there if a dimension is `age`. Missing is read off the flags:
    ///
    /// | cell | read as |
    /// | --- | --- |
    /// | `:` or empty | `not_reported` |
    /// | the same with `c`, or `C`, `N`, `P` (confidential, not for publication, other secrecy) | `suppressed` |
    /// | the same with `z` or `m` (not applicable, cannot exist) | `not_applicable` |
    /// | `0` with `n` (less than half of the unit) | `below_unit` |
    /// | a number with other flags | the number |
    pub frame: DataFrame,
    /// Names of the dimensions, in order.
    pub dimensions: Vec<String>,
    /// Layout of the file.
    pub format: Format,
    /// Codes of ages and sexes that could not be interpreted and were kept, columns left out, and the like.
    pub notes: Vec<String>,
    /// Provenance: data set, from the data flow or the name Eurostat gives the file, and the last update if stated.
    pub source: Source,
}

/// Reads a file from its bytes, gzip or not; `name` is what messages call it. The layout is read off the header
/// unless `format` says it. UTF-8 unless `encoding` says otherwise.
///
/// ```
/// use diagnoza_data::readers::{Limits, eurostat};
/// let text = "freq,unit,sex,age,geo\\TIME_PERIOD\t2021 \t2022 \nA,NR,F,Y5-9,PL62\t34021 \t33512 ep\n";
/// let read = eurostat::read("estat_demo.tsv", text.as_bytes(), None, None, &Limits::default())?;
/// assert_eq!(read.dimensions, ["freq", "unit", "sex", "age", "geo"]);
/// assert_eq!(read.frame.column("age_to")?.i32()?.get(0), Some(9));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`ReadError::Gzip`] for a damaged archive, [`ReadError::TooLarge`] past a limit, also while unpacking,
/// [`ReadError::NoRows`] if there is only a header; otherwise a list of every cell that is not what the layout
/// promises, of rows with too many or few cells, and of rows that repeat an earlier one.
pub fn read(
    name: &str,
    bytes: &[u8],
    format: Option<Format>,
    encoding: Option<Encoding>,
    limits: &Limits,
) -> Result<Eurostat, ReadError> {
    limits.check_file(name, bytes)?;
    let plain = gzip::unpacked(name, bytes, limits)?;
    let (text, _) = decode(name, &plain, encoding)?;
    let format = format.or_else(|| format_of(&text)).ok_or_else(|| unknown(name, &text))?;
    let read = match format {
        Format::Tsv => tsv::read(name, &text, limits)?,
        Format::SdmxCsv => sdmx_csv::read(name, &text, limits)?,
    };
    let dimensions = read.rows.dimensions().to_vec();
    let (frame, mut notes) = read.rows.finish(name)?;
    notes.extend(read.notes);
    if !text.ends_with(['\n', '\r']) {
        notes.push(super::CUT_OFF.to_owned());
    }
    let title = read.data_set.unwrap_or_else(|| data_set_of(name));
    Ok(Eurostat {
        frame,
        dimensions,
        format,
        notes,
        source: provenance::source("Eurostat", &title, &read.updated, bytes),
    })
}

/// Reads the file at `path`; see [`read`].
///
/// # Errors
/// As [`read`], and [`ReadError::Io`].
pub fn read_path(
    path: impl AsRef<Path>,
    format: Option<Format>,
    encoding: Option<Encoding>,
    limits: &Limits,
) -> Result<Eurostat, ReadError> {
    let path = path.as_ref();
    let bytes = limits.read_file(path)?;
    read(&name_of(path), &bytes, format, encoding, limits)
}

/// What either layout yields.
struct Read {
    rows: Rows,
    notes: Vec<String>,
    data_set: Option<String>,
    updated: String,
}

/// The layout, by the first cell of the header.
fn format_of(text: &str) -> Option<Format> {
    let header = text.trim_start().lines().next()?;
    let first = header.split(['\t', ';']).next()?.trim_start_matches('"');
    if first.contains('\\') {
        return Some(Format::Tsv);
    }
    let sdmx = first.starts_with("DATAFLOW") || first.starts_with("STRUCTURE");
    sdmx.then_some(Format::SdmxCsv)
}

fn unknown(file: &str, text: &str) -> ReadError {
    if text.trim().is_empty() {
        return ReadError::Empty { file: file.to_owned() };
    }
    let row = 1 + text.chars().take_while(|c| c.is_whitespace()).filter(|&c| c == '\n').count();
    let header = text.trim_start().lines().next().unwrap_or_default();
    let expected = "a header of Eurostat, 'freq,unit,sex,age,geo\\TIME_PERIOD' (TSV), 'DATAFLOW,LAST UPDATE,...' \
                    (SDMX-CSV 1.0) or 'STRUCTURE,STRUCTURE_ID,...' (2.0): tables of another layout are read with tidy";
    refusal(file, row, "(header)", header, expected)
}

/// Code of the data set in the name Eurostat gives a file: `estat_demo_r_pjangrp3.tsv.gz`,
/// `demo_r_pjangrp3_linear.csv`. The name itself if it has no such form.
fn data_set_of(file: &str) -> String {
    let stem = file.split('.').next().unwrap_or(file);
    let mut stem = stem.strip_prefix("estat_").unwrap_or(stem);
    let endings = ["_en", "_fr", "_de", "_filtered", "_linear", "_linear_2_0", "_tabular"];
    while let Some(shorter) = endings.iter().find_map(|ending| stem.strip_suffix(ending)) {
        stem = shorter;
    }
    if stem.is_empty() { file.to_owned() } else { stem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_sets_are_read_off_the_names_of_eurostat() {
        for (file, data_set) in [
            ("estat_demo_r_pjangrp3.tsv.gz", "demo_r_pjangrp3"),
            ("estat_demo_r_pjangrp3_filtered_en.csv", "demo_r_pjangrp3"),
            ("demo_r_find3_linear_2_0.csv", "demo_r_find3"),
            ("mine.tsv", "mine"),
            (".tsv", ".tsv"),
        ] {
            assert_eq!(data_set_of(file), data_set);
        }
    }
}
