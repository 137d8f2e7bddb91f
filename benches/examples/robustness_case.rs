//! Selection acceptability from Rust, with the weights drawn, for `numpy_robustness.py` to compare.
//!
//! First line the shares of the gminas, then a line of weights for each draw.

use std::error::Error;
use std::io::Write;
use std::num::NonZeroUsize;

use diagnoza_benches::pilot::{CRITERIA, study};
use diagnoza_core::progress::unwatched;
use diagnoza_core::selection::robustness::acceptability;
use diagnoza_core::selection::smaa::WeightDraws;

fn main() -> Result<(), Box<dyn Error>> {
    let draws = WeightDraws::uniform(CRITERIA, 300, 1)?;
    let found = acceptability(&study(), &draws, NonZeroUsize::MIN, &unwatched)?;
    let mut out = std::io::stdout().lock();
    let mut line = |numbers: Vec<f64>| {
        let words: Vec<String> = numbers.iter().map(f64::to_string).collect();
        writeln!(out, "{}", words.join(","))
    };
    line(found.gminas.iter().map(|gmina| gmina.chosen).collect())?;
    (0..draws.draws()).try_for_each(|draw| line(draws.weights(draw)))?;
    Ok(())
}
