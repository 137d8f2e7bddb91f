//! Orders that weights have to keep, and a random one of the complete orders that keep them.

use crate::selection::normalise::MethodError;

/// Sets of criteria are counted, so that their number is limited.
const MOST_CRITERIA: usize = 20;

/// A partial order of weights with the number of complete orders in it.
///
/// Weights uniform on the simplex under a partial order are uniform on the simplex under a complete order drawn
/// uniformly from those in it, and that is: uniform weights, sorted. The complete orders are counted over the
/// sets of criteria placed so far, `count(S) = sum of count(S + j)` over the criteria j that may come next.
#[derive(Clone, Debug)]
pub(super) struct WeightOrder {
    /// For each criterion the set of those that weigh at least as much.
    heavier: Vec<u32>,
    /// For each set placed, how many orders the others have.
    orders: Vec<u64>,
}

impl WeightOrder {
    /// Pairs `(a, b)` say that a weighs at least as much as b.
    pub(super) fn new(criteria: usize, at_least: &[(usize, usize)]) -> Result<Self, MethodError> {
        if criteria > MOST_CRITERIA {
            let what = "criteria under an order of weights";
            return Err(MethodError::TooMany { what, got: criteria, most: MOST_CRITERIA });
        }
        let mut heavier = vec![0_u32; criteria];
        for &(a, b) in at_least {
            if let Some(got) = [a, b].into_iter().find(|&got| got >= criteria) {
                return Err(MethodError::NoCriterion { got, criteria });
            }
            heavier[b] |= 1 << a;
        }
        let everything = (1_usize << criteria) - 1;
        let mut orders = vec![0_u64; everything + 1];
        orders[everything] = 1;
        for placed in (0..everything).rev() {
            orders[placed] = next(&heavier, placed).map(|j| orders[placed | 1 << j]).sum();
        }
        let order = Self { heavier, orders };
        if order.orders[0] == 0 {
            return Err(MethodError::Circle { criterion: order.in_a_circle() });
        }
        Ok(order)
    }

    /// A complete order, heaviest first, every one equally likely; `random` gives numbers of 64 random bits.
    pub(super) fn draw(&self, mut random: impl FnMut() -> u64) -> Vec<usize> {
        let mut placed = 0;
        let mut order = Vec::with_capacity(self.heavier.len());
        while order.len() < self.heavier.len() {
            let scaled = u128::from(random()) * u128::from(self.orders[placed]);
            let mut ticket = (scaled >> 64) as u64;
            for j in next(&self.heavier, placed) {
                let orders = self.orders[placed | 1 << j];
                if ticket < orders {
                    order.push(j);
                    placed |= 1 << j;
                    break;
                }
                ticket -= orders;
            }
        }
        order
    }

    /// A criterion that follows from itself: those ahead of it grow until nothing is added.
    fn in_a_circle(&self) -> usize {
        let ahead = |criterion: usize| {
            let mut ahead = self.heavier[criterion];
            for _ in 0..self.heavier.len() {
                let members = (0..self.heavier.len()).filter(|&j| ahead & (1 << j) != 0);
                ahead |= members.fold(0, |all, j| all | self.heavier[j]);
            }
            ahead
        };
        (0..self.heavier.len()).find(|&j| ahead(j) & (1 << j) != 0).unwrap_or_default()
    }
}

/// Criteria that may come next: not placed, and all heavier ones are.
fn next(heavier: &[u32], placed: usize) -> impl Iterator<Item = usize> {
    heavier
        .iter()
        .enumerate()
        .filter(move |&(j, &ahead)| placed & (1 << j) == 0 && ahead as usize & !placed == 0)
        .map(|(j, _)| j)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn complete_orders_are_counted_and_drawn_alike() {
        assert_eq!(WeightOrder::new(12, &[]).unwrap().orders[0], (1..=12).product::<u64>());
        assert_eq!(WeightOrder::new(20, &[]).unwrap().orders[0], (1..=20).product::<u64>());
        assert_eq!(WeightOrder::new(3, &[(0, 1), (1, 2)]).unwrap().orders[0], 1);
        // A "N": 0 before 2, 1 before 2, 1 before 3 has five orders.
        let order = WeightOrder::new(4, &[(0, 2), (1, 2), (1, 3)]).unwrap();
        assert_eq!(order.orders[0], 5);
        let mut state = 1_u64;
        let mut random = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state ^ (state >> 29) << 7
        };
        let mut drawn = BTreeMap::new();
        for _ in 0..5_000 {
            *drawn.entry(order.draw(&mut random)).or_insert(0_u32) += 1;
        }
        assert_eq!(drawn.len(), 5);
        assert!(drawn.values().all(|count| count.abs_diff(1_000) < 150), "{drawn:?}");
    }

    #[test]
    fn circles_and_unknown_criteria_are_refused() {
        let error = WeightOrder::new(4, &[(0, 1), (1, 2), (2, 1)]).unwrap_err();
        assert_eq!(error, MethodError::Circle { criterion: 1 });
        assert_eq!(
            WeightOrder::new(2, &[(0, 2)]).unwrap_err(),
            MethodError::NoCriterion { got: 2, criteria: 2 }
        );
        assert!(matches!(WeightOrder::new(21, &[]), Err(MethodError::TooMany { most: 20, .. })));
    }
}
