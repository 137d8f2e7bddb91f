//! Identities and units of a form, checked column by column.
//!
//! A field is an interval of what it can be: a number is itself, with decimals plus or minus half its last digit;
//! "below the unit" lies between 0 and 1; any other missing field of a row that cannot be negative is 0 or more.
//! A sum is broken if the whole's interval and that of the sum of its parts have no number in common, "at most" if
//! the whole's upper end is below the lower end of the parts' sum. So a missing part breaks nothing by itself, and
//! parts that exceed the whole break it though others be missing. A number with a fault of its own counts as missing,
//! so that one mistake is listed once.

use serde::{Deserialize, Serialize};

use super::{Column, Content, Entry, Fault, Form, Identity, Relation, Row, RowId, Violation};
use crate::observation::Missing;

/// What checking a form found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// Everything that is wrong, in the order of the form.
    pub violations: Vec<Violation>,
    /// Identities that hold as far as can be told, but lack a field.
    pub unchecked: Vec<Unchecked>,
}

/// An identity that could not be checked in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unchecked {
    /// The identity.
    pub identity: Identity,
    /// The column.
    pub column: Column,
    /// Rows without a number there.
    pub lacking: Vec<RowId>,
}

impl Form {
    /// Checks units and identities. Rows that are not in the form are no fault here, see
    /// [`Form::missing_rows`].
    #[must_use]
    pub fn check(&self) -> Check {
        let mut check = Check::default();
        for (id, column, entry) in self.given() {
            if let Some(row) = self.edition.row(id)
                && let Some(fault) = self.fault(id, row, column, entry)
            {
                check.violations.push(Violation::of_cell(fault, id.clone(), column));
            }
        }
        for identity in self.edition.identities() {
            for column in Column::ALL {
                self.check_identity(identity, column, &mut check);
            }
        }
        for violation in &mut check.violations {
            self.describe(violation);
        }
        let order = |violation: &Violation| {
            self.edition.rows().position(|(id, _)| Some(&id) == violation.row.as_ref())
        };
        check.violations.sort_by_cached_key(|violation| (order(violation), violation.column));
        check
    }

    /// Rows of numbers that the unit fills and that are not in the form.
    #[must_use]
    pub fn missing_rows(&self) -> Vec<Violation> {
        let missing = self.rows().filter(|(id, row)| row.content != Content::Text && !self.has_row(id));
        let found = missing.map(|(id, _)| {
            let mut violation = Violation::of_row(Fault::MissingRow, id);
            self.describe(&mut violation);
            violation
        });
        found.collect()
    }

    /// Adds label and year to a violation.
    pub fn describe(&self, violation: &mut Violation) {
        let row = violation.row.as_ref().and_then(|id| self.edition.row(id));
        violation.label = row.map(|row| row.label.clone());
        violation.year = violation.column.and_then(|column| self.year_of(column));
    }

    fn fault(&self, id: &RowId, row: &Row, column: Column, entry: &Entry) -> Option<Fault> {
        let got = match entry {
            Entry::Missing(Missing::BelowUnit) => "0".to_owned(),
            Entry::Missing(_) => return None,
            Entry::Text(text) => text.clone(),
            Entry::Value(value) => value.to_string(),
        };
        if !self.edition.asks(row, self.unit_kind) {
            return Some(Fault::NotAsked { kind: self.unit_kind });
        }
        if !self.edition.columns_of(id).any(|asked| asked == column) {
            return Some(Fault::NotApplicable { got });
        }
        match (entry, row.content) {
            (Entry::Text(_), Content::Whole | Content::Decimal(_)) => {
                Some(Fault::NotANumber { got, expected: "a number".to_owned() })
            }
            (Entry::Value(value), Content::Whole | Content::Decimal(_)) => {
                let decimals = if let Content::Decimal(decimals) = row.content { decimals } else { 0 };
                if *value < 0.0 && !row.negative {
                    return Some(Fault::Negative { got: *value });
                }
                let scaled = value * 10_f64.powi(i32::from(decimals));
                let off = (scaled - scaled.round()).abs();
                (off > 1e-6).then(|| Fault::Fraction { got: *value, decimals, unit: row.unit.clone() })
            }
            _ => None,
        }
    }

    fn check_identity(&self, identity: &Identity, column: Column, check: &mut Check) {
        let whole = self.span(&identity.whole, column);
        let parts: Vec<Span> = identity.parts.iter().map(|id| self.span(id, column)).collect();
        let lacking: Vec<RowId> = identity
            .rows()
            .zip(std::iter::once(&whole).chain(&parts))
            .filter(|(_, span)| span.value.is_none())
            .map(|(id, _)| id.clone())
            .collect();
        if lacking.len() > identity.parts.len() {
            return; // the column is empty
        }
        let sum = |end: fn(&Span) -> f64| parts.iter().map(end).sum::<f64>();
        let (low, high) = (sum(|span| span.low), sum(|span| span.high));
        // binary sums of decimals differ in the last digits
        let slack = 1e-9 * (1.0 + low.abs());
        let broken =
            whole.high < low - slack || identity.relation == Relation::Sum && whole.low > high + slack;
        if broken {
            let fault = Fault::Identity {
                identity: identity.clone(),
                whole: whole.value.unwrap_or(whole.high),
                parts: parts.iter().filter_map(|span| span.value).sum(),
                all_known: parts.iter().all(|span| span.value.is_some()),
            };
            check.violations.push(Violation::of_cell(fault, identity.whole.clone(), column));
        } else if !lacking.is_empty() {
            check.unchecked.push(Unchecked { identity: identity.clone(), column, lacking });
        }
    }

    fn span(&self, id: &RowId, column: Column) -> Span {
        let row = self.edition.row(id);
        let half = row.map_or(0.0, |row| row.content.half_digit());
        let entry = self.entry(id, column);
        let faulty = row.is_some_and(|row| self.fault(id, row, column, &entry).is_some());
        match entry {
            _ if faulty => Span { value: None, low: f64::NEG_INFINITY, high: f64::INFINITY },
            Entry::Value(value) => Span { value: Some(value), low: value - half, high: value + half },
            Entry::Missing(Missing::BelowUnit) => Span { value: None, low: 0.0, high: 1.0 },
            Entry::Text(_) | Entry::Missing(_) => {
                let low = if row.is_some_and(|row| row.negative) { f64::NEG_INFINITY } else { 0.0 };
                Span { value: None, low, high: f64::INFINITY }
            }
        }
    }
}

/// What a field can be.
struct Span {
    value: Option<f64>,
    low: f64,
    high: f64,
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
