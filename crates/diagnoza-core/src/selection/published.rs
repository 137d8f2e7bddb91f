use std::collections::BTreeSet;

use super::result::with_place;
use super::{Place, Published, PublishedComparison, StratumRanking};
use crate::territory::Teryt;

/// The published result beside the computed one.
pub(super) fn compare(
    published: &Published,
    chosen: &BTreeSet<Teryt>,
    strata: &[StratumRanking],
) -> PublishedComparison {
    // The kind digit may have changed since publication: compare without it.
    let same = |codes: &BTreeSet<Teryt>, code: Teryt| codes.iter().any(|c| c.same_unit(code));
    let may = with_place(strata, |place| matches!(place, Place::Tied { .. }));
    let part = |holds: &dyn Fn(Teryt) -> bool| -> Vec<Teryt> {
        let mut codes: Vec<Teryt> = published.chosen.iter().copied().filter(|&c| holds(c)).collect();
        codes.sort();
        codes
    };
    let published_has = |code: Teryt| published.chosen.iter().any(|p| p.same_unit(code));
    let only_computed: Vec<Teryt> = chosen.iter().copied().filter(|&c| !published_has(c)).collect();
    let only_published = part(&|c| !same(chosen, c) && !same(&may, c));
    let full = strata.iter().all(|stratum| {
        let taken = stratum.rows.iter().filter(|row| published_has(row.code)).count();
        taken == stratum.quota
    });
    PublishedComparison {
        source: published.source.clone(),
        note: published.note.clone(),
        chosen: published.chosen.clone(),
        in_both: part(&|c| same(chosen, c)),
        tied: part(&|c| same(&may, c)),
        reproduced: full && only_published.is_empty() && only_computed.is_empty(),
        only_published,
        only_computed,
    }
}
