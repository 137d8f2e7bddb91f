//! Long work tells how far it is and asks whether to go on.

use std::ops::ControlFlow;

/// Called between the steps of long work, on the thread that asked for it, with the steps done and their number;
/// `Break` ends the work.
pub type Progress<'a> = dyn Fn(usize, usize) -> ControlFlow<()> + Sync + 'a;

/// Nobody looks on.
pub fn unwatched(_done: usize, _all: usize) -> ControlFlow<()> {
    ControlFlow::Continue(())
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
