//! The root of a monotone function of one variable.

/// `x` between `low` and `high` with `f(x) = 0`; `None` when `f` has the same sign, or is not a
/// number, at both ends.
///
/// Regula falsi (Illinois), every third step a bisection so that the interval shrinks whatever
/// the curve. Stops when `|f|` is at most `tolerance` or the interval cannot shrink.
pub(super) fn find(f: impl Fn(f64) -> f64, low: f64, high: f64, tolerance: f64) -> Option<f64> {
    let (mut a, mut b) = (low, high);
    let (mut fa, mut fb) = (f(a), f(b));
    if fa.is_nan() || fb.is_nan() || fa.signum() == fb.signum() {
        return None;
    }
    let mut x = b;
    for iteration in 0..200 {
        let secant = (a * fb - b * fa) / (fb - fa);
        let inside = secant > a.min(b) && secant < a.max(b);
        x = if inside && iteration % 3 != 2 { secant } else { f64::midpoint(a, b) };
        let fx = f(x);
        if fx.abs() <= tolerance || (b - a).abs() <= f64::EPSILON {
            break;
        }
        if fx.signum() == fb.signum() {
            fa /= 2.0;
        } else {
            (a, fa) = (b, fb);
        }
        (b, fb) = (x, fx);
    }
    Some(x)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn steep_flat_and_infinite_ends_are_solved() {
        assert!((find(|x| x.powi(3) - 8.0, -1e3, 1e3, 1e-12).unwrap() - 2.0).abs() < 1e-9);
        assert!((find(|x| x.exp() - 1.0, -50.0, 700.0, 1e-12).unwrap()).abs() < 1e-9);
        let one_sided = |x: f64| if x > 3.0 { f64::INFINITY } else { x - 1.0 };
        assert!((find(one_sided, -9.0, 9.0, 1e-12).unwrap() - 1.0).abs() < 1e-9);
        assert_eq!(find(|x| x + 20.0, -9.0, 9.0, 1e-12), None);
    }
}
