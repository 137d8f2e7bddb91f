use serde::{Deserialize, Serialize};

use super::super::AgeRange;
use super::groups::{Group, Groups};
use super::{
    Graduation, GraduationError, GraduationMethod, GroupTotals, LastGroup, NegativeAges, PclmFit, beers,
    five_year, grabill, mono, pclm, sprague, uniform, within_structure,
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{EmptyStructure, PclmSettings};
    use super::*;

    const AGES: [u8; 7] = [0, 5, 10, 15, 20, 25, 30];
    const COUNTS: [f64; 7] = [50.0, 60.0, 70.0, 60.0, 50.0, 40.0, 90.0];

    fn run(counts: &[f64], ages: &[u8], spec: impl Into<Graduation>) -> Result<Graduated, GraduationError> {
        graduate(counts, ages, &spec.into())
    }

    fn close(got: &[f64], expected: &[f64]) {
        assert_eq!(got.len(), expected.len());
        for (got, expected) in got.iter().zip(expected) {
            assert!((got - expected).abs() < 1e-9, "{got} {expected}");
        }
    }

    /// Multipliers of fifth differences give a straight line back; so does every method that keeps the groups.
    #[test]
    fn a_straight_line_is_given_back() {
        let line: Vec<f64> = (0..30).map(|age| 100.0 - 2.0 * f64::from(age)).collect();
        let counts: Vec<f64> = line.chunks(5).map(|group| group.iter().sum()).chain([7.0]).collect();
        for (method, tolerance) in [
            (GraduationMethod::Sprague, 1e-9),
            (GraduationMethod::BeersOrdinary, 0.02), // its multipliers are rounded to four places
            (GraduationMethod::BeersModified, 0.2),
            (GraduationMethod::Mono, 1e-9),
        ] {
            let got = run(&counts, &AGES, method).unwrap();
            assert_eq!((got.counts.len(), got.counts[30], got.ages[30], got.open), (31, 7.0, 30, true));
            for (got, expected) in got.counts.iter().zip(&line) {
                assert!((got - expected).abs() < tolerance, "{method:?} {got} {expected}");
            }
        }
    }

    #[test]
    fn matches_demotools_grabill_for_pop1m_ind() {
        // tests/testthat/test-graduate.R of DemoTools: ages 0 and 1 are 9350425.61 and 10050059.85.
        let ages: Vec<u8> = (0..=100).step_by(5).collect();
        let counts = [
            52360652.0, 57419164.0, 51947630.0, 42231074.0, 37514223.0, 34546587.0, 29917765.0, 27558300.0,
            22842245.0, 18954561.0, 16904890.0, 10941747.0, 11907237.0, 6493630.0, 5535950.0, 2102284.0,
            2094961.0, 601000.0, 421930.0, 134360.0, 72373.0,
        ];
        let negatives = NegativeAges::Allow;
        let spec =
            Graduation { totals: GroupTotals::AsMethod, negatives, ..GraduationMethod::Grabill.into() };
        let got = graduate(&counts, &ages, &spec).unwrap();
        assert!((got.counts[0] / 9_350_425.61 - 1.0).abs() < 1e-2, "{}", got.counts[0]);
        assert!((got.counts[1] / 10_050_059.85 - 1.0).abs() < 1e-2, "{}", got.counts[1]);
        let total: f64 = counts.iter().sum();
        assert!((got.counts.iter().sum::<f64>() / total - 1.0).abs() < 1e-12);
    }

    #[test]
    fn groups_follow_another_structure() {
        // Ten-year groups of a gmina in the single ages of its powiat; 20+ until 22 and over.
        let structure: Vec<f64> = (0..23).map(|age| f64::from(age % 10 + 1)).collect();
        let spec = Graduation {
            last_group: LastGroup::WithinStructure,
            structure: Some(structure),
            ..GraduationMethod::WithinStructure.into()
        };
        let got = graduate(&[55.0, 110.0, 12.0], &[0, 10, 20], &spec).unwrap();
        let expected: Vec<f64> = (1..=10)
            .map(f64::from)
            .chain((1..=10).map(|n| 2.0 * f64::from(n)))
            .chain([2.0, 4.0, 6.0])
            .collect();
        close(&got.counts, &expected);
        assert_eq!((got.ages.last(), got.open), (Some(&22), true));
    }

    #[test]
    fn people_without_a_structure_are_refused_or_spread_evenly_by_name() {
        let mut spec = Graduation {
            structure: Some(vec![0.0, 0.0, 1.0, 3.0, 5.0]),
            ..GraduationMethod::WithinStructure.into()
        };
        let message = graduate(&[6.0, 8.0, 1.0], &[0, 2, 4], &spec).unwrap_err().to_string();
        assert!(message.starts_with("6 persons aged 0-1 have nobody to follow"), "{message}");
        spec.empty_structure = EmptyStructure::Uniform;
        let got = graduate(&[6.0, 8.0, 1.0], &[0, 2, 4], &spec).unwrap();
        close(&got.counts, &[3.0, 3.0, 2.0, 6.0, 1.0]);
        assert_eq!(got.adjusted.len(), 1);
        assert_eq!(got.adjusted[0].adjustment, Adjustment::SpreadEvenly);
        close(&graduate(&[0.0, 8.0, 1.0], &[0, 2, 4], &spec).unwrap().counts, &[0.0, 0.0, 2.0, 6.0, 1.0]);
        let message = graduate(&[6.0, 8.0, 1.0], &[0, 2, 5], &spec).unwrap_err().to_string();
        assert!(message.contains("single ages up to 3") && message.contains("ages 2-4"), "{message}");
        spec.structure = None;
        assert_eq!(graduate(&[6.0, 8.0], &[0, 2], &spec), Err(GraduationError::NoStructure));
    }

    #[test]
    fn infants_keep_their_own_count_under_multipliers() {
        let ages = [0, 1, 5, 10, 15, 20, 25];
        let counts = [15.0, 40.0, 60.0, 70.0, 60.0, 50.0, 90.0];
        let got = run(&counts, &ages, GraduationMethod::Sprague).unwrap();
        assert!((got.counts[0] - 15.0).abs() < 1e-12);
        assert!((got.counts[1..5].iter().sum::<f64>() - 40.0).abs() < 1e-12);
        assert_eq!(got.adjusted.len(), 2);
    }

    #[test]
    fn ages_of_fewer_than_nobody_are_dealt_with_as_asked() {
        let counts = [10.0, 2000.0, 0.5, 3.0, 900.0, 40.0, 90.0];
        let spec = |negatives| Graduation { negatives, ..GraduationMethod::Sprague.into() };
        let allowed = graduate(&counts, &AGES, &spec(NegativeAges::Allow)).unwrap();
        assert!(allowed.counts.iter().any(|&count| count < 0.0));
        let error = graduate(&counts, &AGES, &spec(NegativeAges::Refuse)).unwrap_err();
        assert!(matches!(error, GraduationError::Negative { age: 0..=4, .. }), "{error}");
        let got = graduate(&counts, &AGES, &spec(NegativeAges::Redistribute)).unwrap();
        assert!(got.counts.iter().all(|&count| count >= 0.0));
        assert!(got.adjusted.iter().any(|group| group.ages.to_string() == "10-14"));
        for (group, count) in got.counts.chunks(5).zip(&counts) {
            assert!((group.iter().sum::<f64>() - count).abs() < 1e-9);
        }
    }

    #[test]
    fn pclm_of_deaths_with_exposure_gives_rates() {
        // Synthetic: Gompertz deaths in ten-year groups; the rates come back within five per cent.
        let rate = |age: f64| 0.0005 * (0.09 * age).exp();
        let years = 1e5;
        let ages: Vec<u8> = (30..90).step_by(10).collect();
        let deaths: Vec<f64> =
            ages.iter().map(|&from| (from..from + 10).map(|a| years * rate(f64::from(a))).sum()).collect();
        let settings = PclmSettings { exposure: Some(vec![years; 60]), ..PclmSettings::default() };
        let spec =
            Graduation { last_group: LastGroup::Until(89), pclm: settings, ..GraduationMethod::Pclm.into() };
        let got = graduate(&deaths, &ages, &spec).unwrap();
        let exposure = got.pclm.as_ref().unwrap().exposure.as_ref().unwrap();
        for (i, &age) in got.ages.iter().enumerate() {
            let ratio = got.counts[i] / exposure[i] / rate(f64::from(age));
            assert!((ratio - 1.0).abs() < 0.05, "{age}: {ratio}");
        }
    }

    #[test]
    fn wrong_groups_are_refused_with_what_would_do() {
        let sprague = GraduationMethod::Sprague;
        let ten = run(&[1.0; 7], &[0, 10, 20, 30, 40, 50, 60], sprague).unwrap_err().to_string();
        assert!(ten.contains("no group starts at age 5") && ten.contains("mono, uniform, pclm"), "{ten}");
        let few = run(&[1.0; 5], &AGES[..5], sprague).unwrap_err();
        assert_eq!(few, GraduationError::TooFewGroups { method: sprague, needed: 5, got: 4 });
        assert!(matches!(run(&[], &[], sprague), Err(GraduationError::Length { .. })));
        assert!(matches!(run(&[1.0], &[0, 5], sprague), Err(GraduationError::Length { .. })));
        assert!(matches!(run(&[1.0; 2], &[5, 5], sprague), Err(GraduationError::Order { .. })));
        for bad in [f64::NAN, f64::INFINITY, -1.0] {
            let error = run(&[1.0, bad], &[0, 5], GraduationMethod::Mono).unwrap_err();
            assert!(matches!(error, GraduationError::NotACount { age: 5, .. }), "{error}");
        }
        let until = |age| Graduation { last_group: LastGroup::Until(age), ..GraduationMethod::Mono.into() };
        assert!(graduate(&[1.0], &[5], &until(4)).is_err() && graduate(&[1.0], &[5], &until(131)).is_err());
        close(&graduate(&[6.0], &[5], &until(7)).unwrap().counts, &[2.0; 3]);
        assert_eq!(run(&[6.0], &[0], GraduationMethod::Mono).unwrap().counts, vec![6.0]);
        let no_knots = PclmSettings { ages_per_knot: 0, ..PclmSettings::default() };
        let spec = Graduation { pclm: no_knots, ..GraduationMethod::Pclm.into() };
        assert!(matches!(graduate(&COUNTS, &AGES, &spec), Err(GraduationError::PclmSetting { .. })));
    }

    #[test]
    fn pclm_has_small_and_empty_groups() {
        let got = run(&[0.0, 3.0, 0.0, 1.0, 2.0, 0.0, 0.0], &AGES, GraduationMethod::Pclm).unwrap();
        assert!(got.counts[..5].iter().all(|&count| count.abs() < 1e-12));
        close(&[got.counts[5..10].iter().sum::<f64>()], &[3.0]);
        let nobody = run(&[0.0; 7], &AGES, GraduationMethod::Pclm).unwrap();
        assert_eq!(nobody.counts, vec![0.0; 31]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn every_method_keeps_groups_is_never_negative_and_scales(
            counts in prop::collection::vec(0_u32..5000, 7..20),
            factor in 0.01_f64..100.0,
        ) {
            let ages: Vec<u8> = (0..counts.len()).map(|i| 5 * i as u8).collect();
            let counts: Vec<f64> = counts.into_iter().map(f64::from).collect();
            let structure: Vec<f64> = (0..130).map(|age| f64::from(140 - age)).collect();
            for (word, method) in GraduationMethod::WORDS {
                let spec = Graduation { structure: Some(structure.clone()), ..method.into() };
                let got = graduate(&counts, &ages, &spec).unwrap();
                for (group, count) in got.counts.chunks(5).zip(&counts) {
                    prop_assert!((group.iter().sum::<f64>() - count).abs() <= 1e-9 * count.max(1e-9), "{}", word);
                    prop_assert!(group.iter().all(|&age| age >= 0.0), "{}", word);
                }
                if method == GraduationMethod::Pclm { continue } // its artificial group counts one at any scale
                let scaled: Vec<f64> = counts.iter().map(|count| count * factor).collect();
                let again = graduate(&scaled, &ages, &spec).unwrap();
                for (one, other) in got.counts.iter().zip(&again.counts) {
                    prop_assert!((one * factor - other).abs() <= 1e-6 * (factor + other), "{}", word);
                }
            }
        }
    }
}
