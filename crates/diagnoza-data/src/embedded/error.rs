/// Why an embedded table cannot be handed out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DataError {
    /// No table of that name; the nearest one is suggested.
    #[error(
        "no embedded table is called '{got}'{}; the tables are {}",
        nearest.as_ref().map(|name| format!(": did you mean '{name}'?")).unwrap_or_default(),
        available.join(", ")
    )]
    UnknownTable {
        /// The name given.
        got: String,
        /// The name most like it, if one is near.
        nearest: Option<String>,
        /// Every name there is.
        available: Vec<String>,
    },
    /// The table is a map, not rows and columns.
    #[error("embedded table '{name}' is a map in GeoJSON, not a table: ask for it as borders")]
    NotAFrame {
        /// Name of the table.
        name: String,
    },
    /// No borders of that level are embedded.
    #[error("no borders of the level {level:?} are embedded: expected powiats or gminas")]
    NoBorders {
        /// The level asked for.
        level: diagnoza_core::territory::Level,
    },
    /// The bytes inside the library are not those the manifest names.
    #[error(
        "embedded file '{file}' has the SHA-256 {found}, its manifest says {expected}: rebuild the data set with `make data`"
    )]
    HashMismatch {
        /// Name of the file.
        file: String,
        /// Hash in the manifest, lower-case hexadecimal.
        expected: String,
        /// Hash of the bytes.
        found: String,
    },
    /// The manifest names a file the library does not hold.
    #[error("the manifest names '{file}', which is not embedded: rebuild the data set with `make data`")]
    MissingFile {
        /// Name of the file.
        file: String,
    },
    /// The manifest does not read.
    #[error("the manifest of the embedded data set does not read: {reason}")]
    Manifest {
        /// What the JSON reader said, with line and column.
        reason: String,
    },
    /// A table does not read as Parquet.
    #[error("embedded table '{name}' does not read: {reason}")]
    Unreadable {
        /// Name of the table.
        name: String,
        /// What the Parquet reader said.
        reason: String,
    },
}
