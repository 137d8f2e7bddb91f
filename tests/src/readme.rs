//! The page at the root of the project: its example runs as a documentation test.
#![doc = include_str!("../../README.md")]
