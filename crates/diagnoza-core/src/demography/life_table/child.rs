//! `a(1)` of ages 1 to 4 by Coale & Demeny West.
//!
//! # Formula
//! Linear in infant mortality, constant above `q(0) = 0.1` (`m(0) = 0.107`): from `q(0)` (the Census
//! Bureau's PAS, `DemoTools`), or refitted to `m(0)` (Preston et al. 2001, table 3.3; `MortCast`).

use super::super::Sexes;
use super::infant::{andreev_kingkade, by_sex};

/// From the rate of age 0.
pub(super) fn from_rate(sex: Sexes, m0: f64) -> f64 {
    let (constant, slope, high) = match sex {
        Sexes::Female => (1.522, 1.518, 1.361),
        Sexes::Male => (1.651, 2.816, 1.352),
        Sexes::Both => (1.5865, 2.167, 1.3565),
    };
    if m0 < 0.107 { constant - slope * m0 } else { high }
}

/// From the probability of age 0; where only the rate is known, the probability is that of
/// Andreev & Kingkade's `a(0)` whatever the rule of age 0, as in `DemoTools`.
pub(super) fn from_probability(sex: Sexes, m0: f64, q0: Option<f64>) -> f64 {
    let west = |one: Sexes, constant: f64, slope: f64, high: f64| {
        let q0 = q0.unwrap_or_else(|| m0 / (1.0 + (1.0 - andreev_kingkade(one, m0)) * m0));
        if q0 > 0.1 { high } else { constant - slope * q0 }
    };
    by_sex(sex, || west(Sexes::Female, 1.524, 1.627, 1.361), || west(Sexes::Male, 1.653, 3.013, 1.352))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_mortcast_and_demotools_for_poland_2020_2025() {
        let close = |got: f64, expected: f64| assert!((got - expected).abs() < 1e-11, "{got} {expected}");
        close(from_rate(Sexes::Female, 0.003_185_74), 1.517_164_046_68);
        close(from_rate(Sexes::Male, 0.003_640_85), 1.640_747_366_4);
        close(from_probability(Sexes::Female, 0.003_185_74, None), 1.518_830_922_051_76);
        close(from_probability(Sexes::Male, 0.003_640_85, None), 1.642_064_279_502_78);
    }
}
