use serde::{Deserialize, Serialize};

use crate::selection::normalise::{Ties, descending_ranks};

/// Places of the alternatives, 1 for the highest score. Scores that are equal to the last bit share a place.
///
/// ```
/// use diagnoza_core::selection::aggregate::Ranking;
/// use diagnoza_core::selection::normalise::Ties;
///
/// let ranking = Ranking::of(&[0.2, 0.7, 0.2], Ties::Competition);
/// assert_eq!((ranking.rank, ranking.order), (vec![2.0, 1.0, 2.0], vec![1, 0, 2]));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ranking {
    /// Rank of each alternative.
    pub rank: Vec<f64>,
    /// The alternatives from the first place to the last; equals in the order of the input.
    pub order: Vec<usize>,
    /// What equal scores share.
    pub ties: Ties,
}

impl Ranking {
    /// Ranks scores of which none is NaN.
    #[must_use]
    pub fn of(scores: &[f64], ties: Ties) -> Self {
        let (rank, order) = descending_ranks(scores, ties);
        Self { rank, order, ties }
    }
}
