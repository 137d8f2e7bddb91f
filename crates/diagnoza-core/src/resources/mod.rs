//! Needs and means: the catalogue of indicators and the position of a unit
//! among its peers.

mod beneficiaries;
pub mod catalogue;
pub mod form;
mod peers;

pub use beneficiaries::{BenefitRecipients, HouseholdMembers};
pub use peers::{
    PeerSet, PeerSetError, PeersError, PercentileRule, Position, QuartileRule, TieRule, position,
};
