//! Schmertmann's quadratic spline schedule.
//!
//! # Formula
//! `phi(x) = sum_k theta(k) max(x - t(k), 0)^2` between `alpha` and `beta`, 0 elsewhere, with
//! ```text
//! w    = min(0.75, 0.25 + 0.025 (P - alpha))
//! beta = max(min(50, 4 H - 3 P), (4 H - P) / 3)
//! t    = alpha, alpha + w (P - alpha), P, (P + H) / 2, (H + beta) / 2
//! ```
//! and `theta` such that `phi(P) = 1, phi'(P) = 0, phi(H) = 1/2, phi(beta) = phi'(beta) = 0`.
//! `alpha` age at which fertility starts, `P` of its peak, `H` after it at which half the peak is left.
//!
//! # Reference
//! Schmertmann (2003), *A system of model fertility schedules with graphically intuitive
//! parameters*, Demographic Research 9(5).

use nalgebra::{Matrix5, Vector5};

/// The spline of three index ages, its peak 1.
pub(super) struct Spline {
    knots: [f64; 5],
    theta: Vector5<f64>,
    alpha: f64,
    beta: f64,
}

impl Spline {
    /// `None` unless `alpha < P < H` and the curve is nowhere below zero.
    pub(super) fn new(alpha: f64, peak: f64, half: f64) -> Option<Self> {
        if !(alpha < peak && peak < half) {
            return None;
        }
        let w = f64::min(0.75, 0.25 + 0.025 * (peak - alpha));
        let beta = f64::max(f64::min(50.0, 4.0 * half - 3.0 * peak), (4.0 * half - peak) / 3.0);
        let knots =
            [alpha, alpha + w * (peak - alpha), peak, f64::midpoint(peak, half), f64::midpoint(half, beta)];
        let level = |x: f64| knots.map(|knot| f64::max(x - knot, 0.0).powi(2));
        let slope = |x: f64| knots.map(|knot| 2.0 * f64::max(x - knot, 0.0));
        let rows = [level(peak), slope(peak), level(half), level(beta), slope(beta)];
        let conditions = Matrix5::from_fn(|i, k| rows[i][k]);
        let theta = conditions.lu().solve(&Vector5::new(1.0, 0.0, 0.5, 0.0, 0.0))?;
        let spline = Self { knots, theta, alpha, beta };
        spline.nowhere_negative().then_some(spline)
    }

    /// The curve at an exact age.
    pub(super) fn at(&self, x: f64) -> f64 {
        if x <= self.alpha || x >= self.beta {
            return 0.0;
        }
        self.terms(x, 2).max(0.0)
    }

    /// The area below an exact age.
    pub(super) fn area(&self, x: f64) -> f64 {
        self.terms(x.clamp(self.alpha, self.beta), 3) / 3.0
    }

    fn terms(&self, x: f64, power: i32) -> f64 {
        self.knots
            .iter()
            .zip(self.theta.iter())
            .map(|(t, theta)| theta * f64::max(x - t, 0.0).powi(power))
            .sum()
    }

    /// Looks at the ends and the vertex of every quadratic piece.
    fn nowhere_negative(&self) -> bool {
        let mut curvature = 0.0;
        let mut vertex_slope = 0.0;
        let ends = self.knots.iter().copied().skip(1).chain([self.beta]);
        self.knots.iter().zip(self.theta.iter()).zip(ends).all(|((&knot, theta), end)| {
            curvature += theta;
            vertex_slope += theta * knot;
            // The piece is curvature x^2 - 2 vertex_slope x + ..., its vertex where the slope is 0.
            let vertex = vertex_slope / curvature;
            let inside = vertex > knot && vertex < end;
            [knot, end, if inside { vertex } else { knot }].iter().all(|&x| self.terms(x, 2) >= -1e-9)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meets_the_conditions_of_the_paper() {
        for (alpha, peak, half) in
            [(13.0, 26.0, 35.0), (15.0, 28.0, 34.0), (14.5, 30.0, 36.5), (12.0, 20.0, 24.0)]
        {
            let spline = Spline::new(alpha, peak, half).unwrap();
            assert!((spline.at(peak) - 1.0).abs() < 1e-12);
            assert!((spline.at(half) - 0.5).abs() < 1e-12);
            assert!(spline.terms(spline.beta, 2).abs() < 1e-10);
            assert!((spline.at(peak - 1e-4) - 1.0).abs() < 1e-8 && spline.at(alpha).abs() < 1e-12);
            // The area is that of fine rectangles.
            let steps: f64 = (0..60_000).map(|i| spline.at(f64::from(i) / 1000.0 + 5e-4) / 1000.0).sum();
            assert!((spline.area(99.0) - steps).abs() < 1e-6);
        }
    }

    #[test]
    fn ages_out_of_order_have_no_spline() {
        assert!(Spline::new(26.0, 26.0, 35.0).is_none());
        assert!(Spline::new(13.0, 36.0, 35.0).is_none());
        assert!(Spline::new(f64::NAN, 26.0, 35.0).is_none());
    }
}
