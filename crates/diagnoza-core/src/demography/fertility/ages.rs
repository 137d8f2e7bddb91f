use serde::{Deserialize, Serialize};

use super::FertilityError;

/// The groups of age of mothers: single years, five-year groups, or any that follow each other.
///
/// ```
/// use diagnoza_core::demography::fertility::ChildbearingAges;
/// let ages = ChildbearingAges::new(&[15, 20, 25, 30, 35, 40, 45], &[5; 7])?;
/// assert_eq!(ages, ChildbearingAges::every(5, 15, 50)?);
/// assert_eq!(ages.midpoints().next(), Some(17.5));
/// # Ok::<(), diagnoza_core::demography::fertility::FertilityError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<u8>", into = "Vec<u8>")]
pub struct ChildbearingAges {
    /// First ages of the groups and the end of the last.
    cuts: Vec<u8>,
}

impl ChildbearingAges {
    /// Groups from their first ages and widths in years.
    ///
    /// # Errors
    /// [`FertilityError::Ages`] unless they follow each other without gaps.
    pub fn new(starts: &[u8], widths: &[u8]) -> Result<Self, FertilityError> {
        let refused = || FertilityError::Ages { starts: starts.to_vec(), widths: widths.to_vec() };
        if starts.is_empty() || starts.len() != widths.len() {
            return Err(refused());
        }
        let mut cuts = starts.to_vec();
        let ends: Option<Vec<u8>> =
            starts.iter().zip(widths).map(|(start, width)| start.checked_add(*width)).collect();
        let ends = ends.ok_or_else(refused)?;
        cuts.extend(ends.last());
        if ends != cuts[1..] {
            return Err(refused());
        }
        Self::try_from(cuts).map_err(|_| refused())
    }

    /// Groups of one width that begin at `from` and end before `to`.
    ///
    /// # Errors
    /// [`FertilityError::Ages`] unless at least one group fits and none is cut.
    pub fn every(width: u8, from: u8, to: u8) -> Result<Self, FertilityError> {
        let refused = || FertilityError::Ages { starts: vec![from], widths: vec![width] };
        if width == 0 || to <= from || !(to - from).is_multiple_of(width) {
            return Err(refused());
        }
        Ok(Self { cuts: (from..=to).step_by(usize::from(width)).collect() })
    }

    /// Number of groups.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "there is at least one group")]
    pub fn len(&self) -> usize {
        self.cuts.len() - 1
    }

    /// First ages of the groups.
    #[must_use]
    pub fn starts(&self) -> &[u8] {
        &self.cuts[..self.len()]
    }

    /// First ages of the groups and the end of the last, in years.
    pub fn cuts(&self) -> impl Iterator<Item = f64> + '_ {
        self.cuts.iter().copied().map(f64::from)
    }

    /// Widths in years.
    pub fn widths(&self) -> impl Iterator<Item = f64> + '_ {
        self.cuts.windows(2).map(|pair| f64::from(pair[1] - pair[0]))
    }

    /// Middles of the groups in exact years of age.
    pub fn midpoints(&self) -> impl Iterator<Item = f64> + '_ {
        self.cuts.windows(2).map(|pair| f64::midpoint(f64::from(pair[0]), f64::from(pair[1])))
    }

    /// End of the last group.
    pub(super) fn end(&self) -> u8 {
        self.cuts.last().copied().unwrap_or(0)
    }

    /// Refuses a list of another length, or with a value the test does not hold for.
    pub(super) fn check(
        &self,
        what: &'static str,
        list: &[f64],
        holds: impl Fn(f64) -> bool,
        expected: &'static str,
    ) -> Result<(), FertilityError> {
        if list.len() != self.len() {
            return Err(FertilityError::Length { what, got: list.len(), expected: self.len() });
        }
        for (&age, &got) in self.starts().iter().zip(list) {
            if !(got.is_finite() && holds(got)) {
                return Err(FertilityError::Value { what, age, got, expected });
            }
        }
        Ok(())
    }

    /// Refuses rates that are below zero or not finite.
    pub(super) fn check_rates(&self, rates: &[f64]) -> Result<(), FertilityError> {
        self.check("fertility rate", rates, |rate| rate >= 0.0, "births per woman and year, zero or more")
    }
}

impl TryFrom<Vec<u8>> for ChildbearingAges {
    type Error = FertilityError;

    fn try_from(cuts: Vec<u8>) -> Result<Self, FertilityError> {
        if cuts.len() >= 2 && cuts.windows(2).all(|pair| pair[0] < pair[1]) {
            Ok(Self { cuts })
        } else {
            Err(FertilityError::Ages { starts: cuts, widths: Vec::new() })
        }
    }
}

impl From<ChildbearingAges> for Vec<u8> {
    fn from(ages: ChildbearingAges) -> Self {
        ages.cuts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_overlaps_and_empty_lists_are_refused() {
        for (starts, widths) in [
            (&[][..], &[][..]),
            (&[15], &[]),
            (&[15, 20], &[5, 0]),
            (&[15, 21], &[5, 5]),
            (&[15, 19], &[5, 5]),
            (&[250], &[10]),
        ] {
            assert!(ChildbearingAges::new(starts, widths).is_err(), "{starts:?} {widths:?}");
        }
        for (width, from, to) in [(0, 15, 50), (5, 15, 49), (1, 15, 15)] {
            assert!(ChildbearingAges::every(width, from, to).is_err());
        }
        assert!(serde_json::from_str::<ChildbearingAges>("[15,20,20]").is_err());
        let uneven = ChildbearingAges::new(&[12, 15], &[3, 5]).unwrap();
        assert_eq!(serde_json::to_string(&uneven).unwrap(), "[12,15,20]");
        assert_eq!(uneven.midpoints().collect::<Vec<_>>(), [13.5, 17.5]);
    }
}
