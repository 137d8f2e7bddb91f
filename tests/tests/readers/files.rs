use std::fs;
use std::path::PathBuf;

/// Path of a real file outside the repository; says that the test skips when it is absent.
pub(crate) fn shared(file: &str) -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data")).join(file);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: {file} is not beside the repository");
    None
}

/// Bytes of a file of `tests/golden/readers`.
pub(crate) fn golden(file: &str) -> Vec<u8> {
    fs::read(golden_path(file)).unwrap()
}

pub(crate) fn golden_path(file: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/golden/readers")).join(file)
}
