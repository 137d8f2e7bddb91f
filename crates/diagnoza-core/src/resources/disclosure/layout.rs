//! Where the cells of a table stand and which of them add up.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Labels of a cell: the units from the widest in, fewer for a total, and the second classification, none for
/// the total over it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Key {
    pub(super) path: Vec<String>,
    pub(super) across: Option<String>,
}

/// A cell that is the sum of others, by their places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sum {
    pub(super) total: usize,
    pub(super) parts: Vec<usize>,
}

impl Key {
    /// `piski / Pisz, training`; `total` for the whole.
    pub(super) fn shown(&self) -> String {
        let path = if self.path.is_empty() { "total".to_owned() } else { self.path.join(" / ") };
        self.across.as_ref().map_or(path.clone(), |across| format!("{path}, {across}"))
    }
}

/// Every sum among the cells: of the units inside a unit, and over the second classification.
pub(super) fn sums(keys: &[Key]) -> Vec<Sum> {
    let places: BTreeMap<&Key, usize> = keys.iter().enumerate().map(|(place, key)| (key, place)).collect();
    let mut parts: BTreeMap<(usize, bool), Vec<usize>> = BTreeMap::new();
    for (place, key) in keys.iter().enumerate() {
        if let Some((_, outside)) = key.path.split_last() {
            let total = Key { path: outside.to_vec(), across: key.across.clone() };
            parts.entry((places.get(&total).copied().unwrap_or(usize::MAX), false)).or_default().push(place);
        }
        if key.across.is_some() {
            let total = Key { path: key.path.clone(), across: None };
            parts.entry((places.get(&total).copied().unwrap_or(usize::MAX), true)).or_default().push(place);
        }
    }
    let known = parts.into_iter().filter(|((total, _), _)| *total != usize::MAX);
    known.map(|((total, _), parts)| Sum { total, parts }).collect()
}
