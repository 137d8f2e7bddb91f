use ndarray::{Axis, s};
use serde::{Deserialize, Serialize};

use crate::demography::cohort_component::CohortProjection;
use crate::observation::Year;

/// Why a population changes: births, deaths and net migration over a span of years.
///
/// `births - deaths + net_migration` is the change of the stock from 31 XII of the year before `from`
/// to 31 XII of `until`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// First year of the flows.
    pub from: Year,
    /// Last year of the flows.
    pub until: Year,
    /// Live births, persons.
    pub births: f64,
    /// Deaths, persons.
    pub deaths: f64,
    /// Net migration, persons.
    pub net_migration: f64,
}

/// A span of years that a projection does not cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("flows until {until} are not in a projection of {from} to {last}")]
pub struct ChangeError {
    /// First year of the projection.
    pub from: Year,
    /// Last year of the projection.
    pub last: Year,
    /// Year asked for.
    pub until: Year,
}

impl Change {
    /// Sums the flows of a projection from the year after its jump-off to `until`.
    ///
    /// # Errors
    /// [`ChangeError`] unless `until` lies after the jump-off and within the projection.
    #[doc(alias = "przyrost rzeczywisty")]
    pub fn of(run: &CohortProjection, jump_off: Year, until: Year) -> Result<Self, ChangeError> {
        let from = jump_off.next();
        let last = jump_off.plus(run.steps() as u16);
        if until < from || until > last {
            return Err(ChangeError { from, last, until });
        }
        let years = usize::from(until.get() - jump_off.get());
        Ok(Self {
            from,
            until,
            births: run.births.slice(s![..years, ..]).sum(),
            deaths: run.deaths.slice_axis(Axis(0), (..years).into()).sum(),
            net_migration: run.net_migration.slice_axis(Axis(0), (..years).into()).sum(),
        })
    }

    /// Births less deaths.
    #[must_use]
    #[doc(alias = "przyrost naturalny")]
    pub fn natural(&self) -> f64 {
        self.births - self.deaths
    }

    /// Change of the stock.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.natural() + self.net_migration
    }
}

#[cfg(test)]
mod tests {
    use ndarray::{Array1, Array2, Array3};

    use super::*;
    use crate::demography::cohort_component::{Assumptions, MigrationTiming, NegativePopulation, project};

    #[test]
    fn flows_add_to_the_change_of_the_stock() {
        let rates = Assumptions::new(
            Array3::from_elem((3, 2, 5), 0.9),
            Array2::from_elem((3, 4), 0.1),
            Array1::from_elem(3, 1.06),
            Array3::from_elem((3, 2, 4), 2.0),
        )
        .unwrap();
        let base = Array2::from_elem((2, 4), 100.0);
        let run = project(base.view(), &rates, MigrationTiming::End, NegativePopulation::Refuse).unwrap();
        let jump_off = Year::constant(2022);
        let change = Change::of(&run, jump_off, Year::constant(2024)).unwrap();
        let stocks = run.population.index_axis(Axis(0), 2).sum() - 800.0;
        assert!((change.total() - stocks).abs() < 1e-9);
        assert!(Change::of(&run, jump_off, Year::constant(2026)).is_err());
        assert!(Change::of(&run, jump_off, jump_off).is_err());
    }
}
