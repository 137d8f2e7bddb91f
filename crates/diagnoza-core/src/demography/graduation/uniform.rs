//! Everybody of a group evenly over its ages: `P(x) = P(group) / n`, n the width of the group.

use super::groups::{Group, Groups};

pub(super) fn graduate(groups: &Groups) -> Vec<f64> {
    groups.closed.iter().flat_map(|&group| spread(group)).collect()
}

/// One group over its ages.
pub(super) fn spread(group: Group) -> Vec<f64> {
    vec![group.persons / group.width() as f64; group.width()]
}
