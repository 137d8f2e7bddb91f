//! What the benches measure with: synthetic areas, criteria and gminas, and the limits of the machine.
//!
//! Run them with `python benches/run.py`; `benches/README.md` says how to read the table.

pub mod criteria;
pub mod gminas;
pub mod machine;
pub mod pilot;
pub mod synthetic;
