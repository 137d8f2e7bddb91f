//! Integration, golden and property tests of diagnoza live in `tests/`. This library finds the
//! shared folder of source material, which is not part of the project.

use std::path::PathBuf;

pub mod readme;

/// A file of the shared folder beside the project, or `None`, said aloud, where it is absent.
#[must_use]
#[allow(clippy::print_stdout, reason = "a skipped test says so")]
pub fn shared(path: &str) -> Option<PathBuf> {
    let file = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared")).join(path);
    if file.exists() {
        return Some(file);
    }
    println!("skipped: no shared/{path} beside the project");
    None
}
