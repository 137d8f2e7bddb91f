//! Random numbers that depend on a seed, a purpose and a number alone, never on the order of drawing.

use chacha20::ChaCha12Rng;
use chacha20::rand_core::{Rng, SeedableRng};

/// The stream of one draw: the key holds the seed and the purpose.
pub(super) fn stream(seed: u64, purpose: [u8; 12], draw: u64) -> ChaCha12Rng {
    let mut key = [0; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    key[8..20].copy_from_slice(&purpose);
    let mut stream = ChaCha12Rng::from_seed(key);
    stream.set_stream(draw);
    stream
}

/// A number between 0 and 1, neither of them.
pub(super) fn uniform(stream: &mut ChaCha12Rng) -> f64 {
    ((stream.next_u64() >> 11) as f64 + 0.5) * (-53.0_f64).exp2()
}
