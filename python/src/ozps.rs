use diagnoza_core::observation::Year;
use diagnoza_core::resources::form::{
    self as core, Column, DashRule, DotRule, Edition, Forecasts, Form, Note, Symbols, Unchecked, UnitKind,
    Violation, ZeroRule,
};
use diagnoza_core::territory::{Teryt, UnitId};
use diagnoza_data::official::gazetteer;
use diagnoza_data::readers::ozps::{self, FormOptions, Reading, Rows};
use pyo3::prelude::*;

use crate::arrow::Table;
use crate::error::Fault;
use crate::reading::encoding_of;

/// A form of OZPS with what is wrong in it; see `diagnoza.ozps`.
#[pyclass(frozen, module = "diagnoza._native")]
pub(crate) struct OzpsForm {
    form: Form,
    violations: Vec<Violation>,
    unchecked: Vec<Unchecked>,
    notes: Vec<Note>,
    more: usize,
}

#[pymethods]
impl OzpsForm {
    /// Unit, kind, year, edition, signs and source as JSON.
    fn about(&self) -> Result<String, Fault> {
        let form = &self.form;
        let unchecked = self.unchecked.iter().map(|one| {
            serde_json::json!({ "identity": one.identity.to_string(), "column": one.column, "lacking": one.lacking })
        });
        let unchecked: Vec<serde_json::Value> = unchecked.collect();
        let note = |note: &Note| serde_json::json!({ "pl": note.polish(), "en": note.to_string() });
        let notes: Vec<serde_json::Value> = self.notes.iter().map(note).collect();
        Ok(serde_json::to_string(&serde_json::json!({
            "unit": form.unit, "unit_name": form.unit_name, "unit_kind": form.unit_kind, "year": form.year,
            "edition": form.edition.name(), "symbols": form.symbols, "source": form.source,
            "notes": notes, "unchecked": unchecked, "more": self.more,
        }))?)
    }

    /// The form, its edition included, as JSON; `ozps_from_json` reads it back.
    fn json(&self) -> Result<String, Fault> {
        Ok(serde_json::to_string(&self.form)?)
    }

    /// The edition as JSON.
    fn edition(&self) -> Result<String, Fault> {
        Ok(serde_json::to_string(&self.form.edition)?)
    }

    /// Fields in long form; labels in Polish, or in English.
    fn frame(&self, english: bool) -> Result<Table, Fault> {
        Ok(ozps::form_frame(&self.form, english)?.into())
    }

    /// Violations by place; messages in Polish, or in English.
    fn violations(&self, english: bool) -> Result<Table, Fault> {
        Ok(ozps::violations_frame(&self.violations, english)?.into())
    }

    /// Counts of a column by the names under which indicators ask for them.
    fn inputs(&self, column: &str) -> Result<Table, Fault> {
        Ok(ozps::inputs_frame(&self.form, column_of(column)?)?.into())
    }

    /// The next year's form, in this edition or another (name or text).
    #[pyo3(signature = (edition = None, *, forecasts = "drop"))]
    fn shift(&self, edition: Option<&str>, forecasts: &str) -> Result<Self, Fault> {
        let forecasts = match forecasts {
            "drop" => Forecasts::Drop,
            "carry" => Forecasts::Carry,
            _ => return Err(Fault::word("forecasts", forecasts, &["drop", "carry"])),
        };
        let edition = edition.map_or(Ok(self.form.edition.clone()), edition_of)?;
        let shifted = self.form.shift(&edition, forecasts);
        let notes = shifted.notes();
        Ok(Self { notes, ..Self::of(shifted.form) })
    }

    /// The form laid out for filling in, as JSON.
    fn template(&self) -> Result<String, Fault> {
        Ok(serde_json::to_string(&self.form.template()?)?)
    }

    /// The form laid out as CSV.
    fn template_csv(&self) -> Result<String, Fault> {
        Ok(self.form.template()?.csv())
    }
}

impl OzpsForm {
    fn of(form: Form) -> Self {
        let check = form.check();
        Self { form, violations: check.violations, unchecked: check.unchecked, notes: Vec::new(), more: 0 }
    }
}

impl From<Reading> for OzpsForm {
    fn from(reading: Reading) -> Self {
        let Reading { form, violations, more, unchecked, notes, .. } = reading;
        Self { form, violations, unchecked, notes, more }
    }
}

/// The shipped editions as JSON.
#[pyfunction]
pub(crate) fn ozps_editions() -> Result<String, Fault> {
    Ok(serde_json::to_string(core::editions())?)
}

/// An edition by name, assessed year or the text of its file, checked, as JSON.
#[pyfunction]
pub(crate) fn ozps_edition(edition: &str) -> Result<String, Fault> {
    Ok(serde_json::to_string(&edition_of(edition)?)?)
}

/// Reads every form of a file; see `diagnoza.ozps.read`.
#[pyfunction]
#[pyo3(signature = (content, name, *, edition = None, unit = None, unit_kind = None, year = None, zero = None, dot = None, dash = None, partial = None, encoding = None))]
#[allow(clippy::too_many_arguments, reason = "keywords of the Python function")]
pub(crate) fn ozps_read(
    py: Python<'_>,
    content: Vec<u8>,
    name: &str,
    edition: Option<&str>,
    unit: Option<&str>,
    unit_kind: Option<&str>,
    year: Option<i64>,
    zero: Option<&str>,
    dot: Option<&str>,
    dash: Option<&str>,
    partial: Option<bool>,
    encoding: Option<&str>,
) -> Result<Vec<OzpsForm>, Fault> {
    let edition = edition.map(edition_of).transpose()?;
    let base = edition.as_ref().map(|edition| edition.spec().symbols).unwrap_or_default();
    let given = zero.is_some() || dot.is_some() || dash.is_some();
    let symbols = Symbols {
        zero: zero.map_or(Ok(base.zero), zero_of)?,
        dot: dot.map_or(Ok(base.dot), dot_of)?,
        dash: dash.map_or(Ok(base.dash), dash_of)?,
    };
    let year = year.map(Year::new).transpose()?;
    let options = FormOptions {
        edition,
        unit: unit.map(|unit| unit_of(unit, year)).transpose()?.map(|found| found.0),
        unit_kind: unit_kind.map(kind_of).transpose()?,
        year,
        symbols: given.then_some(symbols),
        rows: partial.map(|partial| if partial { Rows::Partial } else { Rows::Complete }),
        encoding: encoding.map(encoding_of).transpose()?,
        ..FormOptions::default()
    };
    let readings = py.detach(|| ozps::read_all(name, &content, &options))?;
    Ok(readings.into_iter().map(OzpsForm::from).collect())
}

/// An empty form of a unit, by code or name, for an assessed year.
#[pyfunction]
pub(crate) fn ozps_empty(unit: &str, edition: &str, year: i64) -> Result<OzpsForm, Fault> {
    let year = Year::new(year)?;
    let (unit, name) = unit_of(unit, Some(year))?;
    let mut form = Form::empty(&edition_of(edition)?, unit, year)?;
    form.unit_name = name;
    Ok(OzpsForm::of(form))
}

/// A form from its JSON.
#[pyfunction]
pub(crate) fn ozps_from_json(json: &str) -> Result<OzpsForm, Fault> {
    Ok(OzpsForm::of(serde_json::from_str(json).map_err(|error| Fault::input(format!("form: {error}")))?))
}

/// An edition by name or year, or from the text of its file (TOML, or JSON as the library writes it).
fn edition_of(edition: &str) -> Result<Edition, Fault> {
    if edition.trim_start().starts_with('{') {
        return serde_json::from_str(edition).map_err(|error| Fault::input(format!("edition: {error}")));
    }
    if edition.contains('\n') {
        return Ok(Edition::from_toml(edition)?);
    }
    Ok(core::edition(edition)?.clone())
}

/// Code and name of a unit, as the register has it at the end of the year; of a code that the register does not
/// have, the code alone.
fn unit_of(unit: &str, year: Option<Year>) -> Result<(Teryt, Option<String>), Fault> {
    let latest = gazetteer()?;
    let then = year.and_then(|year| format!("{year}-12-31").parse().ok()).map(|date| latest.on(date));
    let register = then.as_ref().filter(|register| register.find(unit).is_ok()).unwrap_or(latest);
    match (register.find(unit), unit.parse::<Teryt>()) {
        (Ok(UnitId::Administrative(code)), _) => Ok((code, register.name(code).ok().map(str::to_owned))),
        (Ok(UnitId::Subregion(code)), _) => {
            Err(Fault::input(format!("{code} is a subregion, which fills no form")))
        }
        (Err(_), Ok(code)) => Ok((code, None)),
        (Err(error), Err(_)) => Err(error.into()),
    }
}

fn column_of(word: &str) -> Result<Column, Fault> {
    word.parse().map_err(|_| Fault::word("column", word, &Column::ALL.map(Column::word)))
}

fn kind_of(word: &str) -> Result<UnitKind, Fault> {
    word.parse().map_err(|_| Fault::word("unit_kind", word, &UnitKind::ALL.map(UnitKind::word)))
}

fn zero_of(word: &str) -> Result<ZeroRule, Fault> {
    match word {
        "by_unit" => Ok(ZeroRule::ByUnit),
        "value" => Ok(ZeroRule::Value),
        "below_unit" => Ok(ZeroRule::BelowUnit),
        _ => Err(Fault::word("zero", word, &["by_unit", "value", "below_unit"])),
    }
}

fn dot_of(word: &str) -> Result<DotRule, Fault> {
    match word {
        "not_reported" => Ok(DotRule::NotReported),
        "suppressed" => Ok(DotRule::Suppressed),
        _ => Err(Fault::word("dot", word, &["not_reported", "suppressed"])),
    }
}

fn dash_of(word: &str) -> Result<DashRule, Fault> {
    match word {
        "refuse" => Ok(DashRule::Refuse),
        "zero" => Ok(DashRule::Zero),
        "not_reported" => Ok(DashRule::NotReported),
        _ => Err(Fault::word("dash", word, &["refuse", "zero", "not_reported"])),
    }
}
