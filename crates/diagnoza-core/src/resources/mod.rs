//! Needs and means: the catalogue of indicators, the position of a unit
//! among its peers, the need for services against what is there, and the way from institutions to the community.

pub mod catalogue;
pub mod deinstitutionalisation;
pub mod need;
mod peers;

pub use peers::{
    PeerSet, PeerSetError, PeersError, PercentileRule, Position, QuartileRule, TieRule, position,
};
