use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::errors::{ForecastErrors, MeasureError, ZeroObserved, forecast_errors};
use super::rolling::{Backtest, BacktestRecord};
use crate::demography::{AgeRange, Sexes};
use crate::observation::Year;
use crate::territory::UnitId;

/// What a summary tells apart; the method always is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Key {
    /// Area.
    Area,
    /// Jump-off.
    JumpOff,
    /// Year forecast.
    Year,
    /// Years from the jump-off to the year forecast.
    Horizon,
    /// Whom.
    Sexes,
    /// Age group.
    Ages,
}

/// Errors of the records that share the keys; the others are `None`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Method.
    pub method: String,
    /// Area.
    pub area: Option<UnitId>,
    /// Jump-off.
    pub jump_off: Option<Year>,
    /// Year forecast.
    pub year: Option<Year>,
    /// Years from the jump-off to the year forecast.
    pub horizon: Option<u16>,
    /// Whom.
    pub sexes: Option<Sexes>,
    /// Age group.
    pub ages: Option<AgeRange>,
    /// Errors.
    pub errors: ForecastErrors,
}

/// Why a backtest cannot be summarised.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SummaryError {
    /// Groups that share people would be counted twice.
    #[error("{first} and {second} share people: summarise by {key}, or keep records of one of them")]
    Overlap {
        /// The one group.
        first: String,
        /// The other group.
        second: String,
        /// Key that tells them apart.
        key: &'static str,
    },
    /// No records, or a record that is no number.
    #[error(transparent)]
    Measure(#[from] MeasureError),
}

type Group =
    (String, Option<UnitId>, Option<Year>, Option<Year>, Option<u16>, Option<Sexes>, Option<AgeRange>);

impl Backtest {
    /// Records of this and another backtest, e.g. of another method.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.records.extend(other.records);
        self
    }

    /// Errors by method and keys, in their order. Observed zeros are left out of percentages and counted.
    ///
    /// # Errors
    /// [`SummaryError::Overlap`] when sexes or age groups that are not told apart share people.
    pub fn summary(&self, by: &[Key]) -> Result<Vec<Summary>, SummaryError> {
        self.refuse_overlap(by)?;
        let mut groups: BTreeMap<Group, (Vec<f64>, Vec<f64>)> = BTreeMap::new();
        for record in &self.records {
            let (forecast, observed) = groups.entry(group(record, by)).or_default();
            forecast.push(record.forecast);
            observed.push(record.observed);
        }
        groups
            .into_iter()
            .map(|((method, area, jump_off, year, horizon, sexes, ages), (forecast, observed))| {
                let errors = forecast_errors(&forecast, &observed, ZeroObserved::Exclude)?;
                Ok(Summary { method, area, jump_off, year, horizon, sexes, ages, errors })
            })
            .collect()
    }

    fn refuse_overlap(&self, by: &[Key]) -> Result<(), SummaryError> {
        if !by.contains(&Key::Sexes) {
            let sexes: BTreeSet<Sexes> = self.records.iter().map(|record| record.sexes).collect();
            if sexes.len() > 1 && sexes.contains(&Sexes::Both) {
                let first = sexes.iter().next().map_or(Sexes::Both, |&sexes| sexes);
                let (first, second) = (first.word().to_owned(), Sexes::Both.word().to_owned());
                return Err(SummaryError::Overlap { first, second, key: "sexes" });
            }
        }
        if !by.contains(&Key::Ages) {
            // In order of first age, groups that share nobody share nobody with the next one.
            let ages: BTreeSet<AgeRange> = self.records.iter().map(|record| record.ages).collect();
            if let Some((first, second)) =
                ages.iter().zip(ages.iter().skip(1)).find(|(a, b)| a.contains(b.first()))
            {
                let (first, second) = (format!("ages {first}"), format!("ages {second}"));
                return Err(SummaryError::Overlap { first, second, key: "ages" });
            }
        }
        Ok(())
    }
}

fn group(record: &BacktestRecord, by: &[Key]) -> Group {
    let told = |key| by.contains(&key);
    (
        record.method.clone(),
        told(Key::Area).then_some(record.area),
        told(Key::JumpOff).then_some(record.jump_off),
        told(Key::Year).then_some(record.year),
        told(Key::Horizon).then_some(record.horizon()),
        told(Key::Sexes).then_some(record.sexes),
        told(Key::Ages).then_some(record.ages),
    )
}
