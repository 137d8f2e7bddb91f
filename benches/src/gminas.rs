//! Synthetic gminas for the benches of the choice: every figure a short formula, none of a real place.

use diagnoza_core::selection::prepared::Prepared;
use diagnoza_core::territory::Teryt;

/// Gminas of the three strata, and places.
const STRATA: [(usize, usize); 3] = [(8, 1), (12, 2), (14, 2)];
/// Gminas.
const GMINAS: usize = 34;
/// Sets that fill the places: 8 x C(12, 2) x C(14, 2).
pub const SETS: u64 = 48_048;

/// Income per inhabitant of every gmina.
pub const INCOMES: [f64; GMINAS] = {
    let mut incomes = [0.0; GMINAS];
    let mut i = 0;
    while i < GMINAS {
        incomes[i] = 2_000.0 + ((i * 7_919) % 2_003) as f64;
        i += 1;
    }
    incomes
};

/// Score of every gmina, 0 to 1.
#[must_use]
pub fn scores() -> Vec<f64> {
    (0..GMINAS).map(|i| ((i * 613) % 1_009) as f64 / 1_009.0).collect()
}

/// The strata with their places; four gminas in a powiat.
///
/// # Panics
/// Never: the codes are valid and ascend.
#[must_use]
#[expect(clippy::unwrap_used, reason = "the codes are valid and ascend")]
pub fn problem() -> Prepared {
    let code = |i: usize| format!("28{:02}{:02}3", 1 + i / 4, 1 + i).parse::<Teryt>();
    let codes: Result<Vec<Teryt>, _> = (0..GMINAS).map(code).collect();
    let strata: Vec<usize> =
        STRATA.iter().enumerate().flat_map(|(stratum, &(gminas, _))| vec![stratum; gminas]).collect();
    let quotas = STRATA.map(|(_, places)| places);
    Prepared::new(codes.unwrap(), &strata, &quotas).unwrap()
}
