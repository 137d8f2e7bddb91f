use serde::{Deserialize, Serialize};

/// How the primary criteria become an order of the gminas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MethodSpec {
    /// The method.
    pub name: Method,
    /// How values of different units are made comparable; for the methods that say so.
    #[serde(default)]
    pub normalisation: Option<NormalisationRule>,
    /// Among whom values are normalised and gminas compared.
    #[serde(default)]
    pub compared_within: ComparedWithin,
    /// Exponent of the weighted mean: 1 arithmetic, 0 geometric, -1 harmonic.
    #[serde(default)]
    pub power: Option<f64>,
    /// Hellwig: 1 for the sample standard deviation, 0 for that of the population.
    #[serde(default)]
    pub ddof: Option<u8>,
    /// Goalposts: whether values outside count as the nearer end.
    #[serde(default)]
    pub clip: Option<bool>,
}

/// The methods.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// The criteria one after another, each only among gminas equal in all before it; banded where
    /// a criterion says how it is compared.
    #[default]
    Lexicographic,
    /// Sum of weight x normalised value.
    WeightedSum,
    /// Product of normalised values raised to their weights.
    WeightedProduct,
    /// Weighted generalised mean of the normalised values.
    WeightedMean,
    /// Weighted sum of ranks.
    Borda,
    /// Weighted majorities won minus lost.
    Copeland,
    /// Hellwig's distance from the pattern.
    Hellwig,
    /// Generalised distance measure GDM1 from the pattern (interval and ratio scales).
    Gdm1,
    /// Generalised distance measure GDM2 from the pattern (ordinal scale).
    Gdm2,
    /// Relative closeness to the ideal solution.
    Topsis,
    /// Net outranking flow.
    Promethee2,
    /// Net credibility of outranking.
    Electre3,
}

/// Ways to make values of different units comparable. `n1` to `n13` are those of the R package
/// clusterSim (Walesiak & Dudek), `a` their positional variants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "n1 to n13 are defined where they are computed")]
pub enum NormalisationRule {
    /// `(x - min) / (max - min)`, for a destimulant `(max - x) / (max - min)`, for a nominant the
    /// nearness to the nominal value.
    #[serde(rename = "zero_unitarisation")]
    #[doc(alias = "unitaryzacja zerowana")]
    ZeroUnitarisation,
    N1,
    N2,
    N3,
    N3a,
    N4,
    N5,
    N5a,
    N6,
    N6a,
    N7,
    N8,
    N9,
    N9a,
    N10,
    N11,
    N12,
    N12a,
    N13,
    /// Rank, ties sharing their mean.
    Rank,
    /// Share of gminas that are not better.
    Percentile,
    /// `(x - min) / (max - min)` with given min and max.
    Goalposts,
    /// `x / sqrt(sum of x^2)`.
    Vector,
}

/// Among whom values are normalised and gminas compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComparedWithin {
    /// All eligible gminas.
    #[default]
    Pool,
    /// The eligible gminas of the same stratum.
    Stratum,
}

/// Where the weights of the primary criteria come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeightsSpec {
    /// The rule.
    pub rule: WeightRule,
    /// Pairwise comparisons of the primary criteria in their order; for `rule = "ahp"` only.
    #[serde(default)]
    pub matrix: Option<Vec<Vec<f64>>>,
}

/// Rules for weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WeightRule {
    /// `weight` of each criterion, scaled to the sum 1.
    Given,
    /// All the same.
    Equal,
    /// Shannon's entropy: what differs more weighs more.
    Entropy,
    /// CRITIC: spread and conflict with the other criteria (Diakoulaki, Mavrotas & Papayannakis 1995).
    Critic,
    /// Standard deviation of the normalised values.
    Std,
    /// Principal eigenvector of a matrix of pairwise comparisons (Saaty).
    Ahp,
}

impl Method {
    /// Every method.
    pub const ALL: [Self; 12] = [
        Self::Lexicographic,
        Self::WeightedSum,
        Self::WeightedProduct,
        Self::WeightedMean,
        Self::Borda,
        Self::Copeland,
        Self::Hellwig,
        Self::Gdm1,
        Self::Gdm2,
        Self::Topsis,
        Self::Promethee2,
        Self::Electre3,
    ];

    /// The word used in specifications.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Lexicographic => "lexicographic",
            Self::WeightedSum => "weighted_sum",
            Self::WeightedProduct => "weighted_product",
            Self::WeightedMean => "weighted_mean",
            Self::Borda => "borda",
            Self::Copeland => "copeland",
            Self::Hellwig => "hellwig",
            Self::Gdm1 => "gdm1",
            Self::Gdm2 => "gdm2",
            Self::Topsis => "topsis",
            Self::Promethee2 => "promethee2",
            Self::Electre3 => "electre3",
        }
    }

    /// Whether the method asks for a normalisation; the others make values comparable by themselves.
    #[must_use]
    pub const fn normalises(self) -> bool {
        matches!(self, Self::WeightedSum | Self::WeightedProduct | Self::WeightedMean | Self::Topsis)
    }

    /// Whether the method uses weights.
    #[must_use]
    pub const fn weighs(self) -> bool {
        !matches!(self, Self::Lexicographic)
    }
}
