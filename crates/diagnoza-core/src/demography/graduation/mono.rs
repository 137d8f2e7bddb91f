//! Monotone cubic spline on the cumulated counts.
//!
//! `N(x)` is the number of people younger than `x`, known where groups begin and end; a cubic through these points
//! gives `P(x) = N(x + 1) - N(x)`. The slopes are those of the interpolating cubic spline whose third derivative at
//! each end is that of the cubic through the four outermost points (Forsythe, Malcolm & Moler 1977), then limited so
//! that `N` never falls: `0 <= N'(x) <= 3 min(s-, s+)` with `s` the mean count per age on either side.
//! Reference: Hyman (1983), *Accurate monotonicity preserving cubic interpolation*; as R's
//! `splinefun(method = "hyman")` in `DemoTools::graduate_mono`.

use super::groups::Groups;

pub(super) fn graduate(groups: &Groups) -> Vec<f64> {
    let x: Vec<f64> =
        std::iter::once(groups.first).chain(groups.closed.iter().map(|g| g.until)).map(f64::from).collect();
    let y: Vec<f64> = std::iter::once(0.0)
        .chain(groups.closed.iter().scan(0.0, |sum, group| {
            *sum += group.persons;
            Some(*sum)
        }))
        .collect();
    if groups.closed.is_empty() {
        return Vec::new();
    }
    let slopes = limited(&x, &y, spline_slopes(&x, &y));
    let mut values = Vec::with_capacity(groups.ages() + 1);
    for (i, &group) in groups.closed.iter().enumerate() {
        let width = group.width() as f64;
        let (left, right) = (slopes[i] * width, slopes[i + 1] * width);
        // Of the group's people, those younger than the share t of its width.
        let younger = |t: f64| {
            group.persons * t * t * (3.0 - 2.0 * t)
                + left * t * (1.0 - t) * (1.0 - t)
                + right * t * t * (t - 1.0)
        };
        let mut before = 0.0;
        for age in 1..=group.width() {
            let upto = younger(age as f64 / width);
            // A flat stretch may round to a hair below zero.
            values.push((upto - before).max(0.0));
            before = upto;
        }
    }
    values
}

/// Slopes at the knots of the cubic spline with the end conditions above.
fn spline_slopes(x: &[f64], y: &[f64]) -> Vec<f64> {
    let n = x.len();
    let step: Vec<f64> = x.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let rise: Vec<f64> = y.windows(2).zip(&step).map(|(pair, h)| (pair[1] - pair[0]) / h).collect();
    if n < 3 {
        return vec![rise[0]; n];
    }
    // Sixths of the second derivatives solve a symmetric tridiagonal system with the steps off its diagonal.
    let mut diagonal = vec![-step[0]; n];
    let mut c = vec![0.0; n];
    for i in 1..n - 1 {
        diagonal[i] = 2.0 * (step[i - 1] + step[i]);
        c[i] = rise[i] - rise[i - 1];
    }
    diagonal[n - 1] = -step[n - 2];
    if n > 3 {
        let third =
            |i: usize| (c[i + 1] / (x[i + 2] - x[i]) - c[i] / (x[i + 1] - x[i - 1])) / (x[i + 2] - x[i - 1]);
        (c[0], c[n - 1]) = (third(1) * step[0].powi(2), -third(n - 3) * step[n - 2].powi(2));
    }
    for i in 1..n {
        let factor = step[i - 1] / diagonal[i - 1];
        diagonal[i] -= factor * step[i - 1];
        c[i] -= factor * c[i - 1];
    }
    c[n - 1] /= diagonal[n - 1];
    for i in (0..n - 1).rev() {
        c[i] = (c[i] - step[i] * c[i + 1]) / diagonal[i];
    }
    let mut slopes: Vec<f64> = (0..n - 1).map(|i| rise[i] - step[i] * (c[i + 1] + 2.0 * c[i])).collect();
    slopes.push(rise[n - 2] + step[n - 2] * (c[n - 2] + 2.0 * c[n - 1]));
    slopes
}

/// Slopes within the bounds that keep the curve from falling.
fn limited(x: &[f64], y: &[f64], slopes: Vec<f64>) -> Vec<f64> {
    let mean = |i: usize| (y[i + 1] - y[i]) / (x[i + 1] - x[i]);
    let last = x.len() - 2;
    let most = |i: usize| 3.0 * mean(i.saturating_sub(1)).min(mean(i.min(last)));
    slopes.into_iter().enumerate().map(|(i, slope)| slope.max(0.0).min(most(i))).collect()
}
