use super::{Column, IdentityError, RowId};
use crate::observation::Year;

/// Why a file is no edition of a form.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum EditionError {
    /// Not TOML, or not of this format.
    #[error("the edition's file cannot be read: {why}")]
    Toml {
        /// Line, column and what was expected.
        why: String,
    },
    /// It contradicts itself.
    #[error("edition '{edition}': {}", list(faults))]
    Faults {
        /// Name of the edition.
        edition: String,
        /// Everything that is wrong.
        faults: Vec<EditionFault>,
    },
}

/// One contradiction in an edition.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum EditionFault {
    /// Not a name for files.
    #[error("the name '{got}' is not of lower-case letters, digits and underscores")]
    Name {
        /// The name given.
        got: String,
    },
    /// The last year comes before the first.
    #[error("last_year {last} comes before first_year {first}")]
    Years {
        /// First assessed year.
        first: Year,
        /// Last assessed year.
        last: Year,
    },
    /// Nobody fills it.
    #[error("unit_kinds is empty: name who fills the form, e.g. [\"gmina\"]")]
    NoUnitKind,
    /// Not digits with full stops.
    #[error("chapter number '{got}' is not of the form 2 or 3.1")]
    ChapterNumber {
        /// The number given.
        got: String,
    },
    /// Two chapters of one number.
    #[error("chapter {chapter} stands twice")]
    SameChapter {
        /// Its number.
        chapter: String,
    },
    /// A chapter without a title.
    #[error("chapter {chapter} has no title")]
    NoTitle {
        /// Its number.
        chapter: String,
    },
    /// Columns out of order, repeated or none.
    #[error("columns of chapter {chapter} are not in order from left to right, each once")]
    Columns {
        /// Its number.
        chapter: String,
    },
    /// Two rows of one number.
    #[error("row {row} stands twice")]
    SameRow {
        /// The row.
        row: RowId,
    },
    /// A row without a label.
    #[error("row {row} has no label")]
    NoLabel {
        /// The row.
        row: RowId,
    },
    /// A row of texts cannot be counted.
    #[error("row {row} holds texts and can be no input of an indicator")]
    TextInput {
        /// The row.
        row: RowId,
    },
    /// An input without a name.
    #[error("input of row {row} is empty: leave it out or name the count")]
    EmptyInput {
        /// The row.
        row: RowId,
    },
    /// Two rows with the same input.
    #[error("row {row} names the input '{input}', which row {first} holds")]
    SameInput {
        /// The later row.
        row: RowId,
        /// The earlier row.
        first: RowId,
        /// The name of both.
        input: String,
    },
    /// A barred column the chapter does not have.
    #[error("row {row}: not_applicable names {column}, which the chapter does not have")]
    NoColumn {
        /// The row.
        row: RowId,
        /// The column.
        column: Column,
    },
    /// A text that is no identity.
    #[error("row {row}: {error}")]
    Identity {
        /// The row.
        row: RowId,
        /// What is wrong.
        error: IdentityError,
    },
    /// An identity over a row that is not there or holds texts.
    #[error("identity {identity} speaks of row {row}, which {}", if *text { "holds texts" } else { "the edition does not have" })]
    IdentityRow {
        /// The identity.
        identity: String,
        /// The row.
        row: RowId,
        /// Whether it holds texts.
        text: bool,
    },
}

fn list(faults: &[EditionFault]) -> String {
    faults.iter().map(EditionFault::to_string).collect::<Vec<_>>().join("; ")
}
