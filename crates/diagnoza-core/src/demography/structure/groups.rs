use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{AgeRange, Derivation, Sexes, StructureError, Term};

/// Published groups, which may overlap.
///
/// Each group is an edge between two cuts of the age axis; a range is known if
/// a path of edges joins its ends, a group walked backwards being taken away.
/// `F 45-64` follows so from `45-59`, `60+` and `65+`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Groups {
    counts: BTreeMap<(Sexes, AgeRange), f64>,
}

impl Groups {
    /// Rounding to whole persons moves a published count by at most this much.
    const ROUNDING: f64 = 0.5;

    /// Takes each group once and only if it agrees with the others.
    pub(super) fn new(
        groups: impl IntoIterator<Item = (Sexes, AgeRange, f64)>,
    ) -> Result<Self, StructureError> {
        let mut given = BTreeMap::new();
        for (sexes, ages, count) in groups {
            if given.insert((sexes, ages), count).is_some() {
                return Err(StructureError::Duplicate { sexes, ages });
            }
        }
        let mut taken = Self::default();
        for (&(sexes, ages), &count) in &given {
            taken.agrees(sexes, ages, count, taken.path(sexes, ages))?;
            taken.counts.insert((sexes, ages), count);
        }
        for (&(sexes, ages), &count) in &given {
            taken.agrees(sexes, ages, count, taken.by_other_sexes(sexes, ages))?;
        }
        Ok(taken)
    }

    fn agrees(
        &self,
        sexes: Sexes,
        ages: AgeRange,
        published: f64,
        other: Option<Derivation>,
    ) -> Result<(), StructureError> {
        let Some(derivation) = other else { return Ok(()) };
        let derived = self.sum(&derivation);
        let groups = derivation.terms.iter().fold(1.0, |count, _| count + 1.0);
        let scale = published.abs().max(derived.abs()) * f64::EPSILON;
        if (published - derived).abs() <= groups * (Self::ROUNDING + scale) {
            return Ok(());
        }
        Err(StructureError::Contradiction { sexes, ages, published, derived, derivation })
    }

    /// The count of a range, exact up to the rounding of the groups it follows from.
    pub(super) fn persons(&self, sexes: Sexes, ages: AgeRange) -> Result<f64, StructureError> {
        let Some(derivation) = self.path(sexes, ages).or_else(|| self.by_other_sexes(sexes, ages)) else {
            return Err(StructureError::Lacking {
                sexes,
                ages,
                available: self.counts.keys().copied().collect(),
            });
        };
        let derived = self.sum(&derivation);
        if derived >= 0.0 {
            return Ok(derived);
        }
        // Counts that are no whole numbers cancel to a few ulps, not to zero.
        let size: f64 = derivation.terms.iter().map(|term| self.count(term)).sum();
        if derived >= -1e-12 * size {
            return Ok(0.0);
        }
        Err(StructureError::BelowZero { sexes, ages, derived, derivation })
    }

    /// Every cut that a group of any sex makes, without 0 and the open end.
    pub(super) fn cuts(&self) -> BTreeSet<u8> {
        self.counts
            .keys()
            .flat_map(|(_, ages)| [ages.first(), ages.end()])
            .filter(|&cut| cut != 0 && cut != AgeRange::NEVER)
            .collect()
    }

    fn count(&self, term: &Term) -> f64 {
        self.counts.get(&(term.sexes, term.ages)).copied().unwrap_or_default()
    }

    fn sum(&self, derivation: &Derivation) -> f64 {
        derivation
            .terms
            .iter()
            .fold(0.0, |sum, term| if term.added { sum + self.count(term) } else { sum - self.count(term) })
    }

    /// Both sexes as women and men; one sex as both without the other.
    fn by_other_sexes(&self, sexes: Sexes, ages: AgeRange) -> Option<Derivation> {
        let (first, second, added) = match sexes {
            Sexes::Both => (Sexes::Female, Sexes::Male, true),
            Sexes::Female => (Sexes::Both, Sexes::Male, false),
            Sexes::Male => (Sexes::Both, Sexes::Female, false),
        };
        let mut derivation = self.path(first, ages)?;
        let other = self.path(second, ages)?;
        derivation
            .terms
            .extend(other.terms.into_iter().map(|term| Term { added: term.added == added, ..term }));
        derivation.terms.sort_by_key(|term| !term.added);
        Some(derivation)
    }

    /// The fewest groups of `sexes` that lead from the first age of the range
    /// past its last one; among equals the one met first in order of age.
    fn path(&self, sexes: Sexes, ages: AgeRange) -> Option<Derivation> {
        let mut came_by: BTreeMap<u8, Option<(u8, Term)>> = BTreeMap::from([(ages.first(), None)]);
        let mut queue = VecDeque::from([ages.first()]);
        while let Some(cut) = queue.pop_front() {
            if cut == ages.end() {
                break;
            }
            for &(whom, group) in self.counts.keys() {
                let (to, added) = if group.first() == cut {
                    (group.end(), true)
                } else if group.end() == cut {
                    (group.first(), false)
                } else {
                    continue;
                };
                if whom == sexes && !came_by.contains_key(&to) {
                    let term = Term { sexes, ages: group, added };
                    came_by.insert(to, Some((cut, term)));
                    queue.push_back(to);
                }
            }
        }
        let mut terms = Vec::new();
        let mut cut = ages.end();
        while let Some((previous, term)) = came_by.get(&cut).copied()? {
            terms.push(term);
            cut = previous;
        }
        terms.reverse();
        // Read as "60+ without 80+", whichever way the path ran.
        terms.sort_by_key(|term| !term.added);
        Some(Derivation { terms })
    }
}
