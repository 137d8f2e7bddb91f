use super::super::AgeRange;
use super::AgeQualityError;

/// Checked counts by single years of a closed range of ages.
pub(super) struct SingleAges<'a> {
    first: u8,
    counts: &'a [f64],
}

impl<'a> SingleAges<'a> {
    /// The ages `ages` of counts that start at age `first`.
    pub(super) fn within(counts: &'a [f64], first: u8, ages: AgeRange) -> Result<Self, AgeQualityError> {
        if let Some(at) = counts.iter().position(|count| !(count.is_finite() && *count >= 0.0)) {
            return Err(AgeQualityError::NotACount { age: u16::from(first) + at as u16, got: counts[at] });
        }
        let Some(last) = ages.last() else {
            return Err(AgeQualityError::Range { ages, expected: "a closed range such as 23-62" });
        };
        let place = ages.first().checked_sub(first).map(usize::from);
        let counts =
            place.and_then(|from| counts.get(from..from + usize::from(last - ages.first()) + 1)).ok_or(
                AgeQualityError::NotCovered { ages, first, last: i32::from(first) + counts.len() as i32 - 1 },
            )?;
        if counts.iter().sum::<f64>() <= 0.0 {
            return Err(AgeQualityError::Nobody { ages });
        }
        Ok(Self { first: ages.first(), counts })
    }

    /// Number of ages.
    pub(super) fn len(&self) -> usize {
        self.counts.len()
    }

    /// The first age.
    pub(super) fn first(&self) -> usize {
        usize::from(self.first)
    }

    /// Last digits of the ages and their counts.
    pub(super) fn digits(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.counts.iter().enumerate().map(|(i, count)| ((self.first() + i) % 10, *count))
    }
}
