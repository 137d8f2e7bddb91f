//! Needs and means: the catalogue of indicators, the position of a unit
//! among its peers, and the need for services against what is there.

pub mod catalogue;
pub mod need;
mod peers;

pub use peers::{
    PeerSet, PeerSetError, PeersError, PercentileRule, Position, QuartileRule, TieRule, position,
};
