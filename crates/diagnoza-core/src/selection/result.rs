use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    Direction, FunnelStep, Imputed, Label, Measured, MethodSpec, Nominal, Proof, Role, SetCount,
    SetObjective, Step, StrataBy,
};
use crate::observation::{Source, Year};
use crate::territory::Teryt;

/// The result of a selection: who is chosen, and a reason for every gmina of the frame.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Selection {
    /// Title of the specification.
    pub title: Label,
    /// Gminas in every optimal set, by code. When `tied_sets` is empty this is the whole choice.
    pub chosen: Vec<Teryt>,
    /// Every optimal set, when ties leave more than one.
    pub tied_sets: Option<TiedSets>,
    /// Ties across a quota that further criteria or the code decided.
    pub resolved_ties: Vec<ResolvedTie>,
    /// The criteria in order, with unit and source.
    pub criteria: Vec<CriterionUsed>,
    /// The method, with its parameters.
    pub method: MethodSpec,
    /// Consistency ratio of the comparisons, for weights by AHP; 0.1 is the customary limit.
    pub consistency_ratio: Option<f64>,
    /// How the set was found, and what it is worth.
    pub choice: ChoiceUsed,
    /// Places offered and refused, in order.
    pub offers: Vec<Offer>,
    /// Values put in place of missing ones.
    pub imputed: Vec<Imputed>,
    /// What makes a stratum.
    pub strata_by: StrataBy,
    /// The ranking of every stratum.
    pub strata: Vec<StratumRanking>,
    /// Steps from the whole frame to the choice.
    pub funnel: Vec<FunnelStep>,
    /// What became of every gmina of the frame, and why.
    pub reasons: BTreeMap<Teryt, Reason>,
    /// The published result beside the computed one.
    pub published: Option<PublishedComparison>,
}

/// How the set was found, and what it is worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceUsed {
    /// Why there is no better set.
    pub proof: Proof,
    /// Whether no further set is equally good; an integer programme does not say.
    pub complete: bool,
    /// Exact number of sets that fill the quotas.
    pub sets_by_quotas: SetCount,
    /// Exact number of sets that meet every condition, where it was counted.
    pub feasible_sets: Option<SetCount>,
    /// What an optimal set is worth.
    pub objective: SetObjective,
    /// How likely all gminas of every stratum lie in one powiat by accident, among the sets that fill
    /// the quotas.
    pub same_powiat_chance: Option<f64>,
}

/// A place that was offered and refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// Round of offers, from 1.
    pub round: usize,
    /// Stratum of the place.
    pub stratum: String,
    /// The gmina that refused.
    pub code: Teryt,
    /// Its name.
    pub name: String,
    /// When it refused, if it is known.
    pub date: Option<jiff::civil::Date>,
    /// Why, as it said.
    pub reason: Option<Label>,
    /// Gminas that took places of the stratum in the next round.
    pub taken_by: Vec<Teryt>,
}

/// The optimal sets among which nothing decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TiedSets {
    /// Exact number of optimal sets.
    pub count: SetCount,
    /// Every optimal set, each by code; `None` when there are more than [`TiedSets::LISTED`].
    pub sets: Option<Vec<Vec<Teryt>>>,
}

impl TiedSets {
    /// Up to this number of sets every one is listed.
    pub const LISTED: u64 = 1_000;
}

/// A criterion as it was used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CriterionUsed {
    /// Name of the variable.
    pub variable: String,
    /// Year of the values.
    pub year: Year,
    /// What it is, for people.
    pub label: Label,
    /// Unit of the value compared, such as `families per 10000 persons`.
    pub unit: String,
    /// Direction.
    pub direction: Direction,
    /// The best value or range, of a nominant.
    pub nominal: Option<Nominal>,
    /// Whether the method uses it, or only the tie rule.
    pub role: Role,
    /// Its weight, where the method weighs; the weights sum to 1.
    pub weight: Option<f64>,
    /// Whether it is the same for every candidate, so that it decides nothing.
    pub constant: bool,
    /// Source of the numerator.
    pub source: Source,
    /// Source of the denominator.
    pub denominator_source: Option<Source>,
}

/// The eligible gminas of one stratum in order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StratumRanking {
    /// The stratum.
    pub stratum: String,
    /// Its places.
    pub quota: usize,
    /// Its gminas from first to last; equal ones by code, under one rank.
    pub rows: Vec<Ranked>,
}

/// A gmina in the ranking of its stratum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ranked {
    /// 1 and the number of gminas that stand before it; equal gminas share it.
    pub rank: usize,
    /// Code of the gmina.
    pub code: Teryt,
    /// Name of the gmina.
    pub name: String,
    /// Raw numbers and value of each criterion, in the order of [`Selection::criteria`].
    pub values: Vec<Measured>,
    /// Its score, more being better; lexicographic: number of candidates that stand behind.
    pub score: f64,
    /// What each primary criterion adds, where the method says so.
    pub parts: Vec<Part>,
    /// What became of it.
    pub place: Place,
    /// Distance to the other side of the quota; `None` when nobody stands there.
    pub margin: Option<Margin>,
}

/// What a primary criterion adds to the score of a gmina.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The normalised value.
    pub normalised: f64,
    /// What it adds to the score, where the score is a sum.
    pub contribution: Option<f64>,
}

/// What became of an eligible gmina.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "place", rename_all = "snake_case", deny_unknown_fields)]
pub enum Place {
    /// Chosen in every optimal set.
    Chosen,
    /// Equal to others across the quota: `places` go to `among` gminas.
    Tied {
        /// Places left.
        places: usize,
        /// Equal gminas.
        among: usize,
    },
    /// On the reserve list of its stratum, from `position`; equal gminas share it.
    Reserve {
        /// Position on the reserve list, from 1.
        position: usize,
    },
    /// Equal to others across the end of the reserve list.
    TiedForReserve {
        /// Reserve places left.
        places: usize,
        /// Equal gminas.
        among: usize,
    },
    /// Was offered a place and refused it.
    Refused,
    /// Below the quota and the reserve.
    Below,
}

/// Distance of a gmina to the nearest gmina on the other side of the quota.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Margin {
    /// Code of that gmina.
    pub against: Teryt,
    /// Its name.
    pub name: String,
    /// What parts the two.
    pub decided_by: DecidedBy,
}

/// What parts two gminas.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "decided_by", rename_all = "snake_case", deny_unknown_fields)]
pub enum DecidedBy {
    /// The first criterion in which they differ, by its position in [`Selection::criteria`].
    Criterion {
        /// Position of the criterion, from 0.
        position: usize,
        /// Its variable.
        variable: String,
        /// Difference of the values, 0 or more.
        by: f64,
    },
    /// The score.
    Score {
        /// Difference of the scores, 0 or more. Below 1e-12 of the larger it is within rounding.
        by: f64,
    },
    /// Equal in every criterion; the lower code stands first.
    CodeOrder,
    /// Nothing: they are equal.
    Nothing,
}

/// A tie across a quota that did not stay one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResolvedTie {
    /// The stratum.
    pub stratum: String,
    /// Gminas equal in every criterion before the one that decided, in the order that resulted.
    pub among: Vec<Teryt>,
    /// What parted them at the quota.
    pub decided_by: DecidedBy,
}

/// What became of a gmina of the frame.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// Name of the gmina.
    pub name: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// Dropped out before the ranking, or ranked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case", deny_unknown_fields)]
pub enum Outcome {
    /// Not eligible.
    Excluded {
        /// Step at which it dropped out.
        step: Step,
        /// Why.
        because: Label,
    },
    /// Eligible: its row is in the ranking of `stratum`.
    Ranked {
        /// Its stratum.
        stratum: String,
        /// Its rank there.
        rank: usize,
        /// Gminas ranked there.
        of: usize,
        /// What became of it.
        result: Place,
    },
}

/// The published result beside the computed one. Nothing computed uses it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedComparison {
    /// Where it was published.
    #[serde(with = "crate::observation::once_or_both")]
    pub source: Label,
    /// What a reader has to know about it.
    pub note: Label,
    /// Codes as published.
    pub chosen: Vec<Teryt>,
    /// Published and in every computed optimal set.
    pub in_both: Vec<Teryt>,
    /// Published and tied in the computation.
    pub tied: Vec<Teryt>,
    /// Published and not chosen by the computation.
    pub only_published: Vec<Teryt>,
    /// In every computed optimal set and not published.
    pub only_computed: Vec<Teryt>,
    /// Whether the published set is one of the computed optimal sets.
    pub reproduced: bool,
}

impl Selection {
    /// The row of a gmina in the ranking of its stratum; `None` when it is not eligible.
    #[must_use]
    pub fn ranked(&self, code: Teryt) -> Option<(&StratumRanking, &Ranked)> {
        self.strata.iter().find_map(|stratum| {
            let row = stratum.rows.iter().find(|row| row.code.same_unit(code))?;
            Some((stratum, row))
        })
    }

    /// Codes of the gminas with a place that `holds`, by stratum and rank.
    #[must_use]
    pub fn with_place(&self, holds: impl Fn(Place) -> bool) -> Vec<Teryt> {
        let rows = self.strata.iter().flat_map(|stratum| &stratum.rows);
        rows.filter(|row| holds(row.place)).map(|row| row.code).collect()
    }
}

/// Codes of the gminas with a place that `holds`.
pub(super) fn with_place(strata: &[StratumRanking], holds: impl Fn(Place) -> bool) -> BTreeSet<Teryt> {
    let rows = strata.iter().flat_map(|stratum| &stratum.rows);
    rows.filter(|row| holds(row.place)).map(|row| row.code).collect()
}
