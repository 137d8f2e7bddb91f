use std::cmp::Ordering;

use super::measure::{off_nominal, preference};
use super::prepared::OptimalSets;
use super::{
    Candidates, Criterion, DecidedBy, Direction, Margin, Method, Part, Place, Ranked, ResolvedTie, Role,
    Scored, SelectionSpec, StratumRanking, TieRule,
};

/// The order of the candidates, and what parts two of them.
pub(super) struct Order<'a> {
    pub(super) spec: &'a SelectionSpec,
    pub(super) candidates: &'a Candidates,
    pub(super) scored: &'a Scored,
}

/// What a place on the list depends on.
pub(super) struct Chosen<'a> {
    pub(super) sets: &'a OptimalSets,
    /// Positions of the gminas that refused.
    pub(super) refused: &'a [usize],
}

impl Order<'_> {
    /// What parts two candidates, and which of them stands first.
    fn parted(&self, a: usize, b: usize) -> (Ordering, DecidedBy) {
        let score = &self.scored.score;
        let by_score = score[b].total_cmp(&score[a]);
        if by_score != Ordering::Equal {
            return (by_score, self.decided_by_method(a, b));
        }
        let (x, y) = (&self.candidates.measured[a], &self.candidates.measured[b]);
        if self.spec.ties != TieRule::Report {
            for (position, criterion) in self.spec.criteria.iter().enumerate() {
                let order = preference(criterion, &x[position], &y[position]);
                if criterion.role == Role::Secondary && order != Ordering::Equal {
                    return (order, difference(criterion, position, x[position].value, y[position].value));
                }
            }
        }
        match self.spec.ties {
            TieRule::CodeOrder => (a.cmp(&b), DecidedBy::CodeOrder),
            TieRule::Report | TieRule::NextCriterion => (Ordering::Equal, DecidedBy::Nothing),
        }
    }

    fn decided_by_method(&self, a: usize, b: usize) -> DecidedBy {
        let by = (self.scored.score[a] - self.scored.score[b]).abs();
        if self.spec.method.name != Method::Lexicographic {
            return DecidedBy::Score { by };
        }
        // Between the two in their order, the earliest criterion that parted neighbours parted them.
        for order in &self.scored.orders {
            let place = |gmina| order.iter().position(|(g, _)| *g == gmina);
            if let (Some(a_at), Some(b_at)) = (place(a), place(b)) {
                let between = &order[a_at.min(b_at) + 1..=a_at.max(b_at)];
                let Some(column) = between.iter().filter_map(|(_, by)| *by).min() else { break };
                let mut primaries =
                    self.spec.criteria.iter().enumerate().filter(|(_, c)| c.role == Role::Primary);
                if let Some((position, criterion)) = primaries.nth(column) {
                    let value = |gmina: usize| self.candidates.measured[gmina][position].value;
                    return difference(criterion, position, value(a), value(b));
                }
            }
        }
        DecidedBy::Score { by }
    }

    fn order(&self, a: usize, b: usize) -> Ordering {
        self.parted(a, b).0
    }

    /// Ranks a stratum and says what became of everybody in it.
    pub(super) fn rank(&self, stratum: usize, chosen: &Chosen<'_>) -> (StratumRanking, Option<ResolvedTie>) {
        let prepared = &self.candidates.problem.strata()[stratum];
        let quota = prepared.quota;
        let mut rows = prepared.members.clone();
        rows.sort_by(|&a, &b| self.order(a, b).then(a.cmp(&b)));
        let shares = chosen.sets.shares();
        let certain = |gmina: usize| shares[gmina] >= 1.0;
        let tied = |gmina: usize| shares[gmina] > 0.0 && !certain(gmina);
        let among = rows.iter().filter(|&&gmina| tied(gmina)).count();
        let places = quota - rows.iter().filter(|&&gmina| certain(gmina)).count();
        // Those of the tie who miss the quota come first on the reserve list.
        let mut spare = self.spec.reserve.saturating_sub(among - places.min(among));
        let mut position = 1 + among - places.min(among);
        let mut ranked: Vec<Ranked> = Vec::with_capacity(rows.len());
        for group in rows.chunk_by(|&a, &b| self.order(a, b) == Ordering::Equal) {
            let rank = ranked.len() + 1;
            let out: Vec<usize> =
                group.iter().copied().filter(|&g| shares[g] <= 0.0 && !chosen.refused.contains(&g)).collect();
            let reserve = if quota == 0 || spare == 0 || out.is_empty() {
                Place::Below
            } else if spare >= out.len() {
                let at = position;
                (spare, position) = (spare - out.len(), position + out.len());
                Place::Reserve { position: at }
            } else {
                let places = std::mem::take(&mut spare);
                Place::TiedForReserve { places, among: out.len() }
            };
            for &gmina in group {
                let place = if certain(gmina) {
                    Place::Chosen
                } else if tied(gmina) {
                    Place::Tied { places, among }
                } else if chosen.refused.contains(&gmina) {
                    Place::Refused
                } else {
                    reserve
                };
                ranked.push(self.ranked(gmina, rank, place));
            }
        }
        if self.candidates.problem.by_order() {
            self.measure_margins(&rows, &mut ranked);
        }
        let name = self.candidates.strata[stratum].clone();
        let resolved = self.resolved_tie(&name, &rows, quota);
        (StratumRanking { stratum: name, quota, rows: ranked }, resolved)
    }

    fn ranked(&self, gmina: usize, rank: usize, place: Place) -> Ranked {
        let row = &self.candidates.gminas[gmina];
        let parts = self.scored.normalised.as_ref().map(|normalised| {
            let contributions = self.scored.contributions.as_ref();
            let part = |(column, &normalised): (usize, &f64)| Part {
                normalised,
                contribution: contributions.map(|c| c[(gmina, column)]),
            };
            normalised.row(gmina).iter().enumerate().map(part).collect()
        });
        Ranked {
            rank,
            code: row.code,
            name: row.name.clone(),
            values: self.candidates.measured[gmina].clone(),
            score: self.scored.score[gmina],
            parts: parts.unwrap_or_default(),
            place,
            margin: None,
        }
    }

    /// A chosen gmina is measured against the first that is not surely chosen, any
    /// other against the last that may be chosen, a tied one against another of its tie.
    fn measure_margins(&self, rows: &[usize], ranked: &mut [Ranked]) {
        let is_chosen = |r: &&Ranked| r.place == Place::Chosen;
        let is_tied = |r: &&Ranked| matches!(r.place, Place::Tied { .. });
        let at = |found: Option<usize>| found.and_then(|i| rows.get(i).copied());
        let next = at(ranked.iter().position(|r| !is_chosen(&r) && r.place != Place::Refused));
        let last = at(ranked.iter().rposition(|r| is_chosen(&r) || is_tied(&r)));
        let ties: Vec<usize> =
            rows.iter().zip(ranked.iter()).filter(|(_, r)| is_tied(r)).map(|(&g, _)| g).collect();
        for (&gmina, ranked) in rows.iter().zip(ranked) {
            let other = match ranked.place {
                Place::Chosen => next,
                Place::Tied { .. } => ties.iter().copied().find(|&other| other != gmina),
                _ => last,
            };
            ranked.margin = other.map(|other| Margin {
                against: self.candidates.gminas[other].code,
                name: self.candidates.gminas[other].name.clone(),
                decided_by: self.parted(gmina, other).1,
            });
        }
    }

    /// The tie across the quota in the method that something else decided.
    fn resolved_tie(&self, stratum: &str, rows: &[usize], quota: usize) -> Option<ResolvedTie> {
        let last = *rows.get(quota.checked_sub(1)?)?;
        let next = *rows.get(quota)?;
        let decided_by = self.parted(last, next).1;
        let secondary = |position: usize| self.spec.criteria[position].role == Role::Secondary;
        let equal_before = match decided_by {
            DecidedBy::Criterion { position, .. } if secondary(position) => position,
            DecidedBy::CodeOrder => self.spec.criteria.len(),
            // Primary criteria one after another: a tie in the first that a later one decided.
            DecidedBy::Criterion { position, .. } if position > 0 => {
                let equal = |&&gmina: &&usize| self.equal_before(gmina, last, position);
                let among = rows.iter().filter(equal).map(|&g| self.candidates.gminas[g].code).collect();
                return Some(ResolvedTie { stratum: stratum.to_owned(), among, decided_by });
            }
            _ => return None,
        };
        let equal = |&&gmina: &&usize| {
            self.scored.score[gmina].total_cmp(&self.scored.score[last]) == Ordering::Equal
                && self.spec.criteria.iter().enumerate().take(equal_before).all(|(i, criterion)| {
                    criterion.role == Role::Primary || self.same(i, criterion, gmina, last)
                })
        };
        let among = rows.iter().filter(equal).map(|&gmina| self.candidates.gminas[gmina].code).collect();
        Some(ResolvedTie { stratum: stratum.to_owned(), among, decided_by })
    }

    fn equal_before(&self, a: usize, b: usize, position: usize) -> bool {
        let mut criteria = self.spec.criteria.iter().enumerate().take(position);
        criteria.all(|(i, criterion)| self.same(i, criterion, a, b))
    }

    fn same(&self, position: usize, criterion: &Criterion, a: usize, b: usize) -> bool {
        let values = (&self.candidates.measured[a][position], &self.candidates.measured[b][position]);
        preference(criterion, values.0, values.1) == Ordering::Equal
    }
}

/// A difference in a criterion; of a nominant that of the distances to what is best.
fn difference(criterion: &Criterion, position: usize, a: f64, b: f64) -> DecidedBy {
    let by = match criterion.direction {
        Direction::Nominant => (off_nominal(criterion, a) - off_nominal(criterion, b)).abs(),
        _ => (a - b).abs(),
    };
    DecidedBy::Criterion { position, variable: criterion.variable.clone(), by }
}
