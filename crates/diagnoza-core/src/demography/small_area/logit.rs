use serde::{Deserialize, Serialize};

use super::super::mortality::StandardLifeTable;
use super::SmallAreaError;
use super::area::AgePlan;
use super::model::{MovedTable, Tangent};

/// Which parameters of the relational logit model are fitted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogitParameters {
    /// The level; the slope is 1.
    #[default]
    Level,
    /// Level and slope.
    LevelAndSlope,
}

impl LogitParameters {
    /// Names of the choices as users write them.
    pub const WORDS: [(&'static str, Self); 2] =
        [("level", Self::Level), ("level_and_slope", Self::LevelAndSlope)];
}

/// The relational logit model fitted to the deaths of one area.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RelationalLogit {
    /// Level: 0 is the standard, above it mortality is higher.
    pub level: f64,
    /// Its standard error.
    pub level_error: f64,
    /// Slope: 1 is the standard, above it the young die less and the old more.
    pub slope: f64,
    /// Its standard error, if it was fitted.
    pub slope_error: Option<f64>,
    /// Deaths observed.
    pub deaths: f64,
    /// Deaths expected at the level and slope; with a fitted level and slope 1 nearly the deaths observed.
    pub fitted: f64,
    /// Deaths expected at the rates of the standard.
    pub expected: f64,
    /// Poisson deviance.
    pub deviance: f64,
    /// Which parameters were fitted.
    pub parameters: LogitParameters,
}

impl RelationalLogit {
    /// The standard moved to the area: a table that gives rates, survival ratios and person-years.
    #[must_use]
    pub fn life_table(&self, standard: &StandardLifeTable) -> StandardLifeTable {
        standard.moved(self.level, self.slope)
    }
}

/// Fits Brass's relational logit model to deaths and exposure of one area by Poisson maximum likelihood.
///
/// `ages` are the first ages of the groups of deaths, the last open. `exposure` (person-years) is by the same groups,
/// or by single ages from `ages[0]` to an open group of its own.
///
/// # Formula
/// `D(g) ~ Poisson(sum of E(a) m(a) over the ages a of g)`, `m(a) = (l(a) - l(b)) / (T(a) - T(b))` of the table with
/// `Y(x) = level + slope Y_s(x)`; within a group of ages people are thus assumed to be as in the stationary population
/// of the table. Solved by Fisher scoring with halved steps; standard errors from the expected information.
///
/// # Reference
/// Brass (1971), *On the scale of mortality*.
///
/// # Errors
/// [`SmallAreaError`] names the age, and says if nobody died.
///
/// ```
/// use diagnoza_core::demography::mortality::StandardLifeTable;
/// use diagnoza_core::demography::small_area::{LogitParameters, relational_logit};
/// let standard = StandardLifeTable::new(&[1.0, 0.99, 0.95, 0.6, 0.2], &[0.2, 0.5, 0.5, 0.5, 1.5])?;
/// let exposure = [1000.0, 900.0, 500.0];
/// let moved = standard.moved(0.3, 1.0).mortality_rates(2);
/// let deaths: Vec<f64> = exposure.iter().zip(&moved).map(|(years, rate)| years * rate).collect();
/// let fit = relational_logit(&[0, 1, 2], &deaths, &exposure, &standard, LogitParameters::Level)?;
/// assert!((fit.level - 0.3).abs() < 1e-6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "Brass")]
pub fn relational_logit(
    ages: &[u8],
    deaths: &[f64],
    exposure: &[f64],
    standard: &StandardLifeTable,
    parameters: LogitParameters,
) -> Result<RelationalLogit, SmallAreaError> {
    let plan = AgePlan::new(ages, deaths.len(), exposure.len(), standard)?;
    plan.check(0, deaths, exposure)?;
    let data = AreaData { area: 0, deaths, exposure, plan: &plan, standard };
    data.fit(parameters == LogitParameters::LevelAndSlope, 1.0)?
        .ok_or(SmallAreaError::NoDeaths { area: Some(0) })
}

/// Checked deaths and exposure of one area.
pub(super) struct AreaData<'a> {
    pub(super) area: usize,
    pub(super) deaths: &'a [f64],
    pub(super) exposure: &'a [f64],
    pub(super) plan: &'a AgePlan<'a>,
    pub(super) standard: &'a StandardLifeTable,
}

/// Levels and slopes within reach; beyond them survivors are none, or all.
const LEVELS: (f64, f64) = (-5.0, 5.0);
const SLOPES: (f64, f64) = (0.1, 5.0);

impl AreaData<'_> {
    pub(super) fn expected(&self, level: f64, slope: f64) -> Vec<Tangent> {
        self.plan.expected(&MovedTable::new(self.standard, level, slope), self.exposure)
    }

    /// Maximises the likelihood from level 0 and `slope`; `None` if nobody died.
    pub(super) fn fit(
        &self,
        free_slope: bool,
        slope: f64,
    ) -> Result<Option<RelationalLogit>, SmallAreaError> {
        let total: f64 = self.deaths.iter().sum();
        if total <= 0.0 {
            return Ok(None);
        }
        let beyond = SmallAreaError::NoMaximum { area: self.area, slope: free_slope };
        let (mut level, mut slope) = (0.0, slope);
        let mut expected = self.expected(level, slope);
        let mut likelihood = self.likelihood(&expected);
        for _ in 0..200 {
            let (score, information) = self.score(&expected);
            let Some((by_level, by_slope)) = step(score, information, free_slope) else {
                return Err(beyond);
            };
            let size = by_level.abs().max(by_slope.abs());
            if size < 1e-9 {
                return self.fitted(level, slope, free_slope, &expected).map(Some).ok_or(beyond);
            }
            // Halved until it is inside and as likely; of the last short steps rounding hides the gain.
            let mut scale = (1.0 / size).min(1.0);
            let accepted = (0..40).find_map(|_| {
                let at = (level + scale * by_level, slope + scale * by_slope);
                scale /= 2.0;
                let inside = at.0 > LEVELS.0 && at.0 < LEVELS.1 && at.1 > SLOPES.0 && at.1 < SLOPES.1;
                let tried = self.expected(at.0, at.1);
                let likely = self.likelihood(&tried);
                (inside && (likely >= likelihood || size < 1e-6)).then_some((at, tried, likely))
            });
            let Some(accepted) = accepted else {
                return Err(beyond);
            };
            ((level, slope), expected, likelihood) = accepted;
        }
        Err(beyond)
    }

    fn fitted(
        &self,
        level: f64,
        slope: f64,
        free_slope: bool,
        expected: &[Tangent],
    ) -> Option<RelationalLogit> {
        let (_, [aa, ab, bb]) = self.score(expected);
        let determinant = aa * bb - ab * ab;
        let (level_variance, slope_variance) =
            if free_slope { (bb / determinant, Some(aa / determinant)) } else { (1.0 / aa, None) };
        let deviance = self.deaths.iter().zip(expected).map(|(deaths, [mean, ..])| {
            let part = if *deaths > 0.0 { deaths * (deaths / mean).ln() } else { 0.0 };
            2.0 * (part - deaths + mean)
        });
        let sum = |expected: &[Tangent]| expected.iter().map(|[mean, ..]| mean).sum::<f64>();
        let fit = RelationalLogit {
            level,
            level_error: level_variance.sqrt(),
            slope,
            slope_error: slope_variance.map(f64::sqrt),
            deaths: self.deaths.iter().sum(),
            fitted: sum(expected),
            expected: sum(&self.expected(0.0, 1.0)),
            deviance: deviance.sum(),
            parameters: if free_slope { LogitParameters::LevelAndSlope } else { LogitParameters::Level },
        };
        let finite = fit.level_error.is_finite() && fit.slope_error.is_none_or(f64::is_finite);
        (finite && fit.deviance.is_finite()).then_some(fit)
    }

    /// `sum of D ln(mu) - mu`.
    fn likelihood(&self, expected: &[Tangent]) -> f64 {
        let part = |(deaths, [mean, ..]): (&f64, &Tangent)| {
            if *deaths > 0.0 { deaths * mean.ln() - mean } else { -mean }
        };
        self.deaths.iter().zip(expected).map(part).sum()
    }

    /// Score by level and slope, and the information: level, both, slope.
    fn score(&self, expected: &[Tangent]) -> ([f64; 2], [f64; 3]) {
        let (mut score, mut information) = ([0.0; 2], [0.0; 3]);
        for (deaths, [mean, by_level, by_slope]) in self.deaths.iter().zip(expected) {
            if *mean > 0.0 {
                score[0] += (deaths / mean - 1.0) * by_level;
                score[1] += (deaths / mean - 1.0) * by_slope;
                information[0] += by_level * by_level / mean;
                information[1] += by_level * by_slope / mean;
                information[2] += by_slope * by_slope / mean;
            }
        }
        (score, information)
    }
}

/// Fisher's step; `None` where the information does not tell the parameters apart.
fn step(score: [f64; 2], [aa, ab, bb]: [f64; 3], free_slope: bool) -> Option<(f64, f64)> {
    let determinant = aa * bb - ab * ab;
    if !free_slope {
        (aa > 0.0).then(|| (score[0] / aa, 0.0))
    } else if determinant > 1e-10 * aa * bb {
        Some(((bb * score[0] - ab * score[1]) / determinant, (aa * score[1] - ab * score[0]) / determinant))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Synthetic: Gompertz mortality, ages 0 to 100 and over.
    fn standard() -> StandardLifeTable {
        let lx: Vec<f64> =
            (0..=100).map(|age| (-0.0004 * ((0.09 * f64::from(age)).exp() - 1.0)).exp()).collect();
        let mut ax = vec![0.5; 101];
        ax[100] = 1.8;
        StandardLifeTable::new(&lx, &ax).unwrap()
    }

    fn fives() -> Vec<u8> {
        (0..=85).step_by(5).collect()
    }

    /// Deaths that a level and slope expect of these exposures.
    fn expected(ages: &[u8], exposure: &[f64], level: f64, slope: f64) -> Vec<f64> {
        let standard = standard();
        let plan = AgePlan::new(ages, ages.len(), exposure.len(), &standard).unwrap();
        let data = AreaData { area: 0, deaths: &[], exposure, plan: &plan, standard: &standard };
        data.expected(level, slope).iter().map(|[mean, ..]| *mean).collect()
    }

    #[test]
    fn level_and_slope_that_made_the_deaths_are_found() {
        let ages = fives();
        let by_group = vec![900.0; ages.len()];
        let single: Vec<f64> = (0..=95).map(|age| 200.0 - 2.0 * f64::from(age)).collect();
        for exposure in [&by_group, &single] {
            for (level, slope) in [(0.0, 1.0), (0.4, 1.0), (-0.3, 1.2), (0.1, 0.8)] {
                let deaths = expected(&ages, exposure, level, slope);
                let both = LogitParameters::LevelAndSlope;
                let fit = relational_logit(&ages, &deaths, exposure, &standard(), both).unwrap();
                assert!((fit.level - level).abs() < 1e-7 && (fit.slope - slope).abs() < 1e-7, "{fit:?}");
                assert!(fit.deviance.abs() < 1e-8 && fit.slope_error.is_some_and(|error| error > 0.0));
                assert!((fit.fitted - fit.deaths).abs() < 1e-6);
                if (slope - 1.0).abs() < 1e-9 {
                    let one = relational_logit(&ages, &deaths, exposure, &standard(), LogitParameters::Level)
                        .unwrap();
                    assert!((one.level - level).abs() < 1e-7 && one.slope_error.is_none());
                    assert!(one.level_error <= fit.level_error);
                }
            }
        }
    }

    #[test]
    fn single_ages_are_the_rates_of_the_moved_table() {
        let ages: Vec<u8> = (0..=90).collect();
        let deaths = expected(&ages, &vec![1.0; 91], 0.2, 1.1);
        for (got, rate) in deaths.iter().zip(standard().moved(0.2, 1.1).mortality_rates(90)) {
            assert!((got - rate).abs() < 1e-12);
        }
    }

    #[test]
    fn a_tenth_of_the_people_has_three_times_the_error() {
        let ages = fives();
        let fit = |size: f64| {
            let exposure = vec![size; ages.len()];
            let deaths = expected(&ages, &exposure, 0.2, 1.0);
            relational_logit(&ages, &deaths, &exposure, &standard(), LogitParameters::Level).unwrap()
        };
        assert!((fit(100.0).level_error / fit(1000.0).level_error - 10.0_f64.sqrt()).abs() < 1e-6);
    }

    #[test]
    fn what_cannot_be_is_refused_with_its_place() {
        let ages = [0, 50, 70];
        let run = |deaths: &[f64], exposure: &[f64]| {
            relational_logit(&ages, deaths, exposure, &standard(), LogitParameters::Level)
        };
        assert_eq!(run(&[0.0; 3], &[1.0; 3]), Err(SmallAreaError::NoDeaths { area: Some(0) }));
        assert!(matches!(run(&[1.0; 2], &[1.0; 3]), Err(SmallAreaError::Deaths { deaths: 2, .. })));
        assert!(matches!(run(&[1.0; 3], &[1.0; 4]), Err(SmallAreaError::Exposure { single: 71, .. })));
        assert!(matches!(run(&[1.0; 3], &[1.0; 102]), Err(SmallAreaError::Standard { got: 101, .. })));
        assert!(matches!(
            run(&[1.0, f64::NAN, 1.0], &[1.0; 3]),
            Err(SmallAreaError::NotACount { what: "deaths", age: 50, .. })
        ));
        assert!(matches!(run(&[1.0; 3], &[1.0, -1.0, 1.0]), Err(SmallAreaError::NotACount { .. })));
        assert!(matches!(
            run(&[1.0; 3], &[1.0, 0.0, 1.0]),
            Err(SmallAreaError::DeathsWithoutExposure { age: 50, .. })
        ));
        assert!(matches!(run(&[1e9; 3], &[1.0; 3]), Err(SmallAreaError::NoMaximum { .. })));
        let both = LogitParameters::LevelAndSlope;
        let one_group = relational_logit(&[0], &[3.0], &[100.0], &standard(), both);
        assert!(matches!(one_group, Err(SmallAreaError::NoMaximum { slope: true, .. })));
        assert!(relational_logit(&[], &[], &[], &standard(), both).is_err());
        assert!(run(&[0.0, 0.0, 5.0], &[0.0, 0.0, 90.0]).is_ok());
    }
}
