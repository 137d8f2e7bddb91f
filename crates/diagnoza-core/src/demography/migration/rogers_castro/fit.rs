//! Fits a Rogers-Castro schedule to rates by age: bounded least squares from several starts.

use serde::{Deserialize, Serialize};

use super::{PostRetirement, Retirement, RogersCastro, check_ages};
use crate::demography::least_squares::{Problem, best_of};
use crate::demography::migration::MigrationError;

/// How many parameters a schedule has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RogersCastroForm {
    /// Children, working age, constant.
    Seven,
    /// With the retirement peak.
    Eleven,
    /// With the retirement peak and the post-retirement slope.
    Thirteen,
}

impl RogersCastroForm {
    /// Number of parameters.
    #[must_use]
    pub const fn parameters(self) -> usize {
        match self {
            Self::Seven => 7,
            Self::Eleven => 11,
            Self::Thirteen => 13,
        }
    }

    /// The form with so many parameters.
    ///
    /// # Errors
    /// [`MigrationError::Parameter`] for another number than 7, 11 or 13.
    #[allow(clippy::cast_precision_loss, reason = "a number shown in a message")]
    pub fn with_parameters(count: usize) -> Result<Self, MigrationError> {
        match count {
            7 => Ok(Self::Seven),
            11 => Ok(Self::Eleven),
            13 => Ok(Self::Thirteen),
            _ => {
                let expected = "7, 11 (with retirement) or 13 (with post-retirement)";
                Err(MigrationError::Parameter { name: "parameters", got: count as f64, expected })
            }
        }
    }
}

/// A schedule fitted to rates, with its goodness of fit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FittedRogersCastro {
    /// The schedule.
    pub schedule: RogersCastro,
    /// The form asked for.
    pub form: RogersCastroForm,
    /// Fitted rates at the ages of the observed ones.
    pub fitted: Vec<f64>,
    /// Root mean square error, unweighted, in the unit of the rates.
    pub rmse: f64,
    /// Share of the rates' variance that the schedule explains; `None` when all rates are equal.
    pub r_squared: Option<f64>,
    /// Iterations of the chosen start.
    pub iterations: usize,
    /// Whether the search ended by itself.
    pub converged: bool,
    /// Whether a position or speed rests on a bound of the search: the curve is the best of its form, its
    /// parameters tell nothing.
    pub at_bound: bool,
    /// Name of the method: `levenberg_marquardt`.
    pub method: String,
}

/// Fits a schedule to rates of zero or more by age; ages as in [`RogersCastro::rates`].
///
/// Constraints: levels and constant of zero or more, `alpha` 0.001 to 2, `lambda2` and `lambda3` 0.02 to 3,
/// `mu2` 10 to 45, `mu3` 50 to 85, `lambda4` 0.001 to 0.3 per year. Starts lie on a grid of the peaks'
/// positions and speeds; rates are scaled to a largest of 1 meanwhile. For net migration of both
/// signs fit inflow and outflow apart. A form with more components than the rates show is not
/// unique: the curve is, its parts are not.
///
/// # Errors
/// [`MigrationError`]: lists that differ in length, values, fewer rates than parameters, only zeros.
pub fn fit_rogers_castro(
    ages: &[f64],
    rates: &[f64],
    form: RogersCastroForm,
    weights: Option<&[f64]>,
) -> Result<FittedRogersCastro, MigrationError> {
    check_ages(ages)?;
    let ones = vec![1.0; ages.len()];
    let weights = weights.unwrap_or(&ones);
    for (what, list, expected) in
        [("migration rate", rates, "a rate of zero or more"), ("weight", weights, "a weight of zero or more")]
    {
        if list.len() != ages.len() {
            return Err(MigrationError::Shape { what, got: vec![list.len()], expected: vec![ages.len()] });
        }
        if let Some(position) = list.iter().position(|value| !(value.is_finite() && *value >= 0.0)) {
            return Err(MigrationError::Value { what, position, got: list[position], expected });
        }
    }
    let counted = weights.iter().filter(|&&weight| weight > 0.0).count();
    if counted < form.parameters() {
        return Err(MigrationError::TooFewRates { got: counted, parameters: form.parameters() });
    }
    let top = rates.iter().copied().fold(0.0, f64::max);
    if top <= 0.0 {
        return Err(MigrationError::NoMigration);
    }
    let scaled: Vec<f64> = rates.iter().map(|rate| rate / top).collect();
    let curve = |p: &[f64]| -> Vec<f64> {
        let schedule = unpack(p);
        ages.iter().map(|&x| schedule.at(x)).collect()
    };
    let count = form.parameters();
    let problem =
        Problem { curve: &curve, observed: &scaled, weights, low: &LOW[..count], high: &HIGH[..count] };
    let best = best_of(&problem, &starts(ages, &scaled, form)).ok_or(MigrationError::NoFit)?;
    let schedule = scale(unpack(&best.parameters), top);
    let fitted = schedule.rates(ages)?;
    let squares: f64 = rates.iter().zip(&fitted).map(|(y, f)| (y - f).powi(2)).sum();
    let cells = f64::from(u32::try_from(rates.len()).unwrap_or(u32::MAX));
    let mean = rates.iter().sum::<f64>() / cells;
    let variance: f64 = rates.iter().map(|y| (y - mean).powi(2)).sum();
    Ok(FittedRogersCastro {
        schedule,
        form,
        fitted,
        rmse: (squares / cells).sqrt(),
        r_squared: (variance > 0.0).then(|| 1.0 - squares / variance),
        iterations: best.iterations,
        converged: best.converged,
        at_bound: problem.at_bound(&best.parameters, (0..count).filter(|j| !LEVELS.contains(j))),
        method: "levenberg_marquardt".to_owned(),
    })
}

/// Bounds in the order a1 alpha1 a2 alpha2 mu2 lambda2 c a3 alpha3 mu3 lambda3 a4 lambda4; levels
/// are relative to the largest rate.
const LOW: [f64; 13] = [0.0, 1e-3, 0.0, 1e-3, 10.0, 0.02, 0.0, 0.0, 1e-3, 50.0, 0.02, 0.0, 1e-3];
const HIGH: [f64; 13] = [20.0, 2.0, 200.0, 2.0, 45.0, 3.0, 5.0, 200.0, 2.0, 85.0, 3.0, 5.0, 0.3];
/// Positions of the levels, which may well be zero.
const LEVELS: [usize; 5] = [0, 2, 6, 7, 11];

fn unpack(p: &[f64]) -> RogersCastro {
    RogersCastro {
        a1: p[0],
        alpha1: p[1],
        a2: p[2],
        alpha2: p[3],
        mu2: p[4],
        lambda2: p[5],
        c: p[6],
        retirement: (p.len() > 7).then(|| Retirement { a3: p[7], alpha3: p[8], mu3: p[9], lambda3: p[10] }),
        post_retirement: (p.len() > 11).then(|| PostRetirement { a4: p[11], lambda4: p[12] }),
    }
}

fn scale(schedule: RogersCastro, factor: f64) -> RogersCastro {
    RogersCastro {
        a1: schedule.a1 * factor,
        a2: schedule.a2 * factor,
        c: schedule.c * factor,
        retirement: schedule.retirement.map(|old| Retirement { a3: old.a3 * factor, ..old }),
        post_retirement: schedule
            .post_retirement
            .map(|slope| PostRetirement { a4: slope.a4 * factor, ..slope }),
        ..schedule
    }
}

/// Starts on a grid of peaks and speeds, levels read off the rates.
fn starts(ages: &[f64], rates: &[f64], form: RogersCastroForm) -> Vec<Vec<f64>> {
    let extreme = |from: f64, to: f64, best: fn(f64, f64) -> bool| {
        let within = ages.iter().zip(rates).filter(|(age, _)| (from..to).contains(*age));
        within.fold(None, |kept: Option<(f64, f64)>, (&age, &rate)| match kept {
            Some((_, top)) if !best(rate, top) => kept,
            _ => Some((age, rate)),
        })
    };
    let (peak, height) = extreme(12.0, 50.0, |rate, top| rate > top).unwrap_or((22.0, 1.0));
    let (_, floor) = extreme(0.0, 200.0, |rate, low| rate < low).unwrap_or((0.0, 0.0));
    let (young, first) = extreme(0.0, 12.0, |rate, top| rate > top).unwrap_or((0.0, 0.3));
    let (old_age, old_height) = extreme(52.0, 82.0, |rate, top| rate > top).unwrap_or((65.0, 0.1));
    let mut starts = Vec::new();
    for (alpha2, lambda2) in [(0.1, 0.4), (0.06, 0.2), (0.2, 0.6)] {
        for ahead in [1.0, 5.0] {
            // At the peak exp(-lambda (x - mu)) = alpha / lambda: the level follows from its height.
            let mu2 = (peak - ahead).clamp(14.0, 44.0);
            let share = alpha2 / lambda2;
            let crest = (share * f64::ln(share) - share).exp();
            let mut start = vec![(first - floor).max(0.01), 0.1, (height - floor).max(0.01) / crest];
            if young > 3.0 {
                start[1] = 0.03;
            }
            start.extend([alpha2, mu2, lambda2, floor]);
            if form == RogersCastroForm::Seven {
                starts.push(start);
                continue;
            }
            for mu3 in [(old_age - 1.0).clamp(55.0, 80.0), 62.0, 70.0] {
                let mut with = start.clone();
                with.extend([(old_height - floor).max(0.01) * 2.0, 0.25, mu3, 0.5]);
                if form == RogersCastroForm::Thirteen {
                    with.extend([(floor / 10.0).max(1e-4), 0.03]);
                }
                starts.push(with);
            }
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_fitted_is_refused() {
        let ages: Vec<f64> = (0..30).map(f64::from).collect();
        let fit = |rates: &[f64], form| fit_rogers_castro(&ages, rates, form, None).unwrap_err();
        assert_eq!(fit(&[0.0; 30], RogersCastroForm::Seven), MigrationError::NoMigration);
        assert!(matches!(fit(&[0.1; 29], RogersCastroForm::Seven), MigrationError::Shape { .. }));
        let mut rates = [0.1; 30];
        rates[3] = f64::NAN;
        assert!(matches!(fit(&rates, RogersCastroForm::Seven), MigrationError::Value { position: 3, .. }));
        rates[3] = -0.1;
        assert!(matches!(fit(&rates, RogersCastroForm::Seven), MigrationError::Value { position: 3, .. }));
        let few = fit_rogers_castro(&ages[..12], &[0.1; 12], RogersCastroForm::Thirteen, None).unwrap_err();
        assert_eq!(few, MigrationError::TooFewRates { got: 12, parameters: 13 });
        assert!(fit_rogers_castro(&[], &[], RogersCastroForm::Seven, None).is_err());
        assert!(RogersCastroForm::with_parameters(9).is_err());
    }
}
