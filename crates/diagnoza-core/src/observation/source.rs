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

/// SHA-256 of some bytes, lower-case hexadecimal: how a source, a table or a record is known again.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hmac_sha256::Hash::hash(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_fips_180_4() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
