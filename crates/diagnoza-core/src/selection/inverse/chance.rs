use serde::{Deserialize, Serialize};

use crate::selection::SetCount;
use crate::selection::prepared::{Prepared, SamePowiat};

/// How likely a published choice would be if the set were drawn at random.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chance {
    /// Sets that fill the quotas.
    pub sets: SetCount,
    /// Sets that meet all conditions, as far as they were counted.
    pub feasible: Option<SetCount>,
    /// Probability that a set drawn from those that fill the quotas is the published one.
    pub same_set: f64,
    /// Probability that it shares exactly k gminas with the published one, k from 0.
    pub shared: Vec<f64>,
    /// Probability that gminas of one stratum lie in one powiat.
    pub same_powiat: Option<SamePowiat>,
}

/// The chance of a published set among the sets that fill the quotas, every one as likely as another.
///
/// # Formula
/// In a stratum of n gminas, q places and p published ones, `P(k) = C(p, k) C(n - p, q - k) / C(n, q)`
/// (hypergeometric); strata are independent, so that their distributions are convolved. Published gminas
/// outside the problem cannot be shared.
#[must_use]
pub fn chance(problem: &Prepared, published: &[usize]) -> Chance {
    let mut shared = vec![1.0];
    let mut same_set = 1.0;
    let mut inside = 0;
    for stratum in problem.strata() {
        let (n, q) = (stratum.members.len(), stratum.quota);
        let p = published.iter().filter(|gmina| stratum.members.binary_search(gmina).is_ok()).count();
        inside += p;
        let of_stratum: Vec<f64> = (0..=q).map(|k| hypergeometric(n, p, q, k)).collect();
        same_set *= if p == q { of_stratum[q] } else { 0.0 };
        let mut convolved = vec![0.0; shared.len() + q];
        for (before, probability) in shared.iter().enumerate() {
            for (more, of_k) in of_stratum.iter().enumerate() {
                convolved[before + more] += probability * of_k;
            }
        }
        shared = convolved;
    }
    if inside < published.len() {
        same_set = 0.0;
    }
    Chance {
        sets: problem.sets_by_quotas(),
        feasible: problem.feasible_sets(),
        same_set,
        shared,
        same_powiat: problem.same_powiat_chance(),
    }
}

/// Probability of k marked things among q drawn from n, p of which are marked.
fn hypergeometric(n: usize, p: usize, q: usize, k: usize) -> f64 {
    if k > p || q - k > n - p {
        return 0.0;
    }
    // A product of quotients near 1 instead of binomials that overflow.
    let choose = |n: usize, k: usize| -> f64 { (1..=k).map(|i| (n - k + i) as f64 / i as f64).product() };
    choose(p, k) * choose(n - p, q - k) / choose(n, q)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::territory::Teryt;

    #[test]
    fn shares_follow_the_hypergeometric_law() {
        let codes: Vec<Teryt> = (1..=9).map(|i| format!("28160{i}3").parse().unwrap()).collect();
        let problem = Prepared::new(codes, &[0, 0, 0, 0, 0, 1, 1, 1, 1], &[2, 1]).unwrap();
        let found = chance(&problem, &[0, 1, 5]);
        // C(5, 2) x C(4, 1) = 40 sets.
        assert_eq!(found.sets.get(), Some(40));
        assert!((found.same_set - 1.0 / 40.0).abs() < 1e-15);
        assert!((found.shared.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        // None shared: 3 of 10 pairs, 3 of 4 singles.
        assert!((found.shared[0] - 0.3 * 0.75).abs() < 1e-12);
        assert!((found.shared[3] - found.same_set).abs() < 1e-15);
        assert_eq!(chance(&problem, &[0, 1, 2]).same_set.to_bits(), 0.0_f64.to_bits());
    }
}
