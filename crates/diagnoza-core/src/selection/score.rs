//! From the values of the primary criteria to one score per gmina: the one place where a
//! specification meets the methods.

use ndarray::{Array2, ArrayView2, Axis};
use serde::{Deserialize, Serialize};

use super::aggregate::{
    Comparison, ElectreThresholds, GdmScale, Preference, borda, copeland, electre3, gdm, generalised_mean,
    hellwig, lexicographic, promethee2, topsis, weighted_product, weighted_sum,
};
use super::normalise::{
    Constant, Formula, Goalposts, MethodError, Normalisation, Orientation, Ties, normalise,
};
use super::weights::{Weights, ahp, critic, entropy, standard_deviation};
use super::{Criterion, Direction, Method, MethodSpec, NormalisationRule, WeightRule, WeightsSpec};

/// Values of the primary criteria, gminas x criteria, and who is compared with whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Values {
    /// The criteria of the columns.
    pub criteria: Vec<Criterion>,
    /// The values as they are compared.
    pub values: Array2<f64>,
    /// Tier of each value, 0 the best, from an exact comparison of rates; gminas x criteria.
    pub tiers: Array2<f64>,
    /// Positions of the gminas of each stratum.
    pub strata: Vec<Vec<usize>>,
}

/// Scores with what they are made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scored {
    /// One per gmina, more being better. Lexicographic: number of gminas that stand behind.
    pub score: Vec<f64>,
    /// Weight of each criterion, where the method weighs.
    pub weights: Option<Weights>,
    /// Normalised values, where the method normalises.
    pub normalised: Option<Array2<f64>>,
    /// What each criterion adds to the score, where the score is a sum.
    pub contributions: Option<Array2<f64>>,
    /// Consistency ratio of the comparisons, for weights by AHP.
    pub consistency_ratio: Option<f64>,
    /// For the lexicographic method the order of each pool with the criterion that parted each gmina
    /// from the one before it.
    pub orders: Vec<Vec<(usize, Option<usize>)>>,
}

impl Values {
    /// Scores by a method with weights; the weights are not looked at where the method does not weigh.
    ///
    /// # Errors
    /// [`MethodError`] with the criterion and gmina by position.
    pub fn score(&self, method: &MethodSpec, weights: Option<&WeightsSpec>) -> Result<Scored, MethodError> {
        let mut consistency_ratio = None;
        let weights = match weights {
            Some(weights) if method.name.weighs() => {
                let (weights, ratio) = self.weights(weights)?;
                consistency_ratio = ratio;
                weights
            }
            _ => Weights::equal(self.criteria.len())?,
        };
        let scored = self.score_weighted(method, &weights)?;
        Ok(Scored { consistency_ratio, ..scored })
    }

    /// Scores by a method with these weights: the part that a study of weights runs again and again.
    ///
    /// # Errors
    /// [`MethodError`] with the criterion and gmina by position.
    pub fn score_weighted(&self, method: &MethodSpec, weights: &Weights) -> Result<Scored, MethodError> {
        let (n, m) = self.values.dim();
        let everyone = vec![(0..n).collect::<Vec<usize>>()];
        let pools = match method.compared_within {
            super::ComparedWithin::Pool => &everyone,
            super::ComparedWithin::Stratum => &self.strata,
        };
        let mut all = Scored {
            score: vec![0.0; n],
            weights: method.name.weighs().then(|| weights.clone()),
            normalised: None,
            contributions: None,
            consistency_ratio: None,
            orders: Vec::new(),
        };
        for pool in pools.iter().filter(|pool| !pool.is_empty()) {
            let found = self.score_pool(method, weights, pool)?;
            for (&gmina, score) in pool.iter().zip(&found.score) {
                // + 0.0 makes one zero of the two.
                all.score[gmina] = *score + 0.0;
            }
            put(&mut all.normalised, found.normalised, pool, (n, m));
            put(&mut all.contributions, found.contributions, pool, (n, m));
            all.orders.extend(found.orders);
        }
        Ok(all)
    }

    fn score_pool(
        &self,
        method: &MethodSpec,
        weights: &Weights,
        pool: &[usize],
    ) -> Result<Scored, MethodError> {
        let rows = self.values.select(Axis(0), pool);
        let (values, directions) = (rows.view(), self.directions());
        let (mut normalised, mut contributions, mut orders) = (None, None, Vec::new());
        let mut unit = || -> Result<Array2<f64>, MethodError> {
            let found = self.normalised(method, values)?;
            normalised = Some(found.clone());
            Ok(found)
        };
        let score = match method.name {
            Method::Lexicographic => {
                let found = self.lexicographic(pool, values)?;
                let parted = |&at: &usize| (pool[at], found.decided_by[at]);
                orders.push(found.ranking.order.iter().map(parted).collect());
                found.score
            }
            Method::WeightedSum => {
                let found = weighted_sum(unit()?.view(), weights)?;
                contributions = Some(found.contribution);
                found.score
            }
            Method::WeightedProduct => weighted_product(unit()?.view(), weights)?.score,
            Method::WeightedMean => {
                generalised_mean(unit()?.view(), weights, method.power.unwrap_or(1.0))?.score
            }
            Method::Borda => borda(values, &directions, Some(weights), Ties::Average)?.score,
            Method::Copeland => copeland(values, &directions, weights)?.score,
            Method::Hellwig => hellwig(values, &directions, Some(weights), method.ddof.unwrap_or(1))?.score,
            Method::Gdm1 => {
                let normalisation = match method.normalisation.map(NormalisationRule::formula) {
                    Some(Some(formula)) => formula,
                    _ => Formula::N1,
                };
                gdm(values, weights, &directions, GdmScale::Metric { normalisation })?.score
            }
            Method::Gdm2 => gdm(values, weights, &directions, GdmScale::Ordinal)?.score,
            Method::Topsis => {
                topsis(values, weights, &directions, &self.normalisation(method.normalisation, method.clip))?
                    .score
            }
            Method::Promethee2 => {
                let given = self.criteria.iter().map(|c| c.preference.unwrap_or(Preference::Usual));
                promethee2(values, weights, &directions, &given.collect::<Vec<_>>())?.score
            }
            Method::Electre3 => {
                let none = ElectreThresholds { q: 0.0, p: 0.0, v: None };
                let given = self.criteria.iter().map(|c| c.thresholds.unwrap_or(none));
                electre3(values, weights, &directions, &given.collect::<Vec<_>>())?.score
            }
        };
        Ok(Scored { score, weights: None, normalised, contributions, consistency_ratio: None, orders })
    }

    /// Strict criteria go in as tiers, which were compared exactly; banded ones as they are.
    fn lexicographic(
        &self,
        pool: &[usize],
        values: ArrayView2<'_, f64>,
    ) -> Result<super::aggregate::Lexicographic, MethodError> {
        let (mut values, mut directions) = (values.to_owned(), self.directions());
        let mut comparisons = Vec::with_capacity(self.criteria.len());
        for (column, criterion) in self.criteria.iter().enumerate() {
            let comparison = criterion.comparison.unwrap_or(Comparison::Strict);
            if comparison == Comparison::Strict {
                directions[column] = Orientation::Destimulant;
                let tiers = self.tiers.column(column);
                values.column_mut(column).iter_mut().zip(pool).for_each(|(v, &gmina)| *v = tiers[gmina]);
            }
            comparisons.push(comparison);
        }
        lexicographic(values.view(), &directions, &comparisons)
    }

    /// The weights of a rule, over all gminas, and the consistency ratio of AHP.
    ///
    /// # Errors
    /// [`MethodError`].
    pub fn weights(&self, spec: &WeightsSpec) -> Result<(Weights, Option<f64>), MethodError> {
        let given = || self.criteria.iter().map(|c| c.weight.unwrap_or(0.0)).collect::<Vec<f64>>();
        Ok(match spec.rule {
            WeightRule::Given => (Weights::given(&given())?, None),
            WeightRule::Equal => (Weights::equal(self.criteria.len())?, None),
            WeightRule::Entropy => (entropy(self.values.view())?.weights, None),
            WeightRule::Critic => (critic(self.values.view(), Some(&self.directions()))?.weights, None),
            WeightRule::Std => {
                let rule = Normalisation::ZeroUnitarisation;
                let unit = normalise(self.values.view(), &self.directions(), &rule, Constant::Zero)?;
                (standard_deviation(unit.values.view())?, None)
            }
            WeightRule::Ahp => {
                let matrix = spec.matrix.as_deref().unwrap_or_default();
                let m = matrix.len();
                let flat: Vec<f64> = matrix.iter().flatten().copied().collect();
                let matrix = Array2::from_shape_vec((m, m), flat).map_err(|_| MethodError::Length {
                    what: "weights.matrix",
                    got: matrix.iter().map(Vec::len).sum(),
                    expected: m * m,
                })?;
                let found = ahp(matrix.view())?;
                (found.weights, found.consistency_ratio)
            }
        })
    }

    /// Directions as the methods want them.
    #[must_use]
    pub fn directions(&self) -> Vec<Orientation> {
        self.criteria.iter().map(orientation).collect()
    }

    fn normalised(
        &self,
        method: &MethodSpec,
        values: ArrayView2<'_, f64>,
    ) -> Result<Array2<f64>, MethodError> {
        let rule = self.normalisation(method.normalisation, method.clip);
        Ok(normalise(values, &self.directions(), &rule, Constant::Zero)?.values)
    }

    fn normalisation(&self, rule: Option<NormalisationRule>, clip: Option<bool>) -> Normalisation {
        let rule = rule.unwrap_or(NormalisationRule::ZeroUnitarisation);
        match (rule, rule.formula()) {
            (_, Some(formula)) => Normalisation::Formula(formula),
            (NormalisationRule::Rank, _) => Normalisation::Rank { ties: Ties::Average },
            (NormalisationRule::Percentile, _) => Normalisation::Percentile { ties: Ties::Average },
            (NormalisationRule::Goalposts, _) => {
                let none = Goalposts { low: 0.0, high: 1.0 };
                let posts = self.criteria.iter().map(|c| c.goalposts.unwrap_or(none)).collect();
                Normalisation::Goalposts { posts, clip: clip.unwrap_or(false) }
            }
            _ => Normalisation::ZeroUnitarisation,
        }
    }
}

/// What speaks for a gmina in a criterion.
fn orientation(criterion: &Criterion) -> Orientation {
    match (criterion.direction, criterion.nominal) {
        (Direction::Destimulant, _) => Orientation::Destimulant,
        (Direction::Nominant, Some(nominal)) => {
            let bounds = nominal.bounds();
            Orientation::Nominant { low: bounds.from, high: bounds.to }
        }
        _ => Orientation::Stimulant,
    }
}

impl NormalisationRule {
    /// The formula of clusterSim, for the rules that are one; `vector` is its n11.
    #[must_use]
    pub const fn formula(self) -> Option<Formula> {
        Some(match self {
            Self::N1 => Formula::N1,
            Self::N2 => Formula::N2,
            Self::N3 => Formula::N3,
            Self::N3a => Formula::N3a,
            Self::N4 => Formula::N4,
            Self::N5 => Formula::N5,
            Self::N5a => Formula::N5a,
            Self::N6 => Formula::N6,
            Self::N6a => Formula::N6a,
            Self::N7 => Formula::N7,
            Self::N8 => Formula::N8,
            Self::N9 => Formula::N9,
            Self::N9a => Formula::N9a,
            Self::N10 => Formula::N10,
            Self::N11 | Self::Vector => Formula::N11,
            Self::N12 => Formula::N12,
            Self::N12a => Formula::N12a,
            Self::N13 => Formula::N13,
            Self::ZeroUnitarisation | Self::Rank | Self::Percentile | Self::Goalposts => return None,
        })
    }
}

/// Puts the rows of a pool into a table of everybody.
fn put(into: &mut Option<Array2<f64>>, rows: Option<Array2<f64>>, pool: &[usize], shape: (usize, usize)) {
    let Some(rows) = rows else { return };
    let table = into.get_or_insert_with(|| Array2::zeros(shape));
    for (&gmina, row) in pool.iter().zip(rows.rows()) {
        table.row_mut(gmina).assign(&row);
    }
}
