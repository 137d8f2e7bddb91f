use ndarray::{Array1, s};

use super::{CohortProjection, MigrationTiming};
use crate::demography::survival::life_expectancy;
use crate::observation::Sex;

impl CohortProjection {
    /// Survival ratios that the deaths imply, `(A+1)` for one step and sex.
    ///
    /// `None` when at some age nobody was at risk, when the sex was not projected, and for a step of `even`
    /// in which migrants were spread, as the halves of the migrants are not kept.
    #[must_use]
    pub fn implied_survival(&self, step: usize, sex: Sex) -> Option<Array1<f64>> {
        let i = sex.index();
        let (_, sexes, ages) = self.population.dim();
        if step >= self.steps() || i >= sexes {
            return None;
        }
        let adjusted = self.adjustments.iter().any(|change| change.step == step && change.sex == sex);
        if self.timing == MigrationTiming::Even && adjusted {
            return None;
        }
        let start = self.population.slice(s![step, i, ..]);
        let moves = self.net_migration.slice(s![step, i, ..]);
        let deaths = self.deaths.slice(s![step, i, ..]);
        let ratio = |position: usize| {
            let (people, died) =
                (if position == 0 { self.births[[step, i]] } else { start[position - 1] }, deaths[position]);
            match self.timing {
                MigrationTiming::End => (people > 0.0).then(|| 1.0 - died / people),
                MigrationTiming::Even => {
                    let at_risk = if position == 0 { people } else { people + moves[position - 1] / 2.0 };
                    (at_risk > 0.0).then(|| 1.0 - died / at_risk)
                }
                // Migrants of the open age survive with the open group, nobody joins its last closed one.
                MigrationTiming::Mid if position == ages - 1 => (people > 0.0).then(|| 1.0 - died / people),
                MigrationTiming::Mid => half_way(people, moves[position.min(ages - 1)], died),
            }
        };
        (0..=ages).map(ratio).collect()
    }

    /// Life expectancy at birth that the deaths of one step imply, in years.
    #[must_use]
    #[doc(alias = "dalsze trwanie życia")]
    pub fn life_expectancy(&self, step: usize, sex: Sex) -> Option<f64> {
        let ratios = self.implied_survival(step, sex)?;
        Some(life_expectancy(ratios.view())? * self.interval.years())
    }

    /// Total fertility rate of one step: births by age of mother over woman-years, summed over years of age.
    #[must_use]
    #[doc(alias = "współczynnik dzietności")]
    pub fn total_fertility(&self, step: usize) -> f64 {
        let births = self.births_by_age.row(step);
        let years = self.woman_years.row(step);
        let rates =
            births.iter().zip(years).filter(|&(_, &years)| years > 0.0).map(|(born, years)| born / years);
        rates.sum::<f64>() * self.interval.years()
    }
}

/// The ratio `S` with `(people sqrt S + moves) sqrt S = people + moves - died`.
fn half_way(people: f64, moves: f64, died: f64) -> Option<f64> {
    let alive = people + moves - died;
    let root = moves * moves + 4.0 * people * alive;
    (people > 0.0 && root >= 0.0).then(|| {
        let half = (root.sqrt() - moves) / (2.0 * people);
        half * half
    })
}
