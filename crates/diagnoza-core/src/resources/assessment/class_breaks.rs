use serde::{Deserialize, Serialize};

use super::jenks;
use super::position::quantile;
use super::table::is_statistic;

/// More classes than a reader tells apart on a map.
const MOST_CLASSES: usize = 20;

/// Divides values into the classes of a map, so that equal values are always in one class.
///
/// Class `i` holds the values above limit `i` up to limit `i + 1`, that one included; the first class holds the
/// lowest value too. Values may come in any order and any unit.
///
/// ```
/// use diagnoza_core::resources::assessment::{ClassMethod, class_breaks};
/// let classes = class_breaks(&[1.0, 2.0, 2.0, 9.0, 10.0], 2, ClassMethod::Jenks)?;
/// assert_eq!((classes.limits.as_slice(), classes.counts.as_slice()), ([1.0, 2.0, 10.0].as_slice(), [3, 2].as_slice()));
/// assert_eq!(classes.class_of(9.5), Some(1));
/// # Ok::<(), diagnoza_core::resources::assessment::ClassError>(())
/// ```
///
/// # Errors
/// [`ClassError`] without values, for a number of classes outside 1 to 20, and for a value that is no number.
#[doc(alias = "klasyfikacja")]
pub fn class_breaks(values: &[f64], classes: usize, method: ClassMethod) -> Result<ClassBreaks, ClassError> {
    if !(1..=MOST_CLASSES).contains(&classes) {
        return Err(ClassError::Classes { got: classes });
    }
    if let Some((i, &got)) = values.iter().enumerate().find(|(_, value)| !is_statistic(**value)) {
        return Err(ClassError::Value { place: i + 1, got });
    }
    // + 0.0 makes one zero of both
    let mut sorted: Vec<f64> = values.iter().map(|value| value + 0.0).collect();
    sorted.sort_by(f64::total_cmp);
    let (Some(&lowest), Some(&highest)) = (sorted.first(), sorted.last()) else {
        return Err(ClassError::NoValues);
    };
    let groups = jenks::distinct(&sorted);
    let ends: Vec<f64> = match method {
        ClassMethod::Quantile => {
            let limits = (1..classes).map(|part| quantile(&sorted, part, classes));
            limits.map(|limit| highest_up_to(&groups, limit)).collect()
        }
        ClassMethod::EqualInterval => {
            let step = (highest - lowest) / classes as f64;
            (1..classes).map(|part| lowest + step * part as f64).collect()
        }
        ClassMethod::Jenks => jenks::upper_ends(&groups, classes),
    };
    let mut limits = vec![lowest];
    for end in ends.into_iter().chain([highest]) {
        // an end that comes twice would close a class that no value can be in
        if limits.len() == 1 || limits.last().is_some_and(|&last| end > last) {
            limits.push(end);
        }
    }
    let mut breaks =
        ClassBreaks { method, asked: classes, limits, counts: Vec::new(), distinct: groups.len(), fit: None };
    breaks.counts = vec![0; breaks.limits.len() - 1];
    for &(value, n) in &groups {
        let class = breaks.class_of(value);
        if let Some(count) = class.and_then(|class| breaks.counts.get_mut(class)) {
            *count += n;
        }
    }
    breaks.fit = jenks::fit(&groups, |value| breaks.class_of(value).unwrap_or_default());
    Ok(breaks)
}

/// The highest value not above a limit: a class ends with a value that it holds.
fn highest_up_to(groups: &[(f64, usize)], limit: f64) -> f64 {
    let held = groups.iter().rev().find(|(value, _)| *value <= limit);
    held.or(groups.first()).map_or(limit, |&(value, _)| value)
}

/// How values are divided into classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClassMethod {
    /// As many values in each class as equal values allow: a class ends with the highest value not above a quantile
    /// of type 7.
    #[doc(alias = "kwantyle")]
    Quantile,
    /// Classes of one width from the lowest to the highest value; some may be empty.
    #[doc(alias = "równe przedziały")]
    EqualInterval,
    /// Natural breaks: the least sum of squared distances from the class means (Fisher 1958, Jenks 1977), found
    /// exactly.
    #[doc(alias = "naturalne przerwy")]
    Jenks,
}

/// Classes of values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassBreaks {
    /// How they were made.
    pub method: ClassMethod,
    /// Number of classes asked for; there are fewer if there are fewer distinct values, or quantiles are equal.
    pub asked: usize,
    /// The lowest value and the upper end of every class, rising; the first two are equal if the first class holds
    /// one value only.
    pub limits: Vec<f64>,
    /// Values in every class.
    pub counts: Vec<usize>,
    /// Number of different values.
    pub distinct: usize,
    /// Goodness of variance fit: 1 - squared distances from the class means / from the mean; `None` if all values
    /// are equal.
    pub fit: Option<f64>,
}

/// Why values cannot be divided into classes.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum ClassError {
    /// Nothing to divide.
    #[error("there are no values to divide into classes: leave out what is missing, keep at least one")]
    NoValues,
    /// A number of classes that makes no map.
    #[error("{got} classes are asked for: expected 1 to {MOST_CLASSES}")]
    Classes {
        /// The number asked for.
        got: usize,
    },
    /// A value that is no number, or beyond any statistic.
    #[error("value {place} is {got}: expected a number up to 1e15 in size")]
    Value {
        /// Place among the values, counted from 1.
        place: usize,
        /// The value given.
        got: f64,
    },
}

/// A text that names no [`ClassMethod`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{got}' is no method of classes: expected quantile, equal_interval or jenks")]
pub struct ClassMethodError {
    /// The text given.
    pub got: String,
}

impl ClassMethod {
    /// Every method.
    pub const ALL: [Self; 3] = [Self::Quantile, Self::EqualInterval, Self::Jenks];

    /// The word used in tables and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Quantile => "quantile",
            Self::EqualInterval => "equal_interval",
            Self::Jenks => "jenks",
        }
    }
}

impl std::str::FromStr for ClassMethod {
    type Err = ClassMethodError;

    fn from_str(text: &str) -> Result<Self, ClassMethodError> {
        let found = Self::ALL.into_iter().find(|method| method.word() == text.trim());
        found.ok_or_else(|| ClassMethodError { got: text.to_owned() })
    }
}

impl ClassBreaks {
    /// Class of a value, from 0; `None` outside the limits and for what is no number.
    #[must_use]
    pub fn class_of(&self, value: f64) -> Option<usize> {
        let (&lowest, upper) = self.limits.split_first()?;
        (value >= lowest).then(|| upper.iter().position(|&limit| value <= limit)).flatten()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn limits(values: &[f64], classes: usize, method: ClassMethod) -> Vec<f64> {
        class_breaks(values, classes, method).unwrap().limits
    }

    #[test]
    fn equal_values_are_never_divided() {
        let mostly_none = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 2.0];
        assert_eq!(limits(&mostly_none, 3, ClassMethod::Quantile), [0.0, 0.0, 2.0]);
        assert_eq!(limits(&mostly_none, 2, ClassMethod::Jenks), [0.0, 0.0, 2.0]);
        assert_eq!(limits(&[5.0; 4], 5, ClassMethod::Jenks), [5.0, 5.0]);
        assert_eq!(limits(&[5.0; 4], 5, ClassMethod::EqualInterval), [5.0, 5.0]);
        assert_eq!(limits(&[0.0, -0.0], 2, ClassMethod::Quantile), [0.0, 0.0]);
    }

    #[test]
    fn equal_intervals_keep_empty_classes_and_say_so() {
        let found = class_breaks(&[0.0, 1.0, 10.0], 5, ClassMethod::EqualInterval).unwrap();
        assert_eq!(found.limits, [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
        assert_eq!(found.counts, [2, 0, 0, 0, 1]);
    }

    #[test]
    fn equally_good_divisions_do_not_depend_on_the_unit() {
        // two divisions are equally good: rounding alone told them apart once
        let values = [
            -19.0, 0.0, 10.0, 27.0, 1.0, 3.0, 31.0, 36.0, 0.0, -2.0, 14.0, -27.0, 0.0, -3.0, 33.0, -12.0,
            -6.0, -7.0, -10.0, -33.0, -1.0, 38.0, -20.0, 1.0,
        ];
        let counts = |scale: f64, shift: f64| {
            let moved: Vec<f64> = values.iter().map(|value| value * scale + shift).collect();
            class_breaks(&moved, 7, ClassMethod::Jenks).unwrap().counts
        };
        let plain = counts(1.0, 0.0);
        for (scale, shift) in [(8.0, 16.0), (0.001, 0.0), (1.0, 1e6), (3.3, -7.7)] {
            assert_eq!(counts(scale, shift), plain);
        }
    }

    #[test]
    fn what_cannot_be_divided_is_refused() {
        let fault = |values: &[f64], n| class_breaks(values, n, ClassMethod::Jenks).unwrap_err();
        assert_eq!(fault(&[], 3), ClassError::NoValues);
        assert_eq!(fault(&[1.0], 0), ClassError::Classes { got: 0 });
        assert_eq!(fault(&[1.0], 21), ClassError::Classes { got: 21 });
        assert_eq!(fault(&[1.0, 1e300], 2), ClassError::Value { place: 2, got: 1e300 });
        assert!(fault(&[f64::NAN], 2).to_string().contains("value 1 is NaN"));
        assert!("natural".parse::<ClassMethod>().is_err());
    }

    proptest! {
        #[test]
        fn classes_hold_all_values_in_any_order_and_unit(
            values in prop::collection::vec(-40_i8..40, 1..60),
            classes in 1_usize..8,
            method in prop::sample::select(ClassMethod::ALL.to_vec()),
        ) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let backwards: Vec<f64> = values.iter().rev().copied().collect();
            let eighths: Vec<f64> = values.iter().map(|value| value * 8.0 + 16.0).collect();
            let found = class_breaks(&values, classes, method).unwrap();
            prop_assert_eq!(&found, &class_breaks(&backwards, classes, method).unwrap());
            prop_assert_eq!(found.counts.iter().sum::<usize>(), values.len());
            prop_assert!(found.counts.len() <= classes && found.limits.len() == found.counts.len() + 1);
            if method != ClassMethod::EqualInterval {
                prop_assert!(found.counts.iter().all(|&n| n > 0), "{:?}", found);
            }
            for value in values {
                let class = found.class_of(value).unwrap();
                prop_assert!(value <= found.limits[class + 1] && (class == 0 || value > found.limits[class]));
            }
            prop_assert_eq!(found.counts, class_breaks(&eighths, classes, method).unwrap().counts);
        }
    }
}
