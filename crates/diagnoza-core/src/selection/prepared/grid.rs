use super::{Prepared, PreparedError};

impl Prepared {
    /// Scores as whole numbers: `round(score x 2^k)` with the largest k for which no sum of places
    /// overflows. Doubles that differ in more than the last bits of the largest stay apart, equal
    /// ones stay equal, and sums do not depend on their order.
    pub(super) fn on_grid(&self, scores: &[f64]) -> Result<Vec<i64>, PreparedError> {
        if scores.len() != self.gminas.len() {
            let (got, expected) = (scores.len(), self.gminas.len());
            return Err(PreparedError::Length { what: "scores", got, expected });
        }
        let bad = self.gminas.iter().zip(scores).find(|(_, score)| !score.is_finite());
        if let Some((&code, &got)) = bad {
            return Err(PreparedError::NotANumber { code, what: "score", got });
        }
        let largest = scores.iter().fold(0.0_f64, |most, score| most.max(score.abs()));
        if largest <= 0.0 {
            return Ok(vec![0; scores.len()]);
        }
        let bits =
            (largest.log2().floor() as i32 + 1) + (usize::BITS - self.places().max(1).leading_zeros()) as i32;
        let shift = 61 - bits;
        // Two steps, so that a factor beyond 2^1023 does not overflow on the way.
        let (half, rest) = (shift / 2, shift - shift / 2);
        let scale = |score: f64| (score * 2.0_f64.powi(half) * 2.0_f64.powi(rest)).round() as i64;
        Ok(scores.iter().map(|&score| scale(score)).collect())
    }
}
