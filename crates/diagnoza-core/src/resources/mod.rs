//! Needs and means: the form of the resource assessment, the catalogue of
//! indicators, and the assessment of a unit among its peers.

pub mod form;

mod beneficiaries;

pub mod catalogue;

pub mod assessment;

pub use assessment::{
    PeerSet, PeerSetError, PeersError, PercentileRule, Position, QuartileRule, TieRule, position,
};
pub use beneficiaries::{BenefitRecipients, HouseholdMembers};
