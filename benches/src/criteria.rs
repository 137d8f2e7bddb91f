//! Synthetic criteria: made up so that every figure is a short formula of alternative and criterion.
//!
//! The formula stands a second time in `benches/numpy_twin.py`. No figure here describes a real place.

use ndarray::Array2;

/// As many alternatives as Poland has gminas, and criteria.
pub const SHAPE: (usize, usize) = (2_477, 12);

/// Thresholds of indifference and preference of the linear function.
pub const THRESHOLDS: (f64, f64) = (0.0503, 0.2507);

/// Values from 0 to 1; every tenth alternative is a copy of the one before, so that there are exact ties.
#[must_use]
pub fn table((alternatives, criteria): (usize, usize)) -> Array2<f64> {
    Array2::from_shape_fn((alternatives, criteria), |(i, j)| {
        let i = if i % 10 == 9 { i - 1 } else { i };
        ((i * (373 + 58 * j) + 101 * j * j + (i * i) % 89) % 1_009) as f64 / 1_008.0
    })
}
