use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{CheckedTargetSet, Period, TargetError};
use crate::observation::Label;
use crate::territory::{Gazetteer, UnitId};

/// What a target counts, each once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counts {
    /// Persons, by their key.
    Persons,
    /// Institutions, by their key.
    Institutions,
    /// Gminas; a city with powiat rights is one.
    Gminas,
    /// Powiats, cities with powiat rights and the gminas' powiats included.
    Powiats,
    /// Local governments: gminas, and powiats that are not cities, each as one.
    GminasAndPowiats,
    /// Hours of support.
    Hours,
}

/// What is to be reached, at least.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// A number.
    Value(f64),
    /// A part of the frame, above 0 to 1; as a number it is rounded up, for "at least" allows no less.
    Share(f64),
}

/// Of what a share is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frame {
    /// All units of the target's kind and territory in the register of territory of a day.
    Register(Date),
    /// A number of units.
    Number(u32),
    /// Units by code or name, or institutions by key.
    Listed(Vec<String>),
}

/// Hours a key needs in one module.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModuleHours {
    /// Module as the register writes it; case does not matter.
    pub module: String,
    /// Hours, at least.
    pub hours: f64,
}

/// How sure the words of a target are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetStatus {
    /// As its document says.
    #[default]
    Stated,
    /// The document says "about".
    Approximate,
    /// The document, or what is known of it, can be read in several ways.
    Unclear,
}

/// One target, unchecked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Short name, e.g. `workers`.
    pub id: String,
    /// What it is called.
    pub name: Label,
    /// What is counted.
    pub counts: Counts,
    /// What is to be reached; none where it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<Goal>,
    /// Of what a share is taken; none where the caller has to give it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frame: Option<Frame>,
    /// Forms of support that count; none listed: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<String>,
    /// Roles that count; none listed: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// Hours a key needs in all, at least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_hours: Option<f64>,
    /// Modules a key has to complete, all of them; rows of other modules do not concern the target.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requires: Vec<ModuleHours>,
    /// Days that count; by default those of the set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// Territory that counts; by default that of the set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub territory: Option<UnitId>,
    /// Document, where it is not that of the set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// How sure the target's words are.
    #[serde(default)]
    pub status: TargetStatus,
    /// What a reader has to know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Label>,
}

/// The targets of one programme, unchecked: what a TOML file holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetSet {
    /// What the programme is called.
    pub title: Label,
    /// Document the targets are from; a text once for both languages, or in each.
    #[serde(with = "crate::observation::once_or_both")]
    pub source: Label,
    /// Territory of the targets that name none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub territory: Option<UnitId>,
    /// Days of the targets that name none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// What a reader has to know.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Label>,
    /// What is known to be in the document and is not here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<Label>,
    /// The targets.
    #[serde(rename = "target")]
    pub targets: Vec<Target>,
}

impl TargetSet {
    /// Reads a set from TOML.
    ///
    /// # Errors
    /// [`TargetError::Toml`] with line and column.
    pub fn from_toml(text: &str) -> Result<Self, TargetError> {
        toml::from_str(text).map_err(|error| TargetError::Toml { why: error.to_string().trim().to_owned() })
    }

    /// Checks a set; `frames` gives, by the id of its target, a frame that the set leaves open or
    /// takes another.
    ///
    /// # Errors
    /// A [`TargetError`] that names the target.
    pub fn check(
        self,
        gazetteer: &Gazetteer,
        frames: &BTreeMap<String, Frame>,
    ) -> Result<CheckedTargetSet, TargetError> {
        CheckedTargetSet::check(self, gazetteer, frames)
    }
}

impl Counts {
    /// The word used in tables and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Persons => "persons",
            Self::Institutions => "institutions",
            Self::Gminas => "gminas",
            Self::Powiats => "powiats",
            Self::GminasAndPowiats => "gminas_and_powiats",
            Self::Hours => "hours",
        }
    }

    /// Whether units of territory are counted.
    #[must_use]
    pub const fn of_territory(self) -> bool {
        matches!(self, Self::Gminas | Self::Powiats | Self::GminasAndPowiats)
    }
}
