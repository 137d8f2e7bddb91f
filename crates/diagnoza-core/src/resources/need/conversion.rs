//! From what supply is counted in to the unit of the need:
//!
//! | need \ supply | places | staff | hours | visits |
//! | --- | --- | --- | --- | --- |
//! | persons | x `persons_per_place` | x `persons_per_worker` | / `hours_per_person` | / `visits_per_person` |
//! | hours | x `hours_per_place` | x `hours_per_worker` | as they are | x `hours_per_visit` |
//! | visits | x `visits_per_place` | x `visits_per_worker` | / `hours_per_visit` | as they are |
//!
//! Hours and visits are those of a year, staff are full-time workers. The factor is the user's, with its source.

use serde::{Deserialize, Serialize};

use super::{Capacity, NeedUnit};

/// The factor that turns supply into the unit of the need.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conversion {
    /// Name of the factor, e.g. `persons_per_place`.
    pub name: String,
    /// Whether supply is multiplied or divided by it.
    pub direction: Direction,
    /// The factor, above 0.
    pub factor: f64,
    /// Where the factor comes from.
    pub source: String,
}

/// What is done with a factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Supply times the factor.
    Multiply,
    /// Supply over the factor.
    Divide,
}

impl Conversion {
    /// Supply in the unit of the need.
    #[must_use]
    pub fn apply(&self, supply: f64) -> f64 {
        match self.direction {
            Direction::Multiply => supply * self.factor,
            Direction::Divide => supply / self.factor,
        }
    }
}

/// Name and direction of the factor between two units; `None` where supply is in the unit of the need already.
#[must_use]
pub const fn conversion(need: NeedUnit, supply: Capacity) -> Option<(&'static str, Direction)> {
    use Capacity::{Hours, Places, Staff, Visits};
    use Direction::{Divide, Multiply};
    use NeedUnit::{HoursPerPerson, PersonsPerPerson, VisitsPerPerson};
    match (need, supply) {
        (PersonsPerPerson, Places) => Some(("persons_per_place", Multiply)),
        (PersonsPerPerson, Staff) => Some(("persons_per_worker", Multiply)),
        (PersonsPerPerson, Hours) => Some(("hours_per_person", Divide)),
        (PersonsPerPerson, Visits) => Some(("visits_per_person", Divide)),
        (HoursPerPerson, Places) => Some(("hours_per_place", Multiply)),
        (HoursPerPerson, Staff) => Some(("hours_per_worker", Multiply)),
        (HoursPerPerson, Visits) => Some(("hours_per_visit", Multiply)),
        (VisitsPerPerson, Places) => Some(("visits_per_place", Multiply)),
        (VisitsPerPerson, Staff) => Some(("visits_per_worker", Multiply)),
        (VisitsPerPerson, Hours) => Some(("hours_per_visit", Divide)),
        (HoursPerPerson, Hours) | (VisitsPerPerson, Visits) => None,
    }
}
