//! Arrows only go forward: inside the core territory -> observation -> demography -> resources -> selection ->
//! diagnosis, and between the packages core -> data -> python. The core reads no files and knows no frames.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

const FLOW: [&str; 6] = ["territory", "observation", "demography", "resources", "selection", "diagnosis"];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Modules of the core that a text names after `crate::`.
fn named(text: &str) -> impl Iterator<Item = &str> {
    text.split("crate::").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))?;
        Some(&rest[..end])
    })
}

#[test]
fn modules_of_the_core_use_only_what_comes_before_them() {
    let core = root().join("crates/diagnoza-core/src");
    let mut arrows = 0;
    for (place, module) in FLOW.iter().enumerate() {
        for path in sources(&core.join(module)) {
            for used in named(&fs::read_to_string(&path).unwrap()) {
                let Some(before) = FLOW.iter().position(|name| *name == used) else { continue };
                assert!(before <= place, "{} uses {used}, which comes after {module}", path.display());
                arrows += 1;
            }
        }
    }
    assert!(arrows > 50, "the search found only {arrows} arrows: does it still look in the right place?");
}

#[test]
fn the_core_reads_no_files_and_knows_no_frames() {
    for path in sources(&root().join("crates/diagnoza-core/src")) {
        let text = fs::read_to_string(&path).unwrap();
        for forbidden in ["polars", "pyo3", "std::fs", "std::net", "File::open"] {
            assert!(!text.contains(forbidden), "{} names {forbidden}", path.display());
        }
    }
    let manifest = fs::read_to_string(root().join("crates/diagnoza-core/Cargo.toml")).unwrap();
    assert!(!manifest.contains("polars") && !manifest.contains("diagnoza-data"));
}

#[test]
fn bindings_are_a_small_part_of_the_code() {
    let lines = |folder: &str| -> usize {
        sources(&root().join(folder))
            .iter()
            .map(|path| fs::read_to_string(path).unwrap().lines().count())
            .sum()
    };
    let (bindings, library) = (lines("python/src"), lines("crates"));
    assert!(bindings * 10 <= library, "{bindings} lines of bindings beside {library} of the library");
}
