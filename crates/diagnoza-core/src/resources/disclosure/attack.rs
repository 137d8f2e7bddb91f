use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::bounds::{Equation, contradiction, propagate, tolerance};
use super::layout::Key;
use super::programme::extreme;
use super::{CellStatus, DisclosureError, DisclosureRules, PublicationTable};

/// What an attacker makes of a publication: the interval of every suppressed cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attack {
    /// Suppressed cells in the order of the table.
    pub cells: Vec<AttackedCell>,
}

/// The interval of a suppressed cell, from everything published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AttackedCell {
    /// Place among the cells of the table, from 0.
    pub place: usize,
    /// Labels from the widest unit in; none for the total.
    pub path: Vec<String>,
    /// Class of the second classification; none for the total over it.
    pub across: Option<String>,
    /// Least value that agrees with everything published.
    pub lower: f64,
    /// Greatest value; none where there is none.
    pub upper: Option<f64>,
}

impl AttackedCell {
    /// Upper end less lower end; infinite without upper end.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.upper.map_or(f64::INFINITY, |upper| upper - self.lower)
    }

    pub(super) fn shown(&self) -> String {
        Key { path: self.path.clone(), across: self.across.clone() }.shown()
    }
}

impl Attack {
    /// Passes if every interval is at least `width` wide.
    ///
    /// # Errors
    /// [`DisclosureError::Narrowed`] for the narrowest that is not.
    pub fn require(&self, width: f64) -> Result<(), DisclosureError> {
        let narrowest = self.cells.iter().min_by(|a, b| a.width().total_cmp(&b.width()));
        match narrowest.filter(|cell| cell.width() < width - tolerance(cell.lower)) {
            None => Ok(()),
            Some(cell) => Err(DisclosureError::Narrowed {
                cell: cell.shown(),
                lower: cell.lower,
                upper: cell.upper.map_or_else(|| "any number".to_owned(), |upper| upper.to_string()),
                required: format!("an interval {width} wide"),
            }),
        }
    }
}

/// What a reader knows of a suppressed cell before he looks at the sums.
pub(super) fn prior(status: CellStatus, rules: DisclosureRules) -> (f64, f64) {
    let least = rules.least() as f64;
    let threshold = rules.threshold as f64;
    match status {
        CellStatus::Published | CellStatus::Suppressed => (least, f64::INFINITY),
        CellStatus::PrimaryThreshold => (least, threshold - 1.0),
        CellStatus::PrimaryDominance | CellStatus::Complementary => (least.max(threshold), f64::INFINITY),
    }
}

/// Attacks a publication with all it shows: the published cells, the sums, the rules, and that no count is
/// negative.
///
/// # Errors
/// [`DisclosureError::Contradiction`] if no counts agree with the publication, and
/// [`DisclosureError::Solver`] if an answer of the linear programme fails its check.
pub fn attack(table: &PublicationTable) -> Result<Attack, DisclosureError> {
    let shown = |place: usize| table.cells.get(place).map_or_else(String::new, |cell| cell.key.shown());
    let hidden: Vec<usize> = (0..table.cells.len()).filter(|&i| table.cells[i].count.is_none()).collect();
    let number: BTreeMap<usize, usize> = hidden.iter().enumerate().map(|(n, place)| (*place, n)).collect();
    let mut equations = Vec::new();
    for sum in &table.sums {
        let mut equation = Equation { terms: Vec::new(), constant: 0.0 };
        for (place, sign) in sum.parts.iter().map(|part| (*part, 1.0)).chain([(sum.total, -1.0)]) {
            match (table.cells.get(place).and_then(|cell| cell.count), number.get(&place)) {
                (Some(count), _) => equation.constant -= sign * count as f64,
                (None, Some(n)) => equation.terms.push((*n, sign)),
                (None, None) => return Err(contradiction(shown(sum.total))),
            }
        }
        if !equation.terms.is_empty() {
            equations.push(equation);
        } else if equation.constant.abs() > 0.5 {
            return Err(contradiction(shown(sum.total)));
        }
    }
    let (mut lower, mut upper): (Vec<f64>, Vec<f64>) =
        hidden.iter().map(|&place| prior(table.cells[place].status, table.rules)).unzip();
    propagate(&equations, &mut lower, &mut upper).map_err(|n| contradiction(shown(hidden[n])))?;
    let mut cells = vec![None; hidden.len()];
    for part in connected(hidden.len(), &equations) {
        part.attack(&lower, &upper, &mut cells)
            .map_err(|(n, why)| DisclosureError::Solver { cell: shown(hidden[n]), why })?;
    }
    let attacked = hidden.into_iter().zip(cells).filter_map(|(place, ends)| {
        let (lower, upper) = ends?;
        let key = &table.cells[place].key;
        Some(AttackedCell { place, path: key.path.clone(), across: key.across.clone(), lower, upper })
    });
    Ok(Attack { cells: attacked.collect() })
}

/// Unknowns that are linked by sums, and these sums with the unknowns renumbered.
struct Connected {
    unknowns: Vec<usize>,
    equations: Vec<Equation>,
}

fn connected(count: usize, equations: &[Equation]) -> Vec<Connected> {
    let mut root: Vec<usize> = (0..count).collect();
    let find = |root: &[usize], mut n: usize| {
        while root[n] != n {
            n = root[n];
        }
        n
    };
    for equation in equations {
        for pair in equation.terms.windows(2) {
            let (a, b) = (find(&root, pair[0].0), find(&root, pair[1].0));
            root[a.max(b)] = a.min(b);
        }
    }
    let mut parts: BTreeMap<usize, Connected> = BTreeMap::new();
    let mut place = vec![0; count];
    for (n, place) in place.iter_mut().enumerate() {
        let empty = || Connected { unknowns: Vec::new(), equations: Vec::new() };
        let part = parts.entry(find(&root, n)).or_insert_with(empty);
        *place = part.unknowns.len();
        part.unknowns.push(n);
    }
    for equation in equations {
        let Some(&(first, _)) = equation.terms.first() else { continue };
        let terms = equation.terms.iter().map(|(n, sign)| (place[*n], *sign)).collect();
        if let Some(part) = parts.get_mut(&find(&root, first)) {
            part.equations.push(Equation { terms, constant: equation.constant });
        }
    }
    parts.into_values().collect()
}

type Ends = Option<(f64, Option<f64>)>;

impl Connected {
    /// Exact ends of every unknown. A table that agrees with everything proves that its values can be
    /// reached; where one reaches a propagated bound nothing is left to compute.
    fn attack(&self, lower: &[f64], upper: &[f64], ends: &mut [Ends]) -> Result<(), (usize, String)> {
        let lower: Vec<f64> = self.unknowns.iter().map(|n| lower[*n]).collect();
        let upper: Vec<f64> = self.unknowns.iter().map(|n| upper[*n]).collect();
        let known: f64 = self.equations.iter().map(|equation| equation.constant.abs()).sum();
        let cap = 1000.0 + 4.0 * (known + lower.iter().sum::<f64>());
        let mut reached = (vec![f64::INFINITY; lower.len()], vec![f64::NEG_INFINITY; lower.len()]);
        let mut solve = |i: usize, greatest: bool| -> Result<f64, String> {
            let (bound, got) = if greatest { (upper[i], reached.1[i]) } else { (lower[i], reached.0[i]) };
            if (bound - got).abs() <= tolerance(bound) {
                return Ok(bound);
            }
            let table = extreme(&self.equations, &lower, &upper, i, greatest, cap)?;
            for (j, value) in table.iter().enumerate() {
                reached.0[j] = reached.0[j].min(*value);
                reached.1[j] = reached.1[j].max(*value);
            }
            Ok(table[i])
        };
        for (i, n) in self.unknowns.iter().enumerate() {
            let low = solve(i, false).map_err(|why| (*n, why))?;
            let high = solve(i, true).map_err(|why| (*n, why))?;
            let bounded = high < cap - tolerance(cap) || upper[i].is_finite();
            ends[*n] = Some((whole(low), bounded.then(|| whole(high))));
        }
        Ok(())
    }
}

/// The whole number beside a value that the solver's arithmetic moved off it.
fn whole(value: f64) -> f64 {
    let whole = value.round();
    if (value - whole).abs() <= tolerance(whole) { whole } else { value }
}
