//! Ranks with named ties, and percentiles made of them.
//!
//! # Formula
//! `rank(x)` = 1 + number of smaller values, for the smallest 1; equal values share one rank by [`Ties`].
//! `percentile = (rank - 1) / (n - 1)`, from 0 for the lowest to 1 for the highest of n alternatives.
//! Both depend on the order alone: any increasing change of unit leaves them as they are.

use serde::{Deserialize, Serialize};

/// What rank equal values share. Of four values of which the second and third are equal:
#[doc(alias = "rangi wiązane")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ties {
    /// The best of their places: 1, 2, 2, 4.
    #[default]
    Competition,
    /// The mean of their places: 1, 2.5, 2.5, 4.
    Average,
    /// The last of their places: 1, 3, 3, 4.
    Last,
    /// The next number, none left out: 1, 2, 2, 3.
    Dense,
}

/// Ranks of the values from the first place in the order that `before` makes, and that order (equal values as
/// they stand in the input). No value may be NaN.
fn ranks_by(values: &[f64], ties: Ties, before: impl Fn(&f64, &f64) -> bool) -> (Vec<f64>, Vec<usize>) {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| {
        let (a, b) = (&values[a], &values[b]);
        before(b, a).cmp(&before(a, b))
    });
    let mut rank = vec![0.0; values.len()];
    let equal = order.chunk_by(|&a, &b| !before(&values[a], &values[b]) && !before(&values[b], &values[a]));
    let mut ahead = 0;
    for (class, members) in equal.enumerate() {
        let (first, last) = (ahead + 1, ahead + members.len());
        let shared = match ties {
            Ties::Competition => first as f64,
            Ties::Average => f64::midpoint(first as f64, last as f64),
            Ties::Last => last as f64,
            Ties::Dense => (class + 1) as f64,
        };
        members.iter().for_each(|&member| rank[member] = shared);
        ahead = last;
    }
    (rank, order)
}

/// Ranks from the smallest value, 1, to the largest.
pub(crate) fn ascending_ranks(values: &[f64], ties: Ties) -> Vec<f64> {
    ranks_by(values, ties, |a, b| a < b).0
}

/// Ranks from the largest value, 1, to the smallest, and the order of the places.
pub(crate) fn descending_ranks(values: &[f64], ties: Ties) -> (Vec<f64>, Vec<usize>) {
    ranks_by(values, ties, |a, b| a > b)
}

/// Percentiles of more than one value.
pub(super) fn percentiles(values: &[f64], ties: Ties) -> Vec<f64> {
    let last = (values.len() - 1) as f64;
    let mut rank = ascending_ranks(values, ties);
    if ties == Ties::Dense {
        // With none left out the highest has the rank of the number of classes.
        let classes = rank.iter().fold(1.0_f64, |most, &rank| most.max(rank));
        rank.iter_mut()
            .for_each(|rank| *rank = if classes > 1.0 { (*rank - 1.0) / (classes - 1.0) } else { 0.0 });
        return rank;
    }
    rank.iter_mut().for_each(|rank| *rank = (*rank - 1.0) / last);
    rank
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_share_ranks_by_the_rule() {
        let values = [5.0, 7.0, 5.0, 1.0];
        let ranks = |ties| descending_ranks(&values, ties).0;
        assert_eq!(ranks(Ties::Competition), [2.0, 1.0, 2.0, 4.0]);
        assert_eq!(ranks(Ties::Average), [2.5, 1.0, 2.5, 4.0]);
        assert_eq!(ranks(Ties::Last), [3.0, 1.0, 3.0, 4.0]);
        assert_eq!(ranks(Ties::Dense), [2.0, 1.0, 2.0, 3.0]);
        assert_eq!(ascending_ranks(&values, Ties::Average), [2.5, 4.0, 2.5, 1.0]);
        assert_eq!(descending_ranks(&values, Ties::Dense).1, [1, 0, 2, 3]);
        assert_eq!(descending_ranks(&[0.0, -0.0], Ties::Competition).0, [1.0, 1.0]);
    }

    #[test]
    fn percentiles_run_from_zero_to_one() {
        assert_eq!(percentiles(&[5.0, 7.0, 5.0, 1.0, 9.0], Ties::Average), [0.375, 0.75, 0.375, 0.0, 1.0]);
        assert_eq!(percentiles(&[5.0, 7.0, 5.0, 1.0, 9.0], Ties::Competition), [0.25, 0.75, 0.25, 0.0, 1.0]);
        assert_eq!(percentiles(&[1.0, 2.0, 2.0, 3.0], Ties::Dense), [0.0, 0.5, 0.5, 1.0]);
        assert_eq!(percentiles(&[2.0, 2.0], Ties::Average), [0.5, 0.5]);
    }
}
