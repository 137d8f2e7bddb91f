use super::TITLE_ROWS;
use super::ages::Ages;
use super::persons::persons;
use crate::readers::violations::Violations;
use crate::readers::workbook::{Cell, Sheet, letters};

/// How a sheet cuts the population by age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    SingleYears,
    FiveYears,
    TenYears,
    /// Groups that overlap.
    Selected,
}

impl Cut {
    /// The cut a sheet's title names; `None` for sheets of other content.
    pub(super) fn of(sheet: &Sheet) -> Option<Self> {
        let words = [
            ("POJEDYNCZYCH ROCZNIKÓW WIEKU", Self::SingleYears),
            ("PIĘCIOLETNICH GRUP WIEKU", Self::FiveYears),
            ("10-LETNICH GRUP WIEKU", Self::TenYears),
            ("WYBRANYCH GRUP WIEKU", Self::Selected),
        ];
        let (_, cut) =
            words.into_iter().find(|(words, _)| sheet.head(TITLE_ROWS).any(|text| text.contains(words)))?;
        Some(cut)
    }
}

/// One year's column of a sheet.
#[derive(Clone, Copy, Debug)]
pub(super) struct YearColumn {
    pub(super) column: usize,
    pub(super) year: i32,
    pub(super) observed: bool,
}

/// One row of a sheet: an age group of one sex, a value per year.
#[derive(Clone, Debug)]
pub(super) struct AgeRow {
    pub(super) row: usize,
    pub(super) label: String,
    /// `None` where the bounds differ by sex.
    pub(super) ages: Option<Ages>,
    pub(super) values: Vec<Option<i64>>,
}

/// The rows of one sex; `all_ages` is the first of them on the sheet.
#[derive(Clone, Debug)]
pub(super) struct SexBlock {
    pub(super) sex: &'static str,
    pub(super) all_ages: AgeRow,
    pub(super) rows: Vec<AgeRow>,
}

/// A sheet of population as it was read.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) sheet: String,
    pub(super) cut: Cut,
    pub(super) unit: String,
    pub(super) years: Vec<YearColumn>,
    /// Total, males, females, in this order.
    pub(super) blocks: [SexBlock; 3],
}

const SEXES: [(&str, &str); 3] = [("Ogółem", "T"), ("Mężczyźni", "M"), ("Kobiety", "F")];
const SEX: usize = 1;
const AGE: usize = 2;
const FIRST_YEAR: usize = 3;

/// Reads a sheet of population; `None` with a violation noted if its outline is not GUS's.
pub(super) fn read(
    sheet: &Sheet,
    cut: Cut,
    violations: &mut Violations,
    notes: &mut Vec<String>,
) -> Option<Table> {
    let Some(header) = (1..=sheet.last_row().min(20)).find(|&row| sheet.text(row, SEX).starts_with("Płeć"))
    else {
        let got = sheet.shown(7, SEX);
        violations.push_in(Some(&sheet.name), 7, "A", &got, "the header 'Płeć Sex' in the first 20 rows");
        return None;
    };
    let years = years(sheet, header, violations);
    let mut blocks: Vec<SexBlock> = Vec::new();
    for row in header + 1..=sheet.last_row() {
        let label = sheet.shown(row, AGE).trim().to_owned();
        if label.is_empty() {
            continue;
        }
        let marked = sheet.text(row, SEX);
        if marked.is_empty() {
            let ages = Ages::parse(&label);
            let age_row = age_row(sheet, row, label, ages, &years, violations);
            match blocks.last_mut() {
                Some(block) => block.rows.push(age_row),
                None => violations.push_in(
                    Some(&sheet.name),
                    row,
                    "A",
                    "",
                    "a sex (Ogółem, Mężczyźni, Kobiety) before the first age",
                ),
            }
            continue;
        }
        let Some((_, sex)) = SEXES.into_iter().find(|(word, _)| marked.starts_with(word)) else {
            violations.push_in(Some(&sheet.name), row, "A", marked, "Ogółem, Mężczyźni or Kobiety");
            continue;
        };
        if !label.starts_with("Ogółem") {
            violations.push_in(Some(&sheet.name), row, "B", &label, "the row 'Ogółem' first for each sex");
        }
        blocks.push(SexBlock {
            sex,
            all_ages: age_row(sheet, row, label, None, &years, violations),
            rows: Vec::new(),
        });
    }
    let sexes: Vec<&str> = blocks.iter().map(|block| block.sex).collect();
    let Ok(mut blocks) = <[SexBlock; 3]>::try_from(blocks) else {
        let got = sexes.join(", ");
        violations.push_in(Some(&sheet.name), header + 1, "A", &got, "the sexes T, M, F, each once");
        return None;
    };
    if sexes != ["T", "M", "F"] {
        let got = sexes.join(", ");
        violations.push_in(Some(&sheet.name), header + 1, "A", &got, "the sexes T, M, F, in this order");
        return None;
    }
    if cut != Cut::Selected {
        for block in &mut blocks {
            check_contiguous(&sheet.name, block, violations, notes);
        }
    }
    Some(Table {
        sheet: sheet.name.clone(),
        cut,
        unit: sheet.text(header - 1, SEX).to_owned(),
        years,
        blocks,
    })
}

fn age_row(
    sheet: &Sheet,
    row: usize,
    label: String,
    ages: Option<Ages>,
    years: &[YearColumn],
    violations: &mut Violations,
) -> AgeRow {
    let values = years.iter().map(|year| persons(sheet, row, year.column, violations)).collect();
    AgeRow { row, label, ages, values }
}

/// The year columns: numbers, or texts with a star where the year is observed (`2022*`).
fn years(sheet: &Sheet, header: usize, violations: &mut Violations) -> Vec<YearColumn> {
    let mut years: Vec<YearColumn> = Vec::new();
    for (column, cell) in sheet.columns(header).filter(|(column, _)| *column >= FIRST_YEAR) {
        let text = match cell {
            Cell::Text(text) if text.trim().is_empty() => continue,
            other => other.shown(),
        };
        let digits = text.trim().trim_end_matches('*');
        let year = digits.parse::<i32>().ok().filter(|year| (1800..=2200).contains(year));
        let follows = |year: &i32| years.last().is_none_or(|last| last.year + 1 == *year);
        match year.filter(follows) {
            Some(year) => years.push(YearColumn { column, year, observed: text.trim().ends_with('*') }),
            None => {
                let expected = match years.last() {
                    None => "a year".to_owned(),
                    Some(last) => format!("the year {} after {}", last.year + 1, last.year),
                };
                violations.push_in(Some(&sheet.name), header, &letters(column), &text, expected);
            }
        }
    }
    if years.is_empty() {
        violations.push_in(Some(&sheet.name), header, "C", "", "years from column C on");
    }
    years
}

/// Groups must follow one another from 0 to an open one. GUS prints `50-49` for 50-59 in
/// its gmina workbooks: an end before its start can only be a misprint, and the next
/// group's start tells what is meant. Any other gap or overlap is a violation.
fn check_contiguous(sheet: &str, block: &mut SexBlock, violations: &mut Violations, notes: &mut Vec<String>) {
    let starts: Vec<Option<i32>> = block.rows.iter().map(|row| row.ages.map(|ages| ages.first)).collect();
    for (i, row) in block.rows.iter_mut().enumerate() {
        let Some(ages) = row.ages else {
            violations.push_in(Some(sheet), row.row, "B", &row.label, "an age such as 7, 0-4 or 90+");
            continue;
        };
        if i == 0 && ages.first != 0 {
            violations.push_in(Some(sheet), row.row, "B", &row.label, "ages from 0 on");
        }
        let next = starts.get(i + 1).copied().flatten();
        let meant = next.map(|next| next - 1);
        match (ages.last, meant) {
            (last, meant) if last == meant => {}
            (Some(last), Some(meant)) if last < ages.first && meant >= ages.first => {
                notes.push(format!(
                    "sheet '{sheet}', row {}, column B: '{}' read as {}-{meant}, as the next group begins at {}",
                    row.row,
                    row.label,
                    ages.first,
                    meant + 1
                ));
                row.ages = Some(Ages { first: ages.first, last: Some(meant) });
            }
            (_, Some(meant)) => {
                let expected = format!("a group that ends at {meant}, as the next begins at {}", meant + 1);
                violations.push_in(Some(sheet), row.row, "B", &row.label, expected);
            }
            (_, None) => {
                let expected = "an open group such as 90+ at the end".to_owned();
                violations.push_in(Some(sheet), row.row, "B", &row.label, expected);
            }
        }
    }
}
