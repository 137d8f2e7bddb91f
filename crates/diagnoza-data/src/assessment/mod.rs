//! Tables of indicators for [`assess`](diagnoza_core::resources::assessment::assess): the public figures of
//! voivodeships 28 and 12, or a user's frames; and assessments as a frame.
//!
//! ```
//! use diagnoza_core::resources::PeerSet;
//! use diagnoza_core::resources::assessment::{CheckedSettings, PeerGroup, assess};
//! let table = diagnoza_data::assessment::embedded_table("12".parse()?)?;
//! let peers = [PeerGroup::Set(PeerSet::Kind)];
//! let szczawa = assess(table, "1207132".parse()?, &peers, &CheckedSettings::default())?;
//! assert_eq!(szczawa.gaps.len(), 2); // two of the three figures that Małopolska's table lacks
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod entry;
mod error;
mod frame;
mod public;
mod public_12;
mod public_28;
mod user;

pub use error::AssessError;
pub use frame::frame;
pub use public::{embedded_table, embedded_table_for};
pub use user::{select, table_of_frames};
