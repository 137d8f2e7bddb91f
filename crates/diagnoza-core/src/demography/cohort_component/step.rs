use super::adjustment::spread;
use super::balance::Flows;
use super::kernel::{self, Arrival, Rates, Results};
use super::{Adjustment, CohortComponentError, MigrationForm, MigrationTiming, NegativePopulation, RateBase};
use crate::observation::Sex;

/// One step of one area: what goes in, and where its results go.
pub(super) struct Step<'a> {
    pub(super) number: usize,
    pub(super) start: &'a [f64],
    pub(super) rates: Rates<'a>,
    pub(super) form: MigrationForm,
    /// Migration in the form given.
    pub(super) values: &'a [f64],
    /// Migration in persons.
    pub(super) net: &'a mut [f64],
    pub(super) to: Results<'a>,
    pub(super) adjustments: &'a mut Vec<Adjustment>,
}

/// Working arrays that only some timings, forms and policies need, kept from step to step.
#[derive(Default)]
pub(super) struct Room {
    early: Vec<f64>,
    late: Vec<f64>,
    at_risk: Vec<f64>,
    present: Vec<f64>,
}

impl Step<'_> {
    /// Moves the migrants, ages and survives every cohort, adds births. `true` where the cohorts of closed
    /// ages were seen to balance, for [`Self::check`].
    pub(super) fn advance(
        &mut self,
        timing: MigrationTiming,
        negative: NegativePopulation,
        room: &mut Room,
    ) -> Result<bool, CohortComponentError> {
        self.count_migrants(room);
        let arrival = match (timing, self.form) {
            (MigrationTiming::Mid, _) => Arrival::Mid,
            (MigrationTiming::End, _) | (MigrationTiming::Even, MigrationForm::AnnualProportions) => {
                Arrival::AfterBirths
            }
            (MigrationTiming::Even, _) => Arrival::WithBirths,
        };
        if timing != MigrationTiming::Even {
            let sound = kernel::step(arrival, self.start, self.net, self.rates, &mut self.to);
            if !sound && kernel::any_negative(self.to.population) {
                room.late.clear();
                room.late.extend_from_slice(self.net);
                room.at_risk.clear();
                room.at_risk.extend_from_slice(self.start);
                self.settle_late(arrival, negative, room)?;
                self.net.copy_from_slice(&room.late);
            }
            return Ok(sound);
        }
        room.early.clear();
        room.early.extend(self.net.iter().map(|net| net / 2.0));
        room.late.clone_from(&room.early);
        self.settle_early(negative, room)?;
        let sound = kernel::step(arrival, &room.at_risk, &room.late, self.rates, &mut self.to);
        if !sound && kernel::any_negative(self.to.population) {
            self.settle_late(arrival, negative, room)?;
        }
        for ((net, early), late) in self.net.iter_mut().zip(&room.early).zip(&room.late) {
            *net = early + late;
        }
        Ok(false)
    }

    /// Holds the flows against the stocks while both are at hand.
    pub(super) fn check(&self, timing: MigrationTiming, sound: bool) -> Result<(), CohortComponentError> {
        let (before, after, net) = (self.start, &*self.to.population, &*self.net);
        let (births, deaths) = (&*self.to.births, &*self.to.deaths);
        Flows { before, after, births, deaths, net }.check(self.number, timing, self.adjustments, sound)
    }

    /// Persons of the step from migration in the form given.
    fn count_migrants(&mut self, room: &mut Room) {
        let years = self.rates.years;
        match self.form {
            MigrationForm::Counts => self.net.copy_from_slice(self.values),
            MigrationForm::Rates(RateBase::Start) | MigrationForm::AnnualProportions => {
                for ((net, value), people) in self.net.iter_mut().zip(self.values).zip(self.start) {
                    *net = years * value * people;
                }
            }
            MigrationForm::Rates(RateBase::Mid) => {
                // The stock that the step would end with if nobody moved.
                room.late.clear();
                room.late.resize(self.start.len(), 0.0);
                kernel::step(Arrival::AfterBirths, self.start, &room.late, self.rates, &mut self.to);
                let ends = self.start.iter().zip(&*self.to.population);
                for ((net, value), (before, after)) in self.net.iter_mut().zip(self.values).zip(ends) {
                    *net = years * value * ((before + after) / 2.0);
                }
            }
        }
    }

    /// The people at risk, with the early half of the migrants settled where it is more than is there.
    fn settle_early(
        &mut self,
        negative: NegativePopulation,
        room: &mut Room,
    ) -> Result<(), CohortComponentError> {
        room.at_risk.clear();
        room.at_risk.extend(self.start.iter().zip(&room.early).map(|(people, net)| people + net));
        if !kernel::any_negative(&room.at_risk) {
            return Ok(());
        }
        if negative == NegativePopulation::Refuse {
            return Err(self.negative_cell(&room.at_risk));
        }
        let ages = self.ages();
        for sex in Sex::BOTH.into_iter().take(self.to.births.len()) {
            let row = sex.index() * ages..(sex.index() + 1) * ages;
            self.spread(sex, 0, &self.start[row.clone()], &mut room.early[row])?;
        }
        for ((at_risk, people), net) in room.at_risk.iter_mut().zip(self.start).zip(&room.early) {
            *at_risk = people + net;
        }
        Ok(())
    }

    /// Settles the late migrants where they are more than the people there, and does the step again.
    fn settle_late(
        &mut self,
        arrival: Arrival,
        negative: NegativePopulation,
        room: &mut Room,
    ) -> Result<(), CohortComponentError> {
        if negative == NegativePopulation::Refuse {
            return Err(self.negative_cell(self.to.population));
        }
        let ages = self.ages();
        room.present.resize(ages, 0.0);
        let all_ages = [(1, arrival != Arrival::AfterBirths), (0, true)];
        for (first, _) in all_ages.into_iter().filter(|&(_, needed)| needed) {
            for sex in Sex::BOTH.into_iter().take(self.to.births.len()) {
                let i = sex.index();
                let at_risk = &room.at_risk[i * ages..(i + 1) * ages];
                let ratios = &self.rates.survival[i * (ages + 1)..(i + 1) * (ages + 1)];
                kernel::present(arrival, at_risk, self.to.births[i], ratios, &mut room.present);
                self.spread(
                    sex,
                    first,
                    &room.present[first..],
                    &mut room.late[i * ages + first..(i + 1) * ages],
                )?;
            }
            if first == 1 {
                kernel::step(arrival, &room.at_risk, &room.late, self.rates, &mut self.to);
            } else {
                // The births stay those of the people who were there to have them.
                kernel::survive(arrival, &room.at_risk, &room.late, self.rates, &mut self.to);
                kernel::add_newborn(arrival, &room.late, self.rates, &mut self.to);
            }
        }
        for people in self.to.population.iter_mut() {
            *people = people.max(0.0); // what is below is rounding
        }
        Ok(())
    }

    /// Spreads a flow of one sex and lists what was changed; `first` is the age of its first value.
    fn spread(
        &mut self,
        sex: Sex,
        first: usize,
        present: &[f64],
        flow: &mut [f64],
    ) -> Result<(), CohortComponentError> {
        let step = self.number;
        let raised = spread(present, flow).ok_or(CohortComponentError::Emptied { step, sex })?;
        let listed =
            raised.into_iter().map(|(age, persons)| Adjustment { step, sex, age: first + age, persons });
        self.adjustments.extend(listed);
        Ok(())
    }

    /// The first cell below zero.
    fn negative_cell(&self, stock: &[f64]) -> CohortComponentError {
        let place = stock.iter().position(|&people| people < 0.0).unwrap_or(0);
        let (sex, age) = (Sex::BOTH[place / self.ages()], place % self.ages());
        CohortComponentError::NegativePopulation { step: self.number, sex, age, got: stock[place] }
    }

    fn ages(&self) -> usize {
        self.rates.asfr.len()
    }
}
