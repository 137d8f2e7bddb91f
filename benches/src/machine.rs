//! The limits of the machine, measured by plain loops so that other figures can be held
//! against them: bytes from memory, and multiply-adds in registers.

/// Reads and writes every value once: `v = v / 2 + 1`.
pub fn read_write_sweep(values: &mut [f64]) {
    for value in values {
        *value = *value * 0.5 + 1.0;
    }
}

/// Reads every value once and adds them up, in sixteen partial sums that do not wait for each other.
#[must_use]
pub fn read_sweep(values: &[f64]) -> f64 {
    let mut sums = [0.0; 16];
    for chunk in values.chunks_exact(sums.len()) {
        for (sum, value) in sums.iter_mut().zip(chunk) {
            *sum += value;
        }
    }
    sums.iter().sum()
}

/// Chains of multiply-adds: enough not to wait for each other, few enough to stay in registers.
pub const CHAINS: usize = 16;

/// So many rounds of `x = x / 2 + 1` in every chain: `2 * CHAINS * rounds` operations, with
/// the instructions this crate is compiled for.
#[must_use]
pub fn multiply_add(start: f64, rounds: usize) -> f64 {
    let mut chains: [f64; CHAINS] = std::array::from_fn(|chain| start + chain as f64);
    for _ in 0..rounds {
        for x in &mut chains {
            *x = *x * 0.5 + 1.0;
        }
    }
    chains.iter().sum()
}
