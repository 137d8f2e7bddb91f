//! Needs and means: the catalogue of indicators, the position of a unit
//! among its peers, coverage targets, and the publication view of counts.

pub mod catalogue;
pub mod coverage;
pub mod disclosure;
mod peers;

pub use peers::{
    PeerSet, PeerSetError, PeersError, PercentileRule, Position, QuartileRule, TieRule, position,
};
