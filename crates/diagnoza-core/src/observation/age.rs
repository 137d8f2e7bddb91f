use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Age in completed years.
#[doc(alias = "wiek")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Age(u8);

/// Why a number, a text or a scheme of ages is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AgeError {
    /// Outside 0..130.
    #[error("age {got} is outside 0..{max}", max = Age::MAX)]
    OutOfRange {
        /// The number given.
        got: i64,
    },
    /// Not an age.
    #[error("'{got}' is not an age: expected whole years such as 7, or an open group such as 90+")]
    NotAnAge {
        /// The text given.
        got: String,
    },
    /// Group starts do not increase, or the first is not 0.
    #[error("age groups start at {starts:?}: expected 0 first and then increasing ages")]
    StartsNotIncreasing {
        /// The starts given.
        starts: Vec<u8>,
    },
}

impl Age {
    const MAX: u8 = 130;

    /// An age between 0 and 130.
    ///
    /// # Errors
    /// [`AgeError::OutOfRange`] otherwise.
    pub fn new(age: i64) -> Result<Self, AgeError> {
        match u8::try_from(age) {
            Ok(a) if a <= Self::MAX => Ok(Self(a)),
            _ => Err(AgeError::OutOfRange { got: age }),
        }
    }

    /// The age as a number of completed years.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<u16> for Age {
    type Error = AgeError;

    fn try_from(age: u16) -> Result<Self, AgeError> {
        Self::new(i64::from(age))
    }
}

impl From<Age> for u16 {
    fn from(age: Age) -> Self {
        Self::from(age.0)
    }
}

impl FromStr for Age {
    type Err = AgeError;

    fn from_str(text: &str) -> Result<Self, AgeError> {
        let digits = text.trim().trim_end_matches('+');
        let age: i64 = digits.parse().map_err(|_| AgeError::NotAnAge { got: text.to_owned() })?;
        Self::new(age)
    }
}

impl fmt::Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// How an age axis is cut: the first age of each group; the last group is open.
///
/// ```
/// use diagnoza_core::observation::AgeScheme;
/// let ages = AgeScheme::single(90);
/// assert_eq!(ages.len(), 91);
/// assert_eq!(ages.label(90).as_deref(), Some("90+"));
/// assert_eq!(ages.position(95), Some(90)); // inside the open group
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AgeScheme {
    starts: Vec<u8>,
}

impl AgeScheme {
    /// Single years of age 0, 1, ..., `open` - 1 and the open group `open`+.
    #[must_use]
    pub fn single(open: u8) -> Self {
        Self { starts: (0..=open).collect() }
    }

    /// Groups that begin at `starts`; the last is open.
    ///
    /// # Errors
    /// [`AgeError::StartsNotIncreasing`] unless the first start is 0 and they increase.
    pub fn from_starts(starts: Vec<u8>) -> Result<Self, AgeError> {
        let increasing = starts.windows(2).all(|pair| pair[0] < pair[1]);
        if starts.first() == Some(&0) && increasing {
            Ok(Self { starts })
        } else {
            Err(AgeError::StartsNotIncreasing { starts })
        }
    }

    /// Number of groups, the open one included.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "a scheme has at least one group")]
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// First age of each group.
    #[must_use]
    pub fn starts(&self) -> &[u8] {
        &self.starts
    }

    /// First age of the open group.
    #[must_use]
    pub fn open(&self) -> u8 {
        self.starts.last().copied().unwrap_or(0)
    }

    /// Whether every closed group is one year wide.
    #[must_use]
    pub fn is_single(&self) -> bool {
        self.starts.iter().enumerate().all(|(i, &start)| usize::from(start) == i)
    }

    /// The group that holds `age`.
    #[must_use]
    pub fn position(&self, age: u8) -> Option<usize> {
        self.starts.partition_point(|&start| start <= age).checked_sub(1)
    }

    /// Label of group `i`: `7`, `10-19` or `90+`; `None` past the last.
    #[must_use]
    pub fn label(&self, i: usize) -> Option<String> {
        let start = *self.starts.get(i)?;
        Some(match self.starts.get(i + 1) {
            None => format!("{start}+"),
            Some(&next) if next == start + 1 => start.to_string(),
            Some(&next) => format!("{start}-{}", next - 1),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_are_no_age_are_refused() {
        for bad in ["", "x", "-1", "131", "7.5"] {
            assert!(bad.parse::<Age>().is_err(), "{bad}");
        }
        assert_eq!("90+".parse::<Age>().map(Age::get), Ok(90));
    }

    #[test]
    fn schemes_say_where_an_age_belongs() {
        let tens = AgeScheme::from_starts(vec![0, 10, 20, 80]).unwrap();
        assert_eq!(tens.label(1).as_deref(), Some("10-19"));
        assert_eq!(tens.label(3).as_deref(), Some("80+"));
        assert_eq!(tens.position(79), Some(2));
        assert!(!tens.is_single());
        assert!(AgeScheme::from_starts(vec![0, 5, 5]).is_err());
        assert!(AgeScheme::from_starts(vec![1, 5]).is_err());
        assert!(AgeScheme::from_starts(vec![]).is_err());
    }
}
