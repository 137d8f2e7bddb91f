//! Fertility: age-specific rates and their sums, age schedules observed and modelled, paths of the
//! total fertility rate.
//!
//! Rates are births per woman and year at an age, schedules are shares of the total fertility
//! rate by age that add to 1: `f(x) = TFR share(x) / width(x)`.

mod ages;
mod density;
mod error;
mod fit;
mod path;
mod rates;
mod schedule;
mod schmertmann;

pub use ages::ChildbearingAges;
pub use density::FertilityModel;
pub use error::FertilityError;
pub use fit::{FertilityFamily, FittedFertility, fit_fertility};
pub use path::{Convergence, TfrPath};
pub use rates::{
    asfr, births, gross_reproduction, mean_age_at_birth, net_reproduction, total_fertility, woman_years,
};
pub use schedule::{Evaluation, FertilitySchedule, MeanAgeShift, ScheduleOrigin};
