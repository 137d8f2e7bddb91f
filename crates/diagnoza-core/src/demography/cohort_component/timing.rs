use serde::{Deserialize, Serialize};

/// When in the step migrants arrive and leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MigrationTiming {
    /// All at the end of the step: no effect on its births and deaths.
    #[default]
    End,
    /// Evenly: half live through the step, half come at its end (United Nations, Wheldon).
    Even,
    /// All in the middle: they are at risk of dying and giving birth for half of the step.
    Mid,
}
