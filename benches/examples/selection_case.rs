//! Net flows of PROMETHEE II and mean ranks of SMAA from Rust, with the weights drawn, for `numpy_twin.py` to compare.
//!
//! First line the net flows, second the mean ranks, then a line of weights for each draw.

use std::error::Error;
use std::io::Write;

use diagnoza_benches::criteria::{THRESHOLDS, table};
use diagnoza_core::progress::unwatched;
use diagnoza_core::selection::aggregate::{Preference, promethee2};
use diagnoza_core::selection::normalise::Orientation;
use diagnoza_core::selection::smaa::{WeightDraws, smaa};
use diagnoza_core::selection::weights::Weights;

fn main() -> Result<(), Box<dyn Error>> {
    let (n, m, count) = (300, 12, 200);
    let values = table((n, m));
    let (q, p) = THRESHOLDS;
    let stimulants = vec![Orientation::Stimulant; m];
    let flows =
        promethee2(values.view(), &Weights::equal(m)?, &stimulants, &vec![Preference::Linear { q, p }; m])?;
    let draws = WeightDraws::uniform(m, count, 1)?;
    let ranks = smaa(values.view(), &draws, &unwatched)?.mean_rank();
    let mut out = std::io::stdout().lock();
    let mut line = |numbers: &[f64]| {
        let words: Vec<String> = numbers.iter().map(f64::to_string).collect();
        writeln!(out, "{}", words.join(","))
    };
    line(&flows.score)?;
    line(&ranks)?;
    (0..count).try_for_each(|draw| line(&draws.weights(draw)))?;
    Ok(())
}
