use serde::{Deserialize, Serialize};

use super::DisclosureError;

/// What is suppressed and how well, unchecked.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DisclosureRules {
    /// Counts below it are suppressed; 3.
    pub threshold: u64,
    /// Whether a zero is published.
    pub zeros: ZeroRule,
    /// A cell whose largest contributor has more than this part is suppressed; 3/4. None: no rule.
    pub dominance: Option<f64>,
    /// Whether the publication says why a cell is suppressed.
    pub reasons: ReasonRule,
    /// How wide the attacker's interval has to stay.
    pub protection: Protection,
}

/// What becomes of a count of nobody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ZeroRule {
    /// Published: it tells of nobody. A reader then knows that suppressed cells are not zero.
    #[default]
    Publish,
    /// Suppressed like the other counts below the threshold.
    Suppress,
}

/// Whether a reader is told which suppressed cells are below the threshold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReasonRule {
    /// Suppressed cells look alike; the reasons are in the audit, which is not for publication.
    #[default]
    Hidden,
    /// The reason stands beside the cell. A reader then knows that it is from 1 to the threshold less 1,
    /// and uses it; a cell may turn out not to be protectable.
    Shown,
}

/// How wide the interval of a primary cell has to stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Protection {
    /// How far beyond the largest count below the threshold the interval has to reach; 1. Not asked for
    /// where reasons are shown, which tell that much.
    pub beyond_threshold: u64,
    /// Upper end less lower end, at least; by default the threshold less 1.
    pub width: Option<u64>,
}

/// Rules that have been checked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CheckedRules(DisclosureRules);

impl Default for DisclosureRules {
    fn default() -> Self {
        Self {
            threshold: 3,
            zeros: ZeroRule::default(),
            dominance: Some(0.75),
            reasons: ReasonRule::default(),
            protection: Protection::default(),
        }
    }
}

impl Default for Protection {
    fn default() -> Self {
        Self { beyond_threshold: 1, width: None }
    }
}

impl DisclosureRules {
    /// Checks the rules.
    ///
    /// # Errors
    /// [`DisclosureError::Rule`] for a threshold of 0 or above a million, a dominance that is not between
    /// 0 and 1, a width of 0 or above a million.
    pub fn check(self) -> Result<CheckedRules, DisclosureError> {
        const MOST: u64 = 1_000_000;
        let rule = |name, got, expected| Err(DisclosureError::Rule { name, got, expected });
        let whole = |number: u64| number as f64;
        if !(1..=MOST).contains(&self.threshold) {
            return rule("threshold", whole(self.threshold), "1 to 1,000,000");
        }
        if let Some(part) = self.dominance.filter(|part| !(*part > 0.0 && *part < 1.0)) {
            return rule("dominance", part, "a part between 0 and 1, such as 0.75");
        }
        if self.protection.beyond_threshold > MOST {
            return rule("beyond_threshold", whole(self.protection.beyond_threshold), "0 to 1,000,000");
        }
        if let Some(width) = self.protection.width.filter(|width| !(1..=MOST).contains(width)) {
            return rule("width", whole(width), "1 to 1,000,000");
        }
        Ok(CheckedRules(self))
    }
}

impl CheckedRules {
    /// The rules as written.
    #[must_use]
    pub const fn get(&self) -> DisclosureRules {
        self.0
    }
}

impl DisclosureRules {
    /// What a reader knows of any suppressed cell: a published zero rules zero out for the rest.
    pub(super) const fn least(&self) -> u64 {
        match self.zeros {
            ZeroRule::Publish => 1,
            ZeroRule::Suppress => 0,
        }
    }

    pub(super) fn width(&self) -> u64 {
        self.protection.width.unwrap_or_else(|| (self.threshold - 1).max(1))
    }
}
