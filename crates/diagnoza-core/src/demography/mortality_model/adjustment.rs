//! Second stage of Lee-Carter: `k(t)` moved, year by year, so that the model reproduces something
//! observed in that year.

use ndarray::ArrayView1;
use serde::{Deserialize, Serialize};

use super::expectancy::{ExpectancyRule, LifeTableFrame};
use super::{MortalityModelError, MortalitySurface};
use crate::demography::root;

/// What the second stage matches in every year, as in R `demography::lca(adjust = )`.
///
/// `D` deaths, `E` person-years, `m^ = exp(a + b k)` the fitted rates; `a` and `b` stay.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Adjustment {
    /// Nothing: least squares on the logarithms of the rates.
    None,
    /// Deaths of the year: `sum D(x) = sum E(x) m^(x)` (Lee & Carter 1992).
    #[default]
    Dt,
    /// Deaths by age: the Poisson likelihood of the year, `sum b (D - E m^) = 0` (Booth, Maindonald & Smith
    /// 2002). As in `demography`, ages with fewer than one death expected at `k = 0` are left out.
    Dxt,
    /// Life expectancy of the year, by `demography`'s life table (Lee & Miller 2001).
    E0,
}

/// One year of a fit.
struct YearOfFit<'a> {
    ax: &'a [f64],
    bx: &'a [f64],
    mx: ArrayView1<'a, f64>,
    exposure: Option<ArrayView1<'a, f64>>,
}

impl Adjustment {
    /// What it matches, in words.
    const fn what(self) -> &'static str {
        match self {
            Self::None => "nothing",
            Self::Dt => "deaths",
            Self::Dxt => "deaths by age",
            Self::E0 => "life expectancy",
        }
    }

    /// `k(t)` after the second stage.
    pub(super) fn adjust(
        self,
        surface: &MortalitySurface,
        ax: &[f64],
        bx: &[f64],
        kt: &[f64],
    ) -> Result<Vec<f64>, MortalityModelError> {
        if self == Self::None {
            return Ok(kt.to_vec());
        }
        let exposure = surface.exposure();
        if exposure.is_none() && self != Self::E0 {
            let by = if self == Self::Dt { "adjustment dt" } else { "adjustment dxt" };
            return Err(MortalityModelError::ExposureNeeded { by });
        }
        let frame = LifeTableFrame::new(surface.ages(), surface.sex(), ExpectancyRule::Demography)?;
        let (mx, mut adjusted) = (surface.mx(), Vec::with_capacity(kt.len()));
        for (j, &year) in surface.years().iter().enumerate() {
            let of_year = YearOfFit {
                ax,
                bx,
                mx: mx.column(j),
                exposure: exposure.map(|e| e.index_axis_move(ndarray::Axis(1), j)),
            };
            let guess = adjusted.last().map_or(kt[j], |before| f64::midpoint(*before, kt[j]));
            let k = match self {
                Self::Dt => of_year.matching_deaths(guess),
                Self::Dxt => of_year.matching_deaths_by_age(guess),
                Self::None | Self::E0 => of_year.matching_expectancy(&frame, guess),
            };
            adjusted.push(k.ok_or(MortalityModelError::NotMatched { what: self.what(), year })?);
        }
        Ok(adjusted)
    }
}

impl YearOfFit<'_> {
    /// Person-years, observed rate, `a` and `b` of every age.
    fn cells(&self) -> impl Iterator<Item = (f64, f64, f64, f64)> {
        let exposure = self.exposure.into_iter().flatten();
        exposure.zip(self.mx).zip(self.ax.iter().zip(self.bx)).map(|((e, m), (a, b))| (*e, *m, *a, *b))
    }

    fn matching_deaths(&self, guess: f64) -> Option<f64> {
        let deaths: f64 = self.cells().map(|(e, m, ..)| e * m).sum();
        let excess =
            |k: f64| self.cells().map(|(e, _, a, b)| e * (a + b * k).exp()).sum::<f64>() / deaths - 1.0;
        root_near(excess, guess, 1e-13)
    }

    fn matching_deaths_by_age(&self, guess: f64) -> Option<f64> {
        let cells: Vec<_> = self.cells().filter(|(e, _, a, _)| e.ln() + a > -1e-8).collect();
        let scale: f64 = cells.iter().map(|(e, m, _, b)| e * m * b.abs()).sum();
        let score =
            |k: f64| cells.iter().map(|(e, m, a, b)| b * e * ((a + b * k).exp() - m)).sum::<f64>() / scale;
        root_near(score, guess, 1e-13)
    }

    fn matching_expectancy(&self, frame: &LifeTableFrame, guess: f64) -> Option<f64> {
        let observed = frame.expectancy(&self.mx.to_vec());
        let excess = |k: f64| {
            let mx: Vec<f64> = self.ax.iter().zip(self.bx).map(|(a, b)| (a + b * k).exp()).collect();
            frame.expectancy(&mx) - observed
        };
        root_near(excess, guess, 1e-11)
    }
}

/// The root nearest to a guess: intervals around it that double until the function changes sign.
fn root_near(f: impl Fn(f64) -> f64, guess: f64, tolerance: f64) -> Option<f64> {
    let mut margin = 1.0;
    for _ in 0..40 {
        if let Some(root) = root::find(&f, guess - margin, guess + margin, tolerance) {
            return Some(root);
        }
        margin *= 2.0;
    }
    None
}
