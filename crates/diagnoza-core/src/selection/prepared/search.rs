//! Depth-first search over the gminas of one stratum after another, best scores first, with bounds.

use std::cmp::Ordering;

use super::optimal::{OptimalSets, Sets};
use super::state::{Ends, Stage, State};
use super::{Prepared, PreparedError, Proof, Visit};
use crate::selection::{DiversityOver, TieRule};

/// Partial sets looked at before a search beyond the enumerated size gives up.
pub(super) const BUDGET: u64 = 30_000_000;

/// A gmina that may be picked.
#[derive(Clone, Copy)]
struct Item {
    gmina: usize,
    score: i64,
}

/// A stratum as the search walks through it.
struct Level {
    /// Gminas that must be in.
    inside: Vec<Item>,
    /// The rest, highest score first.
    items: Vec<Item>,
    /// Sums of the first scores: `prefix[k]` of k.
    prefix: Vec<i64>,
    /// Places for the rest.
    places: usize,
    /// Highest sum that the strata after it can have.
    after: i64,
    /// Places in the strata after it.
    places_after: usize,
    /// Values of the diversity variable, of this stratum and those after it.
    ends: Ends,
    /// Combinations of groups that are allowed.
    allowed: Option<Vec<u128>>,
}

pub(super) struct Search<'a> {
    problem: &'a Prepared,
    scores: &'a [f64],
    levels: Vec<Level>,
    stages: Vec<Stage>,
    code_order: bool,
    first_only: bool,
    /// Nothing is settled at the end of a stratum: no groups, no diversity within strata.
    plain_end: bool,
    picked: Vec<usize>,
    /// Values of those picked, where the last pick needs them.
    others: Vec<f64>,
    best: Vec<i64>,
    sets: Vec<Vec<usize>>,
    count: u64,
    times: Vec<u64>,
    visited: u64,
    budget: u64,
}

impl<'a> Search<'a> {
    pub(super) fn new(problem: &'a Prepared, grid: &[i64], scores: &'a [f64]) -> Result<Self, PreparedError> {
        let mut levels = Vec::with_capacity(problem.strata.len());
        let (mut after, mut places_after, mut ends) = (0, 0, Ends::NONE);
        for stratum in problem.strata.iter().rev() {
            let item = |&gmina: &usize| Item { gmina, score: grid[gmina] };
            let members = stratum.members.iter();
            let inside: Vec<Item> =
                members.clone().filter(|g| problem.inside.contains(g)).map(item).collect();
            let free = |g: &&usize| !problem.inside.contains(g) && !problem.outside.contains(g);
            let mut items: Vec<Item> = members.filter(free).map(item).collect();
            items.sort_by_key(|item| (-item.score, item.gmina));
            // May wrap: only differences are used, of no more items than there are places, and these fit.
            let mut prefix = vec![0_i64];
            for item in &items {
                prefix.push(prefix[prefix.len() - 1].wrapping_add(item.score));
            }
            let Some(places) = stratum.quota.checked_sub(inside.len()).filter(|&n| n <= items.len()) else {
                return Err(PreparedError::Infeasible);
            };
            if let Some(d) = &problem.diversity
                && stratum.quota > 0
            {
                ends = stratum.members.iter().fold(ends, |ends, &g| ends.with(d.values[g]));
            }
            let groups = problem.groups.as_ref();
            let allowed = groups.map(|g| g.allowed(&stratum.members, stratum.quota, scores)).transpose()?;
            let best_here = prefix[places] + inside.iter().map(|item| item.score).sum::<i64>();
            levels.push(Level {
                inside,
                items,
                prefix,
                places,
                after,
                places_after,
                ends,
                allowed: allowed.flatten(),
            });
            after += best_here;
            places_after += stratum.quota;
        }
        levels.reverse();
        Ok(Self {
            problem,
            scores,
            levels,
            stages: problem.stages(),
            code_order: problem.ties == TieRule::CodeOrder,
            first_only: false,
            plain_end: problem.groups.is_none()
                && problem.diversity.as_ref().is_none_or(|d| d.over == DiversityOver::Set),
            picked: Vec::with_capacity(problem.places()),
            others: Vec::with_capacity(problem.places()),
            best: Vec::new(),
            sets: Vec::new(),
            count: 0,
            times: vec![0; problem.gminas.len()],
            visited: 0,
            budget: u64::MAX,
        })
    }

    /// Stop at the first feasible set.
    pub(super) const fn first_only(&mut self) {
        self.first_only = true;
    }

    /// Looks for the best sets; whether it came to an end.
    pub(super) fn run(&mut self, budget: u64) -> bool {
        self.budget = budget;
        self.enter(0, State::START, &mut None);
        self.visited < self.budget
    }

    /// Every feasible set, without bounds.
    pub(super) fn every(&mut self, visit: &mut Visit<'_>) {
        self.budget = u64::MAX;
        self.enter(0, State::START, &mut Some(visit));
    }

    /// Gives a whole set to whoever asked for every one.
    fn show(&self, state: &State, visit: &mut Visit<'_>) {
        let diversity = self.problem.diversity.as_ref().map(|_| state.diversity(self.problem));
        visit(&self.picked, self.picked.iter().map(|&gmina| self.scores[gmina]).sum(), diversity);
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub(super) const fn visited(&self) -> u64 {
        self.visited
    }

    pub(super) fn first_set(&self) -> Option<Vec<usize>> {
        self.sets.first().cloned()
    }

    pub(super) fn best_key(&self) -> &[i64] {
        &self.best
    }

    /// The key by which whole sets are compared.
    pub(super) fn key_of(&self, set: &[usize], grid: &[i64]) -> Option<Vec<i64>> {
        let mut state = State::of_set(self.problem, set)?;
        state.score = set.iter().map(|&gmina| grid[gmina]).sum();
        let value = |stage: &Stage| self.value(*stage, &state, set);
        Some(self.stages.iter().map(value).collect())
    }

    /// Starts a stratum: first the gminas that must be in.
    fn enter(&mut self, level: usize, mut state: State, every: &mut Every<'_>) {
        let start = self.picked.len();
        for i in 0..self.levels[level].inside.len() {
            let Item { gmina, score } = self.levels[level].inside[i];
            match state.with(self.problem, gmina, score, &self.picked, &self.picked[start..]) {
                Some(next) => state = next,
                None => return self.picked.truncate(start),
            }
            self.picked.push(gmina);
        }
        self.descend(level, start, 0, self.levels[level].places, state, every);
        self.picked.truncate(start);
    }

    fn descend(
        &mut self,
        level: usize,
        start: usize,
        from: usize,
        left: usize,
        state: State,
        every: &mut Every<'_>,
    ) {
        if left == 0 {
            return self.finish(level, state, every);
        }
        if left == 1 && self.plain_end && level + 1 == self.levels.len() {
            return self.last_picks(level, start, from, &state, every);
        }
        let last = self.levels[level].items.len() - left;
        for at in from..=last {
            if self.visited >= self.budget || (self.first_only && self.count > 0) {
                return;
            }
            self.visited += 1;
            let here = &self.levels[level];
            let upper = state.score + here.prefix[at + left].wrapping_sub(here.prefix[at]) + here.after;
            let bounded = every.is_none() && !self.best.is_empty();
            if bounded && self.stages[0] == Stage::Score && upper < self.best[0] {
                // Scores fall from here on.
                return;
            }
            let Item { gmina, score } = here.items[at];
            let (picked, stratum) = (&self.picked[..], &self.picked[start..]);
            let Some(next) = state.with(self.problem, gmina, score, picked, stratum) else { continue };
            if bounded && self.hopeless(&next, upper, left - 1 + here.places_after, here.ends) {
                continue;
            }
            if let Some(allowed) = &here.allowed
                && !allowed.iter().any(|groups| next.groups & !groups == 0)
            {
                continue;
            }
            self.picked.push(gmina);
            self.descend(level, start, at + 1, left - 1, next, every);
            self.picked.pop();
        }
    }

    /// The last place of all: most of the work, so no call, copy or check that only other places need.
    fn last_picks(&mut self, level: usize, start: usize, from: usize, state: &State, every: &mut Every<'_>) {
        let problem = self.problem;
        let slot = self.picked.len();
        if let (Some(visit), Some(values)) = (every.as_mut(), problem.gap_only()) {
            self.last_gaps(level, from, state, values, *visit);
            return self.picked.truncate(slot);
        }
        self.picked.push(0);
        for at in from..self.levels[level].items.len() {
            let Item { gmina, score } = self.levels[level].items[at];
            let best = self.best.first().copied().filter(|_| every.is_none());
            if self.stages[0] == Stage::Score && best.is_some_and(|best| state.score + score < best) {
                break;
            }
            self.visited += 1;
            let (picked, stratum) = (&self.picked[..slot], &self.picked[start..slot]);
            let Some(next) = state.with(problem, gmina, score, picked, stratum) else { continue };
            self.picked[slot] = gmina;
            if !next.diverse_enough(problem) {
                continue;
            }
            match every {
                Some(visit) => self.show(&next, *visit),
                None => self.compare(&next),
            }
            if self.first_only && self.count > 0 {
                break;
            }
        }
        self.picked.truncate(slot);
    }

    /// Every last pick where nothing but the smallest difference is measured: a handful of operations a set.
    fn last_gaps(&mut self, level: usize, from: usize, state: &State, values: &[f64], visit: &mut Visit<'_>) {
        let slot = self.picked.len();
        let score: f64 = self.picked.iter().map(|&gmina| self.scores[gmina]).sum();
        self.others.clear();
        self.others.extend(self.picked.iter().map(|&gmina| values[gmina]));
        self.picked.push(0);
        for item in &self.levels[level].items[from..] {
            let value = values[item.gmina];
            let mut gap = state.gap();
            for other in &self.others {
                let difference = (value - other).abs();
                if difference < gap {
                    gap = difference;
                }
            }
            self.picked[slot] = item.gmina;
            visit(&self.picked, score + self.scores[item.gmina], Some(gap));
        }
    }

    /// Whether no completion is as good as the best known.
    fn hopeless(&self, state: &State, upper: i64, places: usize, ends: Ends) -> bool {
        for (stage, &best) in self.stages.iter().zip(&self.best) {
            let bound = match stage {
                Stage::Score => upper,
                Stage::Diversity => ordered(state.diversity_at_most(self.problem, ends, places)),
                Stage::Pairs | Stage::Secondary(_) => return false,
            };
            match bound.cmp(&best) {
                Ordering::Less => return true,
                Ordering::Greater => return false,
                Ordering::Equal => {}
            }
        }
        false
    }

    fn finish(&mut self, level: usize, state: State, every: &mut Every<'_>) {
        let quota = self.levels[level].places + self.levels[level].inside.len();
        if let Some(allowed) = &self.levels[level].allowed
            && quota > 0
            && !allowed.contains(&state.groups)
        {
            return;
        }
        let Some(state) = state.finish_stratum(self.problem, quota) else { return };
        if level + 1 < self.levels.len() {
            return self.enter(level + 1, state, every);
        }
        if !state.diverse_enough(self.problem) {
            return;
        }
        match every {
            Some(visit) => self.show(&state, *visit),
            None => self.compare(&state),
        }
    }

    /// Keeps a whole set that is as good as the best or better.
    fn compare(&mut self, state: &State) {
        if !self.best.is_empty() {
            for at in 0..self.stages.len() {
                match self.value(self.stages[at], state, &self.picked).cmp(&self.best[at]) {
                    Ordering::Less => return,
                    Ordering::Greater => {
                        self.best.clear();
                        break;
                    }
                    Ordering::Equal => {}
                }
            }
        }
        let mut set = self.picked.clone();
        set.sort_unstable();
        if self.code_order && !self.best.is_empty() {
            if self.sets.first().is_some_and(|known| *known <= set) {
                return;
            }
            self.best.clear();
        }
        if self.best.is_empty() {
            let value = |stage: &Stage| self.value(*stage, state, &self.picked);
            self.best = self.stages.iter().map(value).collect();
            (self.count, self.times) = (0, vec![0; self.times.len()]);
            self.sets.clear();
        }
        self.count += 1;
        set.iter().for_each(|&gmina| self.times[gmina] += 1);
        if self.sets.len() < OptimalSets::LISTED {
            self.sets.push(set);
        }
    }

    fn value(&self, stage: Stage, state: &State, set: &[usize]) -> i64 {
        match stage {
            Stage::Score => state.score,
            Stage::Diversity => ordered(state.diversity(self.problem)),
            Stage::Pairs => state.pairs,
            Stage::Secondary(k) => set.iter().map(|&gmina| self.problem.secondary[k][gmina]).sum(),
        }
    }

    pub(super) fn into_sets(self, problem: &Prepared, scores: &[f64], proof: Proof) -> OptimalSets {
        let mut sets = self.sets;
        sets.sort();
        let objective = problem.objective(sets.first().map_or(&[], Vec::as_slice), scores);
        let gminas = problem.gminas.len();
        let sets = Sets::Listed { sets, count: self.count, times: self.times };
        OptimalSets { gminas, sets, objective, proof, complete: true }
    }
}

/// What is done with every feasible set.
type Every<'v> = Option<&'v mut Visit<'v>>;

/// A number of 0 or more as an integer of the same order.
fn ordered(value: f64) -> i64 {
    (value + 0.0).to_bits() as i64
}
