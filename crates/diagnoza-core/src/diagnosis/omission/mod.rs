//! Cost of omission (`karta kosztów zaniechania`): what a need costs when nothing is done, beside what it costs with
//! an intervention.
//!
//! ```text
//! e(t)       = effect from year start + delay on, 0 before      share of persons who have left the need
//! without(t) = n(t) c
//! with(t)    = n(t) (1 - e(t)) c + n(t) k(t) + F(t) - n(t) e(t) (b + s)
//! v(t)       = 1 / (1 + r)^(t - start)
//! net present value = sum over t of v(t) (without(t) - with(t))
//! ```
//!
//! | symbol | what | unit |
//! | --- | --- | --- |
//! | n | persons in need whom the intervention reaches | persons |
//! | c | costs of the need | zł per person and year |
//! | k | costs of the intervention in its years, 0 after | zł per person and year |
//! | F | costs of starting it, in the first year | zł |
//! | b, s | benefits and savings of a person who has left the need | zł per person and year |
//! | r | discount rate | per year, real |
//!
//! All amounts are in prices of one year, so the discount rate is a real one. The net present value is the cost of
//! omission where it is above 0. The formula is the library's own and not an official one: no act or handbook sets
//! one. Every figure is the user's, with its source.

mod card;
mod card_check;
mod cost;
mod error;
mod sensitivity;

pub use card::{Amount, CARD_TOML, CardFormat, CheckedCard, Item, OmissionCard};
pub use cost::{OmissionCost, OmissionYear, omission_cost};
pub use error::{CardFault, OmissionError};
pub use sensitivity::{Bar, Sensitivity, sensitivity};
