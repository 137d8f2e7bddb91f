use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::layout::Sum;
use super::programme::{Choice, Need, cheapest_change, cheapest_set};

/// How the complementary cells were chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Search {
    /// The smallest lost count of all choices, by an integer programme (Fischetti and Salazar 2000).
    Exact,
    /// One primary cell after the other, the largest first, each by the cheapest change of the table that
    /// protects it, cells already suppressed for nothing (Kelly, Golden and Assad 1992).
    Sequential,
}

/// Integer programmes up to this size take a second; the time of larger ones has no bound.
const EXACT_CELLS: usize = 40;
const EXACT_VARIABLES: usize = 480;

/// Every suppressed cell, `primary` included, or the need that nothing can meet.
pub(super) fn sequential(
    choices: &[Choice],
    sums: &[Sum],
    primary: &BTreeSet<usize>,
    needs: &[Need],
) -> Result<BTreeSet<usize>, Need> {
    let mut suppressed = primary.clone();
    for need in needs {
        // Most cells are protected by what is suppressed already, which is a small question.
        if cheapest_change(choices, sums, &suppressed, *need, false).is_some() {
            continue;
        }
        let moved = cheapest_change(choices, sums, &suppressed, *need, true).ok_or(*need)?;
        suppressed.extend(moved);
    }
    Ok(suppressed)
}

/// The exact choice, if the table is small enough and the solver has an answer.
pub(super) fn exact(
    choices: &[Choice],
    sums: &[Sum],
    primary: &BTreeSet<usize>,
    needs: &[Need],
) -> Option<BTreeSet<usize>> {
    let free = choices.iter().filter(|choice| choice.free).count().saturating_sub(primary.len());
    let small = free <= EXACT_CELLS && 2 * needs.len() * choices.len() <= EXACT_VARIABLES;
    small.then(|| cheapest_set(choices, sums, primary, needs)).flatten()
}
