//! Ranks of scores without sorting them.
//!
//! The span from the best score to the worst is cut into twice as many buckets as there are scores; the scores are
//! laid out bucket by bucket. Whoever lies in a later bucket is worse, so that a rank is the number of
//! scores in earlier buckets and of the higher ones in the own bucket, mostly none. Comparisons are exact: equal
//! scores, and no others, share a rank.

/// From so many scores a bucket is sorted and searched: far outliers push all others into a few buckets.
const MANY: usize = 24;

/// So many places from the begin of a bucket are compared in any case, which is quicker than asking how many
/// there are: what lies behind the bucket is not higher.
const WINDOW: usize = 4;

/// 2^52: a number from 0 to 65,535 added to it stands, rounded, in the last bits.
const WHOLE: f64 = 4_503_599_627_370_496.0;

pub(super) struct RankBuckets {
    /// End of each bucket in `ordered`.
    ends: Vec<u16>,
    bucket_of: Vec<u16>,
    ordered: Vec<f64>,
    crowded: Vec<usize>,
}

impl RankBuckets {
    /// For so many scores, 32,768 at most.
    pub(super) fn new(scores: usize) -> Self {
        Self {
            ends: vec![0; (2 * scores).next_power_of_two()],
            bucket_of: vec![0; scores],
            ordered: vec![f64::NEG_INFINITY; scores + WINDOW],
            crowded: Vec::new(),
        }
    }

    /// Calls `put` with each place in `scores`, all finite, and the number of higher scores.
    pub(super) fn rank(&mut self, scores: &[f64], mut put: impl FnMut(usize, u16)) {
        self.lay_out(scores);
        for (place, (&bucket, &score)) in self.bucket_of.iter().zip(scores).enumerate() {
            let bucket = usize::from(bucket);
            let before = bucket.checked_sub(1).map_or(0, |previous| self.ends[previous]);
            let (begin, end) = (usize::from(before), usize::from(self.ends[bucket]));
            let higher = |part: &[f64]| part.iter().map(|&other| u16::from(other > score)).sum::<u16>();
            let mut rank = before + higher(&self.ordered[begin..begin + WINDOW]);
            if end - begin > MANY {
                rank = before + self.ordered[begin..end].partition_point(|&other| other > score) as u16;
            } else if end - begin > WINDOW {
                rank += higher(&self.ordered[begin + WINDOW..end]);
            }
            put(place, rank);
        }
    }

    fn lay_out(&mut self, scores: &[f64]) {
        let best = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let worst = scores.iter().copied().fold(f64::INFINITY, f64::min);
        let scale = (self.ends.len() - 1) as f64 / (best - worst);
        if scale.is_finite() && scale > 0.0 {
            for (bucket, score) in self.bucket_of.iter_mut().zip(scores) {
                *bucket = ((best - score) * scale + WHOLE).to_bits() as u16;
            }
        } else {
            self.bucket_of.fill(0);
        }
        self.ends.fill(0);
        self.bucket_of.iter().for_each(|&bucket| self.ends[usize::from(bucket)] += 1);
        self.crowded.clear();
        let mut begin = 0;
        for (bucket, count) in self.ends.iter_mut().enumerate() {
            if usize::from(*count) > MANY {
                self.crowded.push(bucket);
            }
            begin += std::mem::replace(count, begin);
        }
        // Each begin moves on with what is laid into the bucket and stops at its end.
        for (&bucket, &score) in self.bucket_of.iter().zip(scores) {
            let next = &mut self.ends[usize::from(bucket)];
            self.ordered[usize::from(*next)] = score;
            *next += 1;
        }
        for &bucket in &self.crowded {
            let begin = bucket.checked_sub(1).map_or(0, |previous| self.ends[previous]);
            let part = &mut self.ordered[usize::from(begin)..usize::from(self.ends[bucket])];
            part.sort_unstable_by(|a, b| b.total_cmp(a));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(scores: &[f64]) {
        let mut buckets = RankBuckets::new(scores.len());
        // Twice: what the first ranking leaves behind must not show in the second.
        for scores in [scores.iter().rev().copied().collect::<Vec<_>>(), scores.to_vec()] {
            buckets.rank(&scores, |place, rank| {
                let expected = scores.iter().filter(|&&other| other > scores[place]).count();
                assert_eq!(usize::from(rank), expected, "{place} of {scores:?}");
            });
        }
    }

    #[test]
    fn ranks_are_the_numbers_of_higher_scores() {
        let ripple = |n: u32| (0..n).map(|i| f64::from(i * 37 % 101)).collect::<Vec<_>>();
        check(&[1.0]);
        check(&[2.0; 70]);
        check(&ripple(300));
        check(&[ripple(60), vec![1e9], ripple(60), vec![-1e12]].concat());
        check(&[0.0, -0.0, 1.0, 0.0]);
        check(&[5e-324, 0.0, 5e-324]);
        check(&[1e308, -1e308, 0.0, 1e308]);
        check(&(0..200_u32).map(|i| 1.0 + f64::from(i % 50) * f64::EPSILON).collect::<Vec<_>>());
        check(&(0..200_u32).map(|i| (-f64::from(i * 7 % 200)).exp()).collect::<Vec<_>>());
    }
}
