//! Death rates of the highest ages by Kannisto's law, of one sex or coherent between the two.
//!
//! # Formula
//! `logit m(x) = ln c + d x`: `m(x) = c exp(d x) / (1 + c exp(d x))`, which levels off at 1. `c` and
//! `d` by least squares on the logits of the ages of fit, `x` the lower bound of the age. Coherent:
//! one `d` for both sexes and a `c` for each, so that the sexes do not cross.
//!
//! # Reference
//! Thatcher, Kannisto & Vaupel (1998), *The Force of Mortality at Ages 80 to 120*; Ševčíková et al.
//! (2016), *Age-specific mortality and fertility rates for probabilistic population projections*.

use serde::{Deserialize, Serialize};

/// Ages of the fit and of the extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldAge {
    /// First age of the fit.
    pub fit_from: u32,
    /// Last age of the fit; an open age is not fitted well.
    pub fit_to: u32,
    /// First age whose rate is of the law; rates given from this age on are replaced.
    pub extend_from: u32,
    /// Last age, open in a life table of the result.
    pub extend_to: u32,
    /// Width of the new ages in years.
    pub step: u32,
}

impl OldAge {
    /// Five-year ages: fit on 80 to 95, law from 100 to 130.
    pub const FIVE_YEAR: Self = Self { fit_from: 80, fit_to: 95, extend_from: 100, extend_to: 130, step: 5 };
    /// Single years: fit on 80 to 99, law from 100 to 130.
    pub const SINGLE: Self = Self { fit_from: 80, fit_to: 99, extend_from: 100, extend_to: 130, step: 1 };

    /// The usual ages of a table: [`SINGLE`](Self::SINGLE) where its last ages are single years.
    #[must_use]
    pub fn usual(ages: &[u32]) -> Self {
        match ages {
            [.., before, last] if last.checked_sub(*before) == Some(1) => Self::SINGLE,
            _ => Self::FIVE_YEAR,
        }
    }
}

/// Parameters of Kannisto's law.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct KannistoLaw {
    /// `ln c`, the logit at age 0.
    pub level: f64,
    /// `d`, rise of the logit per year of age.
    pub slope: f64,
}

impl KannistoLaw {
    /// Death rate at an age.
    #[must_use]
    pub fn rate(&self, age: f64) -> f64 {
        1.0 / (1.0 + (-self.level - self.slope * age).exp())
    }
}

/// Death rates with the highest ages by Kannisto's law.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExtendedRates {
    /// Lower bounds of ages, in completed years.
    pub age: Vec<u32>,
    /// Death rates.
    pub mx: Vec<f64>,
    /// The law fitted.
    pub law: KannistoLaw,
    /// Ages asked for.
    pub old_age: OldAge,
}

/// Why rates cannot be extended.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum OldAgeError {
    /// Rates do not match ages.
    #[error("{got} death rates for {ages} ages: expected one for each age")]
    Length {
        /// Rates found.
        got: usize,
        /// Ages found.
        ages: usize,
    },
    /// Ages do not rise.
    #[error("age {got} at position {position}: expected an age above the one before")]
    Ages {
        /// Position, from 0.
        position: usize,
        /// Age found.
        got: u32,
    },
    /// A rate that the logit of the fit, or a life table, cannot have.
    #[error("m({age}) = {got}: expected {expected}")]
    Rate {
        /// Age.
        age: u32,
        /// Value found.
        got: f64,
        /// What it should be.
        expected: &'static str,
    },
    /// Fewer than two ages of fit.
    #[error("{got} ages from {from} to {to}: the law needs two or more to be fitted")]
    Fit {
        /// First age of the fit.
        from: u32,
        /// Last age of the fit.
        to: u32,
        /// Ages found.
        got: usize,
    },
    /// The extension does not continue the ages.
    #[error(
        "extension from {from} to {to} by {step}: expected a step of 1 year or more, from an age of the table or its continuation"
    )]
    Extension {
        /// First age of the extension.
        from: u32,
        /// Last age of the extension.
        to: u32,
        /// Step in years.
        step: u32,
    },
}

/// Death rates of one sex with the highest ages by Kannisto's law.
///
/// # Errors
/// [`OldAgeError`] names the age that is wrong.
pub fn kannisto(ages: &[u32], mx: &[f64], old_age: &OldAge) -> Result<ExtendedRates, OldAgeError> {
    let points = logits(ages, mx, old_age)?;
    let law = fit(&points, &[&points]);
    extend(ages, mx, old_age, law)
}

/// Death rates of women and men with the highest ages by Kannisto's law with one slope.
///
/// # Errors
/// [`OldAgeError`] names the age that is wrong.
pub fn kannisto_coherent(
    ages: &[u32],
    mx_women: &[f64],
    mx_men: &[f64],
    old_age: &OldAge,
) -> Result<(ExtendedRates, ExtendedRates), OldAgeError> {
    let (women, men) = (logits(ages, mx_women, old_age)?, logits(ages, mx_men, old_age)?);
    let both = [women.as_slice(), men.as_slice()];
    let (law_women, law_men) = (fit(&women, &both), fit(&men, &both));
    Ok((extend(ages, mx_women, old_age, law_women)?, extend(ages, mx_men, old_age, law_men)?))
}

/// Ages of the fit and their logits.
fn logits(ages: &[u32], mx: &[f64], old_age: &OldAge) -> Result<Vec<(f64, f64)>, OldAgeError> {
    if ages.len() != mx.len() {
        return Err(OldAgeError::Length { got: mx.len(), ages: ages.len() });
    }
    if let Some(row) = ages.windows(2).position(|pair| pair[1] <= pair[0]) {
        return Err(OldAgeError::Ages { position: row + 1, got: ages[row + 1] });
    }
    let mut points = Vec::new();
    for (&age, &got) in ages.iter().zip(mx) {
        if !(got.is_finite() && got >= 0.0) {
            return Err(OldAgeError::Rate { age, got, expected: "a death rate, 0 or more" });
        }
        if (old_age.fit_from..=old_age.fit_to).contains(&age) {
            if !(got > 0.0 && got < 1.0) {
                return Err(OldAgeError::Rate {
                    age,
                    got,
                    expected: "a rate between 0 and 1 in the ages of fit",
                });
            }
            points.push((f64::from(age), (got / (1.0 - got)).ln()));
        }
    }
    if points.len() < 2 {
        return Err(OldAgeError::Fit { from: old_age.fit_from, to: old_age.fit_to, got: points.len() });
    }
    Ok(points)
}

fn means(points: &[(f64, f64)]) -> (f64, f64) {
    let sums = points.iter().fold((0.0, 0.0), |sums, point| (sums.0 + point.0, sums.1 + point.1));
    let count = points.len() as f64;
    (sums.0 / count, sums.1 / count)
}

/// The level of one group with the common slope of all: least squares with a constant for each.
fn fit(own: &[(f64, f64)], all: &[&[(f64, f64)]]) -> KannistoLaw {
    let (mut products, mut squares) = (0.0, 0.0);
    for group in all {
        let (x, y) = means(group);
        for point in *group {
            products += (point.0 - x) * (point.1 - y);
            squares += (point.0 - x) * (point.0 - x);
        }
    }
    let slope = products / squares;
    let (x, y) = means(own);
    KannistoLaw { level: y - slope * x, slope }
}

fn extend(
    ages: &[u32],
    mx: &[f64],
    old_age: &OldAge,
    law: KannistoLaw,
) -> Result<ExtendedRates, OldAgeError> {
    let &OldAge { extend_from: from, extend_to: to, step, .. } = old_age;
    let kept = ages.iter().take_while(|&&age| age < from).count();
    // The last age kept was closed, or as wide as the new ones.
    let continues = kept > 0 && (ages.get(kept) == Some(&from) || ages[kept - 1] + step == from);
    if step == 0 || to < from || !continues {
        return Err(OldAgeError::Extension { from, to, step });
    }
    let new: Vec<u32> = (from..=to).step_by(step as usize).collect();
    let age = ages[..kept].iter().chain(&new).copied().collect();
    let rates = new.iter().map(|&age| law.rate(f64::from(age)));
    let mx = mx[..kept].iter().copied().chain(rates).collect();
    Ok(ExtendedRates { age, mx, law, old_age: *old_age })
}
