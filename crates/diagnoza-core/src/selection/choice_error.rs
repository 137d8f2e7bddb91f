use std::fmt;

use super::normalise::MethodError;
use super::{Conflict, PreparedError};
use crate::observation::{Missing, Year};
use crate::territory::Teryt;

/// Why a checked specification cannot run on a table.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ChoiceError {
    /// The table is about other gminas than the specification was checked against.
    #[error(
        "the table and the frame differ: {} gminas have no row in the table ({}), {} rows are no gmina of \
         the frame ({})",
        no_row.len(), some(no_row), not_in_frame.len(), some(not_in_frame)
    )]
    OtherGminas {
        /// Gminas of the frame without a row.
        no_row: Vec<Teryt>,
        /// Rows that are no gmina of the frame.
        not_in_frame: Vec<Teryt>,
    },
    /// A gmina lies in another stratum in the table than in the frame.
    #[error("{code}: the table puts it into another stratum than the frame that was checked")]
    OtherStratum {
        /// Code of the gmina.
        code: Teryt,
    },
    /// A column is not there.
    #[error("the table has no column {variable} of {year}; it has {}", columns.join(", "))]
    MissingColumn {
        /// Variable wanted.
        variable: String,
        /// Year wanted.
        year: Year,
        /// Columns there are, as `variable of year`.
        columns: Vec<String>,
    },
    /// A column is in another unit.
    #[error(
        "column {variable} of {year} is in '{got}', the specification says '{expected}': convert it or \
         correct the specification"
    )]
    OtherUnit {
        /// Variable of the column.
        variable: String,
        /// Year of the column.
        year: Year,
        /// Unit of the column.
        got: String,
        /// Unit in the specification.
        expected: String,
    },
    /// Values are missing and `missing = "refuse"`.
    #[error("values missing: {}, and missing = \"refuse\": {}", values.len(), lines(values))]
    MissingValues {
        /// Every value that is missing.
        values: Vec<MissingValue>,
    },
    /// A denominator that cannot be divided by.
    #[error(
        "{code} ({name}), {variable} of {year}: {got} cannot be a denominator, expected a number above 0"
    )]
    BadDenominator {
        /// Code of the gmina.
        code: Teryt,
        /// Name of the gmina.
        name: String,
        /// Variable of the column.
        variable: String,
        /// Year of the column.
        year: Year,
        /// The value found.
        got: f64,
    },
    /// No gmina has a value from which a missing one could be taken.
    #[error("nothing to take the place of a missing value: {}", lines(values))]
    NothingToImpute {
        /// Values that are missing.
        values: Vec<MissingValue>,
    },
    /// The method cannot use a value or a setting.
    #[error("method.name = \"{method}\": {}", named(&source.to_string(), criteria, gminas))]
    Method {
        /// The method.
        method: &'static str,
        /// Variables of the primary criteria.
        criteria: Vec<String>,
        /// Names of the candidates.
        gminas: Vec<String>,
        /// What it says, by position.
        source: MethodError,
    },
    /// Conditions that no set meets.
    #[error("{conflict}")]
    Infeasible {
        /// The conditions that contradict each other.
        conflict: Conflict,
    },
    /// So many refused that the places cannot be filled.
    #[error(
        "consent.refused: after the refusals no set of the remaining gminas fills the places with those that accepted"
    )]
    NoneLeftToOffer,
    /// The problem cannot be solved in numbers.
    #[error(transparent)]
    Prepared(#[from] PreparedError),
    /// So many gminas dropped out for want of data that a quota cannot be filled.
    #[error(
        "stratum '{stratum}': a quota of {quota} and only {eligible} gminas left after those without data \
         dropped out"
    )]
    QuotaAboveSupply {
        /// The stratum.
        stratum: String,
        /// Its quota.
        quota: usize,
        /// Gminas left.
        eligible: usize,
    },
}

/// A value that a criterion needs and that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingValue {
    /// Code of the gmina.
    pub code: Teryt,
    /// Name of the gmina.
    pub name: String,
    /// Variable of the column.
    pub variable: String,
    /// Year of the column.
    pub year: Year,
    /// Why there is none.
    pub reason: Missing,
}

impl fmt::Display for MissingValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, name, variable, year, reason } = self;
        write!(f, "{code} ({name}) has no value of {variable} for {year} ({reason})")
    }
}

fn lines(values: &[MissingValue]) -> String {
    let lines: Vec<String> = values.iter().map(MissingValue::to_string).collect();
    lines.join("; ")
}

/// A message of a method with names for positions: `criterion 1` becomes `criterion families`.
fn named(message: &str, criteria: &[String], gminas: &[String]) -> String {
    let mut text = message.to_owned();
    for (word, names) in [("criterion", criteria), ("alternative", gminas)] {
        for (position, name) in names.iter().enumerate().rev() {
            let shown = if word == "criterion" { "criterion" } else { "gmina" };
            text = text.replace(&format!("{word} {position}"), &format!("{shown} {name}"));
        }
    }
    text
}

/// The first few codes of a list.
fn some(codes: &[Teryt]) -> String {
    let shown: Vec<String> = codes.iter().take(10).map(Teryt::to_string).collect();
    match codes.len() {
        0 => "none".to_owned(),
        n if n > shown.len() => format!("{}, ...", shown.join(", ")),
        _ => shown.join(", "),
    }
}
