//! B-splines on equal intervals by differences of truncated powers.

use nalgebra::DMatrix;

/// The basis at `points` equally spaced abscissae: `intervals + degree` splines on `intervals` equal intervals that
/// reach one hundredth of the range beyond both ends.
///
/// # Formula
/// `B = (-1)^(d+1) D^(d+1) (x - t)_+^d / (d! h^d)` with knots `t` a distance `h` apart.
/// Reference: Eilers & Marx (2010), *Splines, knots, and penalties*.
pub(super) fn basis(points: usize, intervals: usize, degree: usize) -> DMatrix<f64> {
    let range = points as f64 - 1.0;
    let left = -0.01 * range;
    let step = 1.02 * range / intervals as f64;
    let power = i32::try_from(degree).unwrap_or(i32::MAX);
    let binomials = alternating_binomials(degree + 1);
    let factorial: f64 = (1..=degree).map(|k| k as f64).product();
    DMatrix::from_fn(points, intervals + degree, |point, spline| {
        let truncated = |knot: usize| {
            let at = left + step * (knot as f64 - degree as f64);
            let above = (point as f64 - at) / step;
            if above > 0.0 { above.powi(power) } else { 0.0 }
        };
        let sum: f64 = binomials.iter().enumerate().map(|(k, sign)| sign * truncated(spline + k)).sum();
        sum / factorial
    })
}

/// `D'D` for differences of an order between `n` coefficients.
pub(super) fn difference_penalty(n: usize, order: usize) -> DMatrix<f64> {
    let binomials = alternating_binomials(order);
    let rows = n.saturating_sub(order);
    let differences = DMatrix::from_fn(rows, n, |row, column| {
        column.checked_sub(row).and_then(|k| binomials.get(k)).copied().unwrap_or(0.0)
    });
    differences.tr_mul(&differences)
}

/// `(-1)^k C(n, k)`: the weights of an n-th difference.
fn alternating_binomials(n: usize) -> Vec<f64> {
    let mut row = vec![1.0];
    for k in 0..n {
        row.push(-row[k] * (n - k) as f64 / (k + 1) as f64);
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splines_sum_to_one_and_are_never_negative() {
        let basis = basis(102, 51, 3);
        assert_eq!(basis.shape(), (102, 54));
        for row in basis.row_iter() {
            assert!((row.sum() - 1.0).abs() < 1e-9 && row.min() > -1e-9);
        }
    }

    #[test]
    fn straight_lines_are_not_penalised_by_second_differences() {
        let line = nalgebra::DVector::from_fn(9, |i, _| 3.0 - 2.0 * i as f64);
        assert!((difference_penalty(9, 2) * line).norm() < 1e-12);
        assert!((alternating_binomials(3)[1] + 3.0).abs() < 1e-12);
    }
}
