//! Keyfitz's iteration: deaths of an age and its neighbours on a parabola.
//!
//! # Formula
//! `a(x) = n/2 + n (d(x+n) - d(x-n)) / (24 d(x))` among ages of one width, then a new `d` from the new
//! `a`, until nothing moves. The deaths after the last closed age are those of the open age in its
//! first `n` years at its constant hazard.
//!
//! Where the neighbour below has another width, an age is below 5, nobody dies, or the parabola leaves
//! the age: the midpoint; ages 1 to 4 by Coale & Demeny.
//!
//! # Reference
//! Keyfitz (1966); Preston, Heuveline & Guillot (2001), section 3.2.2.

use super::LifeTableError;
use super::constant_hazard::probability;
use super::greville::Neighbours;

const ROUNDS: usize = 200;

/// Moves `a` of closed ages from its starting values, midpoints above age 4, to the fixed point.
pub(super) fn iterate(table: &Neighbours<'_>, a: &mut [f64]) -> Result<(), LifeTableError> {
    let closed = a.len();
    let mut moves: Vec<bool> = (0..closed)
        .map(|row| {
            let alike = |other: usize| (table.width(row) - table.width(other)).abs() < 0.5;
            row > 0 && table.ages[row] >= 5 && alike(row - 1) && (row + 1 == closed || alike(row + 1))
        })
        .collect();
    for _ in 0..ROUNDS {
        let deaths = deaths(table, a);
        let mut largest = 0.0_f64;
        for row in 0..closed {
            if !moves[row] {
                continue;
            }
            let n = table.width(row);
            // Without deaths this is not a number, and not inside.
            let parabola = n / 2.0 + n * (deaths[row + 1] - deaths[row - 1]) / (24.0 * deaths[row]);
            let inside = parabola > 0.0 && parabola < n;
            // An age whose parabola fails once stays at its midpoint, or the rounds would alternate.
            moves[row] = inside;
            // Halfway only: neighbours that overshoot in turns would not settle.
            let next = if inside { f64::midpoint(a[row], parabola) } else { n / 2.0 };
            largest = largest.max((next - a[row]).abs());
            a[row] = next;
        }
        if largest < 1e-13 {
            return Ok(());
        }
    }
    Err(LifeTableError::NotConverged { rule: "keyfitz", rounds: ROUNDS })
}

/// Deaths of the closed ages, and of as many years of the open one as the last closed is wide.
fn deaths(table: &Neighbours<'_>, a: &[f64]) -> Vec<f64> {
    let mut survivors = 1.0;
    let mut deaths = Vec::with_capacity(a.len() + 1);
    for (row, a) in a.iter().enumerate() {
        let (n, m) = (table.width(row), table.mx[row]);
        let q = n * m / (1.0 + (n - a) * m);
        let q = if q < 1.0 { q } else { probability(n, m) };
        deaths.push(survivors * q);
        survivors *= 1.0 - q;
    }
    let n = table.width(a.len() - 1);
    deaths.push(survivors * probability(n, table.mx[a.len()]));
    deaths
}
