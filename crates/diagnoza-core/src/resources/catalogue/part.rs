use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::demography::{AgeRange, Sexes};

/// People of a sex, or both, in a range of ages, written `women 18-59` or `persons of all ages`.
///
/// ```
/// use diagnoza_core::resources::catalogue::Part;
/// let part: Part = "women 18-59".parse()?;
/// assert_eq!(part.to_string(), "women 18-59");
/// assert_eq!("persons 0+".parse::<Part>()?.to_string(), "persons of all ages");
/// # Ok::<(), diagnoza_core::resources::catalogue::PartError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Part {
    /// The sex or both.
    pub sexes: Sexes,
    /// The ages.
    pub ages: AgeRange,
}

/// A text that names no people by sex and age.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{got}' names no people by sex and age: expected women, men or persons and then 'of all ages' or \
     ages such as 0-17 or 60+"
)]
pub struct PartError {
    /// The text given.
    pub got: String,
}

impl Part {
    pub(super) const ALL_AGES: &'static str = "of all ages";
    const SEXES: [Sexes; 3] = [Sexes::Female, Sexes::Male, Sexes::Both];

    /// Whose word begins the text, and what follows it.
    pub(super) fn begins(text: &str) -> Option<(Sexes, &str)> {
        Self::SEXES.into_iter().find_map(|sexes| {
            let rest = text.strip_prefix(sexes.word())?;
            rest.starts_with(' ').then_some((sexes, rest))
        })
    }

    /// Whether the two have people in common.
    pub(super) fn overlaps(self, other: Self) -> bool {
        let sexes = self.sexes == other.sexes || self.sexes == Sexes::Both || other.sexes == Sexes::Both;
        let before = |a: AgeRange, b: AgeRange| a.last().is_some_and(|last| last < b.first());
        sexes && !before(self.ages, other.ages) && !before(other.ages, self.ages)
    }
}

impl FromStr for Part {
    type Err = PartError;

    fn from_str(text: &str) -> Result<Self, PartError> {
        let unknown = || PartError { got: text.to_owned() };
        let (sexes, ages) = Self::begins(text.trim()).ok_or_else(unknown)?;
        let ages = match ages.trim() {
            Self::ALL_AGES => AgeRange::ALL,
            range => range.parse().map_err(|_| unknown())?,
        };
        Ok(Self { sexes, ages })
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ages == AgeRange::ALL {
            write!(f, "{} {}", self.sexes.word(), Self::ALL_AGES)
        } else {
            write!(f, "{} {}", self.sexes.word(), self.ages)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_written_as_they_are_read() {
        for text in ["women 18-59", "men 65+", "persons of all ages", "persons 7"] {
            assert_eq!(text.parse::<Part>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn texts_that_name_nobody_are_refused() {
        for bad in [
            "",
            "women",
            "women ",
            "children 0-17",
            "women 18\u{2013}59",
            "persons of",
            "women18-59",
            "men 9-5",
        ] {
            assert!(bad.parse::<Part>().is_err(), "{bad}");
        }
    }

    #[test]
    fn parts_overlap_where_somebody_is_in_both() {
        let overlap = |a: &str, b: &str| a.parse::<Part>().unwrap().overlaps(b.parse().unwrap());
        assert!(overlap("women 0-17", "persons 17-20"));
        assert!(overlap("persons 60+", "men 85+"));
        assert!(!overlap("women 0-17", "men 0-17"));
        assert!(!overlap("persons 0-17", "persons 18+"));
    }
}
