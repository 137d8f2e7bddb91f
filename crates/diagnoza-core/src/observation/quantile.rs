/// Quantile of ascending values, linear between neighbours; none of no values or for a share outside 0 to 1.
///
/// # Formula
/// `x[h] + (h - floor h)(x[floor h + 1] - x[floor h])` with `h = share (n - 1)` counted from 0: type 7 of
/// Hyndman, R. J., Fan, Y. (1996) The American Statistician 50(4), the default of R and NumPy.
#[must_use]
#[doc(alias = "kwantyl")]
pub fn quantile(ascending: &[f64], share: f64) -> Option<f64> {
    let last = ascending.len().checked_sub(1)?;
    let place = Some(share).filter(|share| (0.0..=1.0).contains(share))? * last as f64;
    let (low, high) = (ascending.get(place.floor() as usize)?, ascending.get(place.ceil() as usize)?);
    Some(low + (high - low) * (place - place.floor()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_those_of_r() {
        // R: quantile(c(1, 2, 4, 8), c(0, 0.25, 0.4, 0.75, 1), type = 7).
        let found = [0.0, 0.25, 0.4, 0.75, 1.0].map(|share| quantile(&[1.0, 2.0, 4.0, 8.0], share).unwrap());
        for (found, expected) in found.iter().zip([1.0, 1.75, 2.4, 5.0, 8.0]) {
            assert!((found - expected).abs() < 1e-12, "{found} {expected}");
        }
        assert_eq!(quantile(&[7.0], 0.3), Some(7.0));
        for (values, share) in [(&[][..], 0.5), (&[1.0], -0.1), (&[1.0], f64::NAN)] {
            assert_eq!(quantile(values, share), None);
        }
    }
}
