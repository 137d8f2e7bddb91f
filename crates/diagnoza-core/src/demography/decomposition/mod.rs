//! Parts of a difference: a population's change and two projections' difference
//! ([`components_of_change`], [`projection_difference`]), a difference of life expectancies by age
//! ([`arriaga`]), and a difference of crude rates into rates and structure ([`kitagawa`]).

mod arriaga;
mod components_of_change;
mod error;
mod kitagawa;
mod projection_difference;

pub use arriaga::{Arriaga, ArriagaMethod, LifeTableColumns, arriaga};
pub use components_of_change::{ChangeComponents, components_of_change};
pub use error::DecompositionError;
pub use kitagawa::{Kitagawa, Standing, kitagawa, kitagawa_many};
pub use projection_difference::{ProjectionDifference, ProjectionInputs, projection_difference};
