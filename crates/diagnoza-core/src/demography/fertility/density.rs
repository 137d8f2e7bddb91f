//! Model schedules of fertility by exact age, their total 1.

use serde::{Deserialize, Serialize};
use statrs::function::erf::erfc;
use statrs::function::gamma::{checked_gamma_lr, ln_gamma};

use super::FertilityError;
use super::schmertmann::Spline;

/// A model schedule with its parameters.
///
/// # Formula
/// Density `g(x)` of births at exact age `x` (years), total 1; `f(x) = TFR g(x)`.
/// ```text
/// Schmertmann  spline with start alpha, peak P and half-peak H: phi(x) over its area
/// Gamma        (x - d)^(b-1) exp(-(x - d)/c) / (Gamma(b) c^b),  x > d
/// Hadwiger     H/(T sqrt(pi)) (T/y)^(3/2) exp(-H^2 (T/y + y/T - 2)),  y = x - d > 0
/// ```
///
/// # Reference
/// Schmertmann (2003), Demographic Research 9(5); Hoem, Madsen, Nielsen, Ohlsen, Hansen &
/// Rennermalm (1981), *Experiments in modelling recent Danish fertility curves*, Demography 18(2).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "family", rename_all = "snake_case", deny_unknown_fields)]
pub enum FertilityModel {
    /// Quadratic spline with graphically intuitive parameters.
    Schmertmann {
        /// Age at which fertility starts, `alpha`.
        alpha: f64,
        /// Age of the peak, `P`.
        peak: f64,
        /// Age after the peak at which half of it is left, `H`.
        half: f64,
    },
    /// Gamma density; its mean is `start + shape * scale`.
    Gamma {
        /// Age at which fertility starts, `d`.
        start: f64,
        /// Shape, `b`.
        shape: f64,
        /// Scale in years, `c`.
        scale: f64,
    },
    /// Hadwiger (inverse Gaussian) density; its mean is `start + position`.
    Hadwiger {
        /// Age the density is counted from, `d`; 0 in the three-parameter form.
        start: f64,
        /// Mean age less `start`, `T`.
        position: f64,
        /// Height, `H`.
        height: f64,
    },
}

/// A model ready to be evaluated.
pub(super) enum Density {
    Schmertmann { spline: Spline, area: f64 },
    Gamma { start: f64, shape: f64, scale: f64 },
    Hadwiger { start: f64, position: f64, height: f64 },
}

impl FertilityModel {
    pub(super) fn density(&self) -> Result<Density, FertilityError> {
        match *self {
            Self::Schmertmann { alpha, peak, half } => {
                within("alpha", alpha, 0.0, 60.0, "an age between 0 and 60")?;
                within("peak", peak, alpha, 100.0, "an age above alpha")?;
                within("half", half, peak, 130.0, "an age above the peak")?;
                let refused = FertilityError::NegativeSpline { alpha, peak, half };
                let spline = Spline::new(alpha, peak, half).ok_or(refused)?;
                let area = spline.area(f64::INFINITY);
                Ok(Density::Schmertmann { spline, area })
            }
            Self::Gamma { start, shape, scale } => {
                within("start", start, -1000.0, 60.0, "an age up to 60")?;
                within("shape", shape, 0.0, 1e6, "a number above zero")?;
                within("scale", scale, 0.0, 1e3, "years above zero")?;
                Ok(Density::Gamma { start, shape, scale })
            }
            Self::Hadwiger { start, position, height } => {
                within("start", start, -1000.0, 60.0, "an age up to 60")?;
                within("position", position, 0.0, 2000.0, "years above zero")?;
                // exp(4 H^2) must stay a number.
                within("height", height, 0.0, 13.0, "a number above 0, up to 13")?;
                Ok(Density::Hadwiger { start, position, height })
            }
        }
    }
}

/// Refuses what is not above `low` and at most `high`.
fn within(
    name: &'static str,
    got: f64,
    low: f64,
    high: f64,
    expected: &'static str,
) -> Result<(), FertilityError> {
    if got > low && got <= high { Ok(()) } else { Err(FertilityError::Parameter { name, got, expected }) }
}

impl Density {
    /// Births at an exact age, per year of age.
    pub(super) fn at(&self, x: f64) -> f64 {
        match self {
            Self::Schmertmann { spline, area } => spline.at(x) / area,
            Self::Gamma { start, shape, scale } => {
                let y = (x - start) / scale;
                if y <= 0.0 {
                    return 0.0;
                }
                ((shape - 1.0) * y.ln() - y - ln_gamma(*shape)).exp() / scale
            }
            Self::Hadwiger { start, position, height } => {
                let y = (x - start) / position;
                if y <= 0.0 {
                    return 0.0;
                }
                let front = height / (position * std::f64::consts::PI.sqrt());
                front * y.powf(-1.5) * (-height * height * (1.0 / y + y - 2.0)).exp()
            }
        }
    }

    /// Share of births before an exact age.
    pub(super) fn below(&self, x: f64) -> f64 {
        match self {
            Self::Schmertmann { spline, area } => spline.area(x) / area,
            Self::Gamma { start, shape, scale } => {
                let y = (x - start) / scale;
                if y <= 0.0 { 0.0 } else { checked_gamma_lr(*shape, y).unwrap_or(f64::NAN) }
            }
            Self::Hadwiger { start, position, height } => {
                // An inverse Gaussian with mean T and shape 2 H^2 T.
                let y = (x - start) / position;
                if y <= 0.0 {
                    return 0.0;
                }
                let root = height / y.sqrt();
                let reflected = (4.0 * height * height).exp() * erfc(root * (y + 1.0));
                0.5 * (erfc(-root * (y - 1.0)) + reflected)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODELS: [FertilityModel; 3] = [
        FertilityModel::Schmertmann { alpha: 14.0, peak: 29.0, half: 36.0 },
        FertilityModel::Gamma { start: 11.0, shape: 11.0, scale: 1.6 },
        FertilityModel::Hadwiger { start: 4.0, position: 25.0, height: 3.3 },
    ];

    #[test]
    fn densities_are_the_slopes_of_their_totals() {
        for model in MODELS {
            let density = model.density().unwrap();
            assert!((density.below(300.0) - 1.0).abs() < 1e-12, "{model:?}");
            assert!(density.below(-5.0).abs() < 1e-15 && density.at(2.0).abs() < 1e-15);
            for age in 16..48 {
                let x = f64::from(age) + 0.3;
                let slope = (density.below(x + 1e-4) - density.below(x - 1e-4)) / 2e-4;
                assert!((density.at(x) - slope).abs() < 1e-7, "{model:?} {x}: {} {slope}", density.at(x));
            }
        }
    }

    #[test]
    fn means_follow_from_the_parameters() {
        for (model, mean) in [(MODELS[1], 11.0 + 11.0 * 1.6), (MODELS[2], 29.0)] {
            let density = model.density().unwrap();
            let sum: f64 =
                (0..200_000).map(|i| f64::from(i) / 1000.0 + 5e-4).map(|x| x * density.at(x) / 1000.0).sum();
            assert!((sum - mean).abs() < 1e-5, "{model:?} {sum}");
        }
    }

    #[test]
    fn impossible_parameters_are_named() {
        let text = |model: FertilityModel| model.density().err().unwrap().to_string();
        let model = FertilityModel::Schmertmann { alpha: 14.0, peak: 13.0, half: 36.0 };
        assert_eq!(text(model), "peak = 13: expected an age above alpha");
        let model = FertilityModel::Gamma { start: 11.0, shape: f64::NAN, scale: 1.6 };
        assert_eq!(text(model), "shape = NaN: expected a number above zero");
        let model = FertilityModel::Hadwiger { start: 0.0, position: 25.0, height: 99.0 };
        assert_eq!(text(model), "height = 99: expected a number above 0, up to 13");
    }
}
