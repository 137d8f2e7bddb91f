/// Quantile of sorted values at a probability, type 7.
///
/// # Formula
/// `h = (n - 1) p`, `q = x(floor h) + (h - floor h) (x(floor h + 1) - x(floor h))`: linear between order statistics, as
/// R's `quantile` and NumPy by default. `None` without values or for a probability outside 0 to 1.
///
/// # Reference
/// Hyndman, Fan (1996), *The American Statistician* 50: 361-365.
#[must_use]
#[doc(alias = "kwantyl")]
pub fn quantile(sorted: &[f64], probability: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    if !(0.0..=1.0).contains(&probability) {
        return None;
    }
    let place = last as f64 * probability;
    let below = (place.floor() as usize).min(last);
    let (low, high) = (sorted[below], sorted[(below + 1).min(last)]);
    Some(low + (place - below as f64) * (high - low))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_r_type_7() {
        // quantile(c(1, 2, 4, 8), c(0, .1, .5, .9, 1))
        let values = [1.0, 2.0, 4.0, 8.0];
        for (p, expected) in [(0.0, 1.0), (0.1, 1.3), (0.5, 3.0), (0.9, 6.8), (1.0, 8.0)] {
            assert!((quantile(&values, p).unwrap() - expected).abs() < 1e-12, "{p}");
        }
        assert_eq!(quantile(&[7.0], 0.3), Some(7.0));
        assert!(quantile(&[], 0.5).is_none() && quantile(&values, f64::NAN).is_none());
    }
}
