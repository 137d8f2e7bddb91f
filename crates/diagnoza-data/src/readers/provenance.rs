use diagnoza_core::observation::{Source, sha256};

/// Provenance of `bytes`, their hash included.
pub(crate) fn source(publisher: &str, title: &str, date: &str, bytes: &[u8]) -> Source {
    Source {
        publisher: publisher.to_owned(),
        title: title.to_owned(),
        date: date.to_owned(),
        sha256: sha256(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hash_matches_fips_180_4_example() {
        assert_eq!(
            source("", "", "", b"abc").sha256,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
