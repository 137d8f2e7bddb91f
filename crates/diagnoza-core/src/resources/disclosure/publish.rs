use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::attack::prior;
use super::bounds::TOLERANCE;
use super::programme::{Choice, Need};
use super::suppress::{exact, sequential};
use super::{
    Attack, AttackedCell, CellStatus, CheckedRules, DisclosureError, DisclosureRules, FullCell, FullTable,
    PublicationCell, PublicationTable, ReasonRule, Search, ZeroRule, attack,
};
use crate::observation::Provenance;

/// A publication view with its audit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Protected {
    /// For publication.
    pub publication: PublicationTable,
    /// Not for publication.
    pub audit: Audit,
}

/// Why cells are suppressed and how well: for the office's own file, not for publication.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Audit {
    /// Suppressed cells in the order of the table.
    pub cells: Vec<AuditCell>,
    /// How the complementary cells were chosen.
    pub search: Search,
    /// Sum of the counts of the complementary cells, totals among them included.
    pub lost: u64,
    /// Rules and methods.
    pub provenance: Provenance,
}

/// A suppressed cell in the audit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditCell {
    /// Labels from the widest unit in; none for the total.
    pub path: Vec<String>,
    /// Class of the second classification; none for the total over it.
    pub across: Option<String>,
    /// Why it is suppressed.
    pub status: CellStatus,
    /// Least value an attacker cannot rule out.
    pub lower: f64,
    /// Greatest value an attacker cannot rule out; none where there is none.
    pub upper: Option<f64>,
    /// What the upper end has to reach; none for complementary cells.
    pub required_upper: Option<f64>,
    /// What the width has to reach; none for complementary cells.
    pub required_width: Option<f64>,
}

/// What the protection asks of a primary cell.
struct Required {
    upper: f64,
    width: f64,
}

impl FullTable {
    /// The publication view under `rules`, proved by an attack.
    ///
    /// # Errors
    /// [`DisclosureError::Unprotectable`] if no suppression protects a cell, which happens where reasons are
    /// shown; [`DisclosureError::Narrowed`] or [`DisclosureError::Solver`] if the proof fails.
    pub fn publish(&self, rules: &CheckedRules) -> Result<Protected, DisclosureError> {
        let rules = rules.get();
        let primary: Vec<Option<CellStatus>> = self.cells.iter().map(|cell| primary(cell, rules)).collect();
        let cells: BTreeSet<usize> = (0..self.cells.len()).filter(|&i| primary[i].is_some()).collect();
        let choices = self.choices(&primary, rules);
        let needs = self.needs(&primary, rules);
        let unprotectable = |need: Need| DisclosureError::Unprotectable { cell: self.shown(need.cell) };
        let one_by_one = sequential(&choices, &self.sums, &cells, &needs).map_err(unprotectable)?;
        let best = exact(&choices, &self.sums, &cells, &needs);
        // The solver's best is taken only if the attack confirms it and it is no worse than the other.
        let lost = |set: &BTreeSet<usize>| set.iter().map(|i| choices[*i].cost).sum::<f64>();
        if let Some(best) = best.filter(|best| lost(best) <= lost(&one_by_one) + TOLERANCE)
            && let Ok(made) = self.prove(&best, &primary, rules, Search::Exact)
        {
            return Ok(made);
        }
        self.prove(&one_by_one, &primary, rules, Search::Sequential)
    }

    fn shown(&self, place: usize) -> String {
        self.cells.get(place).map_or_else(String::new, |cell| cell.key.shown())
    }

    fn choices(&self, primary: &[Option<CellStatus>], rules: DisclosureRules) -> Vec<Choice> {
        // So small a part of one person that losing fewer persons always comes before fewer cells.
        let each = 1.0 / (self.cells.len() + 1) as f64;
        let choice = |(cell, primary): (&FullCell, &Option<CellStatus>)| {
            let status = shown_status(primary.unwrap_or(CellStatus::Complementary), rules);
            let (low, high) = prior(status, rules);
            let count = cell.count as f64;
            let zero = cell.count == 0 && rules.zeros == ZeroRule::Publish;
            Choice { cost: count + each, down: (count - low).max(0.0), up: high - count, free: !zero }
        };
        self.cells.iter().zip(primary).map(choice).collect()
    }

    /// Largest need first, then in the order of the table.
    fn needs(&self, primary: &[Option<CellStatus>], rules: DisclosureRules) -> Vec<Need> {
        let cells = self.cells.iter().zip(primary).enumerate();
        let mut needs: Vec<Need> = cells
            .filter_map(|(place, (cell, status))| {
                let required = required(cell, (*status)?, rules);
                let up = (required.upper - cell.count as f64).max(0.0);
                Some(Need { cell: place, up, width: required.width })
            })
            .collect();
        needs.sort_by(|a, b| b.up.total_cmp(&a.up).then(a.cell.cmp(&b.cell)));
        needs
    }

    fn prove(
        &self,
        suppressed: &BTreeSet<usize>,
        primary: &[Option<CellStatus>],
        rules: DisclosureRules,
        search: Search,
    ) -> Result<Protected, DisclosureError> {
        let status = |place: usize| match primary[place] {
            Some(status) => status,
            None if suppressed.contains(&place) => CellStatus::Complementary,
            None => CellStatus::Published,
        };
        let cells = self.cells.iter().enumerate().map(|(place, cell)| {
            let status = shown_status(status(place), rules);
            let count = (status == CellStatus::Published).then_some(cell.count);
            PublicationCell { key: cell.key.clone(), count, status }
        });
        let mut publication = PublicationTable {
            levels: self.levels.clone(),
            across: self.across.clone(),
            cells: cells.collect(),
            sums: self.sums.clone(),
            rules,
            search: Some(search),
        };
        let Attack { cells } = attack(&publication)?;
        let (mut audited, mut lost) = (Vec::new(), 0);
        for attacked in cells {
            let (cell, status) = (&self.cells[attacked.place], status(attacked.place));
            if status == CellStatus::Complementary {
                if attacked.width() < TOLERANCE {
                    // Everybody can compute it: to hide it would lose a figure and gain nothing.
                    let shown = &mut publication.cells[attacked.place];
                    (shown.count, shown.status) = (Some(cell.count), CellStatus::Published);
                    continue;
                }
                lost += cell.count;
                audited.push(audit(attacked, status, None));
                continue;
            }
            let required = required(cell, status, rules);
            check(&attacked, cell, &required)?;
            audited.push(audit(attacked, status, Some(&required)));
        }
        Ok(Protected {
            publication,
            audit: Audit { cells: audited, search, lost, provenance: provenance(rules, search) },
        })
    }
}

fn primary(cell: &FullCell, rules: DisclosureRules) -> Option<CellStatus> {
    let few = cell.count < rules.threshold && (cell.count > 0 || rules.zeros == ZeroRule::Suppress);
    let dominated = rules
        .dominance
        .zip(cell.largest)
        .is_some_and(|(part, largest)| cell.count > 0 && largest as f64 > part * cell.count as f64);
    match (few, dominated) {
        (true, _) => Some(CellStatus::PrimaryThreshold),
        (false, true) => Some(CellStatus::PrimaryDominance),
        (false, false) => None,
    }
}

/// The status a reader sees.
fn shown_status(status: CellStatus, rules: DisclosureRules) -> CellStatus {
    match (status, rules.reasons) {
        (CellStatus::Published, _) | (_, ReasonRule::Shown) => status,
        _ => CellStatus::Suppressed,
    }
}

fn required(cell: &FullCell, status: CellStatus, rules: DisclosureRules) -> Required {
    let (threshold, width) = (rules.threshold as f64, rules.width() as f64);
    match (status, rules.dominance, cell.largest) {
        (CellStatus::PrimaryDominance, Some(part), Some(largest)) => {
            Required { upper: (largest as f64 / part).ceil(), width }
        }
        _ if rules.reasons == ReasonRule::Shown => {
            let upper = threshold - 1.0;
            Required { upper, width: width.min(upper - rules.least() as f64).max(0.0) }
        }
        _ => Required { upper: threshold - 1.0 + rules.protection.beyond_threshold as f64, width },
    }
}

fn check(attacked: &AttackedCell, cell: &FullCell, required: &Required) -> Result<(), DisclosureError> {
    let upper = attacked.upper.unwrap_or(f64::INFINITY);
    let count = cell.count as f64;
    let holds_truth = attacked.lower <= count + TOLERANCE && upper >= count - TOLERANCE;
    if !holds_truth {
        let why = "it does not hold the true count".to_owned();
        return Err(DisclosureError::Solver { cell: attacked.shown(), why });
    }
    if upper >= required.upper - TOLERANCE && attacked.width() >= required.width - TOLERANCE {
        return Ok(());
    }
    Err(DisclosureError::Narrowed {
        cell: attacked.shown(),
        lower: attacked.lower,
        upper: upper.to_string(),
        required: format!("{} at least as upper end and a width of {}", required.upper, required.width),
    })
}

fn audit(attacked: AttackedCell, status: CellStatus, required: Option<&Required>) -> AuditCell {
    let AttackedCell { path, across, lower, upper, .. } = attacked;
    AuditCell {
        path,
        across,
        status,
        lower,
        upper,
        required_upper: required.map(|required| required.upper),
        required_width: required.map(|required| required.width),
    }
}

fn provenance(rules: DisclosureRules, search: Search) -> Provenance {
    let zeros = if rules.zeros == ZeroRule::Publish { "publish" } else { "suppress" };
    let reasons = if rules.reasons == ReasonRule::Hidden { "hidden" } else { "shown" };
    let search = if search == Search::Exact { "exact" } else { "sequential" };
    let dominance = rules.dominance.map_or_else(|| "none".to_owned(), |part| part.to_string());
    let (threshold, beyond, width) = (
        rules.threshold.to_string(),
        rules.protection.beyond_threshold.to_string(),
        rules.width().to_string(),
    );
    let methods = [
        ("disclosure_threshold", threshold.as_str()),
        ("disclosure_zeros", zeros),
        ("disclosure_dominance", dominance.as_str()),
        ("disclosure_reasons", reasons),
        ("disclosure_beyond_threshold", beyond.as_str()),
        ("disclosure_width", width.as_str()),
        ("disclosure_search", search),
        ("disclosure_attack", "linear_programme"),
    ];
    Provenance::new(&methods, Vec::new())
}
