//! Greville's separation: the death rate as an exponential through the neighbouring ages.
//!
//! # Formula
//! `a = n/2 - n^2/12 (m - k)`, `k = ln(m(next) / m(before)) / distance` of the midpoints of the
//! neighbours, 10 years among five-year ages.
//!
//! Two dialects:
//! - `MortCast` and the United Nations' projections: midpoints below age 15, `k` of the age before in
//!   the last closed age (the open rate is no neighbour), at least 0.97 of 5 years from age 45 on;
//! - `DemoTools` `un`: from age 5 on, the open rate as a neighbour, constant hazard from age 10 on
//!   where the result leaves 0.4 to 0.6 of the width.
//!
//! Where a neighbour has no deaths, and so no logarithm, the midpoint; where the first dialect
//! leaves the age, constant hazard. Single years have half a year in both.
//!
//! # Reference
//! Greville (1943), *Short methods of constructing abridged life tables*; United Nations (1982),
//! *Model Life Tables for Developing Countries*, p. 31.

use super::constant_hazard::years_lived;

/// Rates and widths; the last rate is of the open age.
pub(super) struct Neighbours<'a> {
    pub(super) ages: &'a [u32],
    pub(super) mx: &'a [f64],
}

impl Neighbours<'_> {
    pub(super) fn width(&self, row: usize) -> f64 {
        f64::from(self.ages[row + 1] - self.ages[row])
    }

    /// Growth of the rate per year around a row; `None` without deaths on either side.
    fn growth(&self, row: usize) -> Option<f64> {
        let (before, next) = (self.mx[row - 1], self.mx[row + 1]);
        // The open age counts as wide as the one before it.
        let width_next = if row + 2 < self.ages.len() { self.width(row + 1) } else { self.width(row) };
        let distance = self.width(row - 1) / 2.0 + self.width(row) + width_next / 2.0;
        (before > 0.0 && next > 0.0).then(|| (next / before).ln() / distance)
    }

    fn formula(&self, row: usize, growth: Option<f64>) -> f64 {
        let n = self.width(row);
        growth.map_or(n / 2.0, |k| n / 2.0 - n * n / 12.0 * (self.mx[row] - k))
    }

    /// The dialect of `MortCast`; rows from the third on.
    pub(super) fn mortcast(&self, row: usize) -> f64 {
        let n = self.width(row);
        if n < 1.5 || self.ages[row] < 15 {
            return n / 2.0;
        }
        let last_closed = row + 2 == self.ages.len();
        let growth = self.growth(if last_closed { row - 1 } else { row });
        let a = self.formula(row, growth);
        let a = if self.ages[row] >= 45 { a.max(0.97 * n / 5.0) } else { a };
        if a > 0.0 && a < n { a } else { years_lived(n, self.mx[row]) }
    }

    /// The dialect of `DemoTools`; rows from the third on.
    pub(super) fn demotools(&self, row: usize) -> f64 {
        let n = self.width(row);
        if n < 1.5 {
            return n / 2.0;
        }
        let a = self.formula(row, self.growth(row));
        let pathological = self.ages[row] >= 10 && !(0.4 * n..=0.6 * n).contains(&a);
        if pathological || !(a > 0.0 && a < n) { years_lived(n, self.mx[row]) } else { a }
    }
}
