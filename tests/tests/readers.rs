//! Readers of `diagnoza-data` against the offices' own files and against hostile ones.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "the functions the tests share are tests as well"
)]

mod readers {
    mod files;

    mod bdl;
    mod eurostat;
    mod gus_projection;
    mod hmd;
    mod hostile;
    mod tidy;
}
