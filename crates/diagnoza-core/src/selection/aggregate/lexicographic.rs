use std::cmp::Ordering;

use ndarray::{ArrayView1, ArrayView2};
use serde::{Deserialize, Serialize};

use super::Ranking;
use crate::selection::normalise::{MethodError, Orientation, Ties, Turning, check_length, orient};

/// A value this near to the edge of a band, in widths of the band, stands on it: 0.3 / 0.1 is 2.999... in binary.
const ON_THE_EDGE: f64 = 1e-9;

/// 2^50: numbers of bands up to here are exact, and so is half a band.
const COUNTABLE: f64 = 1_125_899_906_842_624.0;

/// When two alternatives count as equal in a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Comparison {
    /// When the values are equal.
    Strict,
    /// When both lie in the same fixed band `[from + k width, from + (k + 1) width)`. Of a nominant the
    /// distance to the range is banded.
    Bands {
        /// Width of a band, in the unit of the criterion.
        width: f64,
        /// Where a band begins.
        #[serde(default)]
        from: f64,
    },
    /// When both are at most so far behind the leader: the best of those still equal leads a group, the best of
    /// those left behind leads the next.
    LeaderDistance {
        /// Distance in the unit of the criterion.
        within: f64,
    },
    /// The same with the distance as a share of the leader's value: 0.2 for 20 %.
    LeaderShare {
        /// Share of the absolute value of the leader.
        within: f64,
    },
}

/// An order by criteria one after another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lexicographic {
    /// Groups from the best to the last; those in one group are equal in every criterion.
    pub groups: Vec<Vec<usize>>,
    /// The criterion that set an alternative behind the one before it in the order; none for the first and
    /// for equals.
    pub decided_by: Vec<Option<usize>>,
    /// Number of alternatives in groups behind.
    pub score: Vec<f64>,
    /// How each criterion was compared.
    pub comparisons: Vec<Comparison>,
    /// Places by group.
    pub ranking: Ranking,
}

/// Criteria in the order of the columns, each used only among those equal in all before it.
///
/// # Formula
/// i stands before k if in the first criterion in which they are not equal (by its [`Comparison`]) i is
/// better. Strict comparison, bands and the distance to the leader give different orders. Equals in all criteria
/// share a rank. Reference: Fishburn, P. C. (1974) Management Science 20(11); with tolerance Tversky, A. (1969).
///
/// # Errors
/// [`MethodError`] names the criterion whose width or distance is none.
#[doc(alias = "porządek leksykograficzny")]
pub fn lexicographic(
    values: ArrayView2<'_, f64>,
    orientations: &[Orientation],
    comparisons: &[Comparison],
) -> Result<Lexicographic, MethodError> {
    let turned = orient(values, orientations, Turning::Difference)?;
    let (n, m) = turned.dim();
    check_length("comparisons", comparisons.len(), m)?;
    let mut groups = vec![(0..n).collect::<Vec<usize>>()];
    let mut decided_by = vec![None; n];
    for (criterion, &comparison) in comparisons.iter().enumerate() {
        comparison.check(criterion, turned.column(criterion))?;
        // Bands of a destimulant are those of its values, read from the lower end.
        let sign = if matches!(orientations[criterion], Orientation::Stimulant) { 1.0 } else { -1.0 };
        let split = |group: Vec<usize>| {
            let parts = comparison.split(group, turned.column(criterion), sign);
            parts.iter().skip(1).for_each(|part| {
                part.iter().for_each(|&member| decided_by[member] = Some(criterion));
            });
            parts
        };
        groups = groups.into_iter().flat_map(split).collect();
    }
    let mut score = vec![0.0; n];
    let mut behind = n;
    for group in &groups {
        behind -= group.len();
        group.iter().for_each(|&member| score[member] = behind as f64);
    }
    let ranking = Ranking::of(&score, Ties::Competition);
    Ok(Lexicographic { groups, decided_by, score, comparisons: comparisons.to_vec(), ranking })
}

impl Comparison {
    fn check(self, criterion: usize, column: ArrayView1<'_, f64>) -> Result<(), MethodError> {
        let wrong = |name, got, expected| Err(MethodError::Threshold { criterion, name, got, expected });
        match self {
            Self::Bands { width, .. } if !(width.is_finite() && width > 0.0) => {
                wrong("width of a band", width, "a number above 0")
            }
            Self::Bands { from, .. } if !from.is_finite() => {
                wrong("begin of a band", from, "a finite number")
            }
            Self::Bands { width, from }
                if column.iter().any(|x| (x.abs() + from.abs()) / width > COUNTABLE) =>
            {
                wrong("width of a band", width, "a width of which the values hold fewer than 2^50")
            }
            Self::LeaderDistance { within } if !(within.is_finite() && within >= 0.0) => {
                wrong("distance to the leader", within, "0 or more")
            }
            Self::LeaderShare { within } if !(0.0..=1.0).contains(&within) => {
                wrong("share of the leader", within, "0 to 1")
            }
            _ => Ok(()),
        }
    }

    /// The group parted by values of which more is better, the best part first; within a part in the order of
    /// the input.
    fn split(self, group: Vec<usize>, column: ArrayView1<'_, f64>, sign: f64) -> Vec<Vec<usize>> {
        let key = |member: usize| match self {
            Self::Bands { width, from } => sign * band(sign * column[member], width, from),
            _ => column[member],
        };
        let mut members: Vec<(f64, usize)> = group.into_iter().map(|member| (key(member), member)).collect();
        members.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut parts: Vec<Vec<usize>> = Vec::new();
        let mut leader = f64::NAN;
        for (value, member) in members {
            match parts.last_mut() {
                Some(part) if self.equal(leader, value) => part.push(member),
                _ => {
                    parts.push(vec![member]);
                    leader = value;
                }
            }
        }
        parts.iter_mut().for_each(|part| part.sort_unstable());
        parts
    }

    fn equal(self, leader: f64, value: f64) -> bool {
        let reach = match self {
            Self::Strict | Self::Bands { .. } => return leader.total_cmp(&value) == Ordering::Equal,
            Self::LeaderDistance { within } => within,
            Self::LeaderShare { within } => within * leader.abs(),
        };
        leader - value <= reach + 1e-12 * leader.abs().max(value.abs())
    }
}

/// Number of the band of a value.
fn band(value: f64, width: f64, from: f64) -> f64 {
    let place = (value - from) / width;
    let nearest = place.round();
    let number = if (place - nearest).abs() <= ON_THE_EDGE { nearest } else { place.floor() };
    number + 0.0
}

#[cfg(test)]
mod tests {
    use ndarray::{Array2, array};

    use super::*;

    fn groups(values: &Array2<f64>, direction: Orientation, comparisons: &[Comparison]) -> Vec<Vec<usize>> {
        lexicographic(values.view(), &vec![direction; values.ncols()], comparisons).unwrap().groups
    }

    #[test]
    fn bands_begin_where_decimals_say() {
        let values = array![[0.3], [0.29], [0.1], [0.39], [-0.05]];
        let bands = [Comparison::Bands { width: 0.1, from: 0.0 }];
        let stimulant = groups(&values, Orientation::Stimulant, &bands);
        assert_eq!(stimulant, [vec![0, 3], vec![1], vec![2], vec![4]]);
        let destimulant = groups(&values, Orientation::Destimulant, &bands);
        assert_eq!(destimulant, [vec![4], vec![2], vec![1], vec![0, 3]]);
        let nominant = Orientation::Nominant { low: 0.3, high: 0.3 };
        assert_eq!(groups(&values, nominant, &bands), [vec![0, 1, 3], vec![2], vec![4]]);
    }

    #[test]
    fn the_next_leader_is_the_best_of_those_left_behind() {
        let values = array![[100.0, 1.0], [81.0, 2.0], [80.0, 3.0], [79.0, 1.0], [64.0, 1.0], [60.0, 9.0]];
        let leader = [Comparison::LeaderShare { within: 0.2 }, Comparison::Strict];
        let found = groups(&values, Orientation::Stimulant, &leader);
        assert_eq!(found, [vec![2], vec![1], vec![0], vec![3, 4], vec![5]]);
        let distance = [Comparison::LeaderDistance { within: 0.0 }, Comparison::Strict];
        assert_eq!(groups(&values, Orientation::Stimulant, &distance).len(), 6);
    }

    #[test]
    fn tells_which_criterion_decided() {
        let values = array![[1.0, 1.0], [2.0, 1.0], [2.0, 5.0], [2.0, 5.0]];
        let found =
            lexicographic(values.view(), &[Orientation::Stimulant; 2], &[Comparison::Strict; 2]).unwrap();
        assert_eq!(found.groups, [vec![2, 3], vec![1], vec![0]]);
        assert_eq!(found.decided_by, [Some(0), Some(1), None, None]);
        assert_eq!((found.score, found.ranking.rank), (vec![0.0, 1.0, 2.0, 2.0], vec![4.0, 3.0, 1.0, 1.0]));
        let wrong = [Comparison::Bands { width: 0.0, from: 0.0 }, Comparison::Strict];
        let error = lexicographic(values.view(), &[Orientation::Stimulant; 2], &wrong).unwrap_err();
        assert_eq!(error.to_string(), "criterion 0: width of a band is 0; expected a number above 0");
        let narrow = [Comparison::Bands { width: 1e-300, from: 0.0 }, Comparison::Strict];
        let error = lexicographic(values.view(), &[Orientation::Stimulant; 2], &narrow).unwrap_err();
        assert!(error.to_string().contains("fewer than 2^50"), "{error}");
    }
}
