//! Life expectancy of a column of death rates, by the rule of the tool a model follows.

use serde::{Deserialize, Serialize};

use super::MortalityModelError;
use super::ages::closed_widths;
use crate::observation::Sex;

/// How years lived by those who die in an age, `a(x)`, are found.
///
/// The rule moves e0 by up to 0.1 years, so every figure says which one it is by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExpectancyRule {
    /// R `demography::lifetable`: Coale-Demeny at ages 0 and 1-4 (Preston et al. 2001, table 3.3), half the
    /// interval for single ages, 2.6 years for five-year groups.
    #[default]
    Demography,
    /// The United Nations' (R `MortCast`): Andreev & Kingkade (2015) at age 0, Coale-Demeny at 1-4, half the
    /// interval for single ages, Greville for five-year groups from 15, 2.5 years at 5-14.
    UnAndreevKingkade,
    /// The United Nations' with Coale-Demeny at age 0.
    UnCoaleDemeny,
}

/// Life expectancy at the first age of `ages`, the last of which is open.
///
/// # Formula
/// `q(x) = n m / (1 + (n - a) m)`, `l(x+n) = l(x) (1 - q)`, `L(x) = n l(x+n) + a (l(x) - l(x+n))`, open
/// group `L = l / m`; `e = sum L / l`. Years.
///
/// ```
/// use diagnoza_core::demography::mortality_model::{ExpectancyRule, life_expectancy};
/// // A constant force of 0.02 from age 60 on: 50 years, but for the half year within an age.
/// let ages: Vec<u8> = (60..=100).collect();
/// let e60 = life_expectancy(&vec![0.02; ages.len()], &ages, None, ExpectancyRule::Demography)?;
/// assert!((e60 - 50.0).abs() < 0.01);
/// # Ok::<(), diagnoza_core::demography::mortality_model::MortalityModelError>(())
/// ```
///
/// # Errors
/// Ages that are no life table's; a rate that is not a number above zero, by its age.
#[doc(alias = "przeciętne dalsze trwanie życia")]
pub fn life_expectancy(
    mx: &[f64],
    ages: &[u8],
    sex: Option<Sex>,
    rule: ExpectancyRule,
) -> Result<f64, MortalityModelError> {
    let table = LifeTableFrame::new(ages, sex, rule)?;
    if mx.len() != ages.len() {
        return Err(MortalityModelError::Length { what: "mx", got: mx.len(), expected: ages.len() });
    }
    match mx.iter().zip(ages).find(|(rate, _)| !(rate.is_finite() && **rate > 0.0)) {
        Some((&got, &age)) => {
            Err(MortalityModelError::Parameter { what: "mx", got, age, expected: "a rate above zero" })
        }
        None => Ok(table.expectancy(mx)),
    }
}

/// What a life table needs besides its rates; made once, used for many columns.
pub(super) struct LifeTableFrame {
    first: u8,
    widths: Vec<f64>,
    sex: Option<Sex>,
    rule: ExpectancyRule,
}

impl LifeTableFrame {
    pub(super) fn new(
        ages: &[u8],
        sex: Option<Sex>,
        rule: ExpectancyRule,
    ) -> Result<Self, MortalityModelError> {
        Ok(Self { first: ages.first().copied().unwrap_or(0), widths: closed_widths(ages)?, sex, rule })
    }

    /// Life expectancy at the first age. Rates of zero are allowed: a solver passes through them.
    pub(super) fn expectancy(&self, mx: &[f64]) -> f64 {
        let mut survivors = 1.0;
        let mut years = 0.0;
        let mut age = f64::from(self.first);
        // Greville's slope of ln m; the last closed group borrows that of the group before.
        let mut slope = 0.0;
        for (x, &n) in self.widths.iter().enumerate() {
            let m = mx[x];
            if n >= 5.0 && x > 0 && x + 1 < self.widths.len() {
                let ratio = mx[x + 1] / mx[x - 1].max(f64::MIN_POSITIVE);
                slope = 0.1 * ratio.max(f64::MIN_POSITIVE).ln();
            }
            let a = self.years_lived(x, age, n, mx, slope);
            // Rates near infinity, where a solver may look, kill everybody and not more.
            let q = (n * m / (1.0 + (n - a) * m)).min(1.0);
            let next = survivors * (1.0 - q);
            years += n * next + a * (survivors - next);
            survivors = next;
            age += n;
        }
        years + survivors / mx[self.widths.len()].max(f64::MIN_POSITIVE)
    }

    /// `a(x)` of a closed group.
    fn years_lived(&self, x: usize, age: f64, n: f64, mx: &[f64], slope: f64) -> f64 {
        let m = mx[x];
        if x == 0 && self.first == 0 && n < 2.0 {
            return self.first_year(m);
        }
        if n < 2.0 {
            return 0.5;
        }
        if n < 5.0 {
            return coale_demeny_1_4(mx[0], self.sex);
        }
        match self.rule {
            ExpectancyRule::Demography => 2.6,
            _ if age < 15.0 || x == 0 => 2.5,
            _ => {
                let a = 2.5 - 25.0 / 12.0 * (m - slope);
                // 0.97 years: a constant force of 1 over five years.
                a.max(if age < 45.0 { 0.0 } else { 0.97 })
            }
        }
    }

    /// `a(0)` of the first year of life.
    fn first_year(&self, m: f64) -> f64 {
        match self.rule {
            ExpectancyRule::UnAndreevKingkade => andreev_kingkade(m, self.sex),
            ExpectancyRule::Demography | ExpectancyRule::UnCoaleDemeny => {
                let (low, slope, high) = match self.sex {
                    Some(Sex::Female) => (0.053, 2.8, 0.35),
                    Some(Sex::Male) => (0.045, 2.684, 0.33),
                    None => (0.049, 2.742, 0.34),
                };
                if m < 0.107 { low + slope * m } else { high }
            }
        }
    }
}

/// `a` of ages 1-4 by Coale & Demeny, region West, from the rate of age 0 (Preston et al. 2001, table 3.3).
fn coale_demeny_1_4(m0: f64, sex: Option<Sex>) -> f64 {
    let (low, slope, high) = match sex {
        Some(Sex::Female) => (1.522, 1.518, 1.361),
        Some(Sex::Male) => (1.651, 2.816, 1.352),
        None => (1.5865, 2.167, 1.3565),
    };
    if m0 < 0.107 { low - slope * m0 } else { high }
}

/// `a(0)` by Andreev & Kingkade (2015), as the Human Mortality Database's protocol 6 has it on rates.
fn andreev_kingkade(m0: f64, sex: Option<Sex>) -> f64 {
    let female = || match m0 {
        m if m < 0.01724 => 0.14903 - 2.05527 * m,
        m if m < 0.06891 => 0.04667 + 3.88089 * m,
        _ => 0.31411,
    };
    let male = || match m0 {
        m if m < 0.0230 => 0.14929 - 1.99545 * m,
        m if m < 0.08307 => 0.02832 + 3.26021 * m,
        _ => 0.29915,
    };
    match sex {
        Some(Sex::Female) => female(),
        Some(Sex::Male) => male(),
        None => (1.05 * male() + female()) / 2.05,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_mortcast_for_poland_2020_25() {
        // United Nations WPP 2024 rates of females; MortCast 2.8 gives 81.585469016362.
        let mx = [
            0.00318574, 0.0001234, 7.49e-05, 9.674e-05, 0.000208, 0.00023664, 0.00026967, 0.00039712,
            0.00062408, 0.00103186, 0.00181373, 0.00296976, 0.00492752, 0.00829434, 0.01288265, 0.02012685,
            0.03268772, 0.05820107, 0.10725998, 0.18757196, 0.30711105, 0.45952931,
        ];
        let ages: Vec<u8> = [0, 1].into_iter().chain((1..=20).map(|group| 5 * group)).collect();
        let rule = ExpectancyRule::UnAndreevKingkade;
        let e0 = life_expectancy(&mx, &ages, Some(Sex::Female), rule).unwrap();
        assert!((e0 - 81.585_469_016_362).abs() < 1e-9, "{e0}");
    }

    #[test]
    fn rates_that_cannot_be_are_named_by_age() {
        let error = life_expectancy(&[0.1, 0.0, 0.2], &[0, 1, 2], None, ExpectancyRule::Demography);
        assert!(matches!(error, Err(MortalityModelError::Parameter { age: 1, .. })));
        assert!(life_expectancy(&[0.1], &[0, 1], None, ExpectancyRule::Demography).is_err());
        assert!(life_expectancy(&[0.1, f64::INFINITY], &[0, 1], None, ExpectancyRule::Demography).is_err());
    }

    #[test]
    fn higher_rates_live_shorter_under_every_rule() {
        let ages: Vec<u8> = [0, 1].into_iter().chain((1..=20).map(|group| 5 * group)).collect();
        let mx: Vec<f64> = ages.iter().map(|&age| 3e-5 * (0.1 * f64::from(age)).exp()).collect();
        let higher: Vec<f64> = mx.iter().map(|rate| rate * 1.5).collect();
        for rule in
            [ExpectancyRule::Demography, ExpectancyRule::UnAndreevKingkade, ExpectancyRule::UnCoaleDemeny]
        {
            for sex in [None, Some(Sex::Female), Some(Sex::Male)] {
                let e0 = |mx: &[f64]| life_expectancy(mx, &ages, sex, rule).unwrap();
                assert!(e0(&higher) < e0(&mx), "{rule:?}");
            }
        }
    }
}
