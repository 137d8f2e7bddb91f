//! Natural breaks: classes with the least sum of squared distances from their means.
//!
//! For values x in classes C with means m: minimise the sum over C of the sum over x in C of (x - m)^2.
//! Classes of one-dimensional values are intervals, so the best division of the first j distinct values into c
//! classes follows from the best divisions into c - 1 (Fisher 1958, "On grouping for maximum homogeneity"): exact,
//! not Jenks's iteration. The start of the last class never falls as j grows, so each step halves the range in
//! which it is sought. Equal values are one value with a weight and stay together; of equally good divisions the
//! one whose last classes begin lowest is taken, whatever the unit of the values.

/// Divisions that differ by less than this part of the whole spread are equally good: it is rounding, which a change of
/// unit would turn round.
const NOISE: f64 = 1e-12;

/// Distinct values of a sorted row, each with how often it comes.
pub(super) fn distinct(sorted: &[f64]) -> Vec<(f64, usize)> {
    sorted.chunk_by(|a, b| a.total_cmp(b).is_eq()).map(|equal| (equal[0], equal.len())).collect()
}

/// Highest value of every class but the last; one class per value if there are no more values than classes.
pub(super) fn upper_ends(groups: &[(f64, usize)], classes: usize) -> Vec<f64> {
    let classes = classes.min(groups.len());
    let sums = Sums::new(groups);
    let mut best: Vec<f64> = (0..groups.len()).map(|last| sums.spread(0, last)).collect();
    let noise = best.last().map_or(0.0, |whole| NOISE * whole);
    let mut starts: Vec<Vec<usize>> = Vec::new();
    for class in 1..classes {
        let start = vec![0; best.len()];
        let mut layer = Layer { sums: &sums, class, noise, before: &best, best: best.clone(), start };
        layer.solve(class, groups.len() - 1, class, groups.len() - 1);
        let Layer { best: found, start, .. } = layer;
        best = found;
        starts.push(start);
    }
    let mut ends = Vec::new();
    let mut last = groups.len().saturating_sub(1);
    for start in starts.iter().rev() {
        last = start[last].saturating_sub(1);
        ends.push(groups[last].0);
    }
    ends.reverse();
    ends
}

/// 1 - squared distances from class means / from the mean; `None` if all values are equal.
pub(super) fn fit(groups: &[(f64, usize)], class_of: impl Fn(f64) -> usize) -> Option<f64> {
    if groups.len() < 2 {
        return None;
    }
    let sums = Sums::new(groups);
    let whole = sums.spread(0, groups.len() - 1);
    let mut within = 0.0;
    let mut first = 0;
    for last in 0..groups.len() {
        let ends = groups.get(last + 1).is_none_or(|next| class_of(next.0) != class_of(groups[last].0));
        if ends {
            within += sums.spread(first, last);
            first = last + 1;
        }
    }
    Some(1.0 - within / whole).filter(|fit| fit.is_finite()).map(|fit| fit.clamp(0.0, 1.0))
}

/// Sums from the first group on, of values brought near zero so that their squares neither overflow nor cancel.
struct Sums {
    weight: Vec<f64>,
    sum: Vec<f64>,
    squares: Vec<f64>,
}

impl Sums {
    fn new(groups: &[(f64, usize)]) -> Self {
        let scale =
            groups.iter().fold(0.0_f64, |most, (value, _)| most.max(value.abs())).max(f64::MIN_POSITIVE);
        let n: f64 = groups.iter().map(|&(_, n)| n as f64).sum();
        let mean = groups.iter().map(|&(value, n)| value / scale * n as f64).sum::<f64>() / n;
        let mut sums = Self { weight: vec![0.0], sum: vec![0.0], squares: vec![0.0] };
        let (mut weight, mut sum, mut squares) = (0.0, 0.0, 0.0);
        for &(value, n) in groups {
            let (z, n) = (value / scale - mean, n as f64);
            weight += n;
            sum += n * z;
            squares += n * z * z;
            sums.weight.push(weight);
            sums.sum.push(sum);
            sums.squares.push(squares);
        }
        sums
    }

    /// Squared distances of the groups `first..=last` from their mean.
    fn spread(&self, first: usize, last: usize) -> f64 {
        let between = |sums: &[f64]| sums[last + 1] - sums[first];
        let sum = between(&self.sum);
        (between(&self.squares) - sum * sum / between(&self.weight)).max(0.0)
    }
}

/// The best divisions into `class + 1` classes from those into `class`.
struct Layer<'a> {
    sums: &'a Sums,
    class: usize,
    noise: f64,
    before: &'a [f64],
    best: Vec<f64>,
    start: Vec<usize>,
}

impl Layer<'_> {
    /// For every last group in `from..=to`, where its class starts, known to lie in `low..=high`.
    fn solve(&mut self, from: usize, to: usize, low: usize, high: usize) {
        if from > to {
            return;
        }
        let middle = usize::midpoint(from, to);
        let mut found = (f64::INFINITY, middle);
        for start in low.max(self.class)..=high.min(middle) {
            let spread = self.before[start - 1] + self.sums.spread(start, middle);
            if spread < found.0 - self.noise {
                found = (spread, start);
            }
        }
        (self.best[middle], self.start[middle]) = found;
        if middle > from {
            self.solve(from, middle - 1, low, found.1);
        }
        self.solve(middle + 1, to, found.1, high);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Sum of squared distances from the class means, computed plainly.
    fn within(groups: &[(f64, usize)], ends: &[f64]) -> f64 {
        let mut classes: Vec<Vec<f64>> = vec![Vec::new(); ends.len() + 1];
        for &(value, n) in groups {
            let class = ends.iter().filter(|&&end| value > end).count();
            classes[class].extend(std::iter::repeat_n(value, n));
        }
        let spread = |class: &Vec<f64>| {
            let mean = class.iter().sum::<f64>() / class.len() as f64;
            class.iter().map(|x| (x - mean).powi(2)).sum::<f64>()
        };
        classes.iter().map(spread).sum()
    }

    /// The least of all divisions into `classes` intervals.
    fn least(groups: &[(f64, usize)], classes: usize, from: usize, ends: &mut Vec<f64>) -> f64 {
        if ends.len() + 1 == classes {
            return within(groups, ends);
        }
        let mut found = f64::INFINITY;
        for end in from..groups.len() - 1 {
            ends.push(groups[end].0);
            found = found.min(least(groups, classes, end + 1, ends));
            ends.pop();
        }
        found
    }

    #[test]
    fn the_example_every_textbook_has() {
        let sorted = [4.0, 5.0, 9.0, 10.0];
        assert_eq!(upper_ends(&distinct(&sorted), 2), [5.0]);
        let fit = fit(&distinct(&sorted), |value| usize::from(value > 5.0)).unwrap();
        assert!((fit - 25.0 / 26.0).abs() < 1e-12, "{fit}"); // 1 - 1 / 26
    }

    #[test]
    fn no_more_values_than_classes_are_a_class_each() {
        assert_eq!(upper_ends(&distinct(&[1.0, 2.0, 2.0, 7.0]), 5), [1.0, 2.0]);
        assert_eq!(upper_ends(&distinct(&[3.0, 3.0]), 4), [0.0; 0]);
        assert_eq!(fit(&distinct(&[3.0, 3.0]), |_| 0), None);
    }

    proptest! {
        #[test]
        fn no_division_is_better(
            mut values in prop::collection::vec(-30_i8..30, 1..14),
            classes in 1_usize..6,
        ) {
            values.sort_unstable();
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let groups = distinct(&values);
            let ends = upper_ends(&groups, classes);
            prop_assert_eq!(ends.len() + 1, classes.min(groups.len()));
            let best = least(&groups, classes.min(groups.len()), 0, &mut Vec::new());
            prop_assert!((within(&groups, &ends) - best).abs() <= 1e-9 * best.max(1.0));
        }
    }
}
