use std::collections::{BTreeMap, BTreeSet};

use super::DisclosureError;
use super::layout::{Key, Sum, sums};

/// Sums up to here are exact in doubles with room for the solver's arithmetic.
const MOST_COUNT: u64 = 1 << 40;
const MOST_CELLS: usize = 20_000;

/// One count as it is given: a cell, or the part of one contributor to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leaf {
    /// Labels from the widest unit in, e.g. subregion, powiat, gmina.
    pub path: Vec<String>,
    /// Label of the second classification, in every row or in none.
    pub across: Option<String>,
    /// The count.
    pub count: u64,
    /// Who contributed it, in every row or in none; rows of one cell then add up.
    pub contributor: Option<String>,
    /// Part of the largest contributor, where contributors are not named.
    pub largest: Option<u64>,
}

impl Leaf {
    /// A count of one cell.
    #[must_use]
    pub fn new(path: &[&str], count: u64) -> Self {
        Self { path: path.iter().map(|&label| label.to_owned()).collect(), count, ..Self::default() }
    }

    /// The same in a class of the second classification.
    #[must_use]
    pub fn across(mut self, label: &str) -> Self {
        self.across = Some(label.to_owned());
        self
    }
}

/// What a cell of a cross table is that no row gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Absent {
    /// An error that names it.
    #[default]
    Refuse,
    /// Zero.
    Zero,
}

/// A cell of the full view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullCell {
    pub(super) key: Key,
    pub(super) count: u64,
    pub(super) largest: Option<u64>,
}

impl FullCell {
    /// Labels from the widest unit in; none for the total.
    #[must_use]
    pub fn path(&self) -> &[String] {
        &self.key.path
    }

    /// Class of the second classification; none for the total over it.
    #[must_use]
    pub fn across(&self) -> Option<&str> {
        self.key.across.as_deref()
    }

    /// The count.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }
}

/// The full view of a table of counts with all its totals: not for publication.
///
/// A hierarchy of units (gminas within powiats within subregions; one level for a plain table), by a second
/// classification or none. Totals are computed; a count that does not add up, such as distinct persons
/// over gminas, does not belong here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullTable {
    pub(super) levels: Vec<String>,
    pub(super) across: Option<String>,
    pub(super) cells: Vec<FullCell>,
    pub(super) sums: Vec<Sum>,
}

impl FullTable {
    /// The table of `leaves`, whose paths have one label per level; `across` names the second classification.
    ///
    /// # Errors
    /// A [`DisclosureError`] that names the row: labels that do not fit, a cell twice, one absent from a cross
    /// table, parts that exceed their count.
    pub fn from_leaves(
        levels: &[&str],
        across: Option<&str>,
        leaves: &[Leaf],
        absent: Absent,
    ) -> Result<Self, DisclosureError> {
        if leaves.is_empty() {
            return Err(DisclosureError::NoRows);
        }
        check(leaves, levels.len(), across.is_some())?;
        let keys = keys(leaves, levels.len(), absent)?;
        if keys.len() > MOST_CELLS {
            return Err(DisclosureError::TooManyCells { cells: keys.len(), most: MOST_CELLS });
        }
        let places: BTreeMap<&Key, usize> =
            keys.iter().enumerate().map(|(place, key)| (key, place)).collect();
        let mut counts = vec![0_u64; keys.len()];
        let mut largest: Vec<Option<u64>> = vec![None; keys.len()];
        let mut by_contributor: BTreeMap<(usize, &str), u64> = BTreeMap::new();
        for leaf in leaves {
            for key in totals(leaf) {
                let Some(&place) = places.get(&key) else { continue };
                counts[place] += leaf.count;
                if counts[place] > MOST_COUNT {
                    return Err(DisclosureError::TooLarge { cell: key.shown(), most: MOST_COUNT });
                }
                // Of a total only the largest part of one of its cells is known.
                largest[place] = largest[place].max(leaf.largest);
                if let Some(contributor) = &leaf.contributor {
                    let part = by_contributor.entry((place, contributor)).or_default();
                    *part += leaf.count;
                    largest[place] = largest[place].max(Some(*part));
                }
            }
        }
        let sums = sums(&keys);
        let cells = keys.into_iter().zip(counts).zip(largest);
        let cells = cells.map(|((key, count), largest)| FullCell { key, count, largest }).collect();
        let levels = levels.iter().map(|&level| level.to_owned()).collect();
        Ok(Self { levels, across: across.map(str::to_owned), cells, sums })
    }

    /// Every cell, totals before their parts.
    #[must_use]
    pub fn cells(&self) -> &[FullCell] {
        &self.cells
    }
}

fn check(leaves: &[Leaf], levels: usize, across: bool) -> Result<(), DisclosureError> {
    let contributors = leaves.iter().any(|leaf| leaf.contributor.is_some());
    let mut seen = BTreeSet::new();
    for (row, leaf) in (1..).zip(leaves) {
        let got = leaf.path.iter().filter(|label| !label.trim().is_empty()).count();
        if got != levels || leaf.path.len() != levels || levels == 0 {
            return Err(DisclosureError::Labels { row, got, expected: levels });
        }
        if leaf.across.as_ref().is_some_and(|label| !label.trim().is_empty()) != across {
            return Err(DisclosureError::Across { row });
        }
        if leaf.contributor.is_some() != contributors || contributors && leaf.largest.is_some() {
            return Err(DisclosureError::Contributors { row });
        }
        if let Some(largest) = leaf.largest.filter(|largest| *largest > leaf.count) {
            return Err(DisclosureError::Largest { row, largest, count: leaf.count });
        }
        if !contributors && !seen.insert((&leaf.path, &leaf.across)) {
            let key = Key { path: leaf.path.clone(), across: leaf.across.clone() };
            return Err(DisclosureError::Twice { row, cell: key.shown() });
        }
    }
    Ok(())
}

/// The cells that a leaf counts in, from the total down.
fn totals(leaf: &Leaf) -> impl Iterator<Item = Key> {
    let paths = (0..=leaf.path.len()).map(|depth| leaf.path.iter().take(depth).cloned().collect::<Vec<_>>());
    let classes = [None, leaf.across.clone()];
    let classes: Vec<Option<String>> =
        classes.into_iter().take(1 + usize::from(leaf.across.is_some())).collect();
    paths.flat_map(move |path| {
        classes.clone().into_iter().map(move |across| Key { path: path.clone(), across })
    })
}

/// Every cell with its totals, units and classes in the order in which they come first.
fn keys(leaves: &[Leaf], levels: usize, absent: Absent) -> Result<Vec<Key>, DisclosureError> {
    let mut order: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let mut classes: Vec<Option<String>> = vec![None];
    for leaf in leaves {
        for key in totals(leaf) {
            let next = order.len();
            order.entry(key.path).or_insert(next);
        }
        if leaf.across.is_some() && !classes.contains(&leaf.across) {
            classes.push(leaf.across.clone());
        }
    }
    // Units under their unit: by the first appearance of each unit on the way down.
    let rank = |path: &[String]| -> Vec<usize> {
        (1..=path.len()).map(|depth| order.get(&path[..depth]).copied().unwrap_or_default()).collect()
    };
    let mut paths: Vec<&Vec<String>> = order.keys().collect();
    paths.sort_by_cached_key(|path| rank(path));
    if absent == Absent::Refuse {
        let given: BTreeSet<(&Vec<String>, &Option<String>)> =
            leaves.iter().map(|leaf| (&leaf.path, &leaf.across)).collect();
        for path in paths.iter().filter(|path| path.len() == levels) {
            for across in classes.iter().skip(usize::from(classes.len() > 1)) {
                if !given.contains(&(*path, across)) {
                    let key = Key { path: (*path).clone(), across: across.clone() };
                    return Err(DisclosureError::Absent { cell: key.shown() });
                }
            }
        }
    }
    let key =
        |path: &Vec<String>, across: &Option<String>| Key { path: path.clone(), across: across.clone() };
    Ok(paths.iter().flat_map(|path| classes.iter().map(move |across| key(path, across))).collect())
}
