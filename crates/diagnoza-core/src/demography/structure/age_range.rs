use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::observation::Age;

/// Ages in completed years, both ends included (`15-64`), or open (`80+`).
///
/// ```
/// use diagnoza_core::demography::AgeRange;
/// let working: AgeRange = "15-64".parse()?;
/// assert!(working.contains(64) && !working.contains(65));
/// assert_eq!(AgeRange::new(80, None)?.to_string(), "80+");
/// assert!("64-15".parse::<AgeRange>().is_err());
/// # Ok::<(), diagnoza_core::demography::AgeRangeError>(())
/// ```
#[doc(alias = "grupa wieku")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AgeRange {
    start: u8,
    /// First age after the range, or [`AgeRange::NEVER`].
    end: u8,
}

/// Why two ages or a text are not an [`AgeRange`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AgeRangeError {
    /// The last age comes before the first, or an age is above 130.
    #[error("ages {from} to {to} are no range: expected the younger age first and none above 130")]
    NotARange {
        /// First age given.
        from: u8,
        /// Last age given.
        to: u8,
    },
    /// Not a range.
    #[error("'{got}' is not a range of ages: expected one such as 7, 15-64 or 80+")]
    NotAnAgeRange {
        /// The text given.
        got: String,
    },
}

impl AgeRange {
    /// The end of an open range: later than any age.
    pub(crate) const NEVER: u8 = u8::MAX;

    /// All ages, written `0+`.
    pub const ALL: Self = Self::open(0);

    /// Ages `from` to `to`, both included; without `to` the range is open.
    ///
    /// # Errors
    /// [`AgeRangeError::NotARange`] if `to` is below `from` or an age above 130.
    pub fn new(from: u8, to: Option<u8>) -> Result<Self, AgeRangeError> {
        let last = to.unwrap_or(from);
        if last < from || Age::new(i64::from(last)).is_err() {
            return Err(AgeRangeError::NotARange { from, to: last });
        }
        Ok(to.map_or(Self::open(from), |to| Self::closed(from, to)))
    }

    /// For the constants of the library; a test holds that their ends are in order.
    pub(crate) const fn closed(from: u8, to: u8) -> Self {
        Self { start: from, end: to.saturating_add(1) }
    }

    /// For the constants of the library.
    pub(crate) const fn open(from: u8) -> Self {
        Self { start: from, end: Self::NEVER }
    }

    /// Between two cuts of the age axis, the later one excluded.
    pub(crate) const fn between(start: u8, end: u8) -> Self {
        Self { start, end }
    }

    /// First age.
    #[must_use]
    pub const fn first(self) -> u8 {
        self.start
    }

    /// Last age, or `None` if the range is open.
    #[must_use]
    pub const fn last(self) -> Option<u8> {
        if self.end == Self::NEVER { None } else { Some(self.end.saturating_sub(1)) }
    }

    /// The cut after the range.
    pub(crate) const fn end(self) -> u8 {
        self.end
    }

    /// Whether a person of `age` completed years belongs to it.
    #[must_use]
    pub const fn contains(self, age: u8) -> bool {
        self.start <= age && age < self.end
    }
}

impl TryFrom<String> for AgeRange {
    type Error = AgeRangeError;

    fn try_from(text: String) -> Result<Self, AgeRangeError> {
        text.parse()
    }
}

impl From<AgeRange> for String {
    fn from(range: AgeRange) -> Self {
        range.to_string()
    }
}

impl FromStr for AgeRange {
    type Err = AgeRangeError;

    fn from_str(text: &str) -> Result<Self, AgeRangeError> {
        let number = |digits: &str| -> Result<u8, AgeRangeError> {
            // `+7` parses as a number and is no age.
            let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            digits
                .parse()
                .ok()
                .filter(|_| plain)
                .ok_or_else(|| AgeRangeError::NotAnAgeRange { got: text.to_owned() })
        };
        let trimmed = text.trim();
        if let Some(from) = trimmed.strip_suffix('+') {
            return Self::new(number(from)?, None);
        }
        let (from, to) = trimmed.split_once('-').unwrap_or((trimmed, trimmed));
        Self::new(number(from)?, Some(number(to)?))
    }
}

impl fmt::Display for AgeRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.last() {
            None => write!(f, "{}+", self.start),
            Some(to) if to == self.start => write!(f, "{to}"),
            Some(to) => write!(f, "{}-{to}", self.start),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_are_no_range_are_refused() {
        for bad in ["", "+", "-", "x", "5-", "-5", "+5", "80++", "14-0", "0-131", "300", "0-4-9", "5 - 9"] {
            assert!(bad.parse::<AgeRange>().is_err(), "{bad}");
        }
    }

    #[test]
    fn ranges_are_written_as_they_are_read() {
        for text in ["0", "7", "0-14", "80+", "0+", "130", "0-130"] {
            assert_eq!(text.parse::<AgeRange>().unwrap().to_string(), text);
        }
        assert_eq!("0+".parse(), Ok(AgeRange::ALL));
    }
}
