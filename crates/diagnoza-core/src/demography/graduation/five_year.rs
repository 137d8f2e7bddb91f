//! Multipliers of five-year groups: each age is a weighted sum of the five groups around it,
//! `P(x) = sum of m(i) P(group i)`. One table of five rows serves the panels in the middle, one of ten rows the first
//! two panels, and the same turned round the last two. An open group enters none of them.

use super::groups::Groups;
use super::{GraduationError, GraduationMethod};

/// A row of multipliers for every age of the first two panels and of a middle panel.
pub(super) struct Multipliers {
    pub(super) first: [[f64; 5]; 10],
    pub(super) middle: [[f64; 5]; 5],
}

impl Multipliers {
    /// Single ages of five-year groups, at least five of them.
    pub(super) fn apply(&self, fives: &[f64]) -> Vec<f64> {
        let sum =
            |row: &[f64; 5], from: usize| row.iter().zip(&fives[from..]).map(|(m, p)| m * p).sum::<f64>();
        let turned = |row: &[f64; 5]| row.iter().zip(fives.iter().rev()).map(|(m, p)| m * p).sum::<f64>();
        let mut ages: Vec<f64> = self.first.iter().map(|row| sum(row, 0)).collect();
        for from in 0..=fives.len() - 5 {
            ages.extend(self.middle.iter().map(|row| sum(row, from)));
        }
        ages.extend(self.first.iter().rev().map(turned));
        ages
    }
}

/// Counts of five-year groups from the first age on, groups inside them (0 and 1-4) taken together.
pub(super) fn fives(groups: &Groups, method: GraduationMethod) -> Result<Vec<f64>, GraduationError> {
    let mut fives = Vec::new();
    let (mut persons, mut next) = (0.0, groups.first + 5);
    for group in &groups.closed {
        persons += group.persons;
        if group.until > next || (group.until == groups.end && group.until < next) {
            return Err(GraduationError::NotFiveYears { method, first: groups.first, missing: next });
        }
        if group.until == next {
            fives.push(std::mem::take(&mut persons));
            next += 5;
        }
    }
    if fives.len() < 5 {
        return Err(GraduationError::TooFewGroups { method, needed: 5, got: fives.len() });
    }
    Ok(fives)
}
