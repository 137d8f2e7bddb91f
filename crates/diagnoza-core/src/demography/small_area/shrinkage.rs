use ndarray::{ArrayView2, Axis};
use serde::{Deserialize, Serialize};

use super::super::mortality::StandardLifeTable;
use super::super::root;
use super::SmallAreaError;
use super::area::AgePlan;
use super::logit::{AreaData, LogitParameters};

/// How the variance of levels between areas is estimated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BetweenVariance {
    /// Moments: `max(0, (Q - (k - 1)) / (sum w - sum w^2 / sum w))`, `w = 1 / s^2`, `Q = sum w (level - mean)^2`
    /// (DerSimonian & Laird 1986).
    #[default]
    DersimonianLaird,
    /// Restricted maximum likelihood: the root of
    /// `sum w^2 (level - mean)^2 - sum w + sum w^2 / sum w` with `w = 1 / (s^2 + tau^2)`, or 0.
    Reml,
}

impl BetweenVariance {
    /// Names of the choices as users write them.
    pub const WORDS: [(&'static str, Self); 2] =
        [("dersimonian_laird", Self::DersimonianLaird), ("reml", Self::Reml)];
}

/// The level of one area, by itself and drawn towards the mean.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct AreaLevel {
    /// Level fitted to its deaths alone; none where nobody died.
    pub level: Option<f64>,
    /// Its standard error.
    pub error: Option<f64>,
    /// Weight of its own level, 0 to 1: `tau^2 / (tau^2 + s^2)`.
    pub weight: f64,
    /// Shrunken level: `weight level + (1 - weight) mean`.
    pub shrunken: f64,
    /// Its standard error, that of the mean included: `sqrt(weight s^2 + (1 - weight)^2 / sum w)`, or
    /// `sqrt(tau^2 + 1 / sum w)` where nobody died.
    pub shrunken_error: f64,
    /// Deaths observed.
    pub deaths: f64,
    /// Deaths expected at the rates of the standard.
    pub expected: f64,
    /// Deaths expected at the shrunken level.
    pub fitted: f64,
}

/// Levels of mortality of many areas.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SmallAreaMortality {
    /// The areas in their order.
    pub areas: Vec<AreaLevel>,
    /// Mean level, areas weighted by `w = 1 / (s^2 + tau^2)`.
    pub mean: f64,
    /// Its standard error, `1 / sqrt(sum w)`.
    pub mean_error: f64,
    /// Variance of true levels between areas, `tau^2`.
    pub between_variance: f64,
    /// Slope of all areas: 1, or fitted to the deaths of all areas together.
    pub slope: f64,
    /// How the variance was estimated.
    pub method: BetweenVariance,
    /// Which parameters were fitted.
    pub parameters: LogitParameters,
}

impl SmallAreaMortality {
    /// The standard at the shrunken level of an area; `None` if there is no such area.
    #[must_use]
    pub fn life_table(&self, area: usize, standard: &StandardLifeTable) -> Option<StandardLifeTable> {
        self.areas.get(area).map(|found| standard.moved(found.shrunken, self.slope))
    }
}

/// Fits the relational logit model to many areas and draws their levels towards the mean (empirical Bayes).
///
/// Arrays are areas by ages; `ages` and columns as in [`super::relational_logit`]. With
/// [`LogitParameters::LevelAndSlope`] one slope is fitted to the deaths of all areas together, and levels given it: few
/// deaths do not tell a slope.
///
/// # Formula
/// `level(i) ~ N(theta(i), s(i)^2)`, `theta(i) ~ N(mean, tau^2)`; the posterior mean of `theta(i)` is
/// `B level + (1 - B) mean`, `B = tau^2 / (tau^2 + s^2)`. An area in which nobody died has no level of its own, takes
/// no part in the mean, and gets it.
///
/// # Reference
/// Efron & Morris (1975), *Data analysis using Stein's estimator*; DerSimonian & Laird (1986), *Meta-analysis in
/// clinical trials*.
///
/// # Errors
/// [`SmallAreaError`] names the area and the age.
///
/// ```
/// use diagnoza_core::demography::mortality::StandardLifeTable;
/// use diagnoza_core::demography::small_area::{BetweenVariance, LogitParameters, relational_logits};
/// use ndarray::array;
/// let standard = StandardLifeTable::new(&[1.0, 0.99, 0.95, 0.6, 0.2], &[0.2, 0.5, 0.5, 0.5, 1.5])?;
/// let deaths = array![[9.0, 30.0, 160.0], [14.0, 50.0, 190.0], [0.0, 0.0, 0.0]];
/// let exposure = array![[900.0, 800.0, 400.0], [900.0, 800.0, 400.0], [2.0, 2.0, 1.0]];
/// let (level, reml) = (LogitParameters::Level, BetweenVariance::Reml);
/// let found = relational_logits(&[0, 1, 2], deaths.view(), exposure.view(), &standard, level, reml)?;
/// assert!(found.areas[0].shrunken < found.mean && found.mean < found.areas[1].shrunken);
/// assert_eq!(found.areas[2].level, None); // nobody died: it has the mean
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn relational_logits(
    ages: &[u8],
    deaths: ArrayView2<'_, f64>,
    exposure: ArrayView2<'_, f64>,
    standard: &StandardLifeTable,
    parameters: LogitParameters,
    method: BetweenVariance,
) -> Result<SmallAreaMortality, SmallAreaError> {
    if deaths.nrows() != exposure.nrows() || deaths.nrows() == 0 {
        return Err(SmallAreaError::Areas { deaths: deaths.nrows(), exposure: exposure.nrows() });
    }
    let plan = AgePlan::new(ages, deaths.ncols(), exposure.ncols(), standard)?;
    let rows: Vec<(Vec<f64>, Vec<f64>)> =
        deaths.rows().into_iter().zip(exposure.rows()).map(|(d, e)| (d.to_vec(), e.to_vec())).collect();
    for (area, (deaths, exposure)) in rows.iter().enumerate() {
        plan.check(area, deaths, exposure)?;
    }
    let slope = match parameters {
        LogitParameters::Level => 1.0,
        LogitParameters::LevelAndSlope => {
            let (deaths, exposure) = (deaths.sum_axis(Axis(0)).to_vec(), exposure.sum_axis(Axis(0)).to_vec());
            let all = AreaData { area: 0, deaths: &deaths, exposure: &exposure, plan: &plan, standard };
            all.fit(true, 1.0)?.ok_or(SmallAreaError::NoDeaths { area: None })?.slope
        }
    };
    let data = |area: usize| AreaData {
        area,
        deaths: &rows[area].0,
        exposure: &rows[area].1,
        plan: &plan,
        standard,
    };
    let fits = (0..rows.len()).map(|area| data(area).fit(false, slope)).collect::<Result<Vec<_>, _>>()?;
    let known: Vec<(f64, f64)> =
        fits.iter().flatten().map(|fit| (fit.level, fit.level_error.powi(2))).collect();
    if known.is_empty() {
        return Err(SmallAreaError::NoDeaths { area: None });
    }
    let between_variance = between(&known, method);
    let (mean, weights) = weighted_mean(&known, between_variance);
    let areas = fits.iter().enumerate().map(|(area, fit)| {
        let own = fit.map(|fit| (fit.level, fit.level_error.powi(2)));
        // Nobody died: the variance of its own level is infinite.
        let weight = own.map_or(0.0, |(_, variance)| between_variance / (between_variance + variance));
        let shrunken = mean + weight * own.map_or(0.0, |(level, _)| level - mean);
        let posterior = own.map_or(between_variance, |(_, variance)| weight * variance);
        let sum = |level, slope| data(area).expected(level, slope).iter().map(|[mean, ..]| mean).sum::<f64>();
        AreaLevel {
            level: own.map(|(level, _)| level),
            error: own.map(|(_, variance)| variance.sqrt()),
            weight,
            shrunken,
            shrunken_error: (posterior + (1.0 - weight).powi(2) / weights).sqrt(),
            deaths: rows[area].0.iter().sum(),
            expected: sum(0.0, 1.0),
            fitted: sum(shrunken, slope),
        }
    });
    let areas = areas.collect();
    let mean_error = weights.sqrt().recip();
    Ok(SmallAreaMortality { areas, mean, mean_error, between_variance, slope, method, parameters })
}

/// Mean of `(level, variance)` weighted by `1 / (variance + between)`, and the sum of the weights.
fn weighted_mean(levels: &[(f64, f64)], between: f64) -> (f64, f64) {
    let weights: f64 = levels.iter().map(|(_, variance)| 1.0 / (variance + between)).sum();
    let sum: f64 = levels.iter().map(|(level, variance)| level / (variance + between)).sum();
    (sum / weights, weights)
}

fn between(levels: &[(f64, f64)], method: BetweenVariance) -> f64 {
    let sums = |between: f64| {
        let (mean, sum) = weighted_mean(levels, between);
        let weight = |variance: f64| 1.0 / (variance + between);
        let squares: f64 = levels.iter().map(|(_, variance)| weight(*variance).powi(2)).sum();
        (mean, sum, squares)
    };
    if levels.len() < 2 {
        return 0.0;
    }
    match method {
        BetweenVariance::DersimonianLaird => {
            let (mean, sum, squares) = sums(0.0);
            let q: f64 = levels.iter().map(|(level, variance)| (level - mean).powi(2) / variance).sum();
            ((q - (levels.len() - 1) as f64) / (sum - squares / sum)).max(0.0)
        }
        BetweenVariance::Reml => {
            let score = |between: f64| {
                let (mean, sum, squares) = sums(between);
                let fit: f64 = levels
                    .iter()
                    .map(|(level, variance)| ((level - mean) / (variance + between)).powi(2))
                    .sum();
                fit - sum + squares / sum
            };
            let at_zero = score(0.0);
            let mean = weighted_mean(levels, 0.0).0;
            let widest =
                levels.iter().map(|(level, variance)| (level - mean).powi(2) + variance).sum::<f64>();
            // The score is above zero below the maximum; without a change of sign the variance is nil.
            if at_zero <= 0.0 {
                return 0.0;
            }
            root::find(score, 0.0, widest, 1e-12 * at_zero).unwrap_or(widest)
        }
    }
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;
    use statrs::distribution::{ContinuousCDF, DiscreteCDF, Normal, Poisson};

    use super::super::model::MovedTable;
    use super::*;

    /// Synthetic: Gompertz mortality, ages 0 to 100 and over.
    fn standard() -> StandardLifeTable {
        let lx: Vec<f64> =
            (0..=100).map(|age| (-0.0004 * ((0.09 * f64::from(age)).exp() - 1.0)).exp()).collect();
        let mut ax = vec![0.5; 101];
        ax[100] = 1.8;
        StandardLifeTable::new(&lx, &ax).unwrap()
    }

    const AGES: [u8; 4] = [0, 40, 60, 80];

    fn expected(level: f64, exposure: &[f64]) -> Vec<f64> {
        let table = MovedTable::new(&standard(), level, 1.0);
        let until = [Some(40), Some(60), Some(80), None];
        (0..4).map(|i| exposure[i] * table.rate(usize::from(AGES[i]), until[i])[0]).collect()
    }

    fn run(deaths: &[Vec<f64>], exposure: &[Vec<f64>], method: BetweenVariance) -> SmallAreaMortality {
        let array = |rows: &[Vec<f64>]| Array2::from_shape_fn((rows.len(), 4), |(i, j)| rows[i][j]);
        let (deaths, exposure) = (array(deaths), array(exposure));
        relational_logits(&AGES, deaths.view(), exposure.view(), &standard(), LogitParameters::Level, method)
            .unwrap()
    }

    const METHODS: [BetweenVariance; 2] = [BetweenVariance::DersimonianLaird, BetweenVariance::Reml];

    #[test]
    fn equal_areas_have_no_variance_and_one_level() {
        let exposure = vec![vec![900.0, 500.0, 300.0, 90.0]; 5];
        let deaths = vec![expected(0.3, &exposure[0]); 5];
        for method in METHODS {
            let found = run(&deaths, &exposure, method);
            assert!(found.between_variance.abs() < 1e-12 && (found.mean - 0.3).abs() < 1e-7);
            for area in &found.areas {
                assert!(area.weight.abs() < 1e-9 && (area.shrunken - found.mean).abs() < 1e-9);
                assert!((area.shrunken_error - found.mean_error).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn large_areas_keep_their_level_and_those_without_deaths_get_the_mean() {
        let small = vec![90.0, 50.0, 30.0, 9.0];
        let large: Vec<f64> = small.iter().map(|years| 1e9 * years).collect();
        let exposure = [large.clone(), large.clone(), small.clone(), small.clone()];
        let deaths = [expected(-0.2, &large), expected(0.4, &large), expected(0.9, &small), vec![0.0; 4]];
        for method in METHODS {
            let found = run(&deaths, &exposure, method);
            assert!(found.between_variance > 0.05);
            assert!((found.areas[0].shrunken + 0.2).abs() < 1e-5 && found.areas[0].weight > 0.999_99);
            let third = found.areas[2];
            assert!(third.shrunken > found.mean && third.shrunken < 0.9 && third.weight < 0.95);
            let last = found.areas[3];
            assert_eq!((last.level, last.error), (None, None));
            assert!((last.shrunken - found.mean).abs() < 1e-12);
            assert!(last.shrunken_error > third.shrunken_error);
            let table = found.life_table(2, &standard()).unwrap();
            assert_eq!(table, standard().moved(third.shrunken, 1.0));
        }
    }

    /// Hand: levels 0, 1, 3 with variances 1/2, 1/4, 1/4, weights 2, 4, 4, mean 1.6;
    /// Q = 2 (1.6)^2 + 4 (0.6)^2 + 4 (1.4)^2 = 14.4; tau^2 = (14.4 - 2) / (10 - 36 / 10) = 1.9375.
    #[test]
    fn the_moment_estimator_by_hand() {
        let levels = [(0.0, 0.5), (1.0, 0.25), (3.0, 0.25)];
        assert!((between(&levels, BetweenVariance::DersimonianLaird) - 1.9375).abs() < 1e-12);
        // Equal variances: restricted maximum likelihood is the sample variance less the variance of an estimate.
        let equal = [(0.0, 0.5), (1.0, 0.5), (5.0, 0.5)];
        assert!((between(&equal, BetweenVariance::Reml) - (7.0 - 0.5)).abs() < 1e-9);
        assert!((between(&equal, BetweenVariance::DersimonianLaird) - 6.5).abs() < 1e-9);
        assert!(between(&levels[..1], BetweenVariance::Reml).abs() < 1e-12);
    }

    /// Synthetic: 300 areas, levels N(0.1, 0.2^2), Poisson deaths, about twenty in each.
    #[test]
    fn simulated_levels_are_recovered_better_when_shrunken() {
        let mut state = 20_260_101_u64;
        let mut uniform = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (((state >> 11) as f64) + 0.5) / (1_u64 << 53) as f64
        };
        let normal = Normal::new(0.1, 0.2).unwrap();
        let exposure = vec![vec![900.0, 500.0, 300.0, 90.0]; 300];
        let mut levels = Vec::new();
        let mut deaths = Vec::new();
        for years in &exposure {
            let level = normal.inverse_cdf(uniform());
            levels.push(level);
            let draw = |mean: &f64| Poisson::new(*mean).unwrap().inverse_cdf(uniform()) as f64;
            deaths.push(expected(level, years).iter().map(draw).collect::<Vec<f64>>());
        }
        for method in METHODS {
            let found = run(&deaths, &exposure, method);
            assert!((found.between_variance.sqrt() - 0.2).abs() < 0.05, "{}", found.between_variance.sqrt());
            assert!((found.mean - 0.1).abs() < 0.05, "{}", found.mean);
            let squares = |of: &dyn Fn(&AreaLevel) -> f64| -> f64 {
                found.areas.iter().zip(&levels).map(|(area, level)| (of(area) - level).powi(2)).sum()
            };
            let (own, shrunken) = (squares(&|area| area.level.unwrap()), squares(&|area| area.shrunken));
            assert!(shrunken < 0.95 * own, "{shrunken} {own}");
            let covered = found.areas.iter().zip(&levels);
            let covered = covered.filter(|(a, level)| (a.shrunken - **level).abs() < 1.96 * a.shrunken_error);
            assert!((270..=297).contains(&covered.count()));
        }
    }

    #[test]
    fn a_slope_is_common_to_all_areas() {
        let exposure = Array2::from_elem((3, 4), 5000.0);
        let table = MovedTable::new(&standard(), 0.2, 1.3);
        let until = [Some(40), Some(60), Some(80), None];
        let deaths =
            Array2::from_shape_fn((3, 4), |(_, j)| 5000.0 * table.rate(usize::from(AGES[j]), until[j])[0]);
        let (both, method) = (LogitParameters::LevelAndSlope, BetweenVariance::Reml);
        let found =
            relational_logits(&AGES, deaths.view(), exposure.view(), &standard(), both, method).unwrap();
        assert!((found.slope - 1.3).abs() < 1e-6 && (found.mean - 0.2).abs() < 1e-6);
        for area in &found.areas {
            assert!((area.fitted - area.deaths).abs() < 1e-3);
        }
        let none = Array2::zeros((3, 4));
        let refused = relational_logits(&AGES, none.view(), exposure.view(), &standard(), both, method);
        assert_eq!(refused, Err(SmallAreaError::NoDeaths { area: None }));
        let empty = Array2::zeros((0, 4));
        assert!(relational_logits(&AGES, empty.view(), empty.view(), &standard(), both, method).is_err());
    }
}
