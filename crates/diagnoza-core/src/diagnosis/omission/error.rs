use std::fmt;

/// Why the cost of omission cannot be computed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum OmissionError {
    /// The file is not TOML of this form; the reason names line and key.
    #[error("{file}: {reason}")]
    Syntax {
        /// Name of the file.
        file: String,
        /// What the parser says.
        reason: String,
    },
    /// Figures that cannot be used, all of them.
    #[error("{file}: {}", listed(faults))]
    Card {
        /// Name of the file.
        file: String,
        /// What is wrong, in the order of the card.
        faults: Vec<CardFault>,
    },
}

/// One fault of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardFault {
    /// The key, e.g. `cost_of_need 'DPS', low`.
    pub key: String,
    /// What stands there.
    pub got: String,
    /// What was expected.
    pub expected: &'static str,
}

impl fmt::Display for CardFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let got = if self.got.is_empty() { "empty" } else { &self.got };
        write!(f, "{}: {got}, expected {}", self.key, self.expected)
    }
}

fn listed(faults: &[CardFault]) -> String {
    match faults {
        [one] => one.to_string(),
        many => {
            let lines: String = many.iter().map(|fault| format!("\n  {fault}")).collect();
            format!("{} faults{lines}", many.len())
        }
    }
}
