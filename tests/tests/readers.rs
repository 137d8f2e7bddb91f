//! Readers of `diagnoza-data` against the offices' own files and against hostile ones.

mod readers {
    mod files;

    mod gus_projection;
    mod hostile;
}
