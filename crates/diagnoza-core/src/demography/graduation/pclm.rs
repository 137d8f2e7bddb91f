//! The penalised composite link model: grouped counts as sums of a smooth series by single ages.
//!
//! `y(g) ~ Poisson(sum over ages x of g of e(x) exp(eta(x)))`, `eta = B beta` with cubic B-splines `B`, one knot per
//! two ages; `beta` maximises the likelihood less `sqrt(lambda) |D^2 beta|^2 / 2` by iteratively reweighted least
//! squares, and `lambda` minimises `BIC = deviance + ln(n) ED` (or AIC, 2 ED), `ED` the effective dimension. `e(x)` is
//! the exposure, 1 where there is none. As in the tool, a group of width one and count one follows the last, and what
//! the model gives it beyond that one is returned to the other ages in proportion; without the square root the same
//! `lambda` would not give the same fit.
//!
//! Reference: Rizzi, Gampe & Eilers (2015), *Efficient estimation of smooth distributions from coarsely grouped data*;
//! settings as `ungroup::pclm` (Pascariu et al. 2018).

use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};

use super::groups::{Groups, check_counts};
use super::{GraduationError, GraduationMethod, minimum, splines};

/// By what the smoothing parameter of PCLM is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PclmCriterion {
    /// Bayes' information criterion.
    #[default]
    Bic,
    /// Akaike's information criterion.
    Aic,
}

impl PclmCriterion {
    /// Names of the choices as users write them.
    pub const WORDS: [(&'static str, Self); 2] = [("bic", Self::Bic), ("aic", Self::Aic)];
}

/// Settings of PCLM; the defaults are those of `ungroup::pclm`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PclmSettings {
    /// Smoothing parameter; chosen by [`Self::criterion`] where not given.
    pub lambda: Option<f64>,
    /// Lowest and highest smoothing parameter to choose from.
    pub lambda_range: (f64, f64),
    /// By what it is chosen.
    pub criterion: PclmCriterion,
    /// Single ages per knot.
    pub ages_per_knot: usize,
    /// Degree of the splines.
    pub degree: usize,
    /// Order of the differences that are penalised.
    pub difference: usize,
    /// Mean relative distance from the groups at which the iteration stops.
    pub tolerance: f64,
    /// Most iterations.
    pub max_iterations: usize,
    /// Exposure (person-years) by group or by single age, the open group included, where the counts are events: the
    /// rates are then smooth, not the counts. By group it is graduated by PCLM first.
    pub exposure: Option<Vec<f64>>,
}

impl Default for PclmSettings {
    fn default() -> Self {
        Self {
            lambda: None,
            lambda_range: (0.1, 1e5),
            criterion: PclmCriterion::Bic,
            ages_per_knot: 2,
            degree: 3,
            difference: 2,
            tolerance: 1e-3,
            max_iterations: 1000,
            exposure: None,
        }
    }
}

/// A fitted penalised composite link model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PclmFit {
    /// Smoothing parameter.
    pub lambda: f64,
    /// Whether it was chosen at an end of its range: the criterion asks for less (or more) smoothing than allowed.
    pub lambda_at_bound: bool,
    /// Deviance.
    pub deviance: f64,
    /// Effective dimension: the trace of the smoother.
    pub effective_dimension: f64,
    /// Akaike's information criterion.
    pub aic: f64,
    /// Bayes' information criterion.
    pub bic: f64,
    /// Iterations of the last fit.
    pub iterations: usize,
    /// Exposure by single age, where one was given; events divided by it are the rates.
    pub exposure: Option<Vec<f64>>,
}

/// Single ages of all groups (an open one of width one), and the fit.
pub(super) fn graduate(
    groups: &Groups,
    settings: &PclmSettings,
) -> Result<(Vec<f64>, PclmFit), GraduationError> {
    check(settings)?;
    let mut bins: Vec<(usize, f64)> =
        groups.closed.iter().map(|group| (group.width(), group.persons)).collect();
    bins.extend(groups.open.map(|persons| (1, persons)));
    if bins.len() < 3 {
        let got = groups.closed.len();
        return Err(GraduationError::TooFewGroups { method: GraduationMethod::Pclm, needed: 3, got });
    }
    let exposure = match &settings.exposure {
        None => None,
        Some(given) => Some(single_exposure(given, groups, &bins, settings)?),
    };
    let (mut values, mut fit) = fitted(&bins, exposure.as_deref(), settings)?;
    if let Some(exposure) = &exposure {
        values.iter_mut().zip(exposure).for_each(|(rate, years)| *rate *= years);
    }
    fit.exposure = exposure;
    Ok((values, fit))
}

/// Exposure by single age from exposure by single age or by group.
fn single_exposure(
    given: &[f64],
    groups: &Groups,
    bins: &[(usize, f64)],
    settings: &PclmSettings,
) -> Result<Vec<f64>, GraduationError> {
    let ages: usize = bins.iter().map(|(width, _)| width).sum();
    let starts: Vec<u8> = if given.len() == ages {
        (groups.first..).take(ages).collect()
    } else {
        groups.closed.iter().map(|group| group.from).chain(groups.open.map(|_| groups.end)).collect()
    };
    check_counts("the exposure", &starts, given)?;
    if given.len() == ages {
        return Ok(given.to_vec());
    }
    if given.len() != bins.len() {
        return Err(GraduationError::ExposureLength { got: given.len(), groups: bins.len(), ages });
    }
    let by_group: Vec<(usize, f64)> =
        bins.iter().zip(given).map(|((width, _), years)| (*width, *years)).collect();
    let (mut single, _) = fitted(&by_group, None, &PclmSettings { exposure: None, ..settings.clone() })?;
    let mut from = 0;
    for (width, years) in by_group {
        let sum: f64 = single[from..from + width].iter().sum();
        single[from..from + width].iter_mut().for_each(|value| *value *= years / sum);
        from += width;
    }
    Ok(single)
}

/// Counts (with exposure: rates) by single age of bins `(width, count)`.
fn fitted(
    bins: &[(usize, f64)],
    exposure: Option<&[f64]>,
    settings: &PclmSettings,
) -> Result<(Vec<f64>, PclmFit), GraduationError> {
    let model = Model::new(bins, exposure, settings);
    let nobody = bins.iter().all(|(_, count)| *count <= 0.0);
    let criterion = |state: &State| match settings.criterion {
        PclmCriterion::Bic => state.bic(),
        PclmCriterion::Aic => state.aic(),
    };
    // Rounded as the tool does, so that the same fit is reached.
    let rounded = |log: f64| (log.exp() * 1e6).round() / 1e6;
    let (low, high) = settings.lambda_range;
    let lambda = settings.lambda.unwrap_or_else(|| {
        if nobody {
            return high;
        }
        let loss = |log: f64| model.fit(rounded(log)).map_or(f64::MAX, |state| criterion(&state));
        rounded(minimum::find(loss, low.ln(), high.ln(), 1e-5))
    });
    let state = model.fit(lambda).ok_or(GraduationError::PclmFit { lambda })?;
    let mut values: Vec<f64> = state.mu.iter().copied().collect();
    let beyond = values.pop().unwrap_or(1.0) - 1.0;
    if nobody {
        values.fill(0.0);
    } else if exposure.is_none() {
        let total: f64 = values.iter().sum();
        values.iter_mut().for_each(|value| *value += beyond * *value / total);
    }
    if !values.iter().all(|value| value.is_finite() && *value >= 0.0) {
        return Err(GraduationError::PclmFit { lambda });
    }
    let near = |bound: f64| (lambda / bound).ln().abs() < 1e-3;
    let fit = PclmFit {
        lambda,
        lambda_at_bound: settings.lambda.is_none() && (near(low) || near(high)),
        deviance: state.deviance,
        effective_dimension: state.dimension,
        aic: state.aic(),
        bic: state.bic(),
        iterations: state.iterations,
        exposure: None,
    };
    Ok((values, fit))
}

/// What does not change with the smoothing parameter.
struct Model<'a> {
    settings: &'a PclmSettings,
    /// Count of each group.
    counts: DVector<f64>,
    /// Group and exposure of each age.
    ages: Vec<(usize, f64)>,
    /// Splines down, ages across.
    basis: DMatrix<f64>,
    penalty: DMatrix<f64>,
}

/// The model at one smoothing parameter.
struct State {
    mu: DVector<f64>,
    groups: usize,
    deviance: f64,
    dimension: f64,
    iterations: usize,
}

impl State {
    fn aic(&self) -> f64 {
        self.deviance + 2.0 * self.dimension
    }

    fn bic(&self) -> f64 {
        self.deviance + (self.groups as f64).ln() * self.dimension
    }
}

impl<'a> Model<'a> {
    fn new(bins: &[(usize, f64)], exposure: Option<&[f64]>, settings: &'a PclmSettings) -> Self {
        // The artificial last group; its exposure leaves its rate just below one.
        let bins: Vec<(usize, f64)> = bins.iter().copied().chain([(1, 1.0)]).collect();
        let years = |age: usize| exposure.map_or(1.0, |years| years.get(age).copied().unwrap_or(1.01));
        let group_of = bins.iter().enumerate().flat_map(|(group, (width, _))| vec![group; *width]);
        let ages: Vec<(usize, f64)> = group_of.enumerate().map(|(age, group)| (group, years(age))).collect();
        let knots = (ages.len() / settings.ages_per_knot).max(1);
        let basis = splines::basis(ages.len(), knots, settings.degree).transpose();
        let penalty = splines::difference_penalty(basis.nrows(), settings.difference);
        let counts = DVector::from_iterator(bins.len(), bins.iter().map(|(_, count)| *count));
        Self { settings, counts, ages, basis, penalty }
    }

    /// Sums over the ages of each group, exposure included.
    fn grouped(&self, values: impl Iterator<Item = f64>) -> DVector<f64> {
        let mut sums = DVector::zeros(self.counts.len());
        for (value, (group, years)) in values.zip(&self.ages) {
            sums[*group] += years * value;
        }
        sums
    }

    /// `None` where the equations have no solution.
    fn fit(&self, lambda: f64) -> Option<State> {
        let penalty = &self.penalty * lambda.sqrt();
        let (splines, groups) = (self.basis.nrows(), self.counts.len());
        let mut mu = DVector::from_element(self.ages.len(), self.counts.mean());
        let mut eta = mu.map(f64::ln);
        let mut means = self.grouped(mu.iter().copied());
        let mut distance = 1000.0;
        let mut solved = None;
        for iteration in 1..=self.settings.max_iterations {
            let mut design = DMatrix::zeros(splines, groups);
            for (age, (group, years)) in self.ages.iter().enumerate() {
                design.column_mut(*group).axpy(years * mu[age], &self.basis.column(age), 1.0);
            }
            let working = &self.counts - &means + self.grouped(mu.iter().zip(&eta).map(|(mu, eta)| mu * eta));
            let mut unpenalised = DMatrix::zeros(splines, splines);
            let mut right = DVector::zeros(splines);
            for (group, column) in design.column_iter().enumerate() {
                let weight = 1.0 / means[group].max(f64::MIN_POSITIVE);
                unpenalised.ger(weight, &column, &column, 1.0);
                right.axpy(weight * working[group], &column, 1.0);
            }
            let system = (&unpenalised + &penalty).lu();
            eta = self.basis.tr_mul(&system.solve(&right)?).map(|value| value.clamp(-700.0, 700.0));
            mu = eta.map(f64::exp);
            means = self.grouped(mu.iter().copied());
            let now = self.counts.zip_map(&means, |count, mean| (count - mean).abs() / count.max(1.0)).mean();
            if !now.is_finite() {
                return None;
            }
            let change = if now > 0.0 { (now - distance).abs() / now } else { 0.0 };
            distance = now;
            solved = Some((system, unpenalised, iteration));
            if iteration > 3 && (distance < self.settings.tolerance || change < 1e-3) {
                break;
            }
        }
        let (system, unpenalised, iterations) = solved?;
        let dimension = system.solve(&unpenalised)?.trace();
        let deviance = self.counts.zip_map(&means, |count, mean| {
            let count = count.max(1e-4);
            2.0 * count * (count / mean).ln()
        });
        Some(State { mu, groups, deviance: deviance.sum(), dimension, iterations })
    }
}

fn check(settings: &PclmSettings) -> Result<(), GraduationError> {
    let wrong = |setting, got, expected| Err(GraduationError::PclmSetting { setting, got, expected });
    let positive = |value: f64| value.is_finite() && value > 0.0;
    let (low, high) = settings.lambda_range;
    if let Some(lambda) = settings.lambda.filter(|lambda| !positive(*lambda)) {
        return wrong("lambda", lambda, "a finite number above 0");
    }
    if !positive(low) || !positive(high) || high < low {
        return wrong(
            "lambda_range",
            if positive(low) { high } else { low },
            "two numbers above 0, the lower first",
        );
    }
    if settings.ages_per_knot == 0 {
        return wrong("ages_per_knot", 0.0, "at least 1");
    }
    if !(1..=10).contains(&settings.degree) {
        return wrong("degree", settings.degree as f64, "1 to 10");
    }
    if !(1..=5).contains(&settings.difference) {
        return wrong("difference", settings.difference as f64, "1 to 5");
    }
    if !positive(settings.tolerance) {
        return wrong("tolerance", settings.tolerance, "a finite number above 0");
    }
    if settings.max_iterations < 10 {
        return wrong("max_iterations", settings.max_iterations as f64, "at least 10");
    }
    Ok(())
}
