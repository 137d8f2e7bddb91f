use super::super::AgeRange;
use super::ages::SingleAges;
use super::{AgeQualityError, DigitPreference};

/// Bachi's index of preference for last digits: Whipple's idea for every digit.
///
/// # Formula
/// For a digit `d` let `s` be the one of the five first ages of the range with `s = d` modulo 5, and `n` the whole tens
/// of ages that fit behind the fifth. `f(d)` is the mean of the shares of the digit in the ages `s ... s + n - 1` and
/// `s + 1 ... s + n`, in which it stands evenly; the index is half the sum of `|f(d) - 10 %|`. The usual range is
/// 23-77, of which each span takes fifty ages.
///
/// # Reference
/// Bachi (1951), *The tendency to round off age returns*; `orig` of `DemoTools::check_heaping_bachi`.
///
/// # Errors
/// [`AgeQualityError`] for a range that is open, not covered or below fifteen ages, and counts that are none.
///
/// ```
/// use diagnoza_core::demography::{AgeRange, age_quality::bachi};
/// let found = bachi(&[10.0; 100], 0, AgeRange::new(23, Some(77))?)?;
/// assert!(found.index.abs() < 1e-9);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn bachi(counts: &[f64], first: u8, ages: AgeRange) -> Result<DigitPreference, AgeQualityError> {
    let single = SingleAges::within(counts, first, ages)?;
    let span = single.len().saturating_sub(5) / 10 * 10;
    if span == 0 {
        return Err(AgeQualityError::Range { ages, expected: "at least fifteen ages" });
    }
    let listed: Vec<(usize, f64)> = single.digits().collect();
    let share = |digit: usize, from: usize| -> Option<f64> {
        let ages = listed.get(from..from + span)?;
        let all: f64 = ages.iter().map(|(_, count)| count).sum();
        let at: f64 = ages.iter().filter(|(d, _)| *d == digit).map(|(_, count)| count).sum();
        (all > 0.0).then(|| at / all)
    };
    let mut shares = [0.0; 10];
    for (digit, mean) in shares.iter_mut().enumerate() {
        let from = (digit % 5 + 5 - single.first() % 5) % 5;
        let both = share(digit, from).zip(share(digit, from + 1)).ok_or(AgeQualityError::Nobody { ages })?;
        *mean = f64::midpoint(both.0, both.1);
    }
    let last = ages.first() + (span + 4) as u8;
    Ok(DigitPreference::of(shares, AgeRange::closed(ages.first(), last)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(counts: &[f64]) -> f64 {
        bachi(counts, 0, AgeRange::new(23, Some(77)).unwrap()).unwrap().index
    }

    /// The examples in the documentation of `DemoTools::check_heaping_bachi`.
    #[test]
    fn one_digit_for_all_is_90_and_a_straight_line_nearly_none() {
        let tens: Vec<f64> = (0..100).map(|age| if age % 10 == 0 { 100.0 } else { 0.0 }).collect();
        assert!((index(&tens) - 90.0).abs() < 1e-9);
        let line: Vec<f64> = (0..100).map(|age| 1000.0 * f64::from(100 - age)).collect();
        assert!(index(&line) < 0.2, "{}", index(&line));
    }

    #[test]
    fn the_ages_used_are_told() {
        let of = |first, last| bachi(&[1.0; 100], 0, AgeRange::new(first, Some(last)).unwrap());
        assert_eq!(of(23, 77).unwrap().ages.to_string(), "23-77");
        assert_eq!(of(23, 82).unwrap().ages.to_string(), "23-77");
        assert!(of(23, 36).is_err());
        assert!(of(23, 37).is_ok());
    }
}
