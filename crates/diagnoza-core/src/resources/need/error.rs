use std::fmt;

use crate::demography::{AgeRange, Sexes};
use crate::observation::{PanelError, Quantity};

/// Why need or supply cannot be computed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NeedError {
    /// The file is not TOML of this form; the reason names line and key.
    #[error("{file}: {reason}")]
    Syntax {
        /// Name of the file.
        file: String,
        /// What the parser says, with the line.
        reason: String,
    },
    /// Rows that cannot be used, all of them.
    #[error("{file}: {}{}", count(faults.len()), listed(faults))]
    Rows {
        /// Name of the file.
        file: String,
        /// What is wrong, in the order of the rows.
        faults: Vec<RowFault>,
    },
    /// The population counts something else than persons.
    #[error("need is computed from persons, the table given holds {got}")]
    NotPersons {
        /// Quantity of the table.
        got: Quantity,
    },
    /// A range of ages that the groups of the population do not have.
    #[error(
        "{service}: the rate of {} {ages} cuts through the age groups of the population, which are {groups}: \
         let the range begin and end where a group does", sexes.word()
    )]
    AgesCut {
        /// The service.
        service: String,
        /// Whom the rate is for.
        sexes: Sexes,
        /// Its ages.
        ages: AgeRange,
        /// Groups of the population.
        groups: String,
    },
    /// A service without rates.
    #[error("there are no rates of '{got}': there are rates of {}", known.join(", "))]
    UnknownService {
        /// The name given.
        got: String,
        /// Services there are.
        known: Vec<String>,
    },
    /// Figures of different numbers of years.
    #[error("{what} has {got} years, expected {expected}")]
    Length {
        /// Which figures.
        what: &'static str,
        /// Years given.
        got: usize,
        /// Years expected.
        expected: usize,
    },
    /// A level of an interval that is no share between 0 and 1.
    #[error("level {got} of an interval: expected a share above 0 and below 1, such as 0.8")]
    Level {
        /// The level given.
        got: f64,
    },
    /// The population cannot be read.
    #[error(transparent)]
    Population(#[from] PanelError),
}

/// One fault in one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFault {
    /// Where, as a person counts: `row 5`, or `entry 3` in a TOML file.
    pub place: String,
    /// The column or key.
    pub column: &'static str,
    /// What stands there.
    pub got: String,
    /// What was expected.
    pub expected: String,
}

impl fmt::Display for RowFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}: ", self.place, self.column)?;
        if self.got.is_empty() { f.write_str("empty") } else { write!(f, "'{}'", self.got) }?;
        write!(f, ", expected {}", self.expected)
    }
}

/// Faults written out in a message; the error holds all.
const SHOWN: usize = 30;

fn count(faults: usize) -> String {
    if faults == 1 { "1 fault".to_owned() } else { format!("{faults} faults") }
}

fn listed(faults: &[RowFault]) -> String {
    let shown: String = faults.iter().take(SHOWN).map(|fault| format!("\n  {fault}")).collect();
    match faults.len().checked_sub(SHOWN) {
        None | Some(0) => shown,
        Some(more) => format!("{shown}\n  and {more} more"),
    }
}

impl NeedError {
    pub(super) fn syntax(file: &str, error: &toml::de::Error) -> Self {
        Self::Syntax { file: file.to_owned(), reason: error.to_string().trim().to_owned() }
    }
}
