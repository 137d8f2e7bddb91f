use super::error::expect_shape;
use super::{CohortComponentError, CohortProjection, MigrationTiming};
use crate::observation::Sex;

/// Largest difference of stocks and flows, relative to the persons of the cohort and at least one person.
const TOLERANCE: f64 = 1e-9;

impl CohortProjection {
    /// Refuses a result whose stocks and flows differ by more than 1e-9 of the persons, by age and in total.
    ///
    /// # Formula
    /// `P'(a+1) = P(a) + early(a) - D(a) + late(a+1)`, newborn for `P` below age 0; early migrants are half of
    /// `even`. A step of `even` in which migrants were spread keeps no record of its halves: there the totals
    /// of each sex are compared alone.
    ///
    /// # Errors
    /// [`CohortComponentError::Unbalanced`] names the step, sex and age.
    pub fn check_balance(&self) -> Result<(), CohortComponentError> {
        let (steps, (_, sexes, ages)) = (self.steps(), self.population.dim());
        // Fields are public and results can be read from a file: look before indexing.
        expect_shape("population", self.population.shape(), &[steps + 1, sexes.clamp(1, 2), ages.max(2)])?;
        expect_shape("births", self.births.shape(), &[steps, sexes])?;
        expect_shape("deaths", self.deaths.shape(), &[steps, sexes, ages + 1])?;
        expect_shape("net_migration", self.net_migration.shape(), &[steps, sexes, ages])?;
        let (population, births) = (self.population.as_standard_layout(), self.births.as_standard_layout());
        let (deaths, net) = (self.deaths.as_standard_layout(), self.net_migration.as_standard_layout());
        let (Some(population), Some(births), Some(deaths), Some(net)) =
            (population.as_slice(), births.as_slice(), deaths.as_slice(), net.as_slice())
        else {
            return Ok(()); // the standard layout is a slice
        };
        let early = if self.timing == MigrationTiming::Even { 0.5 } else { 0.0 };
        for step in 0..steps {
            for sex in 0..sexes {
                let row = step * sexes + sex;
                let cohorts = Cohorts {
                    before: &population[row * ages..][..ages],
                    after: &population[(row + sexes) * ages..][..ages],
                    born: births[row],
                    deaths: &deaths[row * (ages + 1)..][..ages + 1],
                    net: &net[row * ages..][..ages],
                };
                let by_age = self.timing != MigrationTiming::Even || !self.was_adjusted(step, sex);
                let place = if !by_age {
                    cohorts.total().map(|difference| (None, difference))
                } else if cohorts.balance(early) {
                    None
                } else {
                    cohorts.first_open(early)
                };
                if let Some((age, difference)) = place {
                    let sex = Sex::BOTH[sex];
                    return Err(CohortComponentError::Unbalanced { step, sex, age, difference });
                }
            }
        }
        Ok(())
    }

    fn was_adjusted(&self, step: usize, sex: usize) -> bool {
        self.adjustments.iter().any(|change| change.step == step && change.sex.index() == sex)
    }
}

/// One step of one sex.
struct Cohorts<'a> {
    before: &'a [f64],
    after: &'a [f64],
    born: f64,
    deaths: &'a [f64],
    net: &'a [f64],
}

impl Cohorts<'_> {
    /// Whether every cohort balances; false also where a value is not a number.
    fn balance(&self, early: f64) -> bool {
        let open = self.before.len() - 1;
        let late = 1.0 - early;
        let (before, moved) = (&self.before[..open - 1], &self.net[..open - 1]);
        let (after, moves, deaths) = (&self.after[1..open], &self.net[1..open], &self.deaths[1..open]);
        let mut balanced = true;
        for age in 0..open - 1 {
            let started = before[age] + early * moved[age];
            let difference = started - deaths[age] + late * moves[age] - after[age];
            balanced &= difference.abs() <= TOLERANCE * started.abs().max(1.0);
        }
        balanced & self.ends(early).iter().all(|&(_, difference, persons)| within(difference, persons))
    }

    /// The youngest age and the open group: age, difference, persons.
    fn ends(&self, early: f64) -> [(usize, f64, f64); 2] {
        let open = self.before.len() - 1;
        let late = 1.0 - early;
        let started =
            self.before[open - 1] + self.before[open] + early * (self.net[open - 1] + self.net[open]);
        let deaths = self.deaths[open] + self.deaths[open + 1];
        [
            (0, self.born - self.deaths[0] + late * self.net[0] - self.after[0], self.born),
            (open, started - deaths + late * self.net[open] - self.after[open], started),
        ]
    }

    /// First age whose cohort does not balance.
    fn first_open(&self, early: f64) -> Option<(Option<usize>, f64)> {
        let open = self.before.len() - 1;
        let closed = (1..open).map(|age| {
            let started = self.before[age - 1] + early * self.net[age - 1];
            (age, started - self.deaths[age] + (1.0 - early) * self.net[age] - self.after[age], started)
        });
        closed
            .chain(self.ends(early))
            .find(|&(_, difference, persons)| !within(difference, persons))
            .map(|(age, difference, _)| (Some(age), difference))
    }

    /// Difference of the totals where they do not balance.
    fn total(&self) -> Option<f64> {
        let [before, after, deaths, net] =
            [self.before, self.after, self.deaths, self.net].map(super::kernel::sum);
        let difference = after - before - (self.born - deaths + net);
        (!within(difference, before)).then_some(difference)
    }
}

fn within(difference: f64, persons: f64) -> bool {
    difference.abs() <= TOLERANCE * persons.abs().max(1.0)
}
