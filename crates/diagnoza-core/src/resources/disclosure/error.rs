/// Why a table has no publication view, or a publication view gives too much away.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum DisclosureError {
    /// A rule out of range.
    #[error("{name} is {got}: expected {expected}")]
    Rule {
        /// The rule.
        name: &'static str,
        /// The value given.
        got: f64,
        /// What it may be.
        expected: &'static str,
    },
    /// No cells.
    #[error("the table has no rows: expected at least one count")]
    NoRows,
    /// More cells than the search can treat.
    #[error(
        "the table has {cells} cells with its totals: at most {most} can be protected at once, divide it"
    )]
    TooManyCells {
        /// Cells.
        cells: usize,
        /// Limit.
        most: usize,
    },
    /// A row whose labels do not fit the table.
    #[error("row {row}: {got} labels, the table has {expected} levels: an empty label is none")]
    Labels {
        /// Row, from 1.
        row: usize,
        /// Labels that are not empty.
        got: usize,
        /// Levels of the table.
        expected: usize,
    },
    /// A row without the second classification in a table that has one, or the reverse.
    #[error("row {row}: the second classification has to be given in every row or in none")]
    Across {
        /// Row, from 1.
        row: usize,
    },
    /// The same cell twice.
    #[error("row {row}: the cell {cell} is there twice: add the two, or name their contributors")]
    Twice {
        /// Row, from 1.
        row: usize,
        /// Labels of the cell.
        cell: String,
    },
    /// A cell of the cross table is not given.
    #[error("the cell {cell} is not in the table: give it, or say that absent cells are zero")]
    Absent {
        /// Labels of the cell.
        cell: String,
    },
    /// A contributor's part that is no part.
    #[error("row {row}: the largest contributor has {largest} of {count}: expected no more than the count")]
    Largest {
        /// Row, from 1.
        row: usize,
        /// Part of the largest.
        largest: u64,
        /// Count.
        count: u64,
    },
    /// Contributors in some rows and not in others, or both ways at once.
    #[error("row {row}: name the contributor in every row or in none, and not beside the largest part")]
    Contributors {
        /// Row, from 1.
        row: usize,
    },
    /// Counts beyond what doubles hold exactly.
    #[error("the counts of {cell} add up to more than {most}: too many for an exact answer")]
    TooLarge {
        /// Labels of the cell.
        cell: String,
        /// Limit.
        most: u64,
    },
    /// A published table whose figures do not add up.
    #[error("the published figures around {cell} contradict each other: no counts add up to them")]
    Contradiction {
        /// Labels of a cell.
        cell: String,
    },
    /// No suppression protects a cell under the rules.
    #[error(
        "{cell} cannot be protected even by suppressing everything else: hide the reasons, or merge it with another"
    )]
    Unprotectable {
        /// Labels of the cell.
        cell: String,
    },
    /// The attack narrows a suppressed cell too far.
    #[error(
        "{cell} is suppressed but can be narrowed to {lower} - {upper} from what is published: expected \
         {required}"
    )]
    Narrowed {
        /// Labels of the cell.
        cell: String,
        /// Lower end.
        lower: f64,
        /// Upper end.
        upper: String,
        /// What the protection asks for.
        required: String,
    },
    /// The linear programme's answer failed its own check.
    #[error("the interval of {cell} could not be established: {why}")]
    Solver {
        /// Labels of the cell.
        cell: String,
        /// What failed.
        why: String,
    },
}
