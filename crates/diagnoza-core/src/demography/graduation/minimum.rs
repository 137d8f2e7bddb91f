//! The minimum of a function of one variable by golden section and parabolas.

/// `x` between `a` and `b` at which `f` is least, to about `tolerance`; a local minimum where there are several.
///
/// Reference: Brent (1973), *Algorithms for Minimization without Derivatives*, chapter 5; the steps are those of R's
/// `optimize`, so that the same one of several minima is found.
pub(super) fn find(f: impl Fn(f64) -> f64, mut a: f64, mut b: f64, tolerance: f64) -> f64 {
    let golden = (3.0 - 5.0_f64.sqrt()) / 2.0;
    let precision = f64::EPSILON.sqrt();
    let mut best = a + golden * (b - a);
    let mut f_best = f(best);
    let (mut second, mut f_second) = (best, f_best);
    let (mut third, mut f_third) = (best, f_best);
    let (mut step, mut before) = (0.0_f64, 0.0_f64);
    for _ in 0..500 {
        let middle = f64::midpoint(a, b);
        let least = precision * best.abs() + tolerance / 3.0;
        if (best - middle).abs() <= 2.0 * least - (b - a) / 2.0 {
            break;
        }
        // A parabola through the three best points, if its step is inside and shorter than half the last but one.
        let r = (best - second) * (f_best - f_third);
        let q = (best - third) * (f_best - f_second);
        let (p, q) = ((best - third) * q - (best - second) * r, 2.0 * (q - r));
        let (p, q) = if q > 0.0 { (-p, q) } else { (p, -q) };
        let fits = before.abs() > least
            && p.abs() < (q * before / 2.0).abs()
            && p > q * (a - best)
            && p < q * (b - best);
        if fits {
            before = step;
            step = p / q;
            let at = best + step;
            if at - a < 2.0 * least || b - at < 2.0 * least {
                step = if best < middle { least } else { -least };
            }
        } else {
            before = if best < middle { b - best } else { a - best };
            step = golden * before;
        }
        let at = best + if step.abs() >= least { step } else { least.copysign(step) };
        let f_at = f(at);
        if f_at <= f_best {
            if at < best {
                b = best
            } else {
                a = best
            }
            (third, f_third) = (second, f_second);
            (second, f_second) = (best, f_best);
            (best, f_best) = (at, f_at);
        } else {
            if at < best {
                a = at
            } else {
                b = at
            }
            let same = |x: f64, y: f64| (x - y).abs() <= 0.0;
            if f_at <= f_second || same(second, best) {
                (third, f_third) = (second, f_second);
                (second, f_second) = (at, f_at);
            } else if f_at <= f_third || same(third, best) || same(third, second) {
                (third, f_third) = (at, f_at);
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn matches_the_example_of_r_optimize() {
        // optimize(function(x) (x - 1/3)^2, c(0, 1))$minimum is 0.3333333.
        assert!((find(|x| (x - 1.0 / 3.0).powi(2), 0.0, 1.0, 1e-5) - 1.0 / 3.0).abs() < 1e-7);
        assert!((find(|x| x.exp() - 2.0 * x, -3.0, 9.0, 1e-8) - 2.0_f64.ln()).abs() < 1e-6);
        assert!(find(|x| x, 2.0, 3.0, 1e-6) < 2.0 + 1e-5);
    }
}
