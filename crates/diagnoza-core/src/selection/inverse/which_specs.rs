use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Chance, Family, FamilyError, FamilyMember, chance};
use crate::progress::{Interrupted, Progress, tell};
use crate::selection::offers::sets_of;
use crate::selection::{CriteriaTable, Frame, SelectionSpec};
use crate::territory::Teryt;

/// What a family of specifications makes of a published choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inverse {
    /// Names of the varied parts with those of their options.
    pub parts: Vec<(String, Vec<String>)>,
    /// Number of specifications.
    pub specs: usize,
    /// Codes as published, ascending.
    pub published: Vec<Teryt>,
    /// Specifications that give the published choice.
    pub matches: Vec<Match>,
    /// The others, those that share most with it first.
    pub nearest: Vec<Near>,
    /// Number of specifications that share k gminas with the published choice, k from 0; ties at their best.
    pub shared: Vec<usize>,
    /// Different choices among all specifications.
    pub distinct_choices: usize,
    /// Specifications that cannot be run, with the reason.
    pub refused: Vec<RefusedSpec>,
    /// The chance of the published choice in the first specification that runs.
    pub chance: Option<Chance>,
    /// Expected number of specifications that a choice drawn at random from their sets would match.
    pub expected_by_chance: f64,
}

/// A specification that gives the published choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Match {
    /// Names of its options, part by part.
    pub options: Vec<String>,
    /// Whether it is the only optimal set; otherwise it is one of several equally good ones.
    pub unique: bool,
}

/// A specification that gives another choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Near {
    /// Names of its options, part by part.
    pub options: Vec<String>,
    /// Gminas shared with the published choice; ties at their best.
    pub shared: usize,
    /// Published gminas that it does not choose.
    pub only_published: Vec<Teryt>,
    /// Gminas that it chooses instead.
    pub only_computed: Vec<Teryt>,
    /// Changes of one part that lead to a match.
    pub single_changes: Vec<SingleChange>,
}

/// A change of one part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SingleChange {
    /// The part.
    pub part: String,
    /// The option that leads to a match.
    pub option: String,
}

/// A specification that cannot be run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedSpec {
    /// Names of its options, part by part.
    pub options: Vec<String>,
    /// Why not.
    pub reason: String,
}

/// Why an inverse search has no result.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum InverseError {
    /// The family.
    #[error(transparent)]
    Family(#[from] FamilyError),
    /// Ended before it was done.
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
    /// Nothing is published.
    #[error("no published choice is given, and the specification holds none")]
    NothingPublished,
    /// A published code that is no gmina of the frame.
    #[error("{code} is in the published choice and not in the frame")]
    NotInFrame {
        /// The code.
        code: Teryt,
    },
}

/// A choice as far as it is compared.
struct Compared {
    exact: bool,
    unique: bool,
    set: Vec<Teryt>,
    shared: usize,
    chance: Chance,
}

/// Runs every specification of a family on a table and compares it with a published choice (that of the
/// specification, where none is given); `nearest` is the number of other ones kept.
///
/// # Errors
/// [`InverseError`]; a specification that cannot be run is listed with its reason.
pub fn which_specs(
    family: &Family,
    frame: &Frame,
    table: &CriteriaTable,
    published: Option<&[Teryt]>,
    nearest: usize,
    progress: &Progress<'_>,
) -> Result<Inverse, InverseError> {
    family.check()?;
    let published = published_codes(family, frame, published)?;
    let mut found: BTreeMap<usize, Compared> = BTreeMap::new();
    let mut refused = Vec::new();
    for index in 0..family.len() {
        tell(progress, index, family.len())?;
        let outcome = family
            .member(index)
            .and_then(|member: FamilyMember| compare(&member.spec, frame, table, &published));
        match outcome {
            Ok(compared) => {
                found.insert(index, compared);
            }
            Err(reason) => {
                let options = family.names(&family.options(index));
                refused.push(RefusedSpec { options, reason });
            }
        }
    }
    let mut shared = vec![0; published.len() + 1];
    found.values().for_each(|compared| shared[compared.shared.min(published.len())] += 1);
    let matching: BTreeSet<usize> = found.iter().filter(|(_, c)| c.exact).map(|(&index, _)| index).collect();
    let mut others: Vec<(usize, &Compared)> =
        found.iter().filter(|(_, c)| !c.exact).map(|(&index, c)| (index, c)).collect();
    others.sort_by_key(|(index, compared)| (published.len().abs_diff(compared.shared), *index));
    let near = |&(index, compared): &(usize, &Compared)| Near {
        options: family.names(&family.options(index)),
        shared: compared.shared,
        only_published: published.iter().filter(|code| !compared.set.contains(code)).copied().collect(),
        only_computed: compared.set.iter().filter(|code| !published.contains(code)).copied().collect(),
        single_changes: single_changes(family, index, &matching),
    };
    Ok(Inverse {
        parts: family
            .vary
            .iter()
            .map(|part| (part.name.clone(), part.options.iter().map(|option| option.name.clone()).collect()))
            .collect(),
        specs: family.len(),
        matches: matching
            .iter()
            .map(|index| Match {
                options: family.names(&family.options(*index)),
                unique: found.get(index).is_some_and(|compared| compared.unique),
            })
            .collect(),
        nearest: others.iter().take(nearest).map(near).collect(),
        shared,
        distinct_choices: found.values().map(|compared| &compared.set).collect::<BTreeSet<_>>().len(),
        refused,
        expected_by_chance: found.values().map(|compared| compared.chance.same_set).sum(),
        chance: found.into_values().next().map(|compared| compared.chance),
        published,
    })
}

fn published_codes(
    family: &Family,
    frame: &Frame,
    published: Option<&[Teryt]>,
) -> Result<Vec<Teryt>, InverseError> {
    let own = || {
        let spec = family.member(0).ok()?.spec;
        spec.published.map(|published| published.chosen)
    };
    let codes = published.map(<[Teryt]>::to_vec).or_else(own).unwrap_or_default();
    if codes.is_empty() {
        return Err(InverseError::NothingPublished);
    }
    let found: Result<BTreeSet<Teryt>, InverseError> = codes
        .into_iter()
        .map(|code| frame.get(code).map(|row| row.code).ok_or(InverseError::NotInFrame { code }))
        .collect();
    Ok(found?.into_iter().collect())
}

fn compare(
    spec: &SelectionSpec,
    frame: &Frame,
    table: &CriteriaTable,
    published: &[Teryt],
) -> Result<Compared, String> {
    let (candidates, sets) = sets_of(spec, frame, table)?;
    let positions: Vec<usize> = published.iter().filter_map(|&code| candidates.position(code)).collect();
    let overlap = |set: &[usize]| set.iter().filter(|gmina| positions.contains(gmina)).count();
    // Of equally good sets the one nearest to the published choice; the first where they are not listed.
    let nearest = sets
        .list()
        .and_then(|list| list.into_iter().rev().max_by_key(|set| overlap(set)))
        .unwrap_or_else(|| sets.first());
    let set: Vec<Teryt> = nearest.iter().map(|&gmina| candidates.gminas[gmina].code).collect();
    Ok(Compared {
        exact: set == published,
        unique: sets.count().get() == Some(1) && sets.complete,
        shared: overlap(&nearest),
        set,
        chance: chance(
            &candidates.problem,
            &positions_or_outside(published, &positions, candidates.gminas.len()),
        ),
    })
}

/// Published gminas that are not eligible stand beyond all positions, so that they are never shared.
fn positions_or_outside(published: &[Teryt], positions: &[usize], gminas: usize) -> Vec<usize> {
    let outside = published.len() - positions.len();
    positions.iter().copied().chain(gminas..gminas + outside).collect()
}

fn single_changes(family: &Family, index: usize, matching: &BTreeSet<usize>) -> Vec<SingleChange> {
    let options = family.options(index);
    let mut step = 1;
    let mut changes = Vec::new();
    for (part, &at) in family.vary.iter().zip(&options).rev() {
        for (other, option) in part.options.iter().enumerate().filter(|(other, _)| *other != at) {
            if matching.contains(&(index - at * step + other * step)) {
                changes.push(SingleChange { part: part.name.clone(), option: option.name.clone() });
            }
        }
        step *= part.options.len();
    }
    changes.reverse();
    changes
}
