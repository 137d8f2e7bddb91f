use ndarray::Axis;
use serde::{Deserialize, Serialize};

use super::factor::leading_factor;
use super::poisson::{self, PoissonFit};
use super::{Adjustment, Interpolated, MortalityModelError, MortalitySurface, RandomWalk, ZeroRates};
use crate::observation::{Sex, Year};

/// The Lee-Carter model, not yet fitted: how it is to be estimated.
///
/// # Formula
/// `ln m(x,t) = a(x) + b(x) k(t)`, `sum b = 1`; `sum k = 0` before the second stage, which moves `k` and
/// leaves its mean where it falls, as R `demography::lca` does.
///
/// ```
/// use diagnoza_core::demography::mortality_model::{Adjustment, LeeCarter, MortalitySurface};
/// use diagnoza_core::observation::Year;
/// use ndarray::Array2;
/// let years: Vec<Year> = Year::constant(1990).through(Year::constant(2019)).collect();
/// let ages: Vec<u8> = (60..=90).collect();
/// // Rates that fall by 1 to 2 % a year.
/// let mx = Array2::from_shape_fn((31, 30), |(x, t)| {
///     let (x, t) = (x as f64, t as f64);
///     0.01 * (0.1 * x).exp() * (-(0.02 - 0.01 * x / 30.0) * t).exp()
/// });
/// let surface = MortalitySurface::new(mx, None, ages, years, None)?;
/// let fitted = LeeCarter::svd(Adjustment::E0).fit(&surface)?;
/// assert!((fitted.bx.iter().sum::<f64>() - 1.0).abs() < 1e-12);
/// assert!(fitted.walk.drift < 0.0 && fitted.explained > 0.999);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "model Lee-Cartera")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeeCarter {
    /// Estimation of a, b and k.
    pub estimation: Estimation,
    /// What to do with rates of zero.
    pub zeros: ZeroRates,
}

/// How a, b and k are estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Estimation {
    /// Least squares on the logarithms of the rates by singular value decomposition, then the second stage.
    Svd(Adjustment),
    /// Poisson likelihood of the deaths (Brouhns, Denuit & Vermunt 2002); zeros need no treatment.
    Poisson,
}

impl Default for Estimation {
    fn default() -> Self {
        Self::Svd(Adjustment::default())
    }
}

/// A fitted Lee-Carter model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FittedLeeCarter {
    /// How it was estimated.
    pub method: LeeCarter,
    /// Ages.
    pub ages: Vec<u8>,
    /// Years fitted.
    pub years: Vec<Year>,
    /// Sex, `None` for both together.
    pub sex: Option<Sex>,
    /// `a(x)`: level of the logarithm of the rates, by age.
    pub ax: Vec<f64>,
    /// `b(x)`: share of each age in the change; they add up to 1.
    pub bx: Vec<f64>,
    /// `k(t)`: time index, by year.
    pub kt: Vec<f64>,
    /// Random walk with drift fitted to `k`.
    pub walk: RandomWalk,
    /// Share of the variation over time explained: of the variance of `ln m` (SVD, before the second stage), or
    /// of the deviance from rates that never change (Poisson).
    pub explained: f64,
    /// Deviance and likelihood of the deaths, where exposures are known.
    pub poisson: Option<PoissonFit>,
    /// Rates observed in the last year, for a jump-off from them.
    pub last_mx: Vec<f64>,
    /// Rates of zero that were replaced before the fit.
    pub interpolated: Vec<Interpolated>,
}

impl LeeCarter {
    /// By singular value decomposition with a second stage.
    #[must_use]
    pub const fn svd(adjustment: Adjustment) -> Self {
        Self { estimation: Estimation::Svd(adjustment), zeros: ZeroRates::Refuse }
    }

    /// By the Poisson likelihood.
    #[must_use]
    pub const fn poisson() -> Self {
        Self { estimation: Estimation::Poisson, zeros: ZeroRates::Refuse }
    }

    /// The same with another treatment of rates of zero.
    #[must_use]
    pub const fn with_zeros(self, zeros: ZeroRates) -> Self {
        Self { zeros, ..self }
    }

    /// Fits the model to at least three years.
    ///
    /// # Errors
    /// [`MortalityModelError`]: rates of zero by age and year, an exposure that the method needs, rates that do
    /// not change, a year whose deaths or e0 no `k` gives.
    pub fn fit(&self, surface: &MortalitySurface) -> Result<FittedLeeCarter, MortalityModelError> {
        let years = surface.years();
        if years.len() < 3 {
            return Err(MortalityModelError::TooFew { what: "years", got: years.len(), needed: 3 });
        }
        let (parameters, filled, interpolated) = match self.estimation {
            Estimation::Svd(adjustment) => {
                let (filled, interpolated) = surface.without_zeros(self.zeros)?;
                (by_svd(&filled, adjustment)?, filled, interpolated)
            }
            Estimation::Poisson => (poisson::estimate(surface)?, surface.clone(), Vec::new()),
        };
        let Parameters { ax, bx, kt, explained } = parameters;
        Ok(FittedLeeCarter {
            method: *self,
            ages: surface.ages().to_vec(),
            years: years.to_vec(),
            sex: surface.sex(),
            walk: RandomWalk::fit(years, &kt)?,
            poisson: PoissonFit::of(&filled, &ax, &bx, &kt),
            last_mx: filled.mx().column(years.len() - 1).to_vec(),
            ax,
            bx,
            kt,
            explained,
            interpolated,
        })
    }
}

/// What both ways of estimation give.
pub(super) struct Parameters {
    pub(super) ax: Vec<f64>,
    pub(super) bx: Vec<f64>,
    pub(super) kt: Vec<f64>,
    pub(super) explained: f64,
}

/// Lee & Carter (1992): `a` the mean of `ln m`, `b k` the leading factor of what is left.
fn by_svd(surface: &MortalitySurface, adjustment: Adjustment) -> Result<Parameters, MortalityModelError> {
    let mut log_mx = surface.mx().mapv(f64::ln);
    let years = surface.years().len() as f64;
    let ax: Vec<f64> = log_mx.rows().into_iter().map(|row| row.sum() / years).collect();
    for (mut row, a) in log_mx.axis_iter_mut(Axis(0)).zip(&ax) {
        row -= *a;
    }
    let factor = leading_factor(log_mx.view()).ok_or(MortalityModelError::NoChange)?;
    let sum: f64 = factor.age.iter().sum();
    // Changes that cancel out over the ages leave nothing to scale b by.
    if sum.abs() < 1e-9 {
        return Err(MortalityModelError::NoChange);
    }
    let bx: Vec<f64> = factor.age.iter().map(|value| value / sum).collect();
    let kt: Vec<f64> = factor.year.iter().map(|value| value * sum).collect();
    let kt = adjustment.adjust(surface, &ax, &bx, &kt)?;
    Ok(Parameters { ax, bx, kt, explained: factor.explained })
}
