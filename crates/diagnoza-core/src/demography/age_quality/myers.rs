use serde::{Deserialize, Serialize};

use super::super::AgeRange;
use super::ages::SingleAges;
use super::{AgeQualityError, DigitPreference};

/// Which ages enter the two sums of Myers' blended method.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MyersRule {
    /// All but the last ten ages, and all but the first ten: spans of equal length for each of the ten starting ages
    /// (Myers 1940; `orig` of `DemoTools`).
    #[default]
    Original,
    /// All ages, and all but the first ten (Shryock & Siegel; `pasex` of `DemoTools`).
    Pasex,
}

impl MyersRule {
    /// Names of the choices as users write them.
    pub const WORDS: [(&'static str, Self); 2] = [("original", Self::Original), ("pasex", Self::Pasex)];
}

/// Myers' blended index of preference for last digits.
///
/// # Formula
/// With ages `a, a+1, ...` and the digit of age `a + j`, j = 0..9: `B(j) = (j + 1) S(j) + (9 - j) S'(j)`, `S` and `S'`
/// the sums of the counts at `a + j, a + j + 10, ...` by the [`MyersRule`]. Shares are `B / sum B`, the index half the
/// sum of their distances from 10 %. Starting at each of ten ages in turn takes out that numbers fall with age.
///
/// # Reference
/// Myers (1940), *Errors and bias in the reporting of ages in census data*.
///
/// # Errors
/// [`AgeQualityError`] for a range that is open, not covered or not of whole tens (at least two), and counts that are
/// none.
///
/// ```
/// use diagnoza_core::demography::{AgeRange, age_quality::{MyersRule, myers}};
/// let found = myers(&[10.0; 100], 0, AgeRange::new(10, Some(89))?, MyersRule::Original)?;
/// assert!(found.index.abs() < 1e-9);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn myers(
    counts: &[f64],
    first: u8,
    ages: AgeRange,
    rule: MyersRule,
) -> Result<DigitPreference, AgeQualityError> {
    let single = SingleAges::within(counts, first, ages)?;
    if single.len() % 10 != 0 || single.len() < 20 {
        return Err(AgeQualityError::Range {
            ages,
            expected: "a whole number of tens of ages, two at least",
        });
    }
    let (last_ten, start) = (single.len() - 10, single.first());
    let mut blended = [0.0; 10];
    for (place, (digit, count)) in single.digits().enumerate() {
        let j = (digit + 10 - start % 10) % 10;
        if place < last_ten || rule == MyersRule::Pasex {
            blended[digit] += (j + 1) as f64 * count;
        }
        if place >= 10 {
            blended[digit] += (9 - j) as f64 * count;
        }
    }
    let total: f64 = blended.iter().sum();
    if total <= 0.0 {
        return Err(AgeQualityError::Nobody { ages });
    }
    Ok(DigitPreference::of(blended.map(|value| value / total), ages))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(counts: &[f64], rule: MyersRule) -> f64 {
        myers(counts, 0, AgeRange::new(10, Some(89)).unwrap(), rule).unwrap().index
    }

    #[test]
    fn one_digit_for_all_is_90_and_a_straight_line_nearly_none() {
        let tens: Vec<f64> = (0..100).map(|age| f64::from(u8::from(age % 10 == 0))).collect();
        let line: Vec<f64> = (0..100).map(|age| 1000.0 - 10.0 * f64::from(age)).collect();
        assert!((index(&tens, MyersRule::Original) - 90.0).abs() < 1e-9);
        assert!((index(&tens, MyersRule::Pasex) - 90.0).abs() < 1e-9);
        assert!(index(&line, MyersRule::Original) < 1e-9, "{}", index(&line, MyersRule::Original));
        assert!(index(&line, MyersRule::Pasex) < 0.5);
    }

    #[test]
    fn ranges_are_of_whole_tens() {
        let of = |first, last| {
            myers(&[1.0; 100], 0, AgeRange::new(first, Some(last)).unwrap(), MyersRule::Original)
        };
        assert!(of(23, 82).is_ok());
        assert!(of(10, 90).is_err() && of(10, 19).is_err() && of(90, 109).is_err());
    }
}
