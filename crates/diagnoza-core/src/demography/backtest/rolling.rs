use std::collections::BTreeMap;

use ndarray::{Array3, ArrayView2, s};
use serde::{Deserialize, Serialize};

use super::history::History;
use crate::demography::{AgeRange, Sexes};
use crate::observation::{AgeScheme, Sex, Status, Year};
use crate::territory::UnitId;

/// Age groups that a backtest reports: all, 0-14, 15-64, 65+, 75+, 85+.
pub const STANDARD_GROUPS: [AgeRange; 6] = [
    AgeRange::ALL,
    AgeRange::closed(0, 14),
    AgeRange::closed(15, 64),
    AgeRange::open(65),
    AgeRange::open(75),
    AgeRange::open(85),
];

/// From when to when is forecast, and what is compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// Years of the last stock a forecast knows.
    pub jump_offs: Vec<Year>,
    /// Years after the jump-off that are compared, where they are observed.
    pub horizons: Vec<u16>,
    /// Age groups.
    pub groups: Vec<AgeRange>,
}

/// One forecast beside what happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BacktestRecord {
    /// Area.
    pub area: UnitId,
    /// Year of the last stock the forecast knew.
    pub jump_off: Year,
    /// Year forecast.
    pub year: Year,
    /// Whom.
    pub sexes: Sexes,
    /// Ages.
    pub ages: AgeRange,
    /// Method.
    pub method: String,
    /// Persons forecast.
    pub forecast: f64,
    /// Persons there were.
    pub observed: f64,
    /// How the latter are known.
    pub status: Status,
}

impl BacktestRecord {
    /// Years from the jump-off to the year forecast.
    #[must_use]
    pub const fn horizon(&self) -> u16 {
        self.year.get() - self.jump_off.get()
    }
}

/// Forecasts from several jump-offs beside what happened.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Backtest {
    /// Records by method, area, jump-off, year, sex (both last) and age group.
    pub records: Vec<BacktestRecord>,
}

/// Why a backtest cannot run; `E` is what the method says.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum BacktestError<E: std::error::Error + 'static> {
    /// Nothing to do.
    #[error("the plan has no {what}: expected at least one")]
    Empty {
        /// What is missing.
        what: &'static str,
    },
    /// A jump-off that is not observed.
    #[error("{area}: the jump-off {jump_off} is outside the years {first} to {last} that are known")]
    JumpOff {
        /// Area.
        area: UnitId,
        /// Jump-off asked for.
        jump_off: Year,
        /// First year known.
        first: Year,
        /// Last year known.
        last: Year,
    },
    /// An age group that the ages of the stocks do not make up.
    #[error("{area}: ages {ages} are not made up of the age groups of its stocks (open at {open}+)")]
    Ages {
        /// Area.
        area: UnitId,
        /// Ages asked for.
        ages: AgeRange,
        /// Start of the open group.
        open: u8,
    },
    /// A forecast of another shape.
    #[error("{method}, {area}, {jump_off}: the forecast has shape {got:?}, expected {expected:?}")]
    Shape {
        /// Method.
        method: String,
        /// Area.
        area: UnitId,
        /// Jump-off.
        jump_off: Year,
        /// Shape made.
        got: Vec<usize>,
        /// Shape asked for.
        expected: [usize; 3],
    },
    /// A forecast that is no number.
    #[error("{method}, {area}, {jump_off}: the forecast of {year} is {got} persons of ages {ages}")]
    Value {
        /// Method.
        method: String,
        /// Area.
        area: UnitId,
        /// Jump-off.
        jump_off: Year,
        /// Year forecast.
        year: Year,
        /// Ages.
        ages: AgeRange,
        /// Value made.
        got: f64,
    },
    /// A method that fails.
    #[error("{method}, {area}, {jump_off}: {source}")]
    Method {
        /// Method.
        method: String,
        /// Area.
        area: UnitId,
        /// Jump-off.
        jump_off: Year,
        /// What it says.
        source: E,
    },
}

/// Forecasts every area from every jump-off with one method, and puts what happened beside it.
///
/// `forecast` is given the area, what was known at the jump-off and nothing later, and the number of years; it
/// returns the stocks of the years after the jump-off, `(years, 2, A)`. Horizons not observed yet are left out.
///
/// ```
/// use std::collections::BTreeMap;
/// use diagnoza_core::demography::backtest::{History, Key, Plan, no_change, rolling};
/// use diagnoza_core::demography::AgeRange;
/// use diagnoza_core::observation::{AgeScheme, Status, Year};
/// use ndarray::Array3;
/// let stocks = Array3::from_shape_fn((4, 2, 3), |(year, _, _)| 100.0 + 10.0 * year as f64);
/// let ages = AgeScheme::single(2);
/// let history = History::new(Year::constant(2019), stocks, ages, vec![Status::Observed; 4])?;
/// let plan = Plan {
///     jump_offs: vec![Year::constant(2019), Year::constant(2020)],
///     horizons: vec![1, 2],
///     groups: vec![AgeRange::ALL],
/// };
/// let areas = BTreeMap::from([("2816".parse()?, history)]);
/// let run = rolling("no_change", &areas, &plan, |_, known, years| {
///     let (stock, _) = known.stock(known.last()).expect("the last year is there");
///     no_change(stock, years)
/// })?;
/// let by_horizon = run.summary(&[Key::Sexes, Key::Horizon])?;
/// assert_eq!(by_horizon[0].errors.me, -30.0); // three ages of women, ten too few each
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`BacktestError`] names method, area and jump-off.
pub fn rolling<E: std::error::Error + 'static>(
    method: &str,
    areas: &BTreeMap<UnitId, History>,
    plan: &Plan,
    forecast: impl Fn(UnitId, &History, usize) -> Result<Array3<f64>, E>,
) -> Result<Backtest, BacktestError<E>> {
    let (jump_offs, horizons) = (plan.jump_offs.len(), plan.horizons.iter().filter(|h| **h > 0).count());
    let wanted = [
        ("area", areas.len()),
        ("jump-off", jump_offs),
        ("horizon", horizons),
        ("age group", plan.groups.len()),
    ];
    if let Some((what, _)) = wanted.into_iter().find(|(_, count)| *count == 0) {
        return Err(BacktestError::Empty { what });
    }
    let mut records = Vec::new();
    for (&area, history) in areas {
        let cuts = plan
            .groups
            .iter()
            .map(|&ages| {
                positions(history.ages(), ages).map(|range| (ages, range)).ok_or(BacktestError::Ages {
                    area,
                    ages,
                    open: history.ages().open(),
                })
            })
            .collect::<Result<Vec<_>, _>>()?;
        for &jump_off in &plan.jump_offs {
            let (first, last) = (history.first(), history.last());
            let known =
                history.until(jump_off).ok_or(BacktestError::JumpOff { area, jump_off, first, last })?;
            let observed: Vec<_> = plan
                .horizons
                .iter()
                .filter(|&&horizon| {
                    horizon > 0 && u32::from(jump_off.get()) + u32::from(horizon) <= last.get().into()
                })
                .filter_map(|&horizon| {
                    let year = jump_off.plus(horizon);
                    history.stock(year).map(|(stock, status)| (usize::from(horizon), year, stock, status))
                })
                .collect();
            let Some(years) = observed.iter().map(|(horizon, ..)| *horizon).max() else { continue };
            let future = forecast(area, &known, years).map_err(|source| BacktestError::Method {
                method: method.to_owned(),
                area,
                jump_off,
                source,
            })?;
            let expected = [years, 2, history.ages().len()];
            if future.shape() != expected {
                let got = future.shape().to_vec();
                return Err(BacktestError::Shape {
                    method: method.to_owned(),
                    area,
                    jump_off,
                    got,
                    expected,
                });
            }
            for (horizon, year, stock, status) in observed {
                let made = future.slice(s![horizon - 1, .., ..]);
                for sexes in [Sexes::Female, Sexes::Male, Sexes::Both] {
                    for (ages, range) in &cuts {
                        let (ages, forecast) = (*ages, persons(made, sexes, range.clone()));
                        let method = method.to_owned();
                        if !forecast.is_finite() {
                            let got = forecast;
                            return Err(BacktestError::Value { method, area, jump_off, year, ages, got });
                        }
                        let observed = persons(stock, sexes, range.clone());
                        records.push(BacktestRecord {
                            area,
                            jump_off,
                            year,
                            sexes,
                            ages,
                            method,
                            forecast,
                            observed,
                            status,
                        });
                    }
                }
            }
        }
    }
    Ok(Backtest { records })
}

/// Positions of an age range among age groups, if whole groups make it up.
fn positions(scheme: &AgeScheme, ages: AgeRange) -> Option<std::ops::Range<usize>> {
    let at = |age: u8| scheme.starts().binary_search(&age).ok();
    let end = ages.last().map_or(Some(scheme.len()), |last| at(last.checked_add(1)?))?;
    Some(at(ages.first())?..end)
}

fn persons(stock: ArrayView2<'_, f64>, sexes: Sexes, range: std::ops::Range<usize>) -> f64 {
    let of = |sex: Sex| stock.slice(s![sex.index(), range.clone()]).sum();
    match sexes {
        Sexes::Female => of(Sex::Female),
        Sexes::Male => of(Sex::Male),
        Sexes::Both => of(Sex::Female) + of(Sex::Male),
    }
}

#[cfg(test)]
mod tests;
