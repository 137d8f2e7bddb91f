use std::fmt;

use serde::{Deserialize, Serialize};

/// Unit of a rate of need and, multiplied by persons, of the need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NeedUnit {
    /// Persons in need per person, 0 to 1; the need is in persons.
    PersonsPerPerson,
    /// Hours of service a year per person; the need is in hours a year.
    HoursPerPerson,
    /// Visits a year per person; the need is in visits a year.
    VisitsPerPerson,
}

/// What the supply of a service is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capacity {
    /// Places.
    #[doc(alias = "miejsca")]
    Places,
    /// Full-time workers.
    #[doc(alias = "etaty")]
    Staff,
    /// Hours a year.
    #[doc(alias = "godziny")]
    Hours,
    /// Visits a year.
    Visits,
}

impl NeedUnit {
    /// Every unit.
    pub const ALL: [Self; 3] = [Self::PersonsPerPerson, Self::HoursPerPerson, Self::VisitsPerPerson];

    /// The word used in tables and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::PersonsPerPerson => "persons_per_person",
            Self::HoursPerPerson => "hours_per_person",
            Self::VisitsPerPerson => "visits_per_person",
        }
    }

    /// Unit of the need: `persons`, `hours` or `visits` (the last two a year).
    #[must_use]
    pub const fn of_need(self) -> &'static str {
        match self {
            Self::PersonsPerPerson => "persons",
            Self::HoursPerPerson => "hours",
            Self::VisitsPerPerson => "visits",
        }
    }

    /// The unit of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.word() == word)
    }
}

impl Capacity {
    /// Every measure.
    pub const ALL: [Self; 4] = [Self::Places, Self::Staff, Self::Hours, Self::Visits];

    /// The word used in tables and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Places => "places",
            Self::Staff => "staff",
            Self::Hours => "hours",
            Self::Visits => "visits",
        }
    }

    /// The measure of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|capacity| capacity.word() == word)
    }
}

impl fmt::Display for NeedUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl fmt::Display for Capacity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
