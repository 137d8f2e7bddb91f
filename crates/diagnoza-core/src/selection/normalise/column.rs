//! Statistics of one criterion. Sums run over the sorted values, so that they do not depend, not even in
//! the last bit, on the order in which the alternatives stand.

/// R's constant for the median absolute deviation, 1 / quantile 0.75 of the normal distribution in four digits.
const MAD_FACTOR: f64 = 1.4826;

/// The values of one criterion, sorted; never empty.
pub(crate) struct SortedColumn(Vec<f64>);

impl SortedColumn {
    pub(crate) fn new(values: impl Iterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = values.map(|x| x + 0.0).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        Self(sorted)
    }

    pub(crate) fn values(&self) -> &[f64] {
        &self.0
    }

    fn len(&self) -> f64 {
        self.0.len() as f64
    }

    pub(crate) fn min(&self) -> f64 {
        self.0.first().copied().unwrap_or_default()
    }

    pub(crate) fn max(&self) -> f64 {
        self.0.last().copied().unwrap_or_default()
    }

    pub(crate) fn range(&self) -> f64 {
        self.max() - self.min()
    }

    /// Whether all values are equal.
    pub(crate) fn is_constant(&self) -> bool {
        self.max() <= self.min()
    }

    pub(crate) fn sum(&self) -> f64 {
        self.0.iter().sum()
    }

    /// The mean; of a constant exactly that constant.
    pub(crate) fn mean(&self) -> f64 {
        if self.is_constant() { self.min() } else { self.sum() / self.len() }
    }

    pub(crate) fn median(&self) -> f64 {
        median(&self.0)
    }

    /// Median absolute deviation from the median, times 1.4826 as in R's `mad`.
    pub(crate) fn mad(&self) -> f64 {
        let centre = self.median();
        let mut deviations: Vec<f64> = self.0.iter().map(|x| (x - centre).abs()).collect();
        deviations.sort_unstable_by(f64::total_cmp);
        MAD_FACTOR * median(&deviations)
    }

    /// Sum of squared deviations from `centre`.
    pub(crate) fn squares_about(&self, centre: f64) -> f64 {
        self.0.iter().map(|x| (x - centre) * (x - centre)).sum()
    }

    pub(crate) fn largest_deviation(&self, centre: f64) -> f64 {
        (self.max() - centre).max(centre - self.min())
    }

    /// Standard deviation with divisor `n - ddof`; 0 where nothing is left to divide by.
    pub(crate) fn standard_deviation(&self, ddof: u8) -> f64 {
        let divisor = self.len() - f64::from(ddof);
        if divisor > 0.0 { (self.squares_about(self.mean()) / divisor).sqrt() } else { 0.0 }
    }
}

fn median(sorted: &[f64]) -> f64 {
    let half = sorted.len() / 2;
    match (sorted.len() % 2, half.checked_sub(1).and_then(|below| sorted.get(below)), sorted.get(half)) {
        (0, Some(&below), Some(&above)) => f64::midpoint(below, above),
        (_, _, Some(&middle)) => middle,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statistics_of_a_small_column() {
        let column = SortedColumn::new([4.0, 1.0, 3.0, 2.0, 10.0].into_iter());
        assert_eq!((column.min(), column.max(), column.median(), column.mean()), (1.0, 10.0, 3.0, 4.0));
        assert!((column.mad() - 1.4826).abs() < 1e-15);
        assert!((column.standard_deviation(1) - 12.5_f64.sqrt()).abs() < 1e-15);
        assert!((column.standard_deviation(0) - 10.0_f64.sqrt()).abs() < 1e-15);
        let constant = SortedColumn::new([0.1; 3].into_iter());
        assert!(constant.is_constant() && constant.standard_deviation(1) <= 0.0);
        let (pair, one) =
            (SortedColumn::new([7.0, 5.0].into_iter()), SortedColumn::new(std::iter::once(3.0)));
        assert_eq!((pair.median(), one.median(), one.standard_deviation(1)), (6.0, 3.0, 0.0));
    }
}
