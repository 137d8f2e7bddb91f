use super::prepared::{OptimalSets, Prepared};
use super::{Candidates, ConsentRule, Offer, PreparedError, SelectionSpec};

/// The choice after every refused offer, with what was offered.
pub(super) struct Offered {
    pub(super) sets: OptimalSets,
    pub(super) offers: Vec<Offer>,
    /// Positions of the gminas that refused.
    pub(super) refused: Vec<usize>,
}

/// Offers places in rounds: who is in every optimal set keeps the place unless it refused; who refused
/// is out, and the next best set fills its place, until nobody of the set refuses.
pub(super) fn offer(
    spec: &SelectionSpec,
    candidates: &Candidates,
    scores: &[f64],
) -> Result<Offered, PreparedError> {
    let consent = spec.consent.as_ref().filter(|consent| consent.rule == ConsentRule::Offers);
    let mut problem: Prepared = candidates.problem.clone();
    let mut sets = problem.choose_scores(scores)?;
    let (mut offers, mut refused): (Vec<Offer>, Vec<usize>) = (Vec::new(), Vec::new());
    let Some(consent) = consent else { return Ok(Offered { sets, offers, refused }) };
    let refusal = |gmina: usize| {
        let code = candidates.gminas[gmina].code;
        consent.refused.iter().find(|refusal| refusal.code.same_unit(code))
    };
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
