//! Years lived by those who die at a constant hazard.
//!
//! # Formula
//! `q = 1 - exp(-n m)` and so `a = n + 1/m - n/q = n (1/y - 1/(exp(y) - 1))`, `y = n m`. It falls from
//! `n/2` at `m = 0` towards 0.

/// `a` of an age of width `n` at the rate `m`.
pub(super) fn years_lived(n: f64, m: f64) -> f64 {
    let y = n * m;
    if y < 0.1 {
        // The two terms are nearly equal there; the series is exact to 1e-15.
        let y2 = y * y;
        n * (0.5 - y / 12.0 * (1.0 - y2 / 60.0 * (1.0 - y2 / 42.0 * (1.0 - y2 / 40.0))))
    } else {
        n * (1.0 / y - 1.0 / y.exp_m1())
    }
}

/// `q` of an age of width `n` at the rate `m`.
pub(super) fn probability(n: f64, m: f64) -> f64 {
    -(-n * m).exp_m1()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn series_and_closed_form_meet_and_the_identity_holds() {
        let below = years_lived(5.0, 0.02 - 1e-12);
        let above = years_lived(5.0, 0.02);
        assert!((below - above).abs() < 1e-11, "{below} {above}");
        for (n, m) in [(1.0, 0.3), (5.0, 0.5), (4.0, 1e-3), (5.0, 2.0), (5.0, 200.0)] {
            let a = years_lived(n, m);
            assert!(a > 0.0 && a < n / 2.0);
            assert!((n * m / (1.0 + (n - a) * m) - probability(n, m)).abs() < 1e-12, "{n} {m}");
        }
        assert!((years_lived(5.0, 0.0) - 2.5).abs() < 1e-15);
    }

    #[test]
    fn matches_mortality_laws_at_95_to_99() {
        // LifeTable(mx), Poland 2020-25 males: a(95) at m = 0.34743246.
        assert!((years_lived(5.0, 0.347_432_46) - 1.810_154_832_192_68).abs() < 1e-12);
    }
}
