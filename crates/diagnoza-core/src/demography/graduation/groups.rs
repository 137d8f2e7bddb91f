use super::super::AgeRange;
use super::{GraduationError, LastGroup};

/// Ages `from` to `until`, the latter excluded, and their count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Group {
    pub(super) from: u8,
    pub(super) until: u8,
    pub(super) persons: f64,
}

impl Group {
    pub(super) fn width(self) -> usize {
        usize::from(self.until - self.from)
    }

    pub(super) fn ages(self) -> AgeRange {
        AgeRange::between(self.from, self.until)
    }
}

/// Checked groups: closed ones that touch each other, and the count from an age on if the last is open.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Groups {
    /// First age of all.
    pub(super) first: u8,
    /// First age after the closed groups.
    pub(super) end: u8,
    pub(super) closed: Vec<Group>,
    pub(super) open: Option<f64>,
}

impl Groups {
    pub(super) fn new(counts: &[f64], ages: &[u8], last: LastGroup) -> Result<Self, GraduationError> {
        let (Some(&first), Some(&start)) = (ages.first(), ages.last()) else {
            return Err(GraduationError::Length { counts: counts.len(), groups: 0 });
        };
        if counts.len() != ages.len() {
            return Err(GraduationError::Length { counts: counts.len(), groups: ages.len() });
        }
        if let Some(pair) = ages.windows(2).find(|pair| pair[1] <= pair[0]) {
            return Err(GraduationError::Order { before: pair[0], got: pair[1] });
        }
        if start > 130 {
            return Err(GraduationError::Age { got: start });
        }
        check_counts("the count", ages, counts)?;
        let (bounds, open) = match last {
            LastGroup::Until(got) if got > 130 => return Err(GraduationError::Age { got }),
            LastGroup::Until(last_age) if last_age < start => {
                return Err(GraduationError::LastAge { start, last_age });
            }
            LastGroup::Until(last_age) => (ages.iter().copied().chain([last_age + 1]).collect(), None),
            LastGroup::Keep | LastGroup::WithinStructure => (ages.to_vec(), counts.last().copied()),
        };
        let closed: Vec<Group> = bounds
            .windows(2)
            .zip(counts)
            .map(|(pair, &persons)| Group { from: pair[0], until: pair[1], persons })
            .collect();
        let end = closed.last().map_or(start, |group| group.until);
        Ok(Self { first, end, closed, open })
    }

    /// Number of closed single ages.
    pub(super) fn ages(&self) -> usize {
        usize::from(self.end - self.first)
    }

    /// Where the ages of a group stand among the single ages.
    pub(super) fn place(&self, group: Group) -> std::ops::Range<usize> {
        usize::from(group.from - self.first)..usize::from(group.until - self.first)
    }
}

/// Refuses numbers that are no counts, naming the age.
pub(super) fn check_counts(what: &'static str, ages: &[u8], counts: &[f64]) -> Result<(), GraduationError> {
    match counts.iter().zip(ages).find(|(count, _)| !(count.is_finite() && **count >= 0.0)) {
        Some((&got, &age)) => Err(GraduationError::NotACount { what, age, got }),
        None => Ok(()),
    }
}
