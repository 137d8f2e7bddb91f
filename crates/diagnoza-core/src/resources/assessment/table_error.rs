use crate::observation::Year;
use crate::territory::UnitId;

/// Faults of a table that are shown in one message; the others are counted.
const SHOWN: usize = 20;

/// Everything that is wrong with a table of indicators, found in one pass.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{}{}", count(faults), list(faults))]
pub struct TableError {
    /// The faults, in the order of indicators, units and rows.
    pub faults: Vec<TableFault>,
}

/// One thing that is wrong with a table of indicators. Places are counted from 1.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TableFault {
    /// The table says nothing.
    #[error("there are no {what}: expected at least one")]
    Nothing {
        /// `indicators` or `units`.
        what: &'static str,
    },
    /// An indicator without id.
    #[error("indicator {place} has no id")]
    NoId {
        /// Place among the indicators.
        place: usize,
    },
    /// Two indicators of one id.
    #[error("indicators {first} and {second} are both '{id}': ids are unique")]
    SameIndicator {
        /// The id.
        id: String,
        /// Place of the first.
        first: usize,
        /// Place of the second.
        second: usize,
    },
    /// More decimals than a number has.
    #[error("indicator '{id}' asks for {got} decimals: expected 0 to 9")]
    Decimals {
        /// The indicator.
        id: String,
        /// Decimals asked for.
        got: u8,
    },
    /// Two entries of one unit; the digit of the kind, which changes in time, does not make two.
    #[error("units {first} ({first_unit}) and {second} ({second_unit}) are one unit: keep one code")]
    SameUnit {
        /// Place of the first.
        first: usize,
        /// Its code.
        first_unit: UnitId,
        /// Place of the second.
        second: usize,
        /// Its code.
        second_unit: UnitId,
    },
    /// A town or rural area inside an urban-rural gmina.
    #[error("unit {place}, {unit}, is a part of a gmina: expected the gmina")]
    Part {
        /// Place among the units.
        place: usize,
        /// Its code.
        unit: UnitId,
    },
    /// A value of an indicator that the table does not have.
    #[error("row {row}: there is no indicator '{got}'")]
    UnknownIndicator {
        /// The row.
        row: usize,
        /// The id in the row.
        got: String,
    },
    /// A direction of an indicator that the table does not have.
    #[error("directions: there is no indicator '{got}', expected {}", known.join(", "))]
    Directions {
        /// The id given.
        got: String,
        /// The ids there are.
        known: Vec<String>,
    },
    /// A value of a unit that the table does not have.
    #[error("row {row}, indicator '{indicator}': there is no unit {unit}")]
    UnknownUnit {
        /// The row.
        row: usize,
        /// The indicator in the row.
        indicator: String,
        /// The unit in the row.
        unit: UnitId,
    },
    /// Two values of one indicator, unit and year.
    #[error("rows {first} and {second} are both of '{indicator}', {unit}, {year}: keep one")]
    SameCell {
        /// The first row.
        first: usize,
        /// The second row.
        second: usize,
        /// The indicator.
        indicator: String,
        /// The unit.
        unit: UnitId,
        /// The year.
        year: Year,
    },
    /// A value that is no number, or beyond any statistic.
    #[error(
        "row {row}, '{indicator}', {unit}, {year}: {got} is no value; expected a number up to 1e15 in size"
    )]
    Value {
        /// The row.
        row: usize,
        /// The indicator.
        indicator: String,
        /// The unit.
        unit: UnitId,
        /// The year.
        year: Year,
        /// The number given.
        got: f64,
    },
}

fn count(faults: &[TableFault]) -> String {
    match faults.len() {
        1 => "table of indicators: ".to_owned(),
        n => format!("the table of indicators has {n} faults: "),
    }
}

fn list(faults: &[TableFault]) -> String {
    let mut texts: Vec<String> = faults.iter().take(SHOWN).map(TableFault::to_string).collect();
    if faults.len() > SHOWN {
        texts.push(format!("and {} more", faults.len() - SHOWN));
    }
    texts.join("; ")
}
