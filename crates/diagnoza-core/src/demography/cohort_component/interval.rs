use serde::{Deserialize, Serialize};

/// Width of the age groups, which is also the length of a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Interval {
    /// Single years of age, annual steps.
    #[default]
    One,
    /// Five-year groups 0-4, 5-9, ..., steps of five years.
    Five,
}

impl Interval {
    /// Length in years.
    #[must_use]
    pub const fn years(self) -> f64 {
        match self {
            Self::One => 1.0,
            Self::Five => 5.0,
        }
    }
}
