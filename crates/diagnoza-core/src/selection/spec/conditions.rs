use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Criterion, Denominator, Direction, Measure, Role, date};
use crate::observation::Year;
use crate::selection::Label;
use crate::territory::Teryt;

/// Consent of the gminas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentSpec {
    /// When consent is asked for.
    pub rule: ConsentRule,
    /// Gminas that agreed; for `rule = "before"` only.
    #[serde(default)]
    pub agreed: Vec<Teryt>,
    /// Gminas that were offered a place and refused; for `rule = "offers"` only.
    #[serde(default)]
    pub refused: Vec<Refusal>,
}

/// When consent is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentRule {
    /// Before the choice: only gminas that agreed are eligible.
    Before,
    /// After it: places are offered in order, and the next in order takes the place of one that
    /// refuses; those who accepted keep theirs.
    Offers,
}

/// A refused offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// Code of the gmina.
    pub code: Teryt,
    /// When it refused.
    #[serde(default, deserialize_with = "some_date")]
    pub date: Option<Date>,
    /// Why, as it said.
    #[serde(default)]
    pub reason: Option<Label>,
}

fn some_date<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    #[derive(Deserialize)]
    struct Bare(#[serde(deserialize_with = "date")] Date);
    Ok(Option::<Bare>::deserialize(deserializer)?.map(|Bare(date)| date))
}

/// Difference among the gminas chosen, in one variable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiversitySpec {
    /// Name of the variable, a column of the table.
    pub variable: String,
    /// Year of the values.
    pub year: Year,
    /// What it is, for people.
    pub label: Label,
    /// Unit of the column, as the table states it.
    pub unit: String,
    /// How it is measured.
    pub measure: Measure,
    /// What it is divided by; for `measure = "rate"` only.
    #[serde(default)]
    pub denominator: Option<Denominator>,
    /// How difference is measured.
    pub spread: Spread,
    /// Number of quantile classes; for `spread = "quantile_classes"` only.
    #[serde(default)]
    pub classes: Option<usize>,
    /// What it is for.
    pub purpose: DiversityPurpose,
    /// The least difference allowed; for `purpose = "threshold"` only.
    #[serde(default)]
    pub at_least: Option<f64>,
    /// Among whom it is measured.
    #[serde(default)]
    pub over: DiversityOver,
}

impl DiversitySpec {
    /// The variable as a criterion, so that both are read from the table in one way.
    #[must_use]
    pub fn as_criterion(&self) -> Criterion {
        Criterion {
            label: self.label.clone(),
            measure: self.measure,
            denominator: self.denominator.clone(),
            role: Role::Secondary,
            ..Criterion::new(&self.variable, self.year, &self.unit, Direction::Stimulant)
        }
    }
}

/// How the difference among chosen gminas is measured; more is more diverse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spread {
    /// The smallest difference between two of them.
    MaxMinGap,
    /// The largest minus the smallest value.
    Range,
    /// Number of quantile classes of the eligible gminas that they lie in.
    QuantileClasses,
}

/// What diversity is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiversityPurpose {
    /// The most diverse sets first; the method decides among them.
    Objective,
    /// Sets below `at_least` are not admitted.
    Threshold,
    /// It decides between sets that the method leaves equal.
    TieBreak,
}

/// Among whom diversity is measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiversityOver {
    /// All gminas chosen.
    #[default]
    Set,
    /// The gminas chosen in one stratum; the least diverse stratum of two or more places counts.
    Strata,
}

/// Whether the gminas chosen in a stratum lie in one powiat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Locality {
    /// It does not matter.
    #[default]
    Free,
    /// Of sets that the method and diversity leave equal, the one with most pairs of gminas of one
    /// stratum and powiat.
    Prefer,
    /// All gminas chosen in a stratum lie in one powiat.
    Require,
    /// No two gminas chosen lie in one powiat.
    Forbid,
}

/// What is kept back in the publication view.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisclosureSpec {
    /// Counts above 0 and below this number are not shown, nor anything they follow from.
    pub threshold: f64,
}

/// How long every set is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SearchSpec {
    /// Up to this number of feasible sets the choice is an enumeration; beyond it an integer
    /// programme proposes a set, and a bounded search proves or improves it.
    pub enumerate_up_to: u64,
}

impl Default for SearchSpec {
    fn default() -> Self {
        Self { enumerate_up_to: 5_000_000 }
    }
}
