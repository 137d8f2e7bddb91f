use serde::{Deserialize, Serialize};

use crate::observation::Year;
use crate::selection::measure::{off_nominal, tiers};
use crate::selection::{
    Candidates, ChoiceError, Criterion, Direction, Measure, Measured, Role, SelectionSpec,
};

/// The smallest change of one value of a gmina that changes what becomes of it, everything else as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueChange {
    /// Variable of the criterion.
    pub variable: String,
    /// Year of the criterion.
    pub year: Year,
    /// Unit of the value compared.
    pub unit: String,
    /// The value as it is.
    pub from: f64,
    /// A value that is enough, found by choosing again with it; `None` when none is.
    pub enough: Option<f64>,
    /// The nearest value tried that is not enough: the limit lies between the two.
    pub not_enough: f64,
}

/// How many steps of the last decimal that the values have make one; `None` beyond four decimals. A
/// published figure is changed by what its publisher could have written.
fn decimals(values: &[f64]) -> Option<f64> {
    [1.0, 10.0, 100.0, 1e3, 1e4].into_iter().find(|per_one| {
        values.iter().all(|value| {
            let scaled = value * per_one;
            scaled.abs() < 1e12 && (scaled - scaled.round()).abs() <= 1e-9 * scaled.abs().max(1.0)
        })
    })
}

/// How far apart the two ends of a limit may be, as a part of the spread of the criterion.
const PRECISION: f64 = 1e-9;

impl Candidates {
    /// For every primary criterion the change that brings a gmina in, or throws out one that is in.
    pub(super) fn value_changes(
        &self,
        spec: &SelectionSpec,
        units: &[String],
        gmina: usize,
        chosen: bool,
    ) -> Result<Vec<ValueChange>, ChoiceError> {
        let criteria = spec.criteria.iter().enumerate().filter(|(_, c)| c.role == Role::Primary);
        criteria
            .enumerate()
            .map(|(column, (position, criterion))| {
                let unit = units.get(position).cloned().unwrap_or_default();
                self.value_change(spec, criterion, (column, position), unit, gmina, chosen)
            })
            .collect()
    }

    fn value_change(
        &self,
        spec: &SelectionSpec,
        criterion: &Criterion,
        (column, position): (usize, usize),
        unit: String,
        gmina: usize,
        chosen: bool,
    ) -> Result<ValueChange, ChoiceError> {
        let values: Vec<f64> = self.measured.iter().map(|values| values[position].value).collect();
        let from = values[gmina];
        let grid = if criterion.measure == Measure::Rate { None } else { decimals(&values) };
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let spread = if high > low { high - low } else { from.abs().max(1.0) };
        let floor = (low >= 0.0 && criterion.measure != Measure::AsPublished).then_some(0.0);
        let mut changed = self.clone();
        let mut done = |value: f64| -> Result<bool, ChoiceError> {
            changed.put(criterion, (column, position), gmina, value);
            let scored = changed.score(spec)?;
            let sets = changed.problem.choose_scores(&scored.score).map_err(ChoiceError::Prepared)?;
            let inside = sets.certain().contains(&gmina);
            Ok(inside != chosen)
        };
        let better = match criterion.direction {
            Direction::Stimulant => 1.0,
            Direction::Destimulant => -1.0,
            Direction::Nominant => {
                let bounds = criterion.nominal.map(crate::selection::Nominal::bounds);
                let toward = if bounds.is_some_and(|b| from < b.from) { 1.0 } else { -1.0 };
                let best = off_nominal(criterion, from) <= 0.0;
                // Already best: no change betters it.
                if best && !chosen { 0.0 } else { toward }
            }
        };
        let sign = if chosen { -better } else { better };
        let change = |enough, not_enough| ValueChange {
            variable: criterion.variable.clone(),
            year: criterion.year,
            unit,
            from,
            enough,
            not_enough,
        };
        let limit = match (criterion.direction, criterion.nominal) {
            (Direction::Nominant, Some(nominal)) if !chosen => {
                let bounds = nominal.bounds();
                Some(if sign > 0.0 { bounds.from } else { bounds.to })
            }
            _ => floor.filter(|_| sign < 0.0),
        };
        let clamp = |value: f64| match limit {
            Some(limit) if sign > 0.0 => value.min(limit),
            Some(limit) if sign < 0.0 => value.max(limit),
            _ => value,
        };
        let (mut not_enough, mut enough) = (from, None);
        for doubling in -10..=12 {
            let step = spread * f64::from(doubling).exp2();
            let mut value = clamp(from + sign * step);
            if let Some(per_one) = grid {
                let scaled = value * per_one;
                value = if sign > 0.0 { scaled.ceil() } else { scaled.floor() } / per_one;
            }
            if (value - not_enough).abs() <= 0.0 {
                if limit.is_some_and(|limit| (value - limit).abs() <= 0.0) || sign.abs() <= 0.0 {
                    break;
                }
                continue;
            }
            if done(value)? {
                enough = Some(value);
                break;
            }
            not_enough = value;
        }
        let Some(mut far) = enough else { return Ok(change(None, not_enough)) };
        loop {
            let gap = (far - not_enough).abs();
            let near = grid.map_or(gap <= PRECISION * spread, |per_one| gap * per_one < 1.5);
            let mut middle = f64::midpoint(far, not_enough);
            if let Some(per_one) = grid {
                middle = (middle * per_one).round() / per_one;
            }
            let stuck = (middle - far).abs() <= 0.0 || (middle - not_enough).abs() <= 0.0;
            if near || stuck {
                return Ok(change(Some(far), not_enough));
            }
            if done(middle)? {
                far = middle;
            } else {
                not_enough = middle;
            }
        }
    }

    /// Puts another value in the place of one.
    fn put(&mut self, criterion: &Criterion, (column, position): (usize, usize), gmina: usize, value: f64) {
        self.measured[gmina][position] = Measured::imputed(criterion, value);
        self.values.values[(gmina, column)] = value;
        let measured: Vec<Measured> = self.measured.iter().map(|values| values[position]).collect();
        for (row, tier) in tiers(criterion, &measured).into_iter().enumerate() {
            self.values.tiers[(row, column)] = tier as f64;
        }
    }
}
