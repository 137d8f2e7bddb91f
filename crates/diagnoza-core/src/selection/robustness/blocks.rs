use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::RobustnessError;
use crate::progress::{Progress, tell, workers};

/// Draws that are added up together; fixed, so that sums do not depend on the threads.
const BLOCK: usize = 256;

/// Runs `one` on every draw and adds its results up, block by block in the order of the draws.
pub(super) fn add_up<T: Clone + Send>(
    draws: usize,
    threads: NonZeroUsize,
    progress: &Progress<'_>,
    empty: &(impl Fn() -> T + Sync),
    one: &(impl Fn(usize, &mut T) -> Result<(), RobustnessError> + Sync),
    add: impl Fn(&mut T, T),
) -> Result<T, RobustnessError> {
    let blocks = draws.div_ceil(BLOCK);
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<Option<Result<T, RobustnessError>>>> = Mutex::new(vec![None; blocks]);
    let run_a_block = || {
        let block = next.fetch_add(1, Ordering::Relaxed);
        if block >= blocks {
            return false;
        }
        let mut sum = empty();
        let draws = block * BLOCK..draws.min((block + 1) * BLOCK);
        let found = draws.into_iter().try_for_each(|draw| one(draw, &mut sum)).map(|()| sum);
        done.lock().unwrap_or_else(PoisonError::into_inner)[block] = Some(found);
        true
    };
    // Other threads may leave this one no block to tell of.
    tell(progress, 0, draws)?;
    std::thread::scope(|scope| {
        for _ in 1..workers(threads, blocks) {
            scope.spawn(|| while run_a_block() {});
        }
        while run_a_block() {
            let begun = (next.load(Ordering::Relaxed) * BLOCK).min(draws);
            // Those who still ask for a block get none.
            tell(progress, begun, draws).inspect_err(|_| next.store(blocks, Ordering::Relaxed))?;
        }
        Ok::<(), RobustnessError>(())
    })?;
    let mut total = empty();
    for block in done.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().flatten() {
        add(&mut total, block?);
    }
    Ok(total)
}

/// Shares by gmina, added up.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub(super) share: Vec<f64>,
    pub(super) squares: Vec<f64>,
    pub(super) certain: Vec<u32>,
    pub(super) possible: Vec<u32>,
    /// Sums of the weights with which each gmina was chosen, gminas x criteria.
    pub(super) weights: Vec<Vec<f64>>,
}

impl Tally {
    pub(super) fn new(gminas: usize, criteria: usize) -> Self {
        Self {
            share: vec![0.0; gminas],
            squares: vec![0.0; gminas],
            certain: vec![0; gminas],
            possible: vec![0; gminas],
            weights: vec![vec![0.0; criteria]; gminas],
        }
    }

    /// One more choice, made with some weights.
    pub(super) fn count(&mut self, shares: &[f64], weights: &[f64]) {
        for (gmina, &share) in shares.iter().enumerate().filter(|(_, share)| **share > 0.0) {
            self.share[gmina] += share;
            self.squares[gmina] += share * share;
            self.certain[gmina] += u32::from(share >= 1.0);
            self.possible[gmina] += 1;
            self.weights[gmina].iter_mut().zip(weights).for_each(|(sum, weight)| *sum += share * weight);
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        let add = |to: &mut [f64], from: &[f64]| to.iter_mut().zip(from).for_each(|(sum, part)| *sum += part);
        add(&mut self.share, &other.share);
        add(&mut self.squares, &other.squares);
        self.certain.iter_mut().zip(other.certain).for_each(|(sum, part)| *sum += part);
        self.possible.iter_mut().zip(other.possible).for_each(|(sum, part)| *sum += part);
        self.weights.iter_mut().zip(&other.weights).for_each(|(to, from)| add(to, from));
    }

    /// Share of the draws and its Monte Carlo standard error.
    pub(super) fn share_of(&self, gmina: usize, draws: usize) -> (f64, f64) {
        let draws = draws as f64;
        let mean = self.share[gmina] / draws;
        let variance = (self.squares[gmina] / draws - mean * mean).max(0.0);
        (mean, (variance / draws).sqrt())
    }
}
