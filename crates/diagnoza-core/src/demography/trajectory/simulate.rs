use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::{ControlFlow, Range};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;

use ndarray::{Array2, ArrayView2};
use serde::{Deserialize, Serialize};

use super::area_path::{AreaRates, Room, Shock};
use super::uncertainty::{Levels, MortalityIndex};
use super::{
    Fan, Process, Trajectories, TrajectoryError, TrajectoryIndicator, Uncertainty, exponential, quantile,
};
use crate::demography::mortality_model::Draws;
use crate::demography::projection::Area;
use crate::observation::Year;
use crate::territory::UnitId;

/// An area with its central forecast, and the group it belongs to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrajectoryArea {
    /// Base and central assumptions.
    pub area: Area,
    /// The group whose deviations it shares, such as its subregion.
    pub group: UnitId,
}

/// A unit whose indicators are asked for: the sum of areas.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrajectoryUnit {
    /// The unit.
    pub unit: UnitId,
    /// The areas it is made of.
    pub areas: Vec<UnitId>,
}

/// What is drawn and summed up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrajectoryRequest {
    /// Units, in the order of the result.
    pub units: Vec<TrajectoryUnit>,
    /// Indicators.
    pub indicators: Vec<TrajectoryIndicator>,
    /// Probabilities of the quantiles, above 0 and below 1.
    pub probabilities: Vec<f64>,
    /// Number of paths, 2 or more.
    pub draws: usize,
    /// Seed of the paths.
    pub seed: u64,
    /// Last year known: deviations begin in the year after it.
    pub jump_off: Year,
    /// Last year drawn.
    pub until: Year,
    /// Whether the paths of the indicators are kept.
    pub keep_paths: bool,
}

/// Paths that one thread takes at a time.
const BLOCK: usize = 16;

/// Values kept for the quantiles at most: 2 GB.
const MOST_VALUES: usize = 250_000_000;

/// Draws the trajectories of areas and sums their indicators up.
///
/// `progress` is told, on the calling thread, how many paths of how many are done; breaking stops the run. The result
/// has the same bytes for any number of threads.
///
/// # Errors
/// [`TrajectoryError`]: a request that cannot be met, a path that cannot be projected,
/// [`TrajectoryError::Interrupted`].
pub fn simulate(
    areas: &[TrajectoryArea],
    uncertainty: &Uncertainty,
    request: &TrajectoryRequest,
    threads: NonZeroUsize,
    progress: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
) -> Result<Trajectories, TrajectoryError> {
    let plan = Plan::new(areas, uncertainty, request)?;
    let draws = request.draws;
    let mut values = vec![0.0; plan.cells * draws];
    let mut adjusted = 0_u64;
    let blocks = draws.div_ceil(BLOCK);
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let workers = threads.get().min(blocks);
    let (sender, receiver) = sync_channel(2 * workers);
    let mut failed: Option<(usize, TrajectoryError)> = None;
    let mut done = 0;
    let mut interrupted = false;
    std::thread::scope(|scope| {
        for _ in 0..workers {
            let sender = sender.clone();
            let (plan, next, stop) = (&plan, &next, &stop);
            scope.spawn(move || {
                let mut desk = plan.desk();
                while !stop.load(Ordering::Relaxed) {
                    let block = next.fetch_add(1, Ordering::Relaxed);
                    if block >= blocks {
                        return;
                    }
                    let paths = block * BLOCK..draws.min((block + 1) * BLOCK);
                    let found =
                        desk.as_mut().map_err(|error| error.clone()).and_then(|d| plan.block(paths, d));
                    if sender.send((block, found)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        for (block, found) in receiver {
            match found {
                Ok(found) => {
                    let width = found.values.len() / plan.cells.max(1);
                    for (cell, of_cell) in found.values.chunks_exact(width.max(1)).enumerate() {
                        let place = cell * draws + block * BLOCK;
                        values[place..place + width].copy_from_slice(of_cell);
                    }
                    adjusted += found.adjusted;
                    done += width;
                    if !interrupted && progress(done, draws).is_break() {
                        interrupted = true;
                        stop.store(true, Ordering::Relaxed);
                    }
                }
                // Blocks are taken in order: every earlier one still reports, and the first error wins.
                Err(error) => {
                    stop.store(true, Ordering::Relaxed);
                    if failed.as_ref().is_none_or(|(first, _)| block < *first) {
                        failed = Some((block, error));
                    }
                }
            }
        }
    });
    if let Some((_, error)) = failed {
        return Err(error);
    }
    if interrupted && done < draws {
        return Err(TrajectoryError::Interrupted { done, draws });
    }
    plan.sum_up(&mut values, adjusted, areas)
}

/// A checked request.
struct Plan<'a> {
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
    cells: usize,
}

/// What a thread works with.
struct Desk {
    room: Room,
    factors: Vec<f64>,
    stocks: Vec<f64>,
    flows: Vec<[f64; 3]>,
}

struct Block {
    /// Cells x paths of the block.
    values: Vec<f64>,
    adjusted: u64,
}

/// Deviations of one unit over the years.
#[derive(Clone)]
struct Deviations {
    fertility: Vec<f64>,
    mortality: Vec<f64>,
    migration: Vec<f64>,
}

impl<'a> Plan<'a> {
    fn new(
        areas: &[TrajectoryArea],
        uncertainty: &'a Uncertainty,
        request: &'a TrajectoryRequest,
    ) -> Result<Self, TrajectoryError> {
        check_numbers(request)?;
        let known: BTreeMap<UnitId, &TrajectoryArea> = areas.iter().map(|one| (one.area.unit, one)).collect();
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
        let groups: std::collections::BTreeSet<UnitId> =
            needed.keys().map(|area| known[area].group).collect();
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

    fn desk(&self) -> Result<Desk, TrajectoryError> {
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

    fn block(&self, paths: Range<usize>, desk: &mut Desk) -> Result<Block, TrajectoryError> {
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
        let mut of_f = Draws::new(seed, "mortality/common", path as u64);
        let mut of_m = Draws::new(seed, "mortality/common/males", path as u64);
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
    fn sum_up(
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

impl Deviations {
    fn none(steps: usize) -> Self {
        Self { fertility: vec![0.0; steps], mortality: vec![0.0; steps], migration: vec![0.0; steps] }
    }

    /// Adds a path of each component's process, its numbers drawn for the place alone.
    fn add(&mut self, [fertility, mortality, migration]: [Process; 3], seed: u64, place: &str, path: usize) {
        for (process, component, deviations) in [
            (fertility, "fertility", &mut self.fertility),
            (mortality, "mortality", &mut self.mortality),
            (migration, "migration", &mut self.migration),
        ] {
            if !process.is_none() {
                let mut draws = Draws::new(seed, &format!("{component}/{place}"), path as u64);
                process.add_path(&mut draws, deviations);
            }
        }
    }
}

/// Numbers of a request that need no area to be checked.
fn check_numbers(request: &TrajectoryRequest) -> Result<(), TrajectoryError> {
    let few = |what, got, expected: &str| {
        Err(TrajectoryError::Request { what, got, expected: expected.to_owned() })
    };
    if request.draws < 2 {
        return few("draws", request.draws, "2 or more paths, 1000 for quantiles such as 0.025");
    }
    if request.units.is_empty() {
        return few("units", 0, "1 or more");
    }
    if request.indicators.is_empty() {
        return few("indicators", 0, "1 or more");
    }
    for (position, indicator) in request.indicators.iter().enumerate() {
        if request.indicators[..position].iter().any(|before| before.id == indicator.id) {
            return Err(TrajectoryError::Twice { what: "indicator", got: indicator.id.clone() });
        }
    }
    for (position, unit) in request.units.iter().enumerate() {
        if request.units[..position].iter().any(|before| before.unit == unit.unit) {
            return Err(TrajectoryError::Twice { what: "unit", got: unit.unit.to_string() });
        }
    }
    if let Some(&got) = request.probabilities.iter().find(|p| !(**p > 0.0 && **p < 1.0)) {
        return Err(TrajectoryError::Probability { got });
    }
    let years = usize::from(request.until.get().saturating_sub(request.jump_off.get()));
    let cells = request.units.len() * years * request.indicators.len();
    match cells.checked_mul(request.draws) {
        Some(0..=MOST_VALUES) => Ok(()),
        _ => few(
            "draws",
            request.draws,
            &format!(
                "at most {}: {cells} figures (units x years x indicators) are kept of each path; ask for fewer",
                MOST_VALUES / cells.max(1)
            ),
        ),
    }
}
