use std::ops::Range;

use multiversion::multiversion;
use ndarray::ArrayView1;

use super::kernel::{self, Rates};
use crate::observation::Sex;

/// Areas that are projected side by side, one in each lane of a row.
pub const LANES: usize = 8;

/// The same age of all areas of a block.
pub(super) type Row = [f64; LANES];

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
    rows: Vec<Row>,
    front: usize,
    room: usize,
    totals: [Totals; 2],
}

/// Sums over all ages of one sex.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Totals {
    population: Row,
    births: Row,
    deaths: Row,
    net_migration: Row,
}

impl AreaBlock {
    pub(super) fn new(sexes: usize, ages: usize, steps: usize) -> Self {
        Self {
            areas: 0..0,
            step: 0,
            ages,
            rows: vec![[0.0; LANES]; sexes * (ages + steps)],
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
    pub fn stock(&self, sex: Sex) -> &[[f64; LANES]] {
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
        stock: impl Fn(usize, usize) -> ArrayView1<'a, f64>,
    ) {
        (self.areas, self.front) = (areas, front);
        let last = self.areas.len() - 1;
        for sex in 0..self.sexes() {
            let rows = &mut self.rows[sex * self.room + front..][..self.ages];
            #[expect(clippy::needless_range_loop, reason = "a lane is a column of the rows")]
            for lane in 0..LANES {
                // Lanes that are not needed repeat the last area.
                let stock = stock(lane.min(last), sex);
                stock.iter().enumerate().for_each(|(age, &people)| rows[age][lane] = people);
            }
            self.totals[sex].population = self.count(sex);
        }
    }

    /// The next step of areas whose rates are the same, migrants at its end; `false` where a stock falls below
    /// zero or leaves the range of numbers.
    pub(super) fn advance(
        &mut self,
        step: usize,
        rates: Rates<'_>,
        mothers: Range<usize>,
        net: &[f64],
    ) -> bool {
        let (ages, open, front) = (self.ages, self.ages - 1, self.front);
        let births = births(&self.rows[front..front + open], rates, mothers);
        let girls = births.map(|total| total / (1.0 + rates.srb));
        let mut lowest = [0.0; LANES];
        for sex in 0..self.sexes() {
            let first = sex * self.room + front;
            let rows = &mut self.rows[first - 1..first + ages];
            let ratios = &rates.survival[sex * (ages + 1)..][..ages + 1];
            let net = &net[sex * ages..][..ages];
            let born: Row =
                std::array::from_fn(|lane| if sex == 0 { girls[lane] } else { births[lane] - girls[lane] });

            let (into_open, stays, moved) = (ratios[open], ratios[ages], net[open]);
            let oldest: Row =
                std::array::from_fn(|lane| (rows[open][lane] * into_open + rows[ages][lane] * stays) + moved);
            let mut total = oldest;
            survive(&mut rows[1..open], &ratios[1..open], &net[1..open], &mut total, &mut lowest);
            rows[open] = oldest;
            rows[0] = born.map(|born| born * ratios[0] + net[0]);
            let moved = kernel::sum(net);
            for lane in 0..LANES {
                total[lane] += rows[0][lane];
                lowest[lane] = lowest[lane].min(rows[0][lane]).min(oldest[lane]);
            }
            self.totals[sex].close(total, born, [moved; LANES]);
        }
        (self.step, self.front) = (step, front - 1);
        let finite = |totals: &Totals| totals.deaths.iter().all(|deaths| deaths.is_finite());
        lowest.iter().all(|&people| people >= 0.0) && self.totals.iter().all(finite)
    }

    /// Takes the stocks and flows of a step that was done elsewhere.
    pub(super) fn take<'a>(
        &mut self,
        step: usize,
        stock: impl Fn(usize, usize) -> ArrayView1<'a, f64>,
        births: impl Fn(usize, usize) -> f64,
        net: impl Fn(usize, usize) -> f64,
    ) {
        let before: Vec<Row> = self.totals.iter().map(|totals| totals.population).collect();
        self.fill(self.areas.clone(), self.front, stock);
        let last = self.areas.len() - 1;
        for (sex, before) in before.into_iter().enumerate().take(self.sexes()) {
            let total = std::mem::replace(&mut self.totals[sex].population, before);
            let of_lanes = |values: &dyn Fn(usize, usize) -> f64| -> Row {
                std::array::from_fn(|lane| values(lane.min(last), sex))
            };
            self.totals[sex].close(total, of_lanes(&births), of_lanes(&net));
        }
        self.step = step;
    }

    /// Sum of a stock in the order in which a step adds it up: open group, closed ages, youngest.
    fn count(&self, sex: usize) -> Row {
        let first = sex * self.room + self.front;
        let rows = &self.rows[first..first + self.ages];
        let (open, youngest) = (self.ages - 1, rows[0]);
        let mut total = rows[open];
        for row in rows[1..open].iter().chain([&youngest]) {
            for (sum, people) in total.iter_mut().zip(row) {
                *sum += people;
            }
        }
        total
    }
}

impl Totals {
    /// Flows that lead from the population before to the one after.
    fn close(&mut self, population: Row, births: Row, net_migration: Row) {
        for lane in 0..LANES {
            self.deaths[lane] =
                (self.population[lane] + births[lane]) + (net_migration[lane] - population[lane]);
        }
        (self.population, self.births, self.net_migration) = (population, births, net_migration);
    }
}

/// Closed ages in place: `rows[age] = rows[age] ratio + net`, added to the totals and held against the lowest.
#[multiversion(targets("x86_64+avx+avx2"))]
fn survive(rows: &mut [Row], ratios: &[f64], net: &[f64], total: &mut Row, lowest: &mut Row) {
    // Copies that the compiler keeps in registers.
    let (mut sum, mut low) = (*total, *lowest);
    for ((row, &ratio), &net) in rows.iter_mut().zip(ratios).zip(net) {
        for lane in 0..LANES {
            let people = row[lane] * ratio + net;
            row[lane] = people;
            sum[lane] += people;
            low[lane] = if low[lane] < people { low[lane] } else { people };
        }
    }
    (*total, *lowest) = (sum, low);
}

/// Births of both sexes to the women of `rows`, by the formula and in the order of the step of one area.
#[multiversion(targets("x86_64+avx+avx2"))]
fn births(rows: &[Row], rates: Rates<'_>, mothers: Range<usize>) -> Row {
    const HALF: usize = LANES / 2;
    let women = &rows[mothers.start - 1..mothers.end];
    let (ratios, asfr) = (&rates.survival[mothers.clone()], &rates.asfr[mothers]);
    let half_years = rates.years / 2.0;
    let mut births = [0.0; LANES];
    // Half of the lanes at a time: their four partial sums fit the registers.
    for lanes in [0, HALF] {
        let mut sums = [[0.0; HALF]; 4];
        let fours = ratios.chunks_exact(4).zip(asfr.chunks_exact(4));
        for (women, (ratios, asfr)) in women.windows(5).step_by(4).zip(fours) {
            for (age, sum) in sums.iter_mut().enumerate() {
                let rate = asfr[age] * half_years;
                for lane in 0..HALF {
                    let pair = women[age + 1][lanes + lane] + women[age][lanes + lane] * ratios[age];
                    sum[lane] += pair * rate;
                }
            }
        }
        let [a, b, c, d] = sums;
        for lane in 0..HALF {
            births[lanes + lane] = (a[lane] + c[lane]) + (b[lane] + d[lane]);
        }
    }
    births
}

/// The ages with births in whole groups of four that start at age 1, as [`births`] takes them; `None` where
/// the youngest or the open group has births or the groups do not fit.
pub(super) fn mothers(asfr: &[f64]) -> Option<Range<usize>> {
    let open = asfr.len() - 1;
    let Some(first) = asfr.iter().position(|&rate| rate > 0.0) else {
        return (open > 4).then_some(1..5);
    };
    let last = asfr.iter().rposition(|&rate| rate > 0.0)?;
    let from = 1 + first.checked_sub(1)? / 4 * 4;
    let until = from + (last + 1 - from).next_multiple_of(4);
    (until <= open).then_some(from..until)
}
