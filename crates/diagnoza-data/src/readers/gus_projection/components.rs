use super::persons::persons;
use crate::readers::violations::Violations;
use crate::readers::workbook::{Sheet, letters};

/// Events by year, a column per kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Components {
    pub(super) years: Vec<i32>,
    pub(super) flows: Vec<(&'static str, Vec<Option<i64>>)>,
}

/// Column names and the words GUS heads the columns with (it prints `Biths` for births in
/// the English half, so the Polish half is read).
const FLOWS: [(&str, &str); 6] = [
    ("births", "Urodzenia"),
    ("deaths", "Zgony"),
    ("internal_in", "Napływ"),
    ("internal_out", "Odpływ"),
    ("immigration", "Imigracja"),
    ("emigration", "Emigracja"),
];
const YEAR: usize = 1;

pub(super) fn read_sheet(sheet: &Sheet, violations: &mut Violations) -> Components {
    let mut components = Components::default();
    let Some(top) = (1..=sheet.last_row().min(20)).find(|&row| sheet.text(row, YEAR).starts_with("Rok"))
    else {
        let got = sheet.shown(5, YEAR);
        violations.push_in(Some(&sheet.name), 5, "A", &got, "the header 'Rok Year' in the first 20 rows");
        return components;
    };
    let header = top + 1;
    let mut columns = Vec::new();
    for (name, word) in FLOWS {
        match (YEAR + 1..=20).find(|&column| sheet.text(header, column).starts_with(word)) {
            Some(column) => columns.push((name, column)),
            None => {
                violations.push_in(Some(&sheet.name), header, word, "", format!("a column headed '{word}'"))
            }
        }
    }
    let rows: Vec<usize> = (header + 1..=sheet.last_row())
        .filter(|&row| sheet.cell(row, YEAR).is_some() && !sheet.shown(row, YEAR).trim().is_empty())
        .collect();
    for &row in &rows {
        let text = sheet.shown(row, YEAR);
        let year = text.trim().parse::<i32>().ok().filter(|year| (1800..=2200).contains(year));
        let follows = |year: &i32| components.years.last().is_none_or(|last| last + 1 == *year);
        match year.filter(follows) {
            Some(year) => components.years.push(year),
            None => {
                let expected = match components.years.last() {
                    None => "a year".to_owned(),
                    Some(last) => format!("the year {} after {last}", last + 1),
                };
                violations.push_in(Some(&sheet.name), row, &letters(YEAR), &text, expected);
            }
        }
    }
    if rows.is_empty() {
        violations.push_in(Some(&sheet.name), header + 1, "A", "", "a row per year");
    }
    for (name, column) in columns {
        let values = rows.iter().map(|&row| persons(sheet, row, column, violations)).collect();
        components.flows.push((name, values));
    }
    components
}
