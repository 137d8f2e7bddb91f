use serde::{Deserialize, Serialize};

use crate::observation::{Status, Year};

/// A unit's value of one indicator in one year, and its place among its peers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// Id of the indicator in the catalogue.
    pub indicator: String,
    /// The year, at 31 XII.
    pub year: Year,
    /// The value; `None` when published counts cannot give it.
    pub value: Option<f64>,
    /// Why there is no value.
    pub note: Option<String>,
    /// Units compared, this one included; `None` without peers.
    pub n: Option<usize>,
    /// 1 is the highest value; ties share the best rank.
    pub rank: Option<usize>,
    /// Median of the peers.
    pub median: Option<f64>,
    /// How the value is known.
    pub status: Status,
}
