use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A calendar year. A stock "of year t" is the stock at 31 XII of t, a flow "of
/// year t" happened between 1 I and 31 XII of t.
///
/// ```
/// use diagnoza_core::observation::Year;
/// let year: Year = "2022".parse()?;
/// assert_eq!(year.next().get(), 2023);
/// # Ok::<(), diagnoza_core::observation::YearError>(())
/// ```
#[doc(alias = "rok")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Year(u16);

/// Why a number or a text is not a [`Year`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum YearError {
    /// Outside the years the library knows.
    #[error("year {got} is outside {first}..{last}", first = Year::FIRST, last = Year::LAST)]
    OutOfRange {
        /// The number given.
        got: i64,
    },
    /// Not a whole number.
    #[error("'{got}' is not a year: expected four digits such as 2022")]
    NotANumber {
        /// The text given.
        got: String,
    },
}

impl Year {
    const FIRST: u16 = 1800;
    const LAST: u16 = 2200;

    /// A year between 1800 and 2200.
    ///
    /// # Errors
    /// [`YearError::OutOfRange`] otherwise.
    pub fn new(year: i64) -> Result<Self, YearError> {
        match u16::try_from(year) {
            Ok(y) if (Self::FIRST..=Self::LAST).contains(&y) => Ok(Self(y)),
            _ => Err(YearError::OutOfRange { got: year }),
        }
    }

    /// A year written in the program, for constants.
    ///
    /// ```
    /// use diagnoza_core::observation::Year;
    /// const JUMP_OFF: Year = Year::constant(2022);
    /// ```
    ///
    /// # Panics
    /// For a year outside 1800 to 2200, which in a constant is an error of compilation.
    #[must_use]
    pub const fn constant(year: u16) -> Self {
        assert!(year >= Self::FIRST && year <= Self::LAST, "a year lies between 1800 and 2200");
        Self(year)
    }

    /// The year as a number.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }

    /// The year after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// The year `n` years after this one.
    #[must_use]
    pub const fn plus(self, n: u16) -> Self {
        Self(self.0 + n)
    }

    /// Every year from this one to `last`, both included.
    pub fn through(self, last: Self) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator + Clone {
        let count = (last.0 + 1).saturating_sub(self.0);
        (0..count).map(move |n| self.plus(n))
    }
}

impl TryFrom<u16> for Year {
    type Error = YearError;

    fn try_from(year: u16) -> Result<Self, YearError> {
        Self::new(i64::from(year))
    }
}

impl From<Year> for u16 {
    fn from(year: Year) -> Self {
        year.0
    }
}

impl FromStr for Year {
    type Err = YearError;

    fn from_str(text: &str) -> Result<Self, YearError> {
        let year: i64 = text.trim().parse().map_err(|_| YearError::NotANumber { got: text.to_owned() })?;
        Self::new(year)
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_outside_the_range_are_refused() {
        for bad in [-1, 0, 22, 1799, 2201, 70_000] {
            assert_eq!(Year::new(bad), Err(YearError::OutOfRange { got: bad }));
        }
        assert_eq!("20x2".parse::<Year>(), Err(YearError::NotANumber { got: "20x2".to_owned() }));
    }

    #[test]
    fn through_holds_both_ends_and_is_empty_backwards() {
        let (a, b) = (Year(2021), Year(2023));
        assert_eq!(a.through(b).map(Year::get).collect::<Vec<_>>(), [2021, 2022, 2023]);
        assert_eq!(b.through(a).count(), 0);
    }
}
