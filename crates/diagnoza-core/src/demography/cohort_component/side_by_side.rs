//! The step of `end` for areas under the same rates, eight at a time: each value goes through the operations
//! of the step of one area, so that stocks and births have its bytes. What is the same for all areas is
//! worked out once, before the first block.

use std::ops::Range;

use multiversion::multiversion;

use super::block::{AgeRow, LANES, Totals};
use super::kernel;
use super::{Assumptions, Migration, MigrationTiming};

/// Rates and flows of one step, shared by all areas.
pub(super) struct SharedStep<'a> {
    ages: usize,
    /// Females, then males.
    survival: &'a [f64],
    net: &'a [f64],
    /// Net migration of all ages by sex.
    moved: Vec<f64>,
    /// Ages with births, and births to a woman who is there at one end of the step.
    mothers: Range<usize>,
    fertility: Vec<f64>,
    births_per_girl: f64,
}

impl<'a> SharedStep<'a> {
    /// All steps, where areas can share rows: migrants as counts, at the end, and ages with births that
    /// [`mothers`] can group.
    pub(super) fn all(assumptions: &'a Assumptions, timing: MigrationTiming) -> Option<Vec<Self>> {
        let Migration::Counts(net) = assumptions.migration() else { return None };
        if timing != MigrationTiming::End {
            return None;
        }
        let (sexes, ages) = (assumptions.sexes(), assumptions.ages());
        let half_years = assumptions.interval().years() / 2.0;
        let survival = assumptions.survival().as_slice()?.chunks_exact(sexes * (ages + 1));
        let net = net.as_slice()?.chunks_exact(sexes * ages);
        let fertility = assumptions.asfr().as_slice()?.chunks_exact(ages).zip(assumptions.srb());
        let steps = survival.zip(net).zip(fertility).map(|((survival, net), (asfr, srb))| {
            let mothers = mothers(asfr)?;
            let fertility = asfr[mothers.clone()].iter().map(|rate| rate * half_years).collect();
            let moved = net.chunks_exact(ages).map(kernel::sum).collect();
            Some(Self { ages, survival, net, moved, mothers, fertility, births_per_girl: 1.0 + srb })
        });
        steps.collect()
    }
}

/// The ages with births in whole groups of four that start at age 1, as [`births`] takes them; `None` where
/// the youngest or the open group has births or the groups do not fit.
fn mothers(asfr: &[f64]) -> Option<Range<usize>> {
    let open = asfr.len() - 1;
    let Some(first) = asfr.iter().position(|&rate| rate > 0.0) else {
        return (open > 4).then_some(1..5);
    };
    let last = asfr.iter().rposition(|&rate| rate > 0.0)?;
    let from = 1 + first.checked_sub(1)? / 4 * 4;
    let until = from + (last + 1 - from).next_multiple_of(4);
    (until <= open).then_some(from..until)
}

/// One step of all sexes, whose rows lie one after the other, `room` of each: the youngest at `front` before
/// the step and a row earlier after it. `false` where a stock falls below zero.
#[multiversion(targets("x86_64+avx+avx2"))]
pub(super) fn advance(
    shared: &SharedStep<'_>,
    rows: &mut [AgeRow],
    room: usize,
    front: usize,
    totals: &mut [Totals; 2],
) -> bool {
    let (ages, open) = (shared.ages, shared.ages - 1);
    let births = births(&rows[front..front + open], shared);
    let girls = births.map(|births| births / shared.births_per_girl);
    let mut lowest = [0.0; LANES];
    let rates = shared.survival.chunks_exact(ages + 1).zip(shared.net.chunks_exact(ages)).zip(&shared.moved);
    for (sex, (rows, ((ratios, net), &moved))) in rows.chunks_exact_mut(room).zip(rates).enumerate() {
        let rows = &mut rows[front - 1..front + ages];
        let born: [f64; LANES] =
            std::array::from_fn(|lane| if sex == 0 { girls[lane] } else { births[lane] - girls[lane] });
        let (mut youngest, mut oldest) = (AgeRow::default(), AgeRow::default());
        // Copies: no index in the loop that could fail.
        let (entering, staying, at_birth, into_open, in_open) =
            (rows[open], rows[ages], ratios[0], ratios[open], ratios[ages]);
        let (moved_young, moved_old) = (net[0], net[open]);
        for lane in 0..LANES {
            oldest[lane] = (entering[lane] * into_open + staying[lane] * in_open) + moved_old;
            youngest[lane] = born[lane] * at_birth + moved_young;
            lowest[lane] = lower(lower(lowest[lane], oldest[lane]), youngest[lane]);
        }
        let mut population = survive(&mut rows[1..open], &ratios[1..open], &net[1..open], &mut lowest);
        (rows[0], rows[open]) = (youngest, oldest);
        for lane in 0..LANES {
            population[lane] += oldest[lane] + youngest[lane];
        }
        totals[sex].close(population, born, [moved; LANES]);
    }
    lowest.iter().all(|&people| people >= 0.0)
}

/// Closed ages in place, `row = row ratio + net`: their sum in the order of [`sum`], and the lowest of all.
// Not inlined: alone it is compiled to vectors of all lanes.
#[multiversion(targets("x86_64+avx+avx2"))]
#[inline(never)]
fn survive(rows: &mut [AgeRow], ratios: &[f64], net: &[f64], lowest: &mut [f64; LANES]) -> [f64; LANES] {
    // Two sums that do not wait for each other, and copies that the compiler keeps in registers.
    let (mut sums, mut low) = ([[0.0; LANES]; 2], *lowest);
    let one = |row: &mut AgeRow, ratio: f64, net: f64, sum: &mut [f64; LANES], low: &mut [f64; LANES]| {
        for lane in 0..LANES {
            let people = row[lane] * ratio + net;
            row[lane] = people;
            sum[lane] += people;
            low[lane] = lower(low[lane], people);
        }
    };
    let ((pairs, odd), (ratios, odd_ratio), (nets, odd_net)) =
        (rows.as_chunks_mut::<2>(), ratios.as_chunks::<2>(), net.as_chunks::<2>());
    let [even_sum, odd_sum] = &mut sums;
    for (([first, second], ratios), nets) in pairs.iter_mut().zip(ratios).zip(nets) {
        one(first, ratios[0], nets[0], even_sum, &mut low);
        one(second, ratios[1], nets[1], odd_sum, &mut low);
    }
    for ((row, &ratio), &net) in odd.iter_mut().zip(odd_ratio).zip(odd_net) {
        one(row, ratio, net, even_sum, &mut low);
    }
    *lowest = low;
    std::array::from_fn(|lane| sums[0][lane] + sums[1][lane])
}

/// Sum of a stock in the order of a step: closed ages in two sums by turns, then oldest and youngest.
pub(super) fn sum(rows: &[AgeRow]) -> [f64; LANES] {
    let (open, mut sums) = (rows.len() - 1, [[0.0; LANES]; 2]);
    for (place, row) in rows[1..open].iter().enumerate() {
        for lane in 0..LANES {
            sums[place % 2][lane] += row[lane];
        }
    }
    std::array::from_fn(|lane| (sums[0][lane] + sums[1][lane]) + (rows[open][lane] + rows[0][lane]))
}

/// Births of both sexes to the women of `rows`, by the formula and in the order of the step of one area.
#[inline(always)]
fn births(women: &[AgeRow], shared: &SharedStep<'_>) -> [f64; LANES] {
    let women = &women[shared.mothers.start - 1..shared.mothers.end];
    let (ratios, _) = shared.survival[shared.mothers.clone()].as_chunks::<4>();
    let (fertility, _) = shared.fertility.as_chunks::<4>();
    let mut sums = [[0.0; LANES]; 4];
    for (women, (ratios, fertility)) in women.windows(5).step_by(4).zip(ratios.iter().zip(fertility)) {
        for (age, sum) in sums.iter_mut().enumerate() {
            for lane in 0..LANES {
                let pair = women[age + 1][lane] + women[age][lane] * ratios[age];
                sum[lane] += pair * fertility[age];
            }
        }
    }
    let [a, b, c, d] = sums;
    std::array::from_fn(|lane| (a[lane] + c[lane]) + (b[lane] + d[lane]))
}

/// The lower of two; compiled to one instruction, which [`f64::min`] is not.
#[inline(always)]
fn lower(low: f64, people: f64) -> f64 {
    if low < people { low } else { people }
}
