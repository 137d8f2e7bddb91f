use super::groups::Groups;
use super::{AgeRange, Sexes, StructureError};
use crate::observation::{AgeScheme, Persons};

/// How many people live somewhere at one moment, by sex and age.
///
/// It is built from single years of age (or any other [`AgeScheme`]), or from
/// the groups an office publishes, which may overlap (`0-14`, `0-17`, `60+`,
/// `65+`, ...) and may be given for women, men or both together. A range of ages
/// is answered if it is given, or is a sum or difference of given groups; else
/// the error names what is lacking and what there is. Nothing is split or
/// estimated.
///
/// ```
/// use diagnoza_core::demography::{AgeRange, AgeStructure, Sexes};
/// // GUS, projection of gminas: Pisz, women, 31 XII 2022.
/// let range = |text: &str| text.parse::<AgeRange>();
/// let pisz = AgeStructure::from_groups([
///     (Sexes::Female, range("0-14")?, 1895.0),
///     (Sexes::Female, range("15-64")?, 8517.0),
///     (Sexes::Female, range("65+")?, 2803.0),
///     (Sexes::Female, range("60+")?, 3693.0),
///     (Sexes::Female, range("45-59")?, 2767.0),
/// ])?;
/// // 45-64 is 45-59 and 60+ without 65+.
/// assert_eq!(pisz.persons(Sexes::Female, range("45-64")?)?, 3657.0);
/// let error = pisz.persons(Sexes::Female, range("85+")?).unwrap_err();
/// assert!(error.to_string().starts_with("F 85+ is not given"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "struktura wieku")]
#[derive(Clone, Debug, PartialEq)]
pub struct AgeStructure {
    counts: Counts,
}

#[derive(Clone, Debug, PartialEq)]
enum Counts {
    /// Women and men on one axis; kept apart from groups because a projection
    /// asks this of every area, year and trajectory.
    Axis {
        ages: AgeScheme,
        female: Vec<f64>,
        male: Vec<f64>,
    },
    Groups(Groups),
}

impl AgeStructure {
    /// Counts of women and men in every group of a scheme, youngest first.
    ///
    /// # Errors
    /// [`StructureError::Length`] if a slice has not as many counts as the scheme
    /// has groups, [`StructureError::NotACount`] for a negative or infinite number
    /// or a NaN.
    pub fn from_ages(ages: &AgeScheme, female: &[f64], male: &[f64]) -> Result<Self, StructureError> {
        for (sexes, counts) in [(Sexes::Female, female), (Sexes::Male, male)] {
            if counts.len() != ages.len() {
                return Err(StructureError::Length { sexes, got: counts.len(), expected: ages.len() });
            }
            for (group, &count) in groups_of(ages).zip(counts) {
                checked(sexes, group, count)?;
            }
        }
        Ok(Self { counts: Counts::Axis { ages: ages.clone(), female: female.to_vec(), male: male.to_vec() } })
    }

    /// Counts of published groups, in any order; they may overlap and have gaps.
    ///
    /// # Errors
    /// [`StructureError::Empty`], [`StructureError::NotACount`],
    /// [`StructureError::Duplicate`], and [`StructureError::Contradiction`] if
    /// groups disagree by more than half a person for each group involved.
    pub fn from_groups(
        groups: impl IntoIterator<Item = (Sexes, AgeRange, f64)>,
    ) -> Result<Self, StructureError> {
        let groups: Vec<_> = groups.into_iter().collect();
        if groups.is_empty() {
            return Err(StructureError::Empty);
        }
        for &(sexes, ages, count) in &groups {
            checked(sexes, ages, count)?;
        }
        Ok(Self { counts: Counts::Groups(Groups::new(groups)?) })
    }

    /// Number of people of a sex, or both, in a range of ages.
    ///
    /// # Errors
    /// [`StructureError::Lacking`] if the groups do not tell,
    /// [`StructureError::BelowZero`] if a difference of published groups is negative.
    pub fn persons(&self, sexes: Sexes, ages: AgeRange) -> Result<f64, StructureError> {
        match &self.counts {
            Counts::Groups(groups) => groups.persons(sexes, ages),
            Counts::Axis { ages: scheme, female, male } => {
                let sum = |counts: &[f64]| -> Option<f64> {
                    let first = scheme.starts().binary_search(&ages.first()).ok()?;
                    let last = match ages.last() {
                        None => counts.len(),
                        Some(_) => scheme.starts().binary_search(&ages.end()).ok()?,
                    };
                    Some(counts.get(first..last)?.iter().sum())
                };
                let count = match sexes {
                    Sexes::Female => sum(female),
                    Sexes::Male => sum(male),
                    Sexes::Both => sum(female).zip(sum(male)).map(|(f, m)| f + m),
                };
                count.ok_or_else(|| StructureError::Lacking {
                    sexes,
                    ages,
                    available: [Sexes::Female, Sexes::Male]
                        .into_iter()
                        .flat_map(|sex| groups_of(scheme).map(move |group| (sex, group)))
                        .collect(),
                })
            }
        }
    }

    /// Number of people of all ages.
    ///
    /// # Errors
    /// As [`AgeStructure::persons`].
    pub fn total(&self, sexes: Sexes) -> Result<f64, StructureError> {
        self.persons(sexes, AgeRange::ALL)
    }

    /// Ages at which groups begin or end, without 0, in increasing order.
    pub(super) fn cuts(&self) -> Vec<u8> {
        match &self.counts {
            Counts::Axis { ages, .. } => ages.starts().iter().copied().skip(1).collect(),
            Counts::Groups(groups) => groups.cuts().into_iter().collect(),
        }
    }
}

fn groups_of(ages: &AgeScheme) -> impl Iterator<Item = AgeRange> + '_ {
    let starts = ages.starts();
    let ends = starts.iter().copied().skip(1).chain([AgeRange::NEVER]);
    starts.iter().zip(ends).map(|(&start, end)| AgeRange::between(start, end))
}

fn checked(sexes: Sexes, ages: AgeRange, count: f64) -> Result<(), StructureError> {
    Persons::new(count).map(|_| ()).map_err(|problem| StructureError::NotACount { sexes, ages, problem })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// GUS, projection of gminas 2023-2040: Pisz (M-W), 31 XII 2022, tables 1 and 2.
    const PISZ: &str = "T 0+ 26145;T 0-17 4874;T 0-14 3910;T 15-64 17622;T 65+ 4613;T 80+ 1055;
        M 0+ 12930;M 0-9 1280;M 10-19 1529;M 20-29 1528;M 30-39 2089;M 40-49 2031;M 50-59 1761;M 60-69 1590;
        M 70-79 822;M 80+ 300;M 0-17 2523;M 18-64 8597;M 18-44 4931;M 45-64 3666;M 65+ 1810;M 0-14 2015;
        M 15-64 9105;F 0+ 13215;F 0-9 1191;F 10-19 1436;F 20-29 1321;F 30-39 1802;F 40-49 1984;F 50-59 1788;
        F 60-69 1726;F 70-79 1212;F 80+ 755;F 0-17 2351;F 18-59 7171;F 18-44 4404;F 45-59 2767;F 60+ 3693;
        F 0-14 1895;F 15-64 8517;F 65+ 2803";

    fn groups(text: &str) -> Vec<(Sexes, AgeRange, f64)> {
        text.split(';')
            .map(|group| {
                let mut words = group.split_whitespace();
                let mut word = || words.next().unwrap();
                (word().parse().unwrap(), word().parse().unwrap(), word().parse().unwrap())
            })
            .collect()
    }

    fn built(text: &str) -> Result<AgeStructure, StructureError> {
        AgeStructure::from_groups(groups(text))
    }

    fn asked(structure: &AgeStructure, group: &str) -> Result<f64, StructureError> {
        let (sexes, ages) = group.split_once(' ').unwrap();
        structure.persons(sexes.parse().unwrap(), ages.parse().unwrap())
    }

    #[test]
    fn overlapping_groups_of_gus_for_pisz_answer_by_sum_and_difference() {
        let pisz = built(PISZ).unwrap();
        for (group, count) in [
            ("F 45-64", 2767.0 + 3693.0 - 2803.0),
            ("T 60-64", 3316.0 + 2034.0 + 1055.0 - 4613.0),
            ("T 50-64", 3549.0 + 3316.0 + 2034.0 + 1055.0 - 4613.0),
            ("T 60+", 3316.0 + 2034.0 + 1055.0),
            ("T 15-17", 4874.0 - 3910.0),
            ("M 0-44", 2523.0 + 4931.0),
        ] {
            assert_eq!(asked(&pisz, group), Ok(count), "{group}");
        }
    }

    #[test]
    fn what_the_groups_do_not_tell_is_refused_by_name() {
        let pisz = built(PISZ).unwrap();
        let message = asked(&pisz, "T 85+").unwrap_err().to_string();
        assert!(message.starts_with("T 85+ is not given and is no sum"), "{message}");
        assert!(message.ends_with("T 0-14, 0-17, 0+, 15-64, 65+, 80+"), "{message}");
        let axis = AgeStructure::from_ages(&AgeScheme::single(2), &[1.0; 3], &[1.0; 3]).unwrap();
        assert_eq!(
            asked(&axis, "T 0-2").unwrap_err().to_string(),
            "T 0-2 is not given and is no sum or difference of the groups that are: F 0, 1, 2+; M 0, 1, 2+"
        );
    }

    #[test]
    fn the_third_of_women_men_and_both_follows_from_two() {
        for (given, group, count) in [
            ("F 0+ 5;M 0+ 4", "T 0+", 9.0),
            ("T 0+ 9;M 0+ 4", "F 0+", 5.0),
            ("T 0-9 3;T 10+ 6;F 0+ 5", "M 0+", 4.0),
        ] {
            assert_eq!(asked(&built(given).unwrap(), group), Ok(count), "{given}");
        }
    }

    #[test]
    fn groups_that_contradict_each_other_are_refused() {
        let message = |text| built(text).unwrap_err().to_string();
        assert_eq!(
            message("T 0-9 10;T 10+ 20;T 0+ 33"),
            "T 10+ is given as 20, but T 0+ - T 0-9 = 23: correct one of them"
        );
        assert_eq!(
            message("T 0+ 33;F 0+ 10;M 0+ 20"),
            "F 0+ is given as 10, but T 0+ - M 0+ = 13: correct one of them"
        );
        assert_eq!(message("T 0+ 3;T 0+ 3"), "T 0+ is given twice: expected each group once");
        // One person for three rounded groups is rounding.
        assert!(built("T 0-9 10;T 10+ 20;T 0+ 31").is_ok());
        assert!(built("T 0-9 10;T 10+ 20;T 0+ 32").is_err());
    }

    #[test]
    fn a_part_larger_than_the_whole_is_refused() {
        let odd = built("T 60+ 5;T 80+ 8").unwrap();
        assert_eq!(
            asked(&odd, "T 60-79").unwrap_err().to_string(),
            "T 60-79 = T 60+ - T 80+ = -3: fewer than nobody, correct one of these groups"
        );
        let fractions = built("T 0-1 0.1;T 2-3 0.2;T 0-5 0.30000000000000000;T 6+ 1").unwrap();
        assert_eq!(asked(&fractions, "T 4-5"), Ok(0.0));
    }

    #[test]
    fn numbers_that_count_nobody_are_refused() {
        for bad in [-1.0, f64::NAN, f64::INFINITY] {
            let range = AgeRange::ALL;
            assert!(AgeStructure::from_groups([(Sexes::Both, range, bad)]).is_err());
            let one = AgeScheme::single(0);
            let error = AgeStructure::from_ages(&one, &[1.0], &[bad]).unwrap_err();
            assert!(error.to_string().starts_with("M 0+: "), "{error}");
        }
        assert_eq!(AgeStructure::from_groups([]), Err(StructureError::Empty));
        let short = AgeStructure::from_ages(&AgeScheme::single(90), &[1.0; 90], &[1.0; 91]);
        assert_eq!(short.unwrap_err().to_string(), "90 counts of F were given for 91 groups of ages");
    }

    proptest! {
        #[test]
        fn groups_and_single_ages_answer_alike(
            female in prop::collection::vec(0_u16..2000, 31),
            male in prop::collection::vec(0_u16..2000, 31),
            from in 0_u8..30,
            width in 0_u8..30,
        ) {
            let counts = |of: &[u16]| of.iter().map(|&n| f64::from(n)).collect::<Vec<_>>();
            let (female, male) = (counts(&female), counts(&male));
            let ages = AgeScheme::single(30);
            let axis = AgeStructure::from_ages(&ages, &female, &male).unwrap();
            // Cumulated from above, so that every range is a difference.
            let groups = AgeStructure::from_groups((0..=30).flat_map(|age| {
                let range = AgeRange::open(age);
                [Sexes::Female, Sexes::Both].map(|sexes| (sexes, range, axis.persons(sexes, range).unwrap()))
            })).unwrap();
            let last = from.saturating_add(width);
            let range = AgeRange::new(from, (last < 30).then_some(last)).unwrap();
            for sexes in [Sexes::Female, Sexes::Male, Sexes::Both] {
                prop_assert_eq!(axis.persons(sexes, range), groups.persons(sexes, range));
            }
            if axis.total(Sexes::Both).unwrap() > 0.0 {
                prop_assert_eq!(axis.median_age(Sexes::Both), groups.median_age(Sexes::Both));
            }
        }
    }
}
