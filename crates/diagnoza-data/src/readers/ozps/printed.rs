//! Tables as the form is printed: a row per row of the form, a column per year.

use std::collections::BTreeMap;

use diagnoza_core::observation::Year;
use diagnoza_core::resources::form::{Chapter, Column, Edition, Fault, Note, Place, RowId, Violation, words};

use super::grid::{Grid, Raw};
use super::header::{Header, Role, row_number};
use super::{Forms, Group};
use crate::readers::violations::shown;

/// Reads one sheet.
pub(super) fn read(grid: &Grid, forms: &mut Forms<'_>) {
    let edition = forms.resolved.edition.clone();
    let mut chapter = start(grid, &edition);
    let mut table: Option<Table> = None;
    let mut left_out: BTreeMap<usize, usize> = BTreeMap::new();
    for (row, cells) in grid.rows() {
        let no_figures = table.as_ref().is_none_or(|table| table.number(cells).is_none());
        let below_header = table.as_ref().is_some_and(|table| table.rows == 0);
        let header = Header::of(row, cells).filter(|header| !header.is_long());
        let header = header.or_else(|| Header::second_line(row, cells).filter(|_| below_header));
        if let Some(header) = header.filter(|_| no_figures) {
            table = Some(Table::begin(table, header, grid, &chapter, &edition, forms));
            continue;
        }
        if let Some(heading) = heading(cells, &edition) {
            chapter = heading;
            if let Some(table) = &mut table {
                table.assign(&chapter, &edition, forms.resolved.year);
            }
            continue;
        }
        let Some(table) = &mut table else { continue };
        if table.is_numbering(cells) {
            continue;
        }
        table.rows += 1;
        table.read_row(grid, row, cells, &chapter, forms);
        for &column in cells.keys().filter(|&&column| column > table.last()) {
            *left_out.entry(column).or_default() += 1;
        }
    }
    for (column, filled) in left_out {
        let title = table.as_ref().and_then(|table| grid.cell(table.header.row, column)).map(Raw::text);
        let column = title.map_or_else(|| grid.column(column), |title| format!("'{}'", shown(&title)));
        forms.notes.push(Note::LeftOut { column, filled });
    }
}

/// A table being read: its header and which column of the form each of its columns is.
struct Table {
    header: Header,
    columns: Vec<(usize, Column)>,
    /// Rows read below the header.
    rows: usize,
}

impl Table {
    fn begin(
        before: Option<Self>,
        header: Header,
        grid: &Grid,
        chapter: &str,
        edition: &Edition,
        forms: &mut Forms<'_>,
    ) -> Self {
        // a header right below another is its second line
        let mut header = match before {
            Some(before) if before.rows == 0 => {
                let mut first = before.header;
                forms.drop_header_faults(first.row, grid);
                first.join(header);
                first
            }
            _ => header,
        };
        header.complete(grid);
        let mut table = Self { header, columns: Vec::new(), rows: 0 };
        let faults = table.assign(chapter, edition, forms.resolved.year);
        for (column, fault) in faults {
            let name = if column == 0 { String::new() } else { grid.column(column) };
            let place = forms.place(grid, table.header.row, name);
            forms.resolved.violations.push(Violation { place: Some(place), ..Violation::of_form(fault) });
        }
        table
    }

    /// Finds the columns of a chapter; returns what is wrong with their titles, by column of the file.
    fn assign(&mut self, chapter: &str, edition: &Edition, year: Option<Year>) -> Vec<(usize, Fault)> {
        let columns = edition.chapter(chapter).map_or(&Column::ALL[..], |chapter| &chapter.columns);
        let assigned = self.header.assign(columns, year);
        self.columns = assigned.columns;
        assigned.faults
    }

    fn at<'c>(&self, role: Role, cells: &'c BTreeMap<usize, Raw>) -> Option<&'c Raw> {
        cells.get(self.header.roles.get(&role)?)
    }

    fn number(&self, cells: &BTreeMap<usize, Raw>) -> Option<u16> {
        row_number(self.at(Role::Row, cells)?)
    }

    /// Columns up to here are titled; texts beyond are remarks.
    fn last(&self) -> usize {
        let roles = self.header.roles.values().copied();
        roles.chain(self.header.years.iter().map(|year| year.column)).max().unwrap_or_default()
    }

    /// Whether the row numbers the columns (1, 2, 3, ...), as printed forms do below the header.
    fn is_numbering(&self, cells: &BTreeMap<usize, Raw>) -> bool {
        let numbers: Option<Vec<u16>> = cells.values().map(row_number).collect();
        let labelled = self.at(Role::Label, cells).is_some();
        self.rows == 0
            && labelled
            && numbers.is_some_and(|numbers| {
                numbers.len() > 3 && (1..).zip(&numbers).all(|(n, &number)| n == number)
            })
    }

    fn read_row(
        &self,
        grid: &Grid,
        row: usize,
        cells: &BTreeMap<usize, Raw>,
        chapter: &str,
        forms: &mut Forms<'_>,
    ) {
        let label = self.at(Role::Label, cells).map(Raw::text).unwrap_or_default();
        let chapter = self.at(Role::Chapter, cells).map_or(chapter.to_owned(), Raw::text);
        let group = Group {
            unit: self.at(Role::Unit, cells).map(Raw::text),
            document: self.at(Role::Document, cells).map(Raw::text),
        };
        let place = forms.place(grid, row, String::new());
        let filled = self.columns.iter().any(|(column, _)| cells.contains_key(column));
        let Some(number) = self.number(cells) else {
            if filled {
                let fault = match self.at(Role::Row, cells) {
                    Some(got)
                        if row_number(got).is_none() && self.header.roles.contains_key(&Role::Label) =>
                    {
                        Fault::UnknownRow { got: shown(&got.text()), label: shown(&label), partial: false }
                    }
                    _ => Fault::UnnumberedRow { label: shown(&label) },
                };
                forms.of(&group, &place).note(Violation::of_form(fault), place);
            }
            return;
        };
        let id = RowId::new(&chapter, number);
        let columns: Vec<(Place, Column, Option<&Raw>)> = self
            .columns
            .iter()
            .map(|&(at, column)| (forms.place(grid, row, grid.column(at)), column, cells.get(&at)))
            .collect();
        let gather = forms.of(&group, &place);
        if gather.begin_row(&id, &label, &place) {
            for (place, column, raw) in columns {
                gather.cell(&id, column, raw, place);
            }
        }
    }
}

/// The chapter a sheet begins with: the one it is named for, else the only one of which rows are known.
fn start(grid: &Grid, edition: &Edition) -> String {
    let named = grid.sheet.as_ref().and_then(|sheet| {
        let name = words(sheet);
        let plain = |chapter: &Chapter| words(&chapter.number);
        let is = |chapter: &&Chapter| {
            let number = plain(chapter);
            name == number
                || [format!("rozdzial {number}"), format!("dzial {number}"), format!("chapter {number}")]
                    .contains(&name)
                || name == words(&chapter.title)
        };
        edition.chapters().iter().find(is)
    });
    let with_rows: Vec<&Chapter> =
        edition.chapters().iter().filter(|chapter| !chapter.rows.is_empty()).collect();
    let only = with_rows.first().filter(|_| with_rows.len() == 1).copied();
    named.or(only).map(|chapter| chapter.number.clone()).unwrap_or_default()
}

/// The chapter that a row announces: its title, or a number and a text, and nothing else in the row.
fn heading(cells: &BTreeMap<usize, Raw>, edition: &Edition) -> Option<String> {
    let (Some((_, raw)), 1 | 2) = (cells.iter().next(), cells.len()) else { return None };
    let text = cells.values().map(Raw::text).collect::<Vec<_>>().join(" ");
    if !matches!(raw, Raw::Text(_)) && cells.len() == 1 {
        return None;
    }
    let number: String = text.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    let title = words(text.strip_prefix(number.as_str()).unwrap_or(&text));
    let number = number.trim_end_matches('.').to_owned();
    let titled = |chapter: &&Chapter| {
        !title.is_empty() && format!("{title} ").starts_with(&format!("{} ", words(&chapter.title)))
    };
    if let Some(chapter) = edition.chapters().iter().find(titled) {
        return Some(chapter.number.clone());
    }
    // "9. Współpraca" announces a chapter that the edition does not have, "18 lat i więcej" none
    let numbered =
        text.strip_prefix(number.as_str()).is_some_and(|rest| rest.starts_with('.') || number.contains('.'));
    let letters = title.chars().any(char::is_alphabetic);
    (!number.is_empty() && letters && numbered && cells.len() == 1).then_some(number)
}
