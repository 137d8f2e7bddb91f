use multiversion::multiversion;

use super::error::expect_shape;
use super::kernel::sum;
use super::{Adjustment, CohortComponentError, CohortProjection, MigrationTiming};
use crate::observation::Sex;

/// Largest difference of stocks and flows, relative to the persons of the cohort and at least one person.
pub(super) const TOLERANCE: f64 = 1e-9;

impl CohortProjection {
    /// Refuses a result whose stocks and flows differ by more than 1e-9 of the persons of a cohort.
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
        let stock = sexes * ages;
        for step in 0..steps {
            let flows = Flows {
                before: &population[step * stock..][..stock],
                after: &population[(step + 1) * stock..][..stock],
                births: &births[step * sexes..][..sexes],
                deaths: &deaths[step * (stock + sexes)..][..stock + sexes],
                net: &net[step * stock..][..stock],
            };
            flows.check(step, self.timing, &self.adjustments, false)?;
        }
        Ok(())
    }
}

/// Stocks and flows of one step, sexes one after another.
pub(super) struct Flows<'a> {
    pub(super) before: &'a [f64],
    pub(super) after: &'a [f64],
    pub(super) births: &'a [f64],
    pub(super) deaths: &'a [f64],
    pub(super) net: &'a [f64],
}

impl Flows<'_> {
    /// `sound` where the cohorts of closed ages have been seen to balance.
    pub(super) fn check(
        &self,
        step: usize,
        timing: MigrationTiming,
        adjustments: &[Adjustment],
        sound: bool,
    ) -> Result<(), CohortComponentError> {
        let ages = self.before.len() / self.births.len();
        for (sex, &born) in Sex::BOTH.into_iter().zip(self.births) {
            let row = sex.index() * ages;
            let cohorts = Cohorts {
                before: &self.before[row..][..ages],
                after: &self.after[row..][..ages],
                born,
                deaths: &self.deaths[row + sex.index()..][..ages + 1],
                net: &self.net[row..][..ages],
            };
            let adjusted = || adjustments.iter().any(|change| change.step == step && change.sex == sex);
            let open = match timing {
                MigrationTiming::Even if adjusted() => cohorts.total().map(|difference| (None, difference)),
                MigrationTiming::Even => cohorts.first_open(0.5),
                MigrationTiming::End if sound && cohorts.ends_balance() => None,
                MigrationTiming::End | MigrationTiming::Mid if cohorts.obviously_balance() => None,
                MigrationTiming::End | MigrationTiming::Mid => cohorts.first_open(0.0),
            };
            if let Some((age, difference)) = open {
                return Err(CohortComponentError::Unbalanced { step, sex, age, difference });
            }
        }
        Ok(())
    }
}

/// Cohorts off by more than 1e-9 of a person, counted without a branch, in vectors; a difference that is not a
/// number counts as well.
#[multiversion(targets("x86_64+avx+avx2"))]
fn cohorts_off(before: &[f64], deaths: &[f64], net: &[f64], after: &[f64]) -> u64 {
    let mut off = 0;
    for (((before, deaths), net), after) in before.iter().zip(deaths).zip(net).zip(after) {
        let difference = ((before - deaths) + net) - after;
        off += 1 - u64::from(difference.abs() <= TOLERANCE);
    }
    off
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
    /// Whether no cohort is off by 1e-9 of a single person, all migrants late: one short pass that nearly
    /// always settles it.
    fn obviously_balance(&self) -> bool {
        let open = self.before.len() - 1;
        let (before, net) = (&self.before[..open - 1], &self.net[1..open]);
        let (after, deaths) = (&self.after[1..open], &self.deaths[1..open]);
        cohorts_off(before, deaths, net, after) == 0 && self.ends_balance()
    }

    /// Whether the youngest age and the open group balance, all migrants late.
    fn ends_balance(&self) -> bool {
        self.ends(0.0).iter().all(|&(_, difference, persons)| within(difference, persons))
    }

    /// First age whose cohort does not balance, with the difference.
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

    /// Difference of the totals where they do not balance.
    fn total(&self) -> Option<f64> {
        let [before, after, deaths, net] = [self.before, self.after, self.deaths, self.net].map(sum);
        let difference = after - before - (self.born - deaths + net);
        (!within(difference, before)).then_some(difference)
    }
}

fn within(difference: f64, persons: f64) -> bool {
    difference.abs() <= TOLERANCE * persons.abs().max(1.0)
}
