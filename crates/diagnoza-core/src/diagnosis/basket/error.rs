use std::fmt;

/// Why a basket or what a unit has of it cannot be used.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum BasketError {
    /// The file is not TOML of this form; the reason names line and key.
    #[error("{file}: {reason}")]
    Syntax {
        /// Name of the file.
        file: String,
        /// What the parser says.
        reason: String,
    },
    /// Entries that cannot be used, all of them.
    #[error("{file}: {} faults{}", faults.len(), faults.iter().map(|fault| format!("\n  {fault}")).collect::<String>())]
    Entries {
        /// Name of the file.
        file: String,
        /// What is wrong.
        faults: Vec<BasketFault>,
    },
}

/// One fault of a basket, or of the list of what a unit has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BasketFault {
    /// Nothing in the list.
    Nothing {
        /// `problem`, `service`.
        list: &'static str,
    },
    /// An entry without an id or a Polish name.
    Unnamed {
        /// `problem`, `service`, `institution`.
        list: &'static str,
        /// Its place in the list, from 1.
        entry: usize,
        /// `id` or `name_pl`.
        key: &'static str,
    },
    /// Two entries of one id.
    Twice {
        /// The list.
        list: &'static str,
        /// The id.
        id: String,
    },
    /// A reference to something that is not there.
    Unknown {
        /// The list.
        list: &'static str,
        /// The entry.
        id: String,
        /// Its key.
        key: &'static str,
        /// What it names.
        got: String,
        /// The nearest id there is.
        nearest: Option<String>,
    },
    /// The same reference twice.
    Repeated {
        /// The list.
        list: &'static str,
        /// The entry.
        id: String,
        /// Its key.
        key: &'static str,
        /// What it names.
        got: String,
    },
    /// Services that require each other.
    Cycle {
        /// The services, the first again at the end.
        services: Vec<String>,
    },
    /// A statement about a service without a source.
    NoSource {
        /// The service.
        service: String,
    },
}

impl fmt::Display for BasketFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing { list } => write!(f, "no [[{list}]]: expected at least one"),
            Self::Unnamed { list, entry, key } => write!(f, "{list} {entry} has no {key}"),
            Self::Twice { list, id } => write!(f, "{list} '{id}' is there twice: give each an id of its own"),
            Self::Unknown { list, id, key, got, nearest } => {
                write!(f, "{list} '{id}', {key}: there is no '{got}'")?;
                nearest.as_ref().map_or(Ok(()), |nearest| write!(f, ", is '{nearest}' meant?"))
            }
            Self::Repeated { list, id, key, got } => {
                write!(f, "{list} '{id}', {key}: '{got}' is named twice")
            }
            Self::Cycle { services } => {
                write!(f, "services that require each other: {}", services.join(" -> "))
            }
            Self::NoSource { service } => {
                write!(f, "service '{service}' is said to exist or to be missing without a source")
            }
        }
    }
}
