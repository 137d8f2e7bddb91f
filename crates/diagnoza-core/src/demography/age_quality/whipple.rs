use serde::{Deserialize, Serialize};

use super::super::AgeRange;
use super::AgeQualityError;
use super::ages::SingleAges;

/// Whipple's index.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Whipple {
    /// 100 without preference, 0 if the digits are avoided by all, 500 if all ages end in 0 or 5 (1000 for one digit).
    pub index: f64,
    /// Last digits looked at.
    pub digits: Vec<u8>,
    /// Ages that were used.
    pub ages: AgeRange,
    /// Class of the United Nations, which is defined for the digits 0 and 5 together.
    pub class: Option<WhippleClass>,
}

/// Quality of age data by Whipple's index of 0 and 5 (United Nations 1955, *Methods of appraisal of quality of basic
/// data for population estimates*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhippleClass {
    /// Below 105.
    HighlyAccurate,
    /// 105 to below 110.
    FairlyAccurate,
    /// 110 to below 125.
    Approximate,
    /// 125 to below 175.
    Rough,
    /// 175 and above.
    VeryRough,
}

impl WhippleClass {
    /// The class of an index of the digits 0 and 5.
    #[must_use]
    pub fn of(index: f64) -> Self {
        match index {
            i if i < 105.0 => Self::HighlyAccurate,
            i if i < 110.0 => Self::FairlyAccurate,
            i if i < 125.0 => Self::Approximate,
            i if i < 175.0 => Self::Rough,
            _ => Self::VeryRough,
        }
    }

    /// The class as a word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::HighlyAccurate => "highly_accurate",
            Self::FairlyAccurate => "fairly_accurate",
            Self::Approximate => "approximate",
            Self::Rough => "rough",
            Self::VeryRough => "very_rough",
        }
    }
}

/// Whipple's index of heaping at last digits.
///
/// # Formula
/// `W = 100 (10 / k) sum of P(x) for x ending in the k digits / sum of P(x)`, both over the range, which spans whole
/// tens of ages; for the digits 0 and 5 whole fives do. The usual range is 23-62. (`DemoTools` prints `W / 100`, and
/// for a single digit takes its denominator from seven ages below the first such age to two above the last.)
///
/// # Errors
/// [`AgeQualityError`] for a range that is open, not covered or not of whole tens, and counts that are none.
///
/// ```
/// use diagnoza_core::demography::{AgeRange, age_quality::{WhippleClass, whipple}};
/// let heaped: Vec<f64> = (0..100).map(|age| if age % 5 == 0 { 150.0 } else { 100.0 }).collect();
/// let found = whipple(&heaped, 0, &[0, 5], AgeRange::new(23, Some(62))?)?;
/// assert!((found.index - 136.36).abs() < 0.01);
/// assert_eq!(found.class, Some(WhippleClass::Rough));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "wskaźnik Whipplea")]
pub fn whipple(counts: &[f64], first: u8, digits: &[u8], ages: AgeRange) -> Result<Whipple, AgeQualityError> {
    let mut digits = digits.to_vec();
    digits.sort_unstable();
    if digits.is_empty() || digits.iter().any(|digit| *digit > 9) || digits.windows(2).any(|d| d[0] == d[1]) {
        return Err(AgeQualityError::Digits { got: digits });
    }
    let single = SingleAges::within(counts, first, ages)?;
    let both = digits == [0, 5];
    let (step, expected) =
        if both { (5, "a whole number of fives of ages") } else { (10, "a whole number of tens of ages") };
    if single.len() % step != 0 {
        return Err(AgeQualityError::Range { ages, expected });
    }
    let all: f64 = single.digits().map(|(_, count)| count).sum();
    let at: f64 =
        single.digits().filter(|(digit, _)| digits.contains(&(*digit as u8))).map(|(_, count)| count).sum();
    let index = 100.0 * (10.0 / digits.len() as f64) * at / all;
    Ok(Whipple { index, digits, ages, class: both.then(|| WhippleClass::of(index)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(first: u8, last: u8) -> AgeRange {
        AgeRange::new(first, Some(last)).unwrap()
    }

    #[test]
    fn no_preference_is_100_and_full_preference_500() {
        let index = |counts: &[f64], digits: &[u8]| whipple(counts, 0, digits, range(23, 62)).unwrap().index;
        assert!((index(&[7.0; 90], &[0, 5]) - 100.0).abs() < 1e-12);
        assert!((index(&[7.0; 90], &[3]) - 100.0).abs() < 1e-12);
        let fives: Vec<f64> = (0..90).map(|age| f64::from(u8::from(age % 5 == 0))).collect();
        assert!((index(&fives, &[0, 5]) - 500.0).abs() < 1e-12);
        let tens: Vec<f64> = (0..90).map(|age| f64::from(u8::from(age % 10 == 0))).collect();
        assert!((index(&tens, &[0]) - 1000.0).abs() < 1e-12);
        assert!(index(&tens, &[5]).abs() < 1e-12);
    }

    #[test]
    fn classes_of_the_united_nations() {
        for (index, class) in [
            (99.0, "highly_accurate"),
            (105.0, "fairly_accurate"),
            (124.9, "approximate"),
            (125.0, "rough"),
            (500.0, "very_rough"),
        ] {
            assert_eq!(WhippleClass::of(index).word(), class);
            assert_eq!(serde_json::to_value(WhippleClass::of(index)).unwrap(), class);
        }
        assert_eq!(whipple(&[1.0; 90], 0, &[0], range(23, 62)).unwrap().class, None);
    }

    #[test]
    fn wrong_ages_are_refused() {
        let index = |counts: &[f64], ages| whipple(counts, 20, &[0, 5], ages);
        assert!(matches!(
            index(&[1.0; 42], range(23, 62)),
            Err(AgeQualityError::NotCovered { last: 61, .. })
        ));
        assert!(matches!(index(&[1.0; 43], range(10, 19)), Err(AgeQualityError::NotCovered { .. })));
        assert!(matches!(index(&[1.0; 43], range(23, 61)), Err(AgeQualityError::Range { .. })));
        assert!(matches!(index(&[1.0; 43], AgeRange::open(23)), Err(AgeQualityError::Range { .. })));
        assert!(matches!(index(&[0.0; 43], range(23, 62)), Err(AgeQualityError::Nobody { .. })));
        assert!(matches!(
            index(&[f64::NAN; 43], range(23, 62)),
            Err(AgeQualityError::NotACount { age: 20, .. })
        ));
        assert!(matches!(index(&[], range(23, 62)), Err(AgeQualityError::NotCovered { .. })));
        for digits in [&[] as &[u8], &[10], &[5, 5]] {
            assert!(whipple(&[1.0; 90], 0, digits, range(23, 62)).is_err());
        }
    }
}
