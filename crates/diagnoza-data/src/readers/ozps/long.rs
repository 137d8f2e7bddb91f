//! Tables with a row for every field: row, column or year, value.

use std::collections::{BTreeMap, BTreeSet};

use diagnoza_core::observation::{Missing, Year};
use diagnoza_core::resources::form::{Column, Entry, Fault, RowId, Violation};

use super::grid::{Grid, Raw};
use super::header::{Header, Role, row_number, year_in};
use super::{Forms, Group};
use crate::readers::violations::shown;

/// Reads one sheet from the row after its header.
pub(super) fn read(grid: &Grid, header: &Header, forms: &mut Forms<'_>) {
    let only: Vec<String> = {
        let chapters = forms.resolved.edition.chapters().iter().filter(|chapter| !chapter.rows.is_empty());
        chapters.map(|chapter| chapter.number.clone()).collect()
    };
    let default = only.first().filter(|_| only.len() == 1).cloned().unwrap_or_default();
    for (row, cells) in grid.rows().filter(|(row, _)| *row > header.row) {
        read_row(grid, header, row, cells, &default, forms);
    }
}

fn read_row(
    grid: &Grid,
    header: &Header,
    row: usize,
    cells: &BTreeMap<usize, Raw>,
    default: &str,
    forms: &mut Forms<'_>,
) {
    let raw = |role: Role| cells.get(header.roles.get(&role)?);
    let text = |role: Role| raw(role).map(Raw::text).unwrap_or_default();
    let name = |role: Role| header.roles.get(&role).map(|&column| grid.column(column)).unwrap_or_default();
    let group = Group { unit: raw(Role::Unit).map(Raw::text), document: raw(Role::Document).map(Raw::text) };
    let place = forms.place(grid, row, String::new());
    let value_place = forms.place(grid, row, name(Role::Value));
    let label = text(Role::Label);
    let chapter = if raw(Role::Chapter).is_some() { text(Role::Chapter) } else { default.to_owned() };
    let year = forms.resolved.year;
    let column = column_of(&text(Role::Column), &text(Role::Year), year);
    let column_place = forms.place(
        grid,
        row,
        name(if header.roles.contains_key(&Role::Column) { Role::Column } else { Role::Year }),
    );
    let gather = forms.of(&group, &place);
    let Some(number) = raw(Role::Row).and_then(row_number) else {
        let fault = Fault::UnnumberedRow { label: shown(&label) };
        return gather.note(Violation::of_form(fault), place);
    };
    let id = RowId::new(&chapter, number);
    if !gather.knows(&id, &label, &place) {
        return;
    }
    let column = match column {
        Ok(column) => column,
        Err(fault) => return gather.note(Violation::of_row(fault, id), column_place),
    };
    if let Some(first) = gather.given(&id, column) {
        let fault = Fault::DuplicateRow { first: first.row };
        return gather.note(Violation::of_cell(fault, id, column), place);
    }
    match stated(&text(Role::State), raw(Role::Value).or_else(|| raw(Role::Text)), &text(Role::Text)) {
        Ok(Some(entry)) => gather.set(&id, column, entry, value_place),
        Ok(None) => gather.cell(&id, column, raw(Role::Value).or_else(|| raw(Role::Text)), value_place),
        Err(fault) => gather.note(Violation::of_cell(fault, id, column), value_place),
    }
}

/// The column by its word, else by its year; both must agree.
fn column_of(word: &str, year: &str, assessed: Option<Year>) -> Result<Column, Fault> {
    let by_year = |text: &str| {
        let offset = i64::from(year_in(text)?.get()) - i64::from(assessed?.get());
        Column::at_offset(offset)
    };
    let wrong = |got: &str, expected| Fault::WrongYear { got: shown(got), expected };
    if word.is_empty() {
        return by_year(year).ok_or_else(|| wrong(year, None));
    }
    let found: Option<Column> = word.parse().ok().or_else(|| by_year(word));
    let column = found.ok_or_else(|| wrong(word, None))?;
    match (year.is_empty(), assessed) {
        (false, Some(assessed)) if by_year(year) != Some(column) => {
            Err(wrong(year, Some(column.year(assessed))))
        }
        _ => Ok(column),
    }
}

/// Assessed years that the rows speak for: those with a column and a year, or else the third of four or five years.
pub(super) fn assessed_years(grid: &Grid, header: &Header) -> Vec<i64> {
    let text = |cells: &BTreeMap<usize, Raw>, role| Some(cells.get(header.roles.get(&role)?)?.text());
    let mut years = BTreeSet::new();
    let mut found = Vec::new();
    for cells in grid.rows_after(header.row) {
        let Some(year) = text(cells, Role::Year).and_then(|text| year_in(&text)) else { continue };
        let year = i64::from(year.get());
        years.insert(year);
        let column: Option<Column> = text(cells, Role::Column).and_then(|word| word.parse().ok());
        found.extend(column.map(|column| year - column.offset()));
    }
    if found.is_empty() && matches!(years.len(), 4 | 5) {
        found.extend(years.first().map(|first| first + 2));
    }
    found
}

/// What the state says where it says more than the value: why there is none, or a zero that is one.
fn stated(state: &str, value: Option<&Raw>, text: &str) -> Result<Option<Entry>, Fault> {
    let missing = [Missing::NotReported, Missing::BelowUnit, Missing::Suppressed, Missing::NotApplicable];
    if let Some(why) = missing.into_iter().find(|why| why.word() == state) {
        return match value {
            None => Ok(Some(Entry::Missing(why))),
            Some(raw) => Err(Fault::NotANumber {
                got: shown(&raw.text()),
                expected: format!("nothing beside the state '{state}'"),
            }),
        };
    }
    match state {
        "text" if !text.is_empty() => Ok(Some(Entry::Text(text.to_owned()))),
        "value" => Ok(value.and_then(|raw| super::number::of_text(&raw.text())).map(Entry::Value)),
        "" | "text" => Ok(None),
        _ => Err(Fault::NotANumber {
            got: shown(state),
            expected: "the state value, text, not_reported, below_unit, suppressed or not_applicable"
                .to_owned(),
        }),
    }
}
