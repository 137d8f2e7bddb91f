//! From institutions to the community (`deinstytucjonalizacja`): places in social welfare homes (DPS) against
//! services in the community, and progress towards targets.
//!
//! ```text
//! community share(t)  = persons served in the community(t) / persons served in both(t)
//! path(t)             = s0 + (target - s0) (t - t0) / (t_target - t0)      linear, from the share s0 of year t0
//! progress(t)         = share(t) - path(t)
//! ```
//!
//! The figures are the user's, each with its source; the targets are data with their source ([`TARGETS_TOML`]). The
//! linear path is the library's yardstick: the targets name an end, not a way.

mod balance;
mod error;
mod progress;
mod target;

pub use balance::{Balance, BalanceYear, Form, FormCount, balance};
pub use error::DeinstitutionalisationError;
pub use progress::{Measurement, PathRule, Progress, State, progress};
pub use target::{TARGETS_TOML, Target, TargetStatus, Targets, TargetsFormat};
