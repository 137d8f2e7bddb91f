//! Draws from a Poisson distribution by the inverse of its distribution function.
//!
//! The inverse is searched from the mode outwards with the recursion `p(k+1) = p(k) mean / (k+1)`, so
//! that a draw costs about the standard deviation in multiplications; `statrs` gives the function at
//! the mode once for each mean.

use statrs::distribution::{Discrete, DiscreteCDF, Poisson};

/// Below it a count adds nothing to a sum near 1: the end of the search in the tails.
const NEGLIGIBLE: f64 = 1e-18;

/// A Poisson distribution made ready for many draws.
pub(super) struct PoissonDraws {
    mean: f64,
    mode: f64,
    /// Probability of the mode, and of the mode or less.
    at_mode: f64,
    up_to_mode: f64,
}

impl PoissonDraws {
    /// Draws around a mean; 0 draws 0 only.
    pub(super) fn new(mean: f64) -> Self {
        let mode = mean.floor();
        match Poisson::new(mean) {
            Ok(law) => Self { mean, mode, at_mode: law.pmf(mode as u64), up_to_mode: law.cdf(mode as u64) },
            Err(_) => Self { mean: 0.0, mode: 0.0, at_mode: 1.0, up_to_mode: 1.0 },
        }
    }

    /// The smallest count whose distribution function reaches `u`, `0 <= u < 1`.
    pub(super) fn at(&self, u: f64) -> f64 {
        let (mut k, mut p, mut up_to) = (self.mode, self.at_mode, self.up_to_mode);
        if u <= up_to {
            while k > 0.0 && p > NEGLIGIBLE && u <= up_to - p {
                up_to -= p;
                p *= k / self.mean;
                k -= 1.0;
            }
        } else {
            while u > up_to && p > NEGLIGIBLE {
                k += 1.0;
                p *= self.mean / k;
                up_to += p;
            }
        }
        k
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_the_inverse_of_statrs() {
        for mean in [0.3, 1.0, 4.5, 60.0, 1_234.5] {
            let (draws, law) = (PoissonDraws::new(mean), Poisson::new(mean).unwrap());
            for u in [0.001, 0.02, 0.3, 0.5, 0.77, 0.97, 0.9995] {
                let got = draws.at(u);
                assert!((got - law.inverse_cdf(u) as f64).abs() < 0.5, "{mean} {u}: {got}");
            }
        }
    }

    #[test]
    fn nobody_dies_where_nobody_died_and_the_ends_are_finite() {
        assert!(PoissonDraws::new(0.0).at(0.999).abs() < 0.5);
        assert!(PoissonDraws::new(20_000.0).at(0.0) > 10_000.0);
        assert!(PoissonDraws::new(20_000.0).at(1.0 - f64::EPSILON / 2.0) < 30_000.0);
    }
}
