use std::collections::BTreeSet;

use super::{Place, SetCount, StratumRanking, TiedSets};
use crate::territory::Teryt;

/// Every way to fill the places that ties leave open; `None` when there is one way.
pub(super) fn tied_sets(strata: &[StratumRanking], chosen: &BTreeSet<Teryt>) -> Option<TiedSets> {
    let mut open: Vec<(usize, Vec<Teryt>)> = Vec::new();
    for stratum in strata {
        let tied = |place| matches!(place, Place::Tied { .. });
        let rows: Vec<_> = stratum.rows.iter().filter(|row| tied(row.place)).collect();
        if let Some(Place::Tied { places, .. }) = rows.first().map(|row| row.place) {
            open.push((places, rows.iter().map(|row| row.code).collect()));
        }
    }
    if open.is_empty() {
        return None;
    }
    let pairs: Vec<(usize, usize)> = open.iter().map(|(places, tied)| (tied.len(), *places)).collect();
    let count = SetCount::of_choices(&pairs);
    let sets = count.get().filter(|&n| n <= TiedSets::LISTED).map(|_| {
        let mut sets = vec![chosen.clone()];
        for (places, tied) in &open {
            let ways = subsets(tied, *places);
            let grown = sets.iter().flat_map(|set| {
                let with = |way: &Vec<Teryt>| set.iter().chain(way).copied().collect::<BTreeSet<_>>();
                ways.iter().map(with).collect::<Vec<_>>()
            });
            sets = grown.collect();
        }
        let mut sets: Vec<Vec<Teryt>> = sets.into_iter().map(|set| set.into_iter().collect()).collect();
        sets.sort();
        sets
    });
    Some(TiedSets { count, sets })
}

/// Every subset of `size` of the codes.
fn subsets(codes: &[Teryt], size: usize) -> Vec<Vec<Teryt>> {
    match (size, codes.split_first()) {
        (0, _) => vec![Vec::new()],
        (_, None) => Vec::new(),
        (_, Some((&first, rest))) => {
            let with = subsets(rest, size - 1).into_iter().map(|mut subset| {
                subset.push(first);
                subset
            });
            // Short branches end at once: fewer codes than places is no subset.
            let without = if rest.len() >= size { subsets(rest, size) } else { Vec::new() };
            with.chain(without).collect()
        }
    }
}
