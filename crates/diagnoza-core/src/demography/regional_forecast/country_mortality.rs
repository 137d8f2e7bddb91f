use ndarray::{Array1, Array2, Array3, Axis, s};

use super::{Country, ForecastSettings, MortalityTrend, RegionalForecastError};
use crate::demography::mortality_model::{Adjustment, FittedLeeCarter, LeeCarter, MortalitySurface};
use crate::observation::{Sex, Year};

/// Central death rates of the country in the years after a jump-off, `(H, 2, 111)`.
#[derive(Clone, Debug, PartialEq)]
pub struct CountryMortality {
    /// The last year known.
    pub jump_off: Year,
    /// Death rates of the years after it, `(H, 2, 111)`: ages 0 to 109 and 110+.
    pub mx: Array3<f64>,
}

impl CountryMortality {
    /// Forecasts from the last year before or at `jump_off` that is known and not left out.
    ///
    /// # Formula
    /// Lee-Carter by sex on the years from [`ForecastSettings::mortality_from`] without those left out:
    /// `ln m(x, J+h) = mean of ln m(x) over the last years + b(x) d h`, `d` the drift of the time index.
    /// Without a trend `d = 0`.
    ///
    /// # Errors
    /// [`RegionalForecastError`]: too few years, rates of zero.
    pub fn forecast(
        country: &Country,
        jump_off: Year,
        horizon: usize,
        settings: &ForecastSettings,
    ) -> Result<Self, RegionalForecastError> {
        let known = known(country, jump_off, settings);
        let no_years = || RegionalForecastError::Country { what: "mortality", year: jump_off };
        let &(last, surface) = known.last().ok_or_else(no_years)?;
        let ages = surface.ncols();
        let recent = &known[known.len().saturating_sub(settings.jump_off_years.max(1))..];
        // The jump-off may lie after the last year known: the trend bridges the gap.
        let behind = f64::from(jump_off.get() - last.get());
        let mut mx = Array3::zeros((horizon, 2, ages));
        for sex in Sex::BOTH {
            let mut level = Array1::zeros(ages);
            for (_, surface) in recent {
                level += &surface.row(sex.index()).mapv(f64::ln);
            }
            level /= recent.len() as f64;
            let change = match settings.mortality_trend {
                MortalityTrend::None => Array1::zeros(ages),
                MortalityTrend::LeeCarter => {
                    let model = fit(&known, sex, settings)?;
                    model.bx.iter().map(|b| b * model.walk.drift).collect()
                }
            };
            for year in 0..horizon {
                let ahead = behind + year as f64 + 1.0;
                let rates = (&level + &(&change * ahead)).mapv(f64::exp);
                mx.slice_mut(s![year, sex.index(), ..]).assign(&rates);
            }
        }
        if let Some(((_, sex, age), _)) =
            mx.indexed_iter().find(|(_, rate)| !(rate.is_finite() && **rate > 0.0))
        {
            let reason = format!("{}, age {age}: a rate of zero has no logarithm", Sex::BOTH[sex]);
            return Err(RegionalForecastError::Mortality { reason });
        }
        Ok(Self { jump_off, mx })
    }
}

/// The Lee-Carter model of the country behind a forecast from `jump_off`, with the uncertainty of its time index.
///
/// # Errors
/// [`RegionalForecastError::Mortality`]: too few years, rates of zero.
pub fn country_lee_carter(
    country: &Country,
    jump_off: Year,
    sex: Sex,
    settings: &ForecastSettings,
) -> Result<FittedLeeCarter, RegionalForecastError> {
    fit(&known(country, jump_off, settings), sex, settings)
}

/// Mortality of the years until the jump-off that are not left out.
fn known<'a>(
    country: &'a Country,
    jump_off: Year,
    settings: &ForecastSettings,
) -> Vec<(Year, &'a Array2<f64>)> {
    let until = country.mx.range(..=jump_off);
    until.filter(|(year, _)| !settings.excluded_years.contains(year)).map(|(&year, mx)| (year, mx)).collect()
}

/// Lee-Carter on the years from [`ForecastSettings::mortality_from`].
fn fit(
    known: &[(Year, &Array2<f64>)],
    sex: Sex,
    settings: &ForecastSettings,
) -> Result<FittedLeeCarter, RegionalForecastError> {
    let fitted: Vec<_> = known.iter().filter(|(year, _)| *year >= settings.mortality_from).collect();
    let columns: Vec<_> = fitted.iter().map(|(_, mx)| mx.row(sex.index())).collect();
    let mortality = |error: &dyn std::fmt::Display| RegionalForecastError::mortality(sex, error);
    let mx = ndarray::stack(Axis(1), &columns).map_err(|error| mortality(&error))?;
    let ages = (0..mx.nrows() as u8).collect();
    let years = fitted.iter().map(|(year, _)| *year).collect();
    let surface =
        MortalitySurface::new(mx, None, ages, years, Some(sex)).map_err(|error| mortality(&error))?;
    LeeCarter::svd(Adjustment::None).fit(&surface).map_err(|error| mortality(&error))
}
