use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::eligibility::Funnel;
use super::prepared::{Prepared, PreparedDiversity, PreparedError, PreparedGroups};
use super::{CheckedSpec, GminaRow, GroupRule, Label, Locality, SelectionSpec, Step};

/// A condition of a specification that can be left out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "condition", rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// A step of eligibility.
    Eligibility {
        /// The step.
        step: Step,
    },
    /// The places of a stratum.
    Quota {
        /// The stratum.
        stratum: String,
        /// Its places.
        places: usize,
    },
    /// All in one powiat, or none in the same.
    Locality {
        /// The rule.
        rule: Locality,
    },
    /// The second level of strata.
    Groups {
        /// Groups wanted in every stratum.
        groups: usize,
    },
    /// The least diversity.
    Diversity,
}

/// Conditions that no set meets together; without any one of them, some set meets the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// The conditions, fewest possible: each is needed for the contradiction.
    pub conditions: Vec<Condition>,
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<String> = self.conditions.iter().map(|c| c.label().en).collect();
        write!(
            f,
            "no set of gminas meets these together: {}. Changing any one of them makes a choice possible",
            words.join("; ")
        )
    }
}

impl Condition {
    /// The condition for people.
    #[must_use]
    pub fn label(&self) -> Label {
        let both = |pl: String, en: String| Label { pl, en };
        match self {
            Self::Eligibility { step } => both(
                format!("warunek kwalifikacji „{}”", step.word()),
                format!("eligibility step '{}'", step.word()),
            ),
            Self::Quota { stratum, places } => both(
                format!("limit {places} w warstwie {stratum}"),
                format!("quota {places} of stratum '{stratum}'"),
            ),
            Self::Locality { rule: Locality::Forbid } => both(
                "locality = \"forbid\" (żadne dwie gminy z jednego powiatu)".to_owned(),
                "locality = \"forbid\" (no two gminas of one powiat)".to_owned(),
            ),
            Self::Locality { .. } => both(
                "locality = \"require\" (gminy warstwy z jednego powiatu)".to_owned(),
                "locality = \"require\" (the gminas of a stratum in one powiat)".to_owned(),
            ),
            Self::Groups { groups } => both(
                format!("strata.within (dokładnie {groups} grup w warstwie)"),
                format!("strata.within (exactly {groups} groups in a stratum)"),
            ),
            Self::Diversity => both(
                "diversity.at_least (najmniejsze dopuszczalne zróżnicowanie)".to_owned(),
                "diversity.at_least (the least diversity)".to_owned(),
            ),
        }
    }
}

/// Whether a specification can be met, and if not, why.
pub(super) struct Question<'a> {
    spec: &'a SelectionSpec,
    rows: Vec<&'a GminaRow>,
    funnel: &'a Funnel,
    /// Value of the diversity variable of each row, once there are data.
    diversity: Option<Vec<Option<f64>>>,
}

impl<'a> Question<'a> {
    /// With what is known before there are data.
    pub(super) fn before_data(checked: &'a CheckedSpec) -> Self {
        Self::new(checked, &checked.funnel, None)
    }

    /// `diversity` gives the value of each gmina of the frame, in its order.
    pub(super) fn new(
        checked: &'a CheckedSpec,
        funnel: &'a Funnel,
        diversity: Option<Vec<Option<f64>>>,
    ) -> Self {
        let rows = checked.frame().gminas().iter().collect();
        Self { spec: checked.spec(), rows, funnel, diversity }
    }

    /// The smallest set of conditions that contradict each other, by leaving out one after another;
    /// `None` when they can be met.
    pub(super) fn conflict(&self) -> Result<Option<Conflict>, PreparedError> {
        let mut kept = self.conditions();
        if self.feasible(&kept)? {
            return Ok(None);
        }
        let all: Vec<Condition> = kept.iter().cloned().collect();
        for condition in all {
            kept.remove(&condition);
            if self.feasible(&kept)? {
                kept.insert(condition);
            }
        }
        Ok(Some(Conflict { conditions: kept.into_iter().collect() }))
    }

    fn conditions(&self) -> BTreeSet<Condition> {
        let steps: BTreeSet<Step> = self.funnel.barred.values().flatten().copied().collect();
        let mut conditions: BTreeSet<Condition> = steps
            .into_iter()
            .filter(|&step| step != Step::Voivodeship)
            .map(|step| Condition::Eligibility { step })
            .collect();
        let quotas = self.spec.strata.quotas.iter().filter(|(_, places)| **places > 0);
        conditions
            .extend(quotas.map(|(stratum, &places)| Condition::Quota { stratum: stratum.clone(), places }));
        if matches!(self.spec.locality, Locality::Require | Locality::Forbid) {
            conditions.insert(Condition::Locality { rule: self.spec.locality });
        }
        if let Some(within) = &self.spec.strata.within {
            conditions.insert(Condition::Groups { groups: within.groups });
        }
        if self.diversity.is_some() && self.spec.diversity.as_ref().is_some_and(|d| d.at_least.is_some()) {
            conditions.insert(Condition::Diversity);
        }
        conditions
    }

    fn feasible(&self, kept: &BTreeSet<Condition>) -> Result<bool, PreparedError> {
        let by = &self.spec.strata.by;
        let barred = |row: &GminaRow| {
            self.funnel.barred.get(&row.code).is_some_and(|steps| {
                steps
                    .iter()
                    .any(|&step| step == Step::Voivodeship || kept.contains(&Condition::Eligibility { step }))
            })
        };
        let quotas: Vec<(&String, usize)> = self
            .spec
            .strata
            .quotas
            .iter()
            .map(|(stratum, &places)| {
                let condition = Condition::Quota { stratum: stratum.clone(), places };
                (stratum, if kept.contains(&condition) { places } else { 0 })
            })
            .collect();
        let least = kept.contains(&Condition::Diversity).then_some(self.spec.diversity.as_ref()).flatten();
        let mut pool: Vec<(&GminaRow, usize, f64)> = Vec::new();
        for (i, row) in self.rows.iter().enumerate().filter(|(_, row)| !barred(row)) {
            let stratum = row.stratum(by);
            let Some(stratum) = quotas.iter().position(|(name, _)| Some(*name) == stratum.as_ref()) else {
                continue;
            };
            let value = self.diversity.as_ref().and_then(|values| values.get(i).copied().flatten());
            if least.is_none() || value.is_some() {
                pool.push((row, stratum, value.unwrap_or(0.0)));
            }
        }
        let codes = pool.iter().map(|(row, ..)| row.code).collect();
        let strata: Vec<usize> = pool.iter().map(|(_, stratum, _)| *stratum).collect();
        let places: Vec<usize> = quotas.iter().map(|(_, places)| *places).collect();
        let mut problem = match Prepared::new(codes, &strata, &places) {
            Err(PreparedError::QuotaAboveSupply { .. }) => return Ok(false),
            problem => problem?,
        };
        if kept.contains(&Condition::Locality { rule: self.spec.locality }) {
            problem.locality = self.spec.locality;
        }
        if let Some(within) = &self.spec.strata.within
            && kept.contains(&Condition::Groups { groups: within.groups })
        {
            let names: Vec<String> =
                pool.iter().map(|(row, ..)| row.stratum(&within.by).unwrap_or_default()).collect();
            let groups = PreparedGroups::new(&problem, &names, within.groups, GroupRule::Together)?;
            problem = problem.with_groups(groups)?;
        }
        if let Some(d) = least {
            let values = pool.iter().map(|(.., value)| *value).collect();
            let (classes, least) = (d.classes.unwrap_or(2), d.at_least.unwrap_or(0.0));
            match PreparedDiversity::new(&problem, values, d.spread, classes, d.purpose, d.over, least) {
                // Fewer than two places are as diverse as can be.
                Err(PreparedError::NoDiversity { .. }) => {}
                diversity => problem = problem.with_diversity(diversity?)?,
            }
        }
        match problem.feasible_set() {
            Err(PreparedError::Infeasible) => Ok(false),
            found => Ok(found?.is_some()),
        }
    }
}
