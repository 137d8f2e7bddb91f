use good_lp::{
    Expression, ProblemVariables, ResolutionError, Solution, SolverModel, Variable, microlp, variable,
};
use ndarray::Array2;
use serde::{Deserialize, Serialize};

use crate::observation::{Cell, Year};
use crate::selection::normalise::MethodError;
use crate::selection::{
    CheckedSpec, CriteriaTable, Criterion, Direction, GminaRow, Method, NormalisationRule, Values, WeightRule,
};
use crate::territory::Teryt;

/// What unknown values would have to be for a rule to give a published choice.
///
/// # Formula
/// In every stratum each published gmina must score at least as much as each other one, `S_c >= S_o`. Scores are
/// linear in the unknown values: the first primary criterion for a lexicographic rule (what follows decides only
/// between equals), the weighted sum for fixed weights and goalposts. The bounds of a value are its smallest and
/// largest over all values that meet every condition, two linear programmes each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RequiredValues {
    /// Whether any values give the published choice.
    pub feasible: bool,
    /// The unknown values with their tightest bounds; empty where no values do.
    pub values: Vec<RequiredValue>,
    /// Every comparison that the published choice asks for.
    pub conditions: Vec<PairCondition>,
    /// Where no values do: comparisons that contradict each other, each needed for the contradiction.
    pub conflict: Vec<PairCondition>,
}

/// One unknown value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RequiredValue {
    /// Code of the gmina.
    pub code: Teryt,
    /// Name of the gmina.
    pub name: String,
    /// Stratum.
    pub stratum: String,
    /// Whether the gmina is in the published choice.
    pub published: bool,
    /// Variable.
    pub variable: String,
    /// Its year.
    pub year: Year,
    /// Its unit.
    pub unit: String,
    /// The smallest value possible; none without a bound.
    pub lower: Option<f64>,
    /// The largest value possible; none without a bound.
    pub upper: Option<f64>,
}

/// A published gmina against another one of its stratum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairCondition {
    /// Stratum.
    pub stratum: String,
    /// The published gmina.
    pub published: Teryt,
    /// The other.
    pub other: Teryt,
    /// What is known of it.
    pub relation: Relation,
}

/// What is known of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Both scores are known, and the published one is not below the other.
    Holds,
    /// Both scores are known, and the published one is below the other.
    Fails,
    /// It depends on unknown values.
    Open,
}

/// Why required values cannot be told.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RequiredError {
    /// The published choice does not fill the quotas.
    #[error("stratum {stratum}: {got} published gminas for {quota} places")]
    Quota {
        /// The stratum.
        stratum: String,
        /// Its places.
        quota: usize,
        /// Published gminas in it.
        got: usize,
    },
    /// A published gmina that the rule does not admit.
    #[error("{code} is in the published choice and not among the gminas that the specification admits")]
    NotEligible {
        /// The code.
        code: Teryt,
    },
    /// Scores that are not linear in the values.
    #[error("the scores of {method} are not linear in unknown values: {because}")]
    NotLinear {
        /// Word of the method.
        method: &'static str,
        /// Why, and what would do.
        because: &'static str,
    },
    /// A condition that compares whole sets.
    #[error(
        "the specification asks for {what}, which compares sets and not gminas: required values are told for \
         quotas alone; take it out for the necessary conditions"
    )]
    WholeSets {
        /// The condition.
        what: &'static str,
    },
    /// An unknown or impossible denominator.
    #[error("{code} ({name}): {variable} of {year}, what the rate is divided by, is not known to be above 0")]
    Denominator {
        /// Code of the gmina.
        code: Teryt,
        /// Name of the gmina.
        name: String,
        /// Variable.
        variable: String,
        /// Year.
        year: Year,
    },
    /// Values that the method refuses.
    #[error(transparent)]
    Method(#[from] MethodError),
    /// The solver failed, or its answer did not hold when it was checked.
    #[error("the linear programme gave no answer that holds: {reason}")]
    Programme {
        /// What it said.
        reason: String,
    },
}

/// Bounds of the values that a table lacks under which a rule gives a published choice.
///
/// Columns that the table does not have at all count as unknown for every gmina. `floor` is the smallest value any
/// unknown can have, 0 for counts and shares.
///
/// # Errors
/// [`RequiredError`].
pub fn required_values(
    checked: &CheckedSpec,
    table: &CriteriaTable,
    published: &[Teryt],
    floor: Option<f64>,
) -> Result<RequiredValues, RequiredError> {
    let study = Scores::new(checked, table)?;
    let conditions = study.conditions(checked, published)?;
    let programme = Programme { study: &study, conditions: &conditions, floor };
    let all: Vec<usize> = (0..conditions.len()).collect();
    let described = |at: &usize| conditions[*at].1.clone();
    if programme.solve(&all, None, None)?.is_none() {
        let mut kept = all.clone();
        for condition in all.iter().copied() {
            let rest: Vec<usize> = kept.iter().copied().filter(|&at| at != condition).collect();
            if programme.solve(&rest, None, None)?.is_none() {
                kept = rest;
            }
        }
        return Ok(RequiredValues {
            feasible: false,
            values: Vec::new(),
            conditions: all.iter().map(described).collect(),
            conflict: kept.iter().map(described).collect(),
        });
    }
    let mut values = Vec::new();
    for (unknown, place) in study.unknown.iter().enumerate() {
        let row = &study.rows[place.gmina];
        let criterion = &study.criteria[place.criterion];
        values.push(RequiredValue {
            code: row.code,
            name: row.name.clone(),
            stratum: study.strata[place.gmina].clone(),
            published: published.iter().any(|code| code.same_unit(row.code)),
            variable: criterion.variable.clone(),
            year: criterion.year,
            unit: criterion.unit.clone(),
            lower: programme.bound(&all, unknown, Side::Lower)?,
            upper: programme.bound(&all, unknown, Side::Upper)?,
        });
    }
    let conditions = all.iter().map(described).collect();
    Ok(RequiredValues { feasible: true, values, conditions, conflict: Vec::new() })
}

/// A condition with the positions of its two gminas.
type Placed = ((usize, usize), PairCondition);

/// A cell without a value.
struct Unknown {
    gmina: usize,
    criterion: usize,
    /// What one unit of it adds to the score of its gmina.
    worth: f64,
}

/// Scores as linear forms of the unknown values.
struct Scores {
    rows: Vec<GminaRow>,
    strata: Vec<String>,
    criteria: Vec<Criterion>,
    /// Score of each gmina with every unknown value at 0.
    constant: Vec<f64>,
    unknown: Vec<Unknown>,
}

impl Scores {
    fn new(checked: &CheckedSpec, table: &CriteriaTable) -> Result<Self, RequiredError> {
        let spec = checked.spec();
        for (asked, what) in [
            (spec.diversity.is_some(), "diversity"),
            (spec.locality != crate::selection::Locality::Free, "locality"),
            (spec.strata.within.is_some(), "a second level of strata"),
            (spec.consent.is_some(), "consent"),
        ] {
            if asked {
                return Err(RequiredError::WholeSets { what });
            }
        }
        let method = spec.method.name.word();
        let first_only = match (spec.method.name, spec.method.normalisation) {
            (Method::Lexicographic, _) => true,
            (Method::WeightedSum, Some(NormalisationRule::Goalposts)) if spec.method.clip != Some(true) => {
                false
            }
            (Method::WeightedSum, _) => {
                let because = "its normalisation depends on them; goalposts that are not clipped would not";
                return Err(RequiredError::NotLinear { method, because });
            }
            _ => {
                let because = "a lexicographic rule, or a weighted sum on goalposts, would be";
                return Err(RequiredError::NotLinear { method, because });
            }
        };
        let fixed = |rule| matches!(rule, WeightRule::Given | WeightRule::Equal | WeightRule::Ahp);
        if !first_only && spec.weights.as_ref().is_some_and(|weights| !fixed(weights.rule)) {
            let because = "its weights depend on them; given or equal weights would not";
            return Err(RequiredError::NotLinear { method, because });
        }
        let rows: Vec<GminaRow> = checked.eligible().cloned().collect();
        let strata = rows.iter().map(|row| row.stratum(&spec.strata.by).unwrap_or_default()).collect();
        let criteria: Vec<Criterion> =
            spec.primary().take(if first_only { 1 } else { usize::MAX }).cloned().collect();
        if criteria.iter().any(|criterion| criterion.direction == Direction::Nominant) {
            let because = "nearness to a nominal value bends; a stimulant or destimulant would be";
            return Err(RequiredError::NotLinear { method, because });
        }
        let mut values = Array2::zeros((rows.len(), criteria.len()));
        let mut unknown = Vec::new();
        for (column, criterion) in criteria.iter().enumerate() {
            for (gmina, row) in rows.iter().enumerate() {
                let scale = scale(criterion, table, row)?;
                match value(table, &criterion.variable, criterion.year, row) {
                    Some(known) => values[(gmina, column)] = scale * known,
                    None => unknown.push(Unknown { gmina, criterion: column, worth: scale }),
                }
            }
        }
        let values = Values {
            tiers: Array2::zeros(values.dim()),
            strata: vec![(0..rows.len()).collect()],
            criteria: criteria.clone(),
            values,
        };
        let score = |values: &Values| -> Result<Vec<f64>, RequiredError> {
            if first_only {
                let sign = if criteria[0].direction == Direction::Stimulant { 1.0 } else { -1.0 };
                return Ok(values.values.column(0).iter().map(|value| sign * value).collect());
            }
            Ok(values.score(&spec.method, spec.weights.as_ref())?.score)
        };
        let constant = score(&values)?;
        // Goalposts do not depend on the values: one unit more of a criterion adds the same everywhere.
        for column in 0..criteria.len() {
            let mut more = values.clone();
            more.values.column_mut(column).iter_mut().for_each(|value| *value += 1.0);
            let after = score(&more)?;
            for place in unknown.iter_mut().filter(|place| place.criterion == column) {
                place.worth *= after[place.gmina] - constant[place.gmina];
            }
        }
        Ok(Self { rows, strata, criteria, constant, unknown })
    }

    /// Published gminas against all others of their stratum, by position.
    fn conditions(&self, checked: &CheckedSpec, published: &[Teryt]) -> Result<Vec<Placed>, RequiredError> {
        let chosen = |row: &GminaRow| published.iter().any(|code| code.same_unit(row.code));
        if let Some(&code) =
            published.iter().find(|code| !self.rows.iter().any(|row| row.code.same_unit(**code)))
        {
            return Err(RequiredError::NotEligible { code });
        }
        let mut found = Vec::new();
        for (stratum, &quota) in &checked.spec().strata.quotas {
            let members: Vec<usize> = (0..self.rows.len()).filter(|&g| self.strata[g] == *stratum).collect();
            let (inside, outside): (Vec<usize>, Vec<usize>) =
                members.into_iter().partition(|&gmina| chosen(&self.rows[gmina]));
            if inside.len() != quota {
                return Err(RequiredError::Quota { stratum: stratum.clone(), quota, got: inside.len() });
            }
            for &c in &inside {
                for &o in &outside {
                    let open = self.unknown.iter().any(|place| place.gmina == c || place.gmina == o);
                    let relation = match (open, self.constant[c] >= self.constant[o]) {
                        (true, _) => Relation::Open,
                        (false, true) => Relation::Holds,
                        (false, false) => Relation::Fails,
                    };
                    let (published, other) = (self.rows[c].code, self.rows[o].code);
                    found.push((
                        (c, o),
                        PairCondition { stratum: stratum.clone(), published, other, relation },
                    ));
                }
            }
        }
        Ok(found)
    }
}

fn value(table: &CriteriaTable, variable: &str, year: Year, row: &GminaRow) -> Option<f64> {
    let at = table.frame().gminas().iter().position(|other| other.code.same_unit(row.code))?;
    match table.column(variable, year)?.cells.get(at)? {
        Cell::Value(value) => Some(*value),
        Cell::Missing(_) => None,
    }
}

/// What the number of the table is multiplied with.
fn scale(criterion: &Criterion, table: &CriteriaTable, row: &GminaRow) -> Result<f64, RequiredError> {
    let Some(d) = &criterion.denominator else { return Ok(1.0) };
    match value(table, &d.variable, d.year, row) {
        Some(divisor) if divisor > 0.0 => Ok(d.factor / divisor),
        _ => Err(RequiredError::Denominator {
            code: row.code,
            name: row.name.clone(),
            variable: d.variable.clone(),
            year: d.year,
        }),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Lower,
    Upper,
}

struct Programme<'a> {
    study: &'a Scores,
    conditions: &'a [Placed],
    floor: Option<f64>,
}

/// Relative slack of the checks of an answer.
const SLACK: f64 = 1e-7;

/// Relative step beyond an end at which there must be no values left.
const BEYOND: f64 = 1e-4;

impl Programme<'_> {
    /// The smallest or largest value of an unknown; none where it has no bound.
    fn bound(&self, kept: &[usize], unknown: usize, side: Side) -> Result<Option<f64>, RequiredError> {
        let Some(values) = self.solve(kept, Some((unknown, side)), None)? else { return Ok(None) };
        let found = values[unknown];
        if !found.is_finite() {
            return Ok(None);
        }
        // It is the end only if nothing is found when more is asked for.
        let step = BEYOND * found.abs().max(1.0);
        let beyond = if side == Side::Lower { found - step } else { found + step };
        if self.solve(kept, Some((unknown, side)), Some(beyond))?.is_some() {
            let GminaRow { code, name, .. } = &self.study.rows[self.study.unknown[unknown].gmina];
            let reason = format!("{code} ({name}): {found} is not the last value that meets the conditions");
            return Err(RequiredError::Programme { reason });
        }
        Ok(Some(found + 0.0))
    }

    /// Values that meet the conditions, an unknown at its end where one is named, and at `beyond` or farther where
    /// that is asked; `None` where no values do. An unknown without bound comes back infinite.
    fn solve(
        &self,
        kept: &[usize],
        extreme: Option<(usize, Side)>,
        beyond: Option<f64>,
    ) -> Result<Option<Vec<f64>>, RequiredError> {
        let mut variables = ProblemVariables::new();
        let x: Vec<Variable> = self
            .study
            .unknown
            .iter()
            .map(|_| variables.add(self.floor.map_or_else(variable, |floor| variable().min(floor))))
            .collect();
        let objective = match extreme {
            None => Expression::from(0.0),
            Some((unknown, Side::Lower)) => Expression::from(x[unknown]),
            Some((unknown, Side::Upper)) => -1.0 * x[unknown],
        };
        let mut model = variables.minimise(objective).using(microlp);
        if let (Some((unknown, side)), Some(beyond)) = (extreme, beyond) {
            let own = Expression::from(x[unknown]);
            model = model.with(if side == Side::Lower { own.leq(beyond) } else { own.geq(beyond) });
        }
        for &at in kept {
            let ((c, o), condition) = &self.conditions[at];
            if condition.relation != Relation::Open {
                if condition.relation == Relation::Fails {
                    return Ok(None);
                }
                continue;
            }
            let (form, scale) = self.difference(*c, *o, &x);
            model = model.with((form * (1.0 / scale)).geq(0.0));
        }
        match model.solve() {
            Ok(solution) => {
                let values: Vec<f64> = x.iter().map(|&x| solution.value(x)).collect();
                self.hold(kept, &values)?;
                Ok(Some(values))
            }
            Err(ResolutionError::Infeasible) => Ok(None),
            Err(ResolutionError::Unbounded) => {
                let mut values = vec![0.0; x.len()];
                if let Some((unknown, side)) = extreme {
                    values[unknown] = if side == Side::Lower { f64::NEG_INFINITY } else { f64::INFINITY };
                }
                Ok(Some(values))
            }
            Err(other) => Err(RequiredError::Programme { reason: other.to_string() }),
        }
    }

    /// Score of one gmina less that of another, and the size of its largest part.
    fn difference(&self, c: usize, o: usize, x: &[Variable]) -> (Expression, f64) {
        let constant = self.study.constant[c] - self.study.constant[o];
        let (mut form, mut scale) = (Expression::from(constant), constant.abs());
        for (place, &x) in self.study.unknown.iter().zip(x) {
            let sign = f64::from(i8::from(place.gmina == c) - i8::from(place.gmina == o));
            form += sign * place.worth * x;
            scale = scale.max((sign * place.worth).abs());
        }
        (form, if scale > 0.0 { scale } else { 1.0 })
    }

    /// Checks the solver's answer against every condition.
    fn hold(&self, kept: &[usize], values: &[f64]) -> Result<(), RequiredError> {
        let score = |gmina: usize| {
            let own = self.study.unknown.iter().zip(values).filter(|(place, _)| place.gmina == gmina);
            own.fold(self.study.constant[gmina], |sum, (place, value)| sum + place.worth * value)
        };
        for &at in kept {
            let ((c, o), condition) = &self.conditions[at];
            let (of_c, of_o) = (score(*c), score(*o));
            if of_c < of_o - SLACK * of_c.abs().max(of_o.abs()).max(1.0) {
                let PairCondition { published, other, .. } = condition;
                let reason = format!("its values put {published} below {other}");
                return Err(RequiredError::Programme { reason });
            }
        }
        Ok(())
    }
}
