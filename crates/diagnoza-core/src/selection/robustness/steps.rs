use serde::{Deserialize, Serialize};

use crate::selection::offers::sets_of;
use crate::selection::{CriteriaTable, Frame, Locality, Role, SelectionSpec, TieRule};
use crate::territory::Teryt;

/// What a part of a specification does: the choice with and without it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepEffect {
    /// The part, as its key in the specification.
    pub part: String,
    /// Whether the optimal sets are the same without it; none where there is no choice without it.
    pub without_effect: Option<bool>,
    /// Gminas in an optimal set only without it.
    pub entered: Vec<Teryt>,
    /// Gminas in an optimal set only with it.
    pub left: Vec<Teryt>,
    /// Why there is no choice without it.
    pub refused: Option<String>,
}

/// Takes every optional part out of a specification in turn and chooses again.
///
/// Parts: exclusions, data required, consent, thresholds and secondary criteria one by one, diversity, locality, the
/// second level of strata, the tie rule. Primary criteria are left out by
/// [`leave_one_out`](super::leave_one_out).
///
/// # Errors
/// The reason in words, when the specification itself gives no choice.
pub fn steps(spec: &SelectionSpec, frame: &Frame, table: &CriteriaTable) -> Result<Vec<StepEffect>, String> {
    let before = shares(spec, frame, table)?;
    let effect = |(part, changed): (String, SelectionSpec)| match shares(&changed, frame, table) {
        Err(reason) => StepEffect {
            part,
            without_effect: None,
            entered: Vec::new(),
            left: Vec::new(),
            refused: Some(reason),
        },
        Ok(after) => {
            let share = |of: &[(Teryt, f64)], code: Teryt| {
                of.iter().find(|(other, _)| *other == code).map_or(0.0, |(_, share)| *share)
            };
            let only = |one: &[(Teryt, f64)], other: &[(Teryt, f64)]| -> Vec<Teryt> {
                let codes = one.iter().map(|(code, _)| *code);
                codes.filter(|&code| share(other, code) <= 0.0).collect()
            };
            let same = |code: Teryt| (share(&before, code) - share(&after, code)).abs() < 1e-12;
            let unchanged = before.iter().chain(&after).all(|(code, _)| same(*code));
            StepEffect {
                part,
                without_effect: Some(unchanged),
                entered: only(&after, &before),
                left: only(&before, &after),
                refused: None,
            }
        }
    };
    Ok(without_each(spec).into_iter().map(effect).collect())
}

/// Gminas in some optimal set with the share of the sets that hold them.
fn shares(spec: &SelectionSpec, frame: &Frame, table: &CriteriaTable) -> Result<Vec<(Teryt, f64)>, String> {
    let (candidates, sets) = sets_of(spec, frame, table)?;
    let shares = candidates.gminas.iter().map(|row| row.code).zip(sets.shares());
    Ok(shares.filter(|(_, share)| *share > 0.0).collect())
}

/// The specification without each of its optional parts, the part named by its key.
fn without_each(spec: &SelectionSpec) -> Vec<(String, SelectionSpec)> {
    let mut found: Vec<(String, SelectionSpec)> = Vec::new();
    let mut without = |present: bool, part: &str, change: &dyn Fn(&mut SelectionSpec)| {
        if present {
            let mut changed = spec.clone();
            change(&mut changed);
            // Notes about a part that is gone would be refused.
            changed.notes.clear();
            found.push((part.to_owned(), changed));
        }
    };
    let eligibility = &spec.eligibility;
    without(!eligibility.exclude.is_empty(), "eligibility.exclude", &|s| s.eligibility.exclude.clear());
    without(!eligibility.require_data.is_empty(), "eligibility.require_data", &|s| {
        s.eligibility.require_data.clear();
    });
    without(spec.consent.is_some(), "consent", &|s| s.consent = None);
    for (at, criterion) in spec.criteria.iter().enumerate() {
        let bounded = criterion.at_least.is_some() || criterion.at_most.is_some();
        without(bounded, &format!("criteria.{at} threshold ({})", criterion.variable), &|s| {
            (s.criteria[at].at_least, s.criteria[at].at_most) = (None, None);
        });
        let secondary = criterion.role == Role::Secondary;
        without(secondary, &format!("criteria.{at} ({})", criterion.variable), &|s| {
            s.criteria.remove(at);
            let last = !s.criteria.iter().any(|criterion| criterion.role == Role::Secondary);
            if last && s.ties == TieRule::NextCriterion {
                s.ties = TieRule::Report;
            }
        });
    }
    without(spec.diversity.is_some(), "diversity", &|s| s.diversity = None);
    without(spec.locality != Locality::Free, "locality", &|s| s.locality = Locality::Free);
    without(spec.strata.within.is_some(), "strata.within", &|s| s.strata.within = None);
    without(spec.ties == TieRule::CodeOrder, "ties", &|s| {
        s.criteria.retain(|criterion| criterion.role == Role::Primary);
        s.ties = TieRule::Report;
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::Cell;
    use crate::selection::Label;
    use crate::selection::example::{column, criterion, rows, spec};

    #[test]
    fn parts_without_effect_are_told_from_those_with_one() {
        let mut spec = spec();
        spec.ties = TieRule::NextCriterion;
        spec.locality = Locality::Forbid;
        spec.criteria.push(crate::selection::Criterion { role: Role::Secondary, ..criterion("y") });
        let because = Label { pl: "powód".to_owned(), en: "reason".to_owned() };
        let code: Teryt = "2816033".parse().unwrap();
        spec.eligibility.exclude = vec![crate::selection::Exclusion { code, reason: because }];
        let x = [9.0, 1.0, 5.0, 7.0, 0.0].map(Cell::Value);
        let table = CriteriaTable::new(rows(), vec![column("x", x), column("y", x)]).unwrap();
        let found = steps(&spec, &Frame::new(rows()).unwrap(), &table).unwrap();
        let told: Vec<(&str, Option<bool>)> =
            found.iter().map(|effect| (effect.part.as_str(), effect.without_effect)).collect();
        assert_eq!(
            told,
            [("eligibility.exclude", Some(false)), ("criteria.1 (y)", Some(true)), ("locality", Some(true))]
        );
        assert_eq!(found[0].entered, [code]);
    }
}
