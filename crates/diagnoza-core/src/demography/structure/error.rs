use std::fmt;

use super::{AgeRange, Sexes};
use crate::observation::QuantityError;

/// One published group in a sum, added or taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// Whom the group covers.
    pub sexes: Sexes,
    /// Its ages.
    pub ages: AgeRange,
    /// Whether it is added; otherwise it is taken away.
    pub added: bool,
}

/// How a count follows from published groups, e.g. `F 60+ - F 80+`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Derivation {
    /// The groups, in the order in which they are added.
    pub terms: Vec<Term>,
}

/// Why counts by sex and age are refused or cannot answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum StructureError {
    /// There is no group at all.
    #[error("no group of ages was given: expected at least one count by sex and age")]
    Empty,
    /// As many counts as the scheme has groups are expected.
    #[error("{got} counts of {sexes} were given for {expected} groups of ages")]
    Length {
        /// The sex.
        sexes: Sexes,
        /// Number of counts given.
        got: usize,
        /// Number of groups of the scheme.
        expected: usize,
    },
    /// A number that counts nobody.
    #[error("{sexes} {ages}: {problem}")]
    NotACount {
        /// The sex or both.
        sexes: Sexes,
        /// The ages.
        ages: AgeRange,
        /// What is wrong with the number.
        problem: QuantityError,
    },
    /// The same group twice.
    #[error("{sexes} {ages} is given twice: expected each group once")]
    Duplicate {
        /// The sex or both.
        sexes: Sexes,
        /// The ages.
        ages: AgeRange,
    },
    /// A published group and what other published groups give for it differ by
    /// more than rounding to whole persons explains (half a person per group).
    #[error("{sexes} {ages} is given as {published}, but {derivation} = {derived}: correct one of them")]
    Contradiction {
        /// The sex or both.
        sexes: Sexes,
        /// The ages.
        ages: AgeRange,
        /// The count given for the group.
        published: f64,
        /// What the other groups give.
        derived: f64,
        /// The other groups.
        derivation: Derivation,
    },
    /// Neither given nor the sum or difference of given groups.
    #[error(
        "{sexes} {ages} is not given and is no sum or difference of the groups that are: {}",
        listed(available)
    )]
    Lacking {
        /// The sex or both.
        sexes: Sexes,
        /// The ages asked for.
        ages: AgeRange,
        /// The groups there are.
        available: Vec<(Sexes, AgeRange)>,
    },
    /// A difference of published groups is below zero.
    #[error("{sexes} {ages} = {derivation} = {derived}: fewer than nobody, correct one of these groups")]
    BelowZero {
        /// The sex or both.
        sexes: Sexes,
        /// The ages asked for.
        ages: AgeRange,
        /// The difference.
        derived: f64,
        /// The groups it was taken from.
        derivation: Derivation,
    },
    /// A median of nobody.
    #[error("{sexes}: there is nobody, so there is no median age")]
    NoPeople {
        /// The sex or both.
        sexes: Sexes,
    },
    /// The open group has no last age to interpolate to.
    #[error(
        "{sexes}: the median age lies in the open group {ages}: expected counts by narrower groups of ages"
    )]
    MedianInOpenGroup {
        /// The sex or both.
        sexes: Sexes,
        /// The open group.
        ages: AgeRange,
    },
}

impl fmt::Display for Derivation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, term) in self.terms.iter().enumerate() {
            f.write_str(match (i, term.added) {
                (0, true) => "",
                (0, false) => "-",
                (_, true) => " + ",
                (_, false) => " - ",
            })?;
            write!(f, "{} {}", term.sexes, term.ages)?;
        }
        Ok(())
    }
}

/// Lists groups by sex; single years in a row are shortened to their ends.
fn listed(groups: &[(Sexes, AgeRange)]) -> String {
    let mut text = String::new();
    let mut rest = groups;
    let mut previous = None;
    while let Some((&(sexes, ages), after)) = rest.split_first() {
        text.push_str(if text.is_empty() {
            ""
        } else if previous == Some(sexes) {
            ", "
        } else {
            "; "
        });
        if previous != Some(sexes) {
            text.push_str(sexes.letter());
            text.push(' ');
        }
        previous = Some(sexes);
        text.push_str(&ages.to_string());
        let run = single_years_from(sexes, ages, after);
        if run > 1
            && let Some((_, last)) = after.get(run - 1)
        {
            text.push_str(&format!(", ..., {last}"));
            rest = after.get(run..).unwrap_or_default();
        } else {
            rest = after;
        }
    }
    text
}

/// How many of the groups that follow carry on single years of age.
fn single_years_from(sexes: Sexes, first: AgeRange, groups: &[(Sexes, AgeRange)]) -> usize {
    let mut next = first.first();
    std::iter::once(&(sexes, first))
        .chain(groups)
        .take_while(|(whom, ages)| {
            let carries_on = *whom == sexes && ages.first() == next && ages.last() == Some(next);
            next = next.saturating_add(1);
            carries_on
        })
        .count()
        .saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_years_are_listed_by_their_ends() {
        let mut groups: Vec<_> = (0..90).map(|a| (Sexes::Female, AgeRange::closed(a, a))).collect();
        groups.push((Sexes::Female, AgeRange::open(90)));
        groups.push((Sexes::Male, AgeRange::closed(0, 14)));
        groups.push((Sexes::Male, AgeRange::open(15)));
        assert_eq!(listed(&groups), "F 0, ..., 89, 90+; M 0-14, 15+");
        assert_eq!(listed(&[]), "");
    }
}
