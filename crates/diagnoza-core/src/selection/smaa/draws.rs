use chacha20::rand_core::Rng;
use ndarray::{Array2, ArrayView2, Axis};
use serde::{Deserialize, Serialize};

use super::weight_order::WeightOrder;
use crate::selection::normalise::MethodError;
use crate::selection::stream::{stream, uniform};

/// Where weights come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WeightLaw {
    /// Given draw by draw.
    Given,
    /// Uniform on the simplex: all weights of 0 or more that sum to 1 are equally likely.
    Uniform {
        /// Seed of the draws.
        seed: u64,
    },
    /// Uniform on the part of the simplex that keeps an order.
    Ordered {
        /// Seed of the draws.
        seed: u64,
        /// Pairs of criteria of which the first weighs at least as much as the second.
        at_least: Vec<(usize, usize)>,
    },
}

/// Draws of weights, made when asked for: draw d depends on the law and on d alone.
#[derive(Clone, Debug)]
pub struct WeightDraws {
    law: WeightLaw,
    draws: usize,
    criteria: usize,
    from: From,
}

#[derive(Clone, Debug)]
enum From {
    Table(Array2<f64>),
    Seed(u64, Option<WeightOrder>),
}

impl WeightDraws {
    /// Weights as given, draws x criteria; a row that does not sum to 1 (beyond 1e-9) is scaled.
    ///
    /// # Errors
    /// [`MethodError`] names the draw and criterion of a weight below 0, and a draw of zeros.
    pub fn given(weights: ArrayView2<'_, f64>) -> Result<Self, MethodError> {
        let (draws, criteria) = weights.dim();
        check_draws(draws, criteria)?;
        let mut table = weights.to_owned();
        for (draw, mut row) in table.axis_iter_mut(Axis(0)).enumerate() {
            if let Some(criterion) = row.iter().position(|w| !w.is_finite() || *w < 0.0) {
                return Err(MethodError::Draw { draw, criterion, got: row[criterion] });
            }
            let sum: f64 = row.iter().sum();
            if !(sum.is_finite() && sum > 0.0) {
                return Err(MethodError::Draw { draw, criterion: 0, got: row[0] });
            }
            if (sum - 1.0).abs() > 1e-9 {
                row.mapv_inplace(|w| w / sum);
            }
        }
        Ok(Self { law: WeightLaw::Given, draws, criteria, from: From::Table(table) })
    }

    /// Uniform on the simplex of so many criteria.
    ///
    /// # Errors
    /// [`MethodError`] for no criteria or no draws.
    pub fn uniform(criteria: usize, draws: usize, seed: u64) -> Result<Self, MethodError> {
        check_draws(draws, criteria)?;
        Ok(Self { law: WeightLaw::Uniform { seed }, draws, criteria, from: From::Seed(seed, None) })
    }

    /// Uniform on the simplex where the first of each pair weighs at least as much as the second; exact for any
    /// partial order, nothing is rejected.
    ///
    /// # Errors
    /// [`MethodError`] for a circle, an unknown criterion or more than 20 criteria.
    pub fn ordered(
        criteria: usize,
        draws: usize,
        seed: u64,
        at_least: &[(usize, usize)],
    ) -> Result<Self, MethodError> {
        check_draws(draws, criteria)?;
        let order = WeightOrder::new(criteria, at_least)?;
        let law = WeightLaw::Ordered { seed, at_least: at_least.to_vec() };
        Ok(Self { law, draws, criteria, from: From::Seed(seed, Some(order)) })
    }

    /// Where the weights come from.
    #[must_use]
    pub fn law(&self) -> &WeightLaw {
        &self.law
    }

    /// How many draws there are.
    #[must_use]
    pub fn draws(&self) -> usize {
        self.draws
    }

    /// How many weights a draw has.
    #[must_use]
    pub fn criteria(&self) -> usize {
        self.criteria
    }

    /// The weights of draw number `draw`, from 0.
    #[must_use]
    pub fn weights(&self, draw: usize) -> Vec<f64> {
        let mut weights = vec![0.0; self.criteria];
        self.fill(draw, &mut weights);
        weights
    }

    pub(super) fn fill(&self, draw: usize, weights: &mut [f64]) {
        match &self.from {
            From::Table(table) => weights.iter_mut().zip(table.row(draw)).for_each(|(to, w)| *to = *w),
            From::Seed(seed, order) => {
                let mut stream = stream(*seed, *b"smaa weights", draw as u64);
                // Exponential numbers over their sum are uniform on the simplex.
                weights.iter_mut().for_each(|w| *w = -uniform(&mut stream).ln());
                let sum: f64 = weights.iter().sum();
                weights.iter_mut().for_each(|w| *w /= sum);
                if let Some(order) = order {
                    let mut sorted = weights.to_vec();
                    sorted.sort_unstable_by(|a, b| b.total_cmp(a));
                    let places = order.draw(|| stream.next_u64());
                    places.into_iter().zip(sorted).for_each(|(criterion, w)| weights[criterion] = w);
                }
            }
        }
    }
}

fn check_draws(draws: usize, criteria: usize) -> Result<(), MethodError> {
    if criteria == 0 {
        return Err(MethodError::Empty { alternatives: draws, criteria });
    }
    if draws == 0 {
        return Err(MethodError::Setting { name: "the number of draws", got: 0.0, expected: "1 or more" });
    }
    let most = u32::MAX as usize;
    if draws > most {
        return Err(MethodError::TooMany { what: "draws", got: draws, most });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    fn means(draws: &WeightDraws) -> Vec<f64> {
        let mut sums = vec![0.0; draws.criteria()];
        for draw in 0..draws.draws() {
            let weights = draws.weights(draw);
            assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-14 && weights.iter().all(|w| *w >= 0.0));
            sums.iter_mut().zip(weights).for_each(|(sum, w)| *sum += w);
        }
        sums.iter().map(|sum| sum / draws.draws() as f64).collect()
    }

    #[test]
    fn uniform_and_ordered_weights_have_the_means_of_their_laws() {
        for mean in means(&WeightDraws::uniform(4, 20_000, 3).unwrap()) {
            assert!((mean - 0.25).abs() < 0.006, "{mean}");
        }
        // Of a complete order the means are sum_{k >= j} 1 / (m k): (11, 5, 2) / 18 for three criteria.
        let ordered = WeightDraws::ordered(3, 20_000, 3, &[(1, 0), (0, 2)]).unwrap();
        for (mean, expected) in means(&ordered).iter().zip([5.0, 11.0, 2.0]) {
            assert!((mean - expected / 18.0).abs() < 0.005, "{mean} {expected}");
        }
        // One pair: the mean of (11, 5, 2) over the three orders that keep it.
        let pair = WeightDraws::ordered(3, 20_000, 3, &[(0, 1)]).unwrap();
        for (mean, expected) in means(&pair).iter().zip([27.0, 9.0, 18.0]) {
            assert!((mean - expected / 54.0).abs() < 0.006, "{mean} {expected}");
        }
    }

    #[test]
    fn an_order_is_kept_in_every_draw() {
        let pairs = [(4, 1), (1, 0), (3, 0), (2, 5)];
        let draws = WeightDraws::ordered(6, 500, 1, &pairs).unwrap();
        for draw in 0..500 {
            let weights = draws.weights(draw);
            assert!(pairs.iter().all(|&(a, b)| weights[a] >= weights[b]), "{weights:?}");
        }
        assert_eq!(draws.weights(7), draws.clone().weights(7));
    }

    #[test]
    fn given_weights_are_checked_and_scaled() {
        let draws = WeightDraws::given(array![[1.0, 3.0], [0.5, 0.5]].view()).unwrap();
        assert_eq!((draws.weights(0), draws.weights(1)), (vec![0.25, 0.75], vec![0.5, 0.5]));
        let error = WeightDraws::given(array![[1.0, 0.0], [-0.5, 1.5]].view()).unwrap_err();
        assert_eq!(error.to_string(), "draw 1, criterion 0: weight -0.5; expected 0 or more, and not all 0");
        assert!(WeightDraws::given(array![[0.0, 0.0]].view()).is_err());
        assert!(WeightDraws::uniform(0, 10, 0).is_err() && WeightDraws::uniform(2, 0, 0).is_err());
    }
}
