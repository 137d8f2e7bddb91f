//! A projection of many areas under one scenario.

use std::collections::BTreeMap;

use ndarray::Array2;
use serde::Serialize;

use super::cohort_component::{
    Adjustment, Assumptions, CohortComponentError, CohortProjection, MigrationTiming, NegativePopulation,
    project,
};
use super::scenario::{Scenario, ScenarioError};
use crate::observation::{Provenance, Year};
use crate::territory::{Teryt, UnitId};

/// One area ready to be projected.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Area {
    /// The area.
    pub unit: UnitId,
    /// Year of the first stock, 31 XII.
    pub jump_off: Year,
    /// Stock at the jump-off, `(2, A)`.
    pub base: Array2<f64>,
    /// Rates and flows of each year, for timing `end`.
    pub assumptions: Assumptions,
}

impl Area {
    /// The area with the assumptions of a scenario until a year.
    ///
    /// # Errors
    /// [`ProjectionError`]: the year, an area that is no powiat, or what the scenario refuses.
    pub fn under(mut self, scenario: &Scenario, until: Year) -> Result<Self, ProjectionError> {
        let (first, last) = (self.jump_off, self.jump_off.plus(self.assumptions.steps() as u16));
        if until < first || until > last {
            return Err(ProjectionError::Until { until, first, last });
        }
        let powiat = self.unit.teryt().ok_or(ProjectionError::NotAPowiat { unit: self.unit })?;
        self.assumptions = self.assumptions.first(usize::from(until.get() - first.get()));
        scenario.apply(powiat, first, &mut self.assumptions)?;
        Ok(self)
    }
}

/// Projected powiats under one scenario, from which any set of powiats is summed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Projection {
    /// The scenario.
    pub scenario: Scenario,
    /// Year of the first stock, 31 XII.
    pub jump_off: Year,
    /// Last projected year.
    pub until: Year,
    /// Methods and inputs.
    pub provenance: Provenance,
    areas: BTreeMap<Teryt, CohortProjection>,
}

/// What a [`Projection`] was made of, for a reader who wants to repeat it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProjectionRecord<'a> {
    /// The scenario as written.
    pub scenario: &'a Scenario,
    /// Year of the first stock.
    pub jump_off: Year,
    /// Last projected year.
    pub until: Year,
    /// Powiats projected.
    pub powiats: Vec<Teryt>,
    /// Methods and inputs.
    pub provenance: &'a Provenance,
    /// Changes to net migration by powiat.
    pub adjustments: BTreeMap<Teryt, &'a [Adjustment]>,
}

/// Why areas cannot be projected.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ProjectionError {
    /// The last year is not between the jump-off and the end of the assumptions.
    #[error("cannot project until {until}: the official assumptions cover {first} to {last}")]
    Until {
        /// The year asked for.
        until: Year,
        /// First year possible.
        first: Year,
        /// Last year possible.
        last: Year,
    },
    /// The scenario cannot be applied.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// An area fails to project.
    #[error("{unit}{}: {source}", year.map(|year| format!(", {year}")).unwrap_or_default())]
    Area {
        /// The area.
        unit: UnitId,
        /// The year that fails, where one does.
        year: Option<Year>,
        /// What went wrong.
        source: CohortComponentError,
    },
    /// The area is not a powiat.
    #[error("{unit} is not a powiat: areas are projected as powiats and summed")]
    NotAPowiat {
        /// The area.
        unit: UnitId,
    },
    /// A powiat is not part of the projection.
    #[error("powiat {powiat} is not part of this projection of {count} powiats")]
    NoSuchPowiat {
        /// The powiat asked for.
        powiat: Teryt,
        /// Number of powiats there are.
        count: usize,
    },
}

impl Projection {
    /// Projects every area until a year, each from its own base and assumptions.
    ///
    /// # Errors
    /// [`ProjectionError`] names the area.
    pub fn run(
        areas: &[Area],
        scenario: &Scenario,
        until: Year,
        negative: NegativePopulation,
        mut provenance: Provenance,
    ) -> Result<Self, ProjectionError> {
        let Some(first) = areas.first() else {
            return Ok(Self {
                scenario: scenario.clone(),
                jump_off: until,
                until,
                provenance,
                areas: BTreeMap::new(),
            });
        };
        let jump_off = first.jump_off;
        let projected = areas
            .iter()
            .map(|area| {
                let area = area.clone().under(scenario, until)?;
                let powiat = area.unit.teryt().ok_or(ProjectionError::NotAPowiat { unit: area.unit })?;
                let assumptions = &area.assumptions;
                let run = project(area.base.view(), assumptions, MigrationTiming::End, negative).map_err(
                    |source| ProjectionError::Area {
                        unit: area.unit,
                        year: source.step().map(|step| jump_off.plus(step as u16 + 1)),
                        source,
                    },
                )?;
                Ok((powiat, run))
            })
            .collect::<Result<_, ProjectionError>>()?;
        for (method, choice) in [
            ("projection", "cohort_component"),
            ("migration_timing", "end"),
            ("negative_population", if negative == NegativePopulation::Spread { "spread" } else { "refuse" }),
        ] {
            provenance.methods.insert(method.to_owned(), choice.to_owned());
        }
        Ok(Self { scenario: scenario.clone(), jump_off, until, provenance, areas: projected })
    }

    /// What was run: scenario, years, powiats, methods, inputs and every adjustment made, without the stocks.
    #[must_use]
    pub fn record(&self) -> ProjectionRecord<'_> {
        let adjustments = self.areas.iter().filter(|(_, area)| !area.adjustments.is_empty());
        ProjectionRecord {
            scenario: &self.scenario,
            jump_off: self.jump_off,
            until: self.until,
            powiats: self.powiats().collect(),
            provenance: &self.provenance,
            adjustments: adjustments.map(|(&powiat, area)| (powiat, area.adjustments.as_slice())).collect(),
        }
    }

    /// The powiats that were projected, in code order.
    pub fn powiats(&self) -> impl ExactSizeIterator<Item = Teryt> + '_ {
        self.areas.keys().copied()
    }

    /// Stocks and flows of a set of powiats together.
    ///
    /// # Errors
    /// [`ProjectionError::NoSuchPowiat`].
    pub fn sum(&self, powiats: &[Teryt]) -> Result<CohortProjection, ProjectionError> {
        let parts = powiats
            .iter()
            .map(|powiat| {
                self.areas
                    .get(powiat)
                    .ok_or(ProjectionError::NoSuchPowiat { powiat: *powiat, count: self.areas.len() })
            })
            .collect::<Result<Vec<_>, _>>()?;
        CohortProjection::sum(&parts).map_err(|source| ProjectionError::Area {
            unit: powiats.first().map_or(Teryt::POLAND, |&powiat| powiat).into(),
            year: None,
            source,
        })
    }
}
