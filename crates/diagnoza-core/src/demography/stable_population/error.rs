/// Why rates have no stable population.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum StablePopulationError {
    /// Survival and fertility do not go together.
    #[error("{what} has {got} values, expected {expected}")]
    Length {
        /// Name of the input.
        what: &'static str,
        /// Number of values given.
        got: usize,
        /// Number asked for.
        expected: usize,
    },
    /// A value that no rate can have.
    #[error("{what} is {got} at position {position}: expected {expected}")]
    Value {
        /// Name of the input.
        what: &'static str,
        /// Value given.
        got: f64,
        /// Position in the input.
        position: usize,
        /// What it should be.
        expected: &'static str,
    },
    /// A matrix that is not square, or has fewer than two ages.
    #[error("the matrix has {rows} rows and {columns} columns: expected as many of both, at least two")]
    NotSquare {
        /// Rows given.
        rows: usize,
        /// Columns given.
        columns: usize,
    },
    /// A matrix with more than births, survival and an open group.
    #[error(
        "the matrix has {got} in row {row}, column {column} (from 0): a Leslie matrix is zero but for its \
         first row, the diagonal below and the last cell"
    )]
    NotLeslie {
        /// Row, from 0.
        row: usize,
        /// Column, from 0.
        column: usize,
        /// Value there.
        got: f64,
    },
    /// Nobody is ever born.
    #[error("no age that can be reached has births: nothing grows and no age structure is stable")]
    NoBirths,
    /// The open group outgrows the births.
    #[error(
        "the open age group survives at a ratio of {open} but births grow by {growth} a step: without deaths \
         at the open age no age structure is stable"
    )]
    OpenGroup {
        /// Survival ratio of the open group.
        open: f64,
        /// Growth of births in one step.
        growth: f64,
    },
}

/// Looks at survival ratios `(A+1)`, fertility rates `(A)` and the sex ratio at birth.
pub(super) fn check_rates(survival: &[f64], asfr: &[f64], srb: f64) -> Result<(), StablePopulationError> {
    if asfr.len() < 2 {
        return Err(StablePopulationError::Length { what: "fertility", got: asfr.len(), expected: 2 });
    }
    if survival.len() != asfr.len() + 1 {
        let (got, expected) = (survival.len(), asfr.len() + 1);
        return Err(StablePopulationError::Length { what: "survival", got, expected });
    }
    check("survival", survival, "a share between 0 and 1", |ratio| (0.0..=1.0).contains(&ratio))?;
    check("fertility", asfr, "a rate of zero or more", |rate| rate.is_finite() && rate >= 0.0)?;
    check("srb", &[srb], "boys per girl, above zero", |srb| srb.is_finite() && srb > 0.0)
}

/// Names the first value that is not as expected.
pub(super) fn check(
    what: &'static str,
    values: &[f64],
    expected: &'static str,
    good: impl Fn(f64) -> bool,
) -> Result<(), StablePopulationError> {
    match values.iter().position(|&value| !good(value)) {
        Some(position) => {
            Err(StablePopulationError::Value { what, got: values[position], position, expected })
        }
        None => Ok(()),
    }
}
