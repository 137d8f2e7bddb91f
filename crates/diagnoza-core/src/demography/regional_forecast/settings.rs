use serde::{Deserialize, Serialize};

use crate::observation::Year;

/// The choices of a forecast from observed data, each recorded in its result.
///
/// The defaults are those of the shipped forecast of voivodeship 28; the decision record says how they were chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ForecastSettings {
    /// First year of national mortality that Lee-Carter is fitted to.
    pub mortality_from: Year,
    /// Years left out of mortality: an epidemic is neither level nor trend.
    pub excluded_years: Vec<Year>,
    /// How mortality goes on from its level.
    pub mortality_trend: MortalityTrend,
    /// Mortality starts from the mean `ln m(x)` of so many last years.
    pub jump_off_years: usize,
    /// Net migration by age is the mean of so many last years.
    pub profile_years: usize,
    /// Net migration at all ages together is the mean of so many last years.
    pub migration_years: usize,
    /// Fertility stays at the mean of so many last years.
    pub fertility_years: usize,
}

/// How mortality goes on from its level at the jump-off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MortalityTrend {
    /// By the drift of a Lee-Carter model of the country, by sex.
    #[default]
    LeeCarter,
    /// It stays.
    None,
}

impl Default for ForecastSettings {
    fn default() -> Self {
        Self {
            mortality_from: Year::constant(1958),
            excluded_years: (2020..=2022).map(Year::constant).collect(),
            mortality_trend: MortalityTrend::LeeCarter,
            jump_off_years: 3,
            profile_years: 5,
            migration_years: 10,
            fertility_years: 2,
        }
    }
}

impl ForecastSettings {
    /// Constant rates: everything stays as in the last year before the jump-off.
    ///
    /// The naive forecast that a model has to beat.
    #[must_use]
    pub fn last_year() -> Self {
        Self {
            excluded_years: Vec::new(),
            mortality_trend: MortalityTrend::None,
            jump_off_years: 1,
            profile_years: 1,
            migration_years: 1,
            fertility_years: 1,
            ..Self::default()
        }
    }
}
