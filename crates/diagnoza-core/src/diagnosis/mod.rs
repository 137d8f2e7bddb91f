//! The three together for one place: how many people now and later, why, and where the place
//! stands on every indicator; what its basket of services covers, and what it costs to do nothing.
//!
//! A [`Diagnosis`] is a value: it serialises, and a report only sets it on paper.

pub mod basket;
pub mod omission;

mod change;
mod standing;

use serde::{Deserialize, Serialize};

pub use change::{Change, ChangeError};
pub use standing::Standing;

use crate::observation::{Provenance, Status, Year};
use crate::territory::UnitId;

/// What is known of one unit, from the observed start to the last projected year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Diagnosis {
    /// The unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// Population at the start and end of every scenario, main first.
    pub prospects: Vec<Prospect>,
    /// Why the population of the main scenario changes.
    pub change: Change,
    /// Every indicator among the unit's peers.
    pub standings: Vec<Standing>,
    /// Methods and inputs.
    pub provenance: Provenance,
}

/// The population of a unit at the two ends of a scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prospect {
    /// Name of the scenario.
    pub scenario: String,
    /// Population at the start.
    pub start: Count,
    /// Population at the end.
    pub end: Count,
}

/// A population at 31 XII.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Count {
    /// The year.
    pub year: Year,
    /// Persons.
    pub persons: f64,
    /// How the figure is known.
    pub status: Status,
}

impl Prospect {
    /// Change from start to end in persons.
    #[must_use]
    pub fn difference(&self) -> f64 {
        self.end.persons - self.start.persons
    }

    /// Change from start to end as a share of the start; `None` when nobody was there.
    #[must_use]
    pub fn relative(&self) -> Option<f64> {
        (self.start.persons > 0.0).then(|| self.difference() / self.start.persons)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prospect_says_its_change() {
        let count = |year, persons| Count { year: Year::constant(year), persons, status: Status::Observed };
        let prospect =
            Prospect { scenario: "main".to_owned(), start: count(2021, 200.0), end: count(2050, 150.0) };
        assert!((prospect.difference() + 50.0).abs() < 1e-12);
        assert_eq!(prospect.relative(), Some(-0.25));
        let nobody = Prospect { start: count(2021, 0.0), ..prospect };
        assert_eq!(nobody.relative(), None);
    }
}
