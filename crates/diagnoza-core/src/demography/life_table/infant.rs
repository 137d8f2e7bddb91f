//! `a(0)`: years lived in the first year of life by those who die in it.
//!
//! # Formula
//! Piecewise linear in `m(0)` or `q(0)`:
//! - Andreev & Kingkade (2015), *Demographic Research* 33, tables 3-1 (`q`) and 3-2 (`m`); also the
//!   Human Mortality Database's protocol since version 6;
//! - Coale & Demeny West, from `q(0)` (United Nations, *Manual X*, table 164); with `m(0)` given,
//!   `q(0)` solves `q = m / (1 + (1 - a(q)) m)`;
//! - the same refitted to `m(0)` (Preston et al. 2001, table 3.3).
//!
//! Both sexes: 1.05 boys to a girl, as in `DemoTools`; of the refitted rule the plain mean, as in
//! `MortCast` and `demography`.

use super::super::Sexes;
use super::InfantRule;
use super::constant_hazard::years_lived;

/// Boys per girl at birth behind the rules of both sexes.
const BOYS_PER_GIRL: f64 = 1.05;

/// Value of a rule for women, men, or both with the sex ratio at birth.
pub(super) fn by_sex(sex: Sexes, women: impl Fn() -> f64, men: impl Fn() -> f64) -> f64 {
    match sex {
        Sexes::Female => women(),
        Sexes::Male => men(),
        Sexes::Both => (BOYS_PER_GIRL * men() + women()) / (1.0 + BOYS_PER_GIRL),
    }
}

/// `a(0)` from the rate; from the probability where one is given.
pub(super) fn separation(rule: InfantRule, sex: Sexes, m0: f64, q0: Option<f64>) -> f64 {
    match rule {
        InfantRule::AndreevKingkade => match q0 {
            Some(q0) => by_sex(
                sex,
                || ak(q0, [0.0170, 0.0658], [0.1490, -2.0867], [0.0438, 4.1075], 0.3141),
                || ak(q0, [0.0226, 0.0785], [0.1493, -2.0367], [0.0244, 3.4994], 0.2991),
            ),
            None => andreev_kingkade(sex, m0),
        },
        InfantRule::CoaleDemeny => {
            by_sex(sex, || west(m0, q0, 0.05, 3.0, 0.35), || west(m0, q0, 0.0425, 2.875, 0.33))
        }
        InfantRule::CoaleDemenyRate => {
            let (constant, slope, high) = match sex {
                Sexes::Female => (0.053, 2.8, 0.35),
                Sexes::Male => (0.045, 2.684, 0.33),
                Sexes::Both => (0.049, 2.742, 0.34),
            };
            if m0 < 0.107 { constant + slope * m0 } else { high }
        }
        InfantRule::Midpoint => 0.5,
        InfantRule::ConstantHazard => years_lived(1.0, m0),
        InfantRule::Given(years) => years,
    }
}

/// Andreev & Kingkade's `a(0)` from the rate.
pub(super) fn andreev_kingkade(sex: Sexes, m0: f64) -> f64 {
    by_sex(
        sex,
        || ak(m0, [0.01724, 0.06891], [0.14903, -2.05527], [0.04667, 3.88089], 0.31411),
        || ak(m0, [0.0230, 0.08307], [0.14929, -1.99545], [0.02832, 3.26021], 0.29915),
    )
}

fn ak(level: f64, breaks: [f64; 2], low: [f64; 2], middle: [f64; 2], high: f64) -> f64 {
    if level < breaks[0] {
        low[0] + low[1] * level
    } else if level < breaks[1] {
        middle[0] + middle[1] * level
    } else {
        high
    }
}

/// Coale & Demeny West; above `q(0) = 0.1` a constant.
fn west(m0: f64, q0: Option<f64>, constant: f64, slope: f64, high: f64) -> f64 {
    let q0 = q0.unwrap_or_else(|| {
        // Smaller root of slope m q^2 - (1 + (1 - constant) m) q + m = 0, written without a
        // difference of near numbers; no root means q beyond 0.1.
        let b = 1.0 + m0 * (1.0 - constant);
        let discriminant = b * b - 4.0 * slope * m0 * m0;
        if discriminant > 0.0 { 2.0 * m0 / (b + discriminant.sqrt()) } else { 1.0 }
    });
    if q0 > 0.1 { high } else { constant + slope * q0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: f64, expected: f64) {
        assert!((got - expected).abs() < 1e-9, "{got} {expected}");
    }

    #[test]
    fn matches_demotools_and_mortality_laws_for_poland_2020_2025() {
        let (f, m) = (0.003_185_74, 0.003_640_85);
        close(separation(InfantRule::AndreevKingkade, Sexes::Female, f, None), 0.142_482_444_150_2);
        close(separation(InfantRule::AndreevKingkade, Sexes::Male, m, None), 0.142_024_865_867_5);
        close(separation(InfantRule::CoaleDemeny, Sexes::Female, f, None), 0.059_528_671_175_642_6);
        close(separation(InfantRule::CoaleDemeny, Sexes::Male, m, None), 0.052_931_474_623_080_1);
        close(separation(InfantRule::CoaleDemenyRate, Sexes::Female, f, None), 0.061_920_072);
        close(separation(InfantRule::CoaleDemenyRate, Sexes::Male, m, None), 0.054_772_041_4);
    }

    #[test]
    fn matches_mortcast_at_the_high_rates_of_the_usa_in_1933() {
        close(separation(InfantRule::AndreevKingkade, Sexes::Female, 0.05418, None), 0.256_936_620_2);
        close(separation(InfantRule::AndreevKingkade, Sexes::Male, 0.06818, None), 0.250_601_117_8);
    }

    #[test]
    fn every_rule_is_within_the_year_at_any_level_and_rates_and_probabilities_agree() {
        let rules = [
            InfantRule::AndreevKingkade,
            InfantRule::CoaleDemeny,
            InfantRule::CoaleDemenyRate,
            InfantRule::Midpoint,
            InfantRule::ConstantHazard,
        ];
        for rule in rules {
            for sex in [Sexes::Female, Sexes::Male, Sexes::Both] {
                for m0 in [0.0, 1e-4, 0.003, 0.02, 0.06, 0.1, 0.2, 0.5, 3.0] {
                    let a = separation(rule, sex, m0, None);
                    assert!(a > 0.0 && a < 1.0, "{rule:?} {sex} {m0} {a}");
                    let q0 = m0 / (1.0 + (1.0 - a) * m0);
                    let from_q = separation(rule, sex, m0, Some(q0));
                    // The two published tables of Andreev & Kingkade were fitted apart; the first form
                    // of Coale & Demeny jumps at q = 0.1.
                    if m0 < 0.1 {
                        assert!((from_q - a).abs() < 0.005, "{rule:?} {sex} {m0}: {a} {from_q}");
                    }
                }
            }
        }
    }
}
