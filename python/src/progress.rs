//! Long work without the GIL that still hears Ctrl-C and tells how far it is.

use std::ops::ControlFlow;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use diagnoza_core::progress::Progress;
use pyo3::prelude::*;

use crate::error::Fault;

/// Signals are looked for, and progress is told, at most this often, and at the end.
const PAUSE: Duration = Duration::from_millis(50);

/// Runs long work without the GIL. Between its steps `progress(done, all)` is called; an exception raised there or by
/// a signal ends the work and is raised.
pub(crate) fn watched<T: Send, E: Send>(
    py: Python<'_>,
    progress: Option<Py<PyAny>>,
    work: impl FnOnce(&Progress<'_>) -> Result<T, E> + Send,
) -> Result<T, Fault>
where
    Fault: From<E>,
{
    let looked = Mutex::new(Instant::now());
    let raised: Mutex<Option<PyErr>> = Mutex::new(None);
    let found = py.detach(|| {
        work(&|done, all| {
            let mut looked = looked.lock().unwrap_or_else(PoisonError::into_inner);
            if looked.elapsed() < PAUSE && done < all {
                return ControlFlow::Continue(());
            }
            *looked = Instant::now();
            let told = Python::attach(|py| {
                py.check_signals()?;
                progress.as_ref().map(|progress| progress.call1(py, (done, all))).transpose()
            });
            match told {
                Ok(_) => ControlFlow::Continue(()),
                Err(error) => {
                    *raised.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                    ControlFlow::Break(())
                }
            }
        })
    });
    match raised.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(error) => Err(error.into()),
        None => Ok(found?),
    }
}
