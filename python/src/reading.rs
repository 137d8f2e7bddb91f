use diagnoza_core::demography::scenario::Baseline;
use diagnoza_core::observation::{Source, Year};
use diagnoza_core::territory::{Level, Teryt};
use diagnoza_data::official::gazetteer;
use diagnoza_data::readers::eurostat::Format;
use diagnoza_data::readers::hmd::HmdSex;
use diagnoza_data::readers::tidy::{Schema, TidyOptions};
use diagnoza_data::readers::{
    Decimal, Delimiter, Encoding, Limits, bdl_crel, bdl_ctab, eurostat, gus_projection, hmd, tidy,
};
use polars::prelude::DataFrame;
use pyo3::prelude::*;

use crate::arrow::Table;
use crate::error::Fault;

/// Tables read from a file, with their source.
#[pyclass(frozen, module = "diagnoza._native")]
pub(crate) struct Reading {
    tables: Vec<(&'static str, DataFrame)>,
    notes: Vec<String>,
    source: Source,
}

#[pymethods]
impl Reading {
    /// Tables by name.
    fn tables(&self) -> Vec<(&'static str, Table)> {
        self.tables.iter().map(|(name, frame)| (*name, frame.clone().into())).collect()
    }

    /// What the reader met and put right, or left out.
    #[getter]
    fn notes(&self) -> Vec<String> {
        self.notes.clone()
    }

    /// Publisher, title, date and hash of the file, as JSON.
    fn source(&self) -> Result<String, Fault> {
        Ok(serde_json::to_string(&self.source)?)
    }
}

/// Reads a workbook of GUS's projection; see `diagnoza.read_gus_projection`.
#[pyfunction]
#[pyo3(signature = (path, *, unit, scenario = None))]
pub(crate) fn read_gus_projection(
    py: Python<'_>,
    path: &str,
    unit: &str,
    scenario: Option<&str>,
) -> Result<Reading, Fault> {
    let scenario: Option<Baseline> = scenario.map(str::parse).transpose()?;
    if scenario == Some(Baseline::Own) {
        return Err(Fault::word("scenario", "own", &["main", "low", "high"]));
    }
    let unit = gazetteer()?.find(unit)?;
    let teryt: Teryt = match unit.teryt() {
        Some(code) if unit.level() != Level::Subregion => code,
        _ => return Err(Fault::input(format!("{unit} is a subregion: GUS's workbooks are of TERYT units"))),
    };
    let book = py.detach(|| gus_projection::read_path(path, teryt, scenario, &Limits::default()))?;
    Ok(Reading {
        tables: vec![
            ("population", book.population),
            ("groups", book.groups),
            ("components", book.components),
        ],
        notes: book.notes,
        source: book.source,
    })
}

/// Reads an export of GUS's local data bank; see `diagnoza.read_bdl`.
#[pyfunction]
#[pyo3(signature = (path, *, layout, year = None, encoding = None))]
pub(crate) fn read_bdl(
    py: Python<'_>,
    path: &str,
    layout: &str,
    year: Option<i64>,
    encoding: Option<&str>,
) -> Result<Reading, Fault> {
    let year = year.map(Year::new).transpose()?;
    let encoding = encoding.map(encoding_of).transpose()?;
    let limits = Limits::default();
    let (frame, source) = match layout {
        "crel" => py.detach(|| bdl_crel::read_path(path, encoding, &limits)).map(|r| (r.frame, r.source))?,
        "ctab" => {
            py.detach(|| bdl_ctab::read_path(path, encoding, year, &limits)).map(|r| (r.frame, r.source))?
        }
        _ => return Err(Fault::word("layout", layout, &["crel", "ctab"])),
    };
    Ok(Reading { tables: vec![("values", frame)], notes: Vec::new(), source })
}

/// Reads a file of the Human Mortality Database; see `diagnoza.read_hmd`.
#[pyfunction]
#[pyo3(signature = (path, *, sex = None, encoding = None))]
pub(crate) fn read_hmd(
    py: Python<'_>,
    path: &str,
    sex: Option<&str>,
    encoding: Option<&str>,
) -> Result<Reading, Fault> {
    let sex = sex.map(hmd_sex_of).transpose()?;
    let encoding = encoding.map(encoding_of).transpose()?;
    let read = py.detach(|| hmd::read_path(path, sex, encoding, &Limits::default()))?;
    Ok(Reading { tables: vec![("values", read.frame)], notes: read.notes, source: read.source })
}

/// Reads a file of Eurostat; see `diagnoza.read_eurostat`.
#[pyfunction]
#[pyo3(signature = (path, *, format = "auto", encoding = None))]
pub(crate) fn read_eurostat(
    py: Python<'_>,
    path: &str,
    format: &str,
    encoding: Option<&str>,
) -> Result<Reading, Fault> {
    let format = match format {
        "auto" => None,
        "tsv" => Some(Format::Tsv),
        "sdmx_csv" => Some(Format::SdmxCsv),
        _ => return Err(Fault::word("format", format, &["auto", "tsv", "sdmx_csv"])),
    };
    let encoding = encoding.map(encoding_of).transpose()?;
    let read = py.detach(|| eurostat::read_path(path, format, encoding, &Limits::default()))?;
    Ok(Reading { tables: vec![("values", read.frame)], notes: read.notes, source: read.source })
}

/// Reads a CSV or Parquet file with a declared schema (JSON); see `diagnoza.read_tidy`.
#[pyfunction]
#[pyo3(signature = (path, schema, *, decimal = ".", delimiter = None, encoding = None))]
pub(crate) fn read_tidy(
    py: Python<'_>,
    path: &str,
    schema: &str,
    decimal: &str,
    delimiter: Option<&str>,
    encoding: Option<&str>,
) -> Result<Reading, Fault> {
    let schema: Schema = serde_json::from_str(schema).map_err(|e| Fault::input(format!("schema: {e}")))?;
    let delimiter = delimiter.map(delimiter_of).transpose()?;
    let encoding = encoding.map(encoding_of).transpose()?;
    let options =
        TidyOptions { decimal: decimal_of(decimal)?, delimiter, encoding, ..TidyOptions::default() };
    let read = py.detach(|| tidy::read_path(path, &schema, &options))?;
    let ignored =
        read.ignored.iter().map(|column| format!("column '{column}' is not in the schema and was left out"));
    Ok(Reading { notes: ignored.collect(), tables: vec![("values", read.frame)], source: read.source })
}

/// The decimal mark that a word means.
pub(crate) fn decimal_of(word: &str) -> Result<Decimal, Fault> {
    match word {
        "." => Ok(Decimal::Point),
        "," => Ok(Decimal::Comma),
        _ => Err(Fault::word("decimal", word, &[".", ","])),
    }
}

fn hmd_sex_of(word: &str) -> Result<HmdSex, Fault> {
    let letters = HmdSex::ALL.map(HmdSex::letter);
    let sex = HmdSex::ALL.into_iter().find(|sex| sex.letter() == word);
    sex.ok_or_else(|| Fault::word("sex", word, &letters))
}

fn delimiter_of(word: &str) -> Result<Delimiter, Fault> {
    match word {
        "," => Ok(Delimiter::Comma),
        ";" => Ok(Delimiter::Semicolon),
        "\t" => Ok(Delimiter::Tab),
        _ => Err(Fault::word("delimiter", word, &[",", ";", "tab"])),
    }
}

pub(crate) fn encoding_of(word: &str) -> Result<Encoding, Fault> {
    match word {
        "utf-8" => Ok(Encoding::Utf8),
        "windows-1250" => Ok(Encoding::Windows1250),
        _ => Err(Fault::word("encoding", word, &["utf-8", "windows-1250"])),
    }
}
