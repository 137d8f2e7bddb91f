//! Weights of criteria: given, equal, from the data (entropy, CRITIC, standard deviation) or from pairwise
//! comparisons (AHP). All are 0 or more and sum to 1.

mod given;

mod entropy;

mod critic;

mod standard_deviation;

mod ahp;

pub use ahp::{Ahp, ahp, random_index};
pub use critic::{Critic, critic};
pub use entropy::{Entropy, entropy};
pub use given::Weights;
pub use standard_deviation::standard_deviation;
