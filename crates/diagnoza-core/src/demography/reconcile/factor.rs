use serde::{Deserialize, Serialize};

use crate::observation::Sex;

/// A flow that is scaled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Component {
    /// Live births of a sex.
    Births,
    /// Deaths by age at the start of the year.
    Deaths,
    /// Net migration of the areas that gain people of an age.
    NetGains,
    /// Net migration of the areas that lose people of an age.
    NetLosses,
}

impl Component {
    /// All components in the order in which they are adjusted.
    pub const ALL: [Self; 4] = [Self::Births, Self::Deaths, Self::NetGains, Self::NetLosses];

    /// The word used in tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Births => "births",
            Self::Deaths => "deaths",
            Self::NetGains => "net_gains",
            Self::NetLosses => "net_losses",
        }
    }
}

/// What a flow of every area was multiplied by in one year.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Factor {
    /// Step, 0 for the first year after the jump-off.
    pub step: usize,
    /// Sex.
    pub sex: Sex,
    /// Position on the component's age axis: deaths `(A+1)` have those born in the year first, net
    /// migration `(A)` goes by age at the end of the year; births have none.
    pub age: Option<usize>,
    /// The flow.
    pub component: Component,
    /// Factor that would make the areas sum to the upper level; none where the areas have no such flow.
    pub wanted: Option<f64>,
    /// Factor used, `wanted` within the bounds.
    pub factor: f64,
    /// Whether a bound was met.
    pub capped: bool,
    /// Persons of the flow that the factor leaves to be found, upper level less areas: put into net
    /// migration or left unreconciled, as the options say.
    pub left: f64,
}
