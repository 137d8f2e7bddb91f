use std::ops::{Deref, DerefMut, Range};

use super::side_by_side::{self, SharedStep};
use crate::observation::Sex;

/// Areas that are projected side by side, one in each lane of a row.
pub const LANES: usize = 8;

/// The same age of all areas of a block: one line of the cache.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[repr(align(64))]
pub struct AgeRow([f64; LANES]);

impl Deref for AgeRow {
    type Target = [f64; LANES];

    fn deref(&self) -> &[f64; LANES] {
        &self.0
    }
}

impl DerefMut for AgeRow {
    fn deref_mut(&mut self) -> &mut [f64; LANES] {
        &mut self.0
    }
}

/// A block of areas after one step: what [`project_areas`](super::project_areas) hands over.
///
/// Rows are ages, lanes are areas: the loops of a fold over rows run in vectors.
#[derive(Clone, Debug, PartialEq)]
pub struct AreaBlock {
    pub(super) areas: Range<usize>,
    pub(super) step: usize,
    ages: usize,
    /// Rows of one sex after the other. The stock moves one row towards the front in every step, so that a
    /// cohort stays where it is and nothing is copied; `front` is the row of the youngest.
    rows: Vec<AgeRow>,
    front: usize,
    room: usize,
    totals: [Totals; 2],
}

/// Sums over all ages of one sex.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Totals {
    population: [f64; LANES],
    births: [f64; LANES],
    deaths: [f64; LANES],
    net_migration: [f64; LANES],
}

impl AreaBlock {
    pub(super) fn new(sexes: usize, ages: usize, steps: usize) -> Self {
        Self {
            areas: 0..0,
            step: 0,
            ages,
            rows: vec![AgeRow::default(); sexes * (ages + steps)],
            front: steps,
            room: ages + steps,
            totals: [Totals::default(); 2],
        }
    }

    /// Positions of the areas in the lanes; lanes beyond them mean nothing.
    #[must_use]
    pub fn areas(&self) -> Range<usize> {
        self.areas.clone()
    }

    /// The step just done, 0 for the first.
    #[must_use]
    pub const fn step(&self) -> usize {
        self.step
    }

    /// Stock at the end of the step, a row for every age group; empty for a sex that is not projected.
    #[must_use]
    pub fn stock(&self, sex: Sex) -> &[AgeRow] {
        let from = sex.index() * self.room + self.front;
        self.rows.get(from..from + self.ages).unwrap_or(&[])
    }

    /// Population of all ages at the end of the step.
    #[must_use]
    pub fn population(&self, sex: Sex) -> [f64; LANES] {
        self.totals[sex.index()].population
    }

    /// Births of the step.
    #[must_use]
    pub fn births(&self, sex: Sex) -> [f64; LANES] {
        self.totals[sex.index()].births
    }

    /// Deaths of the step: what the other components leave of the change of the stock.
    #[must_use]
    pub fn deaths(&self, sex: Sex) -> [f64; LANES] {
        self.totals[sex.index()].deaths
    }

    /// Net migration of the step.
    #[must_use]
    pub fn net_migration(&self, sex: Sex) -> [f64; LANES] {
        self.totals[sex.index()].net_migration
    }

    /// Number of sexes.
    pub(super) fn sexes(&self) -> usize {
        self.rows.len() / self.room
    }

    /// Puts the stocks of areas into the lanes; `stock(lane, sex)` by age.
    pub(super) fn fill<'a>(
        &mut self,
        areas: Range<usize>,
        front: usize,
        stock: impl Fn(usize, usize) -> &'a [f64],
    ) {
        (self.areas, self.front) = (areas, front);
        let last = self.areas.len() - 1;
        for sex in 0..self.sexes() {
            let rows = &mut self.rows[sex * self.room + front..][..self.ages];
            // Lanes that are not needed repeat the last area.
            let stocks: [_; LANES] = std::array::from_fn(|lane| &stock(lane.min(last), sex)[..rows.len()]);
            for (age, row) in rows.iter_mut().enumerate() {
                *row = AgeRow(stocks.map(|stock| stock[age]));
            }
            self.totals[sex].population = side_by_side::sum(rows);
        }
    }

    /// The next step under rates that all areas share; `false` where a stock falls below zero or leaves the
    /// range of numbers.
    pub(super) fn advance(&mut self, step: usize, rates: &SharedStep<'_>) -> bool {
        let people = side_by_side::advance(rates, &mut self.rows, self.room, self.front, &mut self.totals);
        (self.step, self.front) = (step, self.front - 1);
        let finite = |totals: &Totals| totals.deaths.iter().all(|deaths| deaths.is_finite());
        people && self.totals.iter().all(finite)
    }

    /// Takes the stocks and flows of a step that was done elsewhere.
    pub(super) fn take<'a>(
        &mut self,
        step: usize,
        stock: impl Fn(usize, usize) -> &'a [f64],
        births: impl Fn(usize, usize) -> f64,
        net: impl Fn(usize, usize) -> f64,
    ) {
        let before: Vec<[f64; LANES]> = self.totals.iter().map(|totals| totals.population).collect();
        self.fill(self.areas.clone(), self.front, stock);
        let last = self.areas.len() - 1;
        for (sex, before) in before.into_iter().enumerate().take(self.sexes()) {
            let total = std::mem::replace(&mut self.totals[sex].population, before);
            let of_lanes = |values: &dyn Fn(usize, usize) -> f64| -> [f64; LANES] {
                std::array::from_fn(|lane| values(lane.min(last), sex))
            };
            self.totals[sex].close(total, of_lanes(&births), of_lanes(&net));
        }
        self.step = step;
    }
}

impl Totals {
    /// Flows that lead from the population before to the one after.
    pub(super) fn close(
        &mut self,
        population: [f64; LANES],
        births: [f64; LANES],
        net_migration: [f64; LANES],
    ) {
        for lane in 0..LANES {
            self.deaths[lane] =
                (self.population[lane] + births[lane]) + (net_migration[lane] - population[lane]);
        }
        (self.population, self.births, self.net_migration) = (population, births, net_migration);
    }
}
