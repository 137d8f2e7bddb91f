//! Mortality of an area against the country's: Brass's relational logit model on its deaths by age.

use ndarray::{Array1, Array2, ArrayView1, Axis, s};
use serde::{Deserialize, Serialize};

use super::migration::group_of;
use super::{Country, Observed, RegionalForecastError};
use crate::demography::mortality::StandardLifeTable;
use crate::demography::root;
use crate::observation::{Sex, Year};

/// How an area's survivors differ from the country's: `Y(x) = level + slope Y_country(x)`, `Y` logits of survivorship.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    /// Higher is higher mortality at all ages; 0 is the country's.
    pub level: f64,
    /// Above 1 mortality rises faster with age than the country's; 1 is the country's.
    pub slope: f64,
}
