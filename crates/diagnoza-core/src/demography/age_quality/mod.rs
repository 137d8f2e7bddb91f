//! Quality of age data: whether people's ages heap at some last digits.
//!
//! All measures take counts by single years of age and a range of ages to look at; an open last group must not be in
//! the range. In a register of population (PESEL) there is no heaping; in surveys, old censuses and forms filled in by
//! hand there may be.

mod ages;
mod bachi;
mod error;
mod myers;
mod whipple;

pub use bachi::bachi;
pub use error::AgeQualityError;
pub use myers::{MyersRule, myers};
pub use whipple::{Whipple, WhippleClass, whipple};

use serde::{Deserialize, Serialize};

use super::AgeRange;

/// Preference for each last digit of age.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DigitPreference {
    /// Least percentage of people who would have to be given another last digit: 0 without preference, 90 when
    /// everybody's age ends in the same digit. (Some texts print twice this number.)
    pub index: f64,
    /// Percentage of people by last digit 0 to 9; 10 each without preference.
    pub percent: [f64; 10],
    /// Ages that were used.
    pub ages: AgeRange,
}

impl DigitPreference {
    /// From shares that sum to one.
    fn of(shares: [f64; 10], ages: AgeRange) -> Self {
        let percent = shares.map(|share| 100.0 * share);
        let index = percent.iter().map(|value| (value - 10.0).abs()).sum::<f64>() / 2.0;
        Self { index, percent, ages }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Males by single age 0 to 99 of the United States Census Bureau's PAS workbook SINGAGE, the example data
    /// `pop1m_pasex` of `DemoTools`, whose reference pages print the indices below.
    const SINGAGE_MALES: [f64; 100] = [
        80626., 95823., 104315., 115813., 100796., 105086., 97266., 116328., 75984., 89982., 95525., 56973.,
        78767., 65672., 53438., 85014., 47600., 64363., 42195., 42262., 73221., 30080., 34391., 29072.,
        20531., 66171., 24029., 44227., 24128., 23599., 82088., 16454., 22628., 17108., 12531., 57325.,
        17220., 28425., 16206., 17532., 65976., 11593., 15828., 13541., 8133., 44696., 11165., 18543.,
        12614., 12041., 55798., 9324., 10772., 10453., 6773., 28358., 9916., 13348., 8039., 7583., 42470.,
        5288., 5317., 6582., 3361., 17949., 3650., 5873., 3279., 3336., 27368., 1965., 2495., 2319., 1335.,
        12022., 1401., 1668., 1360., 1185., 9167., 424., 568., 462., 282., 6206., 343., 409., 333., 291.,
        4137., 133., 169., 157., 89., 2068., 68., 81., 66., 57.,
    ];

    #[test]
    fn matches_the_reference_pages_of_demotools() {
        let range = |first, last| AgeRange::new(first, Some(last)).unwrap();
        let counts = &SINGAGE_MALES;
        let near = |got: f64, expected: f64| assert!((got - expected).abs() < 1e-5, "{got} {expected}");
        let w = |digits: &[u8], first, last| {
            whipple(counts, 0, digits, range(first, last)).unwrap().index / 100.0
        };
        near(w(&[0, 5], 23, 62), 2.33873);
        near(w(&[0], 23, 62), 2.601_614);
        near(w(&[5], 18, 57), 1.786_339);
        let m = |first, last, rule| myers(counts, 0, range(first, last), rule).unwrap().index;
        near(m(10, 89, MyersRule::Original), 23.62787);
        near(2.0 * m(10, 89, MyersRule::Pasex), 47.46004);
        near(m(23, 82, MyersRule::Original), 29.7444);
        near(bachi(counts, 0, range(23, 77)).unwrap().index, 28.93849);
    }

    #[test]
    fn percentages_sum_to_a_hundred_and_ages_may_start_anywhere() {
        let range = AgeRange::new(23, Some(82)).unwrap();
        let all = myers(&SINGAGE_MALES, 0, range, MyersRule::Original).unwrap();
        assert!((all.percent.iter().sum::<f64>() - 100.0).abs() < 1e-9);
        assert_eq!(myers(&SINGAGE_MALES[20..], 20, range, MyersRule::Original), Ok(all));
    }
}
