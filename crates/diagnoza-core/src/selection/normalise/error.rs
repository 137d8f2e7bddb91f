use crate::progress::Interrupted;

/// Why a method of selection cannot use its input. Alternatives (rows) and
/// criteria (columns) are counted from 0, as in the array given.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum MethodError {
    /// Ended before it was done.
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
    /// A table without rows or columns.
    #[error(
        "the table has {alternatives} alternatives and {criteria} criteria: expected at least one of each"
    )]
    Empty {
        /// Rows.
        alternatives: usize,
        /// Columns.
        criteria: usize,
    },
    /// A value that is not a finite number.
    #[error("alternative {alternative}, criterion {criterion}: {got} is not a finite number")]
    NotFinite {
        /// Row.
        alternative: usize,
        /// Column.
        criterion: usize,
        /// The value.
        got: f64,
    },
    /// A value that the method does not admit.
    #[error("alternative {alternative}, criterion {criterion}: {got}; {needs}")]
    Value {
        /// Row.
        alternative: usize,
        /// Column.
        criterion: usize,
        /// The value.
        got: f64,
        /// What the method needs, and what to do.
        needs: &'static str,
    },
    /// An argument with another length than the table has criteria, rows or columns.
    #[error("{what} has {got} values: expected {expected}")]
    Length {
        /// The argument.
        what: &'static str,
        /// Its length.
        got: usize,
        /// The length it should have.
        expected: usize,
    },
    /// A constant criterion where a constant is refused.
    #[error(
        "criterion {criterion} is {value} for every alternative and distinguishes none: leave it out, or name \
         what a constant criterion counts as (zero, half, one)"
    )]
    Constant {
        /// Column.
        criterion: usize,
        /// The value of every alternative.
        value: f64,
    },
    /// A median absolute deviation of 0 in a criterion that is not constant.
    #[error(
        "criterion {criterion}: more than half of the values are equal, its median absolute deviation is 0 and \
         nothing can be divided by it: use n1 or n3a"
    )]
    NoDeviation {
        /// Column.
        criterion: usize,
    },
    /// A quotient whose divisor is not above zero, which would turn the order round.
    #[error("criterion {criterion}: its {divisor} is {got}; a quotient needs one above 0: use n1 or n4")]
    Divisor {
        /// Column.
        criterion: usize,
        /// What the values would be divided by.
        divisor: &'static str,
        /// Its value.
        got: f64,
    },
    /// Values so large or so close to zero that their sums or squares are no longer numbers.
    #[error("criterion {criterion}: values too large or too small to compute with; use another unit")]
    Magnitude {
        /// Column.
        criterion: usize,
    },
    /// Results too large to be numbers.
    #[error("the values are too large to compute with: normalise them first, or use another unit")]
    Overflow,
    /// A nominal range that is none.
    #[error(
        "criterion {criterion}: the nominal range is {low} to {high}; expected two numbers, the lower first"
    )]
    NominalRange {
        /// Column.
        criterion: usize,
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
    /// A nominant in a method that has no rule for it.
    #[error("criterion {criterion} is a nominant, for which {method} has no rule: use zero_unitarisation")]
    Nominant {
        /// Column.
        criterion: usize,
        /// The method.
        method: &'static str,
    },
    /// A weight that is none.
    #[error("the weight of criterion {criterion} is {got}: expected 0 or more")]
    Weight {
        /// Column.
        criterion: usize,
        /// The weight.
        got: f64,
    },
    /// Weights of which none is above zero.
    #[error("no weight is above 0: expected at least one")]
    NoWeight,
    /// Data from which no weights follow.
    #[error("{method} gives every criterion the weight 0: no criterion distinguishes the alternatives")]
    NothingDistinguishes {
        /// The method.
        method: &'static str,
    },
    /// Fewer alternatives than the method needs.
    #[error("{method} needs {needs} alternatives or more, not {got}")]
    TooFew {
        /// The method.
        method: &'static str,
        /// How many there are.
        got: usize,
        /// How many it needs.
        needs: usize,
    },
    /// More than fits.
    #[error("{what}: {got}; expected {most} at most")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many there are.
        got: usize,
        /// How many there may be.
        most: usize,
    },
    /// A parameter of one criterion outside its range.
    #[error("criterion {criterion}: {name} is {got}; expected {expected}")]
    Threshold {
        /// Column.
        criterion: usize,
        /// Name of the parameter.
        name: &'static str,
        /// Its value.
        got: f64,
        /// The range.
        expected: &'static str,
    },
    /// A parameter of the method outside its range.
    #[error("{name} is {got}; expected {expected}")]
    Setting {
        /// Name of the parameter.
        name: &'static str,
        /// Its value.
        got: f64,
        /// The range.
        expected: &'static str,
    },
    /// A pairwise comparison that is not above zero, or is not the reciprocal of its mirror image.
    #[error(
        "comparison of criterion {row} with criterion {column} is {got}: expected {expected}, the reciprocal of \
         the opposite comparison ({opposite}); on the diagonal 1"
    )]
    Judgement {
        /// Row of the matrix.
        row: usize,
        /// Column of the matrix.
        column: usize,
        /// The comparison.
        got: f64,
        /// The comparison the other way round.
        opposite: f64,
        /// What would fit it.
        expected: f64,
    },
    /// A pairwise comparison that is no positive number.
    #[error("comparison of criterion {row} with criterion {column} is {got}: expected a number above 0")]
    NoJudgement {
        /// Row of the matrix.
        row: usize,
        /// Column of the matrix.
        column: usize,
        /// The comparison.
        got: f64,
    },
    /// Weights ordered in a circle.
    #[error(
        "the order of the weights is a circle: criterion {criterion} is to weigh at least as much as itself"
    )]
    Circle {
        /// A criterion of the circle.
        criterion: usize,
    },
    /// A criterion that the table does not have.
    #[error("criterion {got} does not exist: the table has {criteria}, counted from 0")]
    NoCriterion {
        /// The number given.
        got: usize,
        /// How many there are.
        criteria: usize,
    },
    /// The weights of a draw that are none.
    #[error("draw {draw}, criterion {criterion}: weight {got}; expected 0 or more, and not all 0")]
    Draw {
        /// Row of the table of draws.
        draw: usize,
        /// Column.
        criterion: usize,
        /// The weight.
        got: f64,
    },
}
