use serde::{Deserialize, Serialize};

use super::{Status, rounded};
use crate::observation::{Source, Year};
use crate::territory::UnitId;

/// Value of an indicator, with the definition and the numbers it was computed from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndicatorValue {
    /// Id of the indicator.
    pub indicator: String,
    /// The unit, if the inputs name it.
    pub unit: Option<UnitId>,
    /// The year, if the inputs name it.
    pub year: Option<Year>,
    /// The value, not rounded.
    pub value: f64,
    /// Decimals of the published figures; `None` where none was seen.
    pub decimals: Option<u8>,
    /// The definition in one line.
    pub formula: String,
    /// How sure the definition is.
    pub status: Status,
    /// Who defined it.
    pub source: String,
    /// The inputs it was computed from.
    pub inputs: Vec<(String, f64)>,
    /// Where the inputs come from, if it was said.
    pub inputs_source: Option<Source>,
}

impl IndicatorValue {
    /// The value as published figures are rounded; `None` where no published figure was seen.
    #[must_use]
    pub fn rounded(&self) -> Option<f64> {
        self.decimals.map(|decimals| rounded(self.value, decimals))
    }
}
