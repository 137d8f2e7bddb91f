use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::{Criterion, CriterionUsed, Direction, Nominal};

/// The value of a criterion for one gmina, with the raw numbers it comes from.
///
/// # Formula
/// `value = numerator` for a count, `value = factor x numerator / denominator` for a rate.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// The number in the table.
    pub numerator: f64,
    /// What it is divided by, for a rate.
    pub denominator: Option<f64>,
    /// The value compared.
    pub value: f64,
}

impl Measured {
    pub(super) fn new(criterion: &Criterion, numerator: f64, denominator: Option<f64>) -> Self {
        let factor = criterion.denominator.as_ref().map_or(1.0, |d| d.factor);
        Self { numerator, denominator, value: denominator.map_or(numerator, |d| factor * numerator / d) }
    }

    /// A value without numbers of its own. As a rate it stands over 1, so that it compares exactly with
    /// the rates of others.
    pub(super) fn imputed(criterion: &Criterion, value: f64) -> Self {
        match &criterion.denominator {
            Some(d) => Self { numerator: value / d.factor, denominator: Some(1.0), value },
            None => Self { numerator: value, denominator: None, value },
        }
    }

    /// Order of the values, exact: two rates are compared by cross-multiplication
    /// without rounding, so that 1/3 and 2/6 are equal and nothing else is.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        match (self.denominator, other.denominator) {
            (Some(d), Some(other_d)) => {
                let (left, left_rest) = product(self.numerator, other_d);
                let (right, right_rest) = product(other.numerator, d);
                left.total_cmp(&right).then(left_rest.total_cmp(&right_rest))
            }
            _ => self.numerator.total_cmp(&other.numerator),
        }
    }
}

/// The product rounded and what the rounding left out; their sum is exact.
fn product(a: f64, b: f64) -> (f64, f64) {
    let rounded = a * b;
    // + 0.0 makes a rest of -0 equal to one of 0.
    (rounded + 0.0, a.mul_add(b, -rounded) + 0.0)
}

impl CriterionUsed {
    /// `Less` when `a` stands before `b` in this criterion.
    pub(super) fn prefers(&self, a: &Measured, b: &Measured) -> Ordering {
        match self.direction {
            Direction::Stimulant => b.order(a),
            Direction::Destimulant => a.order(b),
            Direction::Nominant => off(self.nominal, a.value).total_cmp(&off(self.nominal, b.value)),
        }
    }
}

/// How far a value lies outside the nominal range; 0 within.
pub(super) fn off_nominal(criterion: &Criterion, value: f64) -> f64 {
    off(criterion.nominal, value)
}

fn off(nominal: Option<Nominal>, value: f64) -> f64 {
    nominal.map_or(0.0, |nominal| {
        let bounds = nominal.bounds();
        (bounds.from - value).max(value - bounds.to).max(0.0)
    })
}

/// `Less` when `a` stands before `b`: more of a stimulant, less of a destimulant, nearer of a nominant.
pub(super) fn preference(criterion: &Criterion, a: &Measured, b: &Measured) -> Ordering {
    match criterion.direction {
        Direction::Stimulant => b.order(a),
        Direction::Destimulant => a.order(b),
        Direction::Nominant => off_nominal(criterion, a.value).total_cmp(&off_nominal(criterion, b.value)),
    }
}

/// The tier of every value, from 0 for the best; equal values share one.
pub(super) fn tiers(criterion: &Criterion, values: &[Measured]) -> Vec<i64> {
    by_order(values.len(), |a, b| preference(criterion, &values[a], &values[b]))
}

/// Numbers from 0 in an order; equal ones share one.
fn by_order(n: usize, order: impl Fn(usize, usize) -> Ordering) -> Vec<i64> {
    let mut sorted: Vec<usize> = (0..n).collect();
    sorted.sort_by(|&a, &b| order(a, b));
    let mut tiers = vec![0; n];
    let mut tier = 0;
    for pair in sorted.windows(2) {
        if let [a, b] = *pair {
            tier += i64::from(order(a, b) != Ordering::Equal);
            tiers[b] = tier;
        }
    }
    tiers
}

#[cfg(test)]
mod tests {
    use super::super::example::criterion;
    use super::*;

    fn rate(numerator: f64, denominator: f64) -> Measured {
        Measured { numerator, denominator: Some(denominator), value: numerator / denominator }
    }

    #[test]
    fn equal_fractions_are_equal_and_no_others() {
        assert_eq!(rate(1.0, 3.0).order(&rate(2.0, 6.0)), Ordering::Equal);
        assert_eq!(rate(-0.0, 3.0).order(&rate(0.0, 6.0)), Ordering::Equal);
        // Both quotients round to the same double; the fractions differ.
        let (a, b) = (rate(134_217_729.0, 134_217_728.0), rate(134_217_730.0, 134_217_729.0));
        assert_eq!(a.order(&b), Ordering::Greater);
        let big = 9_007_199_254_740_991.0;
        let (a, b) = (rate(big - 1.0, big), rate(big - 2.0, big - 1.0));
        assert_eq!(a.order(&b), Ordering::Greater);
        assert_eq!(a.value.total_cmp(&b.value), Ordering::Equal);
    }

    #[test]
    fn equal_values_share_a_tier() {
        let values: Vec<Measured> =
            [120.0, 118.0, 100.0, 120.0, 95.0].map(|x| Measured::imputed(&criterion("x"), x)).to_vec();
        let tiers_of = |direction, nominal| {
            let nominal = Some(Nominal::Value(nominal));
            tiers(&Criterion { nominal, direction, ..criterion("x") }, &values)
        };
        assert_eq!(tiers_of(Direction::Stimulant, 0.0), [0, 1, 2, 0, 3]);
        assert_eq!(tiers_of(Direction::Destimulant, 0.0), [3, 2, 1, 3, 0]);
        assert_eq!(tiers_of(Direction::Nominant, 119.0), [0, 0, 1, 0, 2]);
    }
}
