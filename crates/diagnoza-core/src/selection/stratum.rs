use std::cmp::Ordering;

use super::measure::preference;
use super::{Criterion, DecidedBy, Margin, Measured, Place, Ranked, ResolvedTie, StratumRanking, TieRule};
use crate::territory::Teryt;

/// A gmina to be ranked, with the value of each criterion.
#[derive(Clone)]
pub(super) struct Candidate {
    pub(super) code: Teryt,
    pub(super) name: String,
    pub(super) values: Vec<Measured>,
}

/// The order that the criteria and the tie rule give.
pub(super) struct RankOrder<'a> {
    pub(super) criteria: Vec<&'a Criterion>,
    pub(super) ties: TieRule,
}

impl RankOrder<'_> {
    /// What parts two gminas, and which of them stands first.
    fn parted(&self, a: &Candidate, b: &Candidate) -> (Ordering, DecidedBy) {
        let values = self.criteria.iter().zip(a.values.iter().zip(&b.values));
        for (position, (criterion, (x, y))) in values.enumerate() {
            let order = preference(criterion, x, y);
            if order != Ordering::Equal {
                let decided_by = DecidedBy::Criterion {
                    position,
                    variable: criterion.variable.clone(),
                    by: (x.value - y.value).abs(),
                };
                return (order, decided_by);
            }
        }
        match self.ties {
            TieRule::CodeOrder => (a.code.cmp(&b.code), DecidedBy::CodeOrder),
            TieRule::Report | TieRule::NextCriterion => (Ordering::Equal, DecidedBy::Nothing),
        }
    }

    fn order(&self, a: &Candidate, b: &Candidate) -> Ordering {
        self.parted(a, b).0
    }

    /// Ranks the gminas of a stratum and gives its places and reserve places to the
    /// first; equal gminas that cannot all have one are tied for what is left.
    pub(super) fn rank(
        &self,
        stratum: String,
        mut rows: Vec<Candidate>,
        quota: usize,
        reserve: usize,
    ) -> (StratumRanking, Option<ResolvedTie>) {
        rows.sort_by(|a, b| self.order(a, b).then(a.code.cmp(&b.code)));
        let mut ranked: Vec<Ranked> = Vec::with_capacity(rows.len());
        let (mut places, mut spare) = (quota, reserve);
        for group in rows.chunk_by(|a, b| self.order(a, b) == Ordering::Equal) {
            let (rank, among) = (ranked.len() + 1, group.len());
            let place = if places >= among {
                places -= among;
                Place::Chosen
            } else if places > 0 {
                let tied = Place::Tied { places, among };
                // Those of the tie who miss the quota come first on the reserve list.
                spare = spare.saturating_sub(among - places);
                places = 0;
                tied
            } else if spare >= among {
                spare -= among;
                Place::Reserve { position: rank - quota }
            } else if spare > 0 {
                let tied = Place::TiedForReserve { places: spare, among };
                spare = 0;
                tied
            } else {
                Place::Below
            };
            ranked.extend(group.iter().map(|row| Ranked {
                rank,
                code: row.code,
                name: row.name.clone(),
                values: row.values.clone(),
                place,
                margin: None,
            }));
        }
        self.measure_margins(&rows, &mut ranked);
        let resolved = self.resolved_tie(&stratum, &rows, quota);
        let ranking = StratumRanking { stratum, quota, rows: ranked };
        (ranking, resolved)
    }

    /// A chosen gmina is measured against the first that is not surely chosen, any
    /// other against the last that may be chosen, a tied one against another of its tie.
    fn measure_margins(&self, rows: &[Candidate], ranked: &mut [Ranked]) {
        let chosen = ranked.iter().take_while(|r| r.place == Place::Chosen).count();
        let inside =
            ranked.iter().take_while(|r| matches!(r.place, Place::Chosen | Place::Tied { .. })).count();
        for (i, (row, ranked)) in rows.iter().zip(ranked).enumerate() {
            let other = match ranked.place {
                Place::Chosen => rows.get(chosen),
                Place::Tied { .. } if i == chosen => rows.get(chosen + 1),
                Place::Tied { .. } => rows.get(chosen),
                _ => inside.checked_sub(1).and_then(|last| rows.get(last)),
            };
            ranked.margin = other.map(|other| Margin {
                against: other.code,
                name: other.name.clone(),
                decided_by: self.parted(row, other).1,
            });
        }
    }

    /// The tie across the quota in the primary criterion that something else decided.
    fn resolved_tie(&self, stratum: &str, rows: &[Candidate], quota: usize) -> Option<ResolvedTie> {
        let last = rows.get(quota.checked_sub(1)?)?;
        let next = rows.get(quota)?;
        let decided_by = self.parted(last, next).1;
        let equal_before = match decided_by {
            DecidedBy::Criterion { position: 0, .. } | DecidedBy::Nothing => return None,
            DecidedBy::Criterion { position, .. } => position,
            DecidedBy::CodeOrder => self.criteria.len(),
        };
        let equal = |row: &&Candidate| {
            let values = self.criteria.iter().zip(row.values.iter().zip(&last.values));
            values
                .take(equal_before)
                .all(|(criterion, (x, y))| preference(criterion, x, y) == Ordering::Equal)
        };
        Some(ResolvedTie {
            stratum: stratum.to_owned(),
            among: rows.iter().filter(equal).map(|row| row.code).collect(),
            decided_by,
        })
    }
}
