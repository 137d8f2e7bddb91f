//! Checks that the arrays of this module share.

use ndarray::{ArrayView2, ArrayView3};

use super::MigrationError;
use crate::observation::Sex;

pub(super) fn shape(what: &'static str, got: &[usize], expected: &[usize]) -> Result<(), MigrationError> {
    if got == expected {
        Ok(())
    } else {
        Err(MigrationError::Shape { what, got: got.to_vec(), expected: expected.to_vec() })
    }
}

/// Refuses a value of a `(2, A)` array that is not finite or that the test does not hold for.
pub(super) fn by_sex(
    what: &'static str,
    array: ArrayView2<'_, f64>,
    holds: impl Fn(f64) -> bool,
    expected: &'static str,
) -> Result<(), MigrationError> {
    match array.indexed_iter().find(|(_, value)| !(value.is_finite() && holds(**value))) {
        Some(((index, age), &got)) => {
            Err(MigrationError::Cell { what, axis: "row", index, sex: sex(index), age, got, expected })
        }
        None => Ok(()),
    }
}

/// As [`by_sex`], for `(areas or years, 2, A)`.
pub(super) fn by_axis(
    what: &'static str,
    axis: &'static str,
    array: ArrayView3<'_, f64>,
    holds: impl Fn(f64) -> bool,
    expected: &'static str,
) -> Result<(), MigrationError> {
    match array.indexed_iter().find(|(_, value)| !(value.is_finite() && holds(**value))) {
        Some(((index, row, age), &got)) => {
            Err(MigrationError::Cell { what, axis, index, sex: sex(row), age, got, expected })
        }
        None => Ok(()),
    }
}

/// Refuses numbers so large that their sum is none.
pub(super) fn sum(name: &'static str, sum: f64) -> Result<(), MigrationError> {
    if sum.is_finite() {
        Ok(())
    } else {
        Err(MigrationError::Parameter { name, got: sum, expected: "numbers that can be added up" })
    }
}

/// The sex of a row.
pub(super) const fn sex(row: usize) -> Sex {
    if row == 0 { Sex::Female } else { Sex::Male }
}
