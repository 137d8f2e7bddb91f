//! Readers, one file per source.
