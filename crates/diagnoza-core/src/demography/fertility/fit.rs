//! Fits a model schedule and its level to observed rates: bounded least squares.

use serde::{Deserialize, Serialize};

use super::schedule::weights as shares_of;
use super::{
    ChildbearingAges, Evaluation, FertilityError, FertilityModel, FertilitySchedule, mean_age_at_birth,
    total_fertility,
};
use crate::demography::least_squares::{Problem, best_of};

/// A family of model schedules, not yet fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FertilityFamily {
    /// Quadratic spline; finds `alpha`, `P`, `H`.
    Schmertmann,
    /// Gamma density; finds start, shape, scale.
    Gamma,
    /// Hadwiger density; finds start, position, height.
    Hadwiger,
}

/// A model fitted to rates, with its level and goodness of fit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FittedFertility {
    /// The model with its parameters.
    pub model: FertilityModel,
    /// Total fertility rate of the fitted curve over all ages.
    pub total_fertility: f64,
    /// Fitted rates at the ages of the observed ones.
    pub fitted: Vec<f64>,
    /// Root mean square error of the rates, unweighted, births per woman and year.
    pub rmse: f64,
    /// How groups of ages were evaluated.
    pub evaluation: Evaluation,
    /// Iterations of the chosen start.
    pub iterations: usize,
    /// Whether the search ended by itself.
    pub converged: bool,
    /// Whether a parameter of the shape rests on a bound of the search: the curve is the best of the
    /// family, its parameters tell nothing. Gamma and Hadwiger are skewed to the right and end there when
    /// the rates are not, as in Poland since 2010.
    pub at_bound: bool,
    /// Name of the method: `levenberg_marquardt`.
    pub method: String,
}

impl FittedFertility {
    /// The fitted model as a schedule of any ages.
    ///
    /// # Errors
    /// As [`FertilitySchedule::of_model`].
    pub fn schedule(&self, ages: &ChildbearingAges) -> Result<FertilitySchedule, FertilityError> {
        FertilitySchedule::of_model(self.model, ages, self.evaluation)
    }
}

/// Fits a family to observed rates by least squares, the level with the shape.
///
/// Weights are those of the squared differences, 1 when left out. Bounds: Schmertmann `alpha` 8 to 25,
/// `P - alpha` 2 to 35, `H - P` 1 to 25 years, splines below zero excluded; gamma start -50 to 20, shape 1
/// to 2000, scale 0.01 to 20; Hadwiger start -100 to 15, position 5 to 200, height 0.5 to 13.
///
/// # Errors
/// [`FertilityError`]: lengths, values, fewer rates than four, all zero, or no curve found.
pub fn fit_fertility(
    family: FertilityFamily,
    rates: &[f64],
    ages: &ChildbearingAges,
    evaluation: Evaluation,
    weights: Option<&[f64]>,
) -> Result<FittedFertility, FertilityError> {
    let mean = mean_age_at_birth(rates, ages)?;
    let level = total_fertility(rates, ages)?;
    let ones = vec![1.0; ages.len()];
    let weights = weights.unwrap_or(&ones);
    ages.check("weight", weights, |weight| weight >= 0.0, "zero or more")?;
    let counted = weights.iter().filter(|&&weight| weight > 0.0).count();
    if counted < 4 {
        return Err(FertilityError::TooFewRates { got: counted, parameters: 4 });
    }
    let curve = |p: &[f64]| match shares_of(family.model(&p[1..]), ages, evaluation) {
        Ok(shares) => shares.iter().zip(ages.widths()).map(|(share, width)| p[0] * share / width).collect(),
        Err(_) => vec![f64::NAN; ages.len()],
    };
    let variance = rates.iter().zip(ages.widths()).zip(ages.midpoints());
    let variance = variance.map(|((rate, width), m)| rate * width * (m - mean).powi(2)).sum::<f64>() / level;
    let (low, high) = family.bounds();
    let (low, high) = ([&[0.0], &low[..]].concat(), [&[10.0 * level], &high[..]].concat());
    let problem = Problem { curve: &curve, observed: rates, weights, low: &low, high: &high };
    let starts: Vec<Vec<f64>> =
        family.starts(mean, variance.max(4.0)).iter().map(|shape| [&[level], &shape[..]].concat()).collect();
    let best = best_of(&problem, &starts).ok_or(FertilityError::NoFit)?;
    let fitted = curve(&best.parameters);
    let squares: f64 = rates.iter().zip(&fitted).map(|(y, f)| (y - f).powi(2)).sum();
    let cells = f64::from(u32::try_from(rates.len()).unwrap_or(u32::MAX));
    Ok(FittedFertility {
        model: family.model(&best.parameters[1..]),
        total_fertility: best.parameters[0],
        fitted,
        rmse: (squares / cells).sqrt(),
        evaluation,
        iterations: best.iterations,
        converged: best.converged,
        at_bound: problem.at_bound(&best.parameters, 1..4),
        method: "levenberg_marquardt".to_owned(),
    })
}

impl FertilityFamily {
    /// The model of three search parameters; those of the spline are steps from age to age.
    fn model(self, p: &[f64]) -> FertilityModel {
        match self {
            Self::Schmertmann => {
                FertilityModel::Schmertmann { alpha: p[0], peak: p[0] + p[1], half: p[0] + p[1] + p[2] }
            }
            Self::Gamma => FertilityModel::Gamma { start: p[0], shape: p[1], scale: p[2] },
            Self::Hadwiger => FertilityModel::Hadwiger { start: p[0], position: p[1], height: p[2] },
        }
    }

    const fn bounds(self) -> ([f64; 3], [f64; 3]) {
        match self {
            Self::Schmertmann => ([8.0, 2.0, 1.0], [25.0, 35.0, 25.0]),
            Self::Gamma => ([-50.0, 1.0, 0.01], [20.0, 2000.0, 20.0]),
            Self::Hadwiger => ([-100.0, 5.0, 0.5], [15.0, 200.0, 13.0]),
        }
    }

    /// Starts that share mean and variance with the observed rates.
    fn starts(self, mean: f64, variance: f64) -> Vec<[f64; 3]> {
        match self {
            Self::Schmertmann => [12.0, 15.0, 17.0]
                .iter()
                .flat_map(|&alpha| {
                    [-2.0, 0.0, 2.0].map(|ahead| [alpha, mean - alpha - 1.0 + ahead, variance.sqrt() * 1.2])
                })
                .collect(),
            Self::Gamma => [0.0, 8.0, 12.0, 14.0]
                .iter()
                .map(|&start| [start, (mean - start).powi(2) / variance, variance / (mean - start)])
                .collect(),
            Self::Hadwiger => [-30.0, -5.0, 0.0, 6.0, 10.0]
                .iter()
                .map(|&start| [start, mean - start, (mean - start) / (2.0 * variance).sqrt()])
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_fitted_is_refused() {
        let ages = ChildbearingAges::every(5, 15, 50).unwrap();
        let fit = |rates: &[f64], weights| {
            fit_fertility(FertilityFamily::Gamma, rates, &ages, Evaluation::Mean, weights)
        };
        assert_eq!(fit(&[0.0; 7], None), Err(FertilityError::NoBirths));
        assert!(fit(&[0.1; 6], None).is_err());
        assert!(fit(&[0.1, 0.1, f64::NAN, 0.1, 0.1, 0.1, 0.1], None).is_err());
        let few = fit(&[0.1; 7], Some(&[1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0]));
        assert_eq!(few, Err(FertilityError::TooFewRates { got: 3, parameters: 4 }));
        assert!(fit(&[0.1; 7], Some(&[-1.0; 7])).is_err());
    }
}
