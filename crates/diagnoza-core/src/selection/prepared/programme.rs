//! The choice as an integer programme, for problems beyond the search. Its answer is checked here: the
//! set must meet every condition, and the search must have seen none better.
//!
//! `maximise sum(s_i x_i)` with `x_i` in {0, 1}, `sum over stratum of x_i = quota`, and
//! - locality: `y_sp` in {0, 1}, `sum_p y_sp = 1`, `x_i <= y_sp` (require); `sum over powiat of x_i <= 1` (forbid)
//! - groups: `z_g` in {0, 1}, `x_i <= z_g <= sum over g of x_i`, `sum_g z_g = k`
//! - gap of at least t: `x_i + x_j <= 1` where `|v_i - v_j| < t`
//! - range: `h_i, l_i <= x_i`, `sum h = sum l = 1`, `sum h_i v_i - sum l_i v_i` is the range
//! - classes: `c_k <= sum over class k of x_i`, `sum_k c_k` is their number

use std::collections::BTreeMap;

use good_lp::{
    Expression, ProblemVariables, ResolutionError, Solution, SolverModel, Variable, constraint, microlp,
    variable,
};

use super::optimal::Sets;
use super::search::Search;
use super::{OptimalSets, Prepared, PreparedError, Proof};
use crate::selection::{DiversityOver, DiversityPurpose, GroupRule, Locality, Spread};

/// What the programme maximises.
enum Wanted<'a> {
    Scores(&'a [f64]),
    Diversity,
    Anything,
}

impl Prepared {
    pub(super) fn choose_by_programme(
        &self,
        scores: &[f64],
        grid: &[i64],
        search: &Search<'_>,
    ) -> Result<OptimalSets, PreparedError> {
        let refused = || PreparedError::NotProven { visited: search.visited() };
        let mut least = None;
        if let Some(d) = &self.diversity {
            match (d.purpose, d.over) {
                (DiversityPurpose::TieBreak, _) => {}
                (_, DiversityOver::Strata) => return Err(refused()),
                (DiversityPurpose::Threshold, _) => least = Some(d.at_least),
                (DiversityPurpose::Objective, _) => least = self.most_diverse()?,
            }
        }
        if self.groups.as_ref().is_some_and(|g| g.rule != GroupRule::Together) {
            return Err(refused());
        }
        let set = self.solve(&Wanted::Scores(scores), least)?.ok_or(PreparedError::Infeasible)?;
        let key = search.key_of(&set, grid).filter(|_| self.is_feasible(&set));
        let Some(key) = key else {
            return Err(PreparedError::Programme { reason: "its set breaks a condition".to_owned() });
        };
        if key.as_slice() < search.best_key() {
            return Err(PreparedError::Programme { reason: "the search found a better set".to_owned() });
        }
        let mut times = vec![0; self.gminas.len()];
        set.iter().for_each(|&gmina| times[gmina] = 1);
        Ok(OptimalSets {
            gminas: self.gminas.len(),
            objective: self.objective(&set, scores),
            sets: Sets::Listed { sets: vec![set], count: 1, times },
            proof: Proof::IntegerProgramme,
            complete: false,
        })
    }

    pub(super) fn feasible_by_programme(&self) -> Result<Option<Vec<usize>>, PreparedError> {
        let least = self.diversity.as_ref().filter(|d| d.purpose == DiversityPurpose::Threshold);
        if least.is_some_and(|d| d.over == DiversityOver::Strata) {
            return Err(PreparedError::NotProven { visited: super::search::BUDGET });
        }
        let set = self.solve(&Wanted::Anything, least.map(|d| d.at_least))?;
        match set {
            Some(set) if !self.is_feasible(&set) => {
                Err(PreparedError::Programme { reason: "its set breaks a condition".to_owned() })
            }
            set => Ok(set),
        }
    }

    /// The largest diversity that a feasible set has.
    fn most_diverse(&self) -> Result<Option<f64>, PreparedError> {
        let Some(d) = &self.diversity else { return Ok(None) };
        let worth = |set: &[usize]| d.of_set(self, set);
        if d.spread != Spread::MaxMinGap {
            return Ok(self.solve(&Wanted::Diversity, None)?.as_deref().and_then(worth));
        }
        let mut gaps: Vec<f64> = Vec::new();
        for (i, a) in d.values.iter().enumerate() {
            gaps.extend(d.values[i + 1..].iter().map(|b| (a - b).abs()));
        }
        gaps.sort_by(f64::total_cmp);
        gaps.dedup_by(|a, b| a.total_cmp(b).is_eq());
        // The largest gap of the list that some set keeps, by halving.
        let (mut met, mut from, mut to) = (None, 0, gaps.len());
        while from < to {
            let middle = from + (to - from) / 2;
            if self.solve(&Wanted::Anything, Some(gaps[middle]))?.is_some() {
                met = Some(gaps[middle]);
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        Ok(met)
    }

    fn solve(&self, wanted: &Wanted<'_>, least: Option<f64>) -> Result<Option<Vec<usize>>, PreparedError> {
        let mut all = ProblemVariables::new();
        let x: Vec<Variable> = self.gminas.iter().map(|_| all.add(variable().binary())).collect();
        let sum = |gminas: &[usize]| gminas.iter().fold(Expression::from(0.0), |sum, &g| sum + x[g]);
        let mut rules = Vec::new();
        for stratum in &self.strata {
            rules.push(constraint!(sum(&stratum.members) == stratum.quota as f64));
            let inside = |of: &[usize]| parts(&stratum.members, of);
            if stratum.quota > 0 && self.locality == Locality::Require {
                within(&mut all, &mut rules, &inside(&self.powiats), &x, 1, false);
            }
            if let Some(groups) = &self.groups
                && stratum.quota > 0
            {
                within(&mut all, &mut rules, &inside(&groups.of), &x, groups.number, true);
            }
        }
        if self.locality == Locality::Forbid {
            let everyone: Vec<usize> = (0..x.len()).collect();
            for part in parts(&everyone, &self.powiats) {
                rules.push(constraint!(sum(&part) <= 1.0));
            }
        }
        rules.extend(self.inside.iter().filter_map(|&g| x.get(g)).map(|&x| constraint!(x == 1.0)));
        rules.extend(self.outside.iter().filter_map(|&g| x.get(g)).map(|&x| constraint!(x == 0.0)));
        let diversity = self.diversity_rules(&mut all, &mut rules, &x, least);
        let objective = match wanted {
            Wanted::Scores(scores) => {
                let largest = scores.iter().fold(f64::MIN_POSITIVE, |most, s| most.max(s.abs()));
                x.iter().zip(*scores).fold(Expression::from(0.0), |sum, (&x, s)| sum + (s / largest) * x)
            }
            Wanted::Diversity => diversity,
            Wanted::Anything => Expression::from(0.0),
        };
        let mut model = all.maximise(objective).using(microlp);
        for rule in rules {
            model.add_constraint(rule);
        }
        match model.solve() {
            Ok(answer) => Ok(Some((0..x.len()).filter(|&g| answer.value(x[g]) > 0.5).collect())),
            Err(ResolutionError::Infeasible) => Ok(None),
            Err(error) => Err(PreparedError::Programme { reason: error.to_string() }),
        }
    }

    /// Rules that keep diversity at `least`; gives the expression that measures it, where it is linear.
    fn diversity_rules(
        &self,
        all: &mut ProblemVariables,
        rules: &mut Vec<good_lp::Constraint>,
        x: &[Variable],
        least: Option<f64>,
    ) -> Expression {
        let mut measure = Expression::from(0.0);
        let Some(d) = self.diversity.as_ref().filter(|d| d.purpose != DiversityPurpose::TieBreak) else {
            return measure;
        };
        match d.spread {
            Spread::MaxMinGap => {
                let least = least.unwrap_or(0.0);
                for i in 0..x.len() {
                    for j in i + 1..x.len() {
                        if (d.values[i] - d.values[j]).abs() < least {
                            rules.push(constraint!(x[i] + x[j] <= 1.0));
                        }
                    }
                }
                return measure;
            }
            Spread::Range => {
                let (mut highs, mut lows) = (Expression::from(0.0), Expression::from(0.0));
                for (&x, &value) in x.iter().zip(&d.values) {
                    let (high, low) = (all.add(variable().binary()), all.add(variable().binary()));
                    rules.push(constraint!(high <= x));
                    rules.push(constraint!(low <= x));
                    highs += high;
                    lows += low;
                    measure += value * high - value * low;
                }
                rules.push(constraint!(highs == 1.0));
                rules.push(constraint!(lows == 1.0));
            }
            Spread::QuantileClasses => {
                let everyone: Vec<usize> = (0..x.len()).collect();
                let classes: Vec<usize> = d.classes.iter().map(|&class| class as usize).collect();
                for class in parts(&everyone, &classes) {
                    let met = all.add(variable().binary());
                    let members = class.iter().fold(Expression::from(0.0), |sum, &g| sum + x[g]);
                    rules.push(constraint!(met <= members));
                    measure += met;
                }
            }
        }
        if let Some(least) = least {
            rules.push(constraint!(measure.clone() >= least - 1e-9 * least.abs()));
        }
        measure
    }
}

/// Members by the part they lie in.
fn parts(members: &[usize], part_of: &[usize]) -> Vec<Vec<usize>> {
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &gmina in members {
        parts.entry(part_of[gmina]).or_default().push(gmina);
    }
    parts.into_values().collect()
}

/// The gminas lie in `number` of the parts; each of these has one where they are `filled`.
fn within(
    all: &mut ProblemVariables,
    rules: &mut Vec<good_lp::Constraint>,
    parts: &[Vec<usize>],
    x: &[Variable],
    number: usize,
    filled: bool,
) {
    let mut used = Expression::from(0.0);
    for part in parts {
        let open = all.add(variable().binary());
        used += open;
        rules.extend(part.iter().map(|&gmina| constraint!(x[gmina] <= open)));
        if filled {
            let members = part.iter().fold(Expression::from(0.0), |sum, &g| sum + x[g]);
            rules.push(constraint!(open <= members));
        }
    }
    rules.push(constraint!(used == number as f64));
}
