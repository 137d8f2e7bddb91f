//! `e^x` over many numbers at once, with the same bytes on every machine.
//!
//! # Formula
//! `e^x = 2^k e^r`, `k = round(x / ln 2)`, `r = x - k ln 2` in two parts, `|r| <= 0.35`; `e^r` by its series to `r^12`
//! (Horner), off by at most two units in the last place. `x` is kept within -700 to 700. `e^0` is exactly 1.

use multiversion::multiversion;

const LIMIT: f64 = 700.0;
/// 1.5 x 2^52: adding it rounds to a whole number, which the low bits then hold.
const ROUND: f64 = 6_755_399_441_055_744.0;
const LN_2_HIGH: f64 = 0.693_147_180_369_123_8;
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// `e^x`.
#[inline(always)]
pub(super) fn exponential(x: f64) -> f64 {
    let x = if x > LIMIT { LIMIT } else { x };
    let x = if x < -LIMIT { -LIMIT } else { x };
    let shifted = x * std::f64::consts::LOG2_E + ROUND;
    let k = shifted - ROUND;
    let r = (x - k * LN_2_HIGH) - k * LN_2_LOW;
    let mut sum = 1.0 / 479_001_600.0;
    for factorial in
        [39_916_800.0, 3_628_800.0, 362_880.0, 40_320.0, 5_040.0, 720.0, 120.0, 24.0, 6.0, 2.0, 1.0, 1.0]
    {
        sum = sum * r + 1.0 / factorial;
    }
    let power = f64::from_bits(shifted.to_bits().wrapping_add(1023) << 52);
    sum * power
}

/// `factors = e^(loading x index)`.
#[multiversion(targets("x86_64+avx+avx2"))]
#[inline(never)]
pub(super) fn factors(loading: &[f64], index: f64, factors: &mut [f64]) {
    for (factor, loading) in factors.iter_mut().zip(loading) {
        *factor = exponential(loading * index);
    }
}

/// Survival under hazards times `factors x level`: `S' = S e^(-H (factor level - 1))`, `H = -ln S`.
#[multiversion(targets("x86_64+avx+avx2"))]
#[inline(never)]
pub(super) fn survival(ratios: &[f64], hazards: &[f64], factors: &[f64], level: f64, to: &mut [f64]) {
    for (((to, ratio), hazard), factor) in to.iter_mut().zip(ratios).zip(hazards).zip(factors) {
        let changed = ratio * exponential(-hazard * (factor * level - 1.0));
        *to = if changed < 1.0 { changed } else { 1.0 };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_exponential() {
        for step in -70_000..=70_000_i32 {
            let x = f64::from(step) * 0.01 + 0.0007;
            let (got, expected) = (exponential(x), x.exp());
            assert!((got / expected - 1.0).abs() < 1e-15 || x.abs() > LIMIT, "{x}: {got} {expected}");
        }
        assert_eq!(exponential(0.0).to_bits(), 1.0_f64.to_bits());
        assert!(exponential(-1e300) > 0.0 && exponential(1e300).is_finite());
    }

    #[test]
    fn no_change_of_hazards_leaves_the_ratios_as_they_are() {
        let ratios = [0.995, 1.0, 0.3, 0.0, 1e-300];
        let hazards = ratios.map(|s: f64| if s > 0.0 { -s.ln() } else { 0.0 });
        let mut found = [9.0; 5];
        survival(&ratios, &hazards, &[1.0; 5], 1.0, &mut found);
        assert_eq!(found.map(f64::to_bits), ratios.map(f64::to_bits));
        survival(&ratios, &hazards, &[2.0; 5], 1.0, &mut found);
        for (found, ratio) in found.iter().zip(ratios) {
            assert!((found - ratio * ratio).abs() < 1e-15);
        }
        survival(&ratios, &hazards, &[0.0; 5], 1.0, &mut found);
        assert!(found.iter().all(|s| (0.0..=1.0).contains(s)));
    }
}
