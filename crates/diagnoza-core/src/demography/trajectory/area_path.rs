//! One area's central forecast taken apart into rates, and its projection under deviations.

use ndarray::{Array1, Array2, Array3, Axis, s};

use super::{TrajectoryError, exponential};
use crate::demography::cohort_component::{
    Assumptions, CohortComponentError, CohortProjection, MigrationTiming, NegativePopulation, project,
    project_into,
};
use crate::demography::projection::Area;
use crate::observation::{Sex, Year};
use crate::territory::UnitId;

/// The rates of an area's central forecast in the years after the last one known.
pub(super) struct AreaRates {
    pub(super) unit: UnitId,
    jump_off: Year,
    base: Vec<f64>,
    /// `(T, 2, A+1)`.
    survival: Array3<f64>,
    /// `-ln S`, 0 where nobody survives.
    hazards: Array3<f64>,
    asfr: Array2<f64>,
    srb: Array1<f64>,
    /// Net migrants per person of the cohort, by age at the end of the year, `(T, 2, A)`.
    migration: Array3<f64>,
}

/// Deviations of one year.
#[derive(Clone, Copy)]
pub(super) struct Shock<'a> {
    /// Of `ln TFR`.
    pub(super) fertility: f64,
    /// Of `ln m` at all ages.
    pub(super) mortality: f64,
    /// Of net migration per person.
    pub(super) migration: f64,
    /// Factors on death rates that all areas share, `(2, A+1)` in a row.
    pub(super) factors: &'a [f64],
}

/// Arrays of one year, used again and again.
pub(super) struct Room {
    rates: Assumptions,
    run: CohortProjection,
    cohorts: Vec<f64>,
    stock: Array2<f64>,
}

/// Stock at the end of a year, females then males, and its flows `[births, deaths, net migration]`.
pub(super) struct YearEnd<'a> {
    pub(super) stock: &'a [f64],
    pub(super) flows: [f64; 3],
    /// Changes made to net migration.
    pub(super) adjusted: usize,
}

impl AreaRates {
    /// Takes the rates of the `steps` years after `jump_off` from a central forecast.
    pub(super) fn new(area: &Area, jump_off: Year, steps: usize) -> Result<Self, TrajectoryError> {
        let known = usize::from(jump_off.get() - area.jump_off.get());
        let all = area.assumptions.first(known + steps);
        let fault = |source: CohortComponentError| TrajectoryError::Step {
            unit: area.unit,
            year: area.jump_off.plus(source.step().unwrap_or(0) as u16 + 1),
            path: "central".to_owned(),
            source,
        };
        let run = project(area.base.view(), &all, MigrationTiming::End, NegativePopulation::Refuse)
            .map_err(fault)?
            .after(known);
        if run.population.len_of(Axis(1)) != 2 {
            let got = run.population.shape().to_vec();
            return Err(TrajectoryError::Shape { what: "population", got, expected: vec![steps + 1, 2] });
        }
        let survival = all.survival().slice(s![known.., .., ..]).to_owned();
        let hazards = survival.mapv(|ratio: f64| if ratio > 0.0 { -ratio.ln() } else { 0.0 });
        let mut migration = run.net_migration.clone();
        let ages = all.ages();
        let mut cohorts = vec![0.0; 2 * ages];
        for step in 0..steps {
            let stock = run.population.index_axis(Axis(0), step);
            cohorts_into(stock.as_slice().unwrap_or_default(), &mut cohorts);
            for ((sex, age), net) in migration.index_axis_mut(Axis(0), step).indexed_iter_mut() {
                let people = cohorts[sex * ages + age];
                if people > 0.0 {
                    *net /= people;
                } else if net.abs() > 0.0 {
                    let year = jump_off.plus(step as u16 + 1);
                    return Err(TrajectoryError::NobodyToMove {
                        unit: area.unit,
                        year,
                        sex: Sex::BOTH[sex],
                        age,
                    });
                }
            }
        }
        Ok(Self {
            unit: area.unit,
            jump_off,
            base: run.population.index_axis(Axis(0), 0).iter().copied().collect(),
            survival,
            hazards,
            asfr: all.asfr().slice(s![known.., ..]).to_owned(),
            srb: all.srb().slice(s![known..]).to_owned(),
            migration,
        })
    }

    /// Arrays for the years of any area with as many ages.
    pub(super) fn room(&self) -> Result<Room, CohortComponentError> {
        let ages = self.asfr.ncols();
        let rates = Assumptions::new(
            self.survival.slice(s![..1, .., ..]).to_owned(),
            self.asfr.slice(s![..1, ..]).to_owned(),
            self.srb.slice(s![..1]).to_owned(),
            Array3::zeros((1, 2, ages)),
        )?;
        let run = CohortProjection::room_for(&rates);
        Ok(Room { rates, run, cohorts: vec![0.0; 2 * ages], stock: Array2::zeros((2, ages)) })
    }

    /// Projects the area under a shock a year; `each` gets what every year ends with.
    pub(super) fn run<'s>(
        &self,
        path: Option<usize>,
        room: &mut Room,
        shock: impl Fn(usize) -> Shock<'s>,
        mut each: impl FnMut(usize, YearEnd<'_>),
    ) -> Result<(), TrajectoryError> {
        room.stock.iter_mut().zip(&self.base).for_each(|(to, people)| *to = *people);
        for year in 0..self.srb.len() {
            self.fill(year, room, shock(year));
            let Room { rates, run, stock, .. } = &mut *room;
            project_into(run, stock.view(), rates, MigrationTiming::End, NegativePopulation::Spread)
                .map_err(|source| TrajectoryError::Step {
                    unit: self.unit,
                    year: self.jump_off.plus(year as u16 + 1),
                    path: path.map_or("central".to_owned(), |path| path.to_string()),
                    source,
                })?;
            let after = run.population.index_axis(Axis(0), 1);
            stock.assign(&after);
            let flows = [run.births.sum(), run.deaths.sum(), run.net_migration.sum()];
            let stock = stock.as_slice().unwrap_or_default();
            each(year, YearEnd { stock, flows, adjusted: run.adjustments.len() });
        }
        Ok(())
    }

    /// Puts the rates of a year under a shock into the room.
    fn fill(&self, year: usize, room: &mut Room, shock: Shock<'_>) {
        let row = |array: &Array3<f64>| {
            let size = array.len() / self.srb.len();
            year * size..(year + 1) * size
        };
        let Room { rates, cohorts, stock, .. } = room;
        if let (Some(ratios), Some(hazards), Some(to)) =
            (self.survival.as_slice(), self.hazards.as_slice(), rates.survival.as_slice_mut())
        {
            let place = row(&self.survival);
            let level = exponential::exponential(shock.mortality);
            exponential::survival(&ratios[place.clone()], &hazards[place], shock.factors, level, to);
        }
        let fertility = exponential::exponential(shock.fertility);
        rates.asfr.iter_mut().zip(self.asfr.row(year)).for_each(|(to, rate)| *to = rate * fertility);
        rates.srb[0] = self.srb[year];
        if let (Some(migration), Some(stock), Some(to)) =
            (self.migration.as_slice(), stock.as_slice(), rates.migration.values_mut().as_slice_mut())
        {
            cohorts_into(stock, cohorts);
            move_people(&migration[row(&self.migration)], cohorts, shock.migration, to);
        }
    }
}

/// Net migrants of a year: the central rates, and more or fewer people so that all together move by `shift` per
/// person, each age in proportion to its absolute rate; all ages alike where the central forecast moves nobody.
fn move_people(rates: &[f64], cohorts: &[f64], shift: f64, to: &mut [f64]) {
    if shift.abs() <= 0.0 {
        for ((to, rate), people) in to.iter_mut().zip(rates).zip(cohorts) {
            *to = rate * people;
        }
        return;
    }
    let (turnover, all) = turnover(rates, cohorts);
    if turnover <= 0.0 {
        to.iter_mut().zip(cohorts).for_each(|(to, people)| *to = shift * people);
        return;
    }
    let factor = shift * all / turnover;
    for ((to, rate), people) in to.iter_mut().zip(rates).zip(cohorts) {
        *to = (rate + factor * rate.abs()) * people;
    }
}

/// People who move at the absolute rates, and everybody; in eight partial sums of a fixed order, which run side by side.
fn turnover(rates: &[f64], cohorts: &[f64]) -> (f64, f64) {
    let (mut moved, mut all) = ([0.0; 8], [0.0; 8]);
    let (eights, rest) = rates.as_chunks::<8>();
    let (people, others) = cohorts.as_chunks::<8>();
    for (rates, people) in eights.iter().zip(people) {
        for lane in 0..8 {
            moved[lane] += rates[lane].abs() * people[lane];
            all[lane] += people[lane];
        }
    }
    for ((rate, people), lane) in rest.iter().zip(others).zip(0..8) {
        moved[lane] += rate.abs() * people;
        all[lane] += people;
    }
    (moved.iter().sum(), all.iter().sum())
}

/// The cohorts of a stock by their age a year later; the youngest are those of age 0.
fn cohorts_into(stock: &[f64], cohorts: &mut [f64]) {
    let ages = stock.len() / 2;
    for (stock, cohorts) in stock.chunks_exact(ages).zip(cohorts.chunks_exact_mut(ages)) {
        cohorts[0] = stock[0];
        cohorts[1..].copy_from_slice(&stock[..ages - 1]);
        cohorts[ages - 1] += stock[ages - 1];
    }
}
