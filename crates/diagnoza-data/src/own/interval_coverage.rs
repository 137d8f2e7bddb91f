use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use diagnoza_core::demography::backtest::{IntervalQuality, MeasureError, STANDARD_GROUPS, interval_quality};
use diagnoza_core::demography::projection::Area;
use diagnoza_core::demography::regional_forecast::ForecastSettings;
use diagnoza_core::demography::trajectory::{
    Components, TrajectoryArea, TrajectoryIndicator, TrajectoryRequest, TrajectoryUnit, simulate,
};
use diagnoza_core::demography::{AgeRange, Sexes};
use diagnoza_core::observation::Year;
use diagnoza_core::progress::Progress;
use diagnoza_core::territory::UnitId;
use serde::{Deserialize, Serialize};

use super::backtest::until_2020;
use super::uncertainty;
use super::uncertainty::override_with;
use crate::error::FigureError;
use crate::official::AGES;

/// An observed count beside the interval that was forecast for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Covered {
    /// The subregion.
    pub unit: UnitId,
    /// Last year known to the forecast.
    pub jump_off: Year,
    /// Year of the count, 31 XII.
    pub year: Year,
    /// Ages counted.
    pub ages: AgeRange,
    /// Level of the interval, e.g. 0.8.
    pub level: f64,
    /// Persons observed.
    pub observed: f64,
    /// Lower end of the interval.
    pub lower: f64,
    /// Upper end of the interval.
    pub upper: f64,
}

/// Past intervals of the subregions of 28 beside what was observed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IntervalCoverage {
    /// One row per unit, jump-off, year, ages and level.
    pub rows: Vec<Covered>,
}

impl IntervalCoverage {
    /// Quality of the intervals of each level by group of ages.
    ///
    /// # Errors
    /// [`MeasureError`] for rows that are no intervals.
    pub fn summary(&self) -> Result<Vec<(AgeRange, IntervalQuality)>, MeasureError> {
        let mut found = Vec::new();
        let mut levels: Vec<f64> = self.rows.iter().map(|row| row.level).collect();
        levels.sort_by(f64::total_cmp);
        levels.dedup_by(|a, b| a.total_cmp(b).is_eq());
        for ages in STANDARD_GROUPS {
            for &level in &levels {
                let rows = || {
                    self.rows
                        .iter()
                        .filter(move |row| row.ages == ages && row.level.total_cmp(&level).is_eq())
                };
                if rows().next().is_none() {
                    continue;
                }
                let column = |of: fn(&Covered) -> f64| rows().map(of).collect::<Vec<f64>>();
                let (lower, upper) = (column(|row| row.lower), column(|row| row.upper));
                found.push((ages, interval_quality(&lower, &upper, &column(|row| row.observed), level)?));
            }
        }
        Ok(found)
    }
}

/// How often the intervals of past forecasts of the subregions of 28 held what Eurostat observed until 2021.
///
/// Rates, and the parameters of the uncertainty, are learnt from what was known at each jump-off. What this can say is
/// little: three subregions, horizons of at most seven years, and jump-offs that share the same years observed, so that
/// the rows are far from independent. The stocks compared are those before the census of 2021: its revision, for
/// which the intervals of migration make room, is not in them, so intervals of totals should hold more than they claim.
///
/// `progress` is told how many paths of all jump-offs are done.
///
/// # Errors
/// [`FigureError::JumpOff`] for a jump-off before 2014 or after 2020, [`FigureError::Level`],
/// [`FigureError::OfPowiats`] for a given parameter of powiats, which are not drawn; what [`simulate`] refuses.
pub fn interval_coverage(
    jump_offs: &[Year],
    levels: &[f64],
    draws: usize,
    seed: u64,
    given: &BTreeMap<String, f64>,
    threads: NonZeroUsize,
    progress: &Progress<'_>,
) -> Result<IntervalCoverage, FigureError> {
    for &got in jump_offs {
        if !(Year::constant(2014)..=Year::constant(2020)).contains(&got) {
            return Err(FigureError::JumpOff { got });
        }
    }
    if let Some(&got) = levels.iter().find(|level| !(**level > 0.0 && **level < 1.0)) {
        return Err(FigureError::Level { got });
    }
    if let Some(got) = given.keys().find(|name| name.contains(".area.")) {
        return Err(FigureError::OfPowiats { got: got.clone() });
    }
    let settings = ForecastSettings::default();
    let mut probabilities: Vec<f64> =
        levels.iter().flat_map(|l| [(1.0 - l) / 2.0, (1.0 + l) / 2.0]).collect();
    probabilities.sort_by(f64::total_cmp);
    let mut rows = Vec::new();
    for (before, &jump_off) in jump_offs.iter().enumerate() {
        let known = until_2020(jump_off)?;
        let areas = known
            .regions
            .iter()
            .map(|(&unit, region)| {
                let assumptions = known.rates(unit, region, &settings)?;
                let area = Area { unit, jump_off, base: region.base.clone(), assumptions };
                // A subregion is an area without parts here: what its powiats do apart averages out.
                Ok(TrajectoryArea { area, group: unit })
            })
            .collect::<Result<Vec<_>, FigureError>>()?;
        let mut estimated = uncertainty(jump_off, &settings)?;
        let mut spec = override_with(&estimated.spec, &mut estimated.parameters, given)?;
        for area in [&mut spec.fertility.area, &mut spec.mortality.area, &mut spec.migration.area] {
            *area = diagnoza_core::demography::trajectory::Process::NONE;
        }
        let request = TrajectoryRequest {
            units: areas
                .iter()
                .map(|one| TrajectoryUnit { unit: one.area.unit, areas: vec![one.area.unit] })
                .collect(),
            indicators: STANDARD_GROUPS
                .iter()
                .map(|&ages| TrajectoryIndicator::persons(ages.to_string(), Sexes::Both, ages))
                .collect(),
            probabilities: probabilities.clone(),
            draws,
            seed,
            jump_off,
            until: jump_off.plus(known.horizon as u16),
            keep_paths: false,
        };
        let checked = spec.check(Components::default(), AGES)?;
        let all = jump_offs.len().saturating_mul(draws);
        let paths = |done: usize, _: usize| progress(before * draws + done, all);
        let found = simulate(&areas, &checked, &request, threads, &paths)?;
        for count in &known.observed {
            let Some(fan) = found.fan(count.unit, &count.ages.to_string()) else { continue };
            let year = usize::from(count.year.get() - jump_off.get()) - 1;
            let at = |p: f64| {
                let place = probabilities.iter().position(|known| known.total_cmp(&p).is_eq());
                place.map_or(f64::NAN, |place| fan.quantiles[[year, place]])
            };
            rows.extend(levels.iter().map(|&level| Covered {
                unit: count.unit,
                jump_off,
                year: count.year,
                ages: count.ages,
                level,
                observed: count.persons,
                lower: at((1.0 - level) / 2.0),
                upper: at((1.0 + level) / 2.0),
            }));
        }
    }
    Ok(IntervalCoverage { rows })
}
