use super::prepared::{OptimalSets, Prepared};
use super::{Candidates, ConsentRule, CriteriaTable, Frame, Offer, PreparedError, Refusal, SelectionSpec};
use crate::territory::Teryt;

/// The choice after every refused offer, with what was offered.
pub(super) struct Offered {
    pub(super) sets: OptimalSets,
    pub(super) offers: Vec<Offer>,
    /// Positions of the gminas that refused.
    pub(super) refused: Vec<usize>,
}

/// The eligible gminas of a specification and the sets it chooses, without a ranking; the reason in words where
/// there are none.
pub(super) fn sets_of(
    spec: &SelectionSpec,
    frame: &Frame,
    table: &CriteriaTable,
) -> Result<(Candidates, OptimalSets), String> {
    let checked = spec.check(frame).map_err(|error| error.to_string())?;
    let candidates = checked.candidates(table).map_err(|error| error.to_string())?;
    let scored = candidates.score(spec).map_err(|error| error.to_string())?;
    let sets = offer(spec, &candidates, &scored.score).map_err(|error| error.to_string())?.sets;
    Ok((candidates, sets))
}

/// Offers places in rounds: who is in every optimal set keeps the place unless it refused; who refused
/// is out, and the next best set fills its place, until nobody of the set refuses.
pub(super) fn offer(
    spec: &SelectionSpec,
    candidates: &Candidates,
    scores: &[f64],
) -> Result<Offered, PreparedError> {
    let mut problem: Prepared = candidates.problem.clone();
    let mut sets = problem.choose_scores(scores)?;
    let (mut offers, mut refused): (Vec<Offer>, Vec<usize>) = (Vec::new(), Vec::new());
    let refusal = |gmina: usize| refusal_of(spec, candidates.gminas[gmina].code);
    for round in 1.. {
        let now: Vec<usize> = sets.possible().into_iter().filter(|&g| refusal(g).is_some()).collect();
        if now.is_empty() {
            break;
        }
        let before = sets.possible();
        problem.inside = sets.certain().into_iter().filter(|gmina| !now.contains(gmina)).collect();
        refused.extend(&now);
        problem.outside.clone_from(&refused);
        sets = problem.choose_scores(scores)?;
        let new: Vec<usize> = sets.possible().into_iter().filter(|gmina| !before.contains(gmina)).collect();
        for &gmina in &now {
            let Some(refusal) = refusal(gmina) else { continue };
            let strata = candidates.problem.strata();
            let Some(at) = strata.iter().position(|s| s.members.contains(&gmina)) else { continue };
            let taken = new.iter().filter(|other| strata[at].members.contains(other));
            offers.push(Offer {
                round,
                stratum: candidates.strata[at].clone(),
                code: candidates.gminas[gmina].code,
                name: candidates.gminas[gmina].name.clone(),
                date: refusal.date,
                reason: refusal.reason.clone(),
                taken_by: taken.map(|&g| candidates.gminas[g].code).collect(),
            });
        }
    }
    Ok(Offered { sets, offers, refused })
}

/// The refusal of a gmina under ordered offers.
pub(super) fn refusal_of(spec: &SelectionSpec, code: Teryt) -> Option<&Refusal> {
    let consent = spec.consent.as_ref().filter(|consent| consent.rule == ConsentRule::Offers)?;
    consent.refused.iter().find(|refusal| refusal.code.same_unit(code))
}
