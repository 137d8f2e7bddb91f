use ndarray::{Array2, ArrayView2};
use serde::{Deserialize, Serialize};

use super::rank_buckets::RankBuckets;
use super::{WeightDraws, WeightLaw, by_criterion, scores};
use crate::progress::{Progress, tell};
use crate::selection::normalise::MethodError;

/// Draws whose ranks are kept before they are counted: their table stays in the cache, and of the table of
/// counts one row at a time is touched.
const BLOCK: usize = 128;

/// Which places the alternatives take when the weights are drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Smaa {
    /// In how many draws the alternative (row) had the rank (column, rank 1 first).
    pub counts: Array2<u32>,
    /// Mean weights of the draws in which the alternative was first; none if it never was.
    pub central_weights: Vec<Option<Vec<f64>>>,
    /// Number of draws.
    pub draws: usize,
    /// Where the weights come from.
    pub law: WeightLaw,
}

impl Smaa {
    /// In how many draws the alternative had the rank, 1 for the best; 0 for a rank that does not exist.
    #[must_use]
    pub fn count(&self, alternative: usize, rank: usize) -> u32 {
        let column = rank.checked_sub(1).and_then(|column| self.counts.get((alternative, column)));
        column.copied().unwrap_or_default()
    }

    /// Share of draws in which the alternative had the rank.
    #[must_use]
    pub fn acceptability(&self, alternative: usize, rank: usize) -> f64 {
        f64::from(self.count(alternative, rank)) / self.draws as f64
    }

    /// Monte Carlo standard error of the acceptability, `sqrt(b (1 - b) / N)`.
    #[must_use]
    pub fn standard_error(&self, alternative: usize, rank: usize) -> f64 {
        let share = self.acceptability(alternative, rank);
        (share * (1.0 - share) / self.draws as f64).sqrt()
    }

    /// All shares, alternatives x ranks.
    #[must_use]
    pub fn rank_acceptability(&self) -> Array2<f64> {
        self.counts.mapv(|count| f64::from(count) / self.draws as f64)
    }

    /// Mean rank of each alternative over the draws.
    #[must_use]
    pub fn mean_rank(&self) -> Vec<f64> {
        let sum = |row: ndarray::ArrayView1<'_, u32>| -> f64 {
            row.iter().zip(1_u32..).map(|(&count, rank)| f64::from(count) * f64::from(rank)).sum()
        };
        self.counts.rows().into_iter().map(|row| sum(row) / self.draws as f64).collect()
    }
}

/// Rank acceptabilities and central weights; see the formula of the module.
///
/// Memory: alternatives x ranks counts of 4 bytes and a block of 128 draws.
///
/// # Errors
/// [`MethodError`] names what does not fit, or is `Interrupted`.
pub fn smaa(
    values: ArrayView2<'_, f64>,
    draws: &WeightDraws,
    progress: &Progress<'_>,
) -> Result<Smaa, MethodError> {
    let columns = by_criterion(values, draws)?;
    let (m, n) = columns.dim();
    let mut counts = Array2::<u32>::zeros((n, n));
    let mut first = vec![0_u32; n];
    let mut central = Array2::<f64>::zeros((n, m));
    let mut weights = vec![0.0; m];
    let mut score = vec![0.0; n];
    let mut buckets = RankBuckets::new(n);
    let mut ranks = vec![0_u16; n * BLOCK];
    for begin in (0..draws.draws()).step_by(BLOCK) {
        tell(progress, begin, draws.draws())?;
        let block = BLOCK.min(draws.draws() - begin);
        for place in 0..block {
            draws.fill(begin + place, &mut weights);
            scores(&columns, &weights, &mut score);
            buckets.rank(&score, |alternative, higher| {
                ranks[alternative * BLOCK + place] = higher;
                if higher == 0 {
                    first[alternative] += 1;
                    central.row_mut(alternative).iter_mut().zip(&weights).for_each(|(sum, w)| *sum += w);
                }
            });
        }
        for (mut row, ranks) in counts.rows_mut().into_iter().zip(ranks.chunks(BLOCK)) {
            ranks.iter().take(block).for_each(|&rank| row[usize::from(rank)] += 1);
        }
    }
    let mean = |(sums, &times): (ndarray::ArrayView1<'_, f64>, &u32)| {
        (times > 0).then(|| sums.iter().map(|sum| sum / f64::from(times)).collect())
    };
    let central_weights = central.rows().into_iter().zip(&first).map(mean).collect();
    Ok(Smaa { counts, central_weights, draws: draws.draws(), law: draws.law().clone() })
}

#[cfg(test)]
mod tests {
    use ndarray::array;
    use proptest::prelude::*;

    use super::*;
    use crate::progress::unwatched;

    #[test]
    fn exact_ties_share_the_best_place() {
        let values = array![[1.0, 1.0], [2.0, 2.0], [2.0, 2.0], [0.0, 0.0]];
        let draws = WeightDraws::uniform(2, 300, 1).unwrap();
        let found = smaa(values.view(), &draws, &unwatched).unwrap();
        let ranks = |alternative| (1..=4).map(|rank| found.count(alternative, rank)).collect::<Vec<_>>();
        assert_eq!(ranks(1), [300, 0, 0, 0]);
        assert_eq!((ranks(1), ranks(0), ranks(3)), (ranks(2), vec![0, 0, 300, 0], vec![0, 0, 0, 300]));
        assert_eq!(found.central_weights[1], found.central_weights[2]);
        assert_eq!(found.central_weights[0], None);
        assert_eq!(found.mean_rank(), [3.0, 1.0, 1.0, 4.0]);
    }

    proptest! {
        #[test]
        fn ranks_are_those_counted_pair_by_pair(cells in prop::collection::vec(-3..4_i32, 2..40), seed in 0..9_u64) {
            let values = Array2::from_shape_fn((cells.len() / 2, 2), |(i, j)| f64::from(cells[2 * i + j]));
            let draws = WeightDraws::uniform(2, 150, seed).unwrap();
            let found = smaa(values.view(), &draws, &unwatched).unwrap();
            let n = values.nrows();
            let mut counts = Array2::<u32>::zeros((n, n));
            for draw in 0..150 {
                let w = draws.weights(draw);
                let score = |i: usize| 0.0 + w[0] * values[(i, 0)] + w[1] * values[(i, 1)];
                for i in 0..n {
                    counts[(i, (0..n).filter(|&k| score(k) > score(i)).count())] += 1;
                }
            }
            prop_assert_eq!(&found.counts, &counts);
            prop_assert!(found.counts.rows().into_iter().all(|row| row.sum() == 150));
        }
    }
}
