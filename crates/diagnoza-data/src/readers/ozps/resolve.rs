//! What the form is of: edition, unit, year and signs, from what the caller says and what the file says.

use std::collections::BTreeMap;

use diagnoza_core::observation::Year;
use diagnoza_core::resources::form::{
    Edition, Fault, Form, Note, Symbols, UnitFault, UnitKind, Violation, edition, edition_for, editions,
};
use diagnoza_core::territory::Teryt;

use super::FormOptions;
use super::gather::whole;
use super::head::Head;
use super::header::year_in;
use crate::readers::ReadError;
use crate::readers::violations::shown;

/// What holds for every form of a file.
pub(super) struct Resolved {
    pub(super) edition: Edition,
    pub(super) year: Option<Year>,
    pub(super) symbols: Symbols,
    pub(super) head: Head,
    /// Faults of the file as a whole, in every form read from it.
    pub(super) violations: Vec<Violation>,
    pub(super) notes: Vec<Note>,
}

impl Resolved {
    pub(super) fn new(
        file: &str,
        options: &FormOptions,
        head: Head,
        implied: &[i64],
    ) -> Result<Self, ReadError> {
        let mut violations = Vec::new();
        let mut notes = Vec::new();
        let year = year(options, &head, implied, &mut violations);
        let edition = choose(file, options, &head, year, &mut violations)?;
        if let Some(year) = year.filter(|&year| !edition.covers(year)) {
            let fault = Fault::EditionYear { edition: edition.name().to_owned(), year };
            if options.edition.is_some() {
                notes.push(Note::Edition { fault });
            } else {
                let mut violation = Violation::of_form(fault);
                violation.place =
                    head.year.as_ref().map(|(_, place)| place.clone()).or_else(|| Some(whole(file)));
                violations.push(violation);
            }
        }
        let written = head.symbols.as_ref().and_then(|text| serde_json::from_str(text).ok());
        let symbols = options.symbols.or(written).unwrap_or(edition.spec().symbols);
        Ok(Self { edition, year, symbols, head, violations, notes })
    }

    /// The empty form of a unit; without `code`, of the unit of caller and head.
    pub(super) fn form(&self, options: &FormOptions, code: Option<&str>) -> (Form, Vec<Fault>) {
        let mut faults = Vec::new();
        let asked = &self.edition.spec().unit_kinds;
        let fills = |kind: UnitKind| asked.iter().any(|&asked| kind.fills(asked));
        let said = code.or(self.head.unit.as_ref().map(|(text, _)| text.as_str()));
        let read = said.and_then(|text| match text.trim().parse::<Teryt>() {
            Ok(unit) => Some(unit),
            Err(_) => {
                faults.push(Fault::WrongUnit { got: shown(text), why: UnitFault::NotACode });
                None
            }
        });
        if let (Some(expected), Some(found)) = (options.unit, read)
            && !expected.same_unit(found)
        {
            faults.push(Fault::WrongUnit { got: found.to_string(), why: UnitFault::Other { expected } });
        }
        let unit = options.unit.or(read);
        let kind = unit.and_then(UnitKind::of);
        if let Some(unit) = unit.filter(|_| !kind.is_some_and(fills)) {
            let why = UnitFault::FillsNoForm { asked: asked.clone() };
            faults.push(Fault::WrongUnit { got: unit.to_string(), why });
        }
        let stated = self.head.kind.as_ref().and_then(|word| word.parse::<UnitKind>().ok());
        let kind = kind.or(options.unit_kind).or(stated).filter(|&kind| fills(kind));
        let kind = kind.or(asked.first().copied()).unwrap_or(UnitKind::Gmina);
        let mut form = Form::unknown(&self.edition, kind);
        form.unit = unit;
        form.unit_name.clone_from(&self.head.unit_name);
        form.year = self.year;
        form.symbols = self.symbols;
        (form, faults)
    }
}

/// The caller's year, else the one above the table, else the one most columns or rows speak for.
fn year(
    options: &FormOptions,
    head: &Head,
    implied: &[i64],
    violations: &mut Vec<Violation>,
) -> Option<Year> {
    let stated = head.year.as_ref().map(|(text, place)| (year_in(text), text, place));
    if let Some((read, text, place)) = &stated {
        let wrong = match (read, options.year) {
            (None, _) => true,
            (Some(read), Some(expected)) => *read != expected,
            (Some(_), None) => false,
        };
        if wrong {
            let fault = Fault::WrongYear { got: shown(text), expected: options.year };
            violations.push(Violation { place: Some((*place).clone()), ..Violation::of_form(fault) });
        }
    }
    let stated = stated.and_then(|(read, _, _)| read);
    options.year.or(stated).or_else(|| {
        let mut votes: BTreeMap<i64, usize> = BTreeMap::new();
        for &year in implied {
            *votes.entry(year).or_default() += 1;
        }
        let most = votes.values().max().copied()?;
        votes.into_iter().find(|&(_, count)| count == most).and_then(|(year, _)| Year::new(year).ok())
    })
}

/// The caller's edition, else the one the file names, else the one of the year, else the only one with rows.
fn choose(
    file: &str,
    options: &FormOptions,
    head: &Head,
    year: Option<Year>,
    violations: &mut Vec<Violation>,
) -> Result<Edition, ReadError> {
    let mut note = |fault| {
        let place = head.edition.as_ref().map(|(_, place)| place.clone());
        violations.push(Violation { place, ..Violation::of_form(fault) });
    };
    let mut stated = None;
    if let Some((name, _)) = &head.edition {
        let own = options.edition.as_ref().filter(|own| own.name() == name);
        match (own, edition(name)) {
            (Some(own), _) => stated = Some(own.clone()),
            (None, Ok(known)) => stated = Some(known.clone()),
            (None, Err(error)) => note(Fault::UnknownEdition { got: shown(name), known: error.known }),
        }
    }
    if let (Some(given), Some(stated)) = (&options.edition, &stated)
        && given.name() != stated.name()
    {
        note(Fault::OtherEdition { got: stated.name().to_owned(), expected: given.name().to_owned() });
    }
    let of_year = || year.and_then(edition_for).cloned();
    let only = || {
        let mut known = editions().iter().filter(|edition| edition.has_rows());
        known.next().filter(|_| known.next().is_none()).cloned()
    };
    let named_wrongly = head.edition.is_some() && stated.is_none();
    let chosen = options.edition.clone().or(stated).or_else(of_year);
    // a form with a misspelt edition is still read, so that its other faults are listed too
    let chosen = chosen.filter(|edition| edition.has_rows() || !named_wrongly);
    let chosen = chosen.or_else(|| if named_wrongly || year.is_none() { only() } else { None });
    let setting = |why: String| ReadError::Setting { file: file.to_owned(), what: "edition", why };
    let Some(chosen) = chosen else {
        return Err(setting(
            "no edition is known for the year of this form: give an edition file".to_owned(),
        ));
    };
    if !chosen.has_rows() {
        return Err(setting(format!(
            "edition '{}' is known by name only, its rows were not seen in a public form: give an edition file with its rows",
            chosen.name()
        )));
    }
    Ok(chosen)
}
