use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;

use super::plan::Plan;
use super::{Trajectories, TrajectoryArea, TrajectoryError, TrajectoryRequest, Uncertainty};
use crate::progress::{Progress, tell, workers};

/// Paths that one thread takes at a time.
const BLOCK: usize = 16;

/// Draws the trajectories of areas and sums their indicators up.
///
/// `progress` is told how many paths are done. The result has the same bytes for any number of threads.
///
/// # Errors
/// [`TrajectoryError`]: a request that cannot be met, a path that cannot be projected,
/// [`TrajectoryError::Interrupted`].
pub fn simulate(
    areas: &[TrajectoryArea],
    uncertainty: &Uncertainty,
    request: &TrajectoryRequest,
    threads: NonZeroUsize,
    progress: &Progress<'_>,
) -> Result<Trajectories, TrajectoryError> {
    let plan = Plan::new(areas, uncertainty, request)?;
    let draws = request.draws;
    let mut values = vec![0.0; plan.cells * draws];
    let mut adjusted = 0_u64;
    let blocks = draws.div_ceil(BLOCK);
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let workers = workers(threads, blocks);
    let (sender, receiver) = sync_channel(2 * workers);
    let mut failed: Option<(usize, TrajectoryError)> = None;
    let mut done = 0;
    let mut interrupted = Ok(());
    std::thread::scope(|scope| {
        for _ in 0..workers {
            let sender = sender.clone();
            let (plan, next, stop) = (&plan, &next, &stop);
            scope.spawn(move || {
                let mut desk = plan.desk();
                while !stop.load(Ordering::Relaxed) {
                    let block = next.fetch_add(1, Ordering::Relaxed);
                    if block >= blocks {
                        return;
                    }
                    let paths = block * BLOCK..draws.min((block + 1) * BLOCK);
                    let found =
                        desk.as_mut().map_err(|error| error.clone()).and_then(|d| plan.block(paths, d));
                    if sender.send((block, found)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        for (block, found) in receiver {
            match found {
                Ok(found) => {
                    let width = found.values.len() / plan.cells.max(1);
                    for (cell, of_cell) in found.values.chunks_exact(width.max(1)).enumerate() {
                        let place = cell * draws + block * BLOCK;
                        values[place..place + width].copy_from_slice(of_cell);
                    }
                    adjusted += found.adjusted;
                    done += width;
                    if interrupted.is_ok() {
                        interrupted =
                            tell(progress, done, draws).inspect_err(|_| stop.store(true, Ordering::Relaxed));
                    }
                }
                // Blocks are taken in order: every earlier one still reports, and the first error wins.
                Err(error) => {
                    stop.store(true, Ordering::Relaxed);
                    if failed.as_ref().is_none_or(|(first, _)| block < *first) {
                        failed = Some((block, error));
                    }
                }
            }
        }
    });
    if let Some((_, error)) = failed {
        return Err(error);
    }
    interrupted?;
    plan.sum_up(&mut values, adjusted, areas)
}
