use std::collections::BTreeMap;

use ndarray::Array2;
use serde::{Deserialize, Serialize};

use super::columns::CriterionColumns;
use super::eligibility::Funnel;
use super::measure::tiers;
use super::prepared::{Prepared, PreparedDiversity, PreparedError, PreparedGroups};
use super::{
    CheckedSpec, ChoiceError, Criterion, GminaRow, Measured, MissingRule, MissingValue, Role, Scored, Values,
};
use crate::observation::Year;
use crate::territory::Teryt;

/// The eligible gminas with their values: what every way of scoring and choosing starts from.
/// [`CheckedSpec::candidates`] makes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidates {
    /// The gminas, in the order of their codes.
    pub gminas: Vec<GminaRow>,
    /// Names of the strata, in the order of [`Prepared::strata`].
    pub strata: Vec<String>,
    /// Values of the primary criteria.
    pub values: Values,
    /// The problem of choice without its scores.
    pub problem: Prepared,
    /// Values of every criterion in the order of the specification, with their raw numbers.
    pub measured: Vec<Vec<Measured>>,
    /// Value of the diversity variable.
    pub diversity: Option<Vec<Measured>>,
    /// Values put in place of missing ones.
    pub imputed: Vec<Imputed>,
}

/// A value put in place of a missing one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Imputed {
    /// Code of the gmina.
    pub code: Teryt,
    /// Name of the gmina.
    pub name: String,
    /// Variable of the criterion.
    pub variable: String,
    /// Year of the criterion.
    pub year: Year,
    /// The rule.
    pub rule: MissingRule,
    /// The value put in.
    pub value: f64,
    /// Number of gminas it was taken from.
    pub from: usize,
}

/// Values of the criteria and of the diversity variable, by gmina; `None` where one is missing.
pub(super) type Measurements = BTreeMap<Teryt, Vec<Option<Measured>>>;

impl Candidates {
    /// Scores by the method and weights of a specification.
    ///
    /// # Errors
    /// [`ChoiceError::Method`] with criterion and gmina by name.
    pub fn score(&self, spec: &super::SelectionSpec) -> Result<Scored, ChoiceError> {
        self.values.score(&spec.method, spec.weights.as_ref()).map_err(|source| ChoiceError::Method {
            method: spec.method.name.word(),
            criteria: self.values.criteria.iter().map(|c| c.variable.clone()).collect(),
            gminas: self.gminas.iter().map(|row| row.name.clone()).collect(),
            source,
        })
    }

    /// Position of a gmina.
    #[must_use]
    pub fn position(&self, code: Teryt) -> Option<usize> {
        self.gminas.iter().position(|row| row.code.same_unit(code))
    }

    /// The candidates that are left in a funnel.
    pub(super) fn new(
        checked: &CheckedSpec,
        columns: &[CriterionColumns<'_>],
        funnel: &Funnel,
        measurements: &Measurements,
        imputed: Vec<Imputed>,
    ) -> Result<Self, ChoiceError> {
        let spec = checked.spec();
        let gminas: Vec<GminaRow> = funnel.eligible(checked.frame()).cloned().collect();
        let strata: Vec<String> = spec.strata.quotas.keys().cloned().collect();
        let quotas: Vec<usize> = spec.strata.quotas.values().copied().collect();
        let stratum_of: Vec<usize> = gminas
            .iter()
            .map(|row| {
                let stratum = row.stratum(&spec.strata.by);
                strata.iter().position(|name| Some(name) == stratum.as_ref()).unwrap_or(0)
            })
            .collect();
        let codes = gminas.iter().map(|row| row.code).collect();
        let mut problem = Prepared::new(codes, &stratum_of, &quotas).map_err(|error| match error {
            PreparedError::QuotaAboveSupply { stratum, quota, supply } => ChoiceError::QuotaAboveSupply {
                stratum: strata.get(stratum).cloned().unwrap_or_default(),
                quota,
                eligible: supply,
            },
            other => ChoiceError::Prepared(other),
        })?;
        let complete = |row: &GminaRow| -> Vec<Measured> {
            let found = measurements.get(&row.code).map(Vec::as_slice).unwrap_or_default();
            found.iter().flatten().copied().collect()
        };
        let mut measured: Vec<Vec<Measured>> = gminas.iter().map(complete).collect();
        let criteria = spec.criteria.len();
        let diversity = spec.diversity.as_ref().map(|_| {
            measured
                .iter_mut()
                .filter_map(|values| (values.len() > criteria).then(|| values.pop()).flatten())
                .collect()
        });
        let of =
            |criterion: usize| -> Vec<Measured> { measured.iter().map(|values| values[criterion]).collect() };
        problem.ties = spec.ties;
        problem.locality = spec.locality;
        problem.enumerate_up_to = spec.search.enumerate_up_to;
        let mut primary: Vec<(&Criterion, Vec<Measured>)> = Vec::new();
        for (i, columns) in columns.iter().take(criteria).enumerate() {
            let criterion = columns.criterion;
            if criterion.role == Role::Primary {
                primary.push((criterion, of(i)));
            } else {
                let points = tiers(criterion, &of(i)).into_iter().map(|tier| -tier).collect();
                problem = problem.with_secondary(points)?;
            }
        }
        if let Some(within) = &spec.strata.within {
            let names: Vec<String> =
                gminas.iter().map(|row| row.stratum(&within.by).unwrap_or_default()).collect();
            let groups = PreparedGroups::new(&problem, &names, within.groups, within.rule)?;
            problem = problem.with_groups(groups)?;
        }
        if let (Some(d), Some(values)) = (&spec.diversity, &diversity) {
            let values: &Vec<Measured> = values;
            let values = values.iter().map(|value| value.value).collect();
            let (classes, least) = (d.classes.unwrap_or(2), d.at_least.unwrap_or(0.0));
            let found =
                PreparedDiversity::new(&problem, values, d.spread, classes, d.purpose, d.over, least)?;
            problem = problem.with_diversity(found)?;
        }
        let (n, m) = (gminas.len(), primary.len());
        let mut values = Array2::zeros((n, m));
        let mut exact = Array2::zeros((n, m));
        for (column, (criterion, measured)) in primary.iter().enumerate() {
            for (row, (value, tier)) in measured.iter().zip(tiers(criterion, measured)).enumerate() {
                values[(row, column)] = value.value;
                exact[(row, column)] = tier as f64;
            }
        }
        let members = problem.strata().iter().map(|stratum| stratum.members.clone()).collect();
        let values = Values {
            criteria: primary.iter().map(|(criterion, _)| (*criterion).clone()).collect(),
            values,
            tiers: exact,
            strata: members,
        };
        Ok(Self { gminas, strata, values, problem, measured, diversity, imputed })
    }
}

/// Puts a value in place of every missing one of the gminas left in the funnel.
pub(super) fn impute(
    checked: &CheckedSpec,
    columns: &[CriterionColumns<'_>],
    funnel: &Funnel,
    measurements: &mut Measurements,
    missing: &[MissingValue],
) -> Result<Vec<Imputed>, ChoiceError> {
    let spec = checked.spec();
    let within_stratum = matches!(spec.missing, MissingRule::StratumMedian | MissingRule::StratumMean);
    let rows: Vec<&GminaRow> = funnel.eligible(checked.frame()).collect();
    let mut imputed = Vec::new();
    for (i, columns) in columns.iter().enumerate() {
        let criterion = columns.criterion;
        let known = |row: &GminaRow| measurements.get(&row.code).and_then(|values| values[i]);
        let mut found = Vec::new();
        for row in rows.iter().filter(|row| known(row).is_none()) {
            let peers = rows.iter().filter(|peer| {
                !within_stratum || peer.stratum(&spec.strata.by) == row.stratum(&spec.strata.by)
            });
            let mut values: Vec<f64> = peers.filter_map(|peer| known(peer)).map(|v| v.value).collect();
            values.sort_by(f64::total_cmp);
            let Some(value) = typical(spec.missing, &values) else {
                let values = missing.iter().filter(|m| m.code == row.code).cloned().collect();
                return Err(ChoiceError::NothingToImpute { values });
            };
            found.push(Imputed {
                code: row.code,
                name: row.name.clone(),
                variable: criterion.variable.clone(),
                year: criterion.year,
                rule: spec.missing,
                value,
                from: values.len(),
            });
        }
        for one in &found {
            if let Some(values) = measurements.get_mut(&one.code) {
                values[i] = Some(Measured::imputed(criterion, one.value));
            }
        }
        imputed.extend(found);
    }
    Ok(imputed)
}

/// The median or mean of ascending values.
fn typical(rule: MissingRule, values: &[f64]) -> Option<f64> {
    let n = values.len();
    let middle = values.get(n / 2)?;
    Some(match rule {
        MissingRule::StratumMean | MissingRule::PoolMean => values.iter().sum::<f64>() / n as f64,
        _ if n % 2 == 1 => *middle,
        _ => f64::midpoint(values[n / 2 - 1], *middle),
    })
}
