use serde::Deserialize;

use super::{
    Criterion, EligibilitySpec, FrameSpec, MissingRule, Note, Published, Role, SelectionSpec, StrataSpec,
    TieRule,
};
use crate::selection::Label;

/// The format `diagnoza-selection/1`: one criterion, and further ones under `then`. It keeps reading.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FirstFormat {
    #[serde(rename = "format")]
    _format: String,
    title: Label,
    #[serde(default)]
    notes: Vec<Note>,
    ties: TieRule,
    missing: MissingRule,
    #[serde(default)]
    reserve: usize,
    frame: FrameSpec,
    eligibility: EligibilitySpec,
    strata: StrataSpec,
    criterion: Criterion,
    #[serde(default)]
    then: Vec<Criterion>,
    #[serde(default)]
    published: Option<Published>,
}

impl From<FirstFormat> for SelectionSpec {
    fn from(old: FirstFormat) -> Self {
        let then = old.then.into_iter().map(|criterion| Criterion { role: Role::Secondary, ..criterion });
        Self {
            notes: old.notes,
            ties: old.ties,
            missing: old.missing,
            reserve: old.reserve,
            eligibility: old.eligibility,
            published: old.published,
            criteria: std::iter::once(Criterion { role: Role::Primary, ..old.criterion })
                .chain(then)
                .collect(),
            ..Self::new(old.title, old.frame, old.strata)
        }
    }
}
