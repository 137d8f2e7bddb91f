use serde::{Deserialize, Serialize};

/// Where a table comes from: who published it, what, as of when, and the hash
/// of the bytes read, so that a result can be traced and repeated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Publishing office, e.g. `GUS`.
    pub publisher: String,
    /// Title of the publication or data set.
    pub title: String,
    /// Date or period the publication states, as published.
    pub date: String,
    /// SHA-256 of the bytes that were read, lower-case hexadecimal.
    pub sha256: String,
}
