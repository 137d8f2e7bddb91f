//! Needs and means: the form of the resource assessment, the catalogue of
//! indicators, the assessment of a unit among its peers, the need for services
//! against what is there, the way from institutions to the community, coverage
//! targets, and the publication view of counts.

pub mod form;

mod beneficiaries;

pub mod catalogue;

pub mod assessment;

pub mod need;

pub mod deinstitutionalisation;

pub mod coverage;

pub mod disclosure;

pub use assessment::{
    PeerSet, PeerSetError, PeersError, PercentileRule, Position, QuartileRule, TieRule, position,
};
pub use beneficiaries::{BenefitRecipients, HouseholdMembers};
