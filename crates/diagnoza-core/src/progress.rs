//! Long work tells how far it is, asks whether to go on, and keeps to as many threads as there can be.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;

/// Called between the steps of long work, on the thread that asked for it, with the steps done and their number;
/// `Break` ends the work.
pub type Progress<'a> = dyn Fn(usize, usize) -> ControlFlow<()> + Sync + 'a;

/// Nobody looks on.
pub fn unwatched(_done: usize, _all: usize) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Threads started at most: more than a machine gives would end the program.
const MOST_THREADS: usize = 256;

/// Threads for work in so many blocks when a caller allows `threads`.
pub(crate) fn workers(threads: NonZeroUsize, blocks: usize) -> usize {
    threads.get().min(MOST_THREADS).min(blocks)
}

/// Long work that was ended before it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("ended by the caller after {done} of {all} steps")]
pub struct Interrupted {
    /// Steps done.
    pub done: usize,
    /// Steps that there are.
    pub all: usize,
}

/// Tells the progress.
///
/// # Errors
/// [`Interrupted`] when the work is to end.
pub fn tell(progress: &Progress<'_>, done: usize, all: usize) -> Result<(), Interrupted> {
    match progress(done, all) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Interrupted { done, all }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_never_more_threads_than_blocks_or_than_a_machine_gives() {
        let threads = |count| NonZeroUsize::new(count).unwrap();
        assert_eq!(workers(threads(4), 100), 4);
        assert_eq!(workers(threads(4), 3), 3);
        assert_eq!(workers(threads(4), 0), 0);
        assert_eq!(workers(NonZeroUsize::MAX, usize::MAX), MOST_THREADS);
    }
}
