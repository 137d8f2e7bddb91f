use serde::{Deserialize, Serialize};

use super::errors::{MeasureError, check};

/// How well prediction intervals of one level held what was observed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct IntervalQuality {
    /// Number of intervals.
    pub count: usize,
    /// Level the intervals claim, e.g. 0.8.
    pub level: f64,
    /// Share of observed values inside, ends included.
    pub coverage: f64,
    /// Share of observed values below the interval.
    pub below: f64,
    /// Share of observed values above the interval.
    pub above: f64,
    /// Mean width, in the unit of the figures.
    pub mean_width: f64,
    /// Mean interval score, in the unit of the figures: smaller is better.
    pub mean_score: f64,
}

/// Coverage, width and score of prediction intervals.
///
/// # Formula
/// For an interval `l` to `u` of level `1 - a` and an observed `x`:
///
/// ```text
/// score = (u - l) + 2/a (l - x) if x < l,  + 2/a (x - u) if x > u
/// ```
///
/// A narrow interval is rewarded, a missed value is fined by its distance; the true quantiles are best.
///
/// ```
/// use diagnoza_core::demography::backtest::interval_quality;
/// let found = interval_quality(&[90.0, 90.0], &[110.0, 110.0], &[100.0, 112.0], 0.8)?;
/// assert_eq!((found.coverage, found.mean_score), (0.5, 30.0));
/// # Ok::<(), diagnoza_core::demography::backtest::MeasureError>(())
/// ```
///
/// # Errors
/// [`MeasureError`]: lengths, values that are no numbers, an upper end below the lower, a level outside 0..1.
///
/// # Reference
/// Gneiting, Raftery (2007), *Journal of the American Statistical Association* 102: 359-378.
#[doc(alias = "przedział predykcji")]
pub fn interval_quality(
    lower: &[f64],
    upper: &[f64],
    observed: &[f64],
    level: f64,
) -> Result<IntervalQuality, MeasureError> {
    let count = observed.len();
    for (what, values) in [("lower", lower), ("upper", upper), ("observed", observed)] {
        check(what, values, count)?;
    }
    let alpha = 1.0 - level;
    if !(level > 0.0 && alpha > 0.0) {
        let expected = "a share above 0 and below 1";
        return Err(MeasureError::Value { what: "level", got: level, position: 0, expected });
    }
    if let Some(position) = lower.iter().zip(upper).position(|(lower, upper)| upper < lower) {
        let (what, expected) = ("upper", "no less than the lower end");
        return Err(MeasureError::Value { what, got: upper[position], position, expected });
    }
    let (mut below, mut above, mut width, mut fine) = (0.0, 0.0, 0.0, 0.0);
    for ((l, u), x) in lower.iter().zip(upper).zip(observed) {
        width += u - l;
        if x < l {
            below += 1.0;
            fine += l - x;
        } else if x > u {
            above += 1.0;
            fine += x - u;
        }
    }
    let n = count as f64;
    Ok(IntervalQuality {
        count,
        level,
        coverage: (n - below - above) / n,
        below: below / n,
        above: above / n,
        mean_width: width / n,
        mean_score: (width + 2.0 / alpha * fine) / n,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gneiting_and_raftery_fine_both_sides_by_distance() {
        let found = interval_quality(&[0.0; 3], &[1.0; 3], &[-0.5, 0.0, 1.25], 0.5).unwrap();
        assert!((found.mean_score - (3.0 + 4.0 * 0.75) / 3.0).abs() < 1e-12);
        assert!((found.coverage - 1.0 / 3.0).abs() < 1e-12 && (found.below - found.above).abs() < 1e-12);
    }

    #[test]
    fn hostile_intervals_are_refused() {
        let refused =
            |l: &[f64], u: &[f64], level| interval_quality(l, u, &[1.0], level).unwrap_err().to_string();
        assert!(refused(&[2.0], &[1.0], 0.8).contains("upper is 1 at position 0: expected no less"));
        assert!(refused(&[0.0], &[1.0], 1.0).starts_with("level is 1"));
        assert!(refused(&[0.0], &[1.0], f64::NAN).starts_with("level is NaN"));
        assert!(refused(&[], &[1.0], 0.8).starts_with("lower has 0 values"));
        assert!(refused(&[0.0], &[f64::INFINITY], 0.8).starts_with("upper is inf"));
    }
}
