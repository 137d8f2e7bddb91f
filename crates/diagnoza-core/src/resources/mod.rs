//! Needs and means: the catalogue of indicators and the assessment of a unit
//! among its peers.

pub mod assessment;
pub mod catalogue;

pub use assessment::{
    PeerSet, PeerSetError, PeersError, PercentileRule, Position, QuartileRule, TieRule, position,
};
