use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::place::Places;
use super::{LeftOut, LeftOutReason};
use crate::territory::{Gazetteer, UnitId};

/// Hours in one row beyond which a typing error is certain: eleven years day and night.
const MOST_HOURS: f64 = 100_000.0;
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;

/// One row of a register of support as it is written, unchecked; an empty text is an empty cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SupportRow {
    /// Row as a person counts it in the file.
    pub row: usize,
    /// Key of the person; a pseudonym, not a name or PESEL.
    pub person: String,
    /// Key of the institution.
    pub institution: String,
    /// Unit of territory: TERYT code or name.
    pub unit: String,
    /// Form of support, e.g. `training`.
    pub form: String,
    /// Module of a programme.
    pub module: String,
    /// Hours, with a decimal point or comma.
    pub hours: String,
    /// Day of the support, `2023-05-31` or `31.05.2023`.
    pub date: String,
    /// Role of the person, e.g. `worker`.
    pub role: String,
}

/// How keys are made equal before they are compared. Nothing else is: the same person under two
/// spellings is two persons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyRule {
    /// As written.
    Exact,
    /// Without spaces at both ends.
    #[default]
    Trim,
    /// Without spaces at both ends, and upper and lower case the same.
    TrimCase,
}

/// One row that can be counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Support {
    /// Row as a person counts it in the file.
    pub row: usize,
    /// Key of the person.
    pub person: Option<String>,
    /// Key of the institution.
    pub institution: Option<String>,
    /// Unit of territory.
    pub unit: Option<UnitId>,
    /// Form of support.
    pub form: Option<String>,
    /// Module.
    pub module: Option<String>,
    /// Hours.
    pub hours: Option<f64>,
    /// Day.
    pub date: Date,
    /// Role.
    pub role: Option<String>,
}

/// A register of support whose rows are checked: those that can be counted, and those that cannot
/// with every fault they have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SupportRegister {
    pub(super) supports: Vec<Support>,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) rows: usize,
    pub(super) key_rule: KeyRule,
}

impl SupportRegister {
    /// Checks every row; a faulty row is kept with all its faults in [`left_out`](Self::left_out).
    #[must_use]
    pub fn check(rows: &[SupportRow], gazetteer: &Gazetteer, key_rule: KeyRule) -> Self {
        let mut places = Places::new(gazetteer);
        let (mut supports, mut left_out) = (Vec::new(), Vec::new());
        for row in rows {
            match check_row(row, &mut places, key_rule) {
                Ok(support) => supports.push(support),
                Err(faults) => left_out.extend(faults),
            }
        }
        // By date and then by row, so that the order of the file does not matter.
        supports.sort_by_key(|support| (support.date, support.row));
        left_out.sort_by_key(|fault| (fault.row, fault.reason));
        Self { supports, left_out, rows: rows.len(), key_rule }
    }

    /// Rows that can be counted, by date and row.
    #[must_use]
    pub fn supports(&self) -> &[Support] {
        &self.supports
    }

    /// Faults of the other rows, by row.
    #[must_use]
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// Number of rows given.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.rows
    }
}

fn check_row(row: &SupportRow, places: &mut Places<'_>, rule: KeyRule) -> Result<Support, Vec<LeftOut>> {
    let mut faults = Vec::new();
    let mut fault = |reason, got: &str, detail: &str| faults.push(LeftOut::new(row.row, reason, got, detail));
    let (person, institution) = (rule.key(&row.person), rule.key(&row.institution));
    if person.is_none() && institution.is_none() {
        fault(LeftOutReason::NoKey, "", "");
    }
    let text = row.date.trim();
    let date = date(text);
    match date {
        _ if text.is_empty() => fault(LeftOutReason::NoDate, "", ""),
        None => fault(LeftOutReason::BadDate, text, ""),
        Some(_) => {}
    }
    let hours = hours(row.hours.trim()).unwrap_or_else(|reason| {
        fault(reason, row.hours.trim(), "");
        None
    });
    let text = row.unit.trim();
    let unit = if text.is_empty() { None } else { Some(places.find(text, date)) };
    if let Some(Err(why)) = &unit {
        fault(LeftOutReason::UnknownUnit, text, why);
    }
    match date {
        Some(date) if faults.is_empty() => Ok(Support {
            row: row.row,
            person,
            institution,
            unit: unit.and_then(Result::ok),
            form: word(&row.form),
            module: word(&row.module),
            hours,
            date,
            role: word(&row.role),
        }),
        _ => Err(faults),
    }
}

/// A day written `2023-05-31` (also with a time after it, as spreadsheets export) or `31.05.2023`.
fn date(text: &str) -> Option<Date> {
    let found = match text.split('.').collect::<Vec<_>>().as_slice() {
        [day, month, year] if year.len() == 4 => {
            Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?
        }
        _ => {
            let (day, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
            let clock = time.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'));
            let written = day.len() == 10 && day.bytes().filter(|&b| b == b'-').count() == 2;
            (clock && written).then(|| day.parse().ok())??
        }
    };
    YEARS.contains(&found.year()).then_some(found)
}

fn hours(text: &str) -> Result<Option<f64>, LeftOutReason> {
    if text.is_empty() {
        return Ok(None);
    }
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+');
    let number = text.chars().all(digits).then(|| text.replace(',', ".").parse::<f64>().ok()).flatten();
    match number {
        None => Err(LeftOutReason::BadHours),
        Some(hours) if hours < 0.0 => Err(LeftOutReason::NegativeHours),
        Some(hours) if hours > MOST_HOURS => Err(LeftOutReason::TooManyHours),
        Some(hours) => Ok(Some(hours)),
    }
}

/// A form, module or role as words are compared: trimmed and in lower case.
pub(super) fn word(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_lowercase())
}

impl KeyRule {
    /// Every rule.
    pub const ALL: [Self; 3] = [Self::Exact, Self::Trim, Self::TrimCase];

    /// The word used in tables and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Trim => "trim",
            Self::TrimCase => "trim_case",
        }
    }

    pub(super) fn key(self, text: &str) -> Option<String> {
        if text.trim().is_empty() {
            return None;
        }
        Some(match self {
            Self::Exact => text.to_owned(),
            Self::Trim => text.trim().to_owned(),
            Self::TrimCase => text.trim().to_lowercase(),
        })
    }
}

impl fmt::Display for KeyRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for KeyRule {
    type Err = super::TargetError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|rule| rule.word() == text.trim());
        found.ok_or_else(|| super::TargetError::UnknownKeyRule { got: text.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_both_customs_and_of_exports_are_read() {
        let day = Some("2023-05-31".parse().unwrap());
        for text in ["2023-05-31", "31.05.2023", "2023-05-31 00:00:00", "2023-05-31T08:15:00.000"] {
            assert_eq!(date(text), day, "{text}");
        }
        for text in [
            "",
            "31.02.2023",
            "05/31/2023",
            "2023",
            "45077",
            "31.05.23",
            "1023-05-31",
            "x.y.2023",
            "2023-05-31 noon",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn hours_have_a_point_or_a_comma() {
        assert_eq!(hours("7,5"), Ok(Some(7.5)));
        assert_eq!(hours(""), Ok(None));
        assert_eq!(hours("-1"), Err(LeftOutReason::NegativeHours));
        assert_eq!(hours("1e9"), Err(LeftOutReason::BadHours));
        assert_eq!(hours("1,000.5"), Err(LeftOutReason::BadHours));
        assert_eq!(hours("100001"), Err(LeftOutReason::TooManyHours));
        for text in ["NaN", "inf", "-", ",", "siedem"] {
            assert_eq!(hours(text), Err(LeftOutReason::BadHours), "{text}");
        }
    }
}
