use serde::{Deserialize, Serialize};

use super::super::AgeRange;
use super::groups::{Group, Groups};
use super::{
    Graduation, GraduationError, GraduationMethod, GroupTotals, LastGroup, NegativeAges, PclmFit, beers, five_year,
    grabill, mono, pclm, sprague, uniform, within_structure,
};

/// Counts by single years of age, and how they came about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Graduated {
    /// The ages, one year wide; the last is that age and over where [`Self::open`].
    pub ages: Vec<u8>,
    /// Persons (or events) at each age.
    pub counts: Vec<f64>,
    /// Whether the last age is open.
    pub open: bool,
    /// The method and its choices.
    pub graduation: Graduation,
    /// Groups changed after the method had run.
    pub adjusted: Vec<AdjustedGroup>,
    /// The model fitted, where the method is PCLM.
    pub pclm: Option<PclmFit>,
}

/// A group whose ages are not as the method gave them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdjustedGroup {
    /// Its ages.
    pub ages: AgeRange,
    /// Its count as given.
    pub given: f64,
    /// The sum of its ages by the method.
    pub by_method: f64,
    /// What was done.
    pub adjustment: Adjustment,
}

/// What was done to a group after the method had run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Adjustment {
    /// An age was negative, or the ages summed to nobody: spread by the monotone spline.
    Redistributed,
    /// Its ages were multiplied so that they sum to the count given.
    Scaled,
    /// The structure has nobody at its ages: spread evenly.
    SpreadEvenly,
}

/// Difference from a group's count, relative, that counts as rounding.
const ROUNDING: f64 = 1e-9;

/// Graduates counts by groups of ages that start at `ages`.
///
/// # Errors
/// [`GraduationError`] names the age or the group, and says which methods would do.
///
/// ```
/// use diagnoza_core::demography::graduation::{GraduationMethod, graduate};
/// let ages = [0, 5, 10, 15, 20, 25]; // 25 and over
/// let counts = [5e3, 6e3, 7e3, 6e3, 5e3, 9e3];
/// let single = graduate(&counts, &ages, &GraduationMethod::Sprague.into())?;
/// assert_eq!(single.ages.len(), 26);
/// assert!((single.counts[5..10].iter().sum::<f64>() - 6e3).abs() < 1e-9);
/// assert_eq!((single.counts[25], single.open), (9e3, true));
/// # Ok::<(), diagnoza_core::demography::graduation::GraduationError>(())
/// ```
#[doc(alias = "rozdzielenie grup wieku")]
pub fn graduate(counts: &[f64], ages: &[u8], spec: &Graduation) -> Result<Graduated, GraduationError> {
    let groups = Groups::new(counts, ages, spec.last_group)?;
    let (mut values, evenly, fit) = by_method(&groups, spec)?;
    let mut adjusted: Vec<AdjustedGroup> = evenly
        .iter()
        .map(|group| AdjustedGroup {
            ages: group.ages(),
            given: group.persons,
            by_method: group.persons,
            adjustment: Adjustment::SpreadEvenly,
        })
        .collect();
    adjusted.extend(settle(&groups, &mut values, spec)?);
    let mut values_open = Vec::new();
    if let Some(persons) = groups.open {
        let fitted = values.get(groups.ages()).copied();
        values_open = match (spec.last_group, spec.totals, fitted) {
            (LastGroup::WithinStructure, _, _) => within_structure::open_group(persons, groups.end, spec)?,
            (_, GroupTotals::AsMethod, Some(fitted)) => vec![fitted],
            _ => vec![persons],
        };
    }
    values.truncate(groups.ages());
    values.append(&mut values_open);
    let ages = (groups.first..).take(values.len()).collect();
    Ok(Graduated {
        ages,
        counts: values,
        open: groups.open.is_some(),
        graduation: spec.clone(),
        adjusted,
        pclm: fit,
    })
}

type ByMethod = (Vec<f64>, Vec<Group>, Option<PclmFit>);

/// Closed single ages as the method gives them (PCLM: the open group after them), groups that had to be spread
/// evenly, and the model fitted.
fn by_method(groups: &Groups, spec: &Graduation) -> Result<ByMethod, GraduationError> {
    let fives = || five_year::fives(groups, spec.method);
    let values = match spec.method {
        GraduationMethod::Uniform => uniform::graduate(groups),
        GraduationMethod::Mono => mono::graduate(groups),
        GraduationMethod::Sprague => sprague::SPRAGUE.apply(&fives()?),
        GraduationMethod::BeersOrdinary => beers::ORDINARY.apply(&fives()?),
        GraduationMethod::BeersModified => beers::MODIFIED.apply(&fives()?),
        GraduationMethod::Grabill => grabill::graduate(&fives()?),
        GraduationMethod::WithinStructure => {
            let (values, evenly) = within_structure::graduate(groups, spec)?;
            return Ok((values, evenly, None));
        }
        GraduationMethod::Pclm => {
            let (values, fit) = pclm::graduate(groups, &spec.pclm)?;
            return Ok((values, Vec::new(), Some(fit)));
        }
    };
    Ok((values, Vec::new(), None))
}

/// Deals with negative ages and with groups that lost their counts, as the choices say.
fn settle(
    groups: &Groups,
    values: &mut [f64],
    spec: &Graduation,
) -> Result<Vec<AdjustedGroup>, GraduationError> {
    let mut adjusted = Vec::new();
    let mut monotone = None;
    for &group in &groups.closed {
        let place = groups.place(group);
        let ages = &mut values[place.clone()];
        let by_method: f64 = ages.iter().sum();
        let size: f64 = ages.iter().map(|value| value.abs()).sum::<f64>().max(group.persons);
        let negative = ages.iter().position(|&value| value < 0.0);
        if let (Some(at), NegativeAges::Refuse) = (negative, spec.negatives) {
            let age = group.from + at as u8;
            return Err(GraduationError::Negative { method: spec.method, age, got: ages[at] });
        }
        let keep = spec.totals == GroupTotals::Keep;
        let off = keep && (by_method - group.persons).abs() > ROUNDING * size;
        let lost = off && by_method <= 0.0;
        let adjustment = if lost || (negative.is_some() && spec.negatives == NegativeAges::Redistribute) {
            let monotone = monotone.get_or_insert_with(|| mono::graduate(groups));
            ages.copy_from_slice(&monotone[place]);
            Some(Adjustment::Redistributed)
        } else if off {
            ages.iter_mut().for_each(|value| *value *= group.persons / by_method);
            Some(Adjustment::Scaled)
        } else {
            None
        };
        if keep || adjustment.is_some() {
            take_rounding(ages, group.persons);
        }
        adjusted.extend(adjustment.map(|adjustment| AdjustedGroup {
            ages: group.ages(),
            given: group.persons,
            by_method,
            adjustment,
        }));
    }
    Ok(adjusted)
}

/// Lets the largest age take what rounding left of the group, so that no age changes by more than a hair.
fn take_rounding(ages: &mut [f64], persons: f64) {
    let left = persons - ages.iter().sum::<f64>();
    if let Some(largest) = ages.iter_mut().max_by(|a, b| a.total_cmp(b)) {
        *largest += left;
    }
}
