//! A checked request and the work of one thread on it: paths projected, summed by unit, asked for their indicators.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use ndarray::{Array2, ArrayView2};

use super::area_path::{AreaRates, Room, Shock};
use super::deviations::Deviations;
use super::request::check_numbers;
use super::uncertainty::{Levels, MortalityIndex};
use super::{
    Fan, Process, Trajectories, TrajectoryArea, TrajectoryError, TrajectoryRequest, Uncertainty, exponential,
};
use crate::demography::mortality_model::Draws;
use crate::observation::quantile;
use crate::territory::UnitId;

/// A checked request.
pub(super) struct Plan<'a> {
    request: &'a TrajectoryRequest,
    uncertainty: &'a Uncertainty,
    steps: usize,
    /// Numbers of a stock: two sexes and all ages.
    width: usize,
    areas: Vec<AreaRates>,
    /// Of each area: its group's position, and the positions of the units it is part of.
    group: Vec<usize>,
    members: Vec<Vec<usize>>,
    groups: Vec<UnitId>,
    /// Units x years x indicators.
    pub(super) cells: usize,
}

/// What a thread works with.
pub(super) struct Desk {
    room: Room,
    factors: Vec<f64>,
    stocks: Vec<f64>,
    flows: Vec<[f64; 3]>,
}

pub(super) struct Block {
    /// Cells x paths of the block.
    pub(super) values: Vec<f64>,
    pub(super) adjusted: u64,
}

impl<'a> Plan<'a> {
    pub(super) fn new(
        areas: &[TrajectoryArea],
        uncertainty: &'a Uncertainty,
        request: &'a TrajectoryRequest,
    ) -> Result<Self, TrajectoryError> {
        check_numbers(request)?;
        let mut known: BTreeMap<UnitId, &TrajectoryArea> = BTreeMap::new();
        for one in areas {
            if known.insert(one.area.unit, one).is_some() {
                return Err(TrajectoryError::Twice { what: "area", got: one.area.unit.to_string() });
            }
        }
        let mut needed: BTreeMap<UnitId, Vec<usize>> = BTreeMap::new();
        for (position, unit) in request.units.iter().enumerate() {
            if unit.areas.is_empty() {
                return Err(TrajectoryError::NoSuchArea { unit: unit.unit, area: unit.unit });
            }
            for &area in &unit.areas {
                if !known.contains_key(&area) {
                    return Err(TrajectoryError::NoSuchArea { unit: unit.unit, area });
                }
                let units = needed.entry(area).or_default();
                if units.last() == Some(&position) {
                    let got = format!("{area} of {}", unit.unit);
                    return Err(TrajectoryError::Twice { what: "area", got });
                }
                units.push(position);
            }
        }
        let steps = usize::from(request.until.get().saturating_sub(request.jump_off.get()));
        let mut plan = Self {
            request,
            uncertainty,
            steps,
            width: 0,
            areas: Vec::new(),
            group: Vec::new(),
            members: Vec::new(),
            groups: Vec::new(),
            cells: request.units.len() * steps * request.indicators.len(),
        };
        let groups: BTreeSet<UnitId> = needed.keys().map(|area| known[area].group).collect();
        plan.groups = groups.into_iter().collect();
        for (unit, members) in needed {
            let one = known[&unit];
            let (first, ages) = (one.area.jump_off, one.area.assumptions.ages());
            let last = first.plus(one.area.assumptions.steps() as u16);
            if steps == 0 || request.jump_off < first || request.until > last {
                let (until, jump_off) = (request.until, request.jump_off);
                return Err(TrajectoryError::Until { until, jump_off, last });
            }
            if plan.width == 0 {
                plan.width = 2 * ages;
            }
            let loading = uncertainty.spec().mortality.index.loading.dim();
            if 2 * ages != plan.width || one.area.base.nrows() != 2 || loading != (2, ages + 1) {
                let expected = vec![2, loading.1.saturating_sub(1)];
                let got = one.area.base.shape().to_vec();
                return Err(TrajectoryError::Shape { what: "base of an area", got, expected });
            }
            plan.areas.push(AreaRates::new(&one.area, request.jump_off, steps)?);
            plan.group.push(plan.groups.partition_point(|group| *group < one.group));
            plan.members.push(members);
        }
        for indicator in &request.indicators {
            indicator.check(plan.width / 2 - 1)?;
        }
        Ok(plan)
    }

    pub(super) fn desk(&self) -> Result<Desk, TrajectoryError> {
        let Some(area) = self.areas.first() else {
            return Err(TrajectoryError::Request { what: "areas", got: 0, expected: "1 or more".to_owned() });
        };
        let fault = |source| {
            let (unit, year, path) = (area.unit, self.request.jump_off, "central".to_owned());
            TrajectoryError::Step { unit, year, path, source }
        };
        let units = self.request.units.len();
        Ok(Desk {
            room: area.room().map_err(fault)?,
            factors: vec![1.0; self.steps * (self.width + 2)],
            stocks: vec![0.0; units * self.steps * self.width],
            flows: vec![[0.0; 3]; units * self.steps],
        })
    }

    pub(super) fn block(&self, paths: Range<usize>, desk: &mut Desk) -> Result<Block, TrajectoryError> {
        let width = paths.len();
        let mut values = vec![0.0; self.cells * width];
        let mut adjusted = 0;
        for (column, path) in paths.enumerate() {
            adjusted += self.path(Some(path), desk)?;
            self.values(desk, path, |cell, value| values[cell * width + column] = value)?;
        }
        Ok(Block { values, adjusted })
    }

    /// Projects every area of one path, or the central forecast, and sums them by unit; gives the adjustments made.
    fn path(&self, path: Option<usize>, desk: &mut Desk) -> Result<u64, TrajectoryError> {
        let Desk { room, factors, stocks, flows } = desk;
        stocks.fill(0.0);
        flows.fill([0.0; 3]);
        factors.fill(1.0);
        let (fertility, mortality, migration) =
            (self.uncertainty.fertility(), self.uncertainty.mortality(), self.uncertainty.migration());
        let levels = [fertility, mortality, migration];
        let mut common = Deviations::none(self.steps);
        let mut of_groups = vec![common.clone(); self.groups.len()];
        if let Some(path) = path {
            if let Some(index) = self.uncertainty.index() {
                self.common_factors(index, path, factors);
            }
            common.add(levels.map(|of: Levels| of.common), self.request.seed, "common", path);
            for (group, of_group) in self.groups.iter().zip(&mut of_groups) {
                of_group.clone_from(&common);
                let place = format!("group/{group}");
                of_group.add(levels.map(|of| of.group), self.request.seed, &place, path);
            }
        }
        let mut adjusted = 0;
        for ((area, &group), members) in self.areas.iter().zip(&self.group).zip(&self.members) {
            let mut own = of_groups[group].clone();
            if let Some(path) = path {
                let place = format!("area/{}", area.unit);
                own.add(levels.map(|of| of.area), self.request.seed, &place, path);
            }
            let size = self.width + 2;
            let shock = |year: usize| Shock {
                fertility: own.fertility[year],
                mortality: own.mortality[year],
                migration: own.migration[year],
                factors: &factors[year * size..(year + 1) * size],
            };
            area.run(path, room, shock, |year, end| {
                adjusted += end.adjusted as u64;
                for &unit in members {
                    let place = unit * self.steps + year;
                    let sums = &mut stocks[place * self.width..(place + 1) * self.width];
                    sums.iter_mut().zip(end.stock).for_each(|(sum, people)| *sum += people);
                    flows[place].iter_mut().zip(end.flows).for_each(|(sum, flow)| *sum += flow);
                }
            })?;
        }
        Ok(adjusted)
    }

    /// Factors on death rates of a path that all areas share, `(T, 2, A+1)` in a row.
    fn common_factors(&self, index: &MortalityIndex, path: usize, factors: &mut [f64]) {
        let seed = self.request.seed;
        let mut of_f = Draws::new(seed, "mortality/index/F", path as u64);
        let mut of_m = Draws::new(seed, "mortality/index/M", path as u64);
        let shared = index.sex_correlation;
        let alone = (1.0 - shared * shared).max(0.0).sqrt();
        let mut normals = || {
            let female = of_f.normal();
            [female, shared * female + alone * of_m.normal()]
        };
        let processes = index.processes();
        let loadings = [index.of_sex(0), index.of_sex(1)];
        let drifts = normals();
        let mut k = [0.0; 2];
        let ratios = self.width / 2 + 1;
        for of_year in factors.chunks_exact_mut(2 * ratios) {
            let innovations = normals();
            for (sex, of_sex) in of_year.chunks_exact_mut(ratios).enumerate() {
                let Process { drift_sd, sd, .. } = processes[sex];
                k[sex] += drift_sd * drifts[sex] + sd * innovations[sex];
                exponential::factors(loadings[sex].as_slice().unwrap_or_default(), k[sex], of_sex);
            }
        }
    }

    /// Indicators of every unit and year of the path on the desk.
    fn values(
        &self,
        desk: &Desk,
        path: usize,
        mut each: impl FnMut(usize, f64),
    ) -> Result<(), TrajectoryError> {
        let mut cell = 0;
        for (unit, of) in self.request.units.iter().enumerate() {
            for indicator in &self.request.indicators {
                for year in 0..self.steps {
                    let place = unit * self.steps + year;
                    let stock = &desk.stocks[place * self.width..(place + 1) * self.width];
                    let value = indicator.value(stock, desk.flows[place]).ok_or_else(|| {
                        let (indicator, unit) = (indicator.id.clone(), of.unit);
                        let year = self.request.jump_off.plus(year as u16 + 1);
                        TrajectoryError::Nobody { indicator, unit, year, path }
                    })?;
                    each(cell, value);
                    cell += 1;
                }
            }
        }
        Ok(())
    }

    /// Means and quantiles of the values, cells x paths.
    pub(super) fn sum_up(
        &self,
        values: &mut [f64],
        adjusted: u64,
        areas: &[TrajectoryArea],
    ) -> Result<Trajectories, TrajectoryError> {
        let request = self.request;
        let mut central = vec![0.0; self.cells];
        let mut desk = self.desk()?;
        self.path(None, &mut desk)?;
        self.values(&desk, 0, |cell, value| central[cell] = value)?;
        let draws = request.draws;
        let fans = values.chunks_exact_mut(self.steps * draws).zip(central.chunks_exact(self.steps));
        let fans = fans
            .enumerate()
            .map(|(place, (of_fan, central))| {
                let paths = request.keep_paths.then(|| {
                    let years = ArrayView2::from_shape((self.steps, draws), &*of_fan);
                    years.map(|years| years.t().as_standard_layout().into_owned()).unwrap_or_default()
                });
                let mut mean = Vec::with_capacity(self.steps);
                let mut quantiles = Array2::zeros((self.steps, request.probabilities.len()));
                for (year, of_year) in of_fan.chunks_exact_mut(draws).enumerate() {
                    mean.push(of_year.iter().sum::<f64>() / draws as f64);
                    of_year.sort_unstable_by(f64::total_cmp);
                    for (to, &p) in quantiles.row_mut(year).iter_mut().zip(&request.probabilities) {
                        *to = quantile(of_year, p).unwrap_or_default();
                    }
                }
                Fan {
                    unit: request.units[place / request.indicators.len()].unit,
                    indicator: place % request.indicators.len(),
                    central: central.to_vec(),
                    mean,
                    quantiles,
                    paths,
                }
            })
            .collect();
        let used: Vec<UnitId> = self.areas.iter().map(|area| area.unit).collect();
        Ok(Trajectories {
            jump_off: request.jump_off,
            years: request.jump_off.next().through(request.until).collect(),
            indicators: request.indicators.clone(),
            probabilities: request.probabilities.clone(),
            draws,
            seed: request.seed,
            uncertainty: self.uncertainty.spec().clone(),
            components: self.uncertainty.components(),
            areas: areas.iter().map(|one| one.area.unit).filter(|unit| used.contains(unit)).collect(),
            adjusted,
            fans,
        })
    }
}
