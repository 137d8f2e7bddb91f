use serde::{Deserialize, Serialize};

use super::layout::{Key, Sum, sums};
use super::{CheckedRules, DisclosureError, DisclosureRules, Search};

/// What became of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellStatus {
    /// Published.
    Published,
    /// Suppressed, the reason not said.
    Suppressed,
    /// Suppressed: below the threshold.
    PrimaryThreshold,
    /// Suppressed: one contributor has too large a part.
    PrimaryDominance,
    /// Suppressed so that others cannot be computed.
    Complementary,
}

/// A cell of the publication view. A suppressed one has no number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicationCell {
    #[serde(flatten)]
    pub(super) key: Key,
    pub(super) count: Option<u64>,
    pub(super) status: CellStatus,
}

/// The publication view of a table of counts. It does not hold the numbers it suppresses.
#[doc(alias = "tajemnica statystyczna")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublicationTable {
    pub(super) levels: Vec<String>,
    pub(super) across: Option<String>,
    pub(super) cells: Vec<PublicationCell>,
    pub(super) sums: Vec<Sum>,
    pub(super) rules: DisclosureRules,
    pub(super) search: Option<Search>,
}

impl PublicationCell {
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

    /// The count, if it is published.
    #[must_use]
    pub const fn count(&self) -> Option<u64> {
        self.count
    }

    /// What became of the cell.
    #[must_use]
    pub const fn status(&self) -> CellStatus {
        self.status
    }
}

impl PublicationTable {
    /// A table somebody has published, to be attacked: cells by path and class with their count or none.
    /// Totals have shorter paths, or no class; a total that is not there is not published.
    ///
    /// # Errors
    /// [`DisclosureError::NoRows`], and [`DisclosureError::Twice`] for a cell given twice.
    pub fn from_published(
        levels: &[&str],
        across: Option<&str>,
        cells: &[(Vec<String>, Option<String>, Option<u64>)],
        rules: &CheckedRules,
    ) -> Result<Self, DisclosureError> {
        if cells.is_empty() {
            return Err(DisclosureError::NoRows);
        }
        let keys: Vec<Key> = cells
            .iter()
            .map(|(path, across, _)| Key { path: path.clone(), across: across.clone() })
            .collect();
        let mut seen = std::collections::BTreeSet::new();
        for (row, key) in (1..).zip(&keys) {
            if key.path.len() > levels.len() {
                let got = key.path.len();
                return Err(DisclosureError::Labels { row, got, expected: levels.len() });
            }
            if !seen.insert(key) {
                return Err(DisclosureError::Twice { row, cell: key.shown() });
            }
        }
        let sums = sums(&keys);
        let cell = |(key, (_, _, count)): (Key, &(_, _, Option<u64>))| PublicationCell {
            key,
            count: *count,
            status: if count.is_some() { CellStatus::Published } else { CellStatus::Suppressed },
        };
        Ok(Self {
            levels: levels.iter().map(|&level| level.to_owned()).collect(),
            across: across.map(str::to_owned),
            cells: keys.into_iter().zip(cells).map(cell).collect(),
            sums,
            rules: rules.get(),
            search: None,
        })
    }

    /// Names of the levels of units, widest first.
    #[must_use]
    pub fn levels(&self) -> &[String] {
        &self.levels
    }

    /// Name of the second classification.
    #[must_use]
    pub fn across(&self) -> Option<&str> {
        self.across.as_deref()
    }

    /// Every cell, totals before their parts.
    #[must_use]
    pub fn cells(&self) -> &[PublicationCell] {
        &self.cells
    }

    /// The rules, which are part of what is published.
    #[must_use]
    pub const fn rules(&self) -> DisclosureRules {
        self.rules
    }

    /// How the complementary cells were chosen; none for a table of somebody else.
    #[must_use]
    pub const fn search(&self) -> Option<Search> {
        self.search
    }
}

impl CellStatus {
    /// The word used in tables and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Suppressed => "suppressed",
            Self::PrimaryThreshold => "primary_threshold",
            Self::PrimaryDominance => "primary_dominance",
            Self::Complementary => "complementary",
        }
    }
}
