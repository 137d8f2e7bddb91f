//! Each group in the proportions of another unit's single ages: `P(x) = P(group) S(x) / sum of S over the group`,
//! with `S` the persons of that unit (a powiat for its gmina) or the person-years `L(x)` of a life table.

use super::super::AgeRange;
use super::groups::{Group, Groups};
use super::{EmptyStructure, Graduation, GraduationError, uniform};

/// Single ages of the closed groups, and the groups that had to be spread evenly.
pub(super) fn graduate(
    groups: &Groups,
    spec: &Graduation,
) -> Result<(Vec<f64>, Vec<Group>), GraduationError> {
    let structure = checked(spec)?;
    let single = structure.len() - 1;
    let mut values = Vec::with_capacity(groups.ages() + 1);
    let mut evenly = Vec::new();
    for &group in &groups.closed {
        if usize::from(group.until) > single {
            return Err(ends(structure, group.ages()));
        }
        let weights = &structure[usize::from(group.from)..usize::from(group.until)];
        match (spread(group.persons, weights), spec.empty_structure) {
            (Some(persons), _) => values.extend(persons),
            (None, EmptyStructure::Uniform) => {
                evenly.push(group);
                values.extend(uniform::spread(group));
            }
            (None, EmptyStructure::Refuse) => {
                return Err(GraduationError::EmptyStructure { ages: group.ages(), persons: group.persons });
            }
        }
    }
    Ok((values, evenly))
}

/// The open group from age `from` over single ages; the last is the structure's open group.
pub(super) fn open_group(persons: f64, from: u8, spec: &Graduation) -> Result<Vec<f64>, GraduationError> {
    let structure = checked(spec)?;
    let ages = AgeRange::open(from);
    let weights = structure.get(usize::from(from)..).filter(|weights| !weights.is_empty());
    let weights = weights.ok_or_else(|| ends(structure, ages))?;
    spread(persons, weights).ok_or(GraduationError::EmptyStructure { ages, persons })
}

fn spread(persons: f64, weights: &[f64]) -> Option<Vec<f64>> {
    let total: f64 = weights.iter().sum();
    if persons <= 0.0 {
        return Some(vec![0.0; weights.len()]);
    }
    (total > 0.0).then(|| weights.iter().map(|weight| persons * (weight / total)).collect())
}

fn checked(spec: &Graduation) -> Result<&[f64], GraduationError> {
    let structure =
        spec.structure.as_deref().filter(|s| !s.is_empty()).ok_or(GraduationError::NoStructure)?;
    let ages: Vec<u8> = (0..=130).collect();
    if structure.len() > ages.len() {
        return Err(GraduationError::Age { got: 131 });
    }
    super::groups::check_counts("the structure", &ages, structure)?;
    Ok(structure)
}

fn ends(structure: &[f64], ages: AgeRange) -> GraduationError {
    GraduationError::StructureEnds { ages, last: i16::try_from(structure.len()).unwrap_or(i16::MAX) - 2 }
}
