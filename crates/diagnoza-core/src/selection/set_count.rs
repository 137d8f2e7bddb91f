use std::fmt;

use serde::{Deserialize, Serialize};

/// An exact number of sets, however large: C(100, 50) is past 2^64, and 2,477
/// tied gminas give hundreds of digits. Written as decimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SetCount {
    digits: String,
}

const BASE: u64 = 1_000_000_000;

impl SetCount {
    /// The product of C(n, k) over the pairs `(n, k)`; `k` above `n` gives 0.
    #[must_use]
    pub fn of_choices(pairs: &[(usize, usize)]) -> Self {
        if pairs.iter().any(|&(n, k)| k > n) {
            return Self { digits: "0".to_owned() };
        }
        let mut limbs = vec![1];
        for &(n, k) in pairs {
            let k = k.min(n - k);
            // After step i the product holds C(n - k + i, i), so each division is exact.
            for i in 1..=k {
                multiply(&mut limbs, (n - k + i) as u64);
                divide(&mut limbs, i as u64);
            }
        }
        let (high, low) = limbs.split_last().map_or((0, [].as_slice()), |(h, l)| (*h, l));
        let tail: String = low.iter().rev().map(|limb| format!("{limb:09}")).collect();
        Self { digits: format!("{high}{tail}") }
    }

    /// The number, if it fits.
    #[must_use]
    pub fn get(&self) -> Option<u64> {
        self.digits.parse().ok()
    }
}

impl From<u64> for SetCount {
    fn from(count: u64) -> Self {
        Self { digits: count.to_string() }
    }
}

impl From<u128> for SetCount {
    fn from(count: u128) -> Self {
        Self { digits: count.to_string() }
    }
}

impl fmt::Display for SetCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.digits)
    }
}

/// Multiplies the little-endian number by a factor below 2^32.
fn multiply(limbs: &mut Vec<u64>, factor: u64) {
    let mut carry = 0;
    for limb in limbs.iter_mut() {
        let product = *limb * factor + carry;
        *limb = product % BASE;
        carry = product / BASE;
    }
    while carry > 0 {
        limbs.push(carry % BASE);
        carry /= BASE;
    }
}

/// Divides the little-endian number by a divisor below 2^32 that divides it.
fn divide(limbs: &mut Vec<u64>, divisor: u64) {
    let mut rest = 0;
    for limb in limbs.iter_mut().rev() {
        let part = rest * BASE + *limb;
        *limb = part / divisor;
        rest = part % divisor;
    }
    while limbs.len() > 1 && limbs.last() == Some(&0) {
        limbs.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binomials_match_known_values() {
        assert_eq!(SetCount::of_choices(&[]).get(), Some(1));
        assert_eq!(SetCount::of_choices(&[(3, 1)]).get(), Some(3));
        // The frame of April 2018: 8 x C(13, 2) x C(12, 2).
        assert_eq!(SetCount::of_choices(&[(8, 1), (13, 2), (12, 2)]).get(), Some(41_184));
        assert_eq!(SetCount::of_choices(&[(2, 3)]).get(), Some(0));
        assert_eq!(SetCount::of_choices(&[(100, 50)]).to_string(), "100891344545564193334812497256");
        assert_eq!(SetCount::of_choices(&[(2477, 1200)]).to_string().len(), 744);
    }
}
