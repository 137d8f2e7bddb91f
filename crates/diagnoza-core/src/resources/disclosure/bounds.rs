//! Bounds of unknown counts by passing them from sum to sum: never narrower than the truth, and a check on the
//! linear programme.

use super::DisclosureError;

/// Sum of unknowns, each added or subtracted, equal to a constant.
#[derive(Clone, Debug)]
pub(super) struct Equation {
    pub(super) terms: Vec<(usize, f64)>,
    pub(super) constant: f64,
}

const ROUNDS: usize = 200;
pub(super) const TOLERANCE: f64 = 1e-6;

/// Narrows `[lower, upper]` of every unknown by each equation in turn until nothing changes.
///
/// # Errors
/// The place of an unknown whose interval is empty.
pub(super) fn propagate(equations: &[Equation], lower: &mut [f64], upper: &mut [f64]) -> Result<(), usize> {
    for _ in 0..ROUNDS {
        let mut changed = false;
        for equation in equations {
            for &(unknown, sign) in &equation.terms {
                // sign x unknown = constant - the others.
                let mut rest = (equation.constant, equation.constant);
                for &(other, sign) in equation.terms.iter().filter(|(other, _)| *other != unknown) {
                    let (low, high) = if sign > 0.0 {
                        (lower[other], upper[other])
                    } else {
                        (-upper[other], -lower[other])
                    };
                    rest = (rest.0 - high, rest.1 - low);
                }
                let (low, high) = if sign > 0.0 { rest } else { (-rest.1, -rest.0) };
                if low > lower[unknown] + TOLERANCE {
                    (lower[unknown], changed) = (low, true);
                }
                if high < upper[unknown] - TOLERANCE {
                    (upper[unknown], changed) = (high, true);
                }
                if lower[unknown] > upper[unknown] + tolerance(lower[unknown]) {
                    return Err(unknown);
                }
            }
        }
        if !changed {
            break;
        }
    }
    Ok(())
}

/// What counts as equal beside a number of this size.
pub(super) fn tolerance(size: f64) -> f64 {
    if size.is_finite() { TOLERANCE * size.abs().max(1.0) } else { TOLERANCE }
}

/// Whether a table of the unknowns agrees with everything that is known of them.
pub(super) fn agrees(equations: &[Equation], lower: &[f64], upper: &[f64], table: &[f64]) -> bool {
    let inside = table.iter().zip(lower.iter().zip(upper)).all(|(value, (low, high))| {
        value.is_finite() && *value >= low - tolerance(*low) && *value <= high + tolerance(*high)
    });
    inside
        && equations.iter().all(|equation| {
            let sum: f64 = equation.terms.iter().map(|(unknown, sign)| sign * table[*unknown]).sum();
            let size = equation.terms.iter().map(|(unknown, _)| table[*unknown].abs()).fold(0.0, f64::max);
            (sum - equation.constant).abs() <= tolerance(size.max(equation.constant))
        })
}

/// The error of an unknown of the cell called `cell`.
pub(super) fn contradiction(cell: String) -> DisclosureError {
    DisclosureError::Contradiction { cell }
}
