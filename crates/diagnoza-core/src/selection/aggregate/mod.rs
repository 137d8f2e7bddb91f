//! From criteria to one order of the alternatives: one method per file, its formula first.
//!
//! A method takes alternatives (rows) x criteria (columns) of finite numbers and gives its scores, more is
//! better, what they are made of, and a [`Ranking`]. Exactly equal scores share a rank. No method knows the names of the alternatives.
//!
//! ```
//! use diagnoza_core::selection::aggregate::topsis;
//! use diagnoza_core::selection::normalise::{Formula, Normalisation, Orientation};
//! use diagnoza_core::selection::weights::Weights;
//! use ndarray::array;
//!
//! let table = array![[7.0, 3.0], [8.0, 1.0], [2.0, 3.0]];
//! let directions = [Orientation::Stimulant, Orientation::Destimulant];
//! let vector = Normalisation::Formula(Formula::N11);
//! let found = topsis(table.view(), &Weights::equal(2)?, &directions, &vector)?;
//! assert_eq!(found.ranking.order, [1, 0, 2]);
//! assert!((found.score[1] - 1.0).abs() < 1e-12, "the second is best in both");
//! # Ok::<(), diagnoza_core::selection::normalise::MethodError>(())
//! ```

mod ranking;

mod lexicographic;

mod weighted_sum;

mod weighted_product;

mod generalised_mean;

mod borda;

mod copeland;

mod hellwig;

mod gdm;

mod topsis;

mod preference;

mod promethee2;

mod electre3;

pub use borda::{Borda, borda};
pub use copeland::{Copeland, copeland};
pub use electre3::{Electre3, ElectreThresholds, electre3, electre3_discordance};
pub use gdm::{Gdm, GdmScale, gdm};
pub use generalised_mean::{GeneralisedMean, generalised_mean};
pub use hellwig::{Hellwig, hellwig};
pub use lexicographic::{Comparison, Lexicographic, lexicographic};
pub use preference::Preference;
pub use promethee2::{Promethee2, promethee2};
pub use ranking::Ranking;
pub use topsis::{Topsis, topsis};
pub use weighted_product::{WeightedProduct, weighted_product};
pub use weighted_sum::{WeightedSum, weighted_sum};

use crate::selection::normalise::MethodError;

/// Alternatives of which an alternatives x alternatives table is still kept in memory.
const MOST_PAIRED: usize = 20_000;

fn check_pairs(alternatives: usize) -> Result<(), MethodError> {
    if alternatives <= MOST_PAIRED {
        return Ok(());
    }
    let what = "alternatives compared pair by pair";
    Err(MethodError::TooMany { what, got: alternatives, most: MOST_PAIRED })
}

#[cfg(test)]
mod tests;
