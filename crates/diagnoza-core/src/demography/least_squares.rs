//! Bounded nonlinear least squares: the Levenberg-Marquardt method.
//!
//! # Formula
//! Minimises `sum_i w(i) (f(p)(i) - y(i))^2` over `low <= p <= high`. A step solves
//! `min |J s + r|^2 + mu |D s|^2` through the QR decomposition of `J` and the singular values of
//! its triangle, with `D` the column norms of `J`; parameters that rest on a bound which the
//! gradient pushes against are held, the others are cut at their bounds. The Jacobian is taken
//! by central differences.
//!
//! # Reference
//! Marquardt (1963), *An algorithm for least-squares estimation of nonlinear parameters*;
//! Moré (1978), *The Levenberg-Marquardt algorithm: implementation and theory*.

use nalgebra::{DMatrix, DVector};

/// What is to be fitted, and within which bounds.
pub(super) struct Problem<'a> {
    /// The curve of a set of parameters; values that are not finite make the set unusable.
    pub(super) curve: &'a dyn Fn(&[f64]) -> Vec<f64>,
    /// Values observed.
    pub(super) observed: &'a [f64],
    /// Weights of the squares, one for each observed value.
    pub(super) weights: &'a [f64],
    /// Lower bounds.
    pub(super) low: &'a [f64],
    /// Upper bounds.
    pub(super) high: &'a [f64],
}

/// A minimum found.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Minimum {
    pub(super) parameters: Vec<f64>,
    /// Weighted sum of squares.
    pub(super) squares: f64,
    pub(super) iterations: usize,
    /// Whether no step could lower the sum any more.
    pub(super) converged: bool,
}

/// Iterations every start is given before the best ones go on.
const SCREENING: usize = 30;
/// Starts that go on.
const FINALISTS: usize = 3;
/// Iterations of a finalist.
const ITERATIONS: usize = 500;

/// The lowest minimum reached from several starts; the earlier start wins a tie.
///
/// `None` when the curve is finite at none of them.
pub(super) fn best_of(problem: &Problem<'_>, starts: &[Vec<f64>]) -> Option<Minimum> {
    let mut screened: Vec<Minimum> =
        starts.iter().filter_map(|start| descend(problem, start, SCREENING)).collect();
    // The sort is stable: an earlier start stays before an equal one.
    screened.sort_by(|a, b| a.squares.total_cmp(&b.squares));
    screened
        .iter()
        .take(FINALISTS)
        .filter_map(|found| {
            let more = descend(problem, &found.parameters, ITERATIONS)?;
            Some(Minimum { iterations: found.iterations + more.iterations, ..more })
        })
        .min_by(|a, b| a.squares.total_cmp(&b.squares))
}

/// The minimum reached from one start.
fn descend(problem: &Problem<'_>, start: &[f64], iterations: usize) -> Option<Minimum> {
    let mut parameters: Vec<f64> = cut(problem, start.iter().copied());
    let mut residuals = problem.residuals(&parameters)?;
    let mut squares = residuals.norm_squared();
    let mut damping = 1e-3;
    for iteration in 0..iterations {
        let jacobian = problem.jacobian(&parameters, &residuals);
        let Some(step) = Step::new(problem, &parameters, &jacobian, &residuals) else {
            return Some(Minimum { parameters, squares, iterations: iteration, converged: true });
        };
        let mut lowered = None;
        while damping < 1e14 {
            let candidate = cut(problem, step.damped(damping).iter().zip(&parameters).map(|(s, p)| s + p));
            if let Some(found) = problem.residuals(&candidate)
                && found.norm_squared() < squares
            {
                lowered = Some((candidate, found));
                break;
            }
            damping *= 4.0;
        }
        let Some((candidate, found)) = lowered else {
            return Some(Minimum { parameters, squares, iterations: iteration, converged: true });
        };
        let before = squares;
        squares = found.norm_squared();
        (parameters, residuals) = (candidate, found);
        damping = (damping / 8.0).max(1e-14);
        if before - squares <= 1e-15 * before && damping <= 1e-8 {
            return Some(Minimum { parameters, squares, iterations: iteration + 1, converged: true });
        }
    }
    Some(Minimum { parameters, squares, iterations, converged: false })
}

fn cut(problem: &Problem<'_>, values: impl Iterator<Item = f64>) -> Vec<f64> {
    values.zip(problem.low.iter().zip(problem.high)).map(|(p, (&low, &high))| p.max(low).min(high)).collect()
}

impl Problem<'_> {
    /// Whether one of the parameters at these positions rests on a bound.
    pub(super) fn at_bound(&self, parameters: &[f64], mut positions: impl Iterator<Item = usize>) -> bool {
        positions.any(|j| parameters[j] <= self.low[j] || parameters[j] >= self.high[j])
    }

    /// Weighted residuals, `None` where the curve is not finite.
    fn residuals(&self, parameters: &[f64]) -> Option<DVector<f64>> {
        let fitted = (self.curve)(parameters);
        let residuals =
            fitted.iter().zip(self.observed).zip(self.weights).map(|((f, y), w)| w.sqrt() * (f - y));
        let residuals = DVector::from_iterator(self.observed.len(), residuals);
        residuals.iter().all(|r| r.is_finite()).then_some(residuals)
    }

    /// Central differences; one-sided where one side is outside the bounds or not finite.
    fn jacobian(&self, parameters: &[f64], residuals: &DVector<f64>) -> DMatrix<f64> {
        let mut jacobian = DMatrix::zeros(residuals.len(), parameters.len());
        for (j, &p) in parameters.iter().enumerate() {
            let width = 6e-6 * p.abs().max(1e-4);
            let moved = |to: f64| {
                let mut point = parameters.to_vec();
                point[j] = to.max(self.low[j]).min(self.high[j]);
                (point[j], self.residuals(&point))
            };
            let (above, upper) = moved(p + width);
            let (below, lower) = moved(p - width);
            let (above, upper) = upper.map_or((p, residuals.clone()), |r| (above, r));
            let (below, lower) = lower.map_or((p, residuals.clone()), |r| (below, r));
            if above > below {
                jacobian.set_column(j, &((upper - lower) / (above - below)));
            }
        }
        jacobian
    }
}

/// The decomposition of one iteration, from which steps of any damping follow.
struct Step {
    /// Positions of the parameters that may move.
    free: Vec<usize>,
    scale: DVector<f64>,
    right: DMatrix<f64>,
    singular: DVector<f64>,
    projected: DVector<f64>,
    parameters: usize,
}

impl Step {
    /// `None` when no parameter may move.
    fn new(
        problem: &Problem<'_>,
        parameters: &[f64],
        jacobian: &DMatrix<f64>,
        residuals: &DVector<f64>,
    ) -> Option<Self> {
        let gradient = jacobian.tr_mul(residuals);
        let free: Vec<usize> = (0..parameters.len())
            .filter(|&j| {
                let at_low = parameters[j] <= problem.low[j] && gradient[j] >= 0.0;
                let at_high = parameters[j] >= problem.high[j] && gradient[j] <= 0.0;
                jacobian.column(j).norm() > 0.0 && !at_low && !at_high
            })
            .collect();
        if free.is_empty() {
            return None;
        }
        let scale = DVector::from_iterator(free.len(), free.iter().map(|&j| jacobian.column(j).norm()));
        let scaled = DMatrix::from_fn(residuals.len(), free.len(), |i, j| jacobian[(i, free[j])] / scale[j]);
        let qr = scaled.qr();
        let rotated = qr.q().tr_mul(residuals);
        let svd = qr.r().svd(true, true);
        let projected = svd.u.as_ref()?.tr_mul(&rotated);
        let right = svd.v_t?.transpose();
        Some(Self {
            free,
            scale,
            right,
            singular: svd.singular_values,
            projected,
            parameters: parameters.len(),
        })
    }

    /// The step of a damping, zero for held parameters.
    fn damped(&self, damping: f64) -> DVector<f64> {
        let shrunk = self.singular.zip_map(&self.projected, |s, u| -s * u / (s * s + damping));
        let moved = (&self.right * shrunk).component_div(&self.scale);
        let mut step = DVector::zeros(self.parameters);
        for (&j, &value) in self.free.iter().zip(moved.iter()) {
            step[j] = value;
        }
        step
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(
        curve: &dyn Fn(&[f64]) -> Vec<f64>,
        observed: &[f64],
        bounds: (&[f64], &[f64]),
        start: &[f64],
    ) -> Option<Minimum> {
        let weights = vec![1.0; observed.len()];
        let problem = Problem { curve, observed, weights: &weights, low: bounds.0, high: bounds.1 };
        best_of(&problem, &[start.to_vec()])
    }

    /// NIST StRD, Misra1a (lower difficulty), certified parameters and residual sum of squares.
    #[test]
    fn meets_nist_misra1a() {
        let y = [
            10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78,
        ];
        let x =
            [77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0];
        let curve = |p: &[f64]| x.iter().map(|x| p[0] * (1.0 - (-p[1] * x).exp())).collect();
        let found = fit(&curve, &y, (&[0.0, 0.0], &[1e4, 1.0]), &[500.0, 1e-4]).unwrap();
        assert!((found.parameters[0] / 2.389_421_291_8e2 - 1.0).abs() < 1e-8, "{found:?}");
        assert!((found.parameters[1] / 5.501_564_318_1e-4 - 1.0).abs() < 1e-8, "{found:?}");
        assert!((found.squares - 1.245_513_889_4e-1).abs() < 1e-11 && found.converged, "{found:?}");
    }

    #[test]
    fn a_bound_holds_and_the_rest_is_solved() {
        // y = 2 + 3 x, slope held at 1: the best constant is the mean of y - x.
        let curve = |p: &[f64]| (0..5).map(|x| p[0] + p[1] * f64::from(x)).collect();
        let found =
            fit(&curve, &[2.0, 5.0, 8.0, 11.0, 14.0], (&[-9.0, 0.0], &[99.0, 1.0]), &[0.0, 0.5]).unwrap();
        assert!(
            (found.parameters[1] - 1.0).abs() < 1e-12 && (found.parameters[0] - 6.0).abs() < 1e-9,
            "{found:?}"
        );
    }

    #[test]
    fn a_curve_that_is_never_finite_has_no_minimum() {
        assert_eq!(fit(&|_| vec![f64::NAN; 2], &[1.0, 2.0], (&[0.0], &[1.0]), &[0.5]), None);
    }
}
